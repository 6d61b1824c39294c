// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of Spring Boot's locations as its StandardConfigDataLocationResolver does: a directory is searched for
 * each name and extension, a file has variants for profiles, and semicolons separate the locations of one group.
 */
final class SpringLocations {

    /** Where Spring Boot looks by default; each is a group. */
    static final List<String> STANDARD = List.of(
            "optional:classpath:/;optional:classpath:/config/",
            "optional:file:./;optional:file:./config/;optional:file:./config/*/");

    /** In one directory, Spring Boot prefers .properties to YAML. */
    private static final List<String> EXTENSIONS = List.of("yaml", "yml", "properties");

    private static final String OPTIONAL = "optional:";
    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";
    private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9*]*:.*");

    /** {@code config[.yaml]}: a file without an extension, and its format. */
    private static final Pattern HINT = Pattern.compile("(.*)\\[\\.(\\w+)]");

    private final ConfigurationFiles resources;
    private final ContainerFiles container;
    private final List<String> names;
    private Optional<String> elsewhere = Optional.empty();

    /**
     * A file at a location.
     *
     * @param id identifies the file, however the location spells it
     * @param reference locations in the file are relative to this
     * @param profile in the file's name; empty for none
     */
    record Found(String id, String reference, Optional<String> profile, ConfigurationFile file) {}

    /**
     * Where to look for a file: {@code application-prod.yml} has the root {@code application}.
     *
     * @param root with its directory
     * @param ending of its name
     * @param format its extension, or the one in brackets
     */
    private record Place(String root, String ending, String format) {

        String of(Optional<String> profile) {
            return root + (profile.isPresent() ? "-" + profile.get() : "") + ending;
        }

        // The methods that the JDK generates for a record cost milliseconds to link, in the build of every Spring
        // application.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place
                    && root.equals(place.root)
                    && ending.equals(place.ending)
                    && format.equals(place.format);
        }

        @Override
        public int hashCode() {
            return root.hashCode() * 31 + ending.hashCode();
        }
    }

    /**
     * Finds files with these names.
     *
     * @param names the values of {@code spring.config.name}
     */
    SpringLocations(ConfigurationFiles resources, ContainerFiles container, List<String> names) {
        this.resources = resources;
        this.container = container;
        this.names = List.copyOf(names);
    }

    /** Why keys may be set that are not known here. */
    Optional<String> elsewhere() {
        return elsewhere;
    }

    /** Notes that the files which a key names are unknown. */
    void cannotRead(String key) {
        elsewhere("what " + key + " names");
    }

    private void elsewhere(String what) {
        if (elsewhere.isEmpty()) {
            elsewhere = Optional.of(what + " may set it");
        }
    }

    /**
     * The files of a group of locations without a profile in their names, the weakest first.
     *
     * @param parent the reference of the file that names the group; empty for none
     * @param key that names the group
     */
    List<Found> plain(String group, String parent, String key) {
        List<Found> found = new ArrayList<>();
        for (Place place : groupPlaces(group, parent, key)) {
            found.addAll(files(place, Optional.empty(), key));
        }
        return found;
    }

    /**
     * The files of a group with a profile in their names, the weakest first.
     *
     * @param active the active profiles; files for others follow
     */
    List<Found> forProfiles(String group, String parent, String key, List<String> active) {
        Set<Place> places = groupPlaces(group, parent, key);
        Set<String> profiles = new LinkedHashSet<>(active);
        for (Place place : places) {
            profiles.addAll(profiles(place));
        }
        List<Found> found = new ArrayList<>();
        for (String profile : profiles) {
            for (Place place : places) {
                found.addAll(files(place, Optional.of(profile), key));
            }
        }
        return found;
    }

    /** The places of a group, each once, in the order of their first mention. */
    private Set<Place> groupPlaces(String group, String parent, String key) {
        Set<Place> places = new LinkedHashSet<>();
        for (String location : group.split(";", -1)) {
            places.addAll(places(location, parent, key));
        }
        return places;
    }

    private List<Place> places(String written, String parent, String key) {
        String location = written.strip();
        location = location.startsWith(OPTIONAL) ? location.substring(OPTIONAL.length()) : location;
        location = location.startsWith("resource:") ? location.substring("resource:".length()) : location;
        if (location.isEmpty()) {
            return List.of();
        }
        boolean absolute = location.startsWith("/") || URL.matcher(location).matches();
        String reference = absolute ? location : parent.substring(0, parent.lastIndexOf('/') + 1) + location;
        if (!reference.startsWith(CLASS_PATH)
                && !reference.startsWith(FILE)
                && URL.matcher(reference).matches()) {
            cannotRead(key);
            return List.of();
        }
        List<Place> places = new ArrayList<>();
        if (reference.endsWith("/")) {
            for (String name : names) {
                for (String extension : EXTENSIONS) {
                    places.add(new Place(reference + name, "." + extension, extension));
                }
            }
            return places;
        }
        Matcher hint = HINT.matcher(reference);
        if (hint.matches()) {
            return List.of(new Place(hint.group(1), "", hint.group(2)));
        }
        int dot = reference.lastIndexOf('.');
        String extension = reference.substring(dot + 1);
        return EXTENSIONS.contains(extension)
                ? List.of(new Place(reference.substring(0, dot), "." + extension, extension))
                : List.of();
    }

    private List<Found> files(Place place, Optional<String> profile, String key) {
        String reference = place.of(profile);
        List<Found> found = new ArrayList<>();
        if (reference.startsWith(CLASS_PATH)) {
            add(resources.file(resource(reference)), CLASS_PATH, reference, profile, found);
            return found;
        }
        for (String path : paths(path(reference))) {
            Optional<SourceFile> file = container.read(path);
            if (file.isPresent()) {
                add(resources.read(file.get(), place.format), FILE, reference, profile, found);
            }
            Truth exists = file.isPresent() ? Truth.FALSE : container.exists(path);
            if (key.isEmpty() && exists.isTrue()) {
                elsewhere("the content of " + path + " in the container");
            } else if (!key.isEmpty() && (exists.isTrue() || (profile.isEmpty() && exists.isUnknown()))) {
                cannotRead(key);
            }
        }
        return found;
    }

    private static void add(
            Optional<ConfigurationFile> file,
            String scheme,
            String reference,
            Optional<String> profile,
            List<Found> found) {
        if (file.isPresent()) {
            found.add(new Found(scheme + file.get().resource(), reference, profile, file.get()));
        }
    }

    private static String resource(String reference) {
        String name = reference.substring(CLASS_PATH.length());
        String clean = ContainerPath.ROOT.resolve(name).toString().substring(1);
        return name.endsWith("/") && !clean.isEmpty() ? clean + "/" : clean;
    }

    private static String path(String reference) {
        String path = reference.startsWith(FILE) ? reference.substring(FILE.length()) : reference;
        return path.startsWith("//") ? path.replaceFirst("^/+", "/") : path;
    }

    /** A path; for one with an asterisk, the existing paths that match it. */
    private List<String> paths(String path) {
        if (!path.contains("*/")) {
            return List.of(path);
        }
        List<String> paths = new ArrayList<>();
        for (String each : directories(path)) {
            if (!container.exists(each).isFalse()) {
                paths.add(each);
            }
        }
        return paths;
    }

    /** The profiles in the names of a place's files. */
    private List<String> profiles(Place place) {
        int slash = place.root.lastIndexOf('/') + 1;
        String directory = place.root.substring(0, slash);
        List<String> present = new ArrayList<>();
        if (directory.startsWith(CLASS_PATH)) {
            for (String name : resources.names(resource(directory))) {
                present.add(name.substring(name.lastIndexOf('/') + 1));
            }
        } else {
            for (String each : directories(path(directory))) {
                present.addAll(container.names(each));
            }
        }
        return FilePlace.between(place.root.substring(slash) + "-", place.ending, present);
    }

    private List<String> directories(String path) {
        int asterisk = path.indexOf("*/");
        if (asterisk < 0) {
            return List.of(path);
        }
        List<String> directories = new ArrayList<>();
        for (String name : container.names(path.substring(0, asterisk))) {
            directories.add(path.substring(0, asterisk) + name + path.substring(asterisk + 1));
        }
        return directories;
    }
}
