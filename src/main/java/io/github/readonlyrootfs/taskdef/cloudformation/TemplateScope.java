// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.cloudformation;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.SchemaProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that {@code Ref} can use in a CloudFormation template. */
final class TemplateScope {

    /** The prefix of CloudFormation's own parameters. */
    private static final String PSEUDO = "AWS::";

    private static final String ONLY_DEPLOYED = " is known only when the stack is deployed";

    private final ObjectNode template;
    private final Filling filling;
    private final Map<String, Node> parameters = new HashMap<>();

    TemplateScope(ObjectNode template, Filling filling) {
        this.template = template;
        this.filling = filling;
        for (Member parameter : section("Parameters").members()) {
            parameters.put(parameter.key(), parameter.value());
        }
        declareParameters(template, filling);
    }

    /** Notes that a template has its parameters, whether or not anything asks for their values. */
    static void declareParameters(ObjectNode template, Filling filling) {
        section(template, "Parameters").members().forEach(parameter -> filling.named(parameter.key()));
    }

    /** A part of the template; empty where it is missing. */
    ObjectNode section(String name) {
        return section(template, name);
    }

    private static ObjectNode section(ObjectNode template, String name) {
        return template.member(name)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(() -> new ObjectNode(template.location(), List.of(), Optional.empty()));
    }

    /** The value of a name: a parameter's value or its default, otherwise unknown until the deployment. */
    Node ref(String name, Location location) {
        Node parameter = parameters.get(name);
        if (parameter == null) {
            return name.startsWith(PSEUDO)
                    ? given(name, "String", location)
                            .orElseGet(() -> settable(name, SchemaProblems.quoted(name) + ONLY_DEPLOYED, location))
                    : unresolved(name, SchemaProblems.quoted(name) + ONLY_DEPLOYED, location);
        }
        String type = parameter instanceof ObjectNode declaration
                ? declaration.member("Type").flatMap(Node::scalar).orElse("String")
                : "String";
        return given(name, type, location).orElseGet(() -> byDefault(name, type, parameter, location));
    }

    private Optional<Node> given(String name, String type, Location location) {
        // A given value is never a placeholder, whatever it looks like.
        return filling.named(name)
                .map(value -> isList(type)
                        ? new ArrayNode(
                                location,
                                Arrays.stream(value.split(",", -1))
                                        .<Node>map(element -> new TextNode(location, element.strip(), Optional.empty()))
                                        .toList())
                        : new TextNode(location, value, Optional.empty()));
    }

    private static Node byDefault(String name, String type, Node parameter, Location location) {
        String what = "the parameter " + SchemaProblems.quoted(name);
        if (type.startsWith("AWS::SSM::Parameter::Value")) {
            return settable(name, what + " gets its value from the parameter store", location);
        }
        Optional<String> value = parameter instanceof ObjectNode declaration
                ? declaration.member("Default").flatMap(Node::scalar)
                : Optional.empty();
        if (value.isEmpty()) {
            return settable(name, what + " has no default", location);
        }
        return isList(type) ? list(value.get().split(",", -1), location) : new TextNode(location, value.get());
    }

    /** Also in what the parameter store gives, as in {@code AWS::SSM::Parameter::Value<List<String>>}. */
    private static boolean isList(String type) {
        return type.contains("List<") || type.contains("CommaDelimitedList");
    }

    private static UnresolvedNode settable(String name, String reason, Location location) {
        return new UnresolvedNode(
                location,
                TemplateText.variable(name),
                reason + "; set " + name + " in templateValues",
                Optional.of(name));
    }

    private static UnresolvedNode unresolved(String name, String reason, Location location) {
        return new UnresolvedNode(location, TemplateText.variable(name), reason);
    }

    static ArrayNode list(String[] values, Location location) {
        List<Node> elements = new ArrayList<>();
        for (String value : values) {
            elements.add(new TextNode(location, value.strip()));
        }
        return new ArrayNode(location, List.copyOf(elements));
    }
}
