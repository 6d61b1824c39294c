// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.Resources;
import io.github.readonlyrootfs.configuration.file.Resources.Directory;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An application in a test: its files and its start. */
public final class Project {

    private static final Location TASK = new Location("taskdef.json", 1, 1, 1, 2);

    private final Path directory;
    private final Map<String, Value<String>> environment = new LinkedHashMap<>();
    private final Map<String, Value<String>> properties = new LinkedHashMap<>();
    private final List<Value.Known<String>> arguments = new ArrayList<>();
    private Optional<String> incomplete = Optional.empty();

    public Project(Path directory) {
        this.directory = directory;
    }

    /** Adds files: each begins with a line {@code == name}. */
    public Project with(String files) {
        for (String file : files.split("(?m)^== ", -1)) {
            if (!file.isBlank()) {
                int end = file.indexOf('\n');
                with(file.substring(0, end).strip(), file.substring(end + 1));
            }
        }
        return this;
    }

    public Project with(String name, String text) {
        try {
            TestFiles.write(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sets environment variables: {@code NAME=value}; {@code NAME=?} for an unknown value. */
    public Project env(String... assignments) {
        return put(environment, assignments);
    }

    public Project property(String... assignments) {
        return put(properties, assignments);
    }

    private Project put(Map<String, Value<String>> into, String... assignments) {
        for (String assignment : assignments) {
            String[] parts = assignment.split("=", 2);
            into.put(
                    parts[0],
                    parts[1].equals("?")
                            ? new Value.Unknown<>(parts[0] + " comes from a secret", TASK)
                            : new Value.Known<>(parts[1], TASK));
        }
        return this;
    }

    public Project args(String... words) {
        for (String word : words) {
            arguments.add(new Value.Known<>(word, TASK));
        }
        return this;
    }

    public Project incomplete(String reason) {
        incomplete = Optional.of(reason);
        return this;
    }

    public ConfigurationFiles files() {
        return new ConfigurationFiles(new Resources(new Directory(directory, "classes"), List.of()), true);
    }

    public Launch launch() {
        return new Launch(environment, properties, arguments, incomplete);
    }

    public ApplicationConfiguration spring() {
        return SpringConfiguration.read(
                files(), launch(), new SpringConfiguration.Rules(true, true), ContainerFiles.NONE, List.of());
    }

    /** A value for people: {@code value @ file:line:column}, or why it is unknown. */
    public static String show(Value<String> value) {
        if (value instanceof Value.Known<String> known) {
            return known.value() + " @ " + known.location();
        }
        return value instanceof Value.Unknown<String> unknown ? "? " + unknown.reason() : "-";
    }
}
