// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * What a method takes instead of variables, properties and keys that are not set. It asks whether they are, and one way through
 * it brings another text to where the ways meet. A first pass over a method sees what it asks for, a second one what it takes
 * instead; in a third one, a variable has that as its default from where it is read.
 */
final class Fallbacks {

    /** Of a method that asks for nothing. */
    static final Fallbacks NONE = new Fallbacks(Map.of(), Map.of(), Map.of());

    /** Methods of String, java.util.Objects, Spring, Commons Lang and Guava that are true of a text that says nothing. */
    private static final Set<String> ASKING_FOR_NOTHING = Set.of("isEmpty", "isBlank", "isNullOrEmpty", "isNull");

    /** The same, of those that are true of a text that says something. */
    private static final Set<String> ASKING_FOR_TEXT =
            Set.of("isNotEmpty", "isNotBlank", "hasText", "hasLength", "nonNull");

    /** A method that asks for more is a generated one. */
    private static final int MAX_ASKED = 50;

    /** By variable: the jumps that ask whether it is set, with where they lead when it is. */
    private final Map<PathText, List<Flow.Guard>> asked;

    /** By variable: the instructions that may run when it is set. */
    private final Map<PathText, BitSet> whenSet;

    /** By variable: the text that is taken instead, {@link PathText#UNKNOWN} where that may be several. */
    private final Map<PathText, PathText> instead = new HashMap<>();

    /** What a pass before this one has found. */
    private final Map<PathText, PathText> known;

    /** The steps by which the two values come that meet now. */
    private Set<Step> one = Set.of();

    private Set<Step> other = Set.of();

    private Fallbacks(
            Map<PathText, List<Flow.Guard>> asked, Map<PathText, BitSet> whenSet, Map<PathText, PathText> known) {
        this.asked = asked;
        this.whenSet = whenSet;
        this.known = known;
    }

    /**
     * The last step on a way to an instruction.
     *
     * @param target where a jump leads; negative for the next instruction
     */
    record Step(int from, int target) {

        /** Of many steps nothing is known. */
        static final Set<Step> ANY = Set.of(new Step(-1, -1));

        /** Where a method begins. */
        static final Set<Step> ENTRY = Set.of(new Step(-2, -1));
    }

