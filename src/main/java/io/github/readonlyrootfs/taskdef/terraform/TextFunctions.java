// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import static io.github.readonlyrootfs.taskdef.terraform.Conversions.list;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.string;
import static io.github.readonlyrootfs.taskdef.terraform.Conversions.text;
import static io.github.readonlyrootfs.taskdef.terraform.Functions.at;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Terraform's functions of texts. */
record TextFunctions(Evaluator evaluator) {

    private static final Set<String> NAMES = Set.of(
            "lower",
            "upper",
            "trimspace",
            "trimprefix",
            "trimsuffix",
            "replace",
            "startswith",
            "endswith",
            "strcontains",
            "chomp");

    /** @param arguments known as a whole; elements of lists may be unknown */
    Node call(String function, List<Node> arguments, Location place) {
        return switch (function) {
            case "join" -> join(text(at(arguments, 0)), arguments.subList(1, arguments.size()), place);
            case "split" -> split(text(at(arguments, 0)), text(at(arguments, 1)), place);
            case "format" -> format(text(at(arguments, 0)), arguments, place);
            default ->
                NAMES.contains(function)
                        ? simple(
                                function,
                                arguments.stream().map(Conversions::text).toList(),
                                place)
                        : evaluator.unknown(place, "the function `" + function + "` is not evaluated");
        };
    }

    private Node simple(String function, List<String> texts, Location place) {
        String first = texts.isEmpty() ? "" : texts.get(0);
        String second = texts.size() > 1 ? texts.get(1) : "";
        return switch (function) {
            case "lower" -> string(place, first.toLowerCase(Locale.ROOT));
            case "upper" -> string(place, first.toUpperCase(Locale.ROOT));
            case "trimspace" -> string(place, first.strip());
            case "chomp" -> string(place, first.replaceFirst("[\\r\\n]++$", ""));
            case "trimprefix" -> string(place, first.startsWith(second) ? first.substring(second.length()) : first);
            case "trimsuffix" ->
                string(place, first.endsWith(second) ? first.substring(0, first.length() - second.length()) : first);
            case "startswith" -> new BooleanNode(place, first.startsWith(second));
            case "endswith" -> new BooleanNode(place, first.endsWith(second));
            case "strcontains" -> new BooleanNode(place, first.contains(second));
            default -> replace(texts, place);
        };
    }

    /** A text between slashes is a regular expression. */
    private Node replace(List<String> texts, Location place) {
        boolean plain =
                texts.size() == 3 && !texts.get(1).isEmpty() && !texts.get(1).matches("(?s)/.*/");
        return plain
                ? string(place, texts.get(0).replace(texts.get(1), texts.get(2)))
                : evaluator.unknown(place, "`replace` with a regular expression is not evaluated");
    }

    private Node join(String separator, List<Node> lists, Location place) {
        List<String> texts = new ArrayList<>();
        for (Node list : lists) {
            Optional<Node> unknown = Functions.unknownIn(list(list).elements());
            if (unknown.isPresent()) {
                return evaluator.unknown(place, unknown.get());
            }
            list(list).elements().forEach(each -> texts.add(text(each)));
        }
        return string(place, String.join(separator, texts));
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
