// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where Spring Boot looks for configuration files: at the root of the class path and in {@code config/}, unless the
 * environment or the command line say otherwise; and in what the files found there import.
 */
final class SpringLocations {

    /** Of .properties and YAML files in one place, Spring Boot lets the former win. */
    private static final List<String> EXTENSIONS = List.of("yaml", "yml", "properties");

    private static final String CLASS_PATH = "classpath:";

    private final ConfigurationFiles files;
    private final List<String> directories = new ArrayList<>();
    private final List<String> resources = new ArrayList<>();
    private final Set<String> imported = new HashSet<>();
    private Optional<String> elsewhere = Optional.empty();

    private SpringLocations(ConfigurationFiles files) {
        this.files = files;
    }

    /** Where to look with these settings, which are not of the files themselves. */
    static SpringLocations of(ConfigurationFiles files, ApplicationConfiguration outside) {
        SpringLocations locations = new SpringLocations(files);
        Value<List<String>> replaced = outside.values("spring.config.location");
        if (replaced.isAbsent()) {
            locations.directories.addAll(List.of("", "config/"));
        } else {
            locations.add(replaced, "spring.config.location");
        }
        locations.add(outside.values("spring.config.additional-location"), "spring.config.additional-location");
        return locations;
    }

    private void add(Value<List<String>> places, String key) {
        places.known()
                .ifPresent(known -> known.stream()
                        .flatMap(place -> List.of(place.split(";", -1)).stream())
                        .forEach(place -> add(place, key)));
        if (places.isUnknown()) {
            elsewhere = Optional.of("what " + key + " names may set it");
        }
    }

    private void add(String place, String key) {
        Optional<String> resource = resource(place, "");
        if (resource.isEmpty()) {
            elsewhere = Optional.of("what " + key + " names may set it");
        } else if (resource.get().isEmpty() || resource.get().endsWith("/")) {
            directories.add(resource.get());
        } else {
            resources.add(resource.get());
        }
    }

    /** The resource that a location stands for; empty where it is none of the class path. */
    private static Optional<String> resource(String place, String relativeTo) {
        String location = place.strip();
        if (location.startsWith("optional:")) {
            location = location.substring("optional:".length());
        }
        if (location.startsWith(CLASS_PATH)) {
            String resource = location.substring(CLASS_PATH.length());
            return Optional.of(resource.startsWith("/") ? resource.substring(1) : resource);
        }
        return location.contains(":") || location.startsWith("/") || relativeTo.isEmpty()
                ? Optional.empty()
                : Optional.of(relativeTo.substring(0, relativeTo.lastIndexOf('/') + 1) + location);
    }

    /** The files of a name, the weakest first. */
    List<FileGroup> groups(String name) {
        List<FileGroup> groups = new ArrayList<>();
        groups.add(FileGroup.find(files, directories, name, EXTENSIONS));
        resources.forEach(resource -> groups.add(group(resource)));
        return groups;
    }

    /**
     * The files that a document imports; they win over it.
     *
     * @param resource the name of the file that the document is in
     */
    List<FileGroup> imports(PropertyDocument document, String resource) {
        List<FileGroup> groups = new ArrayList<>();
        for (String place : document.text("spring.config.import").orElse("").split("[,;]", -1)) {
            if (place.isBlank()) {
                continue;
            }
            Optional<String> name = resource(place, resource);
            if (name.isEmpty() || name.get().endsWith("/")) {
                elsewhere = Optional.of("what spring.config.import in " + resource + " reads may set it");
            } else if (imported.add(name.get())) {
                groups.add(group(name.get()));
            }
        }
        return groups;
    }

    private FileGroup group(String resource) {
        int slash = resource.lastIndexOf('/') + 1;
        int dot = resource.lastIndexOf('.');
        String name = dot > slash ? resource.substring(slash, dot) : resource.substring(slash);
        List<String> extensions = dot > slash ? List.of(resource.substring(dot + 1)) : EXTENSIONS;
        return FileGroup.find(files, List.of(resource.substring(0, slash)), name, extensions);
    }

    /** Why something may be set that is not here. */
    Optional<String> elsewhere() {
        return elsewhere;
    }
}
