// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.Dockerfile.Comment;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code # readonly-rootfs:ignore RULE-ID reason} above an instruction. */
final class IgnoreComments {

    private static final String MARK = "readonly-rootfs:ignore";

    private IgnoreComments() {}

    /**
     * The ignores in a Dockerfile.
     *
     * @throws ConfigurationException for one without rule, reason or instruction
     */
    static List<Ignore> in(Dockerfile dockerfile) throws ConfigurationException {
        Map<Integer, Location> subjects = subjects(dockerfile);
        List<Ignore> ignores = new ArrayList<>();
        for (Comment comment : dockerfile.comments()) {
            if (comment.text().startsWith(MARK)) {
                ignores.add(ignore(comment, Optional.ofNullable(subjects.get(comment.subject()))));
            }
        }
        return ignores;
    }

    private static Ignore ignore(Comment comment, Optional<Location> instruction) throws ConfigurationException {
        String[] parts = comment.text().substring(MARK.length()).strip().split("\\s+", 2);
        if (parts.length < 2) {
            throw new ConfigurationException(comment.location()
                    + ": an ignore comment names a rule and gives a reason: # " + MARK + " RULE-ID reason");
        }
        Location subject = instruction.orElseThrow(() -> new ConfigurationException(
                comment.location() + ": no instruction follows this ignore comment; put it above the one it is about"));
        return new Ignore(
                parts[0],
                Optional.empty(),
                Optional.empty(),
                Optional.of(subject),
                parts[1],
                "# " + MARK,
                comment.location());
    }

    /** The instructions by the line on which they begin. */
    private static Map<Integer, Location> subjects(Dockerfile dockerfile) {
        Map<Integer, Location> subjects = new HashMap<>();
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            Location from = stage.from().location();
            subjects.put(from.line(), from);
            for (Instruction instruction : stage.instructions()) {
                subjects.putIfAbsent(instruction.location().line(), instruction.location());
            }
        }
        return subjects;
    }
}
