// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need.Advice;
import io.github.readonlyrootfs.need.Need.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One known write of a library or a program. Its keys have the names of the components here and in {@link Explanation}; besides:
 *
 * <ul>
 *   <li>{@code parents}: whether it creates missing parent directories
 *   <li>{@code each}: the replacements of <code>{each}</code> in its movers; each is a separate write
 *   <li>{@code name}, {@code extends}: see {@link io.github.readonlyrootfs.data.Catalogue}
 * </ul>
 *
 * @param paths alternatives, see {@link PathTemplate} and {@link WriterCircumstances#path(String)}; none if only a
 *     setting or a configuration file names the path
 * @param impact of a refused write
 * @param executable whether it writes native code that is then loaded
 * @param conditions {@code when} and {@code unless}
 * @param moved the settings that change its path, the strongest first
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
     * The explanation for users.
     *
     * @param why what is written, as a clause; <code>{where}</code> stands for the place
     * @param advice what to do instead of making the path writable, or where nothing may be mounted for it
     * @param keeps what is kept there and meant to outlive the task
     */
    public record Explanation(String why, Optional<Advice> advice, Optional<Keeps> keeps) {}

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

    /** Reads a write, which may be among the keys of another object. */
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
                new Explanation(
                        write.get("why").string(),
                        write.get("advice")
                                .text()
                                .map(text -> new Advice(text, true))
                                .or(() -> write.get("elsewhere").text().map(text -> new Advice(text, false))),
                        write.has("keeps") ? Optional.of(write.get("keeps").constant(Keeps.class)) : Optional.empty()),
                write.get("certainty").constant(Certainty.class),
                Conditions.read(write, files),
                List.copyOf(moved));
    }

    /** Whether it was not measured. */
    boolean isAssumed() {
        return certainty == Certainty.ASSUMED;
    }
}
