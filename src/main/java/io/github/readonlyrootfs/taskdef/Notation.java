package io.github.readonlyrootfs.taskdef;

/** How a task definition is written down, which is how an edit of it has to be written. */
public record Notation(Syntax syntax, Keys keys) {

    /** What ECS itself takes. */
    public static final Notation ECS_JSON = new Notation(Syntax.JSON, Keys.ECS);

    /** The language of the file. YAML may still hold flow collections, which look like JSON. */
    public enum Syntax {
        JSON,
        YAML
    }

    /** Whose spelling the keys have: {@code mountPoints} is ECS's own, {@code MountPoints} CloudFormation's. */
    public enum Keys {
        ECS,
        CLOUDFORMATION
    }
}
