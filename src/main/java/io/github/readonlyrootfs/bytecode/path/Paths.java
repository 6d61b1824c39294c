// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Analyses a method: the known paths at each instruction. */
public final class Paths {

    /** Steps times variables: a larger method is generated code, and too expensive. */
    private static final long MAX_SIZE = 2_000_000;

    /** A loop over more elements is a table. */
    private static final int MAX_TURNS = 8;

    /** The types of paths. */
    private static final Set<String> TYPES = Set.of(
            "java/lang/String",
            "java/lang/CharSequence",
            "java/io/File",
            "java/nio/file/Path",
            "java/net/URI",
            "org/springframework/core/io/Resource",
            "org/springframework/core/io/WritableResource");

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final Frame<PathValue>[] NOTHING = new Frame[0];

    private Paths() {}

    /** One frame per instruction, null if it is unreachable; no frames if the method cannot be analysed. */
    public static Frame<PathValue>[] of(ClassNode owner, MethodNode method, FieldTexts fields) {
        return of(owner, method, fields, Map.of());
    }

    /** @param passed the known parameters, by local variable */
    public static Frame<PathValue>[] of(
            ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed) {
        return each(owner, method, fields, passed, 1).get(0);
    }

    /** The jumps after tests whose result is known whenever the method runs. */
    public static List<Flow.Guard> decided(ClassNode owner, MethodNode method, FieldTexts fields) {
        return Decided.mayBeIn(method) ? Decided.in(method, of(owner, method, fields)) : List.of();
    }

    /** The same once for each element of the lists and arrays that the method loops over. */
    public static List<Frame<PathValue>[]> each(
            ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed) {
        return each(owner, method, fields, passed, MAX_TURNS);
    }

    private static List<Frame<PathValue>[]> each(
            ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed, int most) {
        if (cost(method) > MAX_SIZE) {
            return List.<Frame<PathValue>[]>of(NOTHING);
        }
        Map<Integer, Text> parameters = passed.isEmpty() ? Injection.parameters(method) : passed;
        PathValue.Arguments arguments = fields.arguments(owner, method);
        List<Frame<PathValue>[]> all = new ArrayList<>();
        try {
            int turns = 1;
            for (int turn = 0; turn < turns; turn++) {
                PathInterpreter plain =
                        new PathInterpreter(method, fields, parameters, arguments, Fallbacks.NONE, turn);
                Frame<PathValue>[] frames = of(owner, method, plain);
                turns = Math.min(plain.widest(), most);
                Fallbacks asked = Fallbacks.asked(method, frames);
                if (asked != Fallbacks.NONE) {
                    of(owner, method, new PathInterpreter(method, fields, parameters, arguments, asked, turn));
                    Fallbacks found = asked.found();
                    frames = found == Fallbacks.NONE
                            ? frames
                            : of(
                                    owner,
                                    method,
                                    new PathInterpreter(method, fields, parameters, arguments, found, turn));
                }
                all.add(frames);
            }
        } catch (AnalyzerException e) {
            // The code is invalid: no compiler generates it.
            return List.<Frame<PathValue>[]>of(NOTHING);
        }
        return all;
    }

    private static Frame<PathValue>[] of(ClassNode owner, MethodNode method, PathInterpreter interpreter)
            throws AnalyzerException {
        Frame<PathValue>[] frames = new PathAnalyzer(method.instructions, interpreter).analyze(owner.name, method);
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] != null && !PathFrame.isReached(frames[i])) {
                frames[i] = null;
            }
        }
        return frames;
    }

    /**
     * The jumps after tests whether a text is null.
     *
     * @param tested which texts
     * @param whenNull whether they go to where it is null; otherwise to where it is not
     */
    public static List<Flow.Guard> nullTests(
            MethodNode method, Frame<PathValue>[] frames, Predicate<Text> tested, boolean whenNull) {
        List<Flow.Guard> guards = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof JumpInsnNode jump
                    && (jump.getOpcode() == Opcodes.IFNULL || jump.getOpcode() == Opcodes.IFNONNULL)
                    && frames[i] != null
                    && tested.test(PathFrame.fromTop(frames[i], 0).path())) {
                boolean jumps = (jump.getOpcode() == Opcodes.IFNULL) == whenNull;
                guards.add(new Flow.Guard(i, jumps ? method.instructions.indexOf(jump.label) : i + 1));
            }
        }
        return guards;
    }

    /** Whether a value of this type may be a path. */
    static boolean isPath(Type type) {
        return type.getSort() == Type.OBJECT && TYPES.contains(type.getInternalName());
    }

    /**
     * The known arguments of a call, by the local variable of the called method.
     *
     * @param local the variable of the first argument
     */
    static Map<Integer, Text> passed(String descriptor, int local, List<PathValue> arguments) {
        Map<Integer, Text> passed = new HashMap<>();
        Type[] types = Type.getArgumentTypes(descriptor);
        int at = local;
        for (int i = 0; i < types.length; i++) {
            Text text = arguments.get(i).path();
            if (!text.equals(Text.UNKNOWN)) {
                passed.put(at, text);
            }
            at += types[i].getSize();
        }
        return passed;
    }

    /** The cost of an analysis: each instruction leads to the next one and to its handlers, with all variables. */
    static long cost(MethodNode method) {
        long ways = method.instructions.size();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            ways += Math.max(0, method.instructions.indexOf(block.end) - method.instructions.indexOf(block.start));
        }
        return ways * (method.maxLocals + method.maxStack);
    }

    private static final class PathAnalyzer extends Analyzer<PathValue> {

        private final InsnList code;
        private final Fallbacks fallbacks;

        PathAnalyzer(InsnList code, PathInterpreter interpreter) {
            super(interpreter);
            this.code = code;
            this.fallbacks = interpreter.fallbacks();
        }

        @Override
        protected Frame<PathValue> newFrame(int locals, int stack) {
            return new PathFrame(code, fallbacks, locals, stack);
        }

        @Override
        protected Frame<PathValue> newFrame(Frame<? extends PathValue> frame) {
            return new PathFrame(code, fallbacks, frame);
        }
    }
}
