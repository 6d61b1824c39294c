// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;

/**
 * Refuses a task definition that is far larger than ECS takes. The file around it may be larger: a template, or what
 * Terraform says of everything it manages.
 */
public final class TaskSize {

    /** ECS takes 64 KiB, which hold far fewer; this bounds our time and memory. */
    private static final int MAX_VALUES = 50_000;

    /** No list of objects that ECS takes is as long: of mount points, 64 KiB hold 1600. Rules compare them in pairs. */
    private static final int MAX_ELEMENTS = 3_000;

    private int values;

    private TaskSize() {}

    /** Counts what aliases and template functions bring in each time. */
    static void check(Node taskDefinition) throws UnreadableSourceException {
        new TaskSize().count(taskDefinition);
    }

    private void count(Node written) throws UnreadableSourceException {
        Node node = written.unconditional();
        if (++values > MAX_VALUES) {
            throw tooMuch(node, "the task definition contains more than " + MAX_VALUES + " values");
        }
        if (node instanceof ObjectNode object) {
            for (Member member : object.members()) {
                count(member.value());
            }
        } else if (node instanceof ArrayNode array) {
            if (array.elements().size() > MAX_ELEMENTS) {
                throw tooMuch(
                        array.elements().get(MAX_ELEMENTS), "this list has more than " + MAX_ELEMENTS + " elements");
            }
            for (Node element : array.elements()) {
                count(element);
            }
        }
    }

    private static UnreadableSourceException tooMuch(Node node, String message) {
        return new UnreadableSourceException(new Problem(
                node.location().firstCharacter(),
                message,
                "set taskDefinition to a task definition: ECS accepts at most 64 KiB"));
    }
}
