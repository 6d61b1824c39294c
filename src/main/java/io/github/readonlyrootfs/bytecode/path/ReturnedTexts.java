// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.partial.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/** The paths that the project's own methods return, such as a getter, or a method that constructs a directory's path. */
final class ReturnedTexts {

    private static final PathValue UNKNOWN = new PathValue.Other(1);

    /** The limit for the cost of all analyses, see {@link Paths#cost}. */
    private static final long MAX_COST = 5_000_000;

    /** How many calls deep methods are followed; each takes some frames of the stack. */
    private static final int MAX_DEPTH = 16;

    private final ClassFiles classes;
    private final Supplier<Hierarchy> hierarchy;
    private final FieldTexts fields;
    private final Map<Call, PathValue> known = new HashMap<>();

    /** Methods that are being analysed: what a recursive call returns is unknown. */
    private final Set<MethodNode> open = new HashSet<>();

    private long cost;

    ReturnedTexts(ClassFiles classes, Supplier<Hierarchy> hierarchy, FieldTexts fields) {
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.fields = fields;
    }

    /** @param passed the known arguments, by local variable */
    private record Call(MethodNode method, Map<Integer, Text> passed) {}

    /** What a call returns; unknown if it may reach several methods, or returns several texts. */
    Text of(MethodInsnNode instruction, List<PathValue> arguments) {
        return Paths.isPath(Type.getReturnType(instruction.desc))
                ? value(instruction, arguments).path()
                : Text.UNKNOWN;
    }

    /** The map, list or array that a call makes. */
    Optional<PathValue> made(MethodInsnNode instruction, List<PathValue> arguments) {
        String type = Type.getReturnType(instruction.desc).getDescriptor();
        if (!type.startsWith("Ljava/util/") && !type.startsWith("[L")) {
            return Optional.empty();
        }
        PathValue value = value(instruction, arguments);
        return value instanceof PathValue.MadeMap map
                ? Optional.of(new PathValue.MadeMap(instruction, map.entries()))
                : value instanceof PathValue.Array array
                        ? Optional.of(new PathValue.Array(instruction, array.elements()))
                        : Optional.empty();
    }

    private PathValue value(MethodInsnNode instruction, List<PathValue> arguments) {
        if (classes.find(instruction.owner).isEmpty()) {
            return UNKNOWN;
        }
        int first = WriteCall.isStatic(instruction) ? 0 : 1;
        return hierarchy
                .get()
                .target(instruction)
                .flatMap(classes::method)
                .map(method -> of(new Call(method, Paths.passed(instruction.desc, first, arguments))))
                .orElse(UNKNOWN);
    }

    /** The number that a lambda returns which takes one text; empty if it is not the same on each way. */
    OptionalInt number(Handle code, PathValue argument) {
        boolean takesText = code.getTag() == Opcodes.H_INVOKESTATIC && Type.getArgumentCount(code.getDesc()) == 1;
        return takesText
                        && classes.method(new Target(code.getOwner(), code.getName(), code.getDesc()))
                                        .map(method -> of(
                                                new Call(method, Paths.passed(code.getDesc(), 0, List.of(argument)))))
                                        .orElse(UNKNOWN)
                                instanceof PathValue.IntConstant number
                ? OptionalInt.of(number.value())
                : OptionalInt.empty();
    }

    private PathValue of(Call call) {
        PathValue value = known.get(call);
        if (value != null) {
            return value;
        }
        if (cost > MAX_COST || open.size() == MAX_DEPTH || !open.add(call.method)) {
            return UNKNOWN;
        }
        cost += Paths.cost(call.method);
        PathValue returned =
                returned(call.method, Paths.inEveryTurn(classes.owner(call.method), call.method, fields, call.passed));
        open.remove(call.method);
        known.put(call, returned);
        return returned;
    }

    private static PathValue returned(MethodNode method, Frame<PathValue>[] frames) {
        Set<PathValue> returned = new HashSet<>();
        for (int i = 0; i < frames.length; i++) {
            if (Flow.isReturn(method.instructions.get(i)) && frames[i] != null && frames[i].getStackSize() > 0) {
                returned.add(PathFrame.fromTop(frames[i], 0));
            }
        }
        return returned.size() == 1 ? returned.iterator().next() : UNKNOWN;
    }
}
