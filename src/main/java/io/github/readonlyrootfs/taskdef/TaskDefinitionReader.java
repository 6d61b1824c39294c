// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.cloudformation.CloudFormationTemplate;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Notation.Syntax;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import io.github.readonlyrootfs.taskdef.node.YamlTree;
import io.github.readonlyrootfs.taskdef.schema.FoundTask;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaValidator;
import io.github.readonlyrootfs.taskdef.terraform.TerraformConfiguration;
import io.github.readonlyrootfs.taskdef.terraform.TerraformFiles;
import io.github.readonlyrootfs.taskdef.terraform.WrittenConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads task definitions and keeps where everything is. */
public final class TaskDefinitionReader {

    private static final String CONTAINERS = SchemaField.CONTAINER_DEFINITIONS.name();

    /** ECS accepts 10, but a template may contain several environments. Each container is judged with all others. */
    private static final int MAX_CONTAINERS = 100;

    /** CloudFormation takes 500 resources of all kinds; this bounds our time. */
    private static final int MAX_TASKS = 100;

    private TaskDefinitionReader() {}

    /**
     * The result of reading.
     *
     * @param tasks the file's task definitions, at least one, be it one that cannot be read
     * @param placeholders the names of the file's placeholders, and of a template's parameters
     * @param unknownNames the names of values that are meant for this file, and that it does not ask for
     */
    public record Result(List<Task> tasks, Set<String> placeholders, Set<String> unknownNames) {

        /** The result for a file that is not a task definition. */
        public static Result invalid(Problem problem) {
            return new Result(List.of(Task.invalid(Optional.empty(), problem)), Set.of(), Set.of());
        }
    }

    /**
     * One of a file's task definitions.
     *
     * @param resource its name in the file, if it has one
     * @param definition empty when it cannot be read as one; then a problem says why
     */
    public record Task(Optional<String> resource, Optional<TaskDefinition> definition, List<SchemaProblem> problems) {

        public static Task invalid(Optional<String> resource, Problem problem) {
            return new Task(
                    resource, Optional.empty(), List.of(new SchemaProblem(Kind.INVALID, problem, Optional.empty())));
        }
    }

    /**
     * Reads task definitions, in JSON or YAML: as {@code register-task-definition} takes them, as {@code
     * describe-task-definition} gives them, an array of either, a bare array of container definitions, resources of a
     * CloudFormation template, or of what {@code terraform show -json} prints. The content says which of these a file is,
     * not its name.
     *
     * @param resource the name in the file of the one to read; empty for all
     * @param values the values of placeholders
     */
    public static Result read(SourceFile source, Optional<String> resource, TemplateValues values) {
        try {
            Syntax syntax = !JsonTree.begins(source.text()) && YamlTree.isYaml(source) ? Syntax.YAML : Syntax.JSON;
            Filled filled = filled(source, syntax, values);
            Filling filling = filled.filling();
            List<FoundTask> found = TaskFinder.find(filled.documents(), syntax, filling);
            if (found.size() == 1 && isWithoutContainers(found.get(0))) {
                Optional<OtherFormat> other = OtherFormat.of(filled.documents()).or(() -> OtherFormat.of(source));
                if (other.isPresent()) {
                    return Result.invalid(other.get().problem(found.get(0).place()));
                }
            }
            return result(found, resource, filling, place -> source);
        } catch (UnreadableSourceException e) {
            return Result.invalid(OtherFormat.of(source)
                    .map(other -> other.problem(Location.of(source.name())))
                    .orElse(e.problem()));
        }
    }

    /**
     * Reads the task definitions of a Terraform configuration as it is written.
     *
     * @param resource the address of the one to read; empty for all
     * @param values the values of variables, and of what only Terraform knows
     */
    public static Result read(TerraformFiles files, Optional<String> resource, TemplateValues values) {
        try {
            Filling filling = Filling.with(values, false);
            return result(TerraformConfiguration.taskDefinitions(files, filling), resource, filling, files::source);
        } catch (UnreadableSourceException e) {
            return Result.invalid(e.problem());
        }
    }

