// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.RankedSources.Found;
import io.github.readonlyrootfs.configuration.RankedSources.ProfileKeys;
import io.github.readonlyrootfs.configuration.RankedSources.Ranked;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
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
 * The configuration of an application on SmallRye Config, in Quarkus or alone: each file is a source with an ordinal, and so are
 * the environment, {@code .env} and the system properties; files for profiles are read beside one for all and rank just above
 * it; {@code smallrye.config.locations} names more.
 */
public final class SmallRyeConfiguration {

    /** Whose rules hold. */
    public enum Rules {
        QUARKUS_2(true, false),
        /** Those of version 3 or later. */
        QUARKUS_3(true, true),
        /** Those of MicroProfile Config, which SmallRye Config alone keeps up to version 3.8. */
        MICROPROFILE(false, false),
        /** Those of SmallRye Config alone from version 3.9 on, which reads {@code application.properties} too. */
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

    /** Nobody has more profiles than this. */
    private static final int MAX_PROFILES = 50;

    /** More than there ever are of one kind. */
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
     * Reads what an application that is started so sees.
     *
     * @param container the files beside it
     * @param yaml whether it has the library that reads YAML
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
        Map<String, RankedSources> others = new LinkedHashMap<>();
        for (String profile : mentioned) {
            if (others.size() < MAX_PROFILES && mayCount(profile, profiles)) {
                others.put(profile, with.apply(withParents(alone, List.of(profile))));
            }
        }
        if (profiles.unknown().isPresent()) {
            return configuration(
                    new RankedSources.Undecided(sources, List.copyOf(others.values())), profiles, List.of());
        }
        List<Conditional> conditional = new ArrayList<>();
        others.forEach((profile, source) ->
                conditional.add(new Conditional("profile " + profile, configuration(source, profiles, List.of()))));
        return configuration(sources, profiles, conditional);
    }

    private static boolean mayCount(String profile, Profiles profiles) {
        return profiles.unknown().isPresent()
                ? Profiles.mayBeDeployed(Set.of(profile))
                : !profiles.chosen()
                        && !profiles.active().contains(profile)
                        && Profiles.concernsOperation(Set.of(profile));
    }

    private ApplicationConfiguration configuration(
            PropertySource source, Profiles profiles, List<Conditional> conditional) {
        return new ApplicationConfiguration(List.of(source), gap, profiles, conditional, PlaceholderStyle.PLAIN);
    }

    /** Adds the sources that count whatever the profiles are, in the order in which they are asked. */
    private void addStanding() {
        boolean application = rules != Rules.MICROPROFILE;
        List<SmallRyeFile> inJar = new ArrayList<>();
        List<SmallRyeFile> beside = new ArrayList<>();
        if (yaml && application) {
            YAML.forEach(end -> inJar.addAll(resources("application." + end, 255, YAML)));
            YAML.forEach(end ->
                    open(inContainer, "config/application." + end, 265, YAML).ifPresent(beside::add));
        }
        if (yaml) {
            YAML.forEach(end -> inJar.addAll(resources("META-INF/microprofile-config." + end, 110, YAML)));
        }
        int factories = yaml ? 2 : 1;
        if (rules.quarkus) {
            // Behind a source for a UUID, and what reads quarkus.config.locations.
            added = 1 + factories;
            // Quarkus finds the sources for YAML, and its extension adds them again.
            List.of(inJar, beside, beside, inJar).forEach(files -> files.forEach(this::add));
        } else {
            List.of(inJar, beside).forEach(files -> files.forEach(this::add));
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

    /** To Quarkus 2, a file for a profile ends like the one that it lies beside. */
    private Optional<SmallRyeFile> open(FilePlace place, String path, int standard, List<String> extensions) {
        List<String> own = rules.three
                ? extensions
                : extensions.stream().filter(path::endsWith).toList();
        return SmallRyeFile.open(place, path, standard, own);
    }

    /** The files of a name on the class path: all count. */
    private List<SmallRyeFile> resources(String name, int standard, List<String> extensions) {
        return onClassPath.stream()
                .flatMap(place -> open(place, name, standard, extensions).stream())
                .toList();
    }

    private void add(PropertySource source, int standard) {
        standing.add(new Ranked(source, Ranked.asked(source, standard), added));
        added++;
    }

    private void add(SmallRyeFile file) {
        add(file.source(), file.ordinal());
        found.add(file);
        // What looks for files for profiles is one more.
        added++;
    }

    /** The profiles that are named, the weakest first, each after its parents. */
    private Profiles profiles(RankedSources sources) {
        Optional<Setting> named = sources.strongest(rules.profiles()).map(Found::setting);
        if (named.isPresent() && named.get().value() instanceof Value.Unknown<String> unknown) {
            return Profiles.unknown("of " + profileKey() + ", " + unknown.reason());
        }
        if (named.isEmpty() && gap.isPresent()) {
            return Profiles.unknown("nothing here sets " + profileKey() + ", but " + gap.get());
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

    /** Of a profile that is named twice, the first place counts, and the last to Quarkus 2. */
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
        // Of sources of one ordinal, Quarkus 2 asks the ones that locations name first, then those for profiles.
        int forProfiles = rules.three ? 0 : -MAX_SOURCES;
        int atLocations = 2 * forProfiles;
        int index = 0;
        for (SmallRyeFile file : found.stream()
                .sorted(Comparator.comparingInt(SmallRyeFile::ordinal).reversed())
                .toList()) {
            for (SmallRyeFile each : file.forProfiles(profiles)) {
                all.add(new Ranked(each.source(), each.ordinal(), forProfiles + index++));
            }
        }
        RankedSources known = ranked(all, profiles, shared);
        Optional<Found> named = known.strongest(rules.locations());
        if (named.isEmpty()) {
            return known;
        }
        ResolvedText text = configuration(known, Profiles.standard(profiles), List.of())
                .resolve(named.get().setting());
        if (!text.isKnown()) {
            cannotRead();
            return known;
        }
        index = 0;
        for (SmallRyeFile file :
                named(ApplicationConfiguration.names(text.text()), named.get().ordinal())) {
            all.add(new Ranked(file.source(), file.ordinal(), atLocations + index++));
            for (SmallRyeFile each : file.forProfiles(profiles)) {
                all.add(new Ranked(each.source(), each.ordinal(), atLocations + index++));
            }
        }
        return ranked(all, profiles, shared);
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
