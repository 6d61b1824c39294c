// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.logging.LogbackReader.Scope;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The appenders of a Logback configuration. Logback before 1.3 opens the files of all appenders; later versions only of those that a
 * logger refers to (measured with 1.2.13, 1.3.15 and 1.5.18). All versions create missing directories.
 */
final class LogbackAppenders {

    private static final Set<String> FILE_APPENDERS = Set.of("FileAppender", "RollingFileAppender");

    private final LogbackProperties properties;
    private final Truth opensAll;
    private final boolean refusesCollisions;
    private final boolean boot;
    private final List<Appender> appenders = new ArrayList<>();

    /** By the name of an appender, the condition under which a logger refers to it; the weakest one counts. */
    private final Map<String, Optional<String>> references = new HashMap<>();

    private boolean unknownReference;

    /** @param ignored whether Logback never creates it, but reserves its file */
    private record Appender(XmlElement element, Scope scope, boolean ignored) {

        String name() {
            return element.attributeText("name").orElse("");
        }
    }

    LogbackAppenders(LogbackProperties properties, LoggingEnvironment environment) {
        this.properties = properties;
        this.opensAll = environment.isLogbackBefore13();
        this.refusesCollisions = environment.logbackRefusesCollisions();
        this.boot = environment.spring().isPresent();
    }

    void add(XmlElement element, Scope scope) {
        appenders.add(new Appender(element, scope, false));
    }

    /** Adds the appenders in an element that Logback does not know, which are never opened. */
    void addIgnored(XmlElement parent, Scope scope) {
        for (XmlElement child : parent.children()) {
            if (child.is("appender")) {
                appenders.add(new Appender(child, scope, true));
            } else {
                addIgnored(child, scope);
            }
        }
    }

    /**
     * Adds the references in a logger or an appender, which count at any depth and despite conditions between; Logback without Spring
     * Boot ignores those in Spring Boot's elements.
     */
    void addReferences(XmlElement element, Scope scope) {
        for (XmlElement child : element.children()) {
            if (child.is("appender-ref")) {
                Optional<String> name = child.attribute("ref")
                        .flatMap(ref -> properties.resolve(ref.value(), scope).whole());
                unknownReference |= name.isEmpty();
                name.ifPresent(it -> refer(it, scope.condition()));
            } else if (boot || !child.is("springProfile")) {
                addReferences(child, scope);
            }
        }
    }

    private void refer(String name, Optional<String> condition) {
        if (!references.containsKey(name) || condition.isEmpty()) {
            references.put(name, condition);
        }
    }

    /** The files of the appenders, with all properties defined. */
    List<LogFile> files() {
        for (Appender appender : appenders) {
            if (!appender.ignored()) {
                addReferences(appender.element(), appender.scope());
            }
        }
        List<LogFile> files = new ArrayList<>();
        Map<String, String> first = new HashMap<>();
        Map<String, String> firstPattern = new HashMap<>();
        for (Appender appender : appenders) {
            boolean collides = refusesCollisions
                    && (collides(appender, file(appender.element()), first)
                            || collides(appender, pattern(appender.element()), firstPattern));
            if (!collides && !appender.ignored()) {
                Optional<Optional<String>> condition = condition(appender);
                condition.ifPresent(it -> addFiles(appender, it, files));
            }
        }
        return files;
    }

    /** Whether an earlier appender that certainly exists, even an unopened one, names the same file. */
    private boolean collides(Appender appender, Optional<Value.Known<String>> named, Map<String, String> first) {
        boolean certain =
                appender.scope().condition().isEmpty() && FILE_APPENDERS.contains(simpleName(appender.element()));
        Optional<String> text = certain
                ? named.flatMap(
                        it -> properties.resolve(it.value(), Optional.empty()).whole())
                : Optional.empty();
        if (text.isEmpty() || first.containsValue(text.get())) {
            return text.isPresent();
        }
        first.put(appender.name(), text.get());
        return false;
    }

    private static Optional<Value.Known<String>> file(XmlElement element) {
        return element.childText("file");
    }

    private static Optional<Value.Known<String>> pattern(XmlElement element) {
        return element.children("rollingPolicy")
                .flatMap(policy -> policy.childText("fileNamePattern").stream())
                .findFirst();
    }

    /** The condition under which an appender is opened, if any; empty if it is never opened. */
    private Optional<Optional<String>> condition(Appender appender) {
        Optional<String> own = appender.scope().condition();
        Optional<String> reference = references.get(appender.name());
        if (opensAll.isTrue() || reference != null) {
            return Optional.of(opensAll.isTrue() ? own : own.or(() -> reference));
        }
        if (unknownReference) {
            return Optional.of(own.or(() -> Optional.of("a logger refers to it")));
        }
        // Nothing refers to it, and whether this version opens it anyway may be unknown.
        return opensAll.isFalse()
                ? Optional.empty()
                : Optional.of(Optional.of("Logback is older than 1.3, for no logger refers to it"));
    }

    private void addFiles(Appender appender, Optional<String> condition, List<LogFile> files) {
        XmlElement element = appender.element();
        String type = simpleName(element);
        if (type.endsWith("SiftingAppender")) {
            sifted(appender, condition, files);
        } else if (type.endsWith("FileAppender")) {
            addFiles(element, appender.scope(), condition, Moment.START, files);
        }
    }

    private String simpleName(XmlElement element) {
        String name = element.attribute("class")
                .map(it -> properties.resolve(it.value(), Optional.empty()).text())
                .orElse("");
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    /** Adds the files of appenders that are created for each value of a discriminator. */
    private void sifted(Appender sifting, Optional<String> condition, List<LogFile> files) {
        sifting.element()
                .children("discriminator")
                .flatMap(discriminator -> discriminator.childText("key").stream())
                .forEach(
                        key -> properties.define(key.value(), ResolvedText.known(String.valueOf(ResolvedText.VARIES))));
        sifting.element()
                .children("sift")
                .flatMap(sift -> sift.children("appender"))
                .filter(appender -> simpleName(appender).endsWith("FileAppender"))
                .forEach(appender -> addFiles(appender, sifting.scope(), condition, Moment.LATER, files));
    }

    private void addFiles(
            XmlElement element, Scope scope, Optional<String> condition, Moment moment, List<LogFile> files) {
        String writer = "appender " + element.attributeText("name").orElse("without name");
        Optional<Value.Known<String>> file = file(element);
        Optional<Value.Known<String>> pattern = pattern(element);
        file.ifPresent(it -> {
            Function<Optional<String>, ResolvedText> path = under -> properties.resolve(it.value(), under);
            add(new LogFile(writer, path.apply(condition), scope.place(it.location()), moment, condition), path, files);
        });
        pattern.ifPresent(it -> {
            Function<Optional<String>, ResolvedText> path =
                    under -> FilePattern.path(properties.resolve(it.value(), under));
            Moment rolls = file.isPresent() ? Moment.LATER : moment;
            add(new LogFile(writer, path.apply(condition), scope.place(it.location()), rolls, condition), path, files);
        });
    }

    /** Adds a file, and its other paths under assumed conditions. */
    private void add(LogFile file, Function<Optional<String>, ResolvedText> path, List<LogFile> files) {
        files.add(file);
        for (String assumption : file.condition().isEmpty() ? properties.assumptions() : List.<String>of()) {
            ResolvedText other = path.apply(Optional.of(assumption));
            if (!other.equals(file.path())) {
                files.add(new LogFile(file.writer(), other, file.location(), file.moment(), Optional.of(assumption)));
            }
        }
    }
}
