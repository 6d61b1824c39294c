// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

/**
 * How a task definition is written down, which is how an edit of it has to be written.
 *
 * @param containersInString whether the containers are JSON in a string, whatever is around them
 */
public record Notation(Syntax syntax, Keys keys, boolean containersInString) {

    /** The notation of ECS itself. */
    public static final Notation ECS_JSON = new Notation(Syntax.JSON, Keys.ECS);

    public Notation(Syntax syntax, Keys keys) {
        this(syntax, keys, false);
    }

    /** The language of the file. YAML may still hold flow collections, which look like JSON. */
    public enum Syntax {
        JSON,
        YAML,
        /** Terraform's. The containers of a heredoc or of a template are JSON. */
        HCL
    }

    /** Whose spelling the keys have: {@code mountPoints} is ECS's own, {@code MountPoints} CloudFormation's. */
    public enum Keys {
        ECS,
        CLOUDFORMATION,
        /** Terraform's, but ECS's own in the containers. */
        TERRAFORM
    }

    /** Whether a file of this name is Terraform's configuration. */
    public static boolean isTerraform(String name) {
        String hcl = isTerraformJson(name) ? name.substring(0, name.length() - ".json".length()) : name;
        return hcl.endsWith(".tf") || hcl.endsWith(".tofu");
    }

    /** Whether a file of this name is Terraform's configuration, and in JSON. */
    public static boolean isTerraformJson(String name) {
        return name.endsWith(".tf.json") || name.endsWith(".tofu.json");
    }

    /** The same, with the containers in a string. */
    public Notation withContainersInString() {
        return new Notation(syntax, keys, true);
    }
}
