// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.bytecode.path.Fallbacks.Step;
import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/**
 * The locals and the stack at one instruction. Some instructions change an object that several slots refer to: a constructor,
 * {@code StringBuilder.append}, a store into an array. The change must be made in all slots, or an outdated text would be taken
 * for a path.
 */
public final class PathFrame extends Frame<PathValue> {

    private static final Set<String> BUILDERS = Set.of("java/lang/StringBuilder", "java/lang/StringBuffer");

    private static final Set<String> MAPS = Set.of(
            "java/util/HashMap",
            "java/util/LinkedHashMap",
            "java/util/TreeMap",
            "java/util/Properties",
            "java/util/Hashtable",
            "java/util/concurrent/ConcurrentHashMap");

    private static final Set<String> LISTS =
            Set.of("java/util/ArrayList", "java/util/LinkedList", "java/util/concurrent/CopyOnWriteArrayList");

    /** Methods that leave a map or list as it is. */
    private static final Set<String> READING = Set.of(
            "get",
            "getOrDefault",
            "getProperty",
            "containsKey",
            "size",
            "isEmpty",
            "entrySet",
            "keySet",
            "values",
            "forEach",
            "iterator",
            "hasNext",
            "next",
            "stream",
            "contains");

    /** If more paths join, such as at an exception handler, they are not told apart. */
    private static final int MAX_STEPS = 8;

    private final InsnList code;
    private final Fallbacks fallbacks;

    /** The last steps before this instruction, if they are tracked. */
    private Set<Step> steps = Set.of();

    private int at;

    /** The only instruction that may follow the one that was executed; negative if there are several. */
    private int only = -1;

    /** Whether no jump leads here whose test is decided otherwise. */
    private boolean reached = true;

    /** Whether the instruction that was executed is reached. */
    private boolean possible = true;

    PathFrame(InsnList code, Fallbacks fallbacks, int locals, int stack) {
        super(locals, stack);
        this.code = code;
        this.fallbacks = fallbacks;
        this.steps = Step.ENTRY;
    }

    PathFrame(InsnList code, Fallbacks fallbacks, Frame<? extends PathValue> frame) {
        super(frame);
        this.code = code;
        this.fallbacks = fallbacks;
        this.steps = steps(frame);
        this.reached = isReached(frame);
    }

    static boolean isReached(Frame<? extends PathValue> frame) {
        return !(frame instanceof PathFrame path) || path.reached;
    }

    private static Set<Step> steps(Frame<? extends PathValue> frame) {
        return frame instanceof PathFrame path ? path.steps : Set.of();
    }

    @Override
    public Frame<PathValue> init(Frame<? extends PathValue> frame) {
        steps = steps(frame);
        reached = isReached(frame);
        only = -1;
        return super.init(frame);
    }

    /** ASM calls this before it continues: with a label for a jump, without one for the next instruction. */
    @Override
    public void initJumpTarget(int opcode, @Nullable LabelNode target) {
        if (fallbacks.followSteps()) {
            steps = Set.of(new Step(at, target == null ? -1 : code.indexOf(target)));
        }
        if (only >= 0) {
            reached = possible && only == (target == null ? at + 1 : code.indexOf(target));
        }
    }

    @Override
    public boolean merge(Frame<? extends PathValue> frame, Interpreter<PathValue> interpreter)
            throws AnalyzerException {
        if (!isReached(frame)) {
            return false;
        }
        if (!reached) {
            init(frame);
            return true;
        }
        if (!fallbacks.followSteps()) {
            return super.merge(frame, interpreter);
        }
        Set<Step> more = steps(frame);
        fallbacks.meet(steps, more);
        boolean changed = super.merge(frame, interpreter);
        if (steps.equals(Step.ANY) || steps.containsAll(more)) {
            return changed;
        }
        Set<Step> all = new HashSet<>(steps);
        all.addAll(more);
        steps = all.size() > MAX_STEPS ? Step.ANY : all;
        return true;
    }

