// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.configuration.DropwizardConfiguration;
import io.github.readonlyrootfs.configuration.HelidonConfiguration;
import io.github.readonlyrootfs.configuration.HelidonMpConfiguration;
import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.configuration.MicronautConfiguration;
import io.github.readonlyrootfs.configuration.SmallRyeConfiguration;
import io.github.readonlyrootfs.configuration.SmallRyeConfiguration.Rules;
import io.github.readonlyrootfs.configuration.SpringConfiguration;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.need.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.yaml.InvalidYamlException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration keys that the application in a container sees: those of its files, its environment, its system
 * properties and its command line, put together as its framework does.
 */
public final class ApplicationSettings {

    /** Keys that end so hold the URLs of databases, in every framework. */
    private static final List<String> DATABASE_URLS = List.of("*.url", "*.jdbc-url");

    private static final String SPRING_BOOT = "org.springframework.boot:spring-boot:";

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

    /** The settings of a container's application. */
    static ApplicationSettings of(ContainerContext container) {
        Optional<ProjectFacts> project = container.project();
        Dependencies dependencies =
                project.isPresent() ? project.get().dependencies().get() : Dependencies.NONE;
        Optional<Framework> framework = Framework.of(dependencies);
        Launch launch = LaunchReader.read(container);
        List<Problem> problems = new ArrayList<>();
        if (framework.equals(Optional.of(Framework.DROPWIZARD))) {
            return new ApplicationSettings(framework, launch, dropwizard(container, launch, problems), problems);
        }
        if (framework.isEmpty()) {
            return new ApplicationSettings(framework, launch, ApplicationConfiguration.withoutFiles(launch), problems);
        }
        ConfigurationFiles files = new ConfigurationFiles(
                container.modules().resources(), !framework.equals(Optional.of(Framework.QUARKUS)));
        ApplicationConfiguration configuration = switch (framework.get()) {
            case SPRING_BOOT -> spring(container, files, launch, dependencies);
            case QUARKUS ->
                SmallRyeConfiguration.read(
                        files,
                        launch,
                        new ImageFiles(container),
                        has(dependencies, "io.quarkus:quarkus-core:", "(,3)") ? Rules.QUARKUS_2 : Rules.QUARKUS_3,
                        mayHave(dependencies, "quarkus-config-yaml"));
            case MICRONAUT ->
                MicronautConfiguration.read(
                        files, launch, new ImageFiles(container), has(dependencies, "io.micronaut:", "[5,)"));
            case HELIDON, MICROPROFILE -> microProfile(files, launch, new ImageFiles(container), dependencies);
            case DROPWIZARD -> ApplicationConfiguration.withoutFiles(launch);
        };
        problems.addAll(files.problems());
        return new ApplicationSettings(framework, launch, configuration, problems);
    }

    /** Whether there is a library whose coordinates begin so, in such a version. */
    private static boolean has(Dependencies dependencies, String beginning, String versions) {
        VersionRange range = VersionRange.parse(versions);
        return dependencies.resolved().stream()
                .map(ProjectFacts.Dependency::coordinates)
                .anyMatch(library -> library.toString().startsWith(beginning) && range.contains(library.version()));
    }

    private static ApplicationConfiguration microProfile(
            ConfigurationFiles files, Launch launch, ImageFiles container, Dependencies dependencies) {
        if (mayHave(dependencies, "helidon-config-mp")) {
            return HelidonMpConfiguration.read(
                    files, launch, container, has(dependencies, "io.helidon.config:helidon-config-mp:", "[4,)"));
        }
        if (mayHave(dependencies, "helidon-config")) {
            return HelidonConfiguration.read(
                    files, launch, container, has(dependencies, "io.helidon.config:helidon-config:", "[4,)"));
        }
        return SmallRyeConfiguration.read(
                files,
                launch,
                container,
                has(dependencies, "io.smallrye.config:", "[3.9,)") ? Rules.SMALLRYE : Rules.MICROPROFILE,
                mayHave(dependencies, "smallrye-config-source-yaml"));
    }

