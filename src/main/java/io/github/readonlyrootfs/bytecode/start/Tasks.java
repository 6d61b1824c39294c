// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Flow;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.PathFrame;
import io.github.readonlyrootfs.bytecode.path.PathValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** The code that calls run: lambdas, and objects that are tasks or threads. */
record Tasks(Hierarchy hierarchy) {

    private static final String THREADS = "java/lang/Thread";

    private static final String CONCURRENT = "java/util/concurrent/";

    /** Methods that wait for a task, and throw what it threw. */
    private static final Set<String> RESULTS = Set.of("get", "join", "invoke");

    /** Methods whose lambda gets what a task throws. */
    private static final Set<String> HANDLING =
            Set.of("whenComplete", "whenCompleteAsync", "handle", "handleAsync", "exceptionally");

    /** Those of them after which there is a result. */
    private static final Set<String> RECOVERING = Set.of("handle", "handleAsync", "exceptionally");

    /** Methods of the JDK's functional interfaces that make another one of it. */
    private static final Set<String> COMBINING = Set.of("compose", "negate", "or", "reversed");

    private static final String VISITING =
            "(Ljava/lang/Object;Ljava/nio/file/attribute/BasicFileAttributes;)Ljava/nio/file/FileVisitResult;";

    private static final Set<String> REFLECTING = Set.of("getMethod", "getDeclaredMethod");

    /** Instructions that make the parameters' types of a method that is looked for by its name. */
    private static final int MOST_PARAMETERS = 16;

