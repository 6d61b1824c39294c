// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Injection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/** Finds the application's classes of which Spring creates singletons at start, from annotations. */
public final class SpringBeans {

    private static final String APPLICATION = "Lorg/springframework/boot/autoconfigure/SpringBootApplication;";
    private static final String BOOT_CONFIGURATION = "Lorg/springframework/boot/SpringBootConfiguration;";
    private static final Set<String> SPRING_BOOT = Set.of(APPLICATION, BOOT_CONFIGURATION);

    private static final Set<String> SINGLETONS = Set.of(
            APPLICATION,
            BOOT_CONFIGURATION,
            "Lorg/springframework/stereotype/Component;",
            "Lorg/springframework/stereotype/Service;",
            "Lorg/springframework/stereotype/Repository;",
            "Lorg/springframework/stereotype/Controller;",
            "Lorg/springframework/web/bind/annotation/RestController;",
            "Lorg/springframework/web/bind/annotation/ControllerAdvice;",
            "Lorg/springframework/web/bind/annotation/RestControllerAdvice;",
            "Lorg/springframework/context/annotation/Configuration;",
            "Ljakarta/inject/Named;",
            "Ljavax/inject/Named;");

    private static final String SCAN = "Lorg/springframework/context/annotation/ComponentScan;";
    public static final String IMPORT = "Lorg/springframework/context/annotation/Import;";
    private static final String ENABLE_SETTINGS =
            "Lorg/springframework/boot/context/properties/EnableConfigurationProperties;";
    private static final String SETTINGS = "Lorg/springframework/boot/context/properties/ConfigurationProperties;";
    private static final String SETTINGS_SCAN =
            "Lorg/springframework/boot/context/properties/ConfigurationPropertiesScan;";

    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final BeanConditions conditions;

    SpringBeans(ClassFiles classes, Hierarchy hierarchy, BeanConditions conditions) {
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.conditions = conditions;
    }

    /**
     * The singletons of a Spring Boot application.
     *
     * @param main the class that starts, with slashes
     */
    Set<ClassNode> ofBoot(Optional<String> main) {
        List<ClassNode> applications = hierarchy
                .classes()
                .filter(header -> Injection.hasAny(header.visibleAnnotations, SPRING_BOOT))
                .toList();
        Optional<ClassNode> started = applications.stream()
                .filter(header -> main.equals(Optional.of(header.name)))
                .findFirst();
        List<ClassNode> roots = new ArrayList<>(started.map(List::of).orElse(applications));
        if (!roots.isEmpty()) {
            Set<String> excluded = conditions.excluded();
            AutoConfigurations.named(classes::texts, conditions.mayBeOld()).stream()
                    .filter(name -> !excluded.contains(name))
                    .flatMap(name -> hierarchy.find(name).stream())
                    .filter(header -> conditions.areTrue(header.visibleAnnotations))
                    .filter(header -> applications.stream()
                            .flatMap(application ->
                                    Injection.types(application.visibleAnnotations, APPLICATION, "exclude"))
                            .noneMatch(header.name::equals))
                    .forEach(roots::add);
        }
        return of(roots, new HashSet<>());
    }

    static boolean isApplication(ClassNode header) {
        return Injection.has(header.visibleAnnotations, APPLICATION);
    }

    /** The singletons of a context with some classes, with slashes, and scanned packages, with dots. */
    Set<ClassNode> of(List<String> configured, List<String> packages) {
        List<ClassNode> roots = new ArrayList<>();
        for (String name : configured) {
            hierarchy
                    .find(name)
                    .filter(header -> conditions.areTrue(header.visibleAnnotations))
                    .ifPresent(roots::add);
        }
        Set<String> scanned = new HashSet<>();
        for (String name : packages) {
            roots.addAll(singletonsBelow(name.replace('.', '/'), scanned));
        }
        return of(roots, scanned);
    }

    /** @param scanned the packages that were scanned before */
    private List<ClassNode> singletonsBelow(String scannedPackage, Set<String> scanned) {
        return scanned.add(scannedPackage)
                ? hierarchy
                        .classes()
                        .filter(header -> isSingletonBelow(header, scannedPackage))
                        .toList()
                : List.of();
    }

