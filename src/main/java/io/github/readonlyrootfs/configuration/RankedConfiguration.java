// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.PropertySource.Variables;
import io.github.readonlyrootfs.configuration.RankedSources.Overridden;
import io.github.readonlyrootfs.configuration.RankedSources.Ranked;
import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The configuration of an application on Quarkus, SmallRye Config, Micronaut or Helidon: the command line over system
 * properties over the environment over files with ranks. What depends on a tie between files, on a version, or on files that a
 * setting names, is unknown.
 */
public final class RankedConfiguration {

    /** The frameworks, and what they read. */
    public enum Rules {
        QUARKUS,
        /** SmallRye Config from version 3.9 on, which reads {@code application.properties} too. */
        SMALLRYE,
        /** SmallRye Config up to version 3.8, and what is known of others. */
        MICROPROFILE,
        HELIDON_MP,
        HELIDON_3,
        HELIDON_4,
        MICRONAUT;

        private boolean isSmallRye() {
            return this == QUARKUS || this == SMALLRYE || this == MICROPROFILE;
        }

        private boolean isHelidonSe() {
            return this == HELIDON_3 || this == HELIDON_4;
        }

        /** The keys that name active profiles. */
        private List<String> profiles() {
            return switch (this) {
                case QUARKUS -> List.of("quarkus.profile", "smallrye.config.profile", "mp.config.profile");
                case SMALLRYE, MICROPROFILE -> List.of("smallrye.config.profile", "mp.config.profile");
                case MICRONAUT -> List.of("micronaut.environments");
                default -> List.of("mp.config.profile");
            };
        }

        /** The beginnings of keys that name more sources, or more profiles. */
        private List<String> unfollowed() {
            List<String> smallRye = List.of("smallrye.config.locations", "smallrye.config.profile.parent");
            return switch (this) {
                case QUARKUS ->
                    Stream.concat(
                                    smallRye.stream(),
                                    Stream.of("quarkus.config.locations", "quarkus.config.profile.parent"))
                            .toList();
                case SMALLRYE, MICROPROFILE -> smallRye;
                case MICRONAUT -> List.of("micronaut.config.files", "micronaut.config.import");
                default -> List.of();
            };
        }

        private List<Kind> files(boolean yaml) {
            List<String> yamls = yaml ? List.of(".yaml", ".yml") : List.of();
            List<String> properties = List.of(".properties");
            List<Kind> standard =
                    List.of(new Kind(STANDARD, 110, false, yamls), new Kind(STANDARD, LOWEST, false, properties));
            List<Kind> application = List.of(
                    new Kind(".env", 295, true, List.of("")),
                    new Kind(IN_CONFIG, 265, true, yamls),
                    new Kind(IN_CONFIG, 260, true, properties),
                    new Kind(APPLICATION, 255, false, yamls),
                    new Kind(APPLICATION, 250, false, properties));
            List<String> plain = List.of(".properties", ".yaml", ".yml");
            List<String> all = List.of(".json", ".properties", ".yaml", ".yml");
            return switch (this) {
                case QUARKUS, SMALLRYE ->
                    Stream.concat(application.stream(), standard.stream()).toList();
                case MICROPROFILE -> standard;
                case HELIDON_MP ->
                    List.of(
                            new Kind(STANDARD, LOWEST, false, properties),
                            new Kind(APPLICATION, LOWEST, false, List.of(".yaml")));
                case HELIDON_3, HELIDON_4 ->
                    List.of(new Kind(APPLICATION, LOWEST, true, plain), new Kind(APPLICATION, LOWEST, false, plain));
                case MICRONAUT ->
                    List.of(
                            new Kind(IN_CONFIG, LOWEST, true, all),
                            new Kind(APPLICATION, LOWEST, false, all),
                            new Kind("config/bootstrap", 0, true, all),
                            new Kind("bootstrap", 0, false, all));
            };
        }
    }

    /**
     * Files of one name.
     *
     * @param name without extension and profile
     * @param inContainer whether they are beside the application, not on its class path
     */
    private record Kind(String name, int rank, boolean inContainer, List<String> extensions) {}

    private static final String APPLICATION = "application";
    private static final String IN_CONFIG = "config/application";
    private static final String STANDARD = "META-INF/microprofile-config";
    private static final int LOWEST = 100;

    /** No real application has more profiles. */
    private static final int MAX_PROFILES = 50;

    /** What replaces the sources of Helidon, or adds some. */
    private static final List<String> HELIDON_VARIABLES = List.of("HELIDON_MP_META_CONFIG", "HELIDON_CONFIG_PROFILE");

    private static final List<String> HELIDON_PROPERTIES = List.of(
            "io.helidon.config.meta-config",
            "io.helidon.config.mp.meta-config",
            "helidon.config.profile",
            "config.profile");
    private static final List<String> HELIDON_FILES = List.of("meta-config", "config-profile", "mp-meta-config");

