// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.file.Resources;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the logging configurations of an application. */
public final class LoggingConfigurations {

    private static final String UNREAD = "the files that this configuration writes are unknown";
    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";
    private static final String OPTIONAL = "optional:";

    /** The names of Logback's configuration, in Spring Boot's order. */
    private static final List<String> LOGBACK_IN_SPRING_BOOT =
            List.of("logback-test.groovy", "logback-test.xml", "logback.groovy", "logback.xml");

    private static final List<String> LOG4J2 = List.of(
            "log4j2-test.properties",
            "log4j2-test.yaml",
            "log4j2-test.yml",
            "log4j2-test.json",
            "log4j2-test.jsn",
            "log4j2-test.xml",
            "log4j2.properties",
            "log4j2.yaml",
            "log4j2.yml",
            "log4j2.json",
            "log4j2.jsn",
            "log4j2.xml");

    private static final Pattern URL = Pattern.compile("(?i)(file|https?|jar):");

    private final Resources resources;
    private final LoggingEnvironment environment;

    private LoggingConfigurations(Resources resources, LoggingEnvironment environment) {
        this.resources = resources;
        this.environment = environment;
    }

    /**
     * The configurations of an application.
     *
     * @param libraries that are, or may be, on the class path
     */
    public static List<LoggingConfiguration> find(
            Resources resources, LoggingEnvironment given, Set<LoggingLibrary> libraries) {
        LoggingEnvironment environment = given.effective();
        LoggingConfigurations finder = new LoggingConfigurations(resources, environment);
        List<LoggingConfiguration> found = new ArrayList<>(finder.find(libraries));
        if (environment.spring().isPresent() && libraries.contains(LoggingLibrary.LOGBACK)) {
            found.addAll(finder.early(found));
        }
        return found;
    }

    private List<LoggingConfiguration> find(Set<LoggingLibrary> libraries) {
        Value<String> springs = springs();
        if (!springs.isAbsent()) {
            return named(springBoots(springs.known().orElse(""), libraries), springs);
        }
        List<LoggingConfiguration> found = new ArrayList<>();
        for (LoggingLibrary library : LoggingLibrary.values()) {
            if (libraries.contains(library)) {
                found.addAll(find(library));
            }
        }
        return found;
    }

    /** The configuration that Spring Boot's setting names; Spring Boot ignores a value that is a misplaced option. */
    private Value<String> springs() {
        Value<String> springs = spring("logging.config");
        boolean astray = springs instanceof Value.Known<String> known
                && (known.value().isBlank() || known.value().strip().startsWith("-D"));
        return astray ? Value.absent() : springs;
    }

    private Value<String> spring(String key) {
        return environment.spring().isPresent() ? environment.spring().get().value(key) : Value.absent();
    }

    /**
     * The configurations that Logback reads before Spring Boot configures it, without Spring Boot's properties. Spring Boot ignores
     * a failure there only if it has nothing to configure Logback with, or makes Logback read its own file again (measured with
     * 2.7.18, 3.5.8 and 4.0.7).
     */
    private List<LoggingConfiguration> early(List<LoggingConfiguration> later) {
        List<LoggingConfiguration> first =
                new LoggingConfigurations(resources, environment.withoutSpring()).find(LoggingLibrary.LOGBACK);
        if (first.isEmpty()) {
            return first;
        }
        boolean again = LOGBACK_IN_SPRING_BOOT.stream().anyMatch(this::isThere);
        boolean remembers = !springs().isAbsent()
                || (again
                        ? Stream.of("logging.file.name", "logging.file.path").anyMatch(this::isSet)
                        : withSpring(LOGBACK_IN_SPRING_BOOT).stream().anyMatch(this::isThere));
        return first.stream()
                .map(configuration -> configuration.before(later, !remembers))
                .filter(configuration -> !configuration.files().areNone())
                .toList();
    }

