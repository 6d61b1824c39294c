// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SearchPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that a container certainly executes: those that its entrypoint and command name. */
public final class StartedFiles {

    private static final Set<String> CLASS_PATHS = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path");

    private static final Set<String> INTERPRETERS = Set.of(
            "node",
            "deno",
            "bun",
            "python",
            "python3",
            "ruby",
            "perl",
            "php",
            "tini",
            "dumb-init",
            "exec",
            "docker-entrypoint.sh",
            "__cacert_entrypoint.sh");

    private final Image image;
    private final ContainerDefinition definition;
    private final StartCommand start;
    private final ContainerPath workdir;

    private @Nullable List<ContainerPath> files;

    /** @param container whose entrypoint and command are looked at */
    StartedFiles(ContainerContext container) {
        this.image = container.image();
        this.definition = container.definition();
        this.start = container.start();
        this.workdir = container.directories().workdir().known().orElse(ContainerPath.ROOT);
    }

    /** Executables, scripts and the files of Java's class path, each once. */
    public synchronized List<ContainerPath> files() {
        if (files == null) {
            files = find();
        }
        return files;
    }

    private List<ContainerPath> find() {
        List<ContainerPath> found = new ArrayList<>();
        add(found, upToShellText(start.words().orElse(List.of())), workdir);
        for (Command command : start.commands()) {
            Optional<ContainerPath> directory = command.directory().known();
            if (command.certain() && directory.isPresent()) {
                add(found, command.words(), directory.get());
            }
        }
        return List.copyOf(new LinkedHashSet<>(found));
    }

    /** A script text given to a shell is not a file. */
    private static List<Field> upToShellText(List<Field> words) {
        for (int i = 1; i < words.size(); i++) {
            if (StartCommand.isShell(words.get(i - 1)) && words.get(i).text().matches("-\\w*c")) {
                return words.subList(0, i);
            }
        }
        return words;
    }

    private static String name(Field word) {
        return word.text().isEmpty() ? "" : ContainerPath.of(word.text()).name();
    }

    private void add(List<ContainerPath> files, List<Field> words, ContainerPath directory) {
        boolean program = true;
        boolean jar = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            String before = i == 0 ? "" : words.get(i - 1).text();
            if (!words.get(i).known()) {
                program &= word.startsWith("-");
            } else if (CLASS_PATHS.contains(before) && name(words.get(0)).equals("java")) {
                Arrays.stream(word.split(":", -1))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> entry.endsWith("/*") ? entry.substring(0, entry.length() - 2) : entry)
                        .map(directory::resolve)
                        .forEach(files::add);
            } else if (jar && !word.startsWith("-")) {
                files.add(directory.resolve(word));
                jar = false;
            } else if (program && !word.isEmpty() && !word.startsWith("-")) {
                Optional<ContainerPath> file = executable(word, directory);
                if (file.isPresent()) {
                    files.add(file.get());
                }
                program = StartCommand.isShell(words.get(i))
                        || INTERPRETERS.contains(ContainerPath.of(word).name());
            }
            jar |= word.equals("-jar");
        }
    }

    /** Where programs are looked for; without directories if that is unknown. */
    public SearchPath searchPath() {
        Value<String> path = image.config().environment().getOrDefault("PATH", Value.absent());
        for (KeyValue entry : definition.environment().variables()) {
            if (entry.key().equals("PATH")) {
                path = entry.value();
            }
        }
        String known = path.isAbsent() && image.config().complete()
                ? SearchPath.DEFAULT
                : path.known().orElse("");
        return SearchPath.of(known);
    }

    private Optional<ContainerPath> executable(String word, ContainerPath directory) {
        if (word.contains("/")) {
            return Optional.of(directory.resolve(word));
        }
        // An interpreter finds its script in the working directory; a program is a file on the PATH.
        List<ContainerPath> places = searchPath().candidates(word);
        places.add(directory.resolve(word));
        for (ContainerPath file : places) {
            if (image.files().at(file).isFile()) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
