// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.observed.ObservedContainer;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Sha256;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.ContainerProcess;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hashes of what decides which paths a container writes: its Dockerfile, its application, its part of the task definition.
 * What only decides whether it can write them is not among it, such as mounts, owners and the flag, so that a fix leaves
 * them as they are.
 */
public final class RunInputs {

    private static final Pattern OWNERS_ONLY = Pattern.compile("(?:mkdir|chown|chmod|chgrp|install\\s+-d)\\s[^|`$(]*+");

    private static final Pattern OWNER_OPTION = Pattern.compile("\\s--ch(?:own|mod)=\\S++");

    private static final int DIGITS = 16;

    /** Of the value of a variable with such a name nothing is kept, not even a hash: a weak one could be guessed. */
    private static final Pattern SECRET = Pattern.compile("(?i).*(?:pass|secret|token|key|auth|cred|pwd|private).*");

    private RunInputs() {}

    /**
     * The hashes of a container, by the names {@code Dockerfile} and {@code task}, and {@link ObservedContainer#APPLICATION}.
     *
     * @param buildArgs that the build of its image gets
     */
    public static Map<String, String> of(
            ContainerContext container, Optional<ImageBuild> build, Map<String, String> buildArgs) {
        return of(container, build, buildArgs, new FileHashes());
    }

    /** The same with hashes that several containers and checks share. */
    public static Map<String, String> of(
            ContainerContext container, Optional<ImageBuild> build, Map<String, String> buildArgs, FileHashes hashes) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("task", hash(task(container.definition())));
        build.ifPresent(known -> inputs.put("Dockerfile", hash(dockerfile(known, buildArgs))));
        ApplicationHash application = application(container, build, hashes);
        if (!application.isEmpty()) {
            inputs.put(ObservedContainer.APPLICATION, application.text(DIGITS));
        }
        return inputs;
    }

    /** Stands for how a task runs a container on a platform, in every detail. */
    public static String asTask(Platform platform, Optional<ImageBuild> build, SourceFile task) {
        return platform + " "
                + hash(build.map(known -> known.dockerfile().text()).orElse("") + "\n" + task.text());
    }

    /** What the build of its image reads; the project's classes where no Dockerfile builds it. */
    private static ApplicationHash application(
            ContainerContext container, Optional<ImageBuild> build, FileHashes hashes) {
        Set<String> others = new HashSet<>();
        others.add(container.definition().metadata().nameLocation().file());
        build.ifPresent(known -> others.add(known.dockerfile().name()));
        ApplicationHash application = new ApplicationHash(others, hashes);
        build.ifPresent(known -> known.chain().context().forEach(application::add));
        Optional<ProjectFacts> project =
                build.isPresent() ? Optional.empty() : container.application().project();
        project.ifPresent(own -> Stream.concat(Stream.of(own), own.others().stream())
                .forEach(module -> application.addDirectory(
                        module.coordinates().artifactId(), module.directories().output())));
        return application;
    }

    private static String task(ContainerDefinition container) {
        ContainerProcess process = container.process();
        List<String> variables = container.environment().variables().stream()
                .map(RunInputs::variable)
                .sorted()
                .toList();
        List<String> secrets = container.environment().secrets().stream()
                .map(Located::value)
                .sorted()
                .toList();
        return String.join(
                "\n",
                container.image().written().known().orElse(""),
                words(process.entryPoint()),
                words(process.command()),
                process.user().known().orElse(""),
                process.workingDirectory().known().orElse(""),
                variables.toString(),
                secrets.toString(),
                words(container.lifecycle().healthCheck()));
    }

    private static String variable(KeyValue variable) {
        return valued(variable.key(), variable.value().known().orElse(""));
    }

    private static String valued(String name, String value) {
        return SECRET.matcher(name).matches() ? name : name + "=" + value;
    }

    private static String words(Value<List<Located<String>>> words) {
        return words.known()
                .map(all -> all.stream().map(Located::value).toList().toString())
                .orElse("");
    }

    /** Its lines without comments, and without the instructions that only make mounts, owners and modes. */
    private static String dockerfile(ImageBuild build, Map<String, String> buildArgs) {
        SourceFile file = build.dockerfile();
        Set<Integer> left = new LinkedHashSet<>();
        for (ImageBuild.Step step : build.chain().steps()) {
            if (onlyPermits(step, file)) {
                for (int line = step.location().line(); line <= step.lastLine(); line++) {
                    left.add(line);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (int line = 1; line <= file.lineCount(); line++) {
            String words = file.line(line).strip();
            if (!left.contains(line) && !words.isEmpty() && !words.startsWith("#")) {
                text.append(OWNER_OPTION.matcher(words).replaceAll("")).append('\n');
            }
        }
        return text
                + build.target().orElse("")
                + build.image().config().user().known().orElse("")
                + buildArgs.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(argument -> "\n" + valued(argument.getKey(), argument.getValue()))
                        .collect(Collectors.joining());
    }

    private static boolean onlyPermits(ImageBuild.Step step, SourceFile file) {
        return switch (step.keyword()) {
            case "VOLUME", "USER" -> true;
            case "RUN" -> {
                String command = file.text(step.location()).replace("\\\n", " ").replaceFirst("(?i)^\\s*RUN\\s+", "");
                yield step.lastLine() == step.location().endLine()
                        && Arrays.stream(command.split("&&|;", -1))
                                .allMatch(part ->
                                        OWNERS_ONLY.matcher(part.strip()).matches());
            }
            default -> false;
        };
    }

    private static String hash(String text) {
        return Sha256.of(text, DIGITS);
    }
}
