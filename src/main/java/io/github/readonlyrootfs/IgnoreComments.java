package io.github.readonlyrootfs;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.Dockerfile.Comment;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.rule.Ignore;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
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
        List<Ignore> ignores = new ArrayList<>();
        for (Comment comment : dockerfile.comments()) {
            if (comment.text().startsWith(MARK)) {
                ignores.add(ignore(comment, dockerfile));
            }
        }
        return ignores;
    }

    private static Ignore ignore(Comment comment, Dockerfile dockerfile) throws ConfigurationException {
        String[] parts = comment.text().substring(MARK.length()).strip().split("\\s+", 2);
        if (parts.length < 2 || parts[0].isEmpty()) {
            throw new ConfigurationException(comment.location()
                    + ": an ignore comment names a rule and gives a reason: # " + MARK + " RULE-ID reason");
        }
        Location subject = subject(comment, dockerfile)
                .orElseThrow(() -> new ConfigurationException(comment.location()
                        + ": no instruction follows this ignore comment; put it above the one it is about"));
        return new Ignore(
                parts[0],
                Optional.empty(),
                Optional.empty(),
                Optional.of(subject),
                parts[1],
                "# " + MARK,
                comment.location());
    }

    private static Optional<Location> subject(Comment comment, Dockerfile dockerfile) {
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            if (stage.from().location().line() == comment.subject()) {
                return Optional.of(stage.from().location());
            }
            for (Instruction instruction : stage.instructions()) {
                if (instruction.location().line() == comment.subject()) {
                    return Optional.of(instruction.location());
                }
            }
        }
        return Optional.empty();
    }
}
