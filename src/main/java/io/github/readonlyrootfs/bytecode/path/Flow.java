// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * The paths through a method. A path ends where the process exits or where nothing catches an exception: what a failed start leaves
 * out does not matter.
 */
public final class Flow {

    private static final Set<String> EXITS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    /** Instructions times queries: a method with more is generated code. */
    private static final long MAX_STEPS = 20_000_000;

    final MethodNode method;
    private final InsnList code;
    final Calls calls;
    private final Failure failure;
    private long steps;

    /** The calls that do not return; computed when it is first needed. */
    private @Nullable BitSet ends;

    /** The instructions that run if nothing is thrown; computed when it is first needed. */
    private @Nullable BitSet way;

    /** The instructions that may run; computed when it is first needed. */
    private @Nullable BitSet reached;

    /** The instructions between the two ends of a jump backwards: the others are in no loop. */
    private @Nullable BitSet loops;

    /** By jump that is decided, what follows. */
    private final Map<Integer, Integer> only = new HashMap<>();

    /** By instruction, what may follow. */
    private final Map<Integer, List<Integer>> known = new HashMap<>();

    /** By handler, see {@link #rememberedBy}. */
    private final Map<Integer, List<Guard>> remembering = new HashMap<>();

    public Flow(MethodNode method) {
        this(method, Calls.UNKNOWN, List.of());
    }

    /** @param decided jumps whose only target is known */
    public Flow(MethodNode method, Calls calls, List<Guard> decided) {
        decided.forEach(guard -> only.put(guard.jump(), guard.next()));
        this.method = method;
        this.code = method.instructions;
        this.calls = calls;
        this.failure = new Failure(this);
    }

    /**
     * What is known of the calls of the application's own code.
     *
     * @param neverReturns whether a call returns on no path
     * @param exits whether a call certainly ends the process
     * @param harmless whether a call throws nothing that is expected
     * @param writes whether a call may lead to a write
     * @param begins whether a call may begin what goes on when the main method has returned
     * @param isGoal whether a method that has this call is there for it: a main method that returns before it has not started
     */
    public record Calls(
            Predicate<MethodInsnNode> neverReturns,
            Predicate<MethodInsnNode> exits,
            Predicate<MethodInsnNode> harmless,
            Predicate<MethodInsnNode> writes,
            Predicate<MethodInsnNode> begins,
            Predicate<MethodInsnNode> isGoal) {

        static final Calls UNKNOWN =
                new Calls(call -> false, call -> false, call -> false, call -> false, call -> true, call -> false);
    }

    /**
     * Whether an instruction always runs when its method does and a file is missing.
     *
     * @param guards the jumps after tests whether it exists, with their targets if it does not
     */
    public boolean isCertain(AbstractInsnNode instruction, List<Guard> guards) {
        int at = code.indexOf(instruction);
        return !reachesReturn(0, i -> i == at, guards) && isReachable(instruction, guards) && !isLeftOut(at, guards);
    }

    /** What it does about failures. */
    public Failure failure() {
        return failure;
    }

    /** Whether an instruction can run: the process does not exit before it on every path. */
    public boolean isReachable(AbstractInsnNode instruction) {
        return isReachable(instruction, List.of());
    }

    /** Whether an instruction can run although nothing is thrown before it but by refused writes. */
    public boolean isOnWay(AbstractInsnNode instruction) {
        if (way == null) {
            BitSet seen = way(0);
            for (int at = 0; at < code.size(); at++) {
                int handler = seen.get(at) ? handlerOfWrite(at) : -1;
                if (handler >= 0 && !seen.get(handler)) {
                    seen.or(way(handler));
                    at = Math.min(at, handler) - 1;
                }
            }
            way = seen;
        }
        return way.get(code.indexOf(instruction));
    }

    /** Where the method goes on if an instruction may lead to a write that is refused; -1 where it does not, or nothing catches that. */
    private int handlerOfWrite(int at) {
        if (!(code.get(at) instanceof MethodInsnNode call)) {
            return -1;
        }
        Optional<WriteCall> write = WriteCall.of(call);
        if (write.isEmpty() && !calls.writes().test(call)) {
            return -1;
        }
        Thrown thrown = write.isPresent() ? write.get().thrown() : Thrown.ANY;
        return catching(at, thrown).map(block -> code.indexOf(block.handler)).orElse(-1);
    }

