// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A random configuration of tinylog. */
final class RandomTinylogConfiguration extends RandomConfiguration {

    static final List<String> KEYS = List.of(
            "a.log",
            "b.log",
            "c.log",
            "one/a.log",
            "one/b.log",
            "one/c.log",
            "two/a.log",
            "two/b.log",
            "two/c.log",
            "others");

    private static final List<String> WRITERS = List.of("writer", "writer1", "writer-x", "writerFile");
    private static final List<String> TYPES =
            List.of("file", "file", "rolling file", "json", "console", "org.tinylog.writers.FileWriter");

    private static final List<String> TYPES_1 =
            List.of("file", "file", "rollingfile", "SharedFile", "console", "null", "rolling file");

    /** Whether it is for tinylog 1. */
    private final boolean one;

    private RandomTinylogConfiguration(long seed, boolean one) {
        super(seed);
        this.one = one;
    }

    static ConfigurationSet of(long seed, boolean one) {
        return new RandomTinylogConfiguration(seed, one).set();
    }

    private ConfigurationSet set() {
        if (!one(8)) {
            write((one && one(5) ? "app/" : classes()) + "tinylog.properties");
        }
        if (one(8)) {
            write(classes() + "tinylog-test.properties");
        }
        if (one(4)) {
            String file = pick(List.of(classes() + "other.properties", "app/other.properties"));
            write(file);
            properties.put("tinylog.configuration", one(40) ? "gone.properties" : "other.properties");
        }
        if (one(2)) {
            environment.put("DIR", pick(List.of("one", "two")));
        }
        if (one(2)) {
            properties.put("dir", pick(List.of("one", "two")));
        }
        if (one(3)) {
            String writer = pick(WRITERS);
            properties.put("tinylog." + writer, one ? "file" : pick(TYPES));
            if (!one(4)) {
                properties.put("tinylog." + writer + (one ? ".filename" : ".file"), path());
            }
        }
        return new ConfigurationSet(files, environment, properties, List.of());
    }

    private void write(String file) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String writer = pick(WRITERS);
            if (one) {
                put("tinylog." + writer, lines);
                continue;
            }
            lines.put(writer, pick(TYPES));
            lines.put(writer + ".file", path());
            lines.put(writer + ".format", "{message}");
            if (one(5)) {
                lines.put(writer + ".level", "off");
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        files.put(file, text.toString());
    }

    /** Sets a writer of tinylog 1. */
    private void put(String writer, Map<String, String> lines) {
        String type = pick(TYPES_1);
        lines.put(writer, type);
        // A rolling writer renames existing files, which may belong to another writer.
        lines.put(
                writer + ".filename",
                type.equals("rollingfile") ? path().replace(".log", plain().substring(1)) : path());
        if (!one(6)) {
            lines.put(writer + ".backups", one(12) ? "many" : "3");
        }
        if (one(5)) {
            lines.put(writer + pick(List.of(".append", ".buffered")), pick(List.of("true", "FALSE", "yes")));
        }
        if (one(10)) {
            lines.put(writer + ".label", one(8) ? "timestamp" : "count");
        }
        if (one(5)) {
            lines.put(writer + ".policies", pick(List.of("startup", "startup, size: 10KB", "daily")));
        }
        if (one(5)) {
            lines.put(one(2) ? "tinylog.level" : writer + ".level", "off");
        }
    }

    private String path() {
        String name = pick(List.of("a", "b", "c")) + ".log";
        return switch (random.nextInt(12)) {
            case 0 -> "${DIR}/" + name;
            case 1 -> "#{dir}/" + name;
            case 2 -> "${DIR:one}/" + name;
            case 3 -> "#{dir:two}/" + name;
            case 4 -> "${DIR:#{dir:two}}/" + name;
            case 5 -> "#{DIR:one}/" + name;
            case 6 -> "${dir:a:b}/" + name;
            case 7 -> ConfigurationSet.WORKDIR + "/" + name;
            case 8 -> "#{dir}/${DIR:one}/" + name;
            default -> pick(List.of("", "one/", "two/")) + name;
        };
    }
}