    @Override
    public void execute(AbstractInsnNode instruction, Interpreter<PathValue> interpreter) throws AnalyzerException {
        at = code.indexOf(instruction);
        if (fallbacks.followSteps()) {
            steps = Set.of(new Step(at, -1));
        }
        possible = reached;
        only = Decided.next(code, at, this).orElse(-1);
        if (instruction.getOpcode() == Opcodes.AASTORE) {
            PathValue element = fromTop(this, 0);
            PathValue index = fromTop(this, 1);
            PathValue array = fromTop(this, 2);
            super.execute(instruction, interpreter);
            if (array instanceof PathValue.Array filled) {
                replace(value -> value instanceof PathValue.Array other && other.made() == filled.made()
                        ? other.with(index, element)
                        : value);
            } else if (array instanceof PathValue.Arguments) {
                replace(value -> value.equals(array) ? new PathValue.Other(1) : value);
            }
            return;
        }
        if (instruction instanceof InvokeDynamicInsnNode lambda) {
            List<PathValue> captured = arguments(lambda.desc, this);
            super.execute(instruction, interpreter);
            forget(true, lambda.desc, captured);
            return;
        }
        if (!(instruction instanceof MethodInsnNode call)) {
            super.execute(instruction, interpreter);
            return;
        }
        List<PathValue> arguments = arguments(call, this);
        if (call.getOpcode() == Opcodes.INVOKESTATIC) {
            super.execute(instruction, interpreter);
            forget(mayChange(call), call.desc, arguments);
            return;
        }
        PathValue receiver = fromTop(this, arguments.size());
        super.execute(instruction, interpreter);
        if (call.name.equals("<init>") && receiver instanceof PathValue.Fresh fresh) {
            PathValue made = MAPS.contains(call.owner)
                    ? map(fresh, arguments)
                    : LISTS.contains(call.owner) && (call.desc.equals("()V") || call.desc.equals("(I)V"))
                            ? new PathValue.Array(fresh.made(), List.of())
                            : thread(call, arguments).orElseGet(() -> made(call, arguments));
            replace(value -> value.equals(fresh) ? made : value);
        } else if (receiver instanceof PathValue.MadeMap map && !READING.contains(call.name)) {
            PathValue changed = changed(map, call, arguments);
            replace(value -> value.equals(map) ? changed : value);
        } else if (BUILDERS.contains(call.owner) && changes(call) && receiver instanceof PathValue.Textual) {
            PathValue changed = call.name.equals("append") ? fromTop(this, 0) : new PathValue.Other(1);
            replace(value -> value == receiver ? changed : value);
        } else if (receiver instanceof PathValue.Array list && list.mayChange() && !READING.contains(call.name)) {
            PathValue changed = call.name.equals("add") && arguments.size() == 1
                    ? list.with(new PathValue.IntConstant(list.elements().size()), arguments.get(0))
                    : new PathValue.Other(1);
            replace(value -> value.equals(receiver) ? changed : value);
        } else {
            forget(mayChange(call), call.desc, arguments);
        }
    }

    /** Whether a call may change an array or a list that it gets: the JDK's methods that do so return nothing. */
    static boolean mayChange(MethodInsnNode call) {
        return !call.owner.startsWith("java/")
                || (WriteCall.isStatic(call) && (call.desc.endsWith(")V") || call.name.equals("addAll")));
    }

    /**
     * What gets a map may change it, and what gets a builder may append to it.
     *
     * @param arrays whether arrays and lists may be changed
     */
    private void forget(boolean arrays, String descriptor, List<PathValue> passed) {
        Type[] types = Type.getArgumentTypes(descriptor);
        for (int i = 0; i < types.length; i++) {
            PathValue each = passed.get(i);
            if (each instanceof PathValue.MadeMap
                    || (arrays && each instanceof PathValue.Array array && array.mayChange())) {
                replace(value -> value.equals(each) ? new PathValue.Other(1) : value);
            } else if (each instanceof PathValue.Textual
                    && types[i].getSort() == Type.OBJECT
                    && BUILDERS.contains(types[i].getInternalName())) {
                replace(value -> value == each ? new PathValue.Other(1) : value);
            }
        }
    }

