// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.Body.Argument;
import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A module with the values of its variables, as far as the files have them. */
final class TerraformModule {

    /** Modules in modules; a module that calls itself has no end. */
    static final int MAX_DEPTH = 20;

    /** The types of variables whose value on the command line is a text, not an expression. */
    private static final List<String> SIMPLE_TYPES = List.of("string", "number", "bool", "any");

    private final Shared shared;
    private final String path;
    private final int depth;
    private final ModuleBlocks blocks;

    /** What gives the variables their values: the block that calls the module; empty in the root module. */
    private final Optional<Caller> caller;

    private final Map<String, Node> values = new HashMap<>();
    private final Map<String, Optional<TerraformModule>> children = new HashMap<>();

    /** What all modules of a configuration have. */
    record Shared(
            TerraformFiles files, Evaluator evaluator, Filling filling, List<Body> variables, List<Body> others) {}

    record Caller(Block call, Scope scope) {

        Body arguments() {
            return call.body();
        }
    }

    /** Whether it is a public one, of which only what it makes of its arguments is known. */
    private final boolean isPublic;

    private TerraformModule(
            Shared shared, String path, int depth, Optional<Caller> caller, Optional<ModuleBlocks> known)
            throws UnreadableSourceException {
        this.shared = shared;
        this.path = path;
        this.depth = depth;
        this.caller = caller;
        this.isPublic = known.isPresent();
        this.blocks = isPublic ? known.get() : shared.files().module(path);
    }

    static TerraformModule root(TerraformFiles files, Filling filling) throws UnreadableSourceException {
        Shared shared = new Shared(files, new Evaluator(), filling, files.variables(), files.otherVariables());
        TerraformModule root = new TerraformModule(shared, TerraformFiles.ROOT, 0, Optional.empty(), Optional.empty());
        // A value for a variable that no task definition uses is no mistake.
        root.blocks("variable").forEach(block -> filling.named(block.label(0)));
        return root;
    }

    Evaluator evaluator() {
        return shared.evaluator();
    }

    /** The blocks of a type in the module's files. */
    List<Block> blocks(String type) {
        return blocks.of(type);
    }

    /** The resources of a type in the module's files. */
    List<Block> resources(String type) {
        return blocks("resource").stream()
                .filter(block -> block.label(0).equals(type))
                .toList();
    }

    String text(Block block) {
        return shared.files().source(block.location()).text(block.location());
    }

    /** A file that an expression names. */
    Optional<SourceFile> file(String name) {
        try {
            return Optional.of(shared.files().read(name));
        } catch (UnreadableSourceException e) {
            // A build may make it, or another check-out has it: what it says is unknown.
            return Optional.empty();
        }
    }

    /**
     * The value of a name such as {@code var.x}.
     *
     * @return empty where it is longer or shorter than the names that have a value
     */
    Optional<Node> named(List<String> name, Location place) {
        boolean two = name.size() == 2;
        if (isPublic && name.get(0).equals("arguments")) {
            return name.size() == 1 ? Optional.of(arguments(place)) : Optional.empty();
        }
        return switch (name.get(0)) {
            case "var" -> two ? Optional.of(variable(name.get(1), place)) : Optional.empty();
            case "local" -> two ? Optional.of(local(name.get(1))) : Optional.empty();
            case "path" -> two ? Optional.of(path(name.get(1), place)) : Optional.empty();
            case "module" ->
                name.size() == 3 ? Optional.of(output(name, place)) : two ? called(name, place) : Optional.empty();
            case "data" ->
                name.size() > 3
                        ? Optional.of(data(name, place))
                        : name.size() == 3 ? templates(name, place) : Optional.empty();
            case "each", "count", "self", "terraform" ->
                two ? Optional.of(given(name, place, "is known only when Terraform runs")) : Optional.empty();
            default ->
                name.size() > 1 ? Optional.of(given(name, place, "is known only after apply")) : Optional.empty();
        };
    }

    /** A value that a user can state. */
    private Node given(List<String> name, Location place, String reason) {
        String text = String.join(".", name);
        return shared.filling()
                .named(text)
                .<Node>map(value -> Conversions.string(place, value))
                .orElseGet(() -> unknown(text, place, "`" + text + "` " + reason));
    }