    /** Whether a method may run code that it makes a task of. */
    static boolean mayBeIn(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if ((instruction instanceof InvokeDynamicInsnNode lambda && lambda.bsmArgs.length > 1)
                    || (instruction instanceof MethodInsnNode call
                            && (HandedOn.begins(call) || HandedOn.surelyRuns(call) || isStart(call)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a method throws what a lambda of it throws: at the lambda, if the call that gets it may run it before it returns, or at
     * the calls that wait for the task that is made of it; empty if something else runs it.
     *
     * @param code of a call, if it is the application's own
     * @param exits whether a lambda may end the process
     * @param harmless whether a lambda throws nothing that is expected
     */
    static List<AbstractInsnNode> throwing(
            InvokeDynamicInsnNode lambda,
            MethodNode method,
            Function<MethodInsnNode, Optional<MethodNode>> code,
            Predicate<Handle> exits,
            Predicate<Handle> harmless) {
        Type type = Type.getReturnType(lambda.desc);
        Optional<MethodInsnNode> taker = taker(lambda, type);
        if (taker.isEmpty()) {
            return List.of();
        }
        if (HandedOn.runs(taker.get())) {
            return List.of(lambda);
        }
        if (isRecovered(taker.get(), harmless.and(exits.negate()))) {
            return List.of();
        }
        List<AbstractInsnNode> waiting = waiting(taker.get(), method, exits);
        return waiting.isEmpty()
                        && code.apply(taker.get())
                                .filter(own -> calls(own, type))
                                .isPresent()
                ? List.of(lambda)
                : waiting;
    }

    /** Whether a call runs a lambda in another thread. */
    static boolean isBegun(InvokeDynamicInsnNode lambda) {
        return taker(lambda, Type.getReturnType(lambda.desc))
                .filter(call -> HandedOn.begins(call) || call.owner.equals(THREADS))
                .isPresent();
    }

    /** The calls of a method that wait for the result of a task, if a call makes one of code. */
    private static List<AbstractInsnNode> waiting(MethodInsnNode call, MethodNode method, Predicate<Handle> exits) {
        return !call.owner.startsWith(CONCURRENT)
                ? List.of()
                : Stream.of(method.instructions.toArray())
                        .filter(it -> it instanceof MethodInsnNode waits
                                && (isWaiting(waits)
                                        || (HANDLING.contains(waits.name)
                                                && lambda(Flow.preceding(waits))
                                                        .filter(exits)
                                                        .isPresent())))
                        .toList();
    }

    /** Whether a lambda of a chain of calls makes a result of what the task throws. */
    private static boolean isRecovered(MethodInsnNode taker, Predicate<Handle> fine) {
        AbstractInsnNode next = taker;
        while (next instanceof InvokeDynamicInsnNode
                || (next instanceof MethodInsnNode call && call.owner.startsWith(CONCURRENT))) {
            if (next instanceof MethodInsnNode call
                    && RECOVERING.contains(call.name)
                    && lambda(Flow.preceding(call)).filter(fine).isPresent()) {
                return true;
            }
            next = Flow.following(next);
        }
        return false;
    }

    /** The code of a lambda that an instruction makes. */
    static Optional<Handle> lambda(@Nullable AbstractInsnNode instruction) {
        return instruction instanceof InvokeDynamicInsnNode lambda
                        && lambda.bsmArgs.length > 1
                        && lambda.bsmArgs[1] instanceof Handle code
                ? Optional.of(code)
                : Optional.empty();
    }

    /** The methods of a class that a call asks for by a name, to call them. */
    Stream<Target> reflected(MethodInsnNode call) {
        if (!call.owner.equals("java/lang/Class") || !REFLECTING.contains(call.name)) {
            return Stream.empty();
        }
        AbstractInsnNode at = call;
        String name = "";
        for (int i = 0; at != null && i < MOST_PARAMETERS; i++) {
            at = Flow.preceding(at);
            if (at instanceof LdcInsnNode constant && constant.cst instanceof String text) {
                name = text;
            } else if (!name.isEmpty() && at instanceof LdcInsnNode constant && constant.cst instanceof Type type) {
                String wanted = name;
                return hierarchy.find(type.getInternalName()).stream()
                        .flatMap(owner -> owner.methods.stream()
                                .filter(method -> method.name.equals(wanted))
                                .map(method -> Target.of(owner, method)));
            }
        }
        return Stream.empty();
    }

    private static boolean isWaiting(MethodInsnNode call) {
        return call.owner.startsWith(CONCURRENT) && RESULTS.contains(call.name);
    }

    /** The call that gets a lambda: the next one, or the next with a parameter of its type. */
    static Optional<MethodInsnNode> taker(InvokeDynamicInsnNode lambda, Type type) {
        AbstractInsnNode next = Flow.following(lambda);
        while (next != null && !(next instanceof MethodInsnNode) && !(next instanceof VarInsnNode)) {
            next = Flow.following(next);
        }
        return next instanceof MethodInsnNode call
                        && (next == Flow.following(lambda) || call.desc.contains(type.getDescriptor()))
                ? Optional.of(call)
                : Optional.empty();
    }

    private static boolean calls(MethodNode method, Type type) {
        return Stream.of(method.instructions.toArray())
                .anyMatch(it -> it instanceof MethodInsnNode call && call.owner.equals(type.getInternalName()));
    }

    private static boolean isStart(MethodInsnNode call) {
        return call.name.equals("start") && call.desc.equals("()V");
    }

    /**
     * The code that a call runs, so that its exception leaves the call: a lambda's own method, the result of a task, each element of a
     * list or map that is not empty, or what a library gets.
     */
    Stream<Target> run(MethodInsnNode call, Frame<PathValue> frame) {
        List<PathValue> arguments = PathFrame.arguments(call, frame);
        if (HandedOn.surelyRuns(call)) {
            return arguments.stream().flatMap(this::code);
        }
        return call.getOpcode() == Opcodes.INVOKESTATIC
                ? Stream.empty()
                : runByReceiver(call, PathFrame.fromTop(frame, arguments.size()), arguments);
    }

    /** The code that a call runs in another thread. What that sets there, may be set too late. */
    Stream<Target> begun(MethodInsnNode call, Frame<PathValue> frame) {
        List<PathValue> arguments = PathFrame.arguments(call, frame);
        if (HandedOn.begins(call)) {
            return arguments.stream().flatMap(this::code);
        }
        return isStart(call) && (call.owner.equals(THREADS) || hierarchy.isA(call.owner, THREADS))
                ? code(PathFrame.fromTop(frame, arguments.size()))
                : Stream.empty();
    }

    /** The calls with which a method runs the code in its own parameters, and that code. */
    Map<MethodInsnNode, Target> handed(MethodNode taker, List<PathValue> arguments) {
        Map<MethodInsnNode, Target> handed = new LinkedHashMap<>();
        int local = (taker.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
        Type[] types = Type.getArgumentTypes(taker.desc);
        for (int i = 0; i < types.length; i++) {
            PathValue task = arguments.get(i);
            for (AbstractInsnNode instruction : taker.instructions) {
                if (task.isTask()
                        && instruction instanceof MethodInsnNode call
                        && call.owner.equals(types[i].getInternalName())
                        && call.desc.startsWith("()")
                        && Flow.preceding(call) instanceof VarInsnNode load
                        && load.var == local) {
                    (task instanceof PathValue.Made ? code(task) : runByReceiver(call, task, List.of()))
                            .forEach(target -> handed.put(call, target));
                }
            }
            local += types[i].getSize();
        }
        return handed;
    }

    private Stream<Target> runByReceiver(MethodInsnNode call, PathValue receiver, List<PathValue> arguments) {
        if (receiver instanceof PathValue.Lambda lambda
                && (call.owner.equals(lambda.type()) || (call.owner.equals(THREADS) && call.name.equals("run")))) {
            return call.name.startsWith("and") || COMBINING.contains(call.name) ? Stream.empty() : code(lambda);
        }
        if (isWaiting(call)) {
            return code(receiver);
        }
        boolean has = receiver instanceof PathValue.Array array
                ? !array.elements().isEmpty()
                : receiver instanceof PathValue.MadeMap map && !map.entries().isEmpty();
        return has && (call.name.equals("forEach") || call.name.equals("ifPresent"))
                ? code(arguments.get(0))
                : Stream.empty();
    }

    /** What a task runs: a lambda's code, or the method of an object. */
    private Stream<Target> code(PathValue task) {
        if (task instanceof PathValue.Lambda lambda) {
            return hierarchy.target(lambda.code()).stream();
        }
        return task instanceof PathValue.Made made
                ? Stream.of(
                                new Target(made.type(), "run", "()V"),
                                new Target(made.type(), "call", "()Ljava/lang/Object;"),
                                new Target(made.type(), "preVisitDirectory", VISITING))
                        .flatMap(run -> hierarchy.target(run.owner(), run.name(), run.descriptor(), false).stream())
                : Stream.empty();
    }
}
