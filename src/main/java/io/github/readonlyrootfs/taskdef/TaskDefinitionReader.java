package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.SchemaProblem.Kind;
import java.util.List;
import java.util.Optional;

/** Reads task definitions and keeps where everything stands. */
public final class TaskDefinitionReader {

    private static final String CONTAINERS = SchemaField.CONTAINER_DEFINITIONS.name();

    /** ECS accepts 10; a template may hold several environments' containers. Every container is judged against all others. */
    private static final int MAX_CONTAINERS = 100;

    private TaskDefinitionReader() {}

    /**
     * What was read.
     *
     * @param taskDefinition empty when the file cannot be read as one; then a problem says why
     */
    public record Result(Optional<TaskDefinition> taskDefinition, List<SchemaProblem> problems) {}

    /**
     * Reads a task definition in JSON: as {@code register-task-definition} takes it, as {@code
     * describe-task-definition} gives it, or a bare array of container definitions.
     */
    public static Result read(SourceFile source) {
        Problems problems = new Problems();
        try {
            Node root = JsonTree.parse(source);
            TaskDefinition taskDefinition = root instanceof ArrayNode array
                    ? bareContainers(source, array, problems)
                    : taskDefinition(source, unwrap((ObjectNode) root), problems);
            // Where nothing in the list is a container, the problems say so already.
            boolean hasContainers = !taskDefinition.containerDefinitions().isEmpty();
            return new Result(Optional.of(taskDefinition).filter(any -> hasContainers), problems.sorted());
        } catch (InvalidSourceException e) {
            Problem problem = e.problem();
            problems.add(Kind.INVALID, Optional.empty(), problem.location(), problem.message(), problem.help());
            return new Result(Optional.empty(), problems.sorted());
        }
    }

    /** The output of {@code describe-task-definition} has the task definition one level down. */
    private static ObjectNode unwrap(ObjectNode root) {
        return root.get("taskDefinition").orElse(root) instanceof ObjectNode inner
                        && root.get(CONTAINERS).isEmpty()
                ? inner
                : root;
    }

    private static TaskDefinition taskDefinition(SourceFile source, ObjectNode raw, Problems problems)
            throws InvalidSourceException {
        if (raw.get(CONTAINERS).isEmpty()) {
            throw withoutContainers(raw);
        }
        Node containers = raw.get(CONTAINERS).orElseThrow();
        if (Conformer.isAbsent(containers)) {
            throw noContainers(containers.location());
        }
        if (containers instanceof ArrayNode array) {
            rejectTooMany(array);
        }
        ObjectNode node = new Conformer(problems).taskDefinition(raw);
        return new TaskDefinitionBuilder(source, problems).taskDefinition(node);
    }

    private static TaskDefinition bareContainers(SourceFile source, ArrayNode raw, Problems problems)
            throws InvalidSourceException {
        if (raw.elements().isEmpty()) {
            throw noContainers(raw.location());
        }
        rejectTooMany(raw);
        ArrayNode containers = new Conformer(problems).containerDefinitions(raw);
        return new TaskDefinitionBuilder(source, problems).bareContainers(containers);
    }

    private static InvalidSourceException withoutContainers(ObjectNode raw) {
        for (Member member : raw.members()) {
            if (NearestName.of(member.key(), List.of(CONTAINERS)).isPresent()) {
                return new InvalidSourceException(new Problem(
                        member.keyLocation(),
                        Problems.quoted(member.key()) + " is not a key of a task definition, and there is no `"
                                + CONTAINERS + "`",
                        "write `" + CONTAINERS + "`"));
            }
        }
        Location all = raw.location();
        Location brace = new Location(all.file(), all.line(), all.column(), all.line(), all.column() + 1);
        return new InvalidSourceException(new Problem(
                brace,
                "this object has no `" + CONTAINERS + "`",
                "an ECS task definition was expected: `{\"family\": \"…\", \"" + CONTAINERS + "\": [ … ]}`"));
    }

    private static void rejectTooMany(ArrayNode containers) throws InvalidSourceException {
        int count = containers.elements().size();
        if (count > MAX_CONTAINERS) {
            Node first = containers.elements().get(MAX_CONTAINERS);
            throw new InvalidSourceException(new Problem(
                    first.location(),
                    "`" + CONTAINERS + "` has " + count + " elements",
                    "name a task definition; ECS accepts at most 10 containers in one"));
        }
    }

    private static InvalidSourceException noContainers(Location location) {
        return new InvalidSourceException(
                new Problem(location, "`" + CONTAINERS + "` is empty", "a task needs at least one container"));
    }
}
