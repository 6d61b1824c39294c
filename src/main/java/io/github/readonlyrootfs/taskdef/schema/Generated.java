// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import io.github.readonlyrootfs.taskdef.schema.Fragment.Array;
import io.github.readonlyrootfs.taskdef.schema.Fragment.Bare;
import io.github.readonlyrootfs.taskdef.schema.Fragment.Members;
import io.github.readonlyrootfs.taskdef.schema.Fragment.Text;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file that a tool makes from sources of its own: an edit of it would be lost with the next run. What has to be edited
 * is named as the tool calls it.
 *
 * @param name of the construct or resource that becomes the task definition
 */
public record Generated(Tool tool, String name) {

    /** The tools that make task definitions. */
    public enum Tool {
        /** AWS CDK, whose constructs are code. */
        CDK(": ", "CDK's code"),
        TERRAFORM(" = ", "Terraform's files");

        private final String separator;
        private final String sources;

        Tool(String separator, String sources) {
            this.separator = separator;
            this.sources = sources;
        }

        /** What a person edits. */
        public String sources() {
            return sources;
        }
    }

    /**
     * The methods of CDK's ContainerDefinition, LinuxParameters and TaskDefinition that add to an array (API reference of
     * aws-cdk-lib.aws_ecs).
     */
    private static final Map<String, String> ADDING = Map.of(
            "linuxParameters.tmpfs", "linuxParameters.addTmpfs",
            "mountPoints", "addMountPoints",
            "volumes", "addVolume",
            "dependsOn", "addContainerDependencies");

    /** How to give a key of an object a value. */
    public String set(String noun, String key, Fragment value) {
        return "set `" + nested(key, value) + "`" + of(noun);
    }

    /** How to add elements to an array of an object. */
    public String add(String noun, String key, Fragment array) {
        String method = ADDING.get(key);
        List<Fragment> elements = array instanceof Array values ? values.elements() : List.of(array);
        String texts = elements.stream().map(this::text).collect(Collectors.joining(", "));
        return tool == Tool.CDK && method != null
                ? "call `" + method + "(" + texts + ")`" + of(noun)
                        + (texts.contains("uid=")
                                ? "; CDK's TmpfsMountOption has no values with numbers: cast them to it, or use"
                                        + " `addPropertyOverride`"
                                : "")
                : "add `" + nested(key, array) + "`" + of(noun);
    }

    /** How to replace a text with another one. */
    public String write(String text) {
        return "write `" + text + "`" + where();
    }

    /** How to remove something. */
    public String remove(String what) {
        return "remove " + what + where();
    }

    private String of(String noun) {
        String object = tool == Tool.CDK && noun.startsWith("container ") ? "the `addContainer` of " + noun : noun;
        return " in " + object + where();
    }

    private String where() {
        return tool == Tool.CDK ? " (construct " + name + ")" : " (resource " + name + ")";
    }

    private String nested(String keys, Fragment value) {
        int dot = keys.indexOf('.');
        return dot < 0
                ? keys + tool.separator + text(value)
                : keys.substring(0, dot) + tool.separator + "{" + nested(keys.substring(dot + 1), value) + "}";
    }

    private String text(Fragment value) {
        if (value instanceof Members object) {
            return object.members().entrySet().stream()
                    .map(member -> member.getKey() + tool.separator + text(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Array array) {
            return array.elements().stream().map(this::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Text text ? FragmentWriter.quoted(text.value()) : ((Bare) value).value();
    }
}
