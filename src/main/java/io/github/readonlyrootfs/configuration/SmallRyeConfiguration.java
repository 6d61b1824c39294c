// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.RankedSources.Found;
import io.github.readonlyrootfs.configuration.RankedSources.ProfileKeys;
import io.github.readonlyrootfs.configuration.RankedSources.Ranked;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The configuration of an application on SmallRye Config, in Quarkus or alone. Each file is a source with an ordinal, and so are
 * the environment, {@code .env} and the system properties. A file for a profile is read only beside a file for all profiles and
 * ranks just above it. {@code smallrye.config.locations} names more files.
 */
public final class SmallRyeConfiguration {

    /** The versions whose rules differ. */
    public enum Rules {
        QUARKUS_2(true, false),
        /** Version 3 or later. */
        QUARKUS_3(true, true),
        /** SmallRye Config alone up to version 3.8, which follows MicroProfile Config. */
        MICROPROFILE(false, false),
        /** SmallRye Config alone from version 3.9 on, which reads {@code application.properties} too. */
        SMALLRYE(false, true);

        private final boolean quarkus;
        private final boolean three;

        Rules(boolean quarkus, boolean three) {
            this.quarkus = quarkus;
            this.three = three;
        }

        private List<String> profiles() {
            return quarkus
                    ? List.of("mp.config.profile", "quarkus.profile", "smallrye.config.profile")
                    : List.of("mp.config.profile", "smallrye.config.profile");
        }

        private List<String> parents() {
            return keys("config.profile.parent");
        }

        private List<String> locations() {
            return keys("config.locations");
        }

        private List<String> keys(String name) {
            return quarkus ? List.of("quarkus." + name, "smallrye." + name) : List.of("smallrye." + name);
        }

        /** The profiles that are active when nothing names any. */
        private List<String> standard() {
            return quarkus ? List.of("prod") : List.of();
        }
    }

    private static final List<String> PROPERTIES = List.of("properties");
    private static final List<String> YAML = List.of("yaml", "yml");

    /** No real application has more profiles. */
    private static final int MAX_PROFILES = 50;

    /** More than the sources of one kind. */
    private static final int MAX_SOURCES = 1_000_000;

    private final ConfigurationFiles files;
    private final Launch launch;
    private final ContainerFiles container;
    private final List<FilePlace> onClassPath;
    private final FilePlace inContainer;
    private final Rules rules;
    private final boolean yaml;
    private final List<Ranked> standing = new ArrayList<>();
    private final List<SmallRyeFile> found = new ArrayList<>();
    private int added;
    private Optional<String> gap;

    private SmallRyeConfiguration(
            ConfigurationFiles files, Launch launch, ContainerFiles container, Rules rules, boolean yaml) {
        this.files = files;
        this.launch = launch;
        this.container = container;
        this.onClassPath = FilePlace.eachOnClassPath(files);
        this.inContainer = FilePlace.inContainer(files, container);
        this.rules = rules;
        this.yaml = yaml;
        this.gap = launch.incomplete();
    }