    /** Whether a library is there, or may be because not all could be resolved. */
    private static boolean mayHave(Dependencies dependencies, String artifact) {
        return !dependencies.unresolved().isEmpty()
                || dependencies.resolved().stream()
                        .anyMatch(library -> library.coordinates().artifactId().equals(artifact));
    }

    private static ApplicationConfiguration spring(
            ContainerContext container, ConfigurationFiles files, Launch launch, Dependencies dependencies) {
        // From version 3 on, it reads bootstrap.yml only when it is asked to.
        VersionRange bootstraps = VersionRange.parse("[1,3)");
        boolean bootstrap = dependencies.resolved().stream()
                .map(ProjectFacts.Dependency::coordinates)
                .anyMatch(library -> library.artifactId().equals("spring-cloud-starter-bootstrap")
                        || (library.artifactId().equals("spring-cloud-context")
                                && bootstraps.contains(library.version())));
        return SpringConfiguration.read(
                files,
                launch,
                new SpringConfiguration.Rules(bootstrap, !importsOneByOne(dependencies)),
                new ImageFiles(container),
                container.code().propertySources());
    }

    /** Measured with each version from 3.5.9 to 3.5.16 and from 4.0.0 to 4.1.0. */
    private static boolean importsOneByOne(Dependencies dependencies) {
        return has(dependencies, SPRING_BOOT, "(,3.5.12)") || has(dependencies, SPRING_BOOT, "[4.0.0,4.0.4)");
    }

    /** With the file that the command line names, in the container or else on the class path. */
    private static ApplicationConfiguration dropwizard(
            ContainerContext container, Launch launch, List<Problem> problems) {
        Optional<Value.Known<String>> name = dropwizardFile(launch.arguments());
        if (name.isEmpty()) {
            return ApplicationConfiguration.withoutFiles(launch);
        }
        String path = name.get().value();
        try {
            Optional<SourceFile> file = new ImageFiles(container).read(path);
            if (file.isEmpty()) {
                file = container.modules().resources().read(path.replaceFirst("^/", ""));
            }
            if (file.isPresent()) {
                return DropwizardConfiguration.read(file.get(), launch);
            }
            problems.add(new Problem(
                    name.get().location(), "what this file holds is not known", "copy it from the build context"));
        } catch (InvalidYamlException e) {
            problems.add(e.problem());
        } catch (UnreadableSourceException e) {
            problems.add(e.problem());
        }
        return ApplicationConfiguration.withoutFiles(launch);
    }

    /** What is behind {@code server}, or the last argument of a command of the application's own that is called like YAML. */
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

    public Launch launch() {
        return launch;
    }

    public ApplicationConfiguration configuration() {
        return configuration;
    }

    /** The same as if something else were so. */
    public ApplicationSettings with(ApplicationConfiguration other) {
        return new ApplicationSettings(framework, launch, other, List.of());
    }

    /** What could not be read of the files. */
    public List<Problem> problems() {
        return problems;
    }

    /** What a key is set to; one with an asterisk, which stands for one or more parts, can have several values. */
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

    /** Whether Spring makes singletons only on first use, or may. */
    boolean hasLazySingletons() {
        Value<String> lazy = configuration.value("spring.main.lazy-initialization");
        return framework.equals(Optional.of(Framework.SPRING_BOOT))
                && !lazy.isAbsent()
                && lazy.known().flatMap(BooleanWords.SPRING::read).orElse(true);
    }

    public List<Value<String>> databaseUrls() {
        return databaseKeys().stream().map(configuration::value).toList();
    }

    /** The keys that hold the URLs of databases. */
    public List<String> databaseKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (String pattern : DATABASE_URLS) {
            keys.addAll(configuration.keys(pattern));
        }
        return List.copyOf(keys);
    }
}