    private static UnresolvedNode unknown(String name, Location place, String reason) {
        return new UnresolvedNode(
                place, "${" + name + "}", reason + "; set " + name + " in templateValues", Optional.of(name));
    }

    /** Evaluated once; a value that needs itself is unknown. */
    private Node once(String name, Location place, Supplier<Node> value) {
        Node known = values.get(name);
        if (known == null) {
            values.put(name, evaluator().unknown(place, "`" + name + "` refers to itself"));
            known = evaluator().called(name, value.get());
            values.put(name, known);
        }
        return known;
    }

    private Node variable(String name, Location place) {
        Optional<Block> declared = blocks.block("variable", name);
        if (declared.isEmpty()) {
            throw new EvaluationException("no variable `" + name + "` is declared");
        }
        return once("var." + name, place, () -> variable(declared.get(), place));
    }

    private Node variable(Block variable, Location place) {
        String name = variable.label(0);
        Optional<Expression> type = variable.body().value("type");
        Optional<Node> given = caller.isPresent()
                ? caller.get()
                        .arguments()
                        .value(name)
                        .map(value -> evaluator().value(value, caller.get().scope()))
                : stated(name, type, place);
        boolean nullable = variable.body()
                .value("nullable")
                .filter(value -> value instanceof Expression.BooleanValue bool && !bool.value())
                .isEmpty();
        Optional<Node> standard =
                variable.body().value("default").map(value -> evaluator().value(value, Scope.of(this)));
        Optional<Node> value =
                given.filter(it -> nullable || !(it instanceof NullNode)).or(() -> standard);
        if (value.isEmpty()) {
            return caller.isPresent()
                    ? evaluator().unknown(place, "the module is not given `" + name + "`")
                    : unknown(name, place, "the variable `" + name + "` has no value");
        }
        if (type.isEmpty()) {
            return value.get();
        }
        try {
            return evaluator().carried(value.get(), Conversions.converted(value.get(), type.get()));
        } catch (EvaluationException e) {
            return evaluator().unknown(place, e.reason());
        }
    }

    /** The value that the user or a file of variables gives to a variable of the root module. */
    private Optional<Node> stated(String name, Optional<Expression> type, Location place) {
        Optional<String> text = shared.filling().named(name);
        if (text.isPresent()) {
            boolean simple = type.isEmpty()
                    || (type.get() instanceof Expression.Variable word && SIMPLE_TYPES.contains(word.name()));
            return Optional.of(simple ? Conversions.string(place, text.get()) : expression(text.get(), place));
        }
        Optional<Expression> last = Optional.empty();
        for (Body file : shared.variables()) {
            Optional<Expression> value = file.value(name);
            last = value.isPresent() ? value : last;
        }
        // Whether one of these files is named, only the run of Terraform tells.
        return shared.others().stream().anyMatch(file -> file.argument(name).isPresent())
                ? Optional.of(unknown(
                        name,
                        place,
                        "a `.tfvars` file that Terraform reads only if it is named has a value for `" + name + "`"))
                : last.map(value -> evaluator().value(value, new Scope(Optional.empty(), Map.of())));
    }

    /** A value that the user states has no references; what it has instead is not quoted. */
    private Node expression(String text, Location place) {
        try {
            Node value = evaluator()
                    .evaluate(
                            HclReader.expression(SourceFile.inside(place, text)),
                            new Scope(Optional.empty(), Map.of()));
            JsonText json = new JsonText(place);
            json.add(value, evaluator());
            if (json.isKnown()) {
                return value;
            }
        } catch (UnreadableSourceException | EvaluationException e) {
            // As a value of which a part is not known.
        }
        return evaluator().unknown(place, "the value in templateValues is not a value of Terraform");
    }

    /** Whether its values are where its caller has written them. */
    boolean isPublic() {
        return isPublic;
    }