    /** The first handler with a type that catches what an instruction throws. */
    Optional<TryCatchBlockNode> catching(int at, Thrown thrown) {
        return method.tryCatchBlocks.stream()
                .filter(block -> block.type != null && covers(block, at) && thrown.isCaughtBy(block.type))
                .findFirst();
    }

    /** Whether it has a call that ends the process. */
    public boolean mayExit(Predicate<MethodInsnNode> exits) {
        return Stream.of(code.toArray())
                .anyMatch(it -> exits(it) || (it instanceof MethodInsnNode call && exits.test(call)));
    }

    /** Whether it has a call that may lead to a write. */
    public boolean writes() {
        return Stream.of(code.toArray())
                .anyMatch(it -> it instanceof MethodInsnNode call
                        && (WriteCall.of(call).isPresent() || calls.writes().test(call)));
    }

    /** Whether it may begin what goes on when the main method has returned. */
    public boolean begins() {
        return begins(code.size());
    }

    /** The same before an instruction. */
    boolean begins(int end) {
        return IntStream.range(0, end)
                .mapToObj(code::get)
                .anyMatch(it ->
                        it instanceof MethodInsnNode call && calls.begins().test(call));
    }

    /** What runs from an instruction on if nothing is thrown. */
    BitSet way(int from) {
        return way(from, List.of());
    }

