// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
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
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The paths through a method. A path ends where the process exits or where nothing catches an exception: what a failed start leaves
 * out does not matter.
 */
public final class Flow {

    /** The exceptions of refused writes, and those that wrap them. */
    private static final Set<String> REFUSALS = Set.of(
            "java/lang/Throwable",
            "java/lang/Exception",
            "java/lang/RuntimeException",
            "java/io/IOException",
            "java/io/UncheckedIOException",
            "java/io/FileNotFoundException",
            "java/nio/file/FileSystemException",
            "java/nio/file/AccessDeniedException",
            "java/sql/SQLException");

    private static final Set<String> EXITS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    /** Instructions times queries: a method with more is generated code. */
    private static final long MAX_STEPS = 20_000_000;

    private final MethodNode method;
    private final InsnList code;
    private long steps;

    public Flow(MethodNode method) {
        this.method = method;
        this.code = method.instructions;
    }

    /**
     * Whether an instruction always runs when its method does and a file is missing.
     *
     * @param guards the jumps after tests whether it exists, with their targets if it does not
     */
    public boolean isCertain(AbstractInsnNode instruction, List<Guard> guards) {
        int at = code.indexOf(instruction);
        return !reachesReturn(0, i -> i == at, guards);
    }

    /**
     * A jump after a test.
     *
     * @param next the only instruction that may follow
     */
    public record Guard(int jump, int next) {}

    /** Whether the exception of a refused write leaves the method: no handler catches it and continues. */
    public boolean leaves(AbstractInsnNode instruction) {
        int at = code.indexOf(instruction);
        boolean throwsOwn = !(instruction instanceof MethodInsnNode call && call.owner.startsWith("java/"));
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            boolean catches = block.type == null
                    || REFUSALS.contains(block.type)
                    || (throwsOwn && !block.type.startsWith("java/") && !block.type.startsWith("javax/"));
            if (catches && covers(block, at) && reachesReturn(code.indexOf(block.handler), i -> false, List.of())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the method fails if a call returns false. */
    public boolean failsWithout(AbstractInsnNode call) {
        AbstractInsnNode next = following(call);
        if (next instanceof VarInsnNode store
                && store.getOpcode() == Opcodes.ISTORE
                && following(store) instanceof VarInsnNode load
                && load.getOpcode() == Opcodes.ILOAD
                && load.var == store.var) {
            next = following(load);
        }
        if (!(next instanceof JumpInsnNode jump)) {
            return false;
        }
        return switch (jump.getOpcode()) {
            case Opcodes.IFEQ -> !reachesReturn(code.indexOf(jump.label), i -> false, List.of());
            case Opcodes.IFNE -> !reachesReturn(code.indexOf(jump) + 1, i -> false, List.of());
            default -> false;
        };
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
        return reachable(new ArrayDeque<>(List.of(0)), guards);
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
        AbstractInsnNode instruction = code.get(at);
        List<Integer> all = new ArrayList<>();
        if (mayThrow(instruction)) {
            steps += method.tryCatchBlocks.size();
            for (TryCatchBlockNode block : method.tryCatchBlocks) {
                if (covers(block, at)) {
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
        if (instruction instanceof MethodInsnNode call && EXITS.contains(call.owner + "." + call.name)) {
            return List.of();
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
            all.add(at + 1);
        }
        return all;
    }

    private static boolean isReturn(AbstractInsnNode instruction) {
        return instruction.getOpcode() >= Opcodes.IRETURN && instruction.getOpcode() <= Opcodes.RETURN;
    }

    /** Whether an instruction may throw an expected exception; null pointers and the like are not expected. */
    private static boolean mayThrow(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.INVOKEVIRTUAL,
                    Opcodes.INVOKESPECIAL,
                    Opcodes.INVOKESTATIC,
                    Opcodes.INVOKEINTERFACE,
                    Opcodes.INVOKEDYNAMIC,
                    Opcodes.GETSTATIC,
                    Opcodes.PUTSTATIC,
                    Opcodes.CHECKCAST,
                    Opcodes.ATHROW -> true;
            default -> false;
        };
    }

    private void addAll(List<LabelNode> labels, LabelNode otherwise, List<Integer> all) {
        labels.forEach(label -> all.add(code.indexOf(label)));
        all.add(code.indexOf(otherwise));
    }

    private boolean covers(TryCatchBlockNode block, int at) {
        return code.indexOf(block.start) <= at && at < code.indexOf(block.end);
    }
}
