// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.ConfigurationFile;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.PropertyDocument;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A Spring Boot application's configuration: command line over {@code SPRING_APPLICATION_JSON} over system properties
 * over the environment over files, see {@link SpringDocuments}, over the files that {@code @PropertySource} names, over the
 * defaults of the code. See the reference manual's chapter "Externalized Configuration".
 */
public final class SpringConfiguration {

    /** The most imports with placeholders that are followed: each needs all documents that were read before. */
    private static final int MAX_RESOLVED = 50;

    private final ConfigurationFiles files;
    private final ContainerFiles container;
    private final List<PropertySource> outside;
    private final Launch.Code code;
    private final PropertySource defaults;
    private final ApplicationConfiguration settings;
    private final Optional<String> incomplete;
    private final Rules rules;
    private int resolved;

    /**
     * What differs between versions.
     *
     * @param bootstrap whether Spring Cloud reads {@code bootstrap.yml} too
     * @param importsTogether whether imports from outside the files are read like those of one document; up to 3.5.11, and
     *     from 4.0.0 to 4.0.3, each is read by itself
     */
    public record Rules(boolean bootstrap, boolean importsTogether) {}

    private SpringConfiguration(ConfigurationFiles files, Launch launch, ContainerFiles container, Rules rules) {
        this.files = files;
        this.container = container;
        this.rules = rules;
        PropertySource options = launch.options();
        PropertySource properties = launch.properties();
        PropertySource variables = launch.variables();
        List<PropertySource> started = List.of(options, properties, variables);
        PropertySource json = ApplicationJson.of(started);
        this.outside = List.of(options, json, properties, variables);
        this.code = launch.code();
        this.defaults = code.weakest();
        this.incomplete = launch.incomplete().isPresent() ? launch.incomplete() : ApplicationJson.gap(started);
        this.settings = with(List.of());
    }

    /**
     * The configuration of an application.
     *
     * @param container the files outside its jar
     * @param declared the files that {@code @PropertySource} names in its code, the weakest first; only those on the class path
     *     are read
     */
    public static ApplicationConfiguration read(
            ConfigurationFiles files, Launch launch, Rules rules, ContainerFiles container, List<String> declared) {
        return new SpringConfiguration(files, launch, container, rules).read(declared);
    }

    private ApplicationConfiguration read(List<String> declared) {
        List<SpringLocations> places = new ArrayList<>();
        List<SpringDocuments> trees = new ArrayList<>();
        places.add(locations("spring.config.name", "application"));
        trees.add(tree(places.get(0), "spring.config."));
        if (rules.bootstrap()) {
            places.add(locations("spring.cloud.bootstrap.name", "bootstrap"));
            trees.add(tree(places.get(1), "spring.cloud.bootstrap."));
        }
        List<ProfileDocument> unconditional = new ArrayList<>();
        for (SpringDocuments tree : trees) {
            unconditional.addAll(tree.unconditional());
        }
        // Documents with a condition cannot activate profiles: Spring Boot rejects that.
        Profiles profiles = SpringProfiles.of(with(unconditional), sources(unconditional), code.profiles());
        List<ProfileDocument> documents = new ArrayList<>();
        for (SpringDocuments tree : trees) {
            tree.readForProfiles(profiles);
            documents.addAll(tree.documents());
        }
        Collections.reverse(documents);
        documents.addAll(0, declared(declared));
        Optional<String> gap = incomplete;
        for (SpringLocations each : places) {
            gap = gap.isPresent() ? gap : each.elsewhere();
        }
        return Layers.bound(documents, outside, defaults, gap, profiles);
    }

    private SpringLocations locations(String key, String standard) {
        return new SpringLocations(
                files, container, settings.values(key).known().orElse(List.of(standard)));
    }

    /** The documents of some locations, read as far as no profile decides. */
    private SpringDocuments tree(SpringLocations locations, String prefix) {
        SpringDocuments tree = new SpringDocuments(locations, this);
        String replaced = prefix + "location";
        String additional = prefix + "additional-location";
        tree.searchImports(groups(SpringDocuments.IMPORT, locations), rules.importsTogether());
        tree.search(groups(additional, locations), additional);
        if (settings.values(replaced).isAbsent()) {
            tree.search(SpringLocations.STANDARD, "");
        } else {
            tree.search(groups(replaced, locations), replaced);
        }
        tree.readBeforeProfiles();
        return tree;
    }

    private List<String> groups(String key, SpringLocations locations) {
        Value<List<String>> groups = settings.values(key);
        if (groups.isUnknown()) {
            locations.cannotRead(key);
        }
        return groups.known().orElse(List.of());
    }

    /** The value of a key that these documents may set, the strongest first. */
    Optional<String> value(String key, List<ProfileDocument> documents) {
        return with(documents).value(key).known();
    }

    /**
     * The locations in an import.
     *
     * @param documents those that were read before, for placeholders
     */
    List<String> imports(String written, SpringDocuments documents, SpringLocations locations) {
        if (!written.contains("${")) {
            return List.of(written.split(",", -1));
        }
        boolean resolves = ++resolved <= MAX_RESOLVED;
        Text text = resolves ? with(documents.documents()).resolve(written) : Text.unknown("too many imports");
        if (!text.isKnown()) {
            locations.cannotRead(SpringDocuments.IMPORT);
            return List.of();
        }
        return List.of(text.raw().split(",", -1));
    }

    /** The settings from outside the files over those of documents, the strongest first. */
    private ApplicationConfiguration with(List<ProfileDocument> documents) {
        List<ProfileDocument> weakestFirst = new ArrayList<>(documents);
        Collections.reverse(weakestFirst);
        return Layers.bound(weakestFirst, outside, defaults, incomplete, Profiles.standard(List.of()));
    }

    private List<PropertySource> sources(List<ProfileDocument> documents) {
        List<PropertySource> sources = new ArrayList<>(outside);
        for (ProfileDocument document : documents) {
            PropertySource.Named source = new PropertySource.Named();
            source.putAll(document.document());
            sources.add(source);
        }
        sources.add(defaults);
        return sources;
    }

    /** Files that {@code @PropertySource} names have no profiles and import nothing. */
    private List<ProfileDocument> declared(List<String> names) {
        List<ProfileDocument> documents = new ArrayList<>();
        for (String name : names) {
            String resource = name.replaceFirst("^classpath:", "").replaceFirst("^/", "");
            Optional<ConfigurationFile> file =
                    resource.endsWith(".properties") ? files.file(resource) : Optional.empty();
            for (PropertyDocument document : file.isPresent() ? file.get().documents() : List.<PropertyDocument>of()) {
                documents.add(new ProfileDocument(document, Optional.empty()));
            }
        }
        return documents;
    }
}
