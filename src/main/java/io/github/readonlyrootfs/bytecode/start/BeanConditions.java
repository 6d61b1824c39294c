// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;

/** Evaluates the annotations that decide whether a bean is created when the application starts. */
public final class BeanConditions {

    private static final String PROFILE = "Lorg/springframework/context/annotation/Profile;";
    private static final String ON_PROPERTY =
            "Lorg/springframework/boot/autoconfigure/condition/ConditionalOnProperty;";

    private static final String REQUIRES = "Lio/micronaut/context/annotation/Requires;";
    private static final Set<String> REQUIRED = Set.of("property", "value", "defaultValue");

    private static final int MOST_EXCLUDED = 20;

    private final Hierarchy hierarchy;
    private final SpringEnvironment spring;

    /** Whether what is unknown is assumed. */
    private final boolean assumes;

    public BeanConditions(Hierarchy hierarchy, SpringEnvironment spring) {
        this(hierarchy, spring, false);
    }

    private BeanConditions(Hierarchy hierarchy, SpringEnvironment spring, boolean assumes) {
        this.assumes = assumes;
        this.hierarchy = hierarchy;
        this.spring = spring;
    }

    /**
     * Whether a bean with these annotations is created at start: false if it is never created; unknown if it is created later, or
     * under an undecidable condition.
     */
    Truth hold(@Nullable List<AnnotationNode> annotations) {
        return hold(annotations, new HashSet<>());
    }

    /** Whether a bean with these annotations is certainly created at start. */
    boolean areTrue(@Nullable List<AnnotationNode> annotations) {
        Truth hold = hold(annotations);
        return hold.isTrue() || (assumes && hold.isUnknown() && !isLater(annotations));
    }

    /** The same conditions where those that nothing decides hold. */
    BeanConditions assumed() {
        return new BeanConditions(hierarchy, spring, true);
    }

    /** Whether a bean is created when it is first used. */
    private static boolean isLater(@Nullable List<AnnotationNode> annotations) {
        return annotations != null && annotations.stream().anyMatch(Injection::isLater);
    }

    /** The auto-configurations, with slashes, that a setting tells Spring Boot not to use. */
    Set<String> excluded() {
        String excluded = "spring.autoconfigure.exclude";
        return Stream.concat(
                        Stream.of(excluded), IntStream.range(0, MOST_EXCLUDED).mapToObj(i -> excluded + "[" + i + "]"))
                .flatMap(key -> spring.property(key).known().stream())
                .flatMap(names -> Stream.of(names.split(",", -1)))
                .map(name -> name.strip().replace('.', '/'))
                .collect(Collectors.toSet());
    }

    boolean mayBeOld() {
        return spring.mayBeOld();
    }

    /** Whether one of some expressions for profiles holds. */
    Truth hasProfile(List<String> expressions) {
        return spring.hasProfile(expressions);
    }

    private Truth hold(@Nullable List<AnnotationNode> annotations, Set<String> seen) {
        Truth all = Truth.TRUE;
        if (annotations != null) {
            for (AnnotationNode annotation : annotations) {
                if (seen.add(annotation.desc)) {
                    all = all.and(holds(annotation, annotations, seen));
                }
            }
        }
        return all;
    }

    private Truth holds(AnnotationNode annotation, List<AnnotationNode> annotations, Set<String> seen) {
        if (annotation.desc.equals(PROFILE)) {
            return hasProfile(Injection.texts(annotations, PROFILE, "value").toList());
        }
        if (annotation.desc.equals(ON_PROPERTY)) {
            return property(annotations);
        }
        if (annotation.desc.equals(REQUIRES) && !Injection.hasOther(annotation, REQUIRED)) {
            return required(annotations);
        }
        if (Injection.mayBeLate(annotation)) {
            return Truth.UNKNOWN;
        }
        // An annotation of the application itself has the conditions of its own annotations.
        return hierarchy
                .find(Type.getType(annotation.desc).getInternalName())
                .map(own -> hold(own.visibleAnnotations, seen))
                .orElse(Truth.TRUE);
    }

    /** Micronaut's RequiresCondition: a key has the given value, or any. */
    private Truth required(List<AnnotationNode> annotations) {
        Map<String, String> members = new HashMap<>();
        for (String member : REQUIRED) {
            Injection.texts(annotations, REQUIRES, member).forEach(text -> members.put(member, text));
        }
        String wanted = members.getOrDefault("value", "");
        Value<String> value = spring.property(members.getOrDefault("property", ""));
        return value.isAbsent()
                ? Truth.of(wanted.equals(members.get("defaultValue")))
                : Truth.of(value.known(), text -> wanted.isEmpty() || text.equals(wanted));
    }

    /** Spring Boot's OnPropertyCondition: each key has the given value, or any value except {@code false}. */
    private Truth property(List<AnnotationNode> annotations) {
        String prefix = text(annotations, "prefix").map(String::strip).orElse("");
        String wanted = text(annotations, "havingValue").orElse("");
        boolean matchIfMissing = Injection.members(annotations, ON_PROPERTY, "matchIfMissing", Boolean.class)
                .anyMatch(Boolean::booleanValue);
        Truth all = Truth.TRUE;
        for (String member : List.of("value", "name")) {
            for (String name : Injection.texts(annotations, ON_PROPERTY, member).toList()) {
                String key = prefix.isEmpty() || prefix.endsWith(".") ? prefix + name : prefix + "." + name;
                all = all.and(matches(spring.property(key), wanted, matchIfMissing));
            }
        }
        return all;
    }

    private static Truth matches(Value<String> value, String wanted, boolean matchIfMissing) {
        if (value.isAbsent()) {
            return Truth.of(matchIfMissing);
        }
        return Truth.of(
                value.known(),
                text -> wanted.isEmpty() ? !text.equalsIgnoreCase("false") : text.equalsIgnoreCase(wanted));
    }

    private static Optional<String> text(List<AnnotationNode> annotations, String member) {
        return Injection.texts(annotations, ON_PROPERTY, member).findFirst();
    }
}
