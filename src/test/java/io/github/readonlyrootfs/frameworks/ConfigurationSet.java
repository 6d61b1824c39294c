// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import io.github.readonlyrootfs.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration of an application. {@value #WORKDIR} is replaced by the working directory in all of it.
 *
 * @param files by their names, which start with {@code classes/} or {@code library/} on the class path, and with
 *     {@code app/} in the working directory
 */
record ConfigurationSet(
        Map<String, String> files,
        Map<String, String> environment,
        Map<String, String> properties,
        List<String> arguments) {

    static final String WORKDIR = "@WORKDIR@";

    private static final String FILE = "--- ";

    /** The set without each optional part: a file, a line of a file, a variable, a property, an argument. */
    List<ConfigurationSet> smaller() {
        List<ConfigurationSet> smaller = new ArrayList<>();
        for (String file : files.keySet()) {
            smaller.add(new ConfigurationSet(without(files, file), environment, properties, arguments));
        }
        for (String name : environment.keySet()) {
            smaller.add(new ConfigurationSet(files, without(environment, name), properties, arguments));
        }
        for (String name : properties.keySet()) {
            smaller.add(new ConfigurationSet(files, environment, without(properties, name), arguments));
        }
        for (int i = 0; i < arguments.size(); i++) {
            List<String> fewer = new ArrayList<>(arguments);
            fewer.remove(i);
            smaller.add(new ConfigurationSet(files, environment, properties, fewer));
        }
        files.forEach((file, text) -> {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                List<String> fewer = new ArrayList<>(lines);
                fewer.remove(i);
                Map<String, String> changed = new LinkedHashMap<>(files);
                changed.put(file, fewer.stream().map(line -> line + "\n").collect(Collectors.joining()));
                smaller.add(new ConfigurationSet(changed, environment, properties, arguments));
            }
        });
        return smaller;
    }

    private static Map<String, String> without(Map<String, String> all, String key) {
        Map<String, String> fewer = new LinkedHashMap<>(all);
        fewer.remove(key);
        return fewer;
    }

    /** The same with another working directory. */
    ConfigurationSet in(String workdir) {
        return new ConfigurationSet(
                replaced(files, workdir),
                replaced(environment, workdir),
                replaced(properties, workdir),
                arguments.stream().map(it -> it.replace(WORKDIR, workdir)).toList());
    }

    private static Map<String, String> replaced(Map<String, String> all, String workdir) {
        Map<String, String> replaced = new LinkedHashMap<>();
        all.forEach((key, value) -> replaced.put(key, value.replace(WORKDIR, workdir)));
        return replaced;
    }

    /** Writes the files below one directory of the set into an empty directory. */
    void write(String directory, Path into) throws IOException {
        Files.createDirectories(into);
        try (var old = Files.walk(into)) {
            for (Path each : old.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!each.equals(into)) {
                    Files.delete(each);
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().startsWith(directory + "/")) {
                TestFiles.write(into.resolve(file.getKey().substring(directory.length() + 1)), file.getValue());
            }
        }
    }

    /** In the form of the recorded answers. */
    String text() {
        StringBuilder text = new StringBuilder();
        files.forEach(
                (name, content) -> text.append(FILE).append(name).append('\n').append(content));
        append("environment", environment, text);
        append("properties", properties, text);
        if (!arguments.isEmpty()) {
            text.append(FILE).append("arguments\n");
            arguments.forEach(argument -> text.append(argument).append('\n'));
        }
        return text.toString();
    }

    private static void append(String title, Map<String, String> values, StringBuilder text) {
        if (!values.isEmpty()) {
            text.append(FILE).append(title).append('\n');
            values.forEach(
                    (key, value) -> text.append(key).append('=').append(value).append('\n'));
        }
    }

    /** Parses the result of {@link #text}. */
    static ConfigurationSet parse(String text) {
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        Map<String, String> properties = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>();
        for (String section : text.split("(?m)^" + FILE, -1)) {
            int end = section.indexOf('\n');
            String content = section.substring(end + 1);
            switch (section.substring(0, Math.max(end, 0))) {
                case "" -> {
                    // Before the first section.
                }
                case "environment" -> environment.putAll(assignments(content));
                case "properties" -> properties.putAll(assignments(content));
                case "arguments" -> arguments.addAll(content.lines().toList());
                default -> files.put(section.substring(0, end), content);
            }
        }
        return new ConfigurationSet(files, environment, properties, arguments);
    }

    static Map<String, String> assignments(String lines) {
        Map<String, String> assignments = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            assignments.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return assignments;
    }
}
