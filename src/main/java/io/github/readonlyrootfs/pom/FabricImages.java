// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.stage.ImageDescription;
import io.github.readonlyrootfs.image.stage.ImageDescription.Entry;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images of fabric8's docker-maven-plugin and of Eclipse JKube, which took its configuration over: a Dockerfile that
 * they name, or one that the plugin writes of its settings.
 *
 * @see <a href="https://fabric8io.github.io/docker-maven-plugin/#build-configuration">the settings</a>
 */
final class FabricImages {

    private static final Set<String> GOALS = Set.of("build", "push", "start");

    /** The base of an image that names none. */
    private static final String DEFAULT_BASE = "busybox:latest";

    private static final String DEFAULT_DIRECTORY = "src/main/docker";

    private final BuildPlugin plugin;
    private final PomBuild build;
    private final Element image;
    private final Element settings;

    private FabricImages(BuildPlugin plugin, PomBuild build, Element image, Element settings) {
        this.plugin = plugin;
        this.build = build;
        this.image = image;
        this.settings = settings;
    }

    static List<ImageSource> of(BuildPlugin plugin, PomBuild build) {
        Optional<Element> configuration = plugin.configurationOf(GOALS);
        boolean skipped = Stream.of("docker.skip", "docker.skip.build", "jkube.skip", "jkube.skip.build")
                        .anyMatch(build::isSet)
                || BuildPlugin.skips(configuration, "skip")
                || BuildPlugin.skips(configuration, "skipBuild");
        if (skipped || configuration.isEmpty()) {
            return List.of();
        }
        List<ImageSource> sources = new ArrayList<>();
        Stream.of("images", "imagesMap")
                .flatMap(list -> configuration.get().find(list).stream())
                .flatMap(list -> list.children().stream())
                .forEach(image -> image.find("build")
                        .filter(settings -> !BuildPlugin.skips(Optional.of(settings), "skip"))
                        .map(settings -> new FabricImages(plugin, build, image, settings).source(configuration.get()))
                        .ifPresent(sources::add));
        return sources;
    }

    private ImageSource source(Element configuration) {
        return Stream.of("dockerFile", "contextDir", "dockerFileDir")
                .flatMap(name -> settings.find(name).stream())
                .findFirst()
                .map(named -> dockerfile(configuration, named))
                .orElseGet(() -> new ImageSource.Described(
                        plugin.name(),
                        image.tag(),
                        description(),
                        Optional.of(Insertion.below(settings, "volumes", "volume")),
                        settings.value("user").isAbsent()
                                ? Optional.of(Insertion.below(settings, "user"))
                                : Optional.empty(),
                        Optional.empty()));
    }

    private ImageSource dockerfile(Element configuration, Element named) {
        String sources = configuration.value("sourceDirectory").known().orElse(DEFAULT_DIRECTORY);
        Path directory = build.directory().resolve(sources);
        Optional<String> file = settings.value("dockerFile").known();
        Optional<String> parent = settings.value("contextDir")
                .known()
                .or(() -> settings.value("dockerFileDir").known());
        Path context = parent.map(written -> existing(directory, written))
                .orElseGet(
                        () -> file.map(written -> existing(directory, written).resolveSibling(""))
                                .orElse(directory));
        Path dockerfile = parent.isPresent() || file.isEmpty()
                ? context.resolve(file.orElse("Dockerfile"))
                : existing(directory, file.get());
        return new ImageSource.FromDockerfile(
                plugin.name(),
                named.place(),
                dockerfile.normalize(),
                context.normalize(),
                Optional.empty(),
                Element.knownEntries(Optional.of(settings), "args"),
                DockerfileFilter.of(
                        settings.find("filter").map(Element::text).filter(text -> !text.isEmpty()),
                        build.properties()));
    }

    /** A relative path starts in the plugin's directory for sources; versions of JKube have it start in the project's. */
    private Path existing(Path directory, String written) {
        Path usual = directory.resolve(written);
        Path other = build.directory().resolve(written);
        return !Files.exists(usual) && Files.exists(other) ? other : usual;
    }

