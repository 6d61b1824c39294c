// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.StartFacts;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The start scripts of published images that end with running their arguments. Whatever they do before that is not part of the
 * container's own command.
 */
final class EntrypointScripts {

    private static final Pattern SHELL_SCRIPT = Pattern.compile(".+\\.(?:sh|envsh)");

    private EntrypointScripts() {}

    /** Whether a program of this name is usually a script. */
    static boolean isNamedLikeOne(Field program) {
        String name = program.baseName();
        return name.endsWith(".sh") || name.endsWith(".bash") || name.contains("entrypoint");
    }

    /** The published image whose start script a word may name: the image it is copied from, or the base image. */
    static String owner(String word, Image image) {
        return (word.startsWith("/") ? image.files().startScriptOf(ContainerPath.of(word)) : Optional.<String>empty())
                .orElse(image.base());
    }

    /** Such a script, if the first word names one. */
    private static Optional<StartFacts.Script> script(Field first, Image image) {
        for (StartFacts.Script script :
                StartFacts.of(owner(first.text(), image)).scripts()) {
            if (script.name().equals(first.baseName())) {
                return Optional.of(script);
            }
        }
        return Optional.empty();
    }

    /** The commands for the shell scripts of the project that such a script runs first. */
    static List<List<Field>> before(List<Field> words, Image image) {
        List<List<Field>> commands = new ArrayList<>();
        Optional<StartFacts.Script> script = script(words.get(0), image);
        for (String directory : script.isPresent() ? script.get().runs() : List.<String>of()) {
            for (String name : image.files().names(ContainerPath.of(directory))) {
                if (SHELL_SCRIPT.matcher(name).matches()) {
                    Field file =
                            Field.of(directory + "/" + name).at(words.get(0).location());
                    commands.add(List.of(Field.of("sh").at(words.get(0).location()), file));
                }
            }
        }
        return commands;
    }

    /** The command that such a script runs; empty if the program is not such a script, or has no arguments. */
    static Optional<List<Field>> command(List<Field> words, Image image) {
        Field first = words.get(0);
        Optional<StartFacts.Script> script = script(first, image);
        if (script.isEmpty()) {
            return Optional.empty();
        }
        List<Field> command = new ArrayList<>(words.subList(1, words.size()));
        String option = command.isEmpty() ? "" : command.get(0).text();
        if (option.matches(script.get().options())) {
            command.addAll(
                    0,
                    script.get().program().stream()
                            .map(word -> Field.of(word).at(first.location()))
                            .toList());
        }
        return command.isEmpty() ? Optional.empty() : Optional.of(command);
    }
}
