package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.taskdef.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.Node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A CloudFormation template, also what SAM and CDK make of it, and the task definitions among its resources. */
final class CloudFormationTemplate {

    private static final String TASK_DEFINITION = "AWS::ECS::TaskDefinition";

    private final ObjectNode root;
    private final Member resources;

    private CloudFormationTemplate(ObjectNode root, Member resources) {
        this.root = root;
        this.resources = resources;
    }

    /** The template in a file; empty where the file is something else. */
    static Optional<CloudFormationTemplate> in(Node root) {
        return root instanceof ObjectNode object
                ? object.members().stream()
                        .filter(member -> member.key().equals("Resources") && member.value() instanceof ObjectNode)
                        .reduce((first, last) -> last)
                        .map(resources -> new CloudFormationTemplate(object, resources))
                : Optional.empty();
    }

    /** The task definitions, whose properties are evaluated as far as the template itself says what they are. */
    List<FoundTask> taskDefinitions(Notation.Syntax syntax) throws InvalidSourceException {
        // Of several with one name the last one counts.
        Map<String, Member> all = new LinkedHashMap<>();
        entries(resources)
                .filter(resource ->
                        type(resource).filter(TASK_DEFINITION::equals).isPresent())
                .forEach(resource -> all.put(resource.key(), resource));
        if (all.isEmpty()) {
            throw new InvalidSourceException(new Problem(
                    resources.keyLocation(), "this CloudFormation template has no `" + TASK_DEFINITION + "`", types()));
        }
        Intrinsics intrinsics = new Intrinsics(root);
        Outline outline = Outline.of(root);
        return all.values().stream()
                .map(resource -> new FoundTask(
                        Optional.of(resource.key()),
                        resource.keyLocation(),
                        () -> ((ObjectNode) resource.value())
                                .member("Properties")
                                .flatMap(intrinsics::evaluate)
                                .filter(properties -> !(properties instanceof ArrayNode)),
                        new Notation(syntax, Notation.Keys.CLOUDFORMATION),
                        outline))
                .toList();
    }

    private String types() {
        List<String> types = entries(resources)
                .flatMap(resource -> type(resource).stream())
                .distinct()
                .sorted()
                .toList();
        return types.isEmpty()
                ? "name the template that has one; this one has no resources"
                : "name the template that has one; this one has " + Problems.listed(types);
    }

    private static Stream<Member> entries(Member resources) {
        return ((ObjectNode) resources.value())
                .members().stream().filter(member -> member.value() instanceof ObjectNode);
    }

    private static Optional<String> type(Member resource) {
        return ((ObjectNode) resource.value())
                .member("Type")
                .flatMap(type -> type instanceof TextNode text ? Optional.of(text.value()) : Optional.empty());
    }
}
