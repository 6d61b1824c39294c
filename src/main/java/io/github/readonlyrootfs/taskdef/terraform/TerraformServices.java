// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The services in Terraform's output, and the task definitions that they run. A state has the task definition's ARN; a
 * plan knows that only after apply, and has the reference in its configuration instead.
 */
final class TerraformServices {

    private static final String SERVICE = "aws_ecs_service";

    /** A service's reference to the task definition that it runs. */
    private static final String TASK = "task_definition";

    /** By the address of a service without indexes: what its task definition refers to, with the module's address. */
    private final Map<String, List<String>> references = new HashMap<>();

    /** A service that enables ECS Exec, with its position among the services and the place of the setting. */
    private record Switch(int service, Location location) {}

    /** By the name of a task definition, as a service may call it. */
    private final Map<String, Switch> switches = new HashMap<>();

    TerraformServices(ObjectNode root, List<ObjectNode> resources) {
        TerraformOutput.objects(root, "configuration")
                .flatMap(configuration -> TerraformOutput.objects(configuration, "root_module"))
                .forEach(module -> configured(module, ""));
        for (ObjectNode resource : resources) {
            if (TerraformOutput.text(resource, "type").equals(SERVICE)) {
                flag(resource).ifPresent(place -> switchOn(resource, place));
            }
        }
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

    private static Optional<Location> flag(ObjectNode service) {
        return TerraformOutput.objects(service, "values")
                .flatMap(values -> values.members().stream())
                .filter(member -> member.key().equals("enable_execute_command")
                        && member.value() instanceof BooleanNode flag
                        && flag.value())
                .map(Member::keyLocation)
                .findFirst();
    }

    private void switchOn(ObjectNode service, Location place) {
        Switch on = new Switch(switches.size(), place);
        Optional<String> arn = value(service, TASK);
        if (arn.isPresent()) {
            switches.putIfAbsent(arn(arn.get()), on);
            String name = arn.get().replaceFirst("^.*/", "");
            switches.putIfAbsent(family(name.replaceFirst(":\\d++$", "")), on);
            return;
        }
        String address = withoutIndexes(TerraformOutput.text(service, "address"));
        for (String reference : references.getOrDefault(address, List.of())) {
            for (int end = reference.length(); end > 0; end = reference.lastIndexOf('.', end - 1)) {
                switches.putIfAbsent(address(reference.substring(0, end)), on);
            }
        }
    }

    private static String arn(String arn) {
        return "arn " + arn;
    }

    private static String family(String family) {
        return "family " + family;
    }

    private static String address(String address) {
        return "address " + address;
    }

    /** Where a service switches ECS Exec on that runs a task definition; empty if no service is known to. */
    Optional<Location> executing(ObjectNode task) {
        return Stream.of(
                        value(task, "arn").map(TerraformServices::arn),
                        value(task, "family").map(TerraformServices::family),
                        Optional.of(address(withoutIndexes(TerraformOutput.text(task, "address")))))
                .flatMap(Optional::stream)
                .flatMap(name -> Optional.ofNullable(switches.get(name)).stream())
                .min(Comparator.comparingInt(Switch::service))
                .map(Switch::location);
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
