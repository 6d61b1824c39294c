// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.cloudformation;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import io.github.readonlyrootfs.taskdef.schema.FoundTask;
import io.github.readonlyrootfs.taskdef.schema.Generated;
import io.github.readonlyrootfs.taskdef.schema.Neighbours;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A CloudFormation template, also what SAM and CDK make of it, and the task definitions among its resources. */
public final class CloudFormationTemplate {

    private static final String TASK_DEFINITION = "AWS::ECS::TaskDefinition";

    private static final String SERVICE = "AWS::ECS::Service";

    /** One for what runs beside the tasks on each of ECS's managed instances; ECS has no such tasks elsewhere. */
    private static final String DAEMON = "AWS::ECS::DaemonTaskDefinition";

    /** A loop over resources. */
    private static final String LOOP = "Fn::ForEach::";

    private static final String PLATFORMS = "RequiresCompatibilities";
    private static final String DAEMONS_PLATFORM = "MANAGED_INSTANCES";

    /** The metadata by which CDK finds the construct that a resource is of. */
    private static final String CDK_PATH = "aws:cdk:path";

    /** The last segment of the path of a construct's own resource. */
    private static final String OWN_RESOURCE = "/Resource";

    /** Keys that only a template has at its top. */
    private static final List<String> MARKS = List.of("AWSTemplateFormatVersion", "Resources", "Transform");

    private final ObjectNode root;
    private final Optional<Member> resources;

    private CloudFormationTemplate(ObjectNode root) {
        this.root = root;
        this.resources = root.entry("Resources").filter(member -> member.value() instanceof ObjectNode);
    }

    /** Whether a text may be one, for a first guess. */
    public static boolean mayBe(String text) {
        for (String mark : MARKS) {
            if (text.contains(mark)) {
                return true;
            }
        }
        return false;
    }

    /** The template in a file; empty where the file is something else. */
    public static Optional<CloudFormationTemplate> in(Node root) {
        if (root instanceof ObjectNode object) {
            for (String mark : MARKS) {
                if (object.member(mark).isPresent()) {
                    return Optional.of(new CloudFormationTemplate(object));
                }
            }
        }
        return Optional.empty();
    }

    /** Notes that the file has the template's parameters. */
    public void declareParameters(Filling filling) {
        TemplateScope.declareParameters(root, filling);
    }

