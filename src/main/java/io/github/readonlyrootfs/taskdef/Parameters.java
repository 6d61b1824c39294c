// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import io.github.readonlyrootfs.taskdef.schema.SchemaValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task definition's parameters as they stand in the file, for callers that ask of one only whether it is used: most of
 * them decide nothing about files, so that {@link TaskDefinition} has no component for them.
 */
public final class Parameters {

    public static final Parameters NONE = new Parameters(List.of());

    private final List<Member> top;

    private Parameters(List<Member> top) {
        this.top = top;
    }

    /**
     * Those of a task definition that the {@link SchemaValidator} has passed: keys are ECS's, and what is empty is gone.
     */
    static Parameters of(ObjectNode taskDefinition) {
        return new Parameters(taskDefinition.members());
    }

    /**
     * A parameter that has a value.
     *
     * @param key where its key is
     * @param value where its value is
     * @param known what it certainly holds: a number, a flag or a text, or each of those in its array; nothing of what
     *     is, or has in it, a placeholder
     * @param certain whether it is certainly there: what a template may leave out is not
     * @param name of the container or volume it belongs to; empty for the task's own and for what has no name
     */
    public record Parameter(
            Location key, Location value, List<Located<String>> known, boolean certain, Optional<String> name) {}

    /**
     * Every use of a parameter.
     *
     * @param path ECS's names from the top, with dots: {@code containerDefinitions.linuxParameters.swappiness}
     */
    public List<Parameter> at(String path) {
        List<Parameter> found = new ArrayList<>();
        find(top, path, Optional.empty(), true, found);
        return found;
    }

    private static void find(
            List<Member> members, String path, Optional<String> name, boolean certain, List<Parameter> found) {
        int dot = path.indexOf('.');
        String key = dot < 0 ? path : path.substring(0, dot);
        for (Member member : members) {
            if (!member.key().equals(key)) {
                continue;
            }
            if (dot < 0) {
                found.add(parameter(member, name, certain));
                continue;
            }
            for (Node element : member.value().elements()) {
                if (element instanceof ObjectNode object) {
                    // A part that a template may leave out as a whole has such a placeholder.
                    boolean there = certain && object.others().isEmpty();
                    Optional<String> inside = name.isPresent() ? name : object.text("name");
                    find(object.members(), path.substring(dot + 1), inside, there, found);
                }
            }
        }
    }

    private static Parameter parameter(Member member, Optional<String> name, boolean certain) {
        Node value = member.value();
        List<Located<String>> known = new ArrayList<>();
        for (Node element : value.elements()) {
            Optional<String> text = element.scalar();
            if (text.isPresent() && Placeholder.in(text.get()).isEmpty()) {
                known.add(new Located<>(text.get(), element.location()));
            }
        }
        boolean resolved = !(value instanceof Node.UnresolvedNode)
                && !(value instanceof ObjectNode object && object.others().isPresent());
        return new Parameter(member.keyLocation(), value.location(), List.copyOf(known), certain && resolved, name);
    }

    /** Shows no values, since they may be secrets. */
    @Override
    public String toString() {
        return "as written";
    }
}
