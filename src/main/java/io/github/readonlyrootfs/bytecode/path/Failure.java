// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What a method does about an instruction that fails: what leaves it, and what it returns instead. */
public final class Failure {

    /** A result of which nothing is known. */
    public static final int UNKNOWN = Integer.MIN_VALUE;

    private final Flow flow;
    private final InsnList code;

    /** What the method is there for, or its returns; computed when it is first needed. */
    private @Nullable BitSet goals;

    Failure(Flow flow) {
        this.flow = flow;
        this.code = flow.method.instructions;
    }

    /**
     * What leaves the method where a call throws; empty if a handler catches it and continues.
     *
     * @param refused whether a call is refused too that makes a directory
     * @param perhaps whether what a handler does sometimes counts
     */
    public Optional<Thrown> leaving(
            AbstractInsnNode instruction, Thrown thrown, Predicate<MethodInsnNode> refused, boolean perhaps) {
        int at = code.indexOf(instruction);
        Thrown leaving = thrown;
        int thrownAt = at;
        for (TryCatchBlockNode block : flow.method.tryCatchBlocks) {
            if (!flow.covers(block, thrownAt) || !leaving.isCaughtBy(block.type)) {
                continue;
            }
            int handler = code.indexOf(block.handler);
            List<Flow.Guard> guards = tests(handler, leaving, refused);
            guards.addAll(flow.remembered(at, handler, guards));
            BitSet handling = flow.reachable(handler, guards);
            if (continues(handling, handler, at)) {
                return perhaps ? sometimes(flow.way(handler, guards)) : Optional.empty();
            }
            if (flow.exits(handling)) {
                return Optional.of(Thrown.EXIT);
            }
            // Code that closes a resource throws what it caught.
            boolean same = flow.throwing(flow.reachable(handler, List.of())).allMatch(it -> loadsCaught(it, handler));
            leaving = same ? leaving : Thrown.ANY;
            thrownAt = handler;
        }
        return Optional.of(leaving);
    }

    /** What leaves the method on some of the ways that only a handler leads to. */
    private Optional<Thrown> sometimes(BitSet handling) {
        handling.andNot(flow.way(0));
        if (handling.stream().anyMatch(flow::exitsAt)) {
            return Optional.of(Thrown.EXIT);
        }
        return flow.throwing(handling).findAny().isPresent() || handling.intersects(flow.ends())
                ? Optional.of(Thrown.ANY)
                : Optional.empty();
    }

    /** Whether a handler goes on. One that tries again goes on only if it never throws what it caught. */
    private boolean continues(BitSet reached, int handler, int tried) {
        return reached.intersects(goals())
                && (!reached.get(tried) || flow.throwing(reached).noneMatch(it -> loadsCaught(it, handler)));
    }

    private BitSet goals() {
        if (goals == null) {
            BitSet running = matching(i -> code.get(i) instanceof MethodInsnNode call
                    && flow.calls.isGoal().test(call));
            goals = running.isEmpty() ? matching(i -> Flow.isReturn(code.get(i))) : running;
        }
        return goals;
    }

    private BitSet matching(IntPredicate wanted) {
        BitSet matching = new BitSet();
        for (int i = 0; i < code.size(); i++) {
            matching.set(i, wanted.test(i));
        }
        return matching;
    }

    private boolean loadsCaught(AbstractInsnNode instruction, int handler) {
        return Flow.preceding(instruction) instanceof VarInsnNode load
                && load.getOpcode() == Opcodes.ALOAD
                && Flow.following(code.get(handler)) instanceof VarInsnNode store
                && store.getOpcode() == Opcodes.ASTORE
                && load.var == store.var;
    }

    /** Whether a call makes a directory, and says whether it did. */
    public static boolean makesDirectory(MethodInsnNode call) {
        return call.owner.equals("java/io/File") && call.name.startsWith("mkdir");
    }

    /** The jumps after tests of the type of what a handler caught, where its type is known, and after directories that it cannot make. */
    private List<Flow.Guard> tests(int handler, Thrown thrown, Predicate<MethodInsnNode> refused) {
        List<Flow.Guard> guards = new ArrayList<>();
        for (int i = handler; i < code.size(); i++) {
            if (code.get(i) instanceof MethodInsnNode made
                    && makesDirectory(made)
                    && refused.test(made)
                    && Flow.following(made) instanceof JumpInsnNode jump) {
                int next = code.indexOf(jump);
                guards.add(
                        new Flow.Guard(next, jump.getOpcode() == Opcodes.IFEQ ? code.indexOf(jump.label) : next + 1));
            }
            if (code.get(i) instanceof TypeInsnNode test
                    && test.getOpcode() == Opcodes.INSTANCEOF
                    && loadsCaught(test, handler)
                    && Flow.following(test) instanceof JumpInsnNode jump) {
                int next = code.indexOf(jump);
                thrown.is(test.desc)
                        .ifPresent(is -> guards.add(new Flow.Guard(
                                next, is == (jump.getOpcode() == Opcodes.IFNE) ? code.indexOf(jump.label) : next + 1)));
            }
        }
        return guards;
    }

