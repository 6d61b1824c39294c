// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.logging.LoggingConfiguration;
import io.github.readonlyrootfs.logging.LoggingConfigurations;
import io.github.readonlyrootfs.logging.LoggingEnvironment;
import io.github.readonlyrootfs.logging.LoggingLibrary;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Framework;
import io.github.readonlyrootfs.need.ImageFiles;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.need.project.VersionRange;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The logging libraries of an application and their configurations. */
public record ApplicationLogging(ContainerContext container) {

    private static final LibraryPattern LOGBACK = LibraryPattern.parse("ch.qos.logback:logback-classic");
    private static final LibraryPattern LOG4J = LibraryPattern.parse("org.apache.logging.log4j:log4j-core");

    private static final String JDKS_FILE = "java.util.logging.config.file";

    private static final Map<LoggingLibrary, LibraryPattern> LIBRARIES = Map.of(
            LoggingLibrary.LOGBACK,
            LOGBACK,
            LoggingLibrary.LOG4J2,
            LOG4J,
            LoggingLibrary.LOG4J1,
            LibraryPattern.parse("log4j:log4j | ch.qos.reload4j:reload4j"),
            LoggingLibrary.TINYLOG,
            LibraryPattern.parse("org.tinylog:tinylog-impl | org.tinylog:tinylog"));

    public List<LoggingConfiguration> configurations() {
        LoggingEnvironment environment = new LoggingEnvironment(
                launch(),
                isSpringBoot() ? Optional.of(container.application().settings().configuration()) : Optional.empty(),
                version(LOGBACK),
                version(LOG4J),
                logbackScripts(),
                new ImageFiles(container));
        return LoggingConfigurations.find(container.application().modules().resources(), environment, libraries());
    }

    /** The launch; Micronaut passes a setting of its own to Logback, and code a file to the JDK's logging. */
    private Launch launch() {
        Launch launch = container.application().settings().launch();
        if (container.application().settings().isOn(Framework.MICRONAUT)) {
            launch = launch.withProperty(
                    "logback.configurationFile",
                    container.application().settings().configuration().value("logger.config"));
        }
        return container.application().code().mentions("java.util.logging.LogManager.readConfiguration*")
                        && launch.property(JDKS_FILE).isAbsent()
                ? launch.withProperty(JDKS_FILE, read())
                : launch;
    }

    /** The configuration of the JDK's logging that code reads: the only resource that has its usual name. */
    private Value<String> read() {
        Location location = container.definition().metadata().nameLocation();
        List<String> usual = container.application().modules().resources().names("").stream()
                .filter(name -> name.matches("logging.*\\.properties"))
                .toList();
        return usual.size() == 1
                ? new Value.Known<>("classpath:" + usual.get(0), location)
                : new Value.Unknown<>("the code reads it", location);
    }

    boolean isSpringBoot() {
        return container.application().settings().isOn(Framework.SPRING_BOOT);
    }

    /** The libraries on the class path; if dependencies are missing, the ones that may be on it. */
    private Set<LoggingLibrary> libraries() {
        Libraries present = runtimeLibraries();
        Set<LoggingLibrary> found = EnumSet.noneOf(LoggingLibrary.class);
        for (Map.Entry<LoggingLibrary, LibraryPattern> library : LIBRARIES.entrySet()) {
            if (present.has(library.getValue())) {
                found.add(library.getKey());
            }
        }
        if (found.isEmpty()
                && !container.application().dependencies().unresolved().isEmpty()) {
            found.addAll(LIBRARIES.keySet());
        }
        // Spring Boot redirects the JDK's logging to one of these if it is present.
        boolean handedOver =
                isSpringBoot() && (found.contains(LoggingLibrary.LOGBACK) || found.contains(LoggingLibrary.LOG4J2));
        if (!handedOver) {
            found.add(LoggingLibrary.JAVA_UTIL_LOGGING);
        }
        return found;
    }

    private Optional<String> version(LibraryPattern asked) {
        Optional<Dependency> library = runtimeLibraries().find(asked);
        String version = library.isPresent() ? library.get().coordinates().version() : "";
        return version.isEmpty() ? Optional.empty() : Optional.of(version);
    }

    /** Whether Logback evaluates conditions in Java, which needs Janino and a version before 1.5.37. */
    private Truth logbackScripts() {
        Optional<String> logback = version(LOGBACK);
        Truth early =
                logback.isPresent() ? Truth.of(VersionRange.parse("(,1.5.37)").contains(logback.get())) : Truth.UNKNOWN;
        Truth compiler = runtimeLibraries().has(LibraryPattern.parse("org.codehaus.janino:janino"))
                ? Truth.TRUE
                : container.application().dependencies().unresolved().isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
        return early.and(compiler);
    }

    private Libraries runtimeLibraries() {
        List<Dependency> libraries = new ArrayList<>();
        for (Dependency dependency : container.application().dependencies().resolved()) {
            if (dependency.isAtRunTime()) {
                libraries.add(dependency);
            }
        }
        return new Libraries(libraries);
    }
}