    private boolean isSet(String key) {
        Value<String> value = spring(key);
        return !value.isAbsent() && value.known().filter(String::isEmpty).isEmpty();
    }

    private boolean isThere(String name) {
        try {
            return resources.read(name).isPresent();
        } catch (UnreadableSourceException e) {
            return true;
        }
    }

    /** The library that Spring Boot configures with a file: the first present one of Logback, Log4j 2 and the JDK's. */
    private static LoggingLibrary springBoots(String file, Set<LoggingLibrary> libraries) {
        if (file.contains("log4j") && libraries.contains(LoggingLibrary.LOG4J2)) {
            return LoggingLibrary.LOG4J2;
        }
        return Stream.of(LoggingLibrary.LOGBACK, LoggingLibrary.LOG4J2)
                .filter(libraries::contains)
                .findFirst()
                .orElse(LoggingLibrary.JAVA_UTIL_LOGGING);
    }

    private List<LoggingConfiguration> find(LoggingLibrary library) {
        for (String property : properties(library)) {
            Value<String> value = environment.launch().property(property);
            if (!value.isAbsent() && !(library == LoggingLibrary.LOGBACK && isPassedOver(value))) {
                return named(library, value);
            }
        }
        Value<String> log4js = library == LoggingLibrary.LOG4J2 ? log4js() : Value.absent();
        if (!log4js.isAbsent()) {
            return named(library, log4js);
        }
        for (String name : names(library)) {
            try {
                Optional<SourceFile> source = resources.read(name);
                if (source.isPresent()) {
                    return List.of(read(library, List.of(new Named(CLASS_PATH + name, source.get())), List.of()));
                }
            } catch (UnreadableSourceException e) {
                return List.of(unreadable(library, e.problem()));
            }
        }
        return library == LoggingLibrary.TINYLOG ? tinylogs() : List.of();
    }

    /** tinylog 1 reads a file in the working directory, and each tinylog takes writers from system properties alone. */
    private List<LoggingConfiguration> tinylogs() {
        for (String name : names(LoggingLibrary.TINYLOG)) {
            Optional<SourceFile> beside = environment.files().read(name);
            if (beside.isPresent()) {
                return List.of(read(LoggingLibrary.TINYLOG, List.of(new Named(name, beside.get())), List.of()));
            }
        }
        return environment.launch().systemProperties().entrySet().stream()
                .filter(property -> property.getKey().startsWith("tinylog.writer"))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(property -> property.getValue().where().stream())
                .limit(1)
                .map(location -> unreadable(LoggingLibrary.TINYLOG, unread(location, UNREAD)))
                .toList();
    }

    /** Whether Logback ignores a setting and uses its default names, because the value is neither a file nor a URL. */
    private boolean isPassedOver(Value<String> setting) {
        return setting.known()
                .filter(name -> !URL.matcher(name).lookingAt())
                .filter(name -> name.startsWith(CLASS_PATH)
                        || (!isThere(name) && environment.files().exists(name).isFalse()))
                .isPresent();
    }

    /** The configuration that the environment names, or else Log4j 2's own properties files, of which the last one wins. */
    private Value<String> log4js() {
        String name = environment.hasLog4j3() ? "LOG4J_CONFIGURATION_LOCATION" : "LOG4J_CONFIGURATION_FILE";
        Value<String> variable = environment.launch().variable(name);
        if (!variable.isAbsent()) {
            return variable;
        }
        Map<String, Value<String>> components = new HashMap<>();
        try {
            for (Resources entry : resources.entries()) {
                Optional<SourceFile> file = entry.read("log4j2.component.properties");
                for (Property property : file.isEmpty() ? List.<Property>of() : PropertiesReader.read(file.get())) {
                    components.put(property.key(), property.known());
                }
            }
        } catch (UnreadableSourceException e) {
            return new Value.Unknown<>(e.problem().message(), e.problem().location());
        }
        for (String property : properties(LoggingLibrary.LOG4J2)) {
            if (components.containsKey(property)) {
                return components.get(property);
            }
        }
        return Value.absent();
    }

