// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.bytecode.path.Callers.Context;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * The texts in fields of the project's classes: constants, values that initialisers and constructors assign to fields which nothing
 * else sets, and injected values. A class is analysed when code first reads its fields.
 */
public final class FieldTexts {

    private static final List<String> DROPWIZARDS =
            List.of("io/dropwizard/core/Configuration", "io/dropwizard/Configuration");

    /** A system property in a deployment descriptor, which Tomcat replaces. */
    private static final Pattern REPLACED = Pattern.compile("\\$\\{([\\w.]+)}");

    /** How deep the fields of classes are followed that read each other's. */
    private static final int MAX_DEPTH = 16;

    private final ClassFiles classes;
    private final Supplier<Hierarchy> hierarchy;

    /** The ways to call a constructor. */
    private final BiFunction<ClassNode, MethodNode, List<Context>> callers;

    private final ReturnedTexts returned;
    private final Constants constants;
    private final Main main;
    private final UnaryOperator<Text> settled;
    private final Map<String, String> parameters;

    /** By class and field; other fields are unknown. */
    private final Map<String, Map<String, Text>> known = new HashMap<>();

    /** Classes that are being analysed: a class may read its own fields, and two may read each other's. */
    private final Set<String> open = new HashSet<>();

    public FieldTexts(
            ClassFiles classes,
            Supplier<Hierarchy> hierarchy,
            BiFunction<ClassNode, MethodNode, List<Context>> callers,
            Main main,
            UnaryOperator<Text> settled,
            Map<String, String> parameters) {
        this.main = main;
        this.settled = settled;
        this.parameters = parameters;
        this.classes = classes;
        this.callers = callers;
        this.hierarchy = hierarchy;
        this.returned = new ReturnedTexts(classes, hierarchy, this);
        this.constants = new Constants(classes, this);
    }

    Optional<Text> text(String owner, String name) {
        return Optional.ofNullable(texts(owner).get(name));
    }

    /** The text of the setting that is injected into a field; empty if other code may set that. */
    Optional<Text> injected(String owner, String name) {
        return classes.find(owner)
                .flatMap(type -> type.fields.stream()
                        .filter(field -> field.name.equals(name))
                        .findFirst()
                        .flatMap(field ->
                                given(keys(type), field, Optional.empty()).filter(text -> !isSetAgain(type, field))));
    }

    /** The value that the deployment descriptor gives a parameter of the web application, its servlets and filters. */
    Text parameter(Text name) {
        return name.known()
                .flatMap(it -> Optional.ofNullable(parameters.get(it)))
                .map(value -> Text.of(value).replaceAll(REPLACED, it -> PathVariables.property(it.group(1))))
                .orElse(Text.UNKNOWN);
    }

    /** Whether other code than a constructor, or the setter that frameworks call, sets a field. */
    private boolean isSetAgain(ClassNode owner, FieldNode field) {
        String setter = "set" + field.name;
        return classes.around(Set.of(owner.name))
                .flatMap(type -> type.methods.stream())
                .filter(method -> !(method.name.equals("<init>") && owner.methods.contains(method)))
                .anyMatch(method -> Stream.of(method.instructions.toArray())
                        .anyMatch(it -> it instanceof FieldInsnNode write
                                ? write.getOpcode() == Opcodes.PUTFIELD
                                        && write.owner.equals(owner.name)
                                        && write.name.equals(field.name)
                                        && !method.name.equalsIgnoreCase(setter)
                                : it instanceof MethodInsnNode call
                                        && call.owner.equals(owner.name)
                                        && call.name.equalsIgnoreCase(setter)));
    }

    /** The setting that an annotation injects into a field, or whose key a settings class binds to it. */
    private static Optional<Text> given(Optional<Keys> keys, FieldNode field, Optional<String> otherwise) {
        return Injection.text(field.visibleAnnotations)
                .or(() -> keys.filter(it -> (field.access & Opcodes.ACC_STATIC) == 0)
                        .map(it -> PathVariables.of(Kind.KEY, it.of(field), otherwise)));
    }

