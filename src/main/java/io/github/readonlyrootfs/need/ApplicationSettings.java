// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.configuration.DropwizardConfiguration;
import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.configuration.RankedConfiguration;
import io.github.readonlyrootfs.configuration.RankedConfiguration.Rules;
import io.github.readonlyrootfs.configuration.SpringConfiguration;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the application in a container: from its files, its environment, its system properties and its command line,
 * merged as its framework does.
 */
public final class ApplicationSettings {

    /** Keys with these endings contain the URLs of databases, in every framework. */
    private static final List<String> DATABASE_URLS = List.of("*.url", "*.jdbc-url");

    /** With one of these, Spring Cloud reads {@code bootstrap.yml}; from version 3 on, only if it is asked to. */
    private static final LibraryPattern BOOTSTRAP =
            LibraryPattern.parse("org.springframework.cloud:spring-cloud-starter-bootstrap"
                    + " | org.springframework.cloud:spring-cloud-context [1,3)");

    /** Measured with each version from 3.5.9 to 3.5.16 and from 4.0.0 to 4.1.0. */
    private static final LibraryPattern IMPORTS_ONE_BY_ONE = LibraryPattern.parse(
            "org.springframework.boot:spring-boot (,3.5.12) | org.springframework.boot:spring-boot [4.0.0,4.0.4)");

    private static final LibraryPattern QUARKUS_YAML = LibraryPattern.parse("io.quarkus:quarkus-config-yaml");
    private static final LibraryPattern HELIDON_MP = LibraryPattern.parse("io.helidon.config:helidon-config-mp");
    private static final LibraryPattern HELIDON = LibraryPattern.parse("io.helidon.config:helidon-config");
    private static final LibraryPattern HELIDON_4 = LibraryPattern.parse("io.helidon.config:helidon-config [4,)");
    private static final LibraryPattern SMALLRYE_3_9 = LibraryPattern.parse("io.smallrye.config:* [3.9,)");
    private static final LibraryPattern SMALLRYE_YAML =
            LibraryPattern.parse("io.smallrye.config:smallrye-config-source-yaml");

    private final Optional<Framework> framework;
    private final Launch launch;
    private final ApplicationConfiguration configuration;
    private final List<Problem> problems;

    private ApplicationSettings(
            Optional<Framework> framework,
            Launch launch,
            ApplicationConfiguration configuration,
            List<Problem> problems) {
        this.framework = framework;
        this.launch = launch;
        this.configuration = configuration;
        this.problems = List.copyOf(problems);
    }

    static ApplicationSettings of(ContainerContext container) {
        Optional<Framework> framework = Framework.of(container.application().dependencies());
        Launch launch = container.application().launch();
        List<Problem> problems = new ArrayList<>();
        ApplicationConfiguration configuration = framework.isEmpty()
                ? ApplicationConfiguration.withoutFiles(launch)
                : read(framework.get(), container, launch, problems);
        return new ApplicationSettings(framework, launch, configuration, problems);
    }

    private static ApplicationConfiguration read(
            Framework framework, ContainerContext container, Launch launch, List<Problem> problems) {
        ConfigurationFiles files =
                new ConfigurationFiles(container.application().modules().resources(), framework != Framework.QUARKUS);
        ImageFiles image = new ImageFiles(container);
        Libraries libraries = container.application().libraries();
        ApplicationConfiguration configuration = switch (framework) {
            case SPRING_BOOT ->
                SpringConfiguration.read(
                        files,
                        launch,
                        new SpringConfiguration.Rules(libraries.has(BOOTSTRAP), !libraries.has(IMPORTS_ONE_BY_ONE)),
                        image,
                        container.application().code().propertySources());
            case QUARKUS ->
                RankedConfiguration.read(files, launch, image, Rules.QUARKUS, libraries.mayHave(QUARKUS_YAML));
            case MICRONAUT -> RankedConfiguration.read(files, launch, image, Rules.MICRONAUT, true);
            case HELIDON, MICROPROFILE ->
                RankedConfiguration.read(
                        files, launch, image, microProfile(libraries), libraries.mayHave(SMALLRYE_YAML));
            case DROPWIZARD -> dropwizard(container, launch, problems);
        };
        problems.addAll(files.problems());
        return configuration;
    }

