package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.Node.Member;
import io.github.readonlyrootfs.taskdef.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.Node.TextNode;
import io.github.readonlyrootfs.taskdef.Node.UnresolvedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code Ref} can name in a CloudFormation template. */
final class TemplateScope {

    private final ObjectNode template;
    private final Map<String, Node> parameters = new HashMap<>();

    TemplateScope(ObjectNode template) {
        this.template = template;
        for (Member parameter : section("Parameters").members()) {
            parameters.put(parameter.key(), parameter.value());
        }
    }

    /** A part of the template; empty where it is missing. */
    ObjectNode section(String name) {
        return template.member(name).orElse(template) instanceof ObjectNode section
                        && template.member(name).isPresent()
                ? section
                : new ObjectNode(template.location(), List.of(), Optional.empty());
    }

    /** What a name stands for: a parameter's default value, else something that only a deployment knows. */
    Node ref(String name, Location location) {
        Node parameter = parameters.get(name);
        if (parameter == null) {
            return unresolved(name, Problems.quoted(name) + " is known only when the stack is deployed", location);
        }
        String what = "the parameter " + Problems.quoted(name);
        if (!(parameter instanceof ObjectNode declaration)) {
            return unresolved(name, what + " has no default", location);
        }
        String type = declaration.member("Type").flatMap(TemplateText::of).orElse("String");
        if (type.startsWith("AWS::SSM::Parameter::Value")) {
            return unresolved(name, what + " gets its value from the parameter store", location);
        }
        Optional<String> value = declaration.member("Default").flatMap(TemplateText::of);
        if (value.isEmpty()) {
            return unresolved(name, what + " has no default", location);
        }
        return type.startsWith("List<") || type.equals("CommaDelimitedList")
                ? list(value.get().split(",", -1), location)
                : new TextNode(location, value.get());
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
