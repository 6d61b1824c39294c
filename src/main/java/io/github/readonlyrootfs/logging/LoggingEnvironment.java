// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a logging configuration.
 *
 * @param spring the settings of a Spring Boot application; empty for other applications
 * @param logbackVersion the version of Logback on the class path, if known
 * @param log4jVersion the version of Log4j's core on the class path, if known
 * @param logbackScripts whether Logback evaluates conditions in Java; if not, it takes neither branch
 * @param files the files of the container
 */
public record LoggingEnvironment(
        Launch launch,
        Optional<ApplicationConfiguration> spring,
        Optional<String> logbackVersion,
        Optional<String> log4jVersion,
        Truth logbackScripts,
        ContainerFiles files) {

    private static final String LOGGING_SYSTEM = "org.springframework.boot.logging.LoggingSystem";

    /** The system properties that Spring Boot sets before it configures logging, with their keys. */
    private static final Map<String, String> SET_BY_SPRING_BOOT = Map.of(
            "LOG_PATH", "logging.file.path",
            "LOGBACK_ROLLINGPOLICY_FILE_NAME_PATTERN", "logging.logback.rollingpolicy.file-name-pattern",
            "ROLLING_FILE_NAME_PATTERN", "logging.pattern.rolling-file-name",
            "APPLICATION_NAME", "spring.application.name");

    LoggingEnvironment withoutSpring() {
        return new LoggingEnvironment(launch, Optional.empty(), logbackVersion, log4jVersion, logbackScripts, files);
    }

    /** Whether Logback is older than 1.3: it opens the files of all appenders, and reads Groovy. */
    Truth isLogbackBefore13() {
        if (logbackVersion.isEmpty()) {
            return Truth.UNKNOWN;
        }
        String version = logbackVersion.get();
        return Truth.of(version.startsWith("0.")
                || version.startsWith("1.0.")
                || version.startsWith("1.1.")
                || version.startsWith("1.2."));
    }

    /** Whether Logback ignores an appender whose file an earlier one has, as from 1.5.23 on. */
    boolean logbackRefusesCollisions() {
        return logbackVersion
                .filter(it -> it.matches(
                        "1\\.5\\.(2[3-9]|[3-9]\\d|\\d{3,})(\\D.*)?|1\\.([6-9]|\\d{2,})\\..*|([2-9]|\\d{2,})\\..*"))
                .isPresent();
    }

    /** This environment without Spring Boot if its logging is switched off: then the libraries configure themselves. */
    LoggingEnvironment effective() {
        boolean leftAlone = launch.property(LOGGING_SYSTEM).known().orElse("").equals("none");
        return leftAlone ? withoutSpring() : this;
    }

    /** Whether it is Log4j 3, which has another setting for its configuration. */
    boolean hasLog4j3() {
        return log4jVersion.filter(version -> version.startsWith("3.")).isPresent();
    }

    Value<String> systemProperty(String name) {
        return property(name).or(Setting.unset(name, launch.incomplete()));
    }

    Value<String> variable(String name) {
        return launch.variable(name).or(Setting.unset(name, launch.incomplete()));
    }

    /** A system property, or else an environment variable. */
    Value<String> propertyOrVariable(String name) {
        return property(name).or(variable(name));
    }

    private Value<String> property(String name) {
        return launch.property(name)
                .or(spring.map(settings -> setBySpringBoot(name, settings)).orElse(Value.absent()));
    }

    private static Value<String> setBySpringBoot(String name, ApplicationConfiguration settings) {
        if (name.equals("LOG_FILE")) {
            Value<String> file = settings.value("logging.file.name");
            return file.isAbsent() ? fileIn(settings.value("logging.file.path")) : file;
        }
        String key = SET_BY_SPRING_BOOT.get(name);
        return key == null ? Value.absent() : settings.value(key);
    }

    private static Value<String> fileIn(Value<String> directory) {
        return directory instanceof Value.Known<String> known
                ? new Value.Known<>(known.value() + "/spring.log", known.location())
                : directory;
    }
}