    private final ConfigurationFiles files;
    private final Launch launch;
    private final List<FilePlace> onClassPath;
    private final FilePlace inContainer;
    private final Rules rules;
    private final List<Kind> kinds;

    /** Why other sources may override those that are read. */
    private Optional<String> unfollowed = Optional.empty();

    private RankedConfiguration(
            ConfigurationFiles files, Launch launch, ContainerFiles container, Rules rules, boolean yaml) {
        this.files = files;
        this.launch = launch;
        // The others read the first file of a name.
        this.onClassPath = rules == Rules.MICRONAUT || rules.isHelidonSe()
                ? List.of(FilePlace.onClassPath(files))
                : FilePlace.eachOnClassPath(files);
        this.inContainer = FilePlace.inContainer(files, container);
        this.rules = rules;
        this.kinds = rules.files(yaml);
    }

    /**
     * The configuration of an application.
     *
     * @param container the files outside its jar
     * @param yaml whether the library that reads YAML is present, if it is one of its own
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, ContainerFiles container, Rules rules, boolean yaml) {
        return new RankedConfiguration(files, launch, container, rules, yaml).read();
    }

    private ApplicationConfiguration read() {
        RankedSources alone = sources(List.of());
        Profiles profiles = profiles(alone);
        RankedSources read = sources(profiles.active());
        follow(read);
        PropertySource active = followed(read);
        Optional<String> incomplete = launch.incomplete().or(() -> unfollowed);
        Map<String, PropertySource> others = new LinkedHashMap<>();
        for (String profile : rules.isHelidonSe() ? Set.<String>of() : mentioned(alone)) {
            if (others.size() < MAX_PROFILES && profiles.mayCount(profile)) {
                others.put(profile, followed(sources(List.of(profile))));
            }
        }
        return ApplicationConfiguration.of(
                active,
                others,
                incomplete,
                profiles,
                rules == Rules.MICRONAUT
                        ? PlaceholderStyle.MICRONAUT
                        : rules.isHelidonSe() ? PlaceholderStyle.HELIDON : PlaceholderStyle.PLAIN);
    }

    private PropertySource followed(PropertySource sources) {
        return unfollowed.isPresent() ? new Overridden(sources, unfollowed.get()) : sources;
    }

    /** Notes why there may be sources that are not read here. */
    private void follow(RankedSources sources) {
        for (String key : sources.keys()) {
            for (String beginning : rules.unfollowed()) {
                if (key.startsWith(beginning)) {
                    unfollowed = Optional.of("what " + beginning + " names may set it");
                }
            }
        }
        if ((rules == Rules.HELIDON_MP || rules.isHelidonSe()) && isDescribed()) {
            unfollowed = Optional.of("its meta-configuration, its profile or HOCON may name other sources");
        }
    }

    private boolean isDescribed() {
        return HELIDON_VARIABLES.stream().anyMatch(launch.environment()::containsKey)
                || HELIDON_PROPERTIES.stream().anyMatch(launch.systemProperties()::containsKey)
                || Stream.of(inContainer.names(""), files.names(""))
                        .flatMap(List::stream)
                        .anyMatch(name -> name.equals("application.conf")
                                || HELIDON_FILES.stream().anyMatch(it -> name.matches(it + "(-.*)?\\.\\w+")));
    }

    /** The profiles that are named, the weakest first. */
    private Profiles profiles(RankedSources sources) {
        if (rules.isHelidonSe()) {
            return Profiles.standard(List.of());
        }
        String key = rules.profiles().get(0);
        Set<String> active = new LinkedHashSet<>();
        for (Value<String> named : rules == Rules.MICRONAUT ? outside(key) : List.of(named(sources))) {
            if (named instanceof Value.Unknown<String> unknown) {
                return Profiles.unknown("of " + key + ", " + unknown.reason());
            }
            active.addAll(ApplicationConfiguration.names(named.known().orElse("")));
        }
        List<Value<String>> ofCode = new ArrayList<>(launch.code().profiles());
        if (active.isEmpty() && ofCode.isEmpty()) {
            ofCode.addAll(launch.code().defaultProfiles());
        }
        for (Value<String> profile : ofCode) {
            if (profile instanceof Value.Unknown<String> unknown) {
                return Profiles.unknown(unknown.reason());
            }
            // Those of the code are the strongest.
            profile.known().ifPresent(active::add);
        }
        if (!active.isEmpty()) {
            return Profiles.chosen(List.copyOf(active));
        }
        return Profiles.unnamed(key, launch.incomplete(), rules == Rules.QUARKUS ? List.of("prod") : List.of());
    }

