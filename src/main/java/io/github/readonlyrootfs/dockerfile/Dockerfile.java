// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Dockerfile as read.
 *
 * @param escape the escape character in force: {@code \} or {@code `}
 * @param frontend the value of a {@code # syntax=} directive
 * @param globalArgs the ARG instructions above the first FROM
 * @param comments whole-line comments, for those that speak to this tool
 * @param problems why BuildKit would reject the file, in order; empty where it would accept it, or where another
 *     frontend reads it. Instructions and stages that could be read are there anyway
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
     * Whether BuildKit's own frontend, of whatever version and registry, reads the file. Another one may accept
     * what that one rejects.
     */
    public boolean hasKnownGrammar() {
        return isKnown(frontend);
    }

    static boolean isKnown(Optional<String> frontend) {
        return frontend.isEmpty() || OWN_FRONTEND.matcher(frontend.get()).matches();
    }

    /**
     * What is between one FROM and the next.
     *
     * @param index counts from 0
     * @param name the name after AS, in lower case
     * @param instructions those behind the FROM
     */
    public record Stage(int index, Instruction.From from, Optional<String> name, List<Instruction> instructions) {}

    /**
     * A comment line.
     *
     * @param text without the {@code #} and the blanks around it
     * @param subject the line of the instruction that follows it, when nothing but comments and blank lines is
     *     between them; 0 otherwise
     */
    public record Comment(Location location, String text, int subject) {}
}