    /** @param source the file in which a place is */
    private static Result result(
            List<FoundTask> found, Optional<String> resource, Filling filling, Function<Location, SourceFile> source)
            throws UnreadableSourceException {
        List<FoundTask> wanted = resource.isPresent()
                ? named(resource.get(), found, source.apply(found.get(0).place()))
                : found;
        if (wanted.size() > MAX_TASKS) {
            throw new UnreadableSourceException(new Problem(
                    wanted.get(MAX_TASKS).place(),
                    "this file has " + wanted.size() + " task definitions",
                    "set `taskDefinitionResource` to the right one"));
        }
        List<Task> tasks = new ArrayList<>();
        for (FoundTask task : wanted) {
            tasks.add(read(source.apply(task.place()), task, filling));
        }
        return new Result(List.copyOf(tasks), filling.names(), filling.unknownNames());
    }

    private static boolean isWithoutContainers(FoundTask task) throws UnreadableSourceException {
        return task.resource().isEmpty()
                && task.content().read() instanceof ObjectNode object
                && object.get(CONTAINERS).isEmpty();
    }

    /**
     * The parts of a file of task definitions that a report may quote.
     *
     * @param commands shows the public words of a command or a script
     */
    public static PublicText publicText(SourceFile source, BiConsumer<PublicText, Span> commands) {
        try {
            if (Notation.isTerraform(source.name()) && !Notation.isTerraformJson(source.name())) {
                return PublicValues.of(source, List.of(WrittenConfiguration.of(source)), commands);
            }
            Syntax syntax = YamlTree.isYaml(source) ? Syntax.YAML : Syntax.JSON;
            return PublicValues.of(
                    source, filled(source, syntax, TemplateValues.NONE).documents(), commands);
        } catch (UnreadableSourceException e) {
            return PublicValues.of(source, List.of(), commands);
        }
    }

    /** The comments of a file that begin with a word. JSON has none. */
    public static List<YamlComment> comments(SourceFile source, String word) {
        if (!source.text().contains(word) || Notation.isTerraform(source.name()) || !YamlTree.isYaml(source)) {
            return List.of();
        }
        try {
            return YamlComment.in(
                    source,
                    word,
                    filled(source, Syntax.YAML, TemplateValues.NONE).documents());
        } catch (UnreadableSourceException e) {
            // The check of the file itself reports its mistakes.
            return List.of();
        }
    }

    /** A file's documents, with the values of its placeholders filled in. */
    private record Filled(List<Node> documents, Filling filling) {

        static Filled of(SourceFile source, Syntax syntax, Filling filling) throws UnreadableSourceException {
            return new Filled(
                    switch (syntax) {
                        case JSON, HCL -> List.of(JsonTree.parse(source, filling));
                        case YAML -> YamlTree.parse(source, filling);
                    },
                    filling);
        }

        List<CloudFormationTemplate> templates() {
            List<CloudFormationTemplate> templates = new ArrayList<>();
            for (Node document : documents) {
                Optional<CloudFormationTemplate> template = CloudFormationTemplate.in(document);
                if (template.isPresent()) {
                    templates.add(template.get());
                }
            }
            return templates;
        }
    }

    /** Mostly one reading is enough: that a file is a template, and has words to replace, shows only then. */
    private static Filled filled(SourceFile source, Syntax syntax, TemplateValues values)
            throws UnreadableSourceException {
        boolean guess = CloudFormationTemplate.mayBe(source.text());
        Filled first = Filled.of(source, syntax, Filling.with(values, !guess));
        boolean isTemplate = !first.templates().isEmpty();
        Filled marks = isTemplate == guess ? first : Filled.of(source, syntax, Filling.with(values, !isTemplate));
        // A parameter is no word that a script replaces, however it is spelled.
        for (CloudFormationTemplate template : marks.templates()) {
            template.declareParameters(marks.filling());
        }
        Optional<Filling> words = marks.filling().withWords(source.text());
        return words.isPresent() ? Filled.of(source, syntax, words.get()) : marks;
    }