    /** Those for a second pass. */
    static Fallbacks asked(MethodNode method, Frame<PathValue>[] frames) {
        Map<PathText, List<Flow.Guard>> asked = new HashMap<>();
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            Optional<PathText> variable = frames[i] == null || !asks(instruction)
                    ? Optional.empty()
                    : PathFrame.fromTop(frames[i], 0).path().variable();
            if (variable.isPresent() && (asked.size() < MAX_ASKED || asked.containsKey(variable.get()))) {
                List<Flow.Guard> guards = asked.computeIfAbsent(variable.get(), key -> new ArrayList<>());
                guard(method, instruction).ifPresent(guards::add);
            }
        }
        if (asked.isEmpty()) {
            return NONE;
        }
        Flow flow = new Flow(method);
        Map<PathText, BitSet> whenSet = new HashMap<>();
        asked.forEach((variable, guards) -> whenSet.put(variable, flow.reachable(guards)));
        return new Fallbacks(asked, whenSet, Map.of());
    }

    /** Those for a third pass. */
    Fallbacks found() {
        return instead.isEmpty() ? NONE : new Fallbacks(asked, whenSet, Map.copyOf(instead));
    }

    private static boolean asks(AbstractInsnNode instruction) {
        return instruction.getOpcode() == Opcodes.IFNULL
                || instruction.getOpcode() == Opcodes.IFNONNULL
                || (instruction instanceof MethodInsnNode call
                        && (ASKING_FOR_NOTHING.contains(call.name) || ASKING_FOR_TEXT.contains(call.name))
                        && call.desc.endsWith(")Z")
                        && Type.getArgumentCount(call.desc) == (WriteCall.isStatic(call) ? 1 : 0));
    }

    /** The jump that an instruction decides, with where it leads if there is a text. */
    private static Optional<Flow.Guard> guard(MethodNode method, AbstractInsnNode asking) {
        AbstractInsnNode decided = asking instanceof MethodInsnNode ? Flow.following(asking) : asking;
        boolean forNothing = !(asking instanceof MethodInsnNode call) || ASKING_FOR_NOTHING.contains(call.name);
        if (!(decided instanceof JumpInsnNode jump)) {
            return Optional.empty();
        }
        boolean jumpsWhenTrue = jump.getOpcode() == Opcodes.IFNULL || jump.getOpcode() == Opcodes.IFNE;
        boolean jumpsWhenFalse = jump.getOpcode() == Opcodes.IFNONNULL || jump.getOpcode() == Opcodes.IFEQ;
        if (!jumpsWhenTrue && !jumpsWhenFalse) {
            return Optional.empty();
        }
        int at = method.instructions.indexOf(jump);
        boolean jumpsWhenSet = jumpsWhenTrue != forNothing;
        return Optional.of(new Flow.Guard(at, jumpsWhenSet ? method.instructions.indexOf(jump.label) : at + 1));
    }

    /** Whether it matters by which steps values come. */
    boolean followSteps() {
        return !asked.isEmpty();
    }

    /** What {@link #join} is asked next comes by these. */
    void meet(Set<Step> first, Set<Step> second) {
        one = first;
        other = second;
    }

    /** Whether some steps are only made where a variable is not set. */
    private boolean onlyWithout(PathText variable, Set<Step> steps) {
        List<Flow.Guard> guards = asked.getOrDefault(variable, List.of());
        BitSet reached = whenSet.getOrDefault(variable, new BitSet());
        for (Step step : steps) {
            boolean without = step.from >= 0 && !reached.get(step.from);
            for (Flow.Guard guard : guards) {
                int next = step.target < 0 ? step.from + 1 : step.target;
                without |= guard.jump() == step.from && guard.next() != next;
            }
            if (!without) {
                return false;
            }
        }
        return !steps.isEmpty();
    }

    /** A text as it is read: a variable with what is taken instead. */
    PathText read(PathText text) {
        PathText otherwise = known.get(text);
        return otherwise == null || otherwise.equals(PathText.UNKNOWN) ? text : text.orElse(otherwise);
    }

    /**
     * Where two ways meet that bring different values; empty where nothing is known of what they have in common. One of them has
     * to be gone only where the variable is not set that the other one brings.
     */
    Optional<PathValue> join(PathValue first, PathValue second) {
        // What comes by the same way once more is known better now.
        if (!one.isEmpty() && other.containsAll(one)) {
            return Optional.of(second);
        }
        return side(first, second, other).or(() -> side(second, first, one));
    }

    /** @param steps by which the other value comes */
    private Optional<PathValue> side(PathValue value, PathValue another, Set<Step> steps) {
        Optional<PathText> variable = value instanceof PathValue.Joined joined
                ? Optional.of(joined.variable())
                : value.path().firstVariable();
        if (variable.isEmpty() || !asked.containsKey(variable.get())) {
            return Optional.empty();
        }
        boolean same = another.path().equals(variable.get()) || another.equals(new PathValue.Joined(variable.get()));
        if (!same && !onlyWithout(variable.get(), steps)) {
            return Optional.empty();
        }
        PathText otherwise = known.get(variable.get());
        if (otherwise != null) {
            return otherwise.equals(PathText.UNKNOWN)
                            || value.path().withDefault().equals(another.path())
                    ? Optional.of(value)
                    : Optional.empty();
        }
        if (!(value instanceof PathValue.Joined) && !value.path().equals(variable.get())) {
            return Optional.empty();
        }
        if (!same) {
            PathText text = another.path().text().isPresent() ? another.path() : PathText.UNKNOWN;
            instead.merge(variable.get(), text, (old, now) -> old.equals(now) ? old : PathText.UNKNOWN);
        }
        return Optional.of(new PathValue.Joined(variable.get()));
    }
}
