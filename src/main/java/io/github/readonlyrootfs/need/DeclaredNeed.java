// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.start.BaseDirectories;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path that the team declares as needed, as written: {@code /tmp}; {@code ~/.cache} below the user's home;
 * {@code ./work} below the working directory; {@code /tmp|/var/tmp} if one of them is enough; a trailing {@code ?} if the
 * application tolerates a refused write; {@code none} if it writes nothing.
 *
 * @param alternatives none if it writes nothing
 */
public record DeclaredNeed(List<String> alternatives, Impact impact, Evidence evidence) {

    /** An invalid declaration; the message says what a valid one looks like. */
    public static final class MalformedException extends Exception {
        MalformedException(String message) {
            super(message);
        }
    }

    /** A short word that may have lost its slash. */
    private static final Pattern WORD = Pattern.compile("[a-z]{1,12}");

    /** Says that nothing is written. */
    private static final String NONE = "none";

    /** No real program tries more paths. */
    private static final int MAX_ALTERNATIVES = 50;

    /**
     * Reads a declaration.
     *
     * @throws MalformedException if it is not a path in one of these forms
     */
    public static DeclaredNeed parse(String text, Evidence evidence) throws MalformedException {
        String trimmed = text.strip();
        if (trimmed.equals(NONE)) {
            return new DeclaredNeed(List.of(), Impact.TOLERATED, evidence);
        }
        boolean tolerated = trimmed.endsWith("?");
        String paths = tolerated ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
        List<String> alternatives = new ArrayList<>();
        String[] written = paths.split("\\|", -1);
        if (written.length > MAX_ALTERNATIVES) {
            throw new MalformedException(
                    "a need has " + written.length + " alternatives, and at most " + MAX_ALTERNATIVES + " are judged");
        }
        for (String each : written) {
            String alternative = each.strip();
            if (!BaseDirectories.isPath(alternative)) {
                throw new MalformedException(shown(text)
                        + " is not a path in a container: write /tmp, ~/.cache (below the user's home) or ./work"
                        + " (below the working directory)");
            }
            if (alternative.contains("*")) {
                throw new MalformedException(shown(text)
                        + " has a *, which has no meaning here: write the directory that contains them all");
            }
            alternatives.add(alternative);
        }
        return new DeclaredNeed(alternatives, tolerated ? Impact.TOLERATED : Impact.FATAL, evidence);
    }

    /** The text for display; a text that is not a path may be a secret. */
    private static String shown(String text) {
        return (text.contains("/") || WORD.matcher(text).matches()) && PublicText.isName(text)
                ? "'" + text + "'"
                : "an entry";
    }

    /**
     * The need in a container.
     *
     * @return the need, without alternatives whose base directory is unknown; empty if no alternative is left
     */
    public Optional<Need> in(BaseDirectories directories) {
        List<ContainerPath> paths = alternatives.stream()
                .flatMap(alternative -> directories.resolve(alternative).stream())
                .toList();
        // The writer is assumed to create missing parents: the team declares the path, not its parents.
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(new Need(paths, impact, false, true, List.of(evidence)));
    }

    /** Why the need is unknown in a container; empty if it is known. */
    public Optional<Gap> gapIn(BaseDirectories directories) {
        if (alternatives.isEmpty() || in(directories).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                Gap.place(String.join("|", alternatives), directories.unknown(alternatives.get(0)), impact, evidence));
    }
}
