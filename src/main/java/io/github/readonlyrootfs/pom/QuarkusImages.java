// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.configuration.RankedConfiguration;
import io.github.readonlyrootfs.configuration.RankedConfiguration.Rules;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.configuration.file.Resources;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.stage.ImageDescription;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image that Quarkus's {@code container-image} extensions build, as its settings say.
 *
 * @see <a href="https://quarkus.io/guides/container-image">the extensions</a>
 */
final class QuarkusImages {

    private static final String EXTENSION = "quarkus-container-image-";
    private static final List<String> BUILDERS = List.of("docker", "podman", "jib");
    private static final ContainerPath HOME = ContainerPath.of("/home/jboss");
    private static final String LOGGING = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

    private final PomBuild build;
    private final Location location;
    private final Map<String, Value.Known<String>> properties = new LinkedHashMap<>();

    private QuarkusImages(PomBuild build) {
        this.build = build;
        this.location = Stream.of("io.quarkus.platform", "io.quarkus")
                .flatMap(group -> build.plugin(group + ":quarkus-maven-plugin").stream())
                .map(BuildPlugin::location)
                .findFirst()
                .orElseGet(() -> Location.of(build.shown(build.directory().resolve("pom.xml"))));
    }

    static List<ImageSource> of(PomBuild build) {
        List<String> builders = new ArrayList<>();
        for (String name : BUILDERS) {
            if (build.dependencies().contains("io.quarkus:" + EXTENSION + name)) {
                builders.add(name);
            }
        }
        if (builders.isEmpty() || build.isAggregator()) {
            return List.of();
        }
        QuarkusImages images = new QuarkusImages(build);
        build.resources().forEach(images::read);
        String chosen = images.get("quarkus.container-image.builder")
                .known()
                .filter(builders::contains)
                .orElse(builders.get(0));
        return List.of(chosen.equals("jib") ? images.jib() : images.dockerfile(chosen));
    }

    /** The settings as Quarkus reads them for a build, without those that are only known at run time. */
    private void read(Path resources) {
        Path directory = build.directory().resolve(resources);
        Resources.Directory place = new Resources.Directory(directory, build.shown(directory));
        ApplicationConfiguration settings = RankedConfiguration.read(
                new ConfigurationFiles(new Resources(place, List.of()), false),
                new Launch(Map.of(), Map.of(), List.of(), Optional.empty()),
                ContainerFiles.NONE,
                Rules.QUARKUS,
                build.dependencies().contains("io.quarkus:quarkus-config-yaml"));
        for (String key : settings.keys("quarkus.*")) {
            if (settings.find(key).map(Setting::value).orElse(Value.absent()) instanceof Value.Known<String> known) {
                properties.putIfAbsent(key, known);
            }
        }
    }

    private Value<String> get(String name) {
        Value<String> inFile = properties.containsKey(name) ? properties.get(name) : Value.absent();
        return build.property(name)
                .<Value<String>>map(value -> new Value.Known<>(value, location))
                .orElse(inFile)
                .flatMap(known -> Element.value(known.value(), known.location()));
    }

    private boolean isNative() {
        return get("quarkus.native.enabled")
                        .known()
                        .flatMap(BooleanWords.SMALLRYE::read)
                        .orElse(false)
                || get("quarkus.package.type").known().filter("native"::equals).isPresent();
    }

    private ImageSource dockerfile(String builder) {
        String kind = isNative() ? "native" : "jvm";
        Value<String> named = get("quarkus." + builder + ".dockerfile-" + kind + "-path");
        Path file = build.directory().resolve(named.known().orElse("src/main/docker/Dockerfile." + kind));
        Map<String, String> arguments = new LinkedHashMap<>();
        below("quarkus." + builder + ".build-args.").forEach((name, value) -> arguments.put(name, value.value()));
        return new ImageSource.FromDockerfile(
                EXTENSION + builder,
                named.where().orElse(location),
                file.normalize(),
                build.directory(),
                Optional.empty(),
                arguments);
    }

    /** The settings whose names have a prefix, by the rest of their names, without quotes around it. */
    private Map<String, Value.Known<String>> below(String prefix) {
        Map<String, Value.Known<String>> below = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()).replaceAll("^\"|\"$", ""), value);
            }
        });
        return below;
    }

    private ImageSource jib() {
        Value<String> base = get("quarkus.jib.base-" + (isNative() ? "native" : "jvm") + "-image");
        Value<ContainerPath> written = get("quarkus.jib.working-directory").map(ContainerPath::of);
        Value<ContainerPath> workdir = written.or(new Value.Known<>(HOME, location));
        JibLayer layer = new JibLayer(JibOwnership.of(Optional.empty()), Provenance.at(EXTENSION + "jib", location));
        workdir.known().ifPresent(layer::addUnlisted);
        Map<String, Value<String>> environment = new LinkedHashMap<>();
        below("quarkus.jib.environment-variables.")
                .forEach((name, value) -> environment.put(name, Element.value(value.value(), value.location())));
        return new ImageSource.Described(
                EXTENSION + "jib",
                location,
                new ImageDescription(
                        base.isAbsent()
                                ? new Value.Unknown<>(
                                        "the base that this version of Quarkus chooses is not known", location)
                                : base,
                        location,
                        new ImageDescription.Start(
                                get("quarkus.jib.user"), workdir, environment, entrypoint(base), Value.absent()),
                        new ImageDescription.Volumes(List.of(), false),
                        Map.of(),
                        layer.entries(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Over the images of OpenJDK that Red Hat publishes, Quarkus starts their script instead of {@code java}. */
    private Value<List<CommandWord>> entrypoint(Value<String> base) {
        Value<String> own = get("quarkus.jib.jvm-entrypoint");
        if (!own.isAbsent() && !isNative()) {
            return own.map(text -> words(List.of(text.split(",", -1)), own));
        }
        boolean scripted =
                base.known().filter(name -> !name.contains("openjdk-")).isEmpty();
        if (isNative() || scripted) {
            return new Value.Unknown<>("what Quarkus has it start depends on its version", location);
        }
        Value<String> flags = get("quarkus.jib.jvm-arguments");
        Value<String> more = get("quarkus.jib.jvm-additional-arguments");
        if (flags.isUnknown() || more.isUnknown()) {
            return new Value.Unknown<>("the options of the JVM are not known", location);
        }
        List<CommandWord> words = new ArrayList<>(List.of(CommandWord.of("java", location)));
        words.addAll(words(List.of(flags.known().orElse(LOGGING).split(",", -1)), flags));
        more.known().ifPresent(text -> words.addAll(words(List.of(text.split(",", -1)), more)));
        words.addAll(words(List.of("-jar", "quarkus-run.jar"), Value.absent()));
        return new Value.Known<>(words, location);
    }

    private List<CommandWord> words(List<String> texts, Value<String> written) {
        Location place = written.where().orElse(location);
        return texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> CommandWord.of(text, place))
                .toList();
    }
}
