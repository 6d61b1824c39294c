package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.Node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A CloudFormation template, also what SAM and CDK make of it, and the task definitions among its resources. */
final class CloudFormationTemplate {

    private static final String TASK_DEFINITION = "AWS::ECS::TaskDefinition";

    /** More types or names than this are not listed in a message. */
    private static final int MAX_LISTED = 12;

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

    /**
     * The properties of a task definition, evaluated as far as the template itself says what they are.
     *
     * @param logicalId which one is meant; empty where there is only one
     * @param filling the values of the template's parameters
     */
    ObjectNode taskDefinition(Optional<String> logicalId, Filling filling) throws InvalidSourceException {
        Member resource = choose(logicalId);
        Optional<Node> properties = ((ObjectNode) resource.value()).member("Properties");
        if (properties.flatMap(new Intrinsics(root, filling)::evaluate).orElse(resource.value())
                        instanceof ObjectNode object
                && properties.isPresent()) {
            return object;
        }
        throw new InvalidSourceException(new Problem(
                resource.keyLocation(),
                "the task definition " + Problems.quoted(resource.key()) + " has no `Properties`",
                "write its properties as an object under `Properties`"));
    }

    private Member choose(Optional<String> logicalId) throws InvalidSourceException {
        List<Member> all = entries(resources)
                .filter(resource ->
                        type(resource).filter(TASK_DEFINITION::equals).isPresent())
                .toList();
        if (all.isEmpty()) {
            throw invalid("this CloudFormation template has no `" + TASK_DEFINITION + "`", types());
        }
        List<String> names = all.stream().map(Member::key).distinct().toList();
        if (logicalId.isPresent()) {
            String wanted = logicalId.get();
            String nearest = NearestName.of(wanted, names).map(Problems::quoted).orElse(listed(names));
            return all.stream()
                    .filter(resource -> resource.key().equals(wanted))
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> invalid(
                            "no task definition in this template is called " + Problems.quoted(wanted),
                            "set `taskDefinitionResource` to " + nearest));
        }
        if (names.size() > 1) {
            throw invalid(
                    "this template has " + names.size() + " task definitions: " + listed(names),
                    "set `taskDefinitionResource` to the one that is meant");
        }
        return all.get(all.size() - 1);
    }

    private String types() {
        List<String> types = entries(resources)
                .flatMap(resource -> type(resource).stream())
                .distinct()
                .sorted()
                .toList();
        return types.isEmpty()
                ? "name the template that has one; this one has no resources"
                : "name the template that has one; this one has " + listed(types);
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

    private static String listed(List<String> names) {
        String list = names.stream().limit(MAX_LISTED).map(Problems::quoted).collect(Collectors.joining(", "));
        return names.size() > MAX_LISTED ? list + " and " + (names.size() - MAX_LISTED) + " more" : list;
    }

    private InvalidSourceException invalid(String message, String help) {
        return new InvalidSourceException(new Problem(resources.keyLocation(), message, help));
    }
}
