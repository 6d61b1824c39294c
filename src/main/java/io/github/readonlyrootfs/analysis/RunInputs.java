// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Sha256;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.ContainerProcess;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Hashes of what decides which paths a container writes: its Dockerfile, the scripts that it starts and the lists of its
 * libraries, its part of the task definition. What only decides whether it can write them is not among it, such as mounts,
 * owners and the flag, so that a fix leaves them as they are.
 */
public final class RunInputs {

    /** Lists of libraries, as people check them in. */
    private static final Pattern LIBRARIES = Pattern.compile(
            "requirements[\\w.-]*\\.txt|package(?:-lock)?\\.json|"
                    + "(?:yarn|poetry|Gemfile|composer|Cargo|uv|Pipfile)\\.lock|pnpm-lock\\.yaml|go\\.(?:mod|sum)|pyproject\\.toml");

    private static final Pattern OWNERS_ONLY = Pattern.compile("(?:mkdir|chown|chmod|chgrp|install\\s+-d)\\s[^|`$(]*+");

    private static final Pattern OWNER_OPTION = Pattern.compile("\\s--ch(?:own|mod)=\\S++");

    /** A larger file is no script. */
    private static final int MAX_LENGTH = 300_000;

    private static final int DIGITS = 16;

    private RunInputs() {}

    /** The hashes of a container, by the name of the Dockerfile, the paths of files in the image, and {@code task}. */
    public static Map<String, String> of(ContainerContext container, Optional<ImageBuild> build) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("task", hash(task(container.definition())));
        build.ifPresent(known -> inputs.put(known.dockerfile().name(), hash(dockerfile(known))));
        Set<ContainerPath> files = new LinkedHashSet<>(new StartedFiles(container).files());
        build.ifPresent(known -> known.chain().copied().stream()
                .map(ImageBuild.Copied::path)
                .filter(path -> LIBRARIES.matcher(path.name()).matches())
                .forEach(files::add));
        for (ContainerPath file : files) {
            container
                    .text(file)
                    .map(SourceFile::text)
                    .filter(text -> text.length() < MAX_LENGTH && text.indexOf('\0') < 0)
                    .ifPresent(text -> inputs.put(file.toString(), hash(text)));
        }
        return inputs;
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
                secrets.toString());
    }

    private static String variable(KeyValue variable) {
        return variable.key() + "=" + variable.value().known().orElse("");
    }

    private static String words(Value<List<Located<String>>> words) {
        return words.known()
                .map(all -> all.stream().map(Located::value).toList().toString())
                .orElse("");
    }

    /** Its lines without comments, and without the instructions that only make mounts, owners and modes. */
    private static String dockerfile(ImageBuild build) {
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
                + build.image().config().user().known().orElse("");
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
