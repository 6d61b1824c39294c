// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
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
    static final Fallbacks NONE = new Fallbacks(Set.of(), Map.of());

    /** Methods of String, java.util.Objects, Spring, Commons Lang and Guava that look at one text. */
    private static final Set<String> ASKING = Set.of(
            "isEmpty",
            "isBlank",
            "isNotEmpty",
            "isNotBlank",
            "hasText",
            "hasLength",
            "isNullOrEmpty",
            "isNull",
            "nonNull");

    private final Set<PathText> asked;

    /** By variable: the text that is taken instead, {@link PathText#UNKNOWN} where that may be several. */
    private final Map<PathText, PathText> instead = new HashMap<>();

    /** What a pass before this one has found. */
    private final Map<PathText, PathText> known;

    private Fallbacks(Set<PathText> asked, Map<PathText, PathText> known) {
        this.asked = asked;
        this.known = known;
    }

    /** Those for a second pass. */
    static Fallbacks asked(MethodNode method, Frame<PathValue>[] frames) {
        Set<PathText> asked = new HashSet<>();
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            boolean asks = instruction.getOpcode() == Opcodes.IFNULL
                    || instruction.getOpcode() == Opcodes.IFNONNULL
                    || (instruction instanceof MethodInsnNode call && asks(call));
            if (asks && frames[i] != null) {
                PathText text = frames[i].getStack(frames[i].getStackSize() - 1).path();
                text.variable().ifPresent(asked::add);
            }
        }
        return asked.isEmpty() ? NONE : new Fallbacks(asked, Map.of());
    }

    /** Those for a third pass. */
    Fallbacks found() {
        return instead.isEmpty() ? NONE : new Fallbacks(Set.of(), Map.copyOf(instead));
    }

    private static boolean asks(MethodInsnNode call) {
        return ASKING.contains(call.name)
                && call.desc.endsWith(")Z")
                && Type.getArgumentCount(call.desc) == (WriteCall.isStatic(call) ? 1 : 0);
    }

    /** A text as it is read: a variable with what is taken instead. */
    PathText read(PathText text) {
        PathText otherwise = known.get(text);
        return otherwise == null || otherwise.equals(PathText.UNKNOWN) ? text : text.orElse(otherwise);
    }

    /** Where two ways meet that bring different values; empty where nothing is known of what they have in common. */
    Optional<PathValue> join(PathValue one, PathValue other) {
        return side(one, other).or(() -> side(other, one));
    }

    private Optional<PathValue> side(PathValue value, PathValue other) {
        if (value instanceof PathValue.Joined joined) {
            return Optional.of(joined(joined.variable(), other));
        }
        Optional<PathText> variable = value.path().variable();
        if (variable.filter(asked::contains).isPresent()) {
            return Optional.of(joined(variable.get(), other));
        }
        PathText otherwise = value.path().firstVariable().map(known::get).orElse(null);
        return otherwise != null
                        && (otherwise.equals(PathText.UNKNOWN)
                                || value.path().withDefault().equals(other.path()))
                ? Optional.of(value)
                : Optional.empty();
    }

    private PathValue joined(PathText variable, PathValue other) {
        boolean same = other.path().equals(variable)
                || (other instanceof PathValue.Joined joined
                        && joined.variable().equals(variable));
        if (!same) {
            PathText otherwise = other.path().text().isPresent() ? other.path() : PathText.UNKNOWN;
            instead.merge(variable, otherwise, (old, now) -> old.equals(now) ? old : PathText.UNKNOWN);
        }
        return new PathValue.Joined(variable);
    }
}