    /**
     * The task definitions, with their properties evaluated as far as the template itself determines them.
     *
     * @param filling the values of its parameters
     */
    public List<FoundTask> taskDefinitions(Notation notation, Filling filling) throws UnreadableSourceException {
        Intrinsics intrinsics = new Intrinsics(root, filling);
        List<Member> entries =
                resources.map(it -> ((ObjectNode) it.value()).members()).orElse(List.of());
        rejectLoops(entries);
        // Of several with one name the last one counts.
        Map<String, Member> all = new LinkedHashMap<>();
        entries.stream()
                .filter(CloudFormationTemplate::isTaskDefinition)
                .forEach(resource -> all.put(resource.key(), resource));
        if (all.isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    resources
                            .map(Member::keyLocation)
                            .orElseGet(() -> root.location().firstCharacter()),
                    "this CloudFormation template has no `" + TASK_DEFINITION + "`",
                    types(entries)));
        }
        Outline outline = Outline.of(root);
        Map<String, Location> executed = executed(entries, intrinsics);
        return all.values().stream()
                .map(resource -> new FoundTask(
                        Optional.of(resource.key()),
                        resource.keyLocation(),
                        () -> properties(resource, intrinsics),
                        notation,
                        outline,
                        construct(resource).map(name -> new Generated(Generated.Tool.CDK, name)),
                        Neighbours.executing(Optional.ofNullable(executed.get(resource.key())))))
                .toList();
    }

    /** Nothing here writes out the task definitions that {@code Fn::ForEach} repeats. */
    private static void rejectLoops(List<Member> entries) throws UnreadableSourceException {
        Optional<Member> loop = entries.stream()
                .filter(entry -> entry.key().startsWith(LOOP) && hasTask(entry.value()))
                .findFirst();
        if (loop.isPresent()) {
            throw new UnreadableSourceException(new Problem(
                    loop.get().keyLocation(),
                    "this check does not write out "
                            + SchemaProblems.quoted(loop.get().key()),
                    "check the processed template, which `aws cloudformation get-template --template-stage Processed`"
                            + " prints"));
        }
    }

    private static boolean hasTask(Node node) {
        if (node instanceof ObjectNode object) {
            return object.members().stream().anyMatch(member -> hasTask(member.value()));
        }
        return node instanceof ArrayNode array
                ? array.elements().stream().anyMatch(CloudFormationTemplate::hasTask)
                : node.scalar()
                        .filter(text -> text.equals(TASK_DEFINITION) || text.equals(DAEMON))
                        .isPresent();
    }

    /** Where the services switch ECS Exec on, by the task definition that they refer to. */
    private static Map<String, Location> executed(List<Member> entries, Intrinsics intrinsics) {
        Map<String, Location> executed = new HashMap<>();
        for (Member entry : entries) {
            if (type(entry).filter(SERVICE::equals).isPresent()
                    && ((ObjectNode) entry.value()).member("Properties").orElse(null) instanceof ObjectNode service) {
                Optional<Node> flag = service.member("EnableExecuteCommand").flatMap(intrinsics::evaluate);
                if (flag.flatMap(Node::scalar).filter("true"::equals).isPresent()) {
                    service.member("TaskDefinition")
                            .flatMap(CloudFormationTemplate::referred)
                            .ifPresent(name ->
                                    executed.putIfAbsent(name, flag.get().location()));
                }
            }
        }
        return executed;
    }

    /** The resource that {@code Ref} or {@code Fn::GetAtt} names. */
    private static Optional<String> referred(Node node) {
        Optional<Member> call = node instanceof ObjectNode object ? object.call() : Optional.empty();
        if (call.isEmpty() || !List.of("Ref", "Fn::GetAtt").contains(call.get().key())) {
            return Optional.empty();
        }
        return call.get().value().elements().stream()
                .findFirst()
                .flatMap(Node::scalar)
                .map(text -> text.replaceFirst("\\..*", ""));
    }

    private static ObjectNode properties(Member resource, Intrinsics intrinsics) throws UnreadableSourceException {
        Optional<Node> properties =
                ((ObjectNode) resource.value()).member("Properties").flatMap(intrinsics::evaluate);
        if (properties.isPresent() && properties.get() instanceof ObjectNode object) {
            return type(resource).filter(DAEMON::equals).isPresent() ? onItsPlatform(object) : object;
        }
        if (properties.isPresent() && properties.get() instanceof UnresolvedNode unresolved) {
            throw new UnreadableSourceException(new Problem(
                    unresolved.location(),
                    "cannot evaluate the properties of the task definition " + SchemaProblems.quoted(resource.key())
                            + ": " + unresolved.reason(),
                    "write its properties here"));
        }
        throw new UnreadableSourceException(new Problem(
                resource.keyLocation(),
                "the task definition " + SchemaProblems.quoted(resource.key()) + " has no `Properties`",
                "write its properties as an object under `Properties`"));
    }

    private static ObjectNode onItsPlatform(ObjectNode daemon) {
        List<Member> members = new ArrayList<>(daemon.members());
        Node platform = new TextNode(daemon.location(), DAEMONS_PLATFORM);
        members.add(new Member(PLATFORMS, daemon.location(), new ArrayNode(daemon.location(), List.of(platform))));
        return new ObjectNode(daemon.location(), List.copyOf(members), daemon.others());
    }

    private static boolean isTaskDefinition(Member resource) {
        return type(resource)
                .filter(type -> type.equals(TASK_DEFINITION) || type.equals(DAEMON))
                .isPresent();
    }

    /** The path of the CDK construct that became the resource; CDK writes it unless told not to. */
    private static Optional<String> construct(Member resource) {
        return resource.value() instanceof ObjectNode object
                ? object.member("Metadata")
                        .flatMap(metadata ->
                                metadata instanceof ObjectNode known ? known.text(CDK_PATH) : Optional.empty())
                        .map(path -> path.endsWith(OWN_RESOURCE)
                                ? path.substring(0, path.length() - OWN_RESOURCE.length())
                                : path)
                : Optional.empty();
    }

    private static String types(List<Member> entries) {
        List<String> types = entries.stream()
                .flatMap(resource -> type(resource).stream())
                .distinct()
                .sorted()
                .toList();
        return types.isEmpty()
                ? "set taskDefinition to the template that has one: this one has no resources"
                : "set taskDefinition to the template that has one: this one has " + SchemaProblems.listed(types);
    }

    private static Optional<String> type(Member resource) {
        return resource.value() instanceof ObjectNode object ? object.text("Type") : Optional.empty();
    }
}