    /** The parameters that a method has from all its callers, by local variable. */
    Map<Integer, Text> shared(ClassNode owner, MethodNode method) {
        List<Context> contexts = callers.apply(owner, method);
        Map<Integer, Text> shared = new HashMap<>(contexts.get(0).parameters());
        contexts.forEach(
                context -> shared.entrySet().retainAll(context.parameters().entrySet()));
        return shared;
    }

    /** A text with the values that its variables certainly have. */
    Text settled(Text text) {
        return PathVariables.only(text).isPresent() ? settled.apply(text) : text;
    }

    /** What a method gets as its texts: the arguments of the command line, if only that calls it. */
    PathValue.Arguments arguments(ClassNode owner, MethodNode method) {
        boolean starts = main.arguments().isPresent()
                && Main.is(method)
                && main.name()
                        .map(name -> name.replace('.', '/'))
                        .orElse(owner.name)
                        .equals(owner.name)
                && !isMainCalled(hierarchy.get().related(owner.name));
        return new PathValue.Arguments(starts ? main.arguments() : Optional.empty());
    }

    private boolean isMainCalled(Set<String> types) {
        return classes.around(types)
                .flatMap(caller -> caller.methods.stream())
                .flatMap(caller -> Stream.of(caller.instructions.toArray()))
                .anyMatch(instruction -> isMainCalled(instruction, types));
    }

    private static boolean isMainCalled(AbstractInsnNode instruction, Set<String> types) {
        if (instruction instanceof InvokeDynamicInsnNode lambda) {
            return Stream.of(lambda.bsmArgs)
                    .anyMatch(it -> it instanceof Handle code
                            && types.contains(code.getOwner())
                            && code.getName().equals("main"));
        }
        return instruction instanceof MethodInsnNode call && types.contains(call.owner) && call.name.equals("main");
    }

    /** What a call of the project's own method returns. */
    Text returned(MethodInsnNode call, List<PathValue> arguments) {
        return returned.of(call, arguments);
    }

    /** The map, list or array that a call of the project's own method makes. */
    Optional<PathValue> made(MethodInsnNode call, List<PathValue> arguments) {
        return returned.made(call, arguments);
    }

    /** The constants of an enum, in their order. */
    List<PathValue> constants(String owner) {
        return classes.find(owner).stream()
                .flatMap(type -> type.fields.stream())
                .filter(field -> (field.access & Opcodes.ACC_ENUM) != 0)
                .<PathValue>map(field -> new PathValue.Constant(owner, field.name))
                .toList();
    }

    /** The objects of the classes that a file names. */
    List<PathValue> provided(String file) {
        return Providers.named(classes.texts(file)).stream()
                .<PathValue>map(PathValue.Made::new)
                .toList();
    }

    /** What a lambda without captured values returns. */
    Text returned(Handle code) {
        boolean isStatic = code.getTag() == Opcodes.H_INVOKESTATIC;
        int opcode = isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL;
        return code.getDesc().startsWith("()")
                ? returned.of(
                        new MethodInsnNode(opcode, code.getOwner(), code.getName(), code.getDesc(), code.isInterface()),
                        List.of())
                : Text.UNKNOWN;
    }

    /** What a lambda that takes one text returns of it: 0 for false. */
    OptionalInt decides(Handle code, PathValue argument) {
        return returned.number(code, argument);
    }

    /** What a constant of an enum has in a field that only constructors set. */
    Optional<Text> ofConstant(PathValue.Constant constant, String field) {
        Text text = constants
                .texts(constant.owner())
                .getOrDefault(constant.name(), Map.of())
                .getOrDefault(field, Text.UNKNOWN);
        return text.equals(Text.UNKNOWN)
                ? Optional.empty()
                : classes.find(constant.owner())
                        .filter(owner ->
                                owner.fields.stream().anyMatch(it -> it.name.equals(field) && stays(owner, it)))
                        .map(owner -> text);
    }

    private boolean stays(ClassNode owner, FieldNode field) {
        return (field.access & Opcodes.ACC_FINAL) != 0
                || (isOnlySetHere(owner, field)
                        && owner.methods.stream()
                                .noneMatch(method -> !method.name.equals("<init>")
                                        && set(method, owner).contains(field.name)));
    }

    /** The field that a method returns, and does nothing else. */
    Optional<String> getter(MethodInsnNode call) {
        return classes.method(new Target(call.owner, call.name, call.desc)).flatMap(Constants::returnedField);
    }

