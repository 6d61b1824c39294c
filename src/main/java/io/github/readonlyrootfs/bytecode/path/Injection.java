// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Reads annotations, in particular those that inject configuration keys into fields and parameters. */
public final class Injection {

    private static final String SPRING_VALUE = "Lorg/springframework/beans/factory/annotation/Value;";
    private static final String MICRONAUT_VALUE = "Lio/micronaut/context/annotation/Value;";
    private static final String CONFIG_PROPERTY = "Lorg/eclipse/microprofile/config/inject/ConfigProperty;";
    private static final String JSON_PROPERTY = "Lcom/fasterxml/jackson/annotation/JsonProperty;";
    private static final String CONFIGURATION_PROPERTIES =
            "Lorg/springframework/boot/context/properties/ConfigurationProperties;";

    /** With slashes. */
    public static final String PROPERTY_SOURCE = "org/springframework/context/annotation/PropertySource";

    /** Parts of names of annotations that make a bean lazy, scoped or conditional. */
    private static final List<String> NOT_AT_START = List.of(
            "/Lazy;",
            "/Profile;",
            "/Scope;",
            "/Conditional",
            "Scope;",
            "/Requires;",
            "/Requirements;",
            "/IfBuildProfile;",
            "/UnlessBuildProfile;",
            "/IfBuildProperty;",
            "/UnlessBuildProperty;",
            "/Alternative;");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(?!})((?:(?!\\$\\{)[^}:])*+)(?::((?:(?!\\$\\{)[^}])*+))?}");

    private Injection() {}

    /** Whether annotations may make a bean lazy, scoped or conditional. */
    static boolean mayBeLate(@Nullable List<AnnotationNode> annotations) {
        if (annotations != null) {
            for (AnnotationNode annotation : annotations) {
                if (mayBeLate(annotation)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an annotation makes a bean lazy or scoped. */
    public static boolean isLater(AnnotationNode annotation) {
        return annotation.desc.endsWith("/Lazy;") || annotation.desc.endsWith("Scope;");
    }

    public static boolean mayBeLate(AnnotationNode annotation) {
        for (String part : NOT_AT_START) {
            if (annotation.desc.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** The files that a class adds to Spring's environment; none if a condition decides. */
    public static List<String> propertySources(ClassNode owner) {
        if (mayBeLate(owner.visibleAnnotations)) {
            return List.of();
        }
        String annotation = "L" + PROPERTY_SOURCE + ";";
        Stream<String> several = members(
                        owner.visibleAnnotations, "L" + PROPERTY_SOURCE + "s;", "value", AnnotationNode.class)
                .flatMap(one -> texts(List.of(one), annotation, "value"));
        return Stream.concat(texts(owner.visibleAnnotations, annotation, "value"), several)
                .toList();
    }

    /** The texts of a member of an annotation, which is one or a list. */
    public static Stream<String> texts(@Nullable List<AnnotationNode> annotations, String annotation, String member) {
        return members(annotations, annotation, member, String.class);
    }

    /** The classes in a member of an annotation, with slashes. */
    public static Stream<String> types(@Nullable List<AnnotationNode> annotations, String annotation, String member) {
        return members(annotations, annotation, member, Type.class).map(Type::getInternalName);
    }

    /** The values of a type in a member of an annotation, which is one value or a list. */
    public static <T> Stream<T> members(
            @Nullable List<AnnotationNode> annotations, String annotation, String member, Class<T> type) {
        return annotations == null
                ? Stream.empty()
                : annotations.stream()
                        .filter(each -> each.desc.equals(annotation) && each.values != null)
                        .flatMap(each -> IntStream.range(0, each.values.size() / 2)
                                .filter(i -> each.values.get(2 * i).equals(member))
                                .mapToObj(i -> each.values.get(2 * i + 1)))
                        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                        .filter(type::isInstance)
                        .map(type::cast);
    }

    /** Whether a method with an annotation has a parameter of a type that has no annotation. */
    public static boolean isGiven(ClassNode owner, String annotation, Type type) {
        for (MethodNode method : owner.methods) {
            Type[] parameters = Type.getArgumentTypes(method.desc);
            List<AnnotationNode>[] annotations = method.visibleParameterAnnotations;
            for (int i = 0; has(method.visibleAnnotations, annotation) && i < parameters.length; i++) {
                if (parameters[i].equals(type) && (annotations == null || annotations[i] == null)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an annotation has other members than some. */
    public static boolean hasOther(AnnotationNode annotation, Set<String> members) {
        return annotation.values != null
                && IntStream.range(0, annotation.values.size() / 2)
                        .anyMatch(i -> !members.contains(annotation.values.get(2 * i)));
    }

    public static boolean has(@Nullable List<AnnotationNode> annotations, String wanted) {
        return hasAny(annotations, Set.of(wanted));
    }

    public static boolean hasAny(@Nullable List<AnnotationNode> annotations, Collection<String> wanted) {
        return annotations != null && annotations.stream().anyMatch(annotation -> wanted.contains(annotation.desc));
    }

    /** The text that is injected; empty without such an annotation. */
    static Optional<Text> text(@Nullable List<AnnotationNode> annotations) {
        if (annotations == null) {
            return Optional.empty();
        }
        return Stream.of(SPRING_VALUE, MICRONAUT_VALUE)
                .flatMap(annotation -> texts(annotations, annotation, "value"))
                .map(Injection::expression)
                .findFirst()
                .or(() -> texts(annotations, CONFIG_PROPERTY, "name")
                        .map(key -> PathVariables.of(
                                Kind.KEY,
                                key,
                                texts(annotations, CONFIG_PROPERTY, "defaultValue")
                                        .findFirst()))
                        .findFirst());
    }

    /** The injected parameters of a method, by local variable. */
    static Map<Integer, Text> parameters(MethodNode method) {
        Map<Integer, Text> injected = new HashMap<>();
        List<AnnotationNode>[] annotations = method.visibleParameterAnnotations;
        Type[] types = Type.getArgumentTypes(method.desc);
        int local = (method.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
        if (types.length == 1) {
            text(method.visibleAnnotations).ifPresent(text -> injected.put(local, text));
        }
        if (annotations == null) {
            return injected;
        }
        int at = local;
        // Compilers may omit annotations for their own parameters at the beginning.
        int hidden = types.length - annotations.length;
        for (int i = 0; i < types.length; i++) {
            if (i >= hidden) {
                int parameter = at;
                text(annotations[i - hidden]).ifPresent(text -> injected.put(parameter, text));
            }
            at += types[i].getSize();
        }
        return injected;
    }

    /** The prefix that a class of {@code @ConfigurationProperties} binds. */
    static Optional<String> prefix(@Nullable List<AnnotationNode> annotations) {
        return Stream.of("prefix", "value")
                .flatMap(member -> texts(annotations, CONFIGURATION_PROPERTIES, member))
                .findFirst();
    }

    /** The name that Jackson gives a field, or what it is in the annotation of the field or its getter and setter. */
    static String property(ClassNode owner, FieldNode field) {
        Stream<@Nullable List<AnnotationNode>> methods = owner.methods.stream()
                .filter(method -> Stream.of("get", "set", "is")
                        .anyMatch(start -> method.name.equalsIgnoreCase(start + field.name)))
                .map(method -> method.visibleAnnotations);
        return Stream.concat(Stream.of(field.visibleAnnotations), methods)
                .flatMap(annotations -> texts(annotations, JSON_PROPERTY, "value"))
                .findFirst()
                .orElse(field.name);
    }

    /** {@code uploadDir} as configuration files spell it: {@code upload-dir}. */
    static String kebab(String field) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                name.append('-');
            }
            name.append(Character.toLowerCase(c));
        }
        return name.toString();
    }

    /** A text with {@code ${key:default}} in it; SpEL expressions are not evaluated. */
    public static Text expression(String text) {
        if (text.contains("#{")) {
            return Text.UNKNOWN;
        }
        Text result = Text.of(text)
                .replaceAll(
                        PLACEHOLDER,
                        placeholder -> PathVariables.of(
                                Kind.KEY, placeholder.group(1), Optional.ofNullable(placeholder.group(2))));
        return result.raw().contains("${") ? Text.UNKNOWN : result;
    }
}
