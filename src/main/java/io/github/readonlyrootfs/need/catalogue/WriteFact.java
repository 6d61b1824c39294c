// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Need.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One write that the catalogue knows of, of a library or a program. Its keys have the names of the components and of those of
 * {@link Explanation}; besides:
 *
 * <ul>
 *   <li>{@code parents}: whether it makes missing parent directories
 *   <li>{@code each}: the words to put for <code>{each}</code> in its movers; each is a write of its own
 *   <li>{@code name}, {@code extends}: see {@link io.github.readonlyrootfs.data.Catalogue}
 * </ul>
 *
 * @param paths alternatives, see {@link PathTemplate} and {@link WriterCircumstances#path(String)}; none for what only a
 *     setting or a configuration file names
 * @param impact what a refused write does
 * @param executable whether what is written is native code, and loaded
 * @param conditions {@code when} and {@code unless}
 * @param moved what may have it elsewhere, the strongest first
 */
public record WriteFact(
        List<String> paths,
        Impact impact,
        boolean createsParents,
        boolean executable,
        Explanation explanation,
        Certainty certainty,
        Conditions conditions,
        List<Mover> moved) {

    /**
     * What people are told.
     *
     * @param why what is done, as a clause; <code>{where}</code> stands for the place
     * @param advice what to do where making the path writable is no way out
     */
    public record Explanation(String why, Optional<String> advice) {}

    /** The writes of an entry. */
    static List<WriteFact> all(Json entry) {
        ConfigurationPaths files = ConfigurationPaths.read(entry);
        List<WriteFact> facts = new ArrayList<>();
        for (Json write : entry.get("writes").elements()) {
            List<String> each = write.strings("each");
            for (String word : each.isEmpty() ? List.of("") : each) {
                facts.add(read(write, files, word));
            }
        }
        return List.copyOf(facts);
    }

    /** Reads one; the file has it among the keys of something else, or as an object of its own. */
    static WriteFact read(Json write, ConfigurationPaths files, String each) {
        List<Mover> moved = new ArrayList<>();
        for (Json mover : write.get("moved").elements()) {
            moved.add(Mover.read(mover, files, each));
        }
        return new WriteFact(
                write.strings("paths"),
                write.get("impact").constant(Impact.class),
                write.get("parents").isTrue(),
                write.get("executable").isTrue(),
                new Explanation(write.get("why").string(), write.get("advice").text()),
                write.get("certainty").constant(Certainty.class),
                Conditions.read(write, files),
                List.copyOf(moved));
    }

    /** Whether it has not been measured. */
    boolean isAssumed() {
        return certainty == Certainty.ASSUMED;
    }
}
