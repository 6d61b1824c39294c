// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** What static initialisers give to constants: arrays, lists and maps, and the fields of the constants of an enum. */
final class Constants {

    private final ClassFiles classes;
    private final FieldTexts fields;
    private final Map<String, Known> known = new HashMap<>();

    /** Classes that are being analysed. */
    private final Set<String> open = new HashSet<>();

    Constants(ClassFiles classes, FieldTexts fields) {
        this.classes = classes;
        this.fields = fields;
    }

    /**
     * What is known of a class.
     *
     * @param values by field
     * @param texts by constant of an enum, the texts in its fields
     */
    private record Known(Map<String, PathValue> values, Map<String, Map<String, Text>> texts) {

        static final Known NOTHING = new Known(Map.of(), Map.of());
    }

    Map<String, PathValue> values(String owner) {
        return of(owner).values;
    }

    Map<String, Map<String, Text>> texts(String owner) {
        return of(owner).texts;
    }

    private Known of(String owner) {
        Known found = known.get(owner);
        Optional<ClassNode> type = found == null ? classes.find(owner) : Optional.empty();
        if (type.isEmpty() || !open.add(owner)) {
            return found == null ? Known.NOTHING : found;
        }
        Known read = new Known(new HashMap<>(), new HashMap<>());
        classes.guarded(
                owner,
                type.get(),
                node -> node.methods.stream()
                        .filter(method -> method.name.equals("<clinit>"))
                        .forEach(method -> read(node, method, read)));
        open.remove(owner);
        known.put(owner, read);
        return read;
    }

    private void read(ClassNode owner, MethodNode initialiser, Known into) {
        Set<String> assigned = new HashSet<>();
        Frame<PathValue>[] frames = Paths.inEveryTurn(owner, initialiser, fields, Map.of());
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = initialiser.instructions.get(i);
            if (frames[i] == null) {
                continue;
            }
            if (instruction instanceof FieldInsnNode field
                    && field.getOpcode() == Opcodes.PUTSTATIC
                    && field.owner.equals(owner.name)
                    && isFinal(owner, field.name)) {
                PathValue value = PathFrame.fromTop(frames[i], 0);
                boolean stays = value instanceof PathValue.Array array
                        ? !array.mayChange() || (field.desc.startsWith("[") && !isChanged(field))
                        : value instanceof PathValue.MadeMap map && !map.mayChange();
                if (!assigned.add(field.name)) {
                    into.values.remove(field.name);
                } else if (stays) {
                    into.values.put(field.name, value);
                }
            } else if (instruction instanceof MethodInsnNode call
                    && call.name.equals("<init>")
                    && call.owner.equals(owner.name)
                    && (owner.access & Opcodes.ACC_ENUM) != 0) {
                constant(owner, call, PathFrame.arguments(call, frames[i]), into.texts);
            }
        }
    }

    /** The first argument of an enum's constructor is the constant's name. */
    private void constant(
            ClassNode owner, MethodInsnNode call, List<PathValue> arguments, Map<String, Map<String, Text>> into) {
        Optional<String> name =
                arguments.isEmpty() ? Optional.empty() : arguments.get(0).path().known();
        for (MethodNode method : owner.methods) {
            if (name.isPresent() && method.name.equals(call.name) && method.desc.equals(call.desc)) {
                fields.assigned(
                        owner,
                        method,
                        Paths.passed(call.desc, 1, arguments),
                        into.computeIfAbsent(name.get(), key -> new HashMap<>()));
            }
        }
    }

    private static boolean isFinal(ClassNode owner, String name) {
        return owner.fields.stream()
                .anyMatch(field -> field.name.equals(name) && (field.access & Opcodes.ACC_FINAL) != 0);
    }

    /** Whether a method that reads an array from a field may store into it, or hand it on. */
    private boolean isChanged(FieldInsnNode field) {
        return classes.around(Set.of(field.owner))
                .flatMap(type -> type.methods.stream())
                .map(method -> List.of(method.instructions.toArray()))
                .anyMatch(code -> code.stream().anyMatch(it -> isRead(it, field))
                        && code.stream().anyMatch(it -> it.getOpcode() == Opcodes.AASTORE || changes(it)));
    }

    private static boolean isRead(AbstractInsnNode instruction, FieldInsnNode field) {
        return instruction instanceof FieldInsnNode read
                && read.getOpcode() == Opcodes.GETSTATIC
                && read.owner.equals(field.owner)
                && read.name.equals(field.name);
    }

    private static boolean changes(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && call.desc.contains("[L") && PathFrame.mayChange(call);
    }

    /** The field that a method returns, if it does nothing else. */
    static Optional<String> returnedField(MethodNode method) {
        List<AbstractInsnNode> code = Stream.of(method.instructions.toArray())
                .filter(it -> it.getOpcode() >= 0)
                .toList();
        return code.size() == 3
                        && code.get(0) instanceof VarInsnNode self
                        && self.var == 0
                        && code.get(1) instanceof FieldInsnNode field
                        && code.get(2).getOpcode() == Opcodes.ARETURN
                ? Optional.of(field.name)
                : Optional.empty();
    }
}
