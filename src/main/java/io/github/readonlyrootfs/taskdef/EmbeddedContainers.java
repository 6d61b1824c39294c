// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Container definitions that are JSON in a string, as Terraform and Pulumi have them. */
final class EmbeddedContainers {

    private EmbeddedContainers() {}

    /** Whether the value under a key is such a string. A placeholder for all containers is not one. */
    static boolean isEmbedded(ObjectNode taskDefinition, String key) {
        Optional<Node> containers = taskDefinition.member(key);
        return containers.isPresent() && isArray(containers.get());
    }

    private static boolean isArray(Node node) {
        return node instanceof TextNode text && text.value().stripLeading().startsWith("[");
    }

    /** The task definition with the containers in the place of the string, each where it is in the file. */
    static ObjectNode opened(
            SourceFile source, ObjectNode taskDefinition, SchemaField schema, Filling filling, SchemaProblems problems)
            throws UnreadableSourceException {
        String key = schema.containerDefinitions().name();
        List<Member> members = new ArrayList<>();
        for (Member member : taskDefinition.members()) {
            boolean embedded = member.key().equals(key) && isArray(member.value());
            members.add(embedded ? opened(source, member, filling) : member);
            if (embedded && schema.isCloudFormation()) {
                problems.add(new SchemaProblem(
                        Kind.WRONG_TYPE,
                        new Problem(
                                member.keyLocation(),
                                "`" + key
                                        + "` is a string where an array of objects was expected: CloudFormation refuses it",
                                "write the containers without quotes around them"),
                        Optional.empty(),
                        key));
            }
        }
        return new ObjectNode(taskDefinition.location(), List.copyOf(members), taskDefinition.others());
    }

    private static Member opened(SourceFile source, Member member, Filling filling) throws UnreadableSourceException {
        TextNode text = (TextNode) member.value();
        Node containers = JsonTree.parse(new EmbeddedText(source, text.location(), text.written()), filling);
        return new Member(member.key(), member.keyLocation(), containers);
    }
}
