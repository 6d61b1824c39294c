// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Facts about a published image besides its configuration: its start scripts and its Java version.
 *
 * @param scripts the image's own first, then those of what it is built from
 * @param javaVersion the major version of Java that the tag names; empty if it names none
 */
public record StartFacts(List<Script> scripts, OptionalInt javaVersion) {

    private static final StartFacts NOTHING = new StartFacts(List.of(), OptionalInt.empty());

    /**
     * A start script that ends with running its own arguments.
     *
     * @param name of its file
     * @param program the words that it puts before arguments that are not a command themselves; may be empty
     * @param options a regular expression for the first of such arguments; it matches the empty text if there may be
     *     none
     * @param runs the directories whose shell scripts it runs first
     * @param variables those whose words it puts before the options of {@code java}
     * @param properties the system properties that it puts before them
     * @param server the jar for which it makes its own command line
     */
    public record Script(
            String name,
            List<String> program,
            String options,
            List<String> runs,
            List<String> variables,
            Map<String, String> properties,
            Optional<Server> server) {}

    /**
     * A jar that does not get the system properties of the script.
     *
     * @param jar a regular expression for its path
     * @param drops the beginnings of options that the script removes from the variables
     */
    public record Server(String jar, List<String> drops) {}

    /** The facts about the image of a reference. */
    public static StartFacts of(String reference) {
        Optional<PublishedImage> image = PublishedImage.of(reference);
        return image.isPresent() ? image.get().start() : NOTHING;
    }
}
