// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one name where a framework looks for them, and those for a profile:
 * {@code application.yml}, {@code application-prod.properties}.
 *
 * @param plain the weakest first
 * @param byProfile by the profile in the name; each list has the weakest file first
 */
record FileGroup(List<ConfigurationFile> plain, Map<String, List<ConfigurationFile>> byProfile) {

    /**
     * Finds the files of a name.
     *
     * @param directories with a slash at the end, the weakest first
     * @param extensions without the dot, the weakest first
     */
    static FileGroup find(FilePlace place, List<String> directories, String name, List<String> extensions) {
        List<ConfigurationFile> plain = new ArrayList<>();
        Map<String, List<ConfigurationFile>> byProfile = new TreeMap<>();
        for (String directory : directories) {
            List<String> files = place.names(directory);
            for (String extension : extensions) {
                String end = "." + extension;
                if (files.contains(name + end)) {
                    place.read(directory + name + end).ifPresent(plain::add);
                }
                for (String profile : FilePlace.between(name + "-", end, files)) {
                    List<ConfigurationFile> own = byProfile.computeIfAbsent(profile, key -> new ArrayList<>());
                    place.read(directory + name + "-" + profile + end).ifPresent(own::add);
                }
            }
        }
        return new FileGroup(plain, byProfile);
    }

    /** The documents of all files, each with the profile in its file's name. */
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
