// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Dockerfile as read.
 *
 * @param escape the escape character in force: {@code \} or {@code `}
 * @param frontend the value of a {@code # syntax=} directive
 * @param globalArgs the ARG instructions above the first FROM
 * @param comments whole-line comments, some of which may be addressed to this plugin
 * @param problems why BuildKit would reject the file, in order; empty if it would accept it, or if another frontend
 *     reads it. Instructions and stages that can be read are there in any case
 */
public record Dockerfile(
        SourceFile source,
        char escape,
        Optional<String> frontend,
        List<Instruction.Arg> globalArgs,
        List<Stage> stages,
        List<Comment> comments,
        List<Problem> problems) {

    private static final Pattern OWN_FRONTEND = Pattern.compile("(?:.*/)?docker/dockerfile(?:-upstream)?(?:[:@].*)?");

    /**
     * Whether BuildKit's own frontend, from any registry and in any version, reads the file. Another one may accept
     * what that one rejects.
     */
    public boolean hasKnownGrammar() {
        return isKnown(frontend);
    }

    static boolean isKnown(Optional<String> frontend) {
        return frontend.isEmpty() || OWN_FRONTEND.matcher(frontend.get()).matches();
    }

    /** What COPY and ADD of all stages read from the context, as written. */
    public List<String> copied() {
        List<String> sources = new ArrayList<>();
        for (Stage stage : stages) {
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Copy copy
                        && copy.flag("from").isEmpty()) {
                    for (JoinedText source : copy.sources()) {
                        sources.add(source.text());
                    }
                }
            }
        }
        return sources;
    }

    /** What RUN mounts of the context, as written. */
    public List<String> mounted() {
        List<String> sources = new ArrayList<>();
        for (Stage stage : stages) {
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Run run) {
                    run.flags().stream()
                            .filter(Dockerfile::mountsContext)
                            .flatMap(flag -> MountOptions.value(flag, "source").stream())
                            .forEach(source -> sources.add(source.text()));
                }
            }
        }
        return sources;
    }

    /** Whether a RUN mounts the context, or a part of it. */
    public boolean mountsContext() {
        for (Stage stage : stages) {
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Run run
                        && run.flags().stream().anyMatch(Dockerfile::mountsContext)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mountsContext(Instruction.Flag flag) {
        return flag.name().equals("mount")
                && MountOptions.value(flag, "from").isEmpty()
                && MountOptions.value(flag, "type")
                        .map(type -> type.text().equals("bind"))
                        .orElse(true);
    }

    /**
     * What is between one FROM and the next.
     *
     * @param index counts from 0
     * @param name the name after AS, in lower case
     * @param instructions those after the FROM
     */
    public record Stage(int index, Instruction.From from, Optional<String> name, List<Instruction> instructions) {}

    /**
     * A comment line.
     *
     * @param text without the {@code #} and the blanks around it
     * @param subject the line of the instruction that follows, if only comments and blank lines are between them; 0
     *     otherwise
     */
    public record Comment(Location location, String text, int subject) {}
}
