// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.file.KeyName;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A Micronaut application's configuration: command line over system properties over the environment over the files of
 * {@code micronaut.config.files} over {@code application-<environment>} files over {@code application} files. What Micronaut
 * calls environments are profiles here. The ones that it detects at run time, such as {@code ec2}, are not known.
 */
public final class MicronautConfiguration {

    private static final List<String> EXTENSIONS = List.of("json", "properties", "yaml", "yml");

    /** The extensions of Micronaut 5. */
    private static final List<String> EXTENSIONS_5 = List.of("json", "yaml", "yml", "properties");

    private static final String FILES = "micronaut.config.files";
    private static final String ENVIRONMENTS = "micronaut.environments";
    private static final String IMPORT = "micronaut.config.import";

    private final ConfigurationFiles files;
    private final Launch launch;
    private final ContainerFiles container;
    private final boolean five;
    private Optional<String> gap;

    private MicronautConfiguration(ConfigurationFiles files, Launch launch, ContainerFiles container, boolean five) {
        this.files = files;
        this.five = five;
        this.launch = launch;
        this.container = container;
        this.gap = launch.incomplete();
    }

    /**
     * The configuration of an application.
     *
     * @param container the files outside its jar
     * @param five whether it is Micronaut 5 or later
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, ContainerFiles container, boolean five) {
        return new MicronautConfiguration(files, launch, container, five).read();
    }

    private ApplicationConfiguration read() {
        List<String> extensions = five ? EXTENSIONS_5 : EXTENSIONS;
        List<List<ProfileDocument>> groups = new ArrayList<>();
        for (String name : List.of("bootstrap", "application")) {
            List<ProfileDocument> documents = new ArrayList<>(
                    FileGroup.find(FilePlace.inContainer(files, container), List.of("config/"), name, extensions)
                            .withoutSecondYaml()
                            .documents());
            documents.addAll(FileGroup.find(FilePlace.onClassPath(files), List.of(""), name, extensions)
                    .withoutSecondYaml()
                    .documents());
            groups.add(documents);
        }
        groups.add(named());
        boolean imports = groups.stream()
                .flatMap(List::stream)
                .flatMap(document -> document.document().properties().stream())
                .anyMatch(property -> property.key().startsWith(IMPORT));
        if (five && (imports || outside(IMPORT).stream().anyMatch(value -> !value.isAbsent()))) {
            cannotRead(IMPORT);
        }
        return Layers.merge(
                groups,
                List.of(launch.options(), launch.properties(), PropertySource.Variables.exact(launch.environment())),
                gap,
                PlaceholderStyle.MICRONAUT,
                settings -> environments());
    }

    /** The environments that the system property and the variable name. */
    private Profiles environments() {
        Set<String> names = new LinkedHashSet<>();
        for (Value<String> each : outside(ENVIRONMENTS)) {
            if (each instanceof Value.Unknown<String> unknown) {
                return Profiles.unknown("of " + ENVIRONMENTS + ", " + unknown.reason());
            }
            names.addAll(ApplicationConfiguration.names(each.known().orElse("")));
        }
        if (!names.isEmpty()) {
            return Profiles.chosen(List.copyOf(names));
        }
        return Profiles.unnamed(ENVIRONMENTS, launch.incomplete(), List.of());
    }

    /** The values of a system property and of the variable for it. */
    private List<Value<String>> outside(String name) {
        String variable = KeyName.exactVariables(name).get(1).toUpperCase(Locale.ROOT);
        return List.of(launch.property(name), launch.variable(variable));
    }

    /** The documents of the named files, the weakest first. */
    private List<ProfileDocument> named() {
        List<List<ConfigurationFile>> byRank = new ArrayList<>();
        for (Value<String> each : outside(FILES)) {
            if (each.isUnknown()) {
                cannotRead(FILES);
            }
            String[] places = each.known().orElse("").split(",", -1);
            for (int i = 0; i < places.length; i++) {
                if (!places[i].isBlank()) {
                    while (byRank.size() <= i) {
                        byRank.add(new ArrayList<>());
                    }
                    open(places[i].strip()).ifPresentOrElse(byRank.get(i)::add, () -> cannotRead(FILES));
                }
            }
        }
        return byRank.stream()
                .flatMap(List::stream)
                .flatMap(file -> file.documents().stream())
                .map(document -> new ProfileDocument(document, Optional.empty()))
                .toList();
    }

    private Optional<ConfigurationFile> open(String place) {
        if (place.startsWith("classpath:")) {
            return files.file(place.substring("classpath:".length()).replaceFirst("^/+", ""));
        }
        String path = ContainerFiles.path(place);
        return container.read(path).flatMap(file -> files.read(file, path.substring(path.lastIndexOf('.') + 1)));
    }

    private void cannotRead(String key) {
        gap = gap.or(() -> Optional.of("what " + key + " names may set it"));
    }
}