    BitSet way(int from, List<Guard> guards) {
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            int at = next.remove();
            if (at < code.size() && !seen.get(at)) {
                seen.set(at);
                next.addAll(unlessThrown(at, guards));
            }
        }
        return seen;
    }

    private boolean isReachable(AbstractInsnNode instruction, List<Guard> guards) {
        return reachable(guards).get(code.indexOf(instruction));
    }

    /** Whether no path returns: the method runs for ever, ends the process or throws. */
    public boolean neverReturns() {
        return code.size() > 0 && !reachesReturn(0, i -> false, List.of());
    }

    /** Whether the method certainly ends the process. */
    public boolean exits() {
        return neverReturns() && exits(reachable(List.of()));
    }

    boolean exits(BitSet reached) {
        return throwing(reached).findAny().isEmpty() && reached.stream().anyMatch(this::exitsAt);
    }

    boolean exitsAt(int at) {
        return exits(code.get(at))
                || (code.get(at) instanceof MethodInsnNode call && calls.exits().test(call));
    }

    /** Whether a loop around an instruction can go round without it, as an endless one may for ever. */
    private boolean isLeftOut(int at, List<Guard> guards) {
        if (!loops().get(at)) {
            return false;
        }
        BitSet after = reachable(new ArrayDeque<>(successors(at, guards)), guards);
        if (!after.get(at)) {
            return false;
        }
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>(List.of(0));
        while (!next.isEmpty()) {
            int one = next.remove();
            if (one >= code.size() || seen.get(one) || one == at) {
                continue;
            }
            seen.set(one);
            List<Integer> following = successors(one, guards);
            boolean begins = after.get(one)
                    && reachable(new ArrayDeque<>(List.of(one)), guards).get(at);
            if (!begins) {
                next.addAll(following);
            } else if (reaches(following, one, at, guards)) {
                return true;
            }
        }
        return false;
    }

    private BitSet loops() {
        if (loops == null) {
            loops = new BitSet();
            for (int at = 0; at < code.size(); at++) {
                for (int next : successors(at, List.of())) {
                    loops.set(Math.min(next, at + 1), at + 1);
                }
            }
        }
        return loops;
    }

    private boolean reaches(List<Integer> from, int to, int barred, List<Guard> guards) {
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>(from);
        while (!next.isEmpty() && steps <= MAX_STEPS) {
            int at = next.remove();
            if (at == to) {
                return true;
            }
            if (at < code.size() && at != barred && !seen.get(at)) {
                steps++;
                seen.set(at);
                next.addAll(successors(at, guards));
            }
        }
        return steps > MAX_STEPS;
    }

    /**
     * A jump after a test.
     *
     * @param next the only instruction that may follow
     */
    public record Guard(int jump, int next) {}

    /** Whether a handler is around an instruction. */
    public boolean isGuarded(AbstractInsnNode instruction) {
        int at = code.indexOf(instruction);
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (covers(block, at)) {
                return true;
            }
        }
        return false;
    }

    /** The tests that are decided by what a handler remembers of an instruction that is refused each time; empty if there are none. */
    List<Guard> remembered(int at, int handler, List<Guard> guards) {
        Remembered remembered = Remembered.by(code, handler);
        if (!remembered.isMore() || steps > MAX_STEPS) {
            return List.of();
        }
        steps += code.size();
        List<Guard> refused = new ArrayList<>(guards);
        if (at >= 0) {
            refused.add(new Guard(at, handler));
        }
        remembered.forget(reachable(handler, refused));
        List<Guard> tests = remembered.tests();
        if (at >= 0 && !tests.isEmpty()) {
            tests.add(new Guard(at, handler));
        }
        return tests;
    }

    BitSet reachable(int from, List<Guard> guards) {
        return reachable(new ArrayDeque<>(List.of(from)), guards);
    }

    /** The instructions among some that throw. */
    Stream<AbstractInsnNode> throwing(BitSet reached) {
        return reached.stream().mapToObj(code::get).filter(it -> it.getOpcode() == Opcodes.ATHROW);
    }

    /** The instruction before one that is not a label or line number. */
    public static @Nullable AbstractInsnNode preceding(AbstractInsnNode instruction) {
        AbstractInsnNode before = instruction.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before;
    }

    /** The next instruction that is not a label or line number. */
    public static @Nullable AbstractInsnNode following(AbstractInsnNode instruction) {
        AbstractInsnNode next = instruction.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next;
    }

    /** The instructions that may run after some others. */
    public BitSet behind(List<AbstractInsnNode> starts) {
        Deque<Integer> next = new ArrayDeque<>();
        starts.forEach(start -> next.addAll(successors(code.indexOf(start), List.of())));
        return reachable(next, List.of());
    }

    /** The instructions that may run if some jumps have one target only. */
    BitSet reachable(List<Guard> guards) {
        if (!guards.isEmpty()) {
            return reachable(0, guards);
        }
        if (reached == null) {
            reached = reachable(0, guards);
        }
        return reached;
    }

    private BitSet reachable(Deque<Integer> next, List<Guard> guards) {
        BitSet seen = new BitSet();
        while (!next.isEmpty()) {
            int at = next.remove();
            if (at < code.size() && !seen.get(at)) {
                seen.set(at);
                next.addAll(successors(at, guards));
            }
            if (++steps > MAX_STEPS) {
                seen.set(0, code.size());
                return seen;
            }
        }
        return seen;
    }

    boolean reachesReturn(int from, IntPredicate isBarred, List<Guard> guards) {
        BitSet begun = new BitSet();
        Deque<Integer> starts = new ArrayDeque<>(List.of(from));
        while (!starts.isEmpty()) {
            int start = starts.remove();
            List<Guard> all = guards;
            if (start != from) {
                all = new ArrayList<>(guards);
                all.addAll(rememberedBy(start));
            }
            if (reachesReturn(start, isBarred, all, handler -> {
                if (!begun.get(handler)) {
                    begun.set(handler);
                    starts.add(handler);
                }
            })) {
                return true;
            }
        }
        return false;
    }

    /** @param handlers gets the handlers that remember something which decides later tests: they are followed for themselves */
    private boolean reachesReturn(int from, IntPredicate isBarred, List<Guard> guards, IntConsumer handlers) {
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            int at = next.remove();
            if (at >= code.size() || seen.get(at) || isBarred.test(at)) {
                continue;
            }
            if (++steps > MAX_STEPS) {
                return true;
            }
            seen.set(at);
            if (isReturn(code.get(at))) {
                return true;
            }
            for (int following : successors(at, guards)) {
                if (following != from
                        && mayThrow(code.get(at))
                        && !rememberedBy(following).isEmpty()) {
                    handlers.accept(following);
                } else {
                    next.add(following);
                }
            }
        }
        return false;
    }

    /** The tests that are decided by what a handler remembers; empty if there are none, or it is no handler. */
    private List<Guard> rememberedBy(int handler) {
        List<Guard> tests = remembering.get(handler);
        if (tests == null) {
            boolean is = false;
            for (TryCatchBlockNode block : method.tryCatchBlocks) {
                is |= code.indexOf(block.handler) == handler;
            }
            tests = is ? remembered(-1, handler, List.of()) : List.of();
            remembering.put(handler, tests);
        }
        return tests;
    }

    private List<Integer> successors(int at, List<Guard> guards) {
        if (!guards.isEmpty()) {
            return computed(at, guards);
        }
        List<Integer> all = known.get(at);
        if (all == null) {
            all = computed(at, guards);
            known.put(at, all);
        }
        return all;
    }

    private List<Integer> computed(int at, List<Guard> guards) {
        AbstractInsnNode instruction = code.get(at);
        List<Integer> all = new ArrayList<>();
        if (mayThrow(instruction)) {
            steps += method.tryCatchBlocks.size();
            for (TryCatchBlockNode block : method.tryCatchBlocks) {
                if (covers(block, at) && Throwing.mayCatch(block, instruction)) {
                    all.add(code.indexOf(block.handler));
                }
            }
        }
        if (exits(instruction)) {
            return List.of();
        }
        all.addAll(unlessThrown(at, guards));
        return all;
    }

    private List<Integer> unlessThrown(int at, List<Guard> guards) {
        AbstractInsnNode instruction = code.get(at);
        List<Integer> all = new ArrayList<>();
        for (Guard guard : guards) {
            if (guard.jump() == at) {
                return List.of(guard.next());
            }
        }
        if (ends().get(at)) {
            return all;
        }
        if (only.containsKey(at)) {
            return List.of(only.get(at));
        }
        boolean goesOn = true;
        if (instruction instanceof JumpInsnNode jump) {
            all.add(code.indexOf(jump.label));
            goesOn = jump.getOpcode() != Opcodes.GOTO;
        } else if (instruction instanceof TableSwitchInsnNode table) {
            addAll(table.labels, table.dflt, all);
            goesOn = false;
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            addAll(lookup.labels, lookup.dflt, all);
            goesOn = false;
        } else if (isReturn(instruction) || instruction.getOpcode() == Opcodes.ATHROW) {
            goesOn = false;
        }
        if (goesOn) {
            all.add(FirstTurn.next(code, at));
        }
        return all;
    }

    BitSet ends() {
        if (ends == null) {
            ends = new BitSet();
            for (int i = 0; i < code.size(); i++) {
                ends.set(
                        i,
                        exits(code.get(i))
                                || (code.get(i) instanceof MethodInsnNode call
                                        && calls.neverReturns().test(call)));
            }
        }
        return ends;
    }

    static boolean exits(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && EXITS.contains(call.owner + "." + call.name);
    }

    static boolean isReturn(AbstractInsnNode instruction) {
        return instruction.getOpcode() >= Opcodes.IRETURN && instruction.getOpcode() <= Opcodes.RETURN;
    }

    private boolean mayThrow(AbstractInsnNode instruction) {
        return Throwing.may(instruction)
                && !(instruction instanceof MethodInsnNode call
                        && calls.harmless().test(call));
    }

    /** Whether the method throws nothing that is expected. */
    public boolean isHarmless() {
        return Stream.of(code.toArray()).noneMatch(this::mayThrow);
    }

    private void addAll(List<LabelNode> labels, LabelNode otherwise, List<Integer> all) {
        labels.forEach(label -> all.add(code.indexOf(label)));
        all.add(code.indexOf(otherwise));
    }

    boolean covers(TryCatchBlockNode block, int at) {
        return code.indexOf(block.start) <= at && at < code.indexOf(block.end);
    }
}
