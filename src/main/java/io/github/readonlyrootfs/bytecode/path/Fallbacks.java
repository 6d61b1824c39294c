// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
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
 * The texts that a method uses instead of unset variables, properties and keys. It tests whether they are set, and one path through
 * it supplies another text where the paths join. A first pass over a method finds the tests, a second one the other texts; in a
 * third one, each variable has its text as default where it is read.
 */
final class Fallbacks {

    /** For a method without such tests. */
    static final Fallbacks NONE = new Fallbacks(Map.of(), Map.of(), Map.of());

    /** Methods of String, java.util.Objects, Spring, Commons Lang and Guava that return true for an empty text. */
    private static final Set<String> ASKING_FOR_NOTHING = Set.of("isEmpty", "isBlank", "isNullOrEmpty", "isNull");

    /** Methods that return true for a text that is not empty. */
    private static final Set<String> ASKING_FOR_TEXT =
            Set.of("isNotEmpty", "isNotBlank", "hasText", "hasLength", "nonNull");

    /** A method with more tests is generated code. */
    private static final int MAX_ASKED = 50;

    /** By variable, the jumps that test whether it is set, with their targets if it is. */
    private final Map<Text, List<Flow.Guard>> asked;

    /** By variable, the instructions that may run if it is set. */
    private final Map<Text, BitSet> whenSet;

    /** By variable, the text that is used instead; {@link Text#UNKNOWN} if there are several. */
    private final Map<Text, Text> instead = new HashMap<>();

    /** The texts that an earlier pass found. */
    private final Map<Text, Text> known;

    /** The steps before the join of two values. */
    private Set<Step> one = Set.of();

    private Set<Step> other = Set.of();

    private Fallbacks(Map<Text, List<Flow.Guard>> asked, Map<Text, BitSet> whenSet, Map<Text, Text> known) {
        this.asked = asked;
        this.whenSet = whenSet;
        this.known = known;
    }

    /**
     * The last step before an instruction.
     *
     * @param target of a jump; negative for the next instruction
     */
    record Step(int from, int target) {

        /** Too many steps to tell apart. */
        static final Set<Step> ANY = Set.of(new Step(-1, -1));

        /** The beginning of a method. */
        static final Set<Step> ENTRY = Set.of(new Step(-2, -1));
    }

    /** The fallbacks for a second pass. */
    static Fallbacks asked(MethodNode method, Frame<PathValue>[] frames) {
        Map<Text, List<Flow.Guard>> asked = new HashMap<>();
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            int at = i;
            Optional<Text> variable = frames[i] == null || !asks(instruction)
                    ? Optional.empty()
                    : PathVariables.only(PathFrame.fromTop(frames[i], 0).path())
                            .filter(plain -> instruction instanceof MethodInsnNode
                                    || PathFrame.fromTop(frames[at], 0).path().equals(plain));
            if (variable.isPresent() && (asked.size() < MAX_ASKED || asked.containsKey(variable.get()))) {
                List<Flow.Guard> guards = asked.computeIfAbsent(variable.get(), key -> new ArrayList<>());
                guard(method, instruction).ifPresent(guards::add);
            }
        }
        if (asked.isEmpty()) {
            return NONE;
        }
        Flow flow = new Flow(method);
        Map<Text, BitSet> whenSet = new HashMap<>();
        asked.forEach((variable, guards) -> whenSet.put(variable, flow.reachable(guards)));
        return new Fallbacks(asked, whenSet, Map.of());
    }

    /** The fallbacks for a third pass. */
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

    /** The jump after a test, with its target if there is a text. */
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

    /** Whether steps must be tracked. */
    boolean followSteps() {
        return !asked.isEmpty();
    }

    /** Sets the steps for the next {@link #join}. */
    void meet(Set<Step> first, Set<Step> second) {
        one = first;
        other = second;
    }

    /** Whether all of some steps happen only if a variable is not set. */
    private boolean onlyWithout(Text variable, Set<Step> steps) {
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

    /** A text that is read; a variable gets its default. */
    Text read(Text text) {
        Text plain = isEmptyOtherwise(text) ? PathVariables.only(text).orElse(text) : text;
        Text otherwise = known.get(plain);
        return otherwise == null || otherwise.equals(Text.UNKNOWN) ? text : PathVariables.orElse(plain, otherwise);
    }

    /** Whether a text is a variable, and empty where it is not set. */
    private static boolean isEmptyOtherwise(Text text) {
        return PathVariables.only(text).isPresent()
                && PathVariables.withDefault(text).equals(Text.EMPTY);
    }

    /**
     * Joins two different values; empty if nothing is known about the result. The path of one must be taken only if the variable in
     * the other is not set.
     */
    Optional<PathValue> join(PathValue first, PathValue second) {
        // A value that arrives by the same steps again is more precise now.
        if (!one.isEmpty() && other.containsAll(one)) {
            return Optional.of(second);
        }
        return side(first, second, other).or(() -> side(second, first, one));
    }

    /** @param steps of the other value */
    private Optional<PathValue> side(PathValue value, PathValue another, Set<Step> steps) {
        Optional<Text> variable = value instanceof PathValue.Joined joined
                ? Optional.of(joined.variable())
                : PathVariables.first(value.path());
        if (variable.isEmpty() || !asked.containsKey(variable.get())) {
            return Optional.empty();
        }
        boolean same = another.path().equals(variable.get()) || another.equals(new PathValue.Joined(variable.get()));
        if (!same && !onlyWithout(variable.get(), steps)) {
            return Optional.empty();
        }
        Text otherwise = known.get(variable.get());
        if (otherwise != null) {
            return otherwise.equals(Text.UNKNOWN)
                            || PathVariables.withDefault(value.path()).equals(another.path())
                    ? Optional.of(value)
                    : Optional.empty();
        }
        if (!(value instanceof PathValue.Joined)
                && !value.path().equals(variable.get())
                && !isEmptyOtherwise(value.path())) {
            return Optional.empty();
        }
        if (!same) {
            Text text = another.path().isKnown() ? another.path() : Text.UNKNOWN;
            instead.merge(variable.get(), text, (old, now) -> old.equals(now) ? old : Text.UNKNOWN);
        }
        return Optional.of(new PathValue.Joined(variable.get()));
    }
}
