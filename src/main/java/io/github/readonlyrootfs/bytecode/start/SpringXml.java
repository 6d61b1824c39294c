// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.tree.ClassNode;

/**
 * The singletons in Spring's XML files that are created at start. An invalid file defines none.
 *
 * @param packages that are scanned, with dots
 * @param isAnnotated whether Spring processes the annotations of the beans
 */
record SpringXml(List<Bean> beans, List<String> packages, boolean isAnnotated) {

    private static final String IMPORT_RESOURCE = "Lorg/springframework/context/annotation/ImportResource;";

    /** No real application has more files, including imported ones. */
    private static final int MAX_FILES = 100;

    /**
     * A bean.
     *
     * @param type the class, with slashes
     * @param initMethods that Spring calls
     * @param isGiven whether its constructor has arguments
     */
    record Bean(String type, List<String> initMethods, boolean isGiven) {}

    /** The beans of files on the class path, and of the files that they import. */
    static SpringXml read(List<String> names, ClassFiles classes, BeanConditions conditions) {
        List<Bean> beans = new ArrayList<>();
        List<String> packages = new ArrayList<>();
        boolean annotated = false;
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(names);
        while (!next.isEmpty() && seen.size() < MAX_FILES) {
            String name = onClassPath(next.remove());
            for (String text : seen.add(name) ? classes.texts(name) : List.<String>of()) {
                for (XmlElement element : elements(name, text, conditions)) {
                    if (element.is("import")) {
                        element.attributeText("resource").ifPresent(other -> next.add(resolved(name, other)));
                    } else if (element.is("bean")) {
                        beans.add(bean(element));
                    } else if (element.name().endsWith(":component-scan")) {
                        annotated = true;
                        element.attributeText("base-package")
                                .ifPresent(all ->
                                        packages.addAll(List.of(all.strip().split("[,;\\s]+"))));
                    } else {
                        annotated |= element.name().endsWith(":annotation-config");
                    }
                }
            }
        }
        return new SpringXml(beans, packages, annotated);
    }

    /** The files that a class makes Spring read. */
    static List<String> imported(ClassNode bean) {
        return Stream.of("value", "locations")
                .flatMap(member -> Injection.texts(bean.visibleAnnotations, IMPORT_RESOURCE, member))
                .toList();
    }

    private static String onClassPath(String written) {
        return written.strip().replaceFirst("^classpath\\*?:", "").replaceFirst("^/+", "");
    }

    private static String resolved(String importing, String written) {
        boolean absolute = written.strip().startsWith("classpath") || written.startsWith("/");
        return absolute ? written : importing.substring(0, importing.lastIndexOf('/') + 1) + written;
    }

    /** The elements of a file for the profiles that are certainly active. */
    private static List<XmlElement> elements(String name, String text, BeanConditions conditions) {
        List<XmlElement> all = new ArrayList<>();
        try {
            Deque<XmlElement> next = new ArrayDeque<>(List.of(XmlReader.read(SourceFile.of(name, text))));
            while (!next.isEmpty()) {
                XmlElement beans = next.remove();
                Optional<String> profile = beans.attributeText("profile");
                boolean counts = profile.isEmpty()
                        || conditions
                                .hasProfile(List.of(profile.get().split("[,;\\s]+")))
                                .isTrue();
                boolean isLazy = beans.has("default-lazy-init", "true");
                for (XmlElement element : counts ? beans.children() : List.<XmlElement>of()) {
                    if (element.is("beans")) {
                        next.add(element);
                    } else if (!element.is("bean") || (!isLazy && isMadeAtStart(element))) {
                        all.add(element);
                    }
                }
            }
        } catch (UnreadableSourceException e) {
            all.clear();
        }
        return all;
    }

    /** Whether a bean is created at start; a factory creates an object of another class than the written one. */
    private static boolean isMadeAtStart(XmlElement bean) {
        return bean.attributeText("class").isPresent()
                && bean.attributeText("scope")
                        .filter(scope -> !scope.equals("singleton"))
                        .isEmpty()
                && Stream.of("lazy-init", "abstract").noneMatch(each -> bean.has(each, "true"))
                && Stream.of("factory-method", "factory-bean", "parent")
                        .allMatch(each -> bean.attributeText(each).isEmpty());
    }

    private static Bean bean(XmlElement element) {
        return new Bean(
                element.attributeText("class").orElseThrow().replace('.', '/'),
                element.attributeText("init-method").stream().toList(),
                element.children("constructor-arg").findAny().isPresent());
    }
}
