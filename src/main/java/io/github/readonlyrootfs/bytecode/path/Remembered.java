// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What variables certainly have after a failure: a handler keeps the exception, a flag or a number, and a later test asks for it. */
final class Remembered {

    /** An object; 0 stands for null, as it does for false. */
    private static final int SOMETHING = 1;

    private static final Set<Integer> STORES = Set.of(Opcodes.ASTORE, Opcodes.ISTORE);
    private static final Set<Integer> LOADS = Set.of(Opcodes.ALOAD, Opcodes.ILOAD);
    private static final Set<String> FILLING = Set.of("add", "addLast", "offer");
    private static final Pattern EMPTYING = Pattern.compile("clear|drain|poll|pop|remove|retain|take");

    /** A handler with more before its first branch does other things. */
    private static final int MOST_STEPS = 200;

    private final InsnList code;

    /** By variable. */
    private final Map<Integer, Integer> values = new HashMap<>();

    /** The variables that have a list with something in it. */
    private final BitSet filled = new BitSet();

    private final BitSet walked = new BitSet();

    private Remembered(InsnList code) {
        this.code = code;
    }

    /** What a handler that begins at an instruction stores before its first branch. */
    static Remembered by(InsnList code, int handler) {
        Remembered remembered = new Remembered(code);
        remembered.walk(handler);
        return remembered;
    }

    /**
     * What a call leaves whose result is known.
     *
     * @param result 0 for null and false
     * @param from where the method goes on
     */
    static Remembered result(InsnList code, AbstractInsnNode call, int result, int from) {
        Remembered remembered = new Remembered(code);
        AbstractInsnNode next = Flow.following(call);
        if (next instanceof JumpInsnNode) {
            remembered.walk(from);
        }
        if (next instanceof VarInsnNode store && STORES.contains(store.getOpcode())) {
            remembered.walked.set(code.indexOf(store));
            remembered.values.put(store.var, result);
        }
        return remembered;
    }

    /** Whether it is more than the exception itself. */
    boolean isMore() {
        return values.size() > 1 || !filled.isEmpty();
    }

    private void walk(int from) {
        int at = from;
        AbstractInsnNode before = null;
        for (int steps = 0; steps < MOST_STEPS && at < code.size() && !walked.get(at); steps++) {
            walked.set(at);
            AbstractInsnNode instruction = code.get(at);
            if (instruction instanceof VarInsnNode store && STORES.contains(store.getOpcode())) {
                store(store, before);
            } else if (instruction instanceof MethodInsnNode call
                    && FILLING.contains(call.name)
                    && call.owner.startsWith("java/util/")
                    && Flow.preceding(call) instanceof VarInsnNode added
                    && Flow.preceding(added) instanceof VarInsnNode list) {
                filled.set(list.var);
            } else if (instruction instanceof IincInsnNode counted) {
                values.remove(counted.var);
            }
            before = instruction.getOpcode() < 0 || instruction.getOpcode() == Opcodes.GOTO ? before : instruction;
            if (instruction instanceof JumpInsnNode jump) {
                if (jump.getOpcode() != Opcodes.GOTO) {
                    return;
                }
                at = code.indexOf(jump.label);
            } else if ((instruction.getOpcode() >= Opcodes.TABLESWITCH && instruction.getOpcode() <= Opcodes.RETURN)
                    || instruction.getOpcode() == Opcodes.ATHROW) {
                return;
            } else {
                at++;
            }
        }
    }

    /** @param stored the instruction before; null at the beginning */
    private void store(VarInsnNode store, @Nullable AbstractInsnNode stored) {
        values.remove(store.var);
        if (stored == null) {
            // The handler begins with the exception that it caught.
            values.put(store.var, SOMETHING);
        } else if (stored instanceof VarInsnNode other && LOADS.contains(other.getOpcode())) {
            Integer same = values.get(other.var);
            if (same != null) {
                values.put(store.var, same);
            }
        } else if (stored instanceof MethodInsnNode made && made.name.equals("<init>")) {
            values.put(store.var, SOMETHING);
        } else {
            number(stored).ifPresent(number -> values.put(store.var, number));
        }
    }

