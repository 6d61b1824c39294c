// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.Body.Argument;
import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.schema.FoundTask;
import io.github.readonlyrootfs.taskdef.schema.Neighbours;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the {@code aws_ecs_task_definition} blocks of a root module and of the local modules that it calls, and evaluates
 * them to the attributes that {@link TerraformOutput} has of a plan.
 */
public final class TerraformConfiguration {

    static final String TYPE = "aws_ecs_task_definition";

    private static final String CONTAINERS = "container_definitions";

    private static final String NAMES = "for_each";

    /** What a public module makes a task definition of. */
    private static final String WRITTEN = "written";

    /** More instances of one block are not looked at. */
    private static final int MAX_INSTANCES = 100;

    /** Calls of modules in called modules multiply. */
    private static final int MAX_MODULES = 10_000;

    private final TerraformFiles files;
    private final Outline outline;
    private final List<FoundTask> found = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();
    private final TerraformAccessPoints accessPoints = new TerraformAccessPoints();
    private int modules;

    /**
     * One of the instances that {@code count} or {@code for_each} makes of a block.
     *
     * @param key as it is in the address
     */
    record Instance(String key, Scope scope) {}

    private TerraformConfiguration(TerraformFiles files) {
        this.files = files;
        this.outline = Outline.of(files);
    }