    /**
     * The configuration of an application.
     *
     * @param container the files outside its jar
     * @param yaml whether the library that reads YAML is present
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, ContainerFiles container, Rules rules, boolean yaml) {
        return new SmallRyeConfiguration(files, launch, container, rules, yaml).read();
    }

    private ApplicationConfiguration read() {
        addStanding();
        RankedSources alone = ranked(standing, List.of(), Map.of());
        Profiles profiles = profiles(alone);
        Map<String, List<String>> shared = alone.sharedKeys(rules.three);
        Function<List<String>, RankedSources> with = active -> sources(active, shared);
        RankedSources sources = with.apply(profiles.active());
        Set<String> mentioned = new TreeSet<>(sources.mentioned());
        found.forEach(file -> mentioned.addAll(file.profiles()));
        Map<String, PropertySource> others = new LinkedHashMap<>();
        for (String profile : mentioned) {
            if (others.size() < MAX_PROFILES && profiles.mayCount(profile)) {
                others.put(profile, with.apply(withParents(alone, List.of(profile))));
            }
        }
        return ApplicationConfiguration.of(sources, others, gap, profiles);
    }

    /** Adds the sources that do not depend on profiles, in the order in which SmallRye asks them. */
    private void addStanding() {
        boolean application = rules != Rules.MICROPROFILE;
        List<SmallRyeFile> inJar = new ArrayList<>();
        List<SmallRyeFile> standard = new ArrayList<>();
        List<SmallRyeFile> beside = new ArrayList<>();
        if (yaml && application) {
            YAML.forEach(end -> inJar.addAll(resources("application." + end, 255, YAML)));
            YAML.forEach(end ->
                    open(inContainer, "config/application." + end, 265, YAML).ifPresent(beside::add));
        }
        if (yaml) {
            YAML.forEach(end -> standard.addAll(resources("META-INF/microprofile-config." + end, 110, YAML)));
        }
        int factories = yaml ? 2 : 1;
        // Measured with SmallRye Config 3.17, alone and in Quarkus 3.40: a source that is not known here has a place
        // too.
        int another = rules.three ? 1 : 0;
        if (rules.quarkus) {
            // A source for a UUID and the factory for quarkus.config.locations come first.
            added = 1 + factories;
            // Quarkus discovers the sources for YAML, and its extension adds them again.
            List.of(inJar, standard, beside, beside, inJar, standard).forEach(files -> files.forEach(this::add));
            added += another;
        } else {
            inJar.forEach(this::add);
            added += another;
            List.of(standard, beside).forEach(files -> files.forEach(this::add));
            added += factories;
        }
        add(launch.exactProperties(), 400);
        add(PropertySource.Variables.exact(launch.environment()), 300);
        if (application) {
            open(inContainer, ".env", 295, List.of("")).ifPresent(this::add);
            open(inContainer, "config/application.properties", 260, PROPERTIES).ifPresent(this::add);
            resources("application.properties", 250, PROPERTIES).forEach(this::add);
        }
        resources("META-INF/microprofile-config.properties", 100, PROPERTIES).forEach(this::add);
    }

    /** In Quarkus 2, a file for a profile has the extension of the file that it lies beside. */
    private Optional<SmallRyeFile> open(FilePlace place, String path, int standard, List<String> extensions) {
        List<String> own = rules.three
                ? extensions
                : extensions.stream().filter(path::endsWith).toList();
        return SmallRyeFile.open(place, path, standard, own);
    }

    /** All files of a name on the class path. */
    private List<SmallRyeFile> resources(String name, int standard, List<String> extensions) {
        return onClassPath.stream()
                .flatMap(place -> open(place, name, standard, extensions).stream())
                .toList();
    }

    private void add(PropertySource source, int standard) {
        standing.add(new Ranked(source, Ranked.asked(source, standard), 2 * added));
        added++;
    }

    private void add(SmallRyeFile file) {
        add(file.source(), file.ordinal());
        found.add(file);
        // The factory that looks for files for profiles counts too, and since SmallRye 3 both count twice.
        added += rules.three ? 3 : 1;
    }

    /** The profiles that are named, the weakest first, each after its parents. */
    private Profiles profiles(RankedSources sources) {
        Optional<Setting> named = sources.strongest(rules.profiles()).map(Found::setting);
        if (named.isPresent() && named.get().value() instanceof Value.Unknown<String> unknown) {
            return Profiles.unknown("of " + profileKey() + ", " + unknown.reason());
        }
        if (named.isEmpty() && gap.isPresent()) {
            return Profiles.unnamed(profileKey(), gap, List.of());
        }
        List<String> active = withParents(
                sources,
                named.map(it -> ApplicationConfiguration.names(
                                it.value().known().orElse("")))
                        .orElse(rules.standard()));
        return named.isPresent() ? Profiles.chosen(active) : Profiles.standard(active);
    }

    private String profileKey() {
        return rules.quarkus ? "quarkus.profile" : "mp.config.profile";
    }

    private List<String> withParents(RankedSources sources, List<String> profiles) {
        Set<String> all = new LinkedHashSet<>();
        addParents(sources, "", all, 0);
        for (String profile : profiles) {
            addParents(sources, "%" + profile + ".", all, 0);
            add(profile, all);
        }
        return List.copyOf(all);
    }

    /** If a profile is named twice the first position counts; in Quarkus 2, the last. */
    private void add(String profile, Set<String> all) {
        if (!rules.three) {
            all.remove(profile);
        }
        all.add(profile);
    }

