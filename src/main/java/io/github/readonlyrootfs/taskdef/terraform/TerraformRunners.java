// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint;
import io.github.readonlyrootfs.taskdef.schema.Neighbours;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The services of a module that run a task definition, and what they say of it. */
final class TerraformRunners {

    /** Fargate's capacity providers. Who else provides capacity, another resource says. */
    private static final Set<String> FARGATE = Set.of("FARGATE", "FARGATE_SPOT");

    private TerraformRunners() {}

    /** The services of a module, by the names of the task definitions that they run. */
    static Map<String, List<Block>> services(TerraformModule module) {
        return module.resources("aws_ecs_service").stream().collect(Collectors.groupingBy(TerraformRunners::task));
    }

    private static String task(Block service) {
        List<String> reference =
                service.body().value("task_definition").map(Evaluator::path).orElse(List.of());
        return reference.size() > 1 && reference.get(0).equals(TerraformConfiguration.TYPE) ? reference.get(1) : "";
    }

    /** @param running the services that run the task definition */
    static Neighbours of(
            TerraformModule module, List<Block> running, Function<String, Optional<AccessPoint>> accessPoints) {
        List<ObjectNode> services = running.stream()
                .map(block -> TerraformConfiguration.arguments(module, block, Scope.of(module)))
                .toList();
        Optional<Location> executing = services.stream()
                .flatMap(service -> service.entry("enable_execute_command").stream())
                .filter(flag -> flag.value() instanceof BooleanNode on && on.value())
                .map(Member::keyLocation)
                .findFirst();
        List<Optional<String>> types =
                services.stream().map(TerraformRunners::launchType).toList();
        Set<String> known = types.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
        return new Neighbours(executing, types.contains(Optional.empty()) ? Set.of() : known, accessPoints);
    }

    /** The launch type of a service; empty where it is not known. */
    private static Optional<String> launchType(ObjectNode service) {
        Optional<String> type = service.member("launch_type").flatMap(Node::scalar);
        if (type.isPresent()) {
            return type;
        }
        List<Node> strategies =
                service.member("capacity_provider_strategy").map(Node::elements).orElse(List.of());
        boolean fargate = !strategies.isEmpty()
                && service.member("launch_type").filter(it -> !it.isAbsent()).isEmpty()
                && strategies.stream()
                        .allMatch(strategy -> strategy instanceof ObjectNode object
                                && object.member("capacity_provider")
                                        .flatMap(Node::scalar)
                                        .filter(FARGATE::contains)
                                        .isPresent());
        return fargate ? Optional.of("FARGATE") : Optional.empty();
    }
}