    /** All that the module is called with. */
    private Node arguments(Location place) {
        return evaluator()
                .apart(() -> once("arguments", place, () -> {
                    List<Node.Member> members = new ArrayList<>();
                    for (Argument argument : caller.orElseThrow().arguments().arguments()) {
                        members.add(new Node.Member(
                                argument.name(),
                                argument.nameLocation(),
                                evaluator().value(argument.value(), caller.get().scope())));
                    }
                    Location call = caller.get().call().location();
                    return new ObjectNode(call, List.copyOf(members), Optional.empty());
                }));
    }

    /** What a public module makes of an object that its caller has written. */
    Node madeOf(Node written, Node value) {
        if (!(written instanceof ObjectNode from) || !(value instanceof ObjectNode made)) {
            return value;
        }
        shared.files().call(from.location(), Conversions.map(local("names")));
        return TerraformOutput.converted(
                new ObjectNode(from.location(), made.members(), made.others()), SchemaField.CONTAINER_DEFINITIONS);
    }

    /** Remembers how a public module calls the keys of a task in what its caller has written. */
    void calls(Node written) {
        ObjectNode names = Conversions.map(local("task_names"));
        shared.files().call(written.location(), names);
        if (written instanceof ObjectNode object) {
            for (Node.Member name : names.members()) {
                object.member(name.key())
                        .filter(ObjectNode.class::isInstance)
                        .ifPresent(map -> shared.files().call(map.location(), names));
            }
        }
    }

    private Node local(String name) {
        Argument argument = blocks.local(name)
                .orElseThrow(() -> new EvaluationException("no local value `" + name + "` is defined"));
        return once(
                "local." + name, argument.nameLocation(), () -> evaluator().value(argument.value(), Scope.of(this)));
    }

    private Node path(String name, Location place) {
        return switch (name) {
            case "module" -> Conversions.string(place, path);
            case "root" -> Conversions.string(place, ".");
            default -> given(List.of("path", name), place, "is known only when Terraform runs");
        };
    }

    private Node data(List<String> name, Location place) {
        Optional<Block> template = name.size() == 4
                        && name.get(1).equals("template_file")
                        && name.get(3).equals("rendered")
                ? blocks.block("data", name.get(1), name.get(2))
                : Optional.empty();
        return template.isEmpty() || !isAlone(template.get())
                ? given(name, place, "is known only when Terraform runs")
                : once(String.join(".", name), place, () -> rendered(template.get(), Scope.of(this), place));
    }

    /** The templates that {@code count} or {@code for_each} makes of a block. */
    private Optional<Node> templates(List<String> name, Location place) {
        return blocks.block("data", "template_file", name.get(2))
                .filter(block -> name.get(1).equals("template_file") && !isAlone(block))
                .map(block -> once(
                        String.join(".", name),
                        place,
                        () -> instances(
                                block,
                                place,
                                scope -> TerraformConfiguration.object(
                                        place, Map.of("rendered", rendered(block, scope, place))))));
    }

    /** The modules that {@code count} or {@code for_each} makes of a call, with their outputs. */
    private Optional<Node> called(List<String> name, Location place) {
        return blocks.block("module", name.get(1))
                .filter(call -> !isAlone(call))
                .map(call -> once(
                        String.join(".", name), place, () -> instances(call, place, scope -> outputs(call, scope))));
    }

