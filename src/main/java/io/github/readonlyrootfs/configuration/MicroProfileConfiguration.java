// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of an application on MicroProfile Config, such as Quarkus and Helidon: system properties over the
 * environment over {@code application.yaml} over {@code application.properties} over
 * {@code META-INF/microprofile-config.properties}; in each, {@code %profile.key} over {@code key}.
 */
public final class MicroProfileConfiguration {

    private MicroProfileConfiguration() {}

    /** A Quarkus application's; its profile is {@code prod} unless {@code quarkus.profile} says otherwise. */
    public static ApplicationConfiguration quarkus(ConfigurationFiles files, Launch launch) {
        return read(files, launch, "quarkus.profile", List.of("prod"));
    }

    /** That of an application on Helidon or in another runtime of MicroProfile. */
    public static ApplicationConfiguration microProfile(ConfigurationFiles files, Launch launch) {
        return read(files, launch, "mp.config.profile", List.of());
    }

    private static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, String profileKey, List<String> standardProfiles) {
        List<FileGroup> groups = List.of(
                FileGroup.find(files, List.of("META-INF/"), "microprofile-config", List.of("properties")),
                FileGroup.find(files, List.of("", "config/"), "application", List.of("properties")),
                FileGroup.find(files, List.of("", "config/"), "application", List.of("yml", "yaml")));
        return Layers.merge(
                groups.stream().map(MicroProfileConfiguration::divided).toList(),
                List.of(launch.properties(), launch.variables()),
                launch.incomplete(),
                settings -> Profiles.named(settings, profileKey, standardProfiles));
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
                for (String profile :
                        key.substring(1, dot).replaceAll("[{}\"]", "").split(",", -1)) {
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
