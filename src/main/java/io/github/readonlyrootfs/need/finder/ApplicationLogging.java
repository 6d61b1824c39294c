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
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The logging libraries of an application, and its configurations for them. */
public record ApplicationLogging(ContainerContext container) {

    private static final LibraryPattern LOGBACK = LibraryPattern.parse("ch.qos.logback:logback-classic");
    private static final LibraryPattern LOG4J = LibraryPattern.parse("org.apache.logging.log4j:log4j-core");

    private static final Map<LoggingLibrary, LibraryPattern> LIBRARIES = Map.of(
            LoggingLibrary.LOGBACK,
            LOGBACK,
            LoggingLibrary.LOG4J2,
            LOG4J,
            LoggingLibrary.LOG4J1,
            LibraryPattern.parse("log4j:log4j | ch.qos.reload4j:reload4j"),
            LoggingLibrary.TINYLOG,
            LibraryPattern.parse("org.tinylog:tinylog-impl"),
            LoggingLibrary.TINYLOG1,
            LibraryPattern.parse("org.tinylog:tinylog"));

    public List<LoggingConfiguration> configurations() {
        LoggingEnvironment environment = new LoggingEnvironment(
                launch(),
                isSpringBoot() ? Optional.of(container.settings().configuration()) : Optional.empty(),
                version(LOGBACK),
                version(LOG4J),
                logbackScripts(),
                new ImageFiles(container));
        return LoggingConfigurations.find(container.modules().resources(), environment, libraries());
    }

    /** Micronaut hands its own setting on to Logback. */
    private Launch launch() {
        Launch launch = container.settings().launch();
        return container.settings().isOn(Framework.MICRONAUT)
                ? launch.withProperty(
                        "logback.configurationFile",
                        container.settings().configuration().value("logger.config"))
                : launch;
    }

    boolean isSpringBoot() {
        return container.settings().isOn(Framework.SPRING_BOOT);
    }

    /** Those that are on the class path; where dependencies are missing, those that may be. */
    private Set<LoggingLibrary> libraries() {
        Libraries present = runtimeLibraries();
        Set<LoggingLibrary> found = EnumSet.noneOf(LoggingLibrary.class);
        for (Map.Entry<LoggingLibrary, LibraryPattern> library : LIBRARIES.entrySet()) {
            if (present.has(library.getValue())) {
                found.add(library.getKey());
            }
        }
        if (found.isEmpty() && !container.dependencies().unresolved().isEmpty()) {
            found.addAll(LIBRARIES.keySet());
        }
        // Spring Boot hands the JDK's logging over to one of these where it can.
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

    /** From 1.5.37 on, Logback has Janino compile no conditions. */
    private Truth logbackScripts() {
        Truth early = Truth.of(version(LOGBACK), VersionRange.parse("(,1.5.37)")::contains);
        Truth compiler = runtimeLibraries().has(LibraryPattern.parse("org.codehaus.janino:janino"))
                ? Truth.TRUE
                : container.dependencies().unresolved().isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
        return early.and(compiler);
    }

    private Libraries runtimeLibraries() {
        List<Dependency> libraries = new ArrayList<>();
        for (Dependency dependency : container.dependencies().resolved()) {
            if (dependency.isAtRunTime()) {
                libraries.add(dependency);
            }
        }
        return new Libraries(libraries);
    }
}