    private static List<FoundTask> named(String wanted, List<FoundTask> found, SourceFile source)
            throws UnreadableSourceException {
        List<String> names = new ArrayList<>();
        List<FoundTask> same = new ArrayList<>();
        for (FoundTask task : found) {
            Optional<String> name = TaskFinder.name(task);
            name.ifPresent(names::add);
            if (name.equals(Optional.of(wanted))) {
                same.add(task);
            }
        }
        if (names.isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    found.get(0).place(),
                    "`taskDefinitionResource` is set, but the only task definition in this file has no name",
                    "remove `taskDefinitionResource`, or set taskDefinition to the right template"));
        }
        if (same.isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    Location.of(source.name()),
                    "no task definition in this file is called " + SchemaProblems.quoted(wanted)
                            + NearestName.of(wanted, names)
                                    .map(name -> "; did you mean " + SchemaProblems.quoted(name) + "?")
                                    .orElse(""),
                    "set `taskDefinitionResource` to " + (names.size() == 1 ? "" : "one of ")
                            + SchemaProblems.listed(names)));
        }
        return same;
    }

    private static Task read(SourceFile source, FoundTask task, Filling filling) {
        SchemaProblems problems = new SchemaProblems();
        try {
            TaskDefinition definition = definition(source, task, filling, problems);
            // Where nothing in the list is a container, the problems say so already.
            boolean hasContainers = !definition.containerDefinitions().isEmpty();
            return new Task(
                    task.resource(), hasContainers ? Optional.of(definition) : Optional.empty(), problems.sorted());
        } catch (UnreadableSourceException e) {
            return Task.invalid(task.resource(), e.problem());
        }
    }

    private static TaskDefinition definition(
            SourceFile source, FoundTask task, Filling filling, SchemaProblems problems)
            throws UnreadableSourceException {
        Notation notation = task.notation();
        SchemaField schema = SchemaField.in(notation);
        Outline outline = task.outline();
        Node content = task.content().read();
        if (content instanceof ArrayNode containers) {
            TaskSize.check(containers);
            rejectEmpty(containers, CONTAINERS);
            rejectTooMany(containers, CONTAINERS);
            return new TaskDefinitionBuilder(source, problems, task, notation, outline)
                    .bareContainers(new SchemaValidator(problems, schema).containerDefinitions(containers));
        }
        if (!(content instanceof ObjectNode object)) {
            throw new UnreadableSourceException(new Problem(
                    task.place(),
                    content.noun() + " where a task definition was expected",
                    "write an object with the key `" + CONTAINERS + "`"));
        }
        String key = schema.containerDefinitions().name();
        ObjectNode whole = object;
        if (EmbeddedContainers.isEmbedded(object, key)) {
            notation = notation.withContainersInString();
            whole = EmbeddedContainers.opened(source, object, schema, filling, problems);
            Node containers = whole.member(key).orElseThrow();
            boolean spelled = !containers
                    .location()
                    .equals(object.member(key).orElseThrow().location());
            outline = spelled ? outline.with(containers) : outline;
        }
        TaskSize.check(whole);
        rejectWithoutContainers(whole, key);
        return new TaskDefinitionBuilder(source, problems, task, notation, outline)
                .taskDefinition(new SchemaValidator(problems, schema).taskDefinition(whole));
    }

    private static void rejectWithoutContainers(ObjectNode object, String key) throws UnreadableSourceException {
        Optional<Node> containers = object.get(key);
        if (containers.isEmpty()) {
            throw withoutContainers(object, key);
        }
        rejectEmpty(containers.get(), key);
        if (containers.get() instanceof ArrayNode array) {
            rejectTooMany(array, key);
        }
    }

    private static UnreadableSourceException withoutContainers(ObjectNode raw, String key) {
        for (Member member : raw.members()) {
            if (NearestName.of(member.key(), List.of(key)).isPresent()) {
                return new UnreadableSourceException(new Problem(
                        member.keyLocation(),
                        SchemaProblems.quoted(member.key()) + " is not a key of a task definition, and there is no `"
                                + key + "`",
                        "write `" + key + "`"));
            }
        }
        return new UnreadableSourceException(new Problem(
                raw.location().firstCharacter(),
                "this object has no `" + key + "`",
                key.equals(CONTAINERS)
                        ? "an ECS task definition was expected: `{\"family\": \"…\", \"" + CONTAINERS + "\": [ … ]}`"
                        : "a task needs at least one container"));
    }

    private static void rejectTooMany(ArrayNode containers, String key) throws UnreadableSourceException {
        int count = containers.elements().size();
        if (count > MAX_CONTAINERS) {
            Node first = containers.elements().get(MAX_CONTAINERS);
            throw new UnreadableSourceException(new Problem(
                    first.location(),
                    "`" + key + "` has " + count + " elements",
                    "set taskDefinition to a task definition; ECS accepts at most 10 containers in one"));
        }
    }

    private static void rejectEmpty(Node containers, String key) throws UnreadableSourceException {
        if (containers.isAbsent()) {
            throw new UnreadableSourceException(new Problem(
                    containers.location(), "`" + key + "` is empty", "a task needs at least one container"));
        }
    }
}
