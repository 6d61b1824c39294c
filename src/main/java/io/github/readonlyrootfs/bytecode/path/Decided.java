// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Tests whose result is known, because they are about constants or the arguments that the application is started with. */
final class Decided {

    /** What paths of the JDK spell otherwise than the text that they are made of. */
    private static final Pattern OTHER_AS_PATH = Pattern.compile("(?<!:)//|[^/:]/$|(?:^|/)\\.\\.?(?:/|$)");

    private Decided() {}

    /** Whether a method may have such tests. */
    static boolean mayBeIn(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.ARRAYLENGTH
                    || isAboutText(instruction)
                    || isFlag(instruction)
                    || (isOfNull(instruction) && method.desc.contains("Ljava/"))
                    || (method.visibleParameterAnnotations != null && instruction.getOpcode() == Opcodes.ILOAD)
                    || (instruction instanceof MethodInsnNode call && call.name.equals("hasNext"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfNull(AbstractInsnNode instruction) {
        return (instruction.getOpcode() == Opcodes.IFNULL || instruction.getOpcode() == Opcodes.IFNONNULL)
                && Flow.preceding(instruction) instanceof VarInsnNode;
    }

    private static boolean isFlag(AbstractInsnNode instruction) {
        return instruction instanceof FieldInsnNode field
                && field.desc.equals("Z")
                && Flow.following(field) instanceof JumpInsnNode;
    }

    /** Whether a call tells something about a text. */
    static boolean isAboutText(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && call.owner.equals("java/lang/String")
                && (call.desc.endsWith(")Z") || call.desc.endsWith(")I"));
    }

    /** The jumps with such tests, and where a loop that certainly runs goes on after its first test. */
    static List<Flow.Guard> in(MethodNode method, Frame<PathValue>[] frames) {
        InsnList code = method.instructions;
        List<Flow.Guard> guards = new ArrayList<>();
        for (int at = 0; at < frames.length; at++) {
            if (frames[at] != null) {
                OptionalInt only = next(code, at, frames[at]);
                int next = only.orElse(FirstTurn.next(code, at, frames[at]));
                if (only.isPresent() || next != at + 1) {
                    guards.add(new Flow.Guard(at, next));
                }
            }
        }
        return guards;
    }

    /** The only instruction that may follow a jump; empty if there are several, or it is no such jump. */
    static OptionalInt next(InsnList code, int at, Frame<PathValue> frame) {
        AbstractInsnNode instruction = code.get(at);
        if (instruction instanceof JumpInsnNode jump) {
            Optional<Boolean> jumps = jumps(jump.getOpcode(), frame);
            return jumps.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(jumps.get() ? code.indexOf(jump.label) : at + 1);
        }
        if (instruction instanceof TableSwitchInsnNode table
                && PathFrame.fromTop(frame, 0) instanceof PathValue.IntConstant number) {
            return OptionalInt.of(code.indexOf(label(table.labels, number.value() - table.min, table.dflt)));
        }
        if (instruction instanceof LookupSwitchInsnNode lookup
                && PathFrame.fromTop(frame, 0) instanceof PathValue.IntConstant number) {
            return OptionalInt.of(code.indexOf(label(lookup.labels, lookup.keys.indexOf(number.value()), lookup.dflt)));
        }
        return OptionalInt.empty();
    }

    private static LabelNode label(List<LabelNode> labels, int index, LabelNode otherwise) {
        return index >= 0 && index < labels.size() ? labels.get(index) : otherwise;
    }

    private static Optional<Boolean> jumps(int opcode, Frame<PathValue> frame) {
        if (opcode == Opcodes.GOTO || opcode == Opcodes.JSR) {
            return Optional.empty();
        }
        PathValue top = PathFrame.fromTop(frame, 0);
        if (opcode == Opcodes.IFNULL || opcode == Opcodes.IFNONNULL) {
            boolean isNull = top instanceof PathValue.Null;
            return isNull || top.path().isKnown()
                    ? Optional.of(isNull == (opcode == Opcodes.IFNULL))
                    : Optional.empty();
        }
        boolean withZero = opcode >= Opcodes.IFEQ && opcode <= Opcodes.IFLE;
        PathValue first = withZero ? top : PathFrame.fromTop(frame, 1);
        PathValue second = withZero ? new PathValue.IntConstant(0) : top;
        if (first instanceof PathValue.Counter counter && second instanceof PathValue.IntConstant end) {
            return opcode == Opcodes.IF_ICMPGE && counter.from() >= end.value() ? Optional.of(true) : Optional.empty();
        }
        return first instanceof PathValue.IntConstant one && second instanceof PathValue.IntConstant other
                ? Optional.of(holds(opcode, Integer.compare(one.value(), other.value())))
                : Optional.empty();
    }

    /** Whether a jump is taken. */
    static boolean holds(int opcode, int compared) {
        return switch (opcode) {
            case Opcodes.IFEQ, Opcodes.IF_ICMPEQ, Opcodes.IFNULL -> compared == 0;
            case Opcodes.IFNE, Opcodes.IF_ICMPNE, Opcodes.IFNONNULL -> compared != 0;
            case Opcodes.IFLT, Opcodes.IF_ICMPLT -> compared < 0;
            case Opcodes.IFGE, Opcodes.IF_ICMPGE -> compared >= 0;
            case Opcodes.IFGT, Opcodes.IF_ICMPGT -> compared > 0;
            default -> compared <= 0;
        };
    }

    /**
     * What a text says about itself: a number, or 1 for what is true.
     *
     * @param call see {@link #isAboutText}
     * @param texts it, and the arguments of the call
     */
    static OptionalInt told(MethodInsnNode call, List<Text> texts) {
        Optional<String> text =
                texts.get(0).known().filter(it -> !OTHER_AS_PATH.matcher(it).find());
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (texts.size() == 1) {
            return switch (call.name) {
                case "length" -> OptionalInt.of(text.get().length());
                case "hashCode" -> OptionalInt.of(text.get().hashCode());
                case "isEmpty" -> is(text.get().isEmpty());
                case "isBlank" -> is(text.get().isBlank());
                default -> OptionalInt.empty();
            };
        }
        Optional<String> other = texts.get(1).known();
        if (other.isEmpty() || texts.size() > 2) {
            return OptionalInt.empty();
        }
        return switch (call.name) {
            case "equals" -> is(text.get().equals(other.get()));
            case "equalsIgnoreCase" -> is(text.get().equalsIgnoreCase(other.get()));
            case "startsWith" -> is(text.get().startsWith(other.get()));
            case "endsWith" -> is(text.get().endsWith(other.get()));
            case "contains" -> is(text.get().contains(other.get()));
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt is(boolean that) {
        return OptionalInt.of(that ? 1 : 0);
    }
}