    /** The array, list or map in a constant. */
    Optional<PathValue> constant(FieldInsnNode field) {
        boolean may = field.desc.startsWith("[L") || field.desc.startsWith("Ljava/util/");
        return may ? Optional.ofNullable(constants.values(field.owner).get(field.name)) : Optional.empty();
    }

    private Map<String, Text> texts(String owner) {
        Map<String, Text> texts = known.get(owner);
        if (texts != null) {
            return texts;
        }
        Optional<ClassNode> found = classes.find(owner);
        if (found.isEmpty() || open.size() == MAX_DEPTH || !open.add(owner)) {
            return Map.of();
        }
        Map<String, Text> all = new HashMap<>();
        classes.guarded(owner, found.get(), node -> all.putAll(read(node)));
        open.remove(owner);
        known.put(owner, all);
        return all;
    }

    private Map<String, Text> read(ClassNode owner) {
        Map<String, Text> assigned = assigned(owner);
        @Nullable Map<String, Text> passed = null;
        Optional<Keys> keys = keys(owner);
        Map<String, Text> texts = new HashMap<>();
        for (FieldNode field : owner.fields) {
            Text value = assigned.get(field.name);
            Optional<Text> given = given(keys, field, Optional.ofNullable(value).flatMap(Text::known));
            if (given.isPresent()) {
                if (!isSetAgain(owner, field)) {
                    texts.put(field.name, given.get());
                }
            } else if (field.value instanceof String constant) {
                texts.put(field.name, Text.of(constant));
            } else if (value != null
                    && !value.equals(Text.UNKNOWN)
                    && (isSetOnce(owner, field) || isGiven(owner, field))) {
                texts.put(field.name, value);
            } else if ((field.visibleAnnotations == null || (field.access & Opcodes.ACC_STATIC) != 0)
                    && !isSetOnce(owner, field)) {
                if (passed == null) {
                    passed = passed(owner, assigned);
                }
                Text set = passed.getOrDefault(field.name, Text.UNKNOWN);
                if (!set.equals(Text.UNKNOWN) && isOnlySetHere(owner, field)) {
                    texts.put(field.name, set);
                }
            }
        }
        return texts;
    }

    /**
     * The keys that a settings class binds.
     *
     * @param before what they begin with
     * @param owner of the fields, if their names are keys as they are: Dropwizard's
     */
    private record Keys(String before, Optional<ClassNode> owner) {

        String of(FieldNode field) {
            return before + owner.map(it -> Injection.property(it, field)).orElseGet(() -> Injection.kebab(field.name));
        }
    }

    /** For a nested class, the field of the outer class extends them. */
    private Optional<Keys> keys(ClassNode owner) {
        boolean dropwizards =
                DROPWIZARDS.stream().anyMatch(type -> hierarchy.get().isA(owner.name, type));
        Optional<Keys> own = dropwizards
                ? Optional.of(new Keys("", Optional.of(owner)))
                : Injection.prefix(owner.visibleAnnotations).map(prefix -> new Keys(prefix + ".", Optional.empty()));
        int nested = owner.name.lastIndexOf('$');
        Optional<ClassNode> around =
                own.isPresent() || nested < 0 ? Optional.empty() : classes.find(owner.name.substring(0, nested));
        Optional<Keys> outer = around.flatMap(this::keys);
        if (outer.isEmpty()) {
            return own;
        }
        List<FieldNode> fields = around.get().fields.stream()
                .filter(field -> field.desc.equals("L" + owner.name + ";"))
                .toList();
        return fields.size() == 1
                ? Optional.of(new Keys(
                        outer.get().of(fields.get(0)) + ".", outer.get().owner().map(it -> owner)))
                : Optional.empty();
    }

    /** Whether only initialisers and constructors set a field; frameworks set instance fields only. */
    private boolean isSetOnce(ClassNode owner, FieldNode field) {
        if ((field.access & Opcodes.ACC_FINAL) != 0) {
            return true;
        }
        return (field.access & Opcodes.ACC_STATIC) != 0
                && owner.methods.stream()
                        .noneMatch(method -> !method.name.equals("<clinit>")
                                && set(method, owner).contains(field.name))
                && isOnlySetHere(owner, field);
    }

