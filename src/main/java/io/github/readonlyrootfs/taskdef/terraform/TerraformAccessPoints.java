// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The EFS access points of a configuration, as far as all of it is written there. Only of a file system that the same
 * configuration makes is it known who owns a directory: another one may have it already.
 */
final class TerraformAccessPoints {

    private static final String TYPE = "aws_efs_access_point";

    private static final String FILE_SYSTEM = "aws_efs_file_system";

    /** The id of a resource, as an unknown value is called. */
    private static final Pattern ID =
            Pattern.compile("\\$\\{(" + TYPE + "|" + FILE_SYSTEM + ")\\.([\\w-]++)(?:\\.([\\w-]++))?\\.id}");

    private static final Pattern REFERENCE = Pattern.compile(FILE_SYSTEM + "\\.|\\.file_system_id\\b");

    private static final String ROOT = "/";

    private final List<TerraformModule> modules = new ArrayList<>();

    /** By calls of modules that are not among the files: what the caller gives them, as it is written and as a value. */
    private final List<Supplier<String>> elsewhere = new ArrayList<>();

    /** All of them, from when one is first asked for, which is after all modules are found. */
    private Optional<List<Instance>> instances = Optional.empty();

    /** @param key as an unknown value has it; empty for what has no key */
    private record Instance(String name, String key, ObjectNode arguments) {}

    /** What is known of one. */
    private record Point(String fileSystem, String path, Optional<Node> creationInfo, ObjectNode arguments) {}

    void add(TerraformModule module) {
        modules.add(module);
    }

    /** A call of a module that is not among the files. */
    void add(TerraformModule module, Block call, Scope scope) {
        elsewhere.add(() -> {
            JsonText value = new JsonText(call.header());
            value.add(TerraformConfiguration.arguments(module, call, scope), module.evaluator());
            return module.text(call) + value.text();
        });
    }

    /** The access point that an unknown value stands for; empty where not all that matters of it is known. */
    Optional<AccessPoint> named(String words) {
        Matcher id = ID.matcher(words);
        if (!id.matches() || !id.group(1).equals(TYPE) || isRestricted()) {
            return Optional.empty();
        }
        try {
            return arguments(id.group(2), Optional.ofNullable(id.group(3)).orElse(""))
                    .flatMap(TerraformAccessPoints::point)
                    .filter(point -> isMadeHere(point.fileSystem()) && isAlone(point))
                    .flatMap(TerraformAccessPoints::accessPoint);
        } catch (EvaluationException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether a policy, here or in a module that is not among the files, decides what clients may do with a file system. */
    private boolean isRestricted() {
        return resources("aws_efs_file_system_policy").findAny().isPresent()
                || elsewhere.stream()
                        .anyMatch(given -> REFERENCE.matcher(given.get()).find());
    }

    private Stream<Block> resources(String type) {
        return modules.stream().flatMap(module -> module.resources(type).stream());
    }

    /** The arguments of the instance of a resource; of two modules that have one of that name, none is meant. */
    private Optional<ObjectNode> arguments(String name, String key) {
        List<Instance> found = instances().stream()
                .filter(instance ->
                        instance.name().equals(name) && instance.key().equals(key))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0).arguments()) : Optional.empty();
    }

    private List<Instance> instances() {
        if (instances.isEmpty()) {
            instances = Optional.of(modules.stream()
                    .flatMap(module -> module.resources(TYPE).stream().flatMap(block -> instances(module, block)))
                    .toList());
        }
        return instances.get();
    }

    private static Stream<Instance> instances(TerraformModule module, Block block) {
        return TerraformConfiguration.instances(module, block.body(), Scope.of(module)).stream()
                .map(instance -> new Instance(
                        block.label(1),
                        Evaluator.keyWord(instance.key().replaceAll("^\\[\"?|\"?]$", "")),
                        TerraformConfiguration.arguments(module, block, instance.scope())));
    }

