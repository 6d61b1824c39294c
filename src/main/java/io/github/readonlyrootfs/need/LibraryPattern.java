package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.ProjectFacts.Coordinates;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Libraries, one of which is meant: {@code org.lz4:lz4-java | at.yawk.lz4:lz4-java}. An asterisk stands for anything, and
 * a range of versions may follow: {@code io.vertx:vertx-core [3,5)}.
 */
record LibraryPattern(List<Choice> choices) {

    /**
     * One of them.
     *
     * @param name {@code groupId:artifactId}
     * @param pattern of such names; empty where the name is meant as it is
     */
    record Choice(String name, Optional<Pattern> pattern, VersionRange versions) {

        private static Choice parse(String text) {
            String[] parts = text.strip().split("\\s+", 2);
            String name = parts[0];
            if (!name.matches("[\\w.*-]+:[\\w.*-]+")) {
                throw new IllegalArgumentException("no groupId:artifactId: " + text);
            }
            return new Choice(
                    name,
                    name.contains("*") ? Optional.of(Wildcards.pattern(name)) : Optional.empty(),
                    parts.length == 1 ? VersionRange.ANY : VersionRange.parse(parts[1]));
        }

        /** Whether a library has this name, whatever its version. */
        boolean isNameOf(Coordinates library) {
            String other = library.groupId() + ":" + library.artifactId();
            return pattern.map(names -> names.matcher(other).matches()).orElse(name.equals(other));
        }
    }

    static LibraryPattern parse(String text) {
        return new LibraryPattern(
                Arrays.stream(text.split("\\|", -1)).map(Choice::parse).toList());
    }
}
