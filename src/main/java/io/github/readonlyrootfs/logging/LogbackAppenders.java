// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.logging.LogbackReader.Scope;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
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

    /** By the name of an appender, where a logger refers to it; the place with the weakest condition counts. */
    private final Map<String, Scope> references = new HashMap<>();

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
                        .flatMap(ref -> properties.resolve(ref.value(), scope).known());
                unknownReference |= name.isEmpty();
                name.ifPresent(it -> refer(it, scope));
            } else if (boot || !child.is("springProfile")) {
                addReferences(child, scope);
            }
        }
    }

    private void refer(String name, Scope scope) {
        Scope before = references.get(name);
        boolean weaker = before == null
                || scope.condition().isEmpty()
                || (scope.undecided() && before.condition().isPresent());
        if (weaker) {
            references.put(name, scope);
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
                opened(appender).ifPresent(scope -> addFiles(appender.element(), scope, files));
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
                        it -> properties.resolve(it.value(), Optional.empty()).known())
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

    /** The scope in which an appender is opened; empty if it is never opened. */
    private Optional<Scope> opened(Appender appender) {
        Scope own = appender.scope();
        Scope reference = references.get(appender.name());
        if (opensAll.isTrue()) {
            return Optional.of(own);
        }
        if (reference != null) {
            return Optional.of(own.usedIn(reference));
        }
        String condition =
                unknownReference ? "a logger refers to it" : "Logback is older than 1.3, for no logger refers to it";
        // Whether this version opens an appender anyway that nothing refers to may be unknown.
        return !unknownReference && opensAll.isFalse()
                ? Optional.empty()
                : Optional.of(own.usedIn(Scope.OUTERMOST.under(condition)));
    }

    private void addFiles(XmlElement element, Scope scope, List<LogFile> files) {
        String type = simpleName(element);
        if (type.endsWith("SiftingAppender")) {
            sifted(element, scope, files);
        } else if (type.endsWith("FileAppender")) {
            addFiles(element, scope, Moment.START, files);
        }
    }

    private String simpleName(XmlElement element) {
        String name = element.attribute("class")
                .map(it -> properties.resolve(it.value(), Optional.empty()).raw())
                .orElse("");
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    /** Adds the files of appenders that are created for each value of a discriminator. */
    private void sifted(XmlElement sifting, Scope scope, List<LogFile> files) {
        sifting.children("discriminator")
                .flatMap(discriminator -> discriminator.childText("key").stream())
                .forEach(key -> properties.define(key.value(), Text.VARYING));
        sifting.children("sift")
                .flatMap(sift -> sift.children("appender"))
                .filter(appender -> simpleName(appender).endsWith("FileAppender"))
                .forEach(appender -> addFiles(appender, scope, Moment.LATER, files));
    }

    private void addFiles(XmlElement element, Scope scope, Moment moment, List<LogFile> files) {
        Optional<Value.Known<String>> file = file(element);
        file.ifPresent(it -> add(element, it, scope, moment, under -> properties.resolve(it.value(), under), files));
        Moment rolls = file.isPresent() ? Moment.LATER : moment;
        pattern(element)
                .ifPresent(it -> add(
                        element,
                        it,
                        scope,
                        rolls,
                        under -> FilePattern.path(properties.resolve(it.value(), under)),
                        files));
    }

    /** Adds a file, and its other paths under assumed conditions. */
    private void add(
            XmlElement element,
            Value.Known<String> named,
            Scope scope,
            Moment moment,
            Function<Optional<String>, Text> path,
            List<LogFile> files) {
        String writer = "appender " + element.attributeText("name").orElse("without name");
        Optional<String> condition = scope.condition();
        Text usual = path.apply(condition);
        Location location = scope.place(named.location());
        files.add(new LogFile(writer, usual, location, moment, condition, scope.undecided()));
        for (String assumption : condition.isEmpty() ? properties.assumptions() : List.<String>of()) {
            Text other = path.apply(Optional.of(assumption));
            if (!other.equals(usual)) {
                files.add(new LogFile(writer, other, location, moment, Optional.of(assumption)));
            }
        }
    }
}
