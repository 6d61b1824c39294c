// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@code WEB-INF/web.xml} of the Servlet specification, and {@code META-INF/web-fragment.xml} of libraries. The server rejects
 * an invalid one.
 */
public final class DeploymentDescriptor {

    /** Files in which libraries name the classes that a servlet container calls when it starts a web application. */
    private static final List<String> INITIALIZERS = List.of(
            "META-INF/services/jakarta.servlet.ServletContainerInitializer",
            "META-INF/services/javax.servlet.ServletContainerInitializer");

    private static final String FRAGMENT = "META-INF/web-fragment.xml";

    private static final int MAX_BYTES = 1_000_000;

    private DeploymentDescriptor() {}

    /** A web application without a descriptor. */
    public static final WebApplication NONE = new WebApplication(true, Set.of(), true, Map.of());

    public static WebApplication read(SourceFile file) {
        try {
            XmlElement root = XmlReader.read(file);
            Set<String> named = new LinkedHashSet<>();
            Map<String, Set<String>> parameters = new HashMap<>();
            for (XmlElement element : root.children()) {
                Stream.concat(Stream.of(element), element.children().stream())
                        .forEach(each -> addParameter(each, parameters));
                if (element.is("listener")) {
                    add(element, "listener-class", named);
                } else if (element.is("filter")) {
                    add(element, "filter-class", named);
                } else if (element.is("servlet") && isLoadedAtStart(element)) {
                    add(element, "servlet-class", named);
                }
            }
            boolean complete = root.has("metadata-complete", "true");
            Map<String, String> values = new HashMap<>();
            parameters.forEach((name, all) -> {
                if (all.size() == 1) {
                    values.put(name, all.iterator().next());
                }
            });
            return new WebApplication(true, named, !complete, values);
        } catch (UnreadableSourceException e) {
            return NONE;
        }
    }

    /**
     * A web application with the classes that a library names: fragments count if annotations do, initializers always.
     *
     * @param isLibrary false for the classes of the web application itself
     */
    public static WebApplication with(ClassPathEntry entry, boolean isLibrary, WebApplication web) {
        Set<String> named = new LinkedHashSet<>(web.named());
        try {
            if (isLibrary && web.annotated()) {
                text(entry, FRAGMENT)
                        .ifPresent(fragment -> named.addAll(read(fragment).named()));
            }
            for (String file : INITIALIZERS) {
                text(entry, file).ifPresent(services -> addServices(services.text(), named));
            }
        } catch (IOException e) {
            // The search for its classes reports what cannot be read.
            return web;
        }
        return new WebApplication(web.deployed(), named, web.annotated(), web.parameters());
    }

    private static Optional<SourceFile> text(ClassPathEntry entry, String file) throws IOException {
        return entry.read(file, MAX_BYTES).map(bytes -> SourceFile.of(file, new String(bytes, StandardCharsets.UTF_8)));
    }

    /** Adds the classes in a file of {@link java.util.ServiceLoader}: one on each line, with comments after {@code #}. */
    private static void addServices(String text, Set<String> named) {
        text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(line -> named.add(line.replace('.', '/')));
    }

    private static void addParameter(XmlElement element, Map<String, Set<String>> parameters) {
        Optional<String> name = element.is("context-param") || element.is("init-param")
                ? text(element, "param-name")
                : Optional.empty();
        name.ifPresent(key -> parameters
                .computeIfAbsent(key, it -> new HashSet<>())
                .add(text(element, "param-value").orElse("")));
    }

    private static void add(XmlElement element, String key, Set<String> named) {
        text(element, key).map(name -> name.replace('.', '/')).ifPresent(named::add);
    }

    /** Whether the number is not negative; the server treats other texts as zero, or rejects them. */
    private static boolean isLoadedAtStart(XmlElement servlet) {
        return text(servlet, "load-on-startup")
                .filter(number -> !number.startsWith("-"))
                .isPresent();
    }

    private static Optional<String> text(XmlElement element, String key) {
        return element.childText(key).map(Value.Known::value);
    }
}
