// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one name in the places where a framework looks for them, and those for a profile:
 * {@code application.yml}, {@code application-prod.properties}.
 *
 * @param plain the weakest first
 * @param byProfile by the profile in the name; in each the weakest first
 */
record FileGroup(List<ConfigurationFile> plain, Map<String, List<ConfigurationFile>> byProfile) {

    /**
     * Finds the files of a name.
     *
     * @param directories as resource names with a slash at the end, the weakest first
     * @param extensions without the dot, the weakest first
     */
    static FileGroup find(ConfigurationFiles files, List<String> directories, String name, List<String> extensions) {
        List<ConfigurationFile> plain = new ArrayList<>();
        Map<String, List<ConfigurationFile>> byProfile = new TreeMap<>();
        for (String directory : directories) {
            Map<String, List<String>> resources = resources(files, directory + name, directory, extensions);
            resources.forEach((profile, names) -> {
                List<ConfigurationFile> read =
                        names.stream().flatMap(it -> files.file(it).stream()).toList();
                if (profile.isEmpty()) {
                    plain.addAll(read);
                } else {
                    byProfile.computeIfAbsent(profile, key -> new ArrayList<>()).addAll(read);
                }
            });
        }
        return new FileGroup(plain, byProfile);
    }

    /**
     * Finds the files of a name in the container.
     *
     * @param path of the file, without its extension
     * @param extensions without the dot, the weakest first
     */
    static FileGroup find(ConfigurationFiles files, ContainerFiles container, String path, List<String> extensions) {
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        String name = path.substring(directory.length());
        List<ConfigurationFile> plain = new ArrayList<>();
        Map<String, List<ConfigurationFile>> byProfile = new TreeMap<>();
        for (String extension : extensions) {
            String end = "." + extension;
            for (String file : container.names(directory)) {
                if (!file.startsWith(name) || !file.endsWith(end) || file.length() < name.length() + end.length()) {
                    continue;
                }
                String rest = file.substring(name.length(), file.length() - end.length());
                Optional<ConfigurationFile> read =
                        container.read(directory + file).flatMap(source -> files.read(source, extension));
                if (rest.isEmpty()) {
                    read.ifPresent(plain::add);
                } else if (rest.startsWith("-") && read.isPresent()) {
                    byProfile
                            .computeIfAbsent(rest.substring(1), key -> new ArrayList<>())
                            .add(read.get());
                }
            }
        }
        return new FileGroup(plain, byProfile);
    }

    /** The resources of a directory that begin so, by the profile in their names; empty for none. */
    private static Map<String, List<String>> resources(
            ConfigurationFiles files, String beginning, String directory, List<String> extensions) {
        Map<String, List<String>> resources = new LinkedHashMap<>();
        for (String extension : extensions) {
            String end = "." + extension;
            for (String resource : files.names(directory)) {
                int profileEnd = resource.length() - end.length();
                if (!resource.startsWith(beginning) || !resource.endsWith(end) || profileEnd < beginning.length()) {
                    continue;
                }
                String rest = resource.substring(beginning.length(), profileEnd);
                if (rest.isEmpty() || (rest.startsWith("-") && rest.length() > 1)) {
                    String profile = rest.isEmpty() ? "" : rest.substring(1);
                    resources.computeIfAbsent(profile, key -> new ArrayList<>()).add(resource);
                }
            }
        }
        return resources;
    }

    /** The same without a {@code .yaml} beside a {@code .yml}, which Micronaut takes first. */
    FileGroup withoutSecondYaml() {
        Map<String, List<ConfigurationFile>> others = new TreeMap<>();
        byProfile.forEach((profile, files) -> others.put(profile, withoutSecondYaml(files)));
        return new FileGroup(withoutSecondYaml(plain), others);
    }

    private static List<ConfigurationFile> withoutSecondYaml(List<ConfigurationFile> files) {
        boolean first = files.stream().anyMatch(file -> file.resource().endsWith(".yml"));
        return files.stream()
                .filter(file -> !first || !file.resource().endsWith(".yaml"))
                .toList();
    }

    /** The documents of all files; those for a profile have it. */
    List<ProfileDocument> documents() {
        List<ProfileDocument> documents = new ArrayList<>();
        add(plain, Optional.empty(), documents);
        byProfile.forEach((profile, files) -> add(files, Optional.of(profile), documents));
        return documents;
    }

    private static void add(List<ConfigurationFile> files, Optional<String> profile, List<ProfileDocument> documents) {
        for (ConfigurationFile file : files) {
            file.documents().forEach(document -> documents.add(new ProfileDocument(document, profile)));
        }
    }
}
