// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Other formats that users mistake for a task definition. */
public enum OtherFormat {
    TERRAFORM(
            "Terraform's configuration",
            "set `taskDefinition` to the `.tf` file that has the `aws_ecs_task_definition`, or to its directory"),
    TERRAFORM_TEMPLATE(
            "a template of Terraform",
            "set `taskDefinition` to the `.tf` file that uses the template, or to its directory"),
    TERRAFORM_STATE(
            "Terraform's state", "set taskDefinition to state.json; make it with `terraform show -json > state.json`"),
    ECSPRESSO(
            "ecspresso's configuration",
            "set taskDefinition to the JSON file that its `task_definition` names, or to what"
                    + " `ecspresso --config FILE render taskdef > taskdef.json` writes"),
    JSONNET("Jsonnet", "set taskDefinition to what `jsonnet FILE > taskdef.json` writes"),
    COMPOSE("a Compose file", OtherFormat.DESCRIBE),
    KUBERNETES("a Kubernetes manifest", "this plugin checks ECS tasks only; " + OtherFormat.DESCRIBE),
    COPILOT(
            "a Copilot manifest",
            "set taskDefinition to the template that `copilot svc package --name NAME --env ENVIRONMENT --output-dir DIRECTORY` writes;"
                    + " for a job, `copilot job package`");

    private static final String DESCRIBE =
            "set taskDefinition to a task definition: `aws ecs describe-task-definition --task-definition"
                    + " FAMILY --query taskDefinition` prints the one that ECS has";

    /** The types of services and jobs (Copilot's manifest reference). */
    private static final Set<String> COPILOT_TYPES = Set.of(
            "Load Balanced Web Service",
            "Backend Service",
            "Worker Service",
            "Request-Driven Web Service",
            "Static Site",
            "Scheduled Job");

    /** How a line begins that opens a block of Terraform's own. */
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^(?:resource|data) \"\\w++\" \"[\\w-]++\" \\{|^(?:module|variable|provider) \"[\\w-]++\" \\{|^(?:locals|terraform) \\{");

    private final String noun;
    private final String help;

    OtherFormat(String noun, String help) {
        this.noun = noun;
        this.help = help;
    }

    /** What a file is, and what to use instead, as half a sentence. */
    public String introduce(String file) {
        return file + " is " + noun + ": " + help.replace("FILE", file);
    }

    /** The problem of a file that has this format and is not a task definition. */
    Problem problem(Location place) {
        return new Problem(place, "this is " + noun + ", not an ECS task definition", help);
    }

    /** The format of a file without a task definition, detected from its text and its name. */
    static Optional<OtherFormat> of(SourceFile source) {
        String name = source.name();
        if (name.endsWith(".tftpl")) {
            return Optional.of(TERRAFORM_TEMPLATE);
        }
        if (Notation.isTerraformJson(name) || BLOCK.matcher(source.text()).find()) {
            return Optional.of(TERRAFORM);
        }
        return name.endsWith(".jsonnet") || name.endsWith(".libsonnet") ? Optional.of(JSONNET) : Optional.empty();
    }

    /** The format of documents whose first one is not a task definition, detected from its keys. */
    static Optional<OtherFormat> of(List<Node> documents) {
        if (!(documents.get(0) instanceof ObjectNode object)) {
            return Optional.empty();
        }
        if (object.text("apiVersion").isPresent() && object.text("kind").isPresent()) {
            return Optional.of(KUBERNETES);
        }
        if (object.text("terraform_version").isPresent()
                && object.member("resources").orElse(null) instanceof ArrayNode) {
            return Optional.of(TERRAFORM_STATE);
        }
        if (object.member("services").orElse(null) instanceof ObjectNode) {
            return Optional.of(COMPOSE);
        }
        if (object.text("task_definition").isPresent()
                && object.text("service_definition").isPresent()) {
            return Optional.of(ECSPRESSO);
        }
        return object.text("type").filter(COPILOT_TYPES::contains).isPresent()
                ? Optional.of(COPILOT)
                : Optional.empty();
    }
}
