// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Spring Boot application's configuration: command line over {@code SPRING_APPLICATION_JSON} over system properties
 * over the environment over files for a profile over other files over those that {@code @PropertySource} names, as the
 * reference manual's chapter "Externalized Configuration" has it.
 */
public final class SpringConfiguration {

    private static final String ON_PROFILE = "spring.config.activate.on-profile";

    /** Until Spring Boot 2.3, and understood by later 2.x. */
    private static final String OLD_PROFILES = "spring.profiles";

    private static final String ON_CLOUD_PLATFORM = "spring.config.activate.on-cloud-platform";

    /** Files import files; this many levels are followed. */
    private static final int MAX_IMPORTS = 10;

    private final SpringLocations locations;

    private SpringConfiguration(SpringLocations locations) {
        this.locations = locations;
    }

    /**
     * Reads what an application that is started so sees.
     *
     * @param bootstrap whether Spring Cloud reads {@code bootstrap.yml} too
     * @param external the files that it finds outside its jar, the weakest first
     * @param declared what {@code @PropertySource} names in its code, the weakest first; what is not on the class path
     *     is not read
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files,
            Launch launch,
            boolean bootstrap,
            List<SourceFile> external,
            List<String> declared) {
        PropertySource options = launch.options();
        PropertySource properties = launch.properties();
        PropertySource variables = launch.variables();
        PropertySource json = ApplicationJson.of(List.of(options, properties, variables));
        List<PropertySource> outside = List.of(options, json, properties, variables);
        ApplicationConfiguration settings =
                Layers.merge(List.of(), outside, launch.incomplete(), it -> Profiles.standard(List.of()));
        SpringLocations locations = SpringLocations.of(files, settings);
        SpringConfiguration spring = new SpringConfiguration(locations);
        List<List<ProfileDocument>> groups = new ArrayList<>();
        groups.add(declared(files, declared));
        if (bootstrap) {
            groups.addAll(spring.groups(settings.values("spring.cloud.bootstrap.name"), "bootstrap"));
        }
        groups.addAll(spring.groups(settings.values("spring.config.name"), "application"));
        List<ConfigurationFile> outer =
                external.stream().flatMap(it -> files.read(it).stream()).toList();
        groups.add(spring.documents(new FileGroup(outer, Map.of()), 0));
        Optional<String> incomplete = launch.incomplete().or(locations::elsewhere);
        // What chooses profiles cannot depend on them: Spring Boot refuses it in documents with a condition.
        return Layers.merge(groups, outside, incomplete, SpringProfiles::of);
    }

    /** Such files have no profiles, and import nothing. */
    private static List<ProfileDocument> declared(ConfigurationFiles files, List<String> names) {
        return names.stream()
                .map(name -> name.replaceFirst("^classpath:", "").replaceFirst("^/", ""))
                .filter(name -> name.endsWith(".properties"))
                .flatMap(name -> files.file(name).stream())
                .flatMap(file -> file.documents().stream())
                .map(document -> new ProfileDocument(document, Optional.empty()))
                .toList();
    }

    private List<List<ProfileDocument>> groups(Value<List<String>> names, String standard) {
        return names.known().orElse(List.of(standard)).stream()
                .flatMap(name -> locations.groups(name).stream())
                .map(group -> documents(group, 0))
                .toList();
    }

    /** The documents of a group, each followed by those that it imports. */
    private List<ProfileDocument> documents(FileGroup group, int depth) {
        List<ProfileDocument> documents = new ArrayList<>();
        group.plain().forEach(file -> add(file, Optional.empty(), depth, documents));
        group.byProfile()
                .forEach((profile, files) -> files.forEach(file -> add(file, Optional.of(profile), depth, documents)));
        return documents;
    }

    private void add(ConfigurationFile file, Optional<String> profile, int depth, List<ProfileDocument> documents) {
        for (PropertyDocument document : file.documents()) {
            Optional<ProfileDocument> conditional = conditional(document, profile);
            conditional.ifPresent(documents::add);
            if (conditional.isPresent() && depth < MAX_IMPORTS) {
                locations
                        .imports(document, file.resource())
                        .forEach(imported -> documents.addAll(documents(imported, depth + 1)));
            }
        }
    }

    /**
     * Reads a document's conditions; empty when it can never count: with an invalid condition, or on a cloud
     * platform: ECS is not one that Spring Boot detects.
     */
    private static Optional<ProfileDocument> conditional(PropertyDocument document, Optional<String> profile) {
        if (document.text(ON_CLOUD_PLATFORM)
                .filter(platform -> !platform.equals("none"))
                .isPresent()) {
            return Optional.empty();
        }
        Optional<String> written =
                document.text(ON_PROFILE).or(() -> document.text(OLD_PROFILES)).filter(text -> !text.isBlank());
        Optional<ProfileExpression> expression = written.flatMap(ProfileExpression::parse);
        return written.isPresent() && expression.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProfileDocument(document, profile, expression));
    }
}
