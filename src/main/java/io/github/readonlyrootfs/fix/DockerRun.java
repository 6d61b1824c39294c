// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fix;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Mount.Content;
import io.github.readonlyrootfs.runtime.Mount.Kind;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The command that starts a container as its task does, on the machine of a developer: with a read-only root, with the
 * task's mounts, user and command, and with the names of its variables, whose values the shell has. Storage that a
 * developer lacks is an empty volume.
 */
final class DockerRun {

    /** What a shell takes as it is. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    private final JudgedContainer on;
    private final ContainerDefinition container;
    private final List<String> words = new ArrayList<>(List.of("docker", "run", "--rm", "--read-only"));

    private DockerRun(JudgedContainer on) {
        this.on = on;
        this.container = on.container().definition();
    }

    /**
     * The command; a line.
     *
     * @param build how the project builds the container's image, where it does
     * @param displayed how the path of a file is shown
     */
    static String of(JudgedContainer on, Optional<DockerfileBuild> build, Function<Path, String> displayed) {
        DockerRun run = new DockerRun(on);
        run.addOptions();
        List<String> command = run.command();
        String image = build.map(known -> built(known, displayed)).orElseGet(run::image);
        return String.join(" ", run.words) + " " + image + (command.isEmpty() ? "" : " " + String.join(" ", command));
    }

    private void addOptions() {
        container.process().user().known().ifPresent(user -> add("--user", user));
        container.process().workingDirectory().known().ifPresent(directory -> add("--workdir", directory));
        container.linuxParameters().capabilitiesDrop().forEach(name -> add("--cap-drop", name.value()));
        container.linuxParameters().capabilitiesAdd().forEach(name -> add("--cap-add", name.value()));
        container.linuxParameters().tmpfs().forEach(this::addTmpfs);
        on.runtime().mounts().forEach(this::addVolume);
        container.environment().variables().forEach(variable -> add("--env", variable.key()));
        container.environment().secrets().forEach(secret -> add("--env", secret.value()));
    }

    private void add(String option, String value) {
        words.add(option);
        words.add(quoted(value));
    }

    private void addTmpfs(Tmpfs tmpfs) {
        tmpfs.containerPath().known().ifPresent(path -> {
            List<String> options = new ArrayList<>();
            tmpfs.mountOptions().forEach(option -> options.add(option.value()));
            tmpfs.size().known().ifPresent(size -> options.add("size=" + size + "m"));
            add("--tmpfs", options.isEmpty() ? path : path + ":" + String.join(",", options));
        });
    }

    /** What Docker does not fill from the image is root's and empty, as a new tmpfs is. */
    private void addVolume(Mount mount) {
        String path = mount.path().toString();
        if (mount.is(Kind.ENGINE) || mount.is(Kind.IMAGE_VOLUME) || mount.is(Kind.TMPFS)) {
            return;
        }
        if (mount.is(Kind.TASK_VOLUME) && mount.root().content() == Content.EMPTY) {
            add("--tmpfs", path + ":mode=0755,exec" + (mount.readOnly() ? ",ro" : ""));
        } else if (mount.readOnly()) {
            add("--mount", "type=volume,dst=" + path + ",readonly");
        } else {
            add("--volume", path);
        }
    }

    /** The words behind the image. Docker takes only one for the entry point. */
    private List<String> command() {
        List<String> after = new ArrayList<>();
        List<String> entryPoint = words(container.process().entryPoint());
        if (!entryPoint.isEmpty()) {
            add("--entrypoint", entryPoint.get(0));
            after.addAll(entryPoint.subList(1, entryPoint.size()));
        }
        after.addAll(words(container.process().command()));
        // A word may be a password.
        return CommandWords.arePublic(after)
                ? after.stream().map(DockerRun::quoted).toList()
                : List.of("COMMAND");
    }

    private static List<String> words(Value<List<Located<String>>> value) {
        return value.known().orElse(List.of()).stream().map(Located::value).toList();
    }

    private String image() {
        return container.image().filled().known().map(DockerRun::quoted).orElse("IMAGE");
    }

    /** The image that a build of the Dockerfile prints. */
    private static String built(DockerfileBuild build, Function<Path, String> displayed) {
        String file = displayed.apply(build.file().file());
        String directory =
                build.context().map(displayed).filter(path -> !path.isEmpty()).orElse(".");
        String usual = directory.equals(".") ? "Dockerfile" : directory + "/Dockerfile";
        List<String> words = new ArrayList<>(List.of("docker", "build", "-q"));
        if (!file.equals(usual)) {
            words.addAll(List.of("-f", quoted(file)));
        }
        build.target().ifPresent(target -> words.addAll(List.of("--target", quoted(target))));
        build.buildArgs().keySet().stream()
                .sorted()
                .forEach(name -> words.addAll(List.of("--build-arg", quoted(name))));
        words.add(quoted(directory));
        return "$(" + String.join(" ", words) + ")";
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
