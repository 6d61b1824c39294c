// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.PropertySource.Variables;
import io.github.readonlyrootfs.configuration.RankedSources.Ranked;
import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that SmallRye Config reads for all profiles. Files for one profile are read only beside it.
 *
 * @param path in its place
 * @param ordinal set in the file, or the standard one of its place
 * @param extensions of files for profiles; an empty text is no extension
 */
record SmallRyeFile(FilePlace place, String path, PropertySource source, int ordinal, List<String> extensions) {

    SmallRyeFile {
        extensions = List.copyOf(extensions);
    }

    /** @param standard the ordinal, unless the file sets another one */
    static Optional<SmallRyeFile> open(FilePlace place, String path, int standard, List<String> extensions) {
        return read(place, path)
                .map(source -> new SmallRyeFile(place, path, source, Ranked.asked(source, standard), extensions));
    }

    private static Optional<PropertySource> read(FilePlace place, String path) {
        return place.read(path).map(file -> name(path).startsWith(".env") ? variables(file) : Named.exact(file));
    }

    private static PropertySource variables(ConfigurationFile file) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        file.documents()
                .forEach(document -> document.properties()
                        .forEach(it -> variables.put(it.key(), new Value.Known<>(it.value(), it.location()))));
        return Variables.exact(variables);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String root() {
        int dot = path.lastIndexOf('.');
        return dot > 0 && path.charAt(dot - 1) != '/' ? path.substring(0, dot) : path;
    }

    private static String ending(String extension) {
        return extension.isEmpty() ? "" : "." + extension;
    }

    /** The files for profiles beside it, the weakest first. */
    List<SmallRyeFile> forProfiles(List<String> profiles) {
        List<SmallRyeFile> files = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            for (String extension : extensions) {
                open(place, root() + "-" + profiles.get(i) + ending(extension), ordinal + i + 1, List.of())
                        .ifPresent(files::add);
            }
        }
        return files;
    }

    /** The profiles of the files beside it. */
    List<String> profiles() {
        List<String> files = place.names(path.substring(0, path.lastIndexOf('/') + 1));
        List<String> profiles = new ArrayList<>();
        for (String extension : extensions) {
            profiles.addAll(FilePlace.between(name(root()) + "-", ending(extension), files));
        }
        return profiles;
    }
}
