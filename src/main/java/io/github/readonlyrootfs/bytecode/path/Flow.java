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
import java.util.function.IntPredicate;
import java.util.function.Predicate;
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
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The paths through a method. A path ends where the process exits or where nothing catches an exception: what a failed start leaves
 * out does not matter.
 */
public final class Flow {

    private static final Set<String> EXITS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    private static final Set<Integer> FAILURES = Set.of(Opcodes.ICONST_0, Opcodes.ACONST_NULL);

    private static final Set<Integer> TESTS = Set.of(Opcodes.IFEQ, Opcodes.IFNE, Opcodes.IFNULL, Opcodes.IFNONNULL);

    /** Instructions times queries: a method with more is generated code. */
    private static final long MAX_STEPS = 20_000_000;

    private final MethodNode method;
    private final InsnList code;
    private final Calls calls;
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

    /** What the method is there for, or its returns; computed when it is first needed. */
    private @Nullable BitSet goals;

    public Flow(MethodNode method) {
        this(method, Calls.UNKNOWN, List.of());
    }

    /** @param decided jumps whose only target is known */
    public Flow(MethodNode method, Calls calls, List<Guard> decided) {
        decided.forEach(guard -> only.put(guard.jump(), guard.next()));
        this.method = method;
        this.code = method.instructions;
        this.calls = calls;
    }