    private ImageDescription description() {
        Location location = image.tag();
        Provenance by = Provenance.at(plugin.name(), location);
        Value<String> from = settings.value("from");
        Value<String> user = settings.value("user");
        Value<ContainerPath> workdir = settings.value("workdir").map(ContainerPath::of);
        Optional<Provenance> commands = settings.find("runCmds")
                .filter(element -> !element.items().isEmpty())
                .map(element -> Provenance.at("the commands of <runCmds>", element.tag()));
        List<Entry> entries = new ArrayList<>();
        for (Element assembly : assemblies()) {
            target(assembly).known().map(path -> entry(assembly, path, by)).ifPresent(entries::add);
        }
        workdir.known().ifPresent(path -> entries.add(Entry.made(path, true, by)));
        return new ImageDescription(
                from.or(new Value.Known<>(DEFAULT_BASE, location)),
                location,
                new ImageDescription.Start(
                        user.or(runUser()), workdir, variables("env"), command("entryPoint"), command("cmd")),
                new ImageDescription.Volumes(volumes(from), false),
                variables("labels"),
                entries,
                commands,
                Optional.empty());
    }

    private List<Element> assemblies() {
        return Stream.concat(
                        settings.all("assembly").stream(),
                        settings.find("assemblies").stream().flatMap(all -> all.children().stream()))
                .toList();
    }

    private static Value<ContainerPath> target(Element assembly) {
        Value<String> written = assembly.value("targetDir");
        Value<String> name = assembly.value("name");
        return written.isAbsent()
                ? new Value.Known<>(ContainerPath.of("/" + name.known().orElse("maven")), assembly.tag())
                : written.map(ContainerPath::of);
    }

    /** Its files are copied as root's, or given to the assembly's user. */
    private static Entry entry(Element assembly, ContainerPath path, Provenance by) {
        Value<String> user = assembly.value("user");
        if (user.isAbsent()) {
            return Entry.made(path, false, by);
        }
        String[] parts = user.known().orElse("").split(":", -1);
        UnixId group = parts.length > 1 ? id(parts[1]) : null;
        return Entry.directory(path, new Ownership(id(parts[0]), group, 0755), false, by);
    }

    private static @Nullable UnixId id(String written) {
        if (written.isEmpty()) {
            return null;
        }
        return UnixId.isNumber(written) ? UnixId.of(Integer.parseInt(written)) : UnixId.named(written);
    }

    /** The third part of the assembly's user stays the image's. */
    private Value<String> runUser() {
        for (Element assembly : assemblies()) {
            Value<String> user = assembly.value("user");
            String[] parts = user.known().orElse("").split(":", -1);
            if (parts.length > 2) {
                return new Value.Known<>(parts[2], user.where().orElseThrow());
            }
        }
        return Value.absent();
    }

    /** Without a base, the directory of the assembly is one too. */
    private List<Value<String>> volumes(Value<String> from) {
        List<Value<String>> volumes = new ArrayList<>();
        for (Element assembly : assemblies()) {
            Value<String> export = assembly.value("exportTargetDir");
            boolean exported = export.isAbsent()
                    ? from.isAbsent()
                    : export.known().filter(Boolean::parseBoolean).isPresent();
            if (exported) {
                volumes.add(target(assembly).map(ContainerPath::toString));
            }
        }
        settings.find("volumes").map(Element::items).orElse(List.of()).forEach(volumes::add);
        return volumes;
    }

    private Map<String, Value<String>> variables(String name) {
        Map<String, Value<String>> variables = new LinkedHashMap<>();
        Element.entries(Optional.of(settings), name)
                .forEach((key, value) -> variables.put(
                        key,
                        value.known().filter(text -> text.contains("$")).isPresent()
                                ? new Value.Unknown<>(
                                        "it is made of another variable",
                                        value.where().orElseThrow())
                                : value));
        return variables;
    }

    /** {@code <exec>} with arguments, {@code <shell>}, or a text, which is for a shell too. */
    private Value<List<CommandWord>> command(String name) {
        Optional<Element> element = settings.find(name);
        Optional<Element> exec = element.flatMap(command -> command.find("exec"));
        if (exec.isPresent()) {
            return CommandWord.all(
                    exec.get().children().stream().map(Element::value).toList());
        }
        Value<String> text = element.map(
                        command -> command.find("shell").map(Element::value).orElseGet(command::value))
                .orElse(Value.absent());
        return text.flatMap(known -> CommandWord.all(List.of(
                new Value.Known<>("/bin/sh", known.location()), new Value.Known<>("-c", known.location()), known)));
    }
}
