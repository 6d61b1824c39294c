// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.Optional;
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
     * Where a method goes on after it has made a loop's counter or flag, if the loop certainly runs once: behind the loop's first
     * test. Otherwise the next instruction.
     */
    static int next(InsnList code, int at) {
        AbstractInsnNode test = test(code, at);
        AbstractInsnNode store = code.get(at);
        AbstractInsnNode made = Flow.preceding(store);
        if (store.getOpcode() != Opcodes.ISTORE || test == null || !(made instanceof InsnNode)) {
            return at + 1;
        }
        boolean set = made.getOpcode() == Opcodes.ICONST_1;
        if ((set || made.getOpcode() == Opcodes.ICONST_0)
                // Another way may lead to the store, with another value.
                && store.getPrevious() == made
                && test instanceof JumpInsnNode flag
                && flag.getOpcode() == (set ? Opcodes.IFEQ : Opcodes.IFNE)) {
            return code.indexOf(flag) + 1;
        }
        return made.getOpcode() == Opcodes.ICONST_0
                        && isPositive(test)
                        && Flow.following(test) instanceof JumpInsnNode jump
                        && jump.getOpcode() == Opcodes.IF_ICMPGE
                ? code.indexOf(jump) + 1
                : at + 1;
    }

    /** The same for a loop over a list or an array that is known to have elements. */
    static int next(InsnList code, int at, Frame<PathValue> frame) {
        AbstractInsnNode test = test(code, at);
        if (test == null || !(Flow.following(test) instanceof JumpInsnNode jump)) {
            return at + 1;
        }
        boolean iterates = code.get(at).getOpcode() == Opcodes.ASTORE
                && test instanceof MethodInsnNode call
                && call.name.equals("hasNext")
                && jump.getOpcode() == Opcodes.IFEQ
                && isFilled(PathFrame.fromTop(frame, 0));
        boolean counts = code.get(at).getOpcode() == Opcodes.ISTORE
                && jump.getOpcode() == Opcodes.IF_ICMPGE
                && Flow.preceding(code.get(at)) instanceof InsnNode zero
                && zero.getOpcode() == Opcodes.ICONST_0
                && measured(test, Flow.preceding(zero))
                        .filter(array -> isFilled(frame.getLocal(array.var)))
                        .isPresent();
        return iterates || counts ? code.indexOf(jump) + 1 : at + 1;
    }

    /** What follows the load of a variable that is just stored. */
    private static @Nullable AbstractInsnNode test(InsnList code, int at) {
        return code.get(at) instanceof VarInsnNode store
                        && Flow.following(store) instanceof VarInsnNode load
                        && load.var == store.var
                ? Flow.following(load)
                : null;
    }

    private static boolean isPositive(AbstractInsnNode instruction) {
        return (instruction.getOpcode() > Opcodes.ICONST_0 && instruction.getOpcode() <= Opcodes.ICONST_5)
                || (instruction instanceof IntInsnNode number && number.operand > 0);
    }

    private static boolean isFilled(PathValue value) {
        return value instanceof PathValue.Array array && !array.elements().isEmpty();
    }

    /** The array whose length a variable has: {@code for (X x : array)} stores it just before. */
    private static Optional<VarInsnNode> measured(AbstractInsnNode instruction, @Nullable AbstractInsnNode before) {
        return instruction instanceof VarInsnNode length
                        && before instanceof VarInsnNode store
                        && store.var == length.var
                        && Flow.preceding(store) instanceof InsnNode read
                        && read.getOpcode() == Opcodes.ARRAYLENGTH
                        && Flow.preceding(read) instanceof VarInsnNode array
                ? Optional.of(array)
                : Optional.empty();
    }
}
