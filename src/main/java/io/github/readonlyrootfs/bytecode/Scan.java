// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.PathText.Part;
import io.github.readonlyrootfs.bytecode.WriteSite.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Looks for the calls that write, in classes that may have some. */
final class Scan {

    private final ClassFiles classes;
    private final Optional<String> mainClass;
    private final boolean lazy;
    private final WebApplication web;
    private final FieldTexts fields;

    /** What runs at start; found out only when the answer depends on it, since that takes all classes. */
    private @Nullable StartUp started;

    Scan(ClassFiles classes, Optional<String> mainClass, boolean lazy, WebApplication web) {
        this.classes = classes;
        this.mainClass = mainClass;
        this.lazy = lazy;
        this.web = web;
        this.fields = new FieldTexts(classes);
    }

    List<WriteSite> of(List<String> names) {
        List<WriteSite> sites = new ArrayList<>();
        for (String name : names) {
            classes.find(name).ifPresent(node -> classes.guarded(name, node, owner -> add(owner, sites)));
        }
        return sites;
    }

    private void add(ClassNode owner, List<WriteSite> sites) {
        Captures captures = new Captures(owner, fields);
        owner.methods.forEach(method -> add(owner, method, captures, sites));
    }

    private void add(ClassNode owner, MethodNode method, Captures captures, List<WriteSite> sites) {
        boolean writes = false;
        for (AbstractInsnNode instruction : method.instructions) {
            writes |= instruction instanceof MethodInsnNode call
                    && WriteCall.of(call).isPresent();
        }
        if (!writes) {
            return;
        }
        Frame<PathValue>[] frames = Paths.of(owner, method, fields, captures.of(method));
        int line = 0;
        for (int i = 0; i < method.instructions.size(); i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            }
            // Without frames the method was not analysed; without this one the code is never reached.
            boolean reached = frames.length == 0 || frames[i] != null;
            if (reached && instruction instanceof MethodInsnNode call) {
                Optional<WriteCall> write = WriteCall.of(call).filter(known -> !isToldOtherwise(method, known));
                if (write.isPresent()) {
                    Optional<PathText> path =
                            frames.length == 0 ? Optional.of(PathText.UNKNOWN) : path(write.get(), call, frames[i]);
                    int at = line;
                    path.filter(text -> write.get().effect() != Effect.DATABASE || mayBeDatabase(text))
                            .ifPresent(text -> sites.add(site(
                                    owner,
                                    method,
                                    call,
                                    write.get(),
                                    text,
                                    guards(method, frames, write.get(), text),
                                    at)));
                }
            }
        }
    }

    /**
     * The jumps that ask whether the directory is there that a call makes: what it makes of one that is, is nothing. And those
     * that ask whether there is a path at all: of one that is known, there is.
     */
    private static List<Flow.Guard> guards(
            MethodNode method, Frame<PathValue>[] frames, WriteCall write, PathText made) {
        List<Flow.Guard> guards = new ArrayList<>();
        // Of two paths that are unknown, nobody knows whether they are the same.
        boolean makes =
                (write.effect() == Effect.DIRECTORY || write.effect() == Effect.DIRECTORIES) && !made.beginsUnknown();
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof JumpInsnNode jump
                    && (jump.getOpcode() == Opcodes.IFNULL || jump.getOpcode() == Opcodes.IFNONNULL)
                    && frames[i] != null
                    && made.begins(
                            frames[i].getStack(frames[i].getStackSize() - 1).path())) {
                guards.add(new Flow.Guard(
                        i, jump.getOpcode() == Opcodes.IFNULL ? i + 1 : method.instructions.indexOf(jump.label)));
            }
            if (makes
                    && method.instructions.get(i) instanceof MethodInsnNode call
                    && frames[i] != null
                    && ExistenceTest.of(call).isPresent()
                    && Flow.following(call) instanceof JumpInsnNode jump
                    && (jump.getOpcode() == Opcodes.IFEQ || jump.getOpcode() == Opcodes.IFNE)
                    && ExistenceTest.path(call, frames[i]).equals(made)) {
                boolean jumpsWhenMissing = (jump.getOpcode() == Opcodes.IFEQ)
                        == ExistenceTest.of(call).get().trueWhenThere();
                int at = method.instructions.indexOf(jump);
                guards.add(new Flow.Guard(at, jumpsWhenMissing ? method.instructions.indexOf(jump.label) : at + 1));
            }
        }
        return guards;
    }

    private static boolean isToldOtherwise(MethodNode method, WriteCall write) {
        Set<String> unless = write.unless();
        if (unless.isEmpty()) {
            return false;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && unless.contains(call.name)) {
                return true;
            }
        }
        return false;
    }

    /** Many other things have URLs, and of one that the code computes nothing can be determined. */
    private static boolean mayBeDatabase(PathText url) {
        return !url.parts().isEmpty()
                && !url.beginsUnknown()
                && (!(url.parts().get(0) instanceof Part.Literal start)
                        || start.text().startsWith("jdbc:")
                        || start.text().startsWith("r2dbc:"));
    }

    private WriteSite site(
            ClassNode owner,
            MethodNode method,
            MethodInsnNode call,
            WriteCall write,
            PathText path,
            List<Flow.Guard> guards,
            int line) {
        boolean start = (write.throwsOnFailure() || new Flow(method).failsWithout(call))
                && !(write.isOnlyPreparing() && write.effect() != Effect.DATABASE)
                && started().runs(owner, method, call, guards)
                && (!write.isOnlyPreparing() || started().opensDatabase());
        return new WriteSite(
                classes.place(owner.name),
                owner.name.replace('/', '.'),
                method.name,
                Optional.ofNullable(owner.sourceFile),
                line,
                write.describe(call),
                path,
                write.effect(),
                start);
    }

    /** What is certainly called at start, as in {@code com.example.Store.open}. */
    Set<String> startedCalls() {
        return started().calls();
    }

    private StartUp started() {
        if (started == null) {
            started = new StartUp(classes, mainClass, lazy, web);
        }
        return started;
    }

    private static Optional<PathText> path(WriteCall write, MethodInsnNode call, Frame<PathValue> frame) {
        int count = Type.getArgumentCount(call.desc);
        List<PathValue> arguments = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            arguments.add(frame.getStack(frame.getStackSize() - i));
        }
        Optional<PathValue> receiver = WriteCall.isStatic(call)
                ? Optional.empty()
                : Optional.of(frame.getStack(frame.getStackSize() - count - 1));
        return write.path(call, receiver, arguments);
    }
}
