// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern for libraries with alternatives: {@code org.lz4:lz4-java | at.yawk.lz4:lz4-java}. An asterisk stands for any text,
 * and a range of versions may follow: {@code io.vertx:vertx-core [3,5)}.
 */
public record LibraryPattern(List<Choice> choices) {

    private static final Pattern NAME = Pattern.compile("[\\w.*-]+:[\\w.*@/-]+");

    /**
     * An alternative.
     *
     * @param name {@code groupId:artifactId}, or {@code ecosystem:name} of a library that is not Java's: {@code npm:multer}
     * @param pattern of such names; empty if the name has no asterisk
     */
    public record Choice(String name, Optional<Wildcard> pattern, VersionRange versions) {

        private static Choice parse(String text) {
            String written = text.strip();
            int blank = written.indexOf(' ');
            String name = blank < 0 ? written : written.substring(0, blank);
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("no groupId:artifactId: " + text);
            }
            return new Choice(
                    name,
                    name.contains("*") ? Optional.of(Wildcard.of(name)) : Optional.empty(),
                    blank < 0 ? VersionRange.ANY : VersionRange.parse(written.substring(blank + 1)));
        }

        /** Whether the alternative is for a library, ignoring its version. */
        public boolean isNameOf(Coordinates library) {
            String other = library.groupId() + ":" + library.artifactId();
            return pattern.isPresent() ? pattern.get().matches(other) : name.equals(other);
        }
    }

    /** Whether the pattern is for a library, ignoring its version. */
    public boolean isNameOf(Coordinates library) {
        for (Choice choice : choices) {
            if (choice.isNameOf(library)) {
                return true;
            }
        }
        return false;
    }

    public static Optional<LibraryPattern> parse(Optional<String> text) {
        return text.isPresent() ? Optional.of(parse(text.get())) : Optional.empty();
    }

    public static List<LibraryPattern> parse(List<String> texts) {
        List<LibraryPattern> patterns = new ArrayList<>();
        for (String text : texts) {
            patterns.add(parse(text));
        }
        return patterns;
    }

    public static LibraryPattern parse(String text) {
        List<Choice> choices = new ArrayList<>();
        for (String choice : text.split("\\|", -1)) {
            choices.add(Choice.parse(choice));
        }
        return new LibraryPattern(List.copyOf(choices));
    }
}