    private static OptionalInt number(@Nullable AbstractInsnNode instruction) {
        if (instruction instanceof IntInsnNode pushed && instruction.getOpcode() != Opcodes.NEWARRAY) {
            return OptionalInt.of(pushed.operand);
        }
        int opcode = instruction == null ? -1 : instruction.getOpcode();
        return opcode == Opcodes.ACONST_NULL
                ? OptionalInt.of(0)
                : opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5
                        ? OptionalInt.of(opcode - Opcodes.ICONST_0)
                        : OptionalInt.empty();
    }

    /** Forgets the variables that other code may set. */
    void forget(BitSet reached) {
        reached.stream().filter(at -> !walked.get(at)).mapToObj(code::get).forEach(this::forget);
    }

    private void forget(AbstractInsnNode instruction) {
        if (instruction instanceof VarInsnNode store && STORES.contains(store.getOpcode())) {
            values.remove(store.var);
            filled.clear(store.var);
        } else if (instruction instanceof IincInsnNode counted) {
            values.remove(counted.var);
        } else if (instruction instanceof MethodInsnNode call
                && call.owner.startsWith("java/util/")
                && EMPTYING.matcher(call.name).lookingAt()) {
            filled.clear();
        }
    }

    /** The value that an instruction leaves on the stack. */
    OptionalInt value(@Nullable AbstractInsnNode instruction) {
        if (instruction instanceof VarInsnNode load && LOADS.contains(load.getOpcode())) {
            Integer value = values.get(load.var);
            return value == null ? OptionalInt.empty() : OptionalInt.of(value);
        }
        if (instruction instanceof MethodInsnNode asked
                && asked.owner.startsWith("java/util/")
                && Flow.preceding(asked) instanceof VarInsnNode list
                && filled.get(list.var)) {
            return asked.name.equals("isEmpty")
                    ? OptionalInt.of(0)
                    : asked.name.equals("size") ? OptionalInt.of(1) : OptionalInt.empty();
        }
        return number(instruction);
    }

    /** The jumps that are decided, unless they depend on constants alone. */
    List<Flow.Guard> tests() {
        List<Flow.Guard> guards = new ArrayList<>();
        if (values.isEmpty() && filled.isEmpty()) {
            return guards;
        }
        for (int at = 0; at < code.size(); at++) {
            if (code.get(at) instanceof JumpInsnNode jump && isTest(jump)) {
                int from = at;
                jumps(jump)
                        .ifPresent(
                                jumps -> guards.add(new Flow.Guard(from, jumps ? code.indexOf(jump.label) : from + 1)));
            }
        }
        return guards;
    }

    private static boolean isTest(JumpInsnNode jump) {
        int opcode = jump.getOpcode();
        return opcode != Opcodes.GOTO
                && opcode != Opcodes.JSR
                && opcode != Opcodes.IF_ACMPEQ
                && opcode != Opcodes.IF_ACMPNE;
    }

    private Optional<Boolean> jumps(JumpInsnNode jump) {
        AbstractInsnNode top = Flow.preceding(jump);
        boolean two = jump.getOpcode() >= Opcodes.IF_ICMPEQ && jump.getOpcode() <= Opcodes.IF_ICMPLE;
        OptionalInt second = two ? number(top) : OptionalInt.of(0);
        AbstractInsnNode tested = two && top != null ? Flow.preceding(top) : top;
        OptionalInt first =
                tested instanceof VarInsnNode || tested instanceof MethodInsnNode ? value(tested) : OptionalInt.empty();
        // Of a list it is only known that it is not empty.
        boolean counts = tested instanceof MethodInsnNode && second.isPresent() && second.getAsInt() != 0;
        return first.isPresent() && second.isPresent() && !counts
                ? Optional.of(Decided.holds(jump.getOpcode(), Integer.compare(first.getAsInt(), second.getAsInt())))
                : Optional.empty();
    }
}