    private Node outputs(Block call, Scope scope) {
        Location place = call.typeLocation();
        Optional<TerraformModule> child = child(call, scope);
        if (child.isEmpty()) {
            return evaluator().unknown(place, "the outputs of `" + call.label(0) + "` are not in these files");
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (Block output : child.get().blocks("output")) {
            output.body()
                    .value("value")
                    .ifPresent(value -> outputs.put(output.label(0), evaluator().value(value, Scope.of(child.get()))));
        }
        return TerraformConfiguration.object(place, outputs);
    }

    /** A list or an object with something for each instance of a block. */
    private Node instances(Block block, Location place, Function<Scope, Node> content) {
        List<Node> elements = new ArrayList<>();
        Map<String, Node> members = new LinkedHashMap<>();
        for (TerraformConfiguration.Instance instance :
                TerraformConfiguration.instances(this, block.body(), Scope.of(this))) {
            if (instance.key().isEmpty()) {
                return evaluator()
                        .unknown(place, "how many instances there are of `" + block.label(0) + "` is unknown");
            }
            Node value = content.apply(instance.scope());
            elements.add(value);
            if (instance.scope().names().get("each") instanceof ObjectNode each) {
                each.member("key").flatMap(Node::scalar).ifPresent(key -> members.put(key, value));
            }
        }
        return block.body().value("count").isPresent()
                ? new ArrayNode(place, List.copyOf(elements))
                : TerraformConfiguration.object(place, members);
    }

    /** Whether there is one instance of a block. */
    private static boolean isAlone(Block block) {
        return block.body().value("count").isEmpty()
                && block.body().value("for_each").isEmpty();
    }

    private Node rendered(Block template, Scope scope, Location place) {
        Node text = template.body()
                .value("template")
                .map(value -> evaluator().value(value, scope))
                .orElseGet(() -> evaluator().unknown(place, "the template has no text"));
        Node vars = template.body()
                .value("vars")
                .map(value -> evaluator().value(value, scope))
                .orElseGet(() -> new ObjectNode(place, List.of(), Optional.empty()));
        if (text instanceof UnresolvedNode && template.body().value("vars").isEmpty()) {
            // It has nothing left to put in.
            return text;
        }
        Optional<LocatedText> source = evaluator().origin(text);
        if (!(text instanceof TextNode known) || !(vars instanceof ObjectNode object)) {
            return evaluator().unknown(place, text instanceof TextNode ? vars : text);
        }
        try {
            return new Functions(evaluator())
                    .template(source.orElseGet(() -> SourceFile.inside(place, known.value())), object, place);
        } catch (EvaluationException e) {
            return evaluator().unknown(place, e.reason());
        }
    }

    private Node output(List<String> name, Location place) {
        Optional<Block> call = blocks.block("module", name.get(1));
        Optional<TerraformModule> child = call.filter(TerraformModule::isAlone).flatMap(this::child);
        Optional<Expression> value = child.flatMap(module -> module.blocks
                .block("output", name.get(2))
                .flatMap(block -> block.body().value("value")));
        return value.isEmpty()
                ? given(name, place, "is not known from the files of this module")
                : once(String.join(".", name), place, () -> evaluator().value(value.get(), Scope.of(child.get())));
    }

    /** The module that a block calls, if it is among the project's files. */
    private Optional<TerraformModule> child(Block call) {
        return children.computeIfAbsent(call.label(0), name -> child(call, Scope.of(this)));
    }

    /** @param scope of the call's arguments */
    Optional<TerraformModule> child(Block call, Scope scope) {
        Optional<Caller> by = Optional.of(new Caller(call, scope));
        Optional<String> directory = directory(call);
        try {
            if (directory.isPresent()) {
                return depth < MAX_DEPTH
                        ? Optional.of(new TerraformModule(shared, directory.get(), depth + 1, by, Optional.empty()))
                        : Optional.empty();
            }
            Optional<ModuleBlocks> known = literal(call, "source")
                    .flatMap(source -> shared.files().module(source, literal(call, "version"), call.header()));
            return known.isPresent()
                    ? Optional.of(new TerraformModule(shared, path, depth + 1, by, known))
                    : Optional.empty();
        } catch (UnreadableSourceException e) {
            // What it has is unknown; Terraform says what is wrong in it.
            return Optional.empty();
        }
    }

    /** Whether a block calls a module that is not looked into, since it is nested too deep. */
    boolean isTooDeep(Block call) {
        return depth == MAX_DEPTH && directory(call).isPresent();
    }

    /** The directory of the project's module that a block calls. */
    private Optional<String> directory(Block call) {
        return literal(call, "source")
                .filter(source -> source.startsWith("./") || source.startsWith("../"))
                .map(source -> TerraformFiles.resolved(path, source))
                .filter(shared.files()::isModule);
    }

    private static Optional<String> literal(Block block, String argument) {
        return block.body()
                .value(argument)
                .flatMap(value -> value instanceof Expression.Template text ? text.literal() : Optional.empty());
    }
}
