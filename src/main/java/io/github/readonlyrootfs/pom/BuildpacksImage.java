// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.stage.ImageDescription;
import io.github.readonlyrootfs.image.stage.ImageDescription.Entry;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.GoBoolean;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The image that {@code spring-boot:build-image} has buildpacks make. The plugin says where the application is and what
 * its environment is; all else is the builder's. What Paketo's builders do, which are the default, is known in part.
 *
 * @see <a href="https://docs.spring.io/spring-boot/maven-plugin/build-image.html">the goal</a>
 * @see <a href="https://paketo.io/docs/howto/java/">Paketo's Java buildpack</a>
 */
final class BuildpacksImage {

    static final String KEY = "org.springframework.boot:spring-boot-maven-plugin";
    static final String NAME = "spring-boot:build-image";

    private static final Set<String> GOALS = Set.of("build-image", "build-image-no-fork");
    private static final String IMAGE = "image";
    private static final String PAKETO = "paketobuildpacks/";

    /** Which of Paketo's builders it is depends on the version of Spring Boot. */
    private static final String DEFAULT_BUILDER = "paketobuildpacks/builder";

    private static final ContainerPath WORKSPACE = ContainerPath.of("/workspace");

    /** What Paketo's web process runs, in the image's working directory. */
    private static final List<String> COMMAND = List.of("java", "org.springframework.boot.loader.launch.JarLauncher");

    private final BuildPlugin plugin;
    private final Optional<Element> configuration;

    private BuildpacksImage(BuildPlugin plugin) {
        this.plugin = plugin;
        this.configuration = plugin.configurationOf(GOALS);
    }

    static Optional<ImageSource> of(BuildPlugin plugin, PomBuild build) {
        BuildpacksImage image = new BuildpacksImage(plugin);
        // Most projects have the plugin for something else.
        boolean isMeant = plugin.runs(GOALS)
                || (image.configuration.isPresent()
                        && image.configuration.get().find(IMAGE).isPresent());
        boolean skipped = build.isSet("spring-boot.build-image.skip") || BuildPlugin.skips(image.configuration, "skip");
        return !isMeant || skipped || build.isAggregator()
                ? Optional.empty()
                : Optional.of(new ImageSource.Described(NAME, image.location(), image.description(build)));
    }

    private Location location() {
        return configuration
                .flatMap(element -> element.find(IMAGE))
                .map(Element::tag)
                .orElse(plugin.location());
    }

    private Value<String> setting(PomBuild build, String name) {
        return build.property("spring-boot.build-image." + name)
                .map(value -> Element.value(value, plugin.location()))
                .orElseGet(() -> Element.value(configuration, IMAGE, name));
    }

    private ImageDescription description(PomBuild build) {
        Value<String> written = setting(build, "builder");
        Value<String> builder = written.or(new Value.Known<>(DEFAULT_BUILDER, location()));
        boolean ownRunImage = !setting(build, "runImage").isAbsent();
        boolean paketo = builder.known().filter(name -> name.contains(PAKETO)).isPresent();
        String open = "the buildpacks of " + builder.known().orElse("a builder that is not known") + " decide it";
        Value<ContainerPath> directory = setting(build, "applicationDirectory").map(ContainerPath::of);
        Value<ContainerPath> workspace = directory.or(new Value.Known<>(WORKSPACE, location()));
        boolean isNative = environment().get("BP_NATIVE_IMAGE") instanceof Value.Known<String> known
                && GoBoolean.parse(known.value()).orElse(false);
        return new ImageDescription(
                builder,
                location(),
                new ImageDescription.Start(
                        paketo && !ownRunImage
                                ? new Value.Known<>("cnb", location())
                                : new Value.Unknown<>(open, location()),
                        workspace,
                        runtimeEnvironment(paketo && !isNative),
                        paketo && !isNative && build.packaging().equals("jar")
                                ? command()
                                : new Value.Unknown<>(open, location()),
                        Value.absent()),
                // Neither the goal nor a buildpack can declare one; Paketo's own run images have none.
                new ImageDescription.Volumes(List.of(), paketo && !ownRunImage),
                Map.of(),
                workspace.known().map(path -> Entry.made(path, false, Provenance.at(NAME, location()))).stream()
                        .toList(),
                Optional.empty(),
                Optional.of(open));
    }

    private Value<List<CommandWord>> command() {
        return new Value.Known<>(
                COMMAND.stream().map(word -> CommandWord.of(word, location())).toList(), location());
    }

    private Map<String, Value<String>> environment() {
        return Element.entries(configuration, IMAGE, "env");
    }

    /**
     * The variables that {@code BPE_} variables of the build leave for the container.
     *
     * @param java whether Paketo's launcher starts a JVM: of the variables that one reads, it sets JAVA_TOOL_OPTIONS only,
     *     to options about memory and certificates, which move no directory
     * @see <a href="https://github.com/paketo-buildpacks/environment-variables">their buildpack</a>
     */
    private Map<String, Value<String>> runtimeEnvironment(boolean java) {
        Map<String, Value<String>> build = environment();
        Map<String, Value<String>> result = new LinkedHashMap<>();
        if (java) {
            for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
                result.put(variable, new Value.Known<>("", location()));
            }
        }
        build.forEach((name, value) -> {
            if (name.startsWith("BPE_DEFAULT_")) {
                result.put(name.substring("BPE_DEFAULT_".length()), value);
            }
        });
        build.forEach((name, value) -> {
            if (name.startsWith("BPE_OVERRIDE_")) {
                result.put(name.substring("BPE_OVERRIDE_".length()), value);
            } else if (name.matches("BPE_(?!(DEFAULT|APPEND|PREPEND|DELIM)_).+")) {
                result.put(name.substring("BPE_".length()), value);
            }
        });
        build.forEach((name, value) -> {
            if (name.startsWith("BPE_APPEND_")) {
                String variable = name.substring("BPE_APPEND_".length());
                result.merge(variable, value, (old, more) -> joined(old, more, delimiter(build, variable), more));
            } else if (name.startsWith("BPE_PREPEND_")) {
                String variable = name.substring("BPE_PREPEND_".length());
                result.merge(variable, value, (old, more) -> joined(more, old, delimiter(build, variable), more));
            }
        });
        return result;
    }

    private static String delimiter(Map<String, Value<String>> build, String variable) {
        return build.getOrDefault("BPE_DELIM_" + variable, Value.absent())
                .known()
                .orElse("");
    }

    private static Value<String> joined(
            Value<String> first, Value<String> second, String delimiter, Value<String> written) {
        Location place = written.where().orElseThrow();
        if (first.isUnknown() || second.isUnknown()) {
            return first.isUnknown() ? first : second;
        }
        String one = first.known().orElse("");
        String other = second.known().orElse("");
        boolean both = !one.isEmpty() && !other.isEmpty();
        return new Value.Known<>(one + (both ? delimiter : "") + other, place);
    }
}
