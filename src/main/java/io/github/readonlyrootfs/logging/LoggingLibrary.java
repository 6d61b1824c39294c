// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

/** A library that writes logs to files. */
public enum LoggingLibrary {
    LOGBACK("Logback"),
    LOG4J2("Log4j 2"),
    LOG4J1("Log4j 1"),
    TINYLOG("tinylog"),
    JAVA_UTIL_LOGGING("java.util.logging");

    private final String title;

    LoggingLibrary(String title) {
        this.title = title;
    }

    /** Whether its configuration is read; otherwise the files that it writes are unknown. */
    boolean isRead() {
        return this != LOG4J1 && this != TINYLOG;
    }

    /** Its name, for display. */
    public String title() {
        return title;
    }

    /**
     * Whether it creates the directory of a log file; measured with Logback 1.2.13, 1.3.15 and 1.5.18, Log4j
     * 2.24.3, and JDK 17.0.21.
     */
    public boolean createsDirectories() {
        return this != JAVA_UTIL_LOGGING;
    }
}