    private static Optional<Point> point(ObjectNode arguments) {
        Optional<String> fileSystem = arguments
                .member("file_system_id")
                .flatMap(id -> id instanceof UnresolvedNode unknown ? Optional.of(unknown.text()) : id.scalar());
        Optional<ObjectNode> directory = only(arguments, "root_directory");
        if (fileSystem.isEmpty() || directory.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> path = directory.get().member("path").map(Node::scalar).orElse(Optional.of(ROOT));
        return path.map(it -> new Point(fileSystem.get(), it, directory.get().member("creation_info"), arguments));
    }

    /** The only block of a type, an empty one where there is none; nothing where that is unknown. */
    private static Optional<ObjectNode> only(ObjectNode arguments, String type) {
        Node blocks = arguments.member(type).orElseGet(() -> new ArrayNode(arguments.location(), List.of()));
        if (blocks instanceof ArrayNode array && array.elements().isEmpty()) {
            return Optional.of(new ObjectNode(arguments.location(), List.of(), Optional.empty()));
        }
        return blocks instanceof ArrayNode array
                        && array.elements().size() == 1
                        && array.elements().get(0) instanceof ObjectNode block
                ? Optional.of(block)
                : Optional.empty();
    }

    private boolean isMadeHere(String fileSystem) {
        Matcher id = ID.matcher(fileSystem);
        return id.matches()
                && resources(FILE_SYSTEM)
                                .filter(block -> block.label(1).equals(id.group(2)))
                                .count()
                        == 1;
    }

    /** Whether no other access point may have made its directory. */
    private boolean isAlone(Point point) {
        return point.path().equals(ROOT)
                || instances().stream()
                        .map(instance -> point(instance.arguments()))
                        .allMatch(other -> other.isPresent() && isApart(other.get(), point));
    }

    private static boolean isApart(Point other, Point point) {
        boolean inside = (other.path() + ROOT).startsWith(point.path().replaceFirst("/*+$", ROOT));
        return !inside || (other.path().equals(point.path()) && directory(other).equals(directory(point)));
    }

    private static Optional<AccessPoint> accessPoint(Point point) {
        Optional<ObjectNode> user = only(point.arguments(), "posix_user");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        boolean asItself = user.get().members().isEmpty();
        Optional<AccessPoint.Directory> directory = point.path().equals(ROOT)
                ? Optional.of(new AccessPoint.Directory(0, 0, Optional.empty()))
                : directory(point);
        return directory.map(
                made -> new AccessPoint(asItself ? Optional.empty() : Optional.of(user(user.get())), made));
    }

    private static Optional<AccessPoint.Directory> directory(Point point) {
        ObjectNode info = Conversions.map(point.creationInfo()
                .filter(ArrayNode.class::isInstance)
                .flatMap(blocks -> blocks.elements().stream().findFirst())
                .orElseThrow(() -> new EvaluationException("who owns the directory is not in these files")));
        String mode = Conversions.text(value(info, "permissions"));
        return mode.matches("[0-7]{3,4}")
                ? Optional.of(new AccessPoint.Directory(
                        number(value(info, "owner_uid")),
                        number(value(info, "owner_gid")),
                        Optional.of(Integer.parseInt(mode, 8))))
                : Optional.empty();
    }

    private static AccessPoint.User user(ObjectNode user) {
        Node groups = user.member("secondary_gids").orElseGet(() -> new NullNode(user.location()));
        return new AccessPoint.User(
                number(value(user, "uid")),
                number(value(user, "gid")),
                groups instanceof NullNode
                        ? List.of()
                        : Conversions.list(groups).elements().stream()
                                .map(TerraformAccessPoints::number)
                                .toList());
    }

    private static Node value(ObjectNode object, String argument) {
        return object.member(argument)
                .orElseThrow(() -> new EvaluationException("a block lacks the argument `" + argument + "`"));
    }

    private static int number(Node value) {
        return Conversions.decimal(value).intValueExact();
    }
}
