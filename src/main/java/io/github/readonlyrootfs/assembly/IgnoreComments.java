// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.Dockerfile.Comment;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import io.github.readonlyrootfs.taskdef.YamlComment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code # readonly-rootfs:ignore RULE-ID reason} above an instruction, or above a part of a task definition in YAML. */
public final class IgnoreComments {

    private static final String MARK = "readonly-rootfs:ignore";

    private IgnoreComments() {}

    /**
     * The ignores in a Dockerfile.
     *
     * @throws ConfigurationException if one has no rule, reason or instruction
     */
    static List<Ignore> in(Dockerfile dockerfile) throws ConfigurationException {
        Map<Integer, Location> subjects = subjects(dockerfile);
        List<Ignore> ignores = new ArrayList<>();
        for (Comment comment : dockerfile.comments()) {
            if (comment.text().startsWith(MARK)) {
                Location subject = Optional.ofNullable(subjects.get(comment.subject()))
                        .orElseThrow(() -> new ConfigurationException(comment.location()
                                + ": no instruction follows this ignore comment; put it above the one it is about"));
                ignores.add(ignore(comment.text(), comment.location(), Optional.empty(), Optional.of(subject)));
            }
        }
        return ignores;
    }

    /**
     * The ignores in a task definition's file. One above a container applies to all findings about that container, in any file.
     *
     * @param definitions the task definitions in the file
     * @throws ConfigurationException if one has no rule or reason, or nothing follows it
     */
    public static List<Ignore> in(SourceFile file, List<TaskDefinition> definitions) throws ConfigurationException {
        List<YamlComment> comments = TaskDefinitionReader.comments(file, MARK);
        Map<Location, Optional<Container>> containers = comments.isEmpty() ? Map.of() : containers(definitions);
        List<Ignore> ignores = new ArrayList<>();
        for (YamlComment comment : comments) {
            Location subject = comment.subject()
                    .orElseThrow(() -> new ConfigurationException(comment.location()
                            + ": nothing follows this ignore comment; put it on a line of its own above the container,"
                            + " mount or key that it is about"));
            Optional<Container> container = containers.getOrDefault(subject, Optional.empty());
            ignores.add(ignore(
                    comment.text(),
                    comment.location(),
                    container,
                    container.isPresent() ? Optional.empty() : Optional.of(subject)));
        }
        return ignores;
    }

    /** A container of a task definition. */
    private record Container(Optional<String> resource, String name) {}

    /** The containers by location; empty if a loop makes several containers from one location. */
    private static Map<Location, Optional<Container>> containers(List<TaskDefinition> definitions) {
        Map<Location, Optional<Container>> containers = new HashMap<>();
        for (TaskDefinition task : definitions) {
            task.containerDefinitions()
                    .forEach(container -> containers.merge(
                            container.metadata().location(),
                            Optional.of(new Container(task.document().resource(), container.name())),
                            (one, other) -> Optional.empty()));
        }
        return containers;
    }

    private static Ignore ignore(
            String comment, Location location, Optional<Container> container, Optional<Location> subject)
            throws ConfigurationException {
        String[] parts = comment.substring(MARK.length()).strip().split("\\s+", 2);
        if (parts.length < 2) {
            throw new ConfigurationException(
                    location + ": an ignore comment names a rule and gives a reason: # " + MARK + " RULE-ID reason");
        }
        return new Ignore(
                parts[0],
                container.flatMap(Container::resource),
                container.map(Container::name),
                Optional.empty(),
                subject,
                parts[1],
                "# " + MARK,
                location);
    }

    /** The locations of instructions by their first line. */
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