    private void addParents(RankedSources sources, String prefix, Set<String> all, int depth) {
        Optional<String> parents = sources.strongest(
                        rules.parents().stream().map(key -> prefix + key).toList())
                .flatMap(parent -> parent.setting().value().known());
        for (String parent : ApplicationConfiguration.names(parents.orElse(""))) {
            if (depth < MAX_PROFILES) {
                addParents(sources, "%" + parent + ".", all, depth + 1);
            }
            add(parent, all);
        }
    }

    private static RankedSources ranked(List<Ranked> all, List<String> profiles, Map<String, List<String>> shared) {
        return new RankedSources(all, profiles, shared, ProfileKeys.BY_SOURCE);
    }

    private RankedSources sources(List<String> profiles, Map<String, List<String>> shared) {
        List<Ranked> all = new ArrayList<>(standing);
        // Of sources with the same ordinal, Quarkus 2 asks those in locations first, then those for profiles.
        int forProfiles = rules.three ? 0 : -MAX_SOURCES;
        int atLocations = 2 * forProfiles;
        int index = 0;
        for (SmallRyeFile file : found.stream()
                .sorted(Comparator.comparingInt(SmallRyeFile::ordinal).reversed())
                .toList()) {
            for (SmallRyeFile each : file.forProfiles(profiles)) {
                all.add(new Ranked(each.source(), each.ordinal(), forProfiles + late(index++)));
            }
        }
        RankedSources known = ranked(all, profiles, shared);
        Optional<Found> named = known.strongest(rules.locations());
        if (named.isEmpty()) {
            return known;
        }
        Text text = ApplicationConfiguration.of(known, Map.of(), gap, Profiles.standard(profiles))
                .resolve(named.get().setting());
        if (!text.isKnown()) {
            cannotRead();
            return known;
        }
        index = 0;
        for (SmallRyeFile file :
                named(ApplicationConfiguration.names(text.raw()), named.get().ordinal())) {
            all.add(new Ranked(file.source(), file.ordinal(), atLocations + late(index++)));
            for (SmallRyeFile each : file.forProfiles(profiles)) {
                all.add(new Ranked(each.source(), each.ordinal(), atLocations + late(index++)));
            }
        }
        return ranked(all, profiles, shared);
    }

    /** The rank of a file that is found late, after a standing source with the same count. */
    private static int late(int index) {
        return 4 * index + 1;
    }

    /** The files that locations name. */
    private List<SmallRyeFile> named(List<String> locations, int ordinal) {
        List<SmallRyeFile> named = new ArrayList<>();
        for (List<String> extensions : yaml ? List.of(PROPERTIES, YAML) : List.of(PROPERTIES)) {
            for (String location : locations) {
                boolean hasScheme = location.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
                if (hasScheme && !location.startsWith("file:")) {
                    cannotRead();
                    continue;
                }
                String path = ContainerFiles.path(location);
                addFile(path, ordinal, extensions, named);
                if (!hasScheme) {
                    resources(path, ordinal, extensions).stream()
                            .filter(it -> extensions.stream().anyMatch(path::endsWith))
                            .forEach(named::add);
                }
            }
        }
        return named;
    }

    /** Adds a file of the container, or those in a directory. */
    private void addFile(String path, int ordinal, List<String> extensions, List<SmallRyeFile> named) {
        Predicate<String> fits = name -> extensions.stream().anyMatch(name::endsWith);
        if (fits.test(path)) {
            Optional<SmallRyeFile> file = open(inContainer, path, ordinal, extensions);
            file.ifPresent(named::add);
            Truth exists = file.isPresent() ? Truth.FALSE : container.exists(path);
            if (exists.isTrue() || (exists.isUnknown() && files.file(path).isEmpty())) {
                cannotRead();
            }
            return;
        }
        Map<Integer, List<PropertySource>> byOrdinal = new TreeMap<>();
        for (String name : container.names(path)) {
            if (fits.test(name)) {
                open(inContainer, path.replaceFirst("/$", "") + "/" + name, ordinal, List.of())
                        .ifPresentOrElse(
                                file -> byOrdinal
                                        .computeIfAbsent(file.ordinal(), it -> new ArrayList<>())
                                        .add(file.source()),
                                this::cannotRead);
            }
        }
        byOrdinal.forEach((rank, files) ->
                named.add(new SmallRyeFile(inContainer, path, RankedSources.inAnyOrder(files), rank, List.of())));
    }

    private void cannotRead() {
        gap = gap.or(() -> Optional.of("what " + rules.locations().get(0) + " names may set it"));
    }
}
