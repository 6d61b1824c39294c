// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.List;

/** A random configuration of Logback, with or without Spring Boot. */
final class RandomLogbackConfiguration extends RandomConfiguration {

    private static final List<String> FILES = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

    /** The files that are compared one by one; others are compared together. */
    static final List<String> KEYS = keys();

    private static final List<String> NAMES = List.of("DIR", "NAME", "OTHER", "NOPE");
    private static final List<String> APPENDERS = List.of("A", "B", "C", "D");
    private static final List<String> PROFILES = List.of("prod", "staging");

    private final boolean boot;
    private int includes;
    private int appenders;
    private int paths;
    private boolean usesSprings;

    private RandomLogbackConfiguration(long seed, boolean boot) {
        super(seed);
        this.boot = boot;
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String directory : List.of("", "one/", "two/")) {
            FILES.forEach(name -> keys.add(directory + name + ".log"));
            keys.add(directory + "spring.log");
        }
        keys.add("others");
        return List.copyOf(keys);
    }

    static ConfigurationSet of(long seed, boolean boot) {
        return new RandomLogbackConfiguration(seed, boot).set();
    }

    private ConfigurationSet set() {
        if (boot) {
            List<String> names = List.of("logback-spring.xml", "logback.xml", "logback.xml", "logback-test.xml");
            for (int i = one(3) ? 2 : 1; i > 0; i--) {
                write(pick(names));
            }
            if (one(5)) {
                properties.put("logging.config", one(8) ? "-Dnone" : "classpath:configured.xml");
                write("configured.xml");
            }
        } else {
            if (!one(10)) {
                write("logback.xml");
            }
            if (one(10)) {
                write("logback-test.xml");
            }
        }
        if (boot && one(10)) {
            properties.put(
                    "org.springframework.boot.logging.LoggingSystem",
                    pick(List.of("none", "none", "org.springframework.boot.logging.logback.LogbackLoggingSystem")));
        }
        if (one(boot ? 3 : 5)) {
            write("other.xml");
            properties.put(
                    "logback.configurationFile",
                    pick(List.of("other.xml", "other.xml", "other.xml", "classpath:other.xml", "gone.xml")));
        }
        if (one(3)) {
            (one(2) ? environment : properties).put(pick(NAMES), pick(List.of("one", "two", "b")));
        }
        if (boot) {
            properties.put("java.io.tmpdir", ConfigurationSet.WORKDIR + "/one");
            // Without an active profile, a file for a profile may be opened.
            if (!one(12)) {
                properties.put("spring.profiles.active", one(3) ? "eu" : pick(PROFILES));
            }
            String setting = pick(List.of("logging.file.name", "logging.file.path", "shop.dir", "shop.none"));
            if (one(2)) {
                files.put(
                        "classes/application.properties",
                        setting + "=" + (setting.endsWith("name") ? "two/d.log" : pick(List.of("one", "two"))) + "\n");
            }
        }
        return new ConfigurationSet(files, environment, properties, List.of());
    }

    private void write(String name) {
        files.put(classes() + name, "<configuration>\n" + elements(4 + random.nextInt(6), 0) + "</configuration>\n");
    }

    private String elements(int count, int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(element(depth));
        }
        return text.toString();
    }

    private String element(int depth) {
        return switch (random.nextInt(depth > 2 ? 7 : 11)) {
            case 0 -> "<property name=\"" + pick(NAMES) + "\" value=\"" + value() + "\"/>\n";
            case 1, 2, 3 -> appender();
            case 4, 5 -> "<root level=\"" + pick(List.of("info", "off")) + "\">\n" + references(depth) + "</root>\n";
            case 6 ->
                boot && one(2)
                        ? "<springProperty name=\"" + pick(NAMES) + "\" source=\"shop.dir\" defaultValue=\"" + value()
                                + "\"/>\n"
                        : "<logger name=\"x\">\n" + references(depth) + "</logger>\n";
            case 7 -> include(depth);
            case 8 -> condition(elements(1 + random.nextInt(2), depth + 1), elements(1, depth + 1));
            // Without Spring Boot, Logback does not know this element.
            case 9 -> profile(elements(1 + random.nextInt(2), depth + 1));
            default ->
                "<appender name=\"" + pick(APPENDERS) + "\" class=\"ch.qos.logback.classic.AsyncAppender\">\n"
                        + references(depth) + "</appender>\n";
        };
    }

    private String profile(String content) {
        String expression = pick(List.of("prod", "staging", "!prod", "prod | staging", "prod, staging", "default"));
        return "<springProfile name=\"" + expression + "\">\n" + content + "</springProfile>\n";
    }

    private String condition(String then, String otherwise) {
        String condition = switch (random.nextInt(5)) {
            case 0 -> conditionClass("IsPropertyDefined", "<key>DIR</key>");
            case 1 -> conditionClass("IsPropertyNull", "<key>OTHER</key>");
            case 2 -> conditionClass("PropertyEquality", "<key>NAME</key><value>b</value>");
            default ->
                conditionClass(
                        "ExpressionProperty",
                        "<expression>"
                                + pick(List.of("isDefined(\"DIR\")", "!isNull(\"NAME\")", "!(isDefined(\"OTHER\"))"))
                                + "</expression>");
        };
        return condition + "<if>\n<then>\n" + then + "</then>\n" + (one(2) ? "<else>\n" + otherwise + "</else>\n" : "")
                + "</if>\n";
    }

    private static String conditionClass(String name, String parameters) {
        return "<condition class=\"ch.qos.logback.core.boolex." + name + "Condition\">" + parameters + "</condition>\n";
    }

    private String references(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String reference = "<appender-ref ref=\"" + (one(12) ? "${NAME}" : pick(APPENDERS)) + "\"/>\n";
            text.append(
                    depth < 2 && one(6)
                            ? boot && one(2) ? profile(reference) : condition(reference, reference)
                            : reference);
        }
        return text.toString();
    }

    private String include(int depth) {
        if (boot && one(4) && !usesSprings) {
            usesSprings = true;
            return "<include resource=\"org/springframework/boot/logging/logback/"
                    + pick(List.of("defaults.xml", "file-appender.xml", "base.xml")) + "\"/>\n";
        }
        String name = "more" + includes++ + ".xml";
        if (one(4)) {
            return "<include optional=\"" + pick(List.of("true", "TRUE")) + "\" resource=\"" + name + "\"/>\n";
        }
        boolean beside = one(3);
        files.put(
                (beside ? "app/" : classes()) + name,
                "<included>\n" + elements(1 + random.nextInt(3), depth + 1) + "</included>\n");
        return "<include " + (beside ? "file=\"" : "resource=\"") + name + "\"/>\n";
    }

    private String appender() {
        String name = pick(APPENDERS);
        String encoder = "<encoder><pattern>%m%n</pattern></encoder></appender>\n";
        if (one(4)) {
            return "<appender name=\"" + name + "\" class=\"ch.qos.logback.core.rolling.RollingFileAppender\">"
                    + "<file>" + path() + "</file>"
                    + "<rollingPolicy class=\"ch.qos.logback.core.rolling.TimeBasedRollingPolicy\">"
                    + "<fileNamePattern>two/%d-" + appenders++ + ".log</fileNamePattern></rollingPolicy>\n" + encoder;
        }
        return "<appender name=\"" + name + "\" class=\"ch.qos.logback.core.FileAppender\">" + "<file>" + path()
                + "</file>" + encoder;
    }

    private String path() {
        // Sometimes two appenders have the same file.
        String name = FILES.get((one(5) ? paths : paths++) % FILES.size()) + ".log";
        boolean springs = boot && one(8) && !usesSprings;
        usesSprings |= springs;
        if (springs) {
            return "${LOG_FILE:-" + name + "}";
        }
        return switch (random.nextInt(7)) {
            case 0 -> "${DIR}/" + name;
            case 1 -> "${DIR:-two}/" + name;
            case 2 -> "${NAME:-one}/" + name;
            case 3 -> ConfigurationSet.WORKDIR + "/" + name;
            case 4 -> "${NOPE:-${DIR:-one}}/" + name;
            default -> pick(List.of("", "one/", "two/")) + name;
        };
    }

    private String value() {
        return switch (random.nextInt(5)) {
            case 0 -> "${DIR:-two}";
            case 1 -> "${NOPE:-b}";
            case 2 -> "${OTHER}";
            default -> pick(List.of("one", "two", "b", "c"));
        };
    }
}