    /** The system properties that name a library's configuration. */
    private List<String> properties(LoggingLibrary library) {
        return switch (library) {
            // Spring Boot ignores it with a warning; only the early configuration uses it.
            case LOGBACK -> environment.spring().isPresent() ? List.of() : List.of("logback.configurationFile");
            case LOG4J2 ->
                environment.hasLog4j3()
                        ? List.of("log4j.configuration.location")
                        : List.of("log4j2.configurationFile", "log4j.configurationFile");
            case LOG4J1 -> List.of("log4j.configuration");
            case TINYLOG -> List.of("tinylog.configuration");
            case JAVA_UTIL_LOGGING -> List.of("java.util.logging.config.file");
        };
    }

    /** The names of a library's configuration among the resources, the preferred one first. */
    private List<String> names(LoggingLibrary library) {
        return switch (library) {
            case LOGBACK -> environment.spring().isPresent() ? withSpring(LOGBACK_IN_SPRING_BOOT) : logbacks();
            case LOG4J2 -> withSpring(LOG4J2);
            case LOG4J1 -> List.of("log4j.xml", "log4j.properties");
            case TINYLOG -> List.of("tinylog-dev.properties", "tinylog-test.properties", "tinylog.properties");
            // The JDK by itself does not search the resources.
            case JAVA_UTIL_LOGGING ->
                environment.spring().isPresent() ? withSpring(List.of("logging.properties")) : List.of();
        };
    }

    private List<String> logbacks() {
        return environment.isLogbackBefore13().isFalse()
                ? List.of("logback-test.xml", "logback.xml")
                : List.of("logback-test.xml", "logback.groovy", "logback.xml");
    }

    /** Spring Boot tries the library's own names first. */
    private List<String> withSpring(List<String> names) {
        if (environment.spring().isEmpty()) {
            return names;
        }
        List<String> all = new ArrayList<>(names);
        for (String name : names) {
            all.add(name.replace(".", "-spring."));
        }
        return all;
    }