    private static Rules microProfile(Libraries libraries) {
        if (libraries.mayHave(HELIDON_MP)) {
            return Rules.HELIDON_MP;
        }
        if (libraries.mayHave(HELIDON)) {
            return libraries.has(HELIDON_4) ? Rules.HELIDON_4 : Rules.HELIDON_3;
        }
        return libraries.has(SMALLRYE_3_9) ? Rules.SMALLRYE : Rules.MICROPROFILE;
    }

    /** Reads the file that the command line names, from the container or else from the class path. */
    private static ApplicationConfiguration dropwizard(
            ContainerContext container, Launch launch, List<Problem> problems) {
        Optional<Value.Known<String>> name = dropwizardFile(launch.arguments());
        if (name.isEmpty()) {
            return ApplicationConfiguration.withoutFiles(launch);
        }
        String path = name.get().value();
        try {
            // Dropwizard's other commands, such as `db migrate`, read it too, and none of them changes it.
            Optional<SourceFile> file = new ImageFiles(container).readUnchanged(path);
            if (file.isEmpty()) {
                file = container.application().modules().resources().read(path.replaceFirst("^/", ""));
            }
            if (file.isPresent()) {
                return DropwizardConfiguration.read(file.get(), launch);
            }
            problems.add(new Problem(
                    name.get().location(), "the content of " + path + " is unknown", "copy it from the build context"));
        } catch (UnreadableSourceException e) {
            problems.add(e.problem());
        }
        return ApplicationConfiguration.withoutFiles(launch);
    }

    /** The argument after {@code server}; for commands of the application's own, the last argument with a name like YAML. */
    private static Optional<Value.Known<String>> dropwizardFile(List<Value.Known<String>> arguments) {
        Optional<Value.Known<String>> file = Optional.empty();
        for (int i = 1; i < arguments.size(); i++) {
            if (arguments.get(i - 1).value().equals("server")) {
                return Optional.of(arguments.get(i));
            }
            if (arguments.get(i).value().matches("(?s).*\\.ya?ml")) {
                file = Optional.of(arguments.get(i));
            }
        }
        return file;
    }

    public Optional<Framework> framework() {
        return framework;
    }

    public boolean isOn(Framework other) {
        return framework.isPresent() && framework.get() == other;
    }

    public Launch launch() {
        return launch;
    }

    public ApplicationConfiguration configuration() {
        return configuration;
    }

    /** These settings with another configuration. */
    public ApplicationSettings with(ApplicationConfiguration other) {
        return new ApplicationSettings(framework, launch, other, List.of());
    }

    /** Why files could not be read. */
    public List<Problem> problems() {
        return problems;
    }

    /** The values of a key; an asterisk in it stands for one or more parts, so it can have several. */
    public List<Value<String>> get(String key) {
        List<String> keys = key.contains("*") ? configuration.keys(key) : List.of(key);
        List<Value<String>> values = new ArrayList<>();
        for (String each : keys) {
            Value<String> value = configuration.value(each);
            if (!value.isAbsent()) {
                values.add(value);
            }
        }
        return values;
    }

    /** Whether Spring creates singletons only on first use, or may do so. */
    boolean hasLazySingletons() {
        Value<String> lazy = configuration.value("spring.main.lazy-initialization");
        return isOn(Framework.SPRING_BOOT)
                && !lazy.isAbsent()
                && lazy.known().filter(BooleanWords.SPRING::isUnset).isEmpty()
                && lazy.known().flatMap(BooleanWords.SPRING::read).orElse(true);
    }

    public List<Value<String>> databaseUrls() {
        return databaseKeys().stream().map(configuration::value).toList();
    }

    /** The keys that contain the URLs of databases. */
    public List<String> databaseKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (String pattern : DATABASE_URLS) {
            keys.addAll(configuration.keys(pattern));
        }
        return List.copyOf(keys);
    }
}