    /** The task definitions, by their addresses: those of the file that was named, else all. */
    public static List<FoundTask> taskDefinitions(TerraformFiles files, Filling filling)
            throws UnreadableSourceException {
        TerraformConfiguration configuration = new TerraformConfiguration(files);
        configuration.find(TerraformModule.root(files, filling), "", Optional.empty());
        if (configuration.found.isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    files.place(),
                    "there is no `" + TYPE + "` here",
                    configuration.elsewhere.isEmpty()
                            ? "set taskDefinition to the file or directory that has one"
                            : "set `taskDefinition` to " + configuration.elsewhere.get(0)));
        }
        return List.copyOf(configuration.found);
    }

    /** @param within the file whose block calls the module; empty in the root module */
    private void find(TerraformModule module, String prefix, Optional<String> within) throws UnreadableSourceException {
        accessPoints.add(module);
        Scope scope = Scope.of(module);
        Map<String, List<Block>> services = TerraformRunners.services(module);
        for (Block block : module.resources(TYPE)) {
            String file = within.orElse(block.location().file());
            if (files.file().isPresent() && !files.file().get().equals(file)) {
                elsewhere.add(file);
            } else {
                Neighbours neighbours = TerraformRunners.of(
                        module, services.getOrDefault(block.label(1), List.of()), accessPoints::named);
                for (Instance instance : instances(module, block.body(), scope)) {
                    found.add(task(module, block, prefix, instance, neighbours));
                }
            }
        }
        for (Block call : module.blocks("module")) {
            if (module.isTooDeep(call)) {
                throw new UnreadableSourceException(new Problem(
                        call.typeLocation(),
                        "modules are nested more than " + TerraformModule.MAX_DEPTH + " levels deep",
                        "set taskDefinition to the directory of an inner module"));
            }
            String file = within.orElse(call.location().file());
            for (Instance instance : instances(module, call.body(), scope)) {
                Optional<TerraformModule> child = module.child(call, instance.scope());
                if (child.isPresent()) {
                    if (++modules > MAX_MODULES) {
                        throw new UnreadableSourceException(new Problem(
                                call.typeLocation(),
                                "more than " + MAX_MODULES + " instances of modules are called",
                                "set taskDefinition to the right file or directory"));
                    }
                    find(child.get(), prefix + "module." + call.label(0) + instance.key() + ".", Optional.of(file));
                } else {
                    accessPoints.add(module, call, instance.scope());
                }
            }
        }
    }

    static List<Instance> instances(TerraformModule module, Body body, Scope scope) {
        Evaluator evaluator = module.evaluator();
        Optional<Expression> count = body.value("count");
        if (count.isPresent()) {
            Node number = evaluator.value(count.get(), scope);
            Location place = count.get().location();
            List<Instance> instances = new ArrayList<>();
            boolean known = number instanceof NumberNode || number instanceof TextNode;
            int size = known ? size(number) : 1;
            for (int i = 0; i < size; i++) {
                Node index = known
                        ? new NumberNode(place, String.valueOf(i))
                        : evaluator.called("count.index", evaluator.unknown(place, "`count` is unknown"));
                instances.add(new Instance(
                        known ? "[" + i + "]" : "", scope.with("count", object(place, Map.of("index", index)))));
            }
            return instances;
        }
        Optional<Expression> each = body.value(NAMES);
        if (each.isEmpty()) {
            return List.of(new Instance("", scope));
        }
        Node collection = evaluator.value(each.get(), scope);
        Location place = each.get().location();
        List<Instance> instances = new ArrayList<>();
        for (Repetition.Step step : steps(evaluator, collection, place)) {
            String key = step.unknown().isPresent()
                    ? ""
                    : "[\""
                            + Optional.ofNullable(step.names().get("key"))
                                    .flatMap(Node::scalar)
                                    .orElse("") + "\"]";
            instances.add(new Instance(key, scope.with("each", element("each", evaluator, step, place))));
        }
        return instances.size() > MAX_INSTANCES ? instances.subList(0, MAX_INSTANCES) : instances;
    }

    private static int size(Node number) {
        try {
            return Math.min(MAX_INSTANCES, Conversions.decimal(number).intValue());
        } catch (EvaluationException e) {
            return 1;
        }
    }

    /** The elements of what {@code for_each} goes through: of a set, the keys are the values. */
    private static List<Repetition.Step> steps(Evaluator evaluator, Node collection, Location place) {
        try {
            return new Repetition(evaluator)
                    .steps(new Expression.Names(Optional.of("key"), "value"), collection, place).stream()
                            .map(step -> collection instanceof ArrayNode
                                            && step.unknown().isEmpty()
                                            && step.names().get("value") instanceof TextNode text
                                    ? new Repetition.Step(Map.of("key", text, "value", text), Optional.empty())
                                    : step)
                            .toList();
        } catch (EvaluationException e) {
            return List.of(new Repetition.Step(Map.of(), Optional.of(evaluator.unknown(place, e.reason()))));
        }
    }

    /** What {@code each}, or the iterator of a dynamic block, is. */
    private static Node element(String name, Evaluator evaluator, Repetition.Step step, Location place) {
        return step.unknown().isPresent()
                ? evaluator.called(name, evaluator.because(place, step.unknown().get()))
                : object(place, step.names());
    }

    static ObjectNode object(Location place, Map<String, Node> values) {
        List<Member> members = new ArrayList<>();
        values.forEach((key, value) -> members.add(new Member(key, place, value)));
        return new ObjectNode(place, List.copyOf(members), Optional.empty());
    }

    private FoundTask task(
            TerraformModule module, Block block, String prefix, Instance instance, Neighbours neighbours) {
        String address = prefix + TYPE + "." + block.label(1) + instance.key();
        Location place = block.header();
        return new FoundTask(
                Optional.of(address),
                place,
                () -> new TerraformConfiguration.Attributes(module.evaluator()).taskDefinition(block, place, instance),
                new Notation(
                        Notation.isTerraformJson(place.file()) ? Notation.Syntax.JSON : Notation.Syntax.HCL,
                        Notation.Keys.TERRAFORM),
                outline,
                Optional.empty(),
                neighbours);
    }

    /** The values of all that is in a block. */
    static ObjectNode arguments(TerraformModule module, Block block, Scope scope) {
        return new Attributes(module.evaluator()).attributes(block.body(), block.location(), scope);
    }

    private record Attributes(Evaluator evaluator) {

        Node taskDefinition(Block block, Location place, Instance instance) throws UnreadableSourceException {
            ObjectNode attributes = attributes(block.body(), block.location(), instance.scope());
            Optional<Node> containers = attributes.member(CONTAINERS);
            if (containers.isEmpty() || containers.get().isAbsent()) {
                throw new UnreadableSourceException(new Problem(
                        place,
                        "this task definition has no `" + CONTAINERS + "`",
                        "a task needs at least one container"));
            }
            Optional<Node> written =
                    instance.scope().isInPublicModule() ? attributes.member(WRITTEN) : Optional.empty();
            List<Member> members = new ArrayList<>();
            for (Member member : attributes.members()) {
                if (member.key().equals(CONTAINERS)) {
                    members.add(new Member(member.key(), member.keyLocation(), containers(member.value())));
                } else if (written.isEmpty() || !member.key().equals(WRITTEN)) {
                    members.add(member);
                }
            }
            written.ifPresent(instance.scope().module().orElseThrow()::calls);
            return TerraformOutput.object(
                    new ObjectNode(
                            written.map(Node::location).orElse(block.location()),
                            List.copyOf(members),
                            Optional.empty()),
                    SchemaField.TASK_DEFINITION);
        }

        /** The containers that a text of JSON has. */
        private Node containers(Node text) throws UnreadableSourceException {
            Node containers = list(text);
            return containers instanceof ArrayNode array
                    ? array.with(container -> named(withoutNulls(container)))
                    : containers;
        }

        private Node list(Node text) throws UnreadableSourceException {
            Optional<Node> encoded = evaluator.encoded(text);
            if (encoded.isPresent()) {
                return encoded.get();
            }
            Optional<LocatedText> written = evaluator.origin(text);
            boolean isList =
                    written.isPresent() && written.get().text().stripLeading().startsWith("[");
            if (!isList) {
                return text;
            }
            return evaluator.templates().parsed(text, written.get());
        }

        /** A name that is written without a value has the default of a variable that is to be given another one. */
        private static Node named(Node container) {
            return container instanceof ObjectNode object
                    ? object.with(member ->
                            member.key().equals("name") && member.value().isAbsent()
                                    ? new UnresolvedNode(member.value().location(), "", "its variable has no value")
                                    : member.value())
                    : container;
        }

        /** The provider removes null from lists of objects (github.com/hashicorp/terraform-provider-aws/pull/38870). */
        private static Node withoutNulls(Node node) {
            if (node instanceof ObjectNode object) {
                return object.with(member -> withoutNulls(member.value()));
            }
            if (!(node instanceof ArrayNode array)
                    || array.elements().stream().anyMatch(each -> each.scalar().isPresent())) {
                return node;
            }
            return new ArrayNode(
                    array.location(),
                    array.elements().stream()
                            .filter(each -> !(each instanceof NullNode))
                            .map(Attributes::withoutNulls)
                            .toList());
        }

        private ObjectNode attributes(Body body, Location place, Scope scope) {
            List<Member> members = new ArrayList<>();
            for (Argument argument : body.arguments()) {
                members.add(
                        new Member(argument.name(), argument.nameLocation(), evaluator.value(argument.value(), scope)));
            }
            Map<String, List<Node>> blocks = new LinkedHashMap<>();
            Map<String, Location> places = new LinkedHashMap<>();
            for (Block block : body.blocks()) {
                boolean dynamic = block.type().equals("dynamic");
                String type = dynamic ? block.label(0) : block.type();
                places.putIfAbsent(type, block.typeLocation());
                List<Node> elements = blocks.computeIfAbsent(type, key -> new ArrayList<>());
                if (dynamic) {
                    elements.addAll(generated(block, scope));
                } else {
                    elements.add(attributes(block.body(), block.location(), scope));
                }
            }
            blocks.forEach((type, elements) -> members.add(new Member(
                    type,
                    places.getOrDefault(type, place),
                    new ArrayNode(places.getOrDefault(type, place), List.copyOf(elements)))));
            return new ObjectNode(place, List.copyOf(members), Optional.empty());
        }

        /** The blocks that a {@code dynamic} one makes. */
        private List<Node> generated(Block dynamic, Scope scope) {
            Optional<Expression> collection = dynamic.body().value(NAMES);
            List<Block> contents = dynamic.body().blocks("content");
            if (collection.isEmpty() || contents.isEmpty()) {
                return List.of();
            }
            Location place = collection.get().location();
            String name = dynamic.body()
                    .value("iterator")
                    .flatMap(value -> Evaluator.path(value).stream().findFirst())
                    .orElse(dynamic.label(0));
            List<Node> blocks = new ArrayList<>();
            for (Repetition.Step step : steps(evaluator, evaluator.value(collection.get(), scope), place)) {
                if (step.unknown().isPresent()) {
                    blocks.add(evaluator.because(place, step.unknown().get()));
                } else {
                    Scope inner = scope.with(name, element(name, evaluator, step, place));
                    blocks.add(
                            attributes(contents.get(0).body(), contents.get(0).location(), inner));
                }
            }
            return blocks;
        }
    }
}