    private Value<String> named(RankedSources sources) {
        return sources.named(rules.profiles()).map(Setting::value).orElse(Value.absent());
    }

    /** The values of a system property and of the variable for it: Micronaut joins them. */
    private List<Value<String>> outside(String name) {
        return List.of(
                launch.property(name), launch.variable(name.replace('.', '_').toUpperCase(Locale.ROOT)));
    }

    /** The profiles that keys and the names of files mention. */
    private Set<String> mentioned(RankedSources sources) {
        Set<String> mentioned = new TreeSet<>(sources.mentioned());
        for (Kind kind : kinds) {
            int slash = kind.name().lastIndexOf('/') + 1;
            for (FilePlace place : places(kind)) {
                List<String> names = place.names(kind.name().substring(0, slash));
                for (String extension : kind.extensions()) {
                    mentioned.addAll(FilePlace.between(kind.name().substring(slash) + "-", extension, names));
                }
            }
        }
        return mentioned;
    }

    private List<FilePlace> places(Kind kind) {
        return kind.inContainer() ? List.of(inContainer) : onClassPath;
    }

    private RankedSources sources(List<String> profiles) {
        List<Ranked> all = new ArrayList<>();
        boolean relaxed = rules == Rules.MICRONAUT;
        if (relaxed) {
            all.add(Ranked.of(launch.code().strongest(), 600));
            all.add(Ranked.of(launch.options(), 500));
        }
        all.add(ranked(relaxed ? launch.properties() : launch.exactProperties(), 400));
        all.add(ranked(variables(), 300));
        for (Kind kind : kinds) {
            for (FilePlace place : places(kind)) {
                for (String extension : kind.extensions()) {
                    add(kind, place, extension, profiles, all);
                }
            }
        }
        if (rules.isHelidonSe() && all.size() > 3) {
            unfollowed = Optional.of("Helidon reads one of several files");
        }
        return new RankedSources(all, profiles, rules == Rules.HELIDON_MP);
    }

    /** For SmallRye, {@code %one,other.key} is a key of both profiles, except in the files for a profile. */
    private Ranked ranked(PropertySource source, int rank) {
        Ranked ranked = Ranked.of(source, rank);
        return rules.isSmallRye() ? ranked.sharing() : ranked;
    }

    private PropertySource variables() {
        return switch (rules) {
            case HELIDON_3 -> Variables.ofHelidon(launch.environment());
            case HELIDON_4 -> Variables.ofHelidon4(launch.environment());
            default -> Variables.exact(launch.environment());
        };
    }

    /** Adds a file, and those for the profiles: only Micronaut reads them without the file for all. */
    private void add(Kind kind, FilePlace place, String extension, List<String> profiles, List<Ranked> all) {
        boolean alone = rules == Rules.MICRONAUT;
        Optional<Ranked> base = read(place, kind.name(), extension)
                .map(file -> ranked(file, kind.rank()).inFile(rules.isSmallRye() ? kind.name() + extension : ""));
        base.ifPresent(all::add);
        int rank = base.map(Ranked::rank).orElse(kind.rank());
        for (int i = 0; i < profiles.size() && (alone || base.isPresent()); i++) {
            // In which order Helidon asks them depends on the other entries of the class path.
            int own = rules == Rules.HELIDON_MP ? rank : rank + i + 1;
            String name = kind.name() + "-" + profiles.get(i);
            for (String other : alone ? List.of(extension) : kind.extensions()) {
                read(place, name, other)
                        .map(file -> other.equals(extension)
                                ? file
                                : new Overridden(file, "its version decides whether it reads this extension"))
                        .ifPresent(file -> {
                            all.add(Ranked.of(file, own));
                            if (rules == Rules.HELIDON_MP
                                    && file.find(Ranked.ORDINAL).isPresent()) {
                                unfollowed = Optional.of("the file for a profile moves the one beside it");
                            }
                        });
            }
        }
    }

    /** A file; Micronaut reads no {@code .yaml} beside a {@code .yml}. */
    private Optional<PropertySource> read(FilePlace place, String name, String extension) {
        boolean second = rules == Rules.MICRONAUT
                && extension.equals(".yaml")
                && place.read(name + ".yml").isPresent();
        return second
                ? Optional.empty()
                : place.read(name + extension)
                        .map(file -> name.startsWith(".env") ? ofVariables(file) : settings(file));
    }

    private static PropertySource ofVariables(ConfigurationFile file) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        file.documents()
                .forEach(document -> document.properties()
                        .forEach(it -> variables.put(it.key(), new Value.Known<>(it.value(), it.location()))));
        return Variables.exact(variables);
    }

    private PropertySource settings(ConfigurationFile file) {
        Named settings = rules == Rules.MICRONAUT ? new Named() : Named.exact();
        file.documents().forEach(settings::putAll);
        return settings;
    }
}
