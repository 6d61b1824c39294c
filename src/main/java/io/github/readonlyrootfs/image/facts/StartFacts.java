// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a published image that no configuration says: its start scripts and its Java.
 *
 * @param scripts the image's own first, then those of what it is built from
 * @param javaVersion the major version of Java that the tag names; empty where it names none
 */
public record StartFacts(List<Script> scripts, OptionalInt javaVersion) {

    private static final StartFacts NOTHING = new StartFacts(List.of(), OptionalInt.empty());

    /**
     * A start script that ends with running its own arguments.
     *
     * @param name of its file
     * @param program the words that it puts before arguments that are no command themselves; none where it puts nothing
     * @param options which first arguments those are, a regular expression that an empty text matches if there may be none
     * @param variables those whose words it puts before the options of the {@code java} that it is given
     * @param properties the system properties that it puts there
     * @param server the jar that it makes the command line of by itself
     */
    public record Script(
            String name,
            List<String> program,
            String options,
            List<String> variables,
            Map<String, String> properties,
            Optional<Server> server) {}

    /**
     * A jar that gets no system properties of the script's.
     *
     * @param jar a regular expression for its path
     * @param drops how those options of the variables begin that do not get to it
     */
    public record Server(String jar, List<String> drops) {}

    /** What is known of the image that goes by a reference. */
    public static StartFacts of(String reference) {
        Optional<PublishedImage> image = PublishedImage.of(reference);
        return image.isPresent() ? image.get().start() : NOTHING;
    }
}