    /**
     * What is known of the calls of the application's own code.
     *
     * @param neverReturns whether a call returns on no path
     * @param exits whether a call certainly ends the process
     * @param harmless whether a call throws nothing that is expected
     * @param isGoal whether a method that has this call is there for it: a main method that returns before it has not started
     */
    public record Calls(
            Predicate<MethodInsnNode> neverReturns,
            Predicate<MethodInsnNode> exits,
            Predicate<MethodInsnNode> harmless,
            Predicate<MethodInsnNode> isGoal) {

        static final Calls UNKNOWN = new Calls(call -> false, call -> false, call -> false, call -> false);
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

    /** Where the method goes on if an instruction is a write that is refused; -1 where it is none, or nothing catches that. */
    private int handlerOfWrite(int at) {
        Optional<WriteCall> write = code.get(at) instanceof MethodInsnNode call ? WriteCall.of(call) : Optional.empty();
        return write.stream()
                .flatMap(known -> method.tryCatchBlocks.stream()
                        .filter(block -> block.type != null
                                && covers(block, at)
                                && known.thrown().isCaughtBy(block.type)))
                .mapToInt(block -> code.indexOf(block.handler))
                .findFirst()
                .orElse(-1);
    }

    /** What runs from an instruction on if nothing is thrown. */
    private BitSet way(int from) {
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            int at = next.remove();
            if (at < code.size() && !seen.get(at)) {
                seen.set(at);
                next.addAll(unlessThrown(at));
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

    private boolean exits(BitSet reached) {
        return throwing(reached).findAny().isEmpty()
                && reached.stream()
                        .anyMatch(i -> exits(code.get(i))
                                || (code.get(i) instanceof MethodInsnNode call
                                        && calls.exits().test(call)));
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

    /**
     * What leaves the method where a call throws; empty if a handler catches it and continues.
     *
     * @param refused whether a call is refused too that makes a directory
     */
    public Optional<Thrown> leaving(AbstractInsnNode instruction, Thrown thrown, Predicate<MethodInsnNode> refused) {
        int at = code.indexOf(instruction);
        Thrown leaving = thrown;
        int thrownAt = at;
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (!covers(block, thrownAt) || !leaving.isCaughtBy(block.type)) {
                continue;
            }
            int handler = code.indexOf(block.handler);
            BitSet handling = reachable(handler, tests(handler, leaving, refused));
            if (continues(handling, handler, at)) {
                return Optional.empty();
            }
            if (exits(handling)) {
                return Optional.of(Thrown.EXIT);
            }
            // Code that closes a resource throws what it caught.
            boolean same = throwing(reachable(handler, List.of())).allMatch(it -> loadsCaught(it, handler));
            leaving = same ? leaving : Thrown.ANY;
            thrownAt = handler;
        }
        return Optional.of(leaving);
    }

    /** Whether a handler goes on. One that tries again goes on only if it never throws what it caught. */
    private boolean continues(BitSet reached, int handler, int tried) {
        return reached.intersects(goals())
                && (!reached.get(tried) || throwing(reached).noneMatch(it -> loadsCaught(it, handler)));
    }

    private BitSet goals() {
        if (goals == null) {
            BitSet running = matching(i ->
                    code.get(i) instanceof MethodInsnNode call && calls.isGoal().test(call));
            goals = running.isEmpty() ? matching(i -> isReturn(code.get(i))) : running;
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

    private BitSet reachable(int from, List<Guard> guards) {
        return reachable(new ArrayDeque<>(List.of(from)), guards);
    }

    /** The instructions among some that throw. */
    private Stream<AbstractInsnNode> throwing(BitSet reached) {
        return reached.stream().mapToObj(code::get).filter(it -> it.getOpcode() == Opcodes.ATHROW);
    }

    private boolean loadsCaught(AbstractInsnNode instruction, int handler) {
        return preceding(instruction) instanceof VarInsnNode load
                && load.getOpcode() == Opcodes.ALOAD
                && following(code.get(handler)) instanceof VarInsnNode store
                && store.getOpcode() == Opcodes.ASTORE
                && load.var == store.var;
    }

    /** Whether a call makes a directory, and says whether it did. */
    public static boolean makesDirectory(MethodInsnNode call) {
        return call.owner.equals("java/io/File") && call.name.startsWith("mkdir");
    }

    /** The jumps after tests of the type of what a handler caught, where its type is known, and after directories that it cannot make. */
    private List<Guard> tests(int handler, Thrown thrown, Predicate<MethodInsnNode> refused) {
        List<Guard> guards = new ArrayList<>();
        for (int i = handler; i < code.size(); i++) {
            if (code.get(i) instanceof MethodInsnNode made
                    && makesDirectory(made)
                    && refused.test(made)
                    && following(made) instanceof JumpInsnNode jump) {
                int next = code.indexOf(jump);
                guards.add(new Guard(next, jump.getOpcode() == Opcodes.IFEQ ? code.indexOf(jump.label) : next + 1));
            }
            if (thrown.types().isPresent()
                    && code.get(i) instanceof TypeInsnNode test
                    && test.getOpcode() == Opcodes.INSTANCEOF
                    && thrown.types().get().contains(test.desc)
                    && loadsCaught(test, handler)
                    && following(test) instanceof JumpInsnNode jump) {
                int next = code.indexOf(jump);
                guards.add(new Guard(next, jump.getOpcode() == Opcodes.IFNE ? code.indexOf(jump.label) : next + 1));
            }
        }
        return guards;
    }

    /** The instruction before one that is not a label or line number. */
    public static @Nullable AbstractInsnNode preceding(AbstractInsnNode instruction) {
        AbstractInsnNode before = instruction.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before;
    }

    /** Whether the exception for a missing parent directory is caught, and the method goes on without another write. */
    public boolean sparesMissingParent(AbstractInsnNode instruction) {
        int at = code.indexOf(instruction);
        IntPredicate writes = i ->
                code.get(i) instanceof MethodInsnNode call && WriteCall.of(call).isPresent();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if ("java/nio/file/NoSuchFileException".equals(block.type)
                    && covers(block, at)
                    && reachesReturn(code.indexOf(block.handler), writes, List.of())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the method returns false or null where a handler catches what a call throws. */
    public boolean tellsFailure(AbstractInsnNode instruction, Thrown thrown) {
        int at = code.indexOf(instruction);
        return method.tryCatchBlocks.stream()
                .filter(block -> covers(block, at) && thrown.isCaughtBy(block.type))
                .findFirst()
                .filter(block -> way(code.indexOf(block.handler)).stream()
                        .mapToObj(code::get)
                        .filter(Flow::isReturn)
                        .map(Flow::preceding)
                        .anyMatch(returned -> returned != null && FAILURES.contains(returned.getOpcode())))
                .isPresent();
    }

    /** What the method throws if a call returns false or null, whether or not it catches that; empty if it goes on. */
    public Optional<Thrown> thrownWithout(AbstractInsnNode call) {
        AbstractInsnNode next = following(call);
        if (next instanceof VarInsnNode store
                && (store.getOpcode() == Opcodes.ISTORE || store.getOpcode() == Opcodes.ASTORE)
                && following(store) instanceof VarInsnNode load
                && load.var == store.var) {
            next = following(load);
        }
        if (!(next instanceof JumpInsnNode jump) || !TESTS.contains(jump.getOpcode())) {
            return Optional.empty();
        }
        boolean jumps = jump.getOpcode() == Opcodes.IFEQ || jump.getOpcode() == Opcodes.IFNULL;
        int without = jumps ? code.indexOf(jump.label) : code.indexOf(jump) + 1;
        BitSet then = way(without);
        if (then.stream().anyMatch(i -> isReturn(code.get(i)))) {
            return Optional.empty();
        }
        return throwing(then)
                .flatMap(it -> Throwing.made(it).stream())
                .findFirst()
                .or(() -> Optional.of(Thrown.ANY));
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

    private boolean reachesReturn(int from, IntPredicate isBarred, List<Guard> guards) {
        BitSet seen = new BitSet();
        Deque<Integer> next = new ArrayDeque<>();
        next.add(from);
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
            next.addAll(successors(at, guards));
        }
        return false;
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
        for (Guard guard : guards) {
            if (guard.jump() == at) {
                all.add(guard.next());
                return all;
            }
        }
        if (exits(instruction)) {
            return List.of();
        }
        all.addAll(unlessThrown(at));
        return all;
    }

    private List<Integer> unlessThrown(int at) {
        AbstractInsnNode instruction = code.get(at);
        List<Integer> all = new ArrayList<>();
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

    private BitSet ends() {
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

    private static boolean exits(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && EXITS.contains(call.owner + "." + call.name);
    }

    private static boolean isReturn(AbstractInsnNode instruction) {
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

    private boolean covers(TryCatchBlockNode block, int at) {
        return code.indexOf(block.start) <= at && at < code.indexOf(block.end);
    }
}
