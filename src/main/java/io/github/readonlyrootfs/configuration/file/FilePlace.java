// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A place in which an application looks for its configuration files. */
public interface FilePlace {

    /** Reads a file; empty if it is missing or unreadable. */
    Optional<ConfigurationFile> read(String path);

    /** The names of the files in a directory, which ends with a slash or is empty. */
    List<String> names(String directory);

    /** The parts of names between a beginning and an ending: {@code prod} of {@code application-prod.yml}. */
    static List<String> between(String beginning, String ending, List<String> names) {
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            int end = name.length() - ending.length();
            if (end > beginning.length() && name.startsWith(beginning) && name.endsWith(ending)) {
                parts.add(name.substring(beginning.length(), end));
            }
        }
        return parts;
    }

    static FilePlace onClassPath(ConfigurationFiles files) {
        return onClassPath(files, files.resources());
    }

    /** One place for each entry of the class path, for frameworks that read a file in every entry. */
    static List<FilePlace> eachOnClassPath(ConfigurationFiles files) {
        return files.entries().stream().map(entry -> onClassPath(files, entry)).toList();
    }

    private static FilePlace onClassPath(ConfigurationFiles files, Resources resources) {
        return new FilePlace() {
            @Override
            public Optional<ConfigurationFile> read(String path) {
                return files.file(resources, path);
            }

            @Override
            public List<String> names(String directory) {
                return resources.names(directory).stream()
                        .map(name -> name.substring(directory.length()))
                        .toList();
            }
        };
    }

    /** Files that are not YAML or JSON by their names are read as properties. */
    static FilePlace inContainer(ConfigurationFiles files, ContainerFiles container) {
        return new FilePlace() {
            @Override
            public Optional<ConfigurationFile> read(String path) {
                boolean isYaml = Stream.of("yaml", "yml", "json").anyMatch(path::endsWith);
                return container.read(path).flatMap(file -> files.read(file, isYaml ? "yaml" : "properties"));
            }

            @Override
            public List<String> names(String directory) {
                return container.names(directory);
            }
        };
    }
}
