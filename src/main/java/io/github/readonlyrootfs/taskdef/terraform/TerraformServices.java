// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services in Terraform's output, and the task definitions that they run. A state has the task definition's ARN; a plan
 * knows that only after apply, and has the reference in its configuration instead.
 */
final class TerraformServices {

    private static final String SERVICE = "aws_ecs_service";

    /** What a service calls the task definition that it runs. */
    private static final String TASK = "task_definition";

    private final List<ObjectNode> resources;

    /** By the address of a service without indexes: what its task definition refers to, with the module's address. */
    private final Map<String, List<String>> references = new HashMap<>();

    TerraformServices(ObjectNode root, List<ObjectNode> resources) {
        this.resources = resources;
        TerraformOutput.objects(root, "configuration")
                .flatMap(configuration -> TerraformOutput.objects(configuration, "root_module"))
                .forEach(module -> configured(module, ""));
    }

    private void configured(ObjectNode module, String prefix) {
        TerraformOutput.objects(module, "resources")
                .filter(resource -> TerraformOutput.text(resource, "type").equals(SERVICE))
                .forEach(service -> references.put(
                        prefix + TerraformOutput.text(service, "address"),
                        TerraformOutput.objects(service, "expressions")
                                .flatMap(expressions -> TerraformOutput.objects(expressions, TASK))
                                .flatMap(expression -> expression.member("references").stream())
                                .filter(ArrayNode.class::isInstance)
                                .flatMap(all -> ((ArrayNode) all).elements().stream())
                                .flatMap(reference -> reference.scalar().stream())
                                .map(reference -> prefix + withoutIndexes(reference))
                                .toList()));
        TerraformOutput.objects(module, "module_calls")
                .flatMap(calls -> calls.members().stream())
                .forEach(call -> TerraformOutput.objects(call.value(), "module")
                        .forEach(inner -> configured(inner, prefix + "module." + call.key() + ".")));
    }

    /** Where a service switches ECS Exec on that runs a task definition; empty where none is known to. */
    Optional<Location> executing(ObjectNode task) {
        return resources.stream()
                .filter(resource -> TerraformOutput.text(resource, "type").equals(SERVICE) && runs(resource, task))
                .flatMap(service -> TerraformOutput.objects(service, "values"))
                .flatMap(values -> values.members().stream())
                .filter(member -> member.key().equals("enable_execute_command")
                        && member.value() instanceof BooleanNode flag
                        && flag.value())
                .map(Member::keyLocation)
                .findFirst();
    }

    private boolean runs(ObjectNode service, ObjectNode task) {
        Optional<String> arn = value(service, TASK);
        if (arn.isPresent()) {
            String name = arn.get().replaceFirst("^.*/", "");
            Optional<String> family = value(task, "family");
            return arn.equals(value(task, "arn")) || family.equals(Optional.of(name.replaceFirst(":\\d++$", "")));
        }
        String address = withoutIndexes(TerraformOutput.text(task, "address"));
        return references.getOrDefault(withoutIndexes(TerraformOutput.text(service, "address")), List.of()).stream()
                .anyMatch(reference -> reference.equals(address) || reference.startsWith(address + "."));
    }

    private static Optional<String> value(ObjectNode resource, String attribute) {
        return TerraformOutput.objects(resource, "values")
                .map(values -> TerraformOutput.text(values, attribute))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String withoutIndexes(String address) {
        return address.replaceAll("\\[[^\\]]*+\\]", "");
    }
}
