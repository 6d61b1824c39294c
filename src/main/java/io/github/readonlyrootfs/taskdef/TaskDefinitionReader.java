package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.Notation.Keys;
import io.github.readonlyrootfs.taskdef.Notation.Syntax;
import io.github.readonlyrootfs.taskdef.SchemaProblem.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
     * @param placeholders the names of the file's placeholders, and of a template's parameters
     * @param unknownNames the names with a value that are meant for this file, and that it does not have
     */
    public record Result(
            Optional<TaskDefinition> taskDefinition,
            List<SchemaProblem> problems,
            Set<String> placeholders,
            Set<String> unknownNames) {

        /** The result of a file without placeholders. */
        public Result(Optional<TaskDefinition> taskDefinition, List<SchemaProblem> problems) {
            this(taskDefinition, problems, Set.of(), Set.of());
        }
    }

    /** Reads the only task definition of a file. */
    public static Result read(SourceFile source) {
        return read(source, Optional.empty(), TemplateValues.NONE);
    }

    /**
     * Reads a task definition: as {@code register-task-definition} takes it, as {@code describe-task-definition} gives
     * it, a bare array of container definitions, or a resource of a CloudFormation template, each in JSON or YAML. The
     * content says which of these a file is, not its name.
     *
     * @param taskDefinitionResource the logical id of the resource that is meant, for a template that has several
     * @param values what is put in the place of placeholders
     */
    public static Result read(SourceFile source, Optional<String> taskDefinitionResource, TemplateValues values) {
        Problems problems = new Problems();
        try {
            Syntax syntax = YamlTree.isYaml(source) ? Syntax.YAML : Syntax.JSON;
            Filling filling = Filling.with(values);
            Node root = tree(source, syntax, filling);
            boolean isTemplate = CloudFormationTemplate.in(root).isPresent();
            if (isTemplate || filling.isWorthASecondTime(source.text())) {
                filling = filling.again(source.text(), !isTemplate);
                root = tree(source, syntax, filling);
            }
            TaskDefinition taskDefinition =
                    taskDefinition(source, syntax, root, taskDefinitionResource, filling, problems);
            // Where nothing in the list is a container, the problems say so already.
            boolean hasContainers = !taskDefinition.containerDefinitions().isEmpty();
            return new Result(
                    Optional.of(taskDefinition).filter(any -> hasContainers),
                    problems.sorted(),
                    filling.names(),
                    filling.unknownNames());
        } catch (InvalidSourceException e) {
            Problem problem = e.problem();
            problems.add(Kind.INVALID, Optional.empty(), problem.location(), problem.message(), problem.help());
            return new Result(Optional.empty(), problems.sorted());
        }
    }

    private static Node tree(SourceFile source, Syntax syntax, Filling filling) throws InvalidSourceException {
        return switch (syntax) {
            case JSON -> JsonTree.parse(source, filling);
            case YAML -> YamlTree.parse(source, filling);
        };
    }

    private static TaskDefinition taskDefinition(
            SourceFile source,
            Syntax syntax,
            Node root,
            Optional<String> taskDefinitionResource,
            Filling filling,
            Problems problems)
            throws InvalidSourceException {
        Optional<CloudFormationTemplate> template = CloudFormationTemplate.in(root);
        if (template.isPresent()) {
            ObjectNode properties = template.get().taskDefinition(taskDefinitionResource, filling);
            return taskDefinition(source, properties, problems, new Notation(syntax, Keys.CLOUDFORMATION));
        }
        if (taskDefinitionResource.isPresent()) {
            throw new InvalidSourceException(new Problem(
                    beginning(root),
                    "this is no CloudFormation template, and `taskDefinitionResource` is set",
                    "remove `taskDefinitionResource`, or name the template"));
        }
        Notation notation = new Notation(syntax, Keys.ECS);
        return root instanceof ArrayNode array
                ? bareContainers(source, array, problems, notation)
                : taskDefinition(source, unwrap((ObjectNode) root), problems, notation);
    }

    /** The output of {@code describe-task-definition} has the task definition one level down. */
    private static ObjectNode unwrap(ObjectNode root) {
        return root.get("taskDefinition").orElse(root) instanceof ObjectNode inner
                        && root.get(CONTAINERS).isEmpty()
                ? inner
                : root;
    }

    private static TaskDefinition taskDefinition(
            SourceFile source, ObjectNode raw, Problems problems, Notation notation) throws InvalidSourceException {
        SchemaField schema = SchemaField.in(notation);
        String key = schema.containerDefinitions().name();
        Optional<Node> containers = raw.get(key);
        if (containers.isEmpty()) {
            throw withoutContainers(raw, key);
        }
        if (Conformer.isAbsent(containers.get())) {
            throw noContainers(containers.get().location(), key);
        }
        if (containers.get() instanceof ArrayNode array) {
            rejectTooMany(array, key);
        }
        ObjectNode node = new Conformer(problems, schema).taskDefinition(raw);
        return new TaskDefinitionBuilder(source, problems, notation).taskDefinition(node);
    }

    private static TaskDefinition bareContainers(SourceFile source, ArrayNode raw, Problems problems, Notation notation)
            throws InvalidSourceException {
        if (raw.elements().isEmpty()) {
            throw noContainers(raw.location(), CONTAINERS);
        }
        rejectTooMany(raw, CONTAINERS);
        ArrayNode containers = new Conformer(problems, SchemaField.in(notation)).containerDefinitions(raw);
        return new TaskDefinitionBuilder(source, problems, notation).bareContainers(containers);
    }

    private static InvalidSourceException withoutContainers(ObjectNode raw, String key) {
        for (Member member : raw.members()) {
            if (NearestName.of(member.key(), List.of(key)).isPresent()) {
                return new InvalidSourceException(new Problem(
                        member.keyLocation(),
                        Problems.quoted(member.key()) + " is not a key of a task definition, and there is no `" + key
                                + "`",
                        "write `" + key + "`"));
            }
        }
        return new InvalidSourceException(new Problem(
                beginning(raw),
                "this object has no `" + key + "`",
                key.equals(CONTAINERS)
                        ? "an ECS task definition was expected: `{\"family\": \"…\", \"" + CONTAINERS + "\": [ … ]}`"
                        : "a task needs at least one container"));
    }

    private static void rejectTooMany(ArrayNode containers, String key) throws InvalidSourceException {
        int count = containers.elements().size();
        if (count > MAX_CONTAINERS) {
            Node first = containers.elements().get(MAX_CONTAINERS);
            throw new InvalidSourceException(new Problem(
                    first.location(),
                    "`" + key + "` has " + count + " elements",
                    "name a task definition; ECS accepts at most 10 containers in one"));
        }
    }

    /** The first character of something. */
    private static Location beginning(Node node) {
        Location all = node.location();
        return new Location(all.file(), all.line(), all.column(), all.line(), all.column() + 1);
    }

    private static InvalidSourceException noContainers(Location location, String key) {
        return new InvalidSourceException(
                new Problem(location, "`" + key + "` is empty", "a task needs at least one container"));
    }
}