    /** The code that a thread runs. */
    private static Optional<PathValue> thread(MethodInsnNode call, List<PathValue> arguments) {
        return arguments.stream()
                .filter(it -> call.owner.equals("java/lang/Thread") && it.isTask())
                .findFirst();
    }

    private static PathValue made(MethodInsnNode call, List<PathValue> arguments) {
        Text text = constructed(call, arguments);
        return text.equals(Text.UNKNOWN) ? new PathValue.Made(call.owner) : PathValue.text(text);
    }

    private static PathValue map(PathValue.Fresh fresh, List<PathValue> arguments) {
        PathValue.MadeMap empty = new PathValue.MadeMap(fresh.made(), List.of());
        if (arguments.isEmpty() || !(arguments.get(0) instanceof PathValue.MadeMap copied)) {
            boolean sized = arguments.stream().allMatch(it -> it instanceof PathValue.IntConstant);
            return sized ? empty : new PathValue.Other(1);
        }
        return empty.with(copied.entries());
    }

    private static PathValue changed(PathValue.MadeMap map, MethodInsnNode call, List<PathValue> arguments) {
        return switch (call.name) {
            case "put", "setProperty" -> map.with(arguments.get(0), arguments.get(1));
            case "putAll" ->
                arguments.get(0) instanceof PathValue.MadeMap other
                        ? map.with(other.entries())
                        : new PathValue.Other(1);
            default -> new PathValue.Other(1);
        };
    }

    public static List<PathValue> arguments(MethodInsnNode call, Frame<PathValue> frame) {
        return arguments(call.desc, frame);
    }

    static List<PathValue> arguments(String descriptor, Frame<PathValue> frame) {
        List<PathValue> arguments = new ArrayList<>();
        for (int i = Type.getArgumentCount(descriptor); i > 0; i--) {
            arguments.add(fromTop(frame, i - 1));
        }
        return arguments;
    }

    private static boolean changes(MethodInsnNode call) {
        return !Set.of("toString", "length", "charAt", "substring", "indexOf", "isEmpty")
                .contains(call.name);
    }

    private static Text constructed(MethodInsnNode call, List<PathValue> arguments) {
        return switch (call.owner) {
            case "java/io/File" ->
                switch (call.desc) {
                    case "(Ljava/lang/String;)V" -> arguments.get(0).path();
                    case "(Ljava/net/URI;)V" ->
                        Results.withoutScheme(arguments.get(0).path());
                    case "(Ljava/lang/String;Ljava/lang/String;)V", "(Ljava/io/File;Ljava/lang/String;)V" ->
                        arguments.get(0) instanceof PathValue.Null
                                ? arguments.get(1).path()
                                : arguments.get(0).path().below(arguments.get(1).path());
                    default -> Text.UNKNOWN;
                };
            case "java/lang/StringBuilder", "java/lang/StringBuffer" ->
                switch (call.desc) {
                    case "()V", "(I)V" -> Text.EMPTY;
                    case "(Ljava/lang/String;)V", "(Ljava/lang/CharSequence;)V" ->
                        arguments.get(0).path();
                    default -> Text.UNKNOWN;
                };
            case "org/springframework/core/io/FileSystemResource",
                    "org/springframework/core/io/PathResource",
                    "org/springframework/core/io/FileUrlResource",
                    "org/springframework/core/io/UrlResource" ->
                arguments.size() == 1 ? arguments.get(0).path() : Text.UNKNOWN;
            case "java/lang/String" ->
                call.desc.equals("(Ljava/lang/String;)V") ? arguments.get(0).path() : Text.UNKNOWN;
            default -> Text.UNKNOWN;
        };
    }

    /** A value on the stack, the uppermost for 0. */
    public static PathValue fromTop(Frame<PathValue> frame, int depth) {
        return frame.getStack(frame.getStackSize() - 1 - depth);
    }

    private void replace(UnaryOperator<PathValue> change) {
        for (int i = 0; i < getLocals(); i++) {
            setLocal(i, change.apply(getLocal(i)));
        }
        for (int i = 0; i < getStackSize(); i++) {
            setStack(i, change.apply(getStack(i)));
        }
    }
}
