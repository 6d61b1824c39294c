// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.cloudformation.CloudFormationTemplate;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Notation.Keys;
import io.github.readonlyrootfs.taskdef.node.Notation.Syntax;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.schema.FoundTask;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.terraform.TerraformOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the task definitions in a file of any supported format, which is detected from the content. */
final class TaskFinder {

    private static final String CONTAINERS = SchemaField.CONTAINER_DEFINITIONS.name();

    /** Beside those of {@code describe-task-definition}, deployment tools write files of this shape. */
    private static final String WRAPPER = "taskDefinition";

    private static final String LIST = "taskDefinitions";

    private final Syntax syntax;
    private final Filling filling;

    private TaskFinder(Syntax syntax, Filling filling) {
        this.syntax = syntax;
        this.filling = filling;
    }

    /**
     * The task definitions, at least one, even if it has no containers. A document that has none is left alone where
     * another one has.
     *
     * @param documents of the file, at least one
     * @param filling the values of a template's parameters
     */
    static List<FoundTask> find(List<Node> documents, Syntax syntax, Filling filling) throws UnreadableSourceException {
        TaskFinder finder = new TaskFinder(syntax, filling);
        if (documents.size() == 1) {
            return named(finder.in(documents.get(0)));
        }
        List<FoundTask> all = new ArrayList<>();
        for (Node document : documents) {
            if (finder.hasTasks(document)) {
                all.addAll(finder.in(document));
            }
        }
        return all.isEmpty() ? finder.in(documents.get(0)) : named(all);
    }

    private boolean hasTasks(Node document) {
        try {
            for (FoundTask task : in(document)) {
                // A resource of the right type counts, even without containers.
                if (task.resource().isPresent()
                        || !(task.content().read() instanceof ObjectNode object)
                        || object.get(CONTAINERS).isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (UnreadableSourceException e) {
            return false;
        }
    }

    private List<FoundTask> in(Node document) throws UnreadableSourceException {
        Optional<CloudFormationTemplate> template = CloudFormationTemplate.in(document);
        if (template.isPresent()) {
            return template.get().taskDefinitions(new Notation(syntax, Keys.CLOUDFORMATION), filling);
        }
        Optional<TerraformOutput> terraform = TerraformOutput.in(document);
        if (terraform.isPresent()) {
            return terraform.get().taskDefinitions(new Notation(syntax, Keys.TERRAFORM));
        }
        Notation ecs = new Notation(syntax, Keys.ECS);
        Outline outline = Outline.of(document);
        List<FoundTask> tasks = new ArrayList<>();
        for (Node content : bare(document)) {
            tasks.add(new FoundTask(content.location().firstCharacter(), () -> content, ecs, outline));
        }
        return List.copyOf(tasks);
    }

    /** Bare task definitions, and those in the wrapper of a tool. */
    private static List<Node> bare(Node document) {
        if (document instanceof ArrayNode array) {
            return array.elements().stream().anyMatch(TaskFinder::isTaskDefinition)
                    ? array.elements().stream().map(TaskFinder::unwrapped).toList()
                    : List.of(document);
        }
        if (document instanceof ObjectNode object
                && object.get(CONTAINERS).isEmpty()
                && object.member(LIST).orElse(object) instanceof ArrayNode list
                && list.elements().stream().anyMatch(TaskFinder::isTaskDefinition)) {
            return list.elements().stream().map(TaskFinder::unwrapped).toList();
        }
        return List.of(unwrapped(document));
    }

    private static boolean isTaskDefinition(Node node) {
        return unwrapped(node) instanceof ObjectNode object
                && object.member(CONTAINERS).isPresent();
    }

    private static Node unwrapped(Node node) {
        return node instanceof ObjectNode object
                        && object.get(CONTAINERS).isEmpty()
                        && object.member(WRAPPER).orElse(object) instanceof ObjectNode inner
                ? inner
                : node;
    }

    /** Names several task definitions: one without a name gets its family, else its index. */
    private static List<FoundTask> named(List<FoundTask> tasks) throws UnreadableSourceException {
        if (tasks.size() == 1) {
            return tasks;
        }
        Set<String> taken = new HashSet<>();
        tasks.forEach(task -> task.resource().ifPresent(taken::add));
        List<FoundTask> named = new ArrayList<>();
        for (FoundTask task : tasks) {
            String place = LIST + "[" + named.size() + "]";
            Optional<String> name =
                    task.resource().isPresent() ? task.resource() : name(task).filter(taken::add);
            named.add(task.named(name.orElse(place)));
        }
        return List.copyOf(named);
    }

    /** The name by which a user selects a task definition. */
    static Optional<String> name(FoundTask task) throws UnreadableSourceException {
        return task.resource().isPresent()
                ? task.resource()
                : family(task.content().read());
    }

    private static Optional<String> family(Node taskDefinition) {
        return taskDefinition instanceof ObjectNode object
                        && object.member("family").orElse(object) instanceof TextNode family
                        && !family.value().isEmpty()
                        && family.placeholder().isEmpty()
                ? Optional.of(family.value())
                : Optional.empty();
    }
}
