// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.Optional;

/** The Logback configurations for inclusion in Spring Boot's jar, versions 2.0 to 4.0. */
final class SpringBootLogging {

    private static final String DIRECTORY = "org/springframework/boot/logging/logback/";

    private static final String FILE_APPENDER = """
            <included>
              <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
                <file>${LOG_FILE}</file>
                <rollingPolicy class="ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy">
                  <fileNamePattern>${LOGBACK_ROLLINGPOLICY_FILE_NAME_PATTERN:-${LOG_FILE}.%d.%i.gz}</fileNamePattern>
                </rollingPolicy>
              </appender>
            </included>
            """;

    /** It logs to a file whether or not {@code logging.file.*} is set. */
    private static final String BASE = """
            <included>
              <property name="LOG_FILE" value="${LOG_FILE:-${LOG_PATH:-${LOG_TEMP:-${java.io.tmpdir:-/tmp}}}/spring.log}"/>
              <include resource="org/springframework/boot/logging/logback/file-appender.xml"/>
              <root><appender-ref ref="FILE"/></root>
            </included>
            """;

    private SpringBootLogging() {}

    /** The part of a Spring Boot resource that writes files; empty if it writes none. */
    static Optional<SourceFile> included(String resource) {
        if (!resource.startsWith(DIRECTORY)) {
            return Optional.empty();
        }
        return switch (resource.substring(DIRECTORY.length())) {
            case "base.xml" -> Optional.of(SourceFile.of(resource, BASE));
            case "file-appender.xml", "structured-file-appender.xml" ->
                Optional.of(SourceFile.of(resource, FILE_APPENDER));
            default -> Optional.empty();
        };
    }

    /** Whether a resource is one of Spring Boot's that writes no file, such as {@code defaults.xml}. */
    static boolean isHarmless(String resource) {
        return resource.startsWith(DIRECTORY) && included(resource).isEmpty();
    }
}