    /** Whether a field has what a constructor is given: frameworks that set fields need a constructor without parameters. */
    private boolean isGiven(ClassNode owner, FieldNode field) {
        return (field.access & Opcodes.ACC_STATIC) == 0
                && field.visibleAnnotations == null
                && isOnlySetHere(owner, field)
                && owner.methods.stream()
                        .noneMatch(method -> method.name.equals("<init>")
                                ? method.desc.startsWith("()")
                                : set(method, owner).contains(field.name));
    }

    /** Whether no other class sets a field. */
    private boolean isOnlySetHere(ClassNode owner, FieldNode field) {
        if ((field.access & Opcodes.ACC_PRIVATE) != 0) {
            return true;
        }
        for (String name : classes.mentioning(owner.name)) {
            Optional<ClassNode> other = name.equals(owner.name) ? Optional.empty() : classes.find(name);
            // In a subclass, the field has that class's name.
            if (other.isPresent()
                    && other.get().methods.stream()
                            .anyMatch(method -> set(method, owner).contains(field.name)
                                    || (hierarchy.get().isA(name, owner.name)
                                            && set(method, other.get()).contains(field.name)))) {
                return false;
            }
        }
        return true;
    }

    /** The fields of a class that a method sets, as far as they may have texts. */
    private static Set<String> set(MethodNode method, ClassNode owner) {
        Set<String> names = new HashSet<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof FieldInsnNode write
                    && (write.getOpcode() == Opcodes.PUTSTATIC || write.getOpcode() == Opcodes.PUTFIELD)
                    && write.owner.equals(owner.name)
                    && Type.getType(write.desc).getSort() == Type.OBJECT) {
                names.add(write.name);
            }
        }
        return names;
    }

    /** The values that all initialisers and constructors assign alike. */
    private Map<String, Text> assigned(ClassNode owner) {
        Map<String, Text> assigned = new HashMap<>();
        for (MethodNode method : owner.methods) {
            if (isInitialiser(method) && !set(method, owner).isEmpty()) {
                Map<String, Text> own = new HashMap<>();
                assigned(owner, method, Map.of(), own);
                if (own.containsValue(Text.UNKNOWN)) {
                    own.clear();
                    callers.apply(owner, method).forEach(context -> assigned(owner, method, context.parameters(), own));
                }
                own.forEach((field, value) -> merge(field, value, assigned));
            }
        }
        return assigned;
    }

    /** The arguments of setters and builders, where all calls and all initialisers have the same. */
    private Map<String, Text> passed(ClassNode owner, Map<String, Text> assigned) {
        Map<String, Text> passed = new HashMap<>();
        for (MethodNode method : owner.methods) {
            if (isInitialiser(method) || set(method, owner).isEmpty()) {
                continue;
            }
            for (Context context : callers.apply(owner, method)) {
                if (context.called()) {
                    assigned(owner, method, context.parameters(), passed);
                }
            }
        }
        passed.replaceAll((field, value) -> assigned.getOrDefault(field, value).equals(value) ? value : Text.UNKNOWN);
        return passed;
    }

    private static boolean isInitialiser(MethodNode method) {
        return method.name.equals("<init>") || method.name.equals("<clinit>");
    }

    /** Adds the texts that a constructor or another method assigns to fields. */
    void assigned(ClassNode owner, MethodNode method, Map<Integer, Text> passed, Map<String, Text> assigned) {
        Frame<PathValue>[] frames = Paths.inEveryTurn(owner, method, this, passed);
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof FieldInsnNode field
                    && (field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC)
                    && field.owner.equals(owner.name)
                    && Type.getType(field.desc).getSort() == Type.OBJECT
                    && frames[i] != null
                    // As without an initialiser: null is no path.
                    && !(PathFrame.fromTop(frames[i], 0) instanceof PathValue.Null)) {
                merge(field.name, PathFrame.fromTop(frames[i], 0).path(), assigned);
            }
        }
    }

    private static void merge(String field, Text value, Map<String, Text> assigned) {
        assigned.merge(field, value, (one, other) -> one.equals(other) ? one : Text.UNKNOWN);
    }
}