    /** The configuration that a setting names: one file, or several with commas for Log4j 2. */
    private List<LoggingConfiguration> named(LoggingLibrary library, Value<String> setting) {
        if (setting instanceof Value.Unknown<String> unknown) {
            String message = "which configuration " + library.title() + " reads is not known: " + unknown.reason();
            return List.of(unreadable(library, unread(unknown.location(), message)));
        }
        Value.Known<String> known = (Value.Known<String>) setting;
        List<Named> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : known.value().split(library == LoggingLibrary.LOG4J2 ? "," : "\0", -1)) {
            add(library, name.strip(), known.location(), files, problems);
        }
        return List.of(read(library, files, problems));
    }

    private void add(
            LoggingLibrary library, String name, Location location, List<Named> files, List<Problem> problems) {
        try {
            Optional<SourceFile> source = source(library, name);
            source.ifPresent(file -> files.add(new Named(name, file)));
            if (source.isEmpty()) {
                problems.add(unread(
                        location,
                        "this names a configuration of " + library.title() + " that is not in the project: the"
                                + " files that it writes are unknown"));
            }
        } catch (UnreadableSourceException e) {
            problems.add(e.problem());
        }
    }

    private record Named(String name, SourceFile source) {}

    private Optional<SourceFile> source(LoggingLibrary library, String name) throws UnreadableSourceException {
        if (name.startsWith(CLASS_PATH)) {
            return resources.read(name.substring(CLASS_PATH.length()).replaceFirst("^/", ""));
        }
        if (name.startsWith(FILE)) {
            return environment.files().read(name.substring(FILE.length()).replaceFirst("^//", ""));
        }
        Optional<SourceFile> file = environment.files().read(name);
        // Only in Spring Boot such a name certainly is not a resource.
        if (environment.spring().isPresent()) {
            return file;
        }
        Optional<SourceFile> resource = resources.read(name);
        return library == LoggingLibrary.LOG4J2 ? file.or(() -> resource) : resource.or(() -> file);
    }

    private LoggingConfiguration read(LoggingLibrary library, List<Named> files, List<Problem> problems) {
        List<Problem> all = new ArrayList<>(problems);
        List<Named> parts = new ArrayList<>(files);
        if (library == LoggingLibrary.LOG4J2) {
            addOverrides(parts, all);
        }
        if (parts.isEmpty()) {
            return configuration(library, Optional.empty(), new LoggingOutput(List.of(), all));
        }
        SourceFile source = parts.get(0).source();
        LoggingOutput read = isReadable(library, source)
                ? switch (library) {
                    case LOGBACK -> LogbackReader.read(source, resources, environment);
                    case LOG4J2 ->
                        Log4j2Reader.read(parts.stream().map(this::part).toList(), environment);
                    default -> JavaUtilLoggingReader.read(source, environment);
                }
                : new LoggingOutput(List.of(), List.of(unread(Location.of(source.name()), UNREAD)));
        all.addAll(read.problems());
        return configuration(library, Optional.of(source), new LoggingOutput(read.files(), all));
    }

    /** Whether a file can be read: not Groovy, nor the properties of Log4j 3, which is a beta version (3.0.0-beta3). */
    private boolean isReadable(LoggingLibrary library, SourceFile source) {
        boolean ofLog4j3 = library == LoggingLibrary.LOG4J2 && environment.hasLog4j3();
        return library.isRead()
                && !source.name().endsWith(".groovy")
                && !(ofLog4j3 && source.name().endsWith(".properties"));
    }

    /** Adds the files with which Spring Boot overrides Log4j 2's configuration. */
    private void addOverrides(List<Named> parts, List<Problem> problems) {
        Value<List<String>> overrides = environment
                .spring()
                .map(spring -> spring.values("logging.log4j2.config.override"))
                .orElse(Value.absent());
        Location location = overrides.where().orElse(Location.of(""));
        if (overrides instanceof Value.Unknown<List<String>> unknown) {
            problems.add(
                    unread(location, "the files that override the configuration are unknown: " + unknown.reason()));
        }
        for (String name : overrides.known().orElse(List.of())) {
            boolean optional = name.startsWith(OPTIONAL);
            List<Problem> missing = new ArrayList<>();
            String place = optional ? name.substring(OPTIONAL.length()) : name;
            add(LoggingLibrary.LOG4J2, place, location, parts, missing);
            problems.addAll(optional && place.startsWith(CLASS_PATH) ? List.of() : missing);
        }
    }

    private Log4j2Reader.Part part(Named file) {
        int end = Math.max(file.name().lastIndexOf('/'), file.name().lastIndexOf(':'));
        String directory = file.name().substring(0, end + 1);
        return new Log4j2Reader.Part(file.source(), name -> {
            try {
                return source(
                        LoggingLibrary.LOG4J2, name.startsWith(FILE) || name.startsWith("/") ? name : directory + name);
            } catch (UnreadableSourceException e) {
                return Optional.empty();
            }
        });
    }

    private static Problem unread(Location location, String message) {
        return new Problem(location, message, "declare what it writes in <writablePaths>");
    }

    private LoggingConfiguration unreadable(LoggingLibrary library, Problem problem) {
        return configuration(library, Optional.empty(), new LoggingOutput(List.of(), List.of(problem)));
    }

    /** Spring Boot does not start if Logback cannot open a file; other libraries, and Logback by itself, continue. */
    private LoggingConfiguration configuration(
            LoggingLibrary library, Optional<SourceFile> source, LoggingOutput files) {
        boolean required =
                library == LoggingLibrary.LOGBACK && environment.spring().isPresent();
        return new LoggingConfiguration(library, source, files, false, required);
    }
}
