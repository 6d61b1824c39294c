// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** The first turn of loops. */
final class FirstTurn {

    private FirstTurn() {}

    /**
     * Where a method goes on after it has made a loop's counter or iterator, if the loop certainly runs once: behind the loop's
     * first test. Otherwise the next instruction.
     */
    static int next(InsnList code, int at) {
        return next(code, at, end -> isFilled(Flow.preceding(end)));
    }

    /** The same, if what the loop goes over is known. */
    static int next(InsnList code, int at, Frame<PathValue> frame) {
        return next(
                code,
                at,
                end -> (end instanceof VarInsnNode kept ? frame.getLocal(kept.var) : PathFrame.fromTop(frame, 0))
                                instanceof PathValue.Array array
                        && !array.elements().isEmpty());
    }

    /** @param isFilled whether there are elements: of a list whose iterator a call gets, or of an array in the variable of a store */
    private static int next(InsnList code, int at, Predicate<AbstractInsnNode> isFilled) {
        if (!(code.get(at) instanceof VarInsnNode store)
                || !(Flow.following(store) instanceof VarInsnNode load)
                || load.var != store.var) {
            return at + 1;
        }
        AbstractInsnNode test = Flow.following(load);
        AbstractInsnNode made = Flow.preceding(store);
        if (store.getOpcode() == Opcodes.ISTORE
                && made instanceof InsnNode
                // Another way may lead to the store, with another value.
                && store.getPrevious() == made
                && (made.getOpcode() == Opcodes.ICONST_0 || made.getOpcode() == Opcodes.ICONST_1)
                && test instanceof JumpInsnNode flag
                && flag.getOpcode() == (made.getOpcode() == Opcodes.ICONST_0 ? Opcodes.IFNE : Opcodes.IFEQ)) {
            return code.indexOf(flag) + 1;
        }
        if (store.getOpcode() == Opcodes.ASTORE
                && test instanceof MethodInsnNode call
                && call.name.equals("hasNext")
                && Flow.following(call) instanceof JumpInsnNode jump
                && jump.getOpcode() == Opcodes.IFEQ
                && made instanceof MethodInsnNode iterator
                && iterator.name.equals("iterator")
                && isFilled.test(iterator)) {
            return code.indexOf(jump) + 1;
        }
        if (store.getOpcode() == Opcodes.ISTORE
                && made != null
                && made.getOpcode() == Opcodes.ICONST_0
                && test != null
                && Flow.following(test) instanceof JumpInsnNode jump
                && jump.getOpcode() == Opcodes.IF_ICMPGE
                && (isPositive(test) || isLengthOfFilled(test, Flow.preceding(made), isFilled))) {
            return code.indexOf(jump) + 1;
        }
        return at + 1;
    }

    private static boolean isPositive(AbstractInsnNode instruction) {
        return (instruction.getOpcode() > Opcodes.ICONST_0 && instruction.getOpcode() <= Opcodes.ICONST_5)
                || (instruction instanceof IntInsnNode number && number.operand > 0);
    }

    /** Whether a variable has the length of an array with elements: {@code for (X x : new X[] {…})} stores it just before. */
    private static boolean isLengthOfFilled(
            AbstractInsnNode instruction, @Nullable AbstractInsnNode before, Predicate<AbstractInsnNode> isFilled) {
        return instruction instanceof VarInsnNode length
                && before instanceof VarInsnNode store
                && store.var == length.var
                && Flow.preceding(store) instanceof InsnNode read
                && read.getOpcode() == Opcodes.ARRAYLENGTH
                && Flow.preceding(read) instanceof VarInsnNode array
                && Flow.preceding(array) instanceof VarInsnNode kept
                && kept.var == array.var
                && isFilled.test(kept);
    }

    /** Whether an instruction leaves an array or a list with elements. */
    private static boolean isFilled(@Nullable AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            return PathInterpreter.isOfEnum(call)
                    || (call.getOpcode() == Opcodes.INVOKESTATIC
                            && Set.of("of", "asList").contains(call.name)
                            && call.owner.startsWith("java/util/")
                            && (call.desc.startsWith("([")
                                    ? isFilled(Flow.preceding(call))
                                    : !call.desc.startsWith("()")));
        }
        return instruction != null && instruction.getOpcode() == Opcodes.AASTORE;
    }
}
