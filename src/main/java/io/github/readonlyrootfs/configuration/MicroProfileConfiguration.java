// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.FilePlace;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.file.PropertyDocument;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of an application on MicroProfile Config, such as Quarkus and Helidon: system properties over the
 * environment over {@code application.yaml} over {@code application.properties} over
 * {@code META-INF/microprofile-config.properties} in each entry of the class path, the first over the others; in each, {@code %profile.key} over {@code key}.
 */
public final class MicroProfileConfiguration {

    private static final List<String> PROPERTIES = List.of("properties");
    private static final List<String> YAML = List.of("yml", "yaml");

    private MicroProfileConfiguration() {}

    /** That of an application on Helidon or in another runtime of MicroProfile. */
    public static ApplicationConfiguration microProfile(ConfigurationFiles files, Launch launch) {
        FilePlace resources = FilePlace.onClassPath(files);
        List<Source> sources = new ArrayList<>();
        FilePlace.eachOnClassPath(files)
                .forEach(place -> sources.add(
                        0,
                        new Source(
                                100, FileGroup.find(place, List.of("META-INF/"), "microprofile-config", PROPERTIES))));
        sources.addAll(List.of(
                new Source(250, FileGroup.find(resources, List.of("", "config/"), "application", PROPERTIES)),
                new Source(255, FileGroup.find(resources, List.of("", "config/"), "application", YAML))));
        List<List<ProfileDocument>> groups = sources.stream()
                .sorted(Comparator.comparingInt(Source::ordinal))
                .map(source -> divided(source.files()))
                .toList();
        List<PropertySource> outside =
                List.of(launch.properties(), PropertySource.Variables.exact(launch.environment()));
        Profiles profiles = Layers.merge(
                        groups,
                        outside,
                        launch.incomplete(),
                        PlaceholderStyle.PLAIN,
                        settings -> Profiles.named(settings, "mp.config.profile", List.of()))
                .profiles();
        return Layers.merge(
                groups,
                outside.stream()
                        .map(source -> new PropertySource.Profiled(source, profiles.active()))
                        .toList(),
                launch.incomplete(),
                PlaceholderStyle.PLAIN,
                settings -> profiles);
    }

    /**
     * The files of one place.
     *
     * @param standard what they weigh unless they say otherwise
     */
    private record Source(int standard, FileGroup files) {

        int ordinal() {
            return files.plain().stream()
                    .flatMap(file -> file.documents().stream())
                    .flatMap(document -> document.text("config_ordinal").stream())
                    .filter(text -> text.matches("\\d{1,8}"))
                    .map(Integer::valueOf)
                    .findFirst()
                    .orElse(standard);
        }
    }

    /** The documents of a group, divided by the profiles before their keys. */
    private static List<ProfileDocument> divided(FileGroup group) {
        List<ProfileDocument> documents = new ArrayList<>();
        for (ProfileDocument document : group.documents()) {
            Map<Optional<String>, List<Property>> divided = new LinkedHashMap<>();
            for (Property property : document.document().properties()) {
                String key = property.key();
                int dot = key.startsWith("%") ? key.indexOf('.') : -1;
                if (dot < 0) {
                    divided.computeIfAbsent(document.profile(), it -> new ArrayList<>())
                            .add(property);
                    continue;
                }
                Property plain = new Property(key.substring(dot + 1), property.value(), property.location());
                if (document.profile().isPresent()) {
                    documents.add(new ProfileDocument(
                            new PropertyDocument(List.of(plain)),
                            document.profile(),
                            List.of(ProfileExpression.of(key.substring(1, dot)))));
                    continue;
                }
                for (String profile : key.substring(1, dot).replace("\"", "").split(",", -1)) {
                    divided.computeIfAbsent(Optional.of(profile.strip()), it -> new ArrayList<>())
                            .add(plain);
                }
            }
            divided.forEach((profile, properties) ->
                    documents.add(new ProfileDocument(new PropertyDocument(properties), profile)));
        }
        return documents;
    }
}
