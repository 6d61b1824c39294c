// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
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

    private static final Set<String> PURE = Set.of(
            "java/nio/file/Path",
            "java/nio/file/Paths",
            "java/lang/String",
            "java/lang/StringBuilder",
            "java/lang/System",
            "java/util/Objects");

    /** Instructions times queries: a method with more is generated code. */
    private static final long MAX_STEPS = 20_000_000;

    private final MethodNode method;
    private final InsnList code;
    private final Predicate<MethodInsnNode> neverReturns;
    private long steps;

    /** The calls that do not return; computed when it is first needed. */
    private @Nullable BitSet ends;

    public Flow(MethodNode method) {
        this(method, call -> false);
    }

    /** @param neverReturns whether a call of the application's own code returns on no path */
    public Flow(MethodNode method, Predicate<MethodInsnNode> neverReturns) {
        this.method = method;
        this.code = method.instructions;
        this.neverReturns = neverReturns;
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

    private boolean isReachable(AbstractInsnNode instruction, List<Guard> guards) {
        return reachable(guards).get(code.indexOf(instruction));
    }

    /** Whether no path returns: the method runs for ever, ends the process or throws. */
    public boolean neverReturns() {
        return code.size() > 0 && !reachesReturn(0, i -> false, List.of());
    }

    /** Whether a loop around an instruction can go round without it, as an endless one may for ever. */
    private boolean isLeftOut(int at, List<Guard> guards) {
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

    /** Whether the exception of a refused write leaves the method: no handler catches it and continues. */
    public boolean leaves(AbstractInsnNode instruction) {
        return leaves(instruction, REFUSALS, i -> false);
    }

    /** Whether the exception for a missing parent directory is caught, and the method goes on without another write. */
    public boolean sparesMissingParent(AbstractInsnNode instruction) {
        return !leaves(
                instruction,
                Set.of("java/nio/file/NoSuchFileException"),
                i -> code.get(i) instanceof MethodInsnNode call
                        && WriteCall.of(call).isPresent());
    }

    private boolean leaves(AbstractInsnNode instruction, Set<String> caught, IntPredicate isBarred) {
        int at = code.indexOf(instruction);
        boolean throwsOwn = !(instruction instanceof MethodInsnNode call && call.owner.startsWith("java/"));
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            boolean catches = block.type == null
                    || caught.contains(block.type)
                    || (throwsOwn && !block.type.startsWith("java/") && !block.type.startsWith("javax/"));
            if (catches && covers(block, at) && reachesReturn(code.indexOf(block.handler), isBarred, List.of())) {
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
                if (covers(block, at) && !(isOfFiles(block) && isPure(instruction))) {
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
        if (ends().get(at)) {
            return exits(instruction) ? List.of() : all;
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

    private BitSet ends() {
        if (ends == null) {
            ends = new BitSet();
            for (int i = 0; i < code.size(); i++) {
                ends.set(
                        i,
                        exits(code.get(i)) || (code.get(i) instanceof MethodInsnNode call && neverReturns.test(call)));
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

    private static boolean isOfFiles(TryCatchBlockNode block) {
        return block.type != null && (block.type.startsWith("java/io/") || block.type.startsWith("java/nio/file/"));
    }

    /** Whether a call certainly throws no exception of files: it makes a path or a text. */
    private static boolean isPure(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && PURE.contains(call.owner)
                && !call.name.equals("toRealPath");
    }

    private void addAll(List<LabelNode> labels, LabelNode otherwise, List<Integer> all) {
        labels.forEach(label -> all.add(code.indexOf(label)));
        all.add(code.indexOf(otherwise));
    }

    private boolean covers(TryCatchBlockNode block, int at) {
        return code.indexOf(block.start) <= at && at < code.indexOf(block.end);
    }
}