    /** Whether the exception for a missing parent directory is caught, and the method goes on without another write. */
    public boolean sparesMissingParent(AbstractInsnNode instruction) {
        int at = code.indexOf(instruction);
        IntPredicate writes = i ->
                code.get(i) instanceof MethodInsnNode call && WriteCall.of(call).isPresent();
        for (TryCatchBlockNode block : flow.method.tryCatchBlocks) {
            if ("java/nio/file/NoSuchFileException".equals(block.type)
                    && flow.covers(block, at)
                    && flow.reachesReturn(code.indexOf(block.handler), writes, List.of())) {
                return true;
            }
        }
        return false;
    }

    /** What the method returns where a handler catches what a call throws: numbers, 0 for null and false, or {@link #UNKNOWN}. */
    public Set<Integer> returned(AbstractInsnNode instruction, Thrown thrown) {
        int at = code.indexOf(instruction);
        Optional<TryCatchBlockNode> block = flow.catching(at, thrown);
        Set<Integer> returned = new HashSet<>();
        if (block.isPresent()) {
            int handler = code.indexOf(block.get().handler);
            List<Flow.Guard> guards = new ArrayList<>(List.of(new Flow.Guard(at, handler)));
            Remembered remembered = Remembered.by(code, handler);
            remembered.forget(flow.reachable(handler, guards));
            guards.addAll(remembered.tests());
            flow.way(handler, guards).stream()
                    .mapToObj(code::get)
                    .filter(it -> Flow.isReturn(it) && it.getOpcode() != Opcodes.RETURN)
                    .forEach(it -> returned.add(returned(it, remembered)));
        }
        return returned;
    }

    /** Where several ways lead to the return, they may have different values. */
    private static int returned(AbstractInsnNode instruction, Remembered remembered) {
        AbstractInsnNode value = Flow.preceding(instruction);
        return value == instruction.getPrevious() ? remembered.value(value).orElse(UNKNOWN) : UNKNOWN;
    }

    /**
     * What the method throws if a call returns a number, see {@link #returned}, whether or not it catches that; empty if it goes on.
     *
     * @param perhaps whether a main method that then returns at once counts although it may have begun something before
     */
    public Optional<Thrown> thrownIf(AbstractInsnNode call, int result, boolean perhaps) {
        AbstractInsnNode next = Flow.following(call);
        if (next == null || Flow.exits(next)) {
            return next == null || result == 0 ? Optional.empty() : Optional.of(Thrown.EXIT);
        }
        int from = code.indexOf(next);
        if (next instanceof JumpInsnNode jump && jump.getOpcode() >= Opcodes.IFEQ) {
            boolean zero = jump.getOpcode() <= Opcodes.IFLE || jump.getOpcode() >= Opcodes.IFNULL;
            if (!zero) {
                return Optional.empty();
            }
            from = Decided.holds(jump.getOpcode(), Integer.compare(result, 0)) ? code.indexOf(jump.label) : from + 1;
        }
        Remembered remembered = Remembered.result(code, call, result, from);
        remembered.forget(flow.reachable(from, List.of()));
        List<Flow.Guard> guards = remembered.tests();
        if (guards.isEmpty() && !(next instanceof JumpInsnNode)) {
            return Optional.empty();
        }
        BitSet then = flow.way(from, guards);
        boolean goesOn = then.stream()
                .mapToObj(code::get)
                .anyMatch(it -> Flow.isReturn(it) || (Flow.exits(it) && endsWell(it, remembered, !perhaps)));
        if (goesOn) {
            int at = code.indexOf(call);
            boolean ends = Main.is(flow.method) && leavesOut(then, at) && (perhaps || !flow.begins(at + 1));
            return ends ? Optional.of(Thrown.EXIT) : Optional.empty();
        }
        if (then.stream().anyMatch(flow::exitsAt)) {
            return Optional.of(Thrown.EXIT);
        }
        // A way that neither throws nor ends serves for ever.
        boolean ends = flow.throwing(then).findAny().isPresent() || (perhaps && then.intersects(flow.ends()));
        return flow.throwing(then)
                .flatMap(it -> Throwing.made(it).stream())
                .findFirst()
                .or(() -> ends ? Optional.of(Thrown.ANY) : Optional.empty());
    }

    /** @param otherwise whether it may where several ways lead to the exit, with different numbers */
    private static boolean endsWell(AbstractInsnNode exit, Remembered remembered, boolean otherwise) {
        AbstractInsnNode number = Flow.preceding(exit);
        return number == exit.getPrevious() ? remembered.value(number).orElse(1) == 0 : otherwise;
    }

    /** Whether a way calls no more than the JDK, and leaves other calls out. */
    private boolean leavesOut(BitSet way, int from) {
        boolean leavesOut = false;
        for (int at = from + 1; at < code.size(); at++) {
            if (code.get(at) instanceof MethodInsnNode call) {
                if (way.get(at) && !call.owner.startsWith("java/")) {
                    return false;
                }
                leavesOut |= !way.get(at) && !Flow.exits(call);
            }
        }
        return leavesOut;
    }

    /** Whether the method returns what a call returns. */
    public static boolean passesOn(AbstractInsnNode call) {
        AbstractInsnNode next = Flow.following(call);
        return next != null && Flow.isReturn(next);
    }
}
