// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import static io.github.readonlyrootfs.taskdef.terraform.Conversions.list;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.string;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.text;
import static io.github.readonlyrootfs.taskdef.terraform.Functions.at;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Terraform's functions of texts. */
record TextFunctions(Evaluator evaluator) {

    /** @param arguments known as a whole; elements of lists may be unknown */
    Node call(String function, List<Node> arguments, Location place) {
        return switch (function) {
            case "join" -> join(text(at(arguments, 0)), arguments.subList(1, arguments.size()), place);
            case "split" -> split(text(at(arguments, 0)), text(at(arguments, 1)), place);
            case "format" -> format(text(at(arguments, 0)), arguments, place);
            case "lower" -> string(place, text(at(arguments, 0)).toLowerCase(Locale.ROOT));
            case "upper" -> string(place, text(at(arguments, 0)).toUpperCase(Locale.ROOT));
            case "trimspace" -> string(place, text(at(arguments, 0)).strip());
            case "replace" -> replace(text(at(arguments, 0)), text(at(arguments, 1)), text(at(arguments, 2)), place);
            default -> evaluator.unknown(place, "the function `" + function + "` is not evaluated");
        };
    }

    private Node replace(String text, String searched, String other, Location place) {
        return searched.isEmpty() || searched.matches("(?s)/.*/")
                ? evaluator.unknown(place, "`replace` with a regular expression is not evaluated")
                : string(place, text.replace(searched, other));
    }

    private Node join(String separator, List<Node> lists, Location place) {
        ComposedText text = new ComposedText(place);
        String before = "";
        for (Node list : lists) {
            for (Node element : list(list).elements()) {
                if (evaluator.isMany(element)) {
                    return evaluator.unknown(place, element);
                }
                text.add(before, place);
                evaluator.templates().add(element, place, text);
                before = separator;
            }
        }
        return evaluator.from(text.toNode(), text);
    }

    private Node split(String separator, String text, Location place) {
        if (separator.isEmpty()) {
            return evaluator.unknown(place, "`split` without a separator is not evaluated");
        }
        List<Node> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(string(place, text.substring(start, end)));
            start = end + separator.length();
        }
        parts.add(string(place, text.substring(start)));
        return new ArrayNode(place, List.copyOf(parts));
    }

    /** {@code %s}, {@code %d} and {@code %v}, without widths. */
    private Node format(String format, List<Node> arguments, Location place) {
        StringBuilder text = new StringBuilder();
        int next = 1;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                text.append(c);
                continue;
            }
            char verb = ++i < format.length() ? format.charAt(i) : ' ';
            if (verb == '%') {
                text.append(verb);
            } else if (verb == 's' || verb == 'v') {
                text.append(text(at(arguments, next++)));
            } else if (verb == 'd') {
                BigDecimal number = Conversions.decimal(at(arguments, next++));
                text.append(number.toBigInteger());
            } else {
                return evaluator.unknown(place, "this format is not evaluated");
            }
        }
        if (next != arguments.size()) {
            throw new EvaluationException("`format` has too many arguments");
        }
        return string(place, text.toString());
    }
}