    private Set<ClassNode> of(List<ClassNode> roots, Set<String> scanned) {
        Set<ClassNode> beans = new LinkedHashSet<>();
        Deque<ClassNode> next = new ArrayDeque<>(roots);
        while (!next.isEmpty()) {
            ClassNode bean = next.remove();
            if (beans.add(bean)) {
                List<AnnotationNode> annotations = new ArrayList<>();
                withTheirs(bean.visibleAnnotations, annotations);
                Stream.of(IMPORT, ENABLE_SETTINGS)
                        .flatMap(annotation -> Injection.types(annotations, annotation, "value"))
                        .flatMap(name -> hierarchy.find(name).stream())
                        .filter(header -> conditions.areTrue(header.visibleAnnotations))
                        .forEach(next::add);
                for (String each : packages(bean)) {
                    next.addAll(singletonsBelow(each, scanned));
                }
                settings(bean).forEach(next::add);
            }
        }
        return beans;
    }

    /** The settings classes for which a class makes Spring Boot scan. */
    private Stream<ClassNode> settings(ClassNode bean) {
        if (!Injection.has(bean.visibleAnnotations, SETTINGS_SCAN)) {
            return Stream.empty();
        }
        List<String> scanned = packages(bean, SETTINGS_SCAN, "basePackage");
        return hierarchy
                .classes()
                .filter(header -> Injection.has(header.visibleAnnotations, SETTINGS)
                        && conditions.areTrue(header.visibleAnnotations)
                        && scanned.stream().anyMatch(each -> isBelow(header, each)));
    }

    private static boolean isBelow(ClassNode header, String scanned) {
        return (packageOf(header.name) + "/").startsWith(scanned + "/");
    }

    /** Adds annotations, and those of the annotations that are the application's own. */
    private void withTheirs(@Nullable List<AnnotationNode> annotations, List<AnnotationNode> all) {
        for (AnnotationNode annotation : annotations == null ? List.<AnnotationNode>of() : annotations) {
            if (all.stream().noneMatch(known -> known.desc.equals(annotation.desc))) {
                all.add(annotation);
                hierarchy
                        .find(Type.getType(annotation.desc).getInternalName())
                        .ifPresent(own -> withTheirs(own.visibleAnnotations, all));
            }
        }
    }

    /** Whether a class is a singleton because of its annotations, or of the annotations on these. */
    private boolean isSingleton(@Nullable List<AnnotationNode> annotations) {
        return Injection.hasAny(annotations, SINGLETONS)
                || (annotations != null
                        && annotations.stream()
                                .flatMap(annotation ->
                                        hierarchy
                                                .find(Type.getType(annotation.desc)
                                                        .getInternalName())
                                                .stream())
                                .anyMatch(own -> Injection.hasAny(own.visibleAnnotations, SINGLETONS)));
    }

    private boolean isSingletonBelow(ClassNode header, String scanned) {
        return isBelow(header, scanned)
                && (header.access & Opcodes.ACC_ANNOTATION) == 0
                && isSingleton(header.visibleAnnotations)
                && !Injection.hasAny(header.visibleAnnotations, SPRING_BOOT)
                && conditions.areTrue(header.visibleAnnotations);
    }

    /** The packages that Spring scans because of a class, with slashes. */
    private static List<String> packages(ClassNode header) {
        boolean scans = Injection.has(header.visibleAnnotations, SCAN);
        if (!scans && !Injection.has(header.visibleAnnotations, APPLICATION)) {
            return List.of();
        }
        return scans ? packages(header, SCAN, "basePackage") : packages(header, APPLICATION, "scanBasePackage");
    }

    /** @param member the name of the member for packages, without its plural s */
    private static List<String> packages(ClassNode header, String annotation, String member) {
        List<String> names = Stream.concat(
                        Stream.of("value", member + "s")
                                .flatMap(named -> Injection.texts(header.visibleAnnotations, annotation, named)),
                        Injection.types(header.visibleAnnotations, annotation, member + "Classes")
                                .map(SpringBeans::packageOf))
                .map(name -> name.replace('.', '/'))
                .toList();
        return names.isEmpty() ? List.of(packageOf(header.name)) : names;
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
