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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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
            "chomp",
            "basename",
            "dirname");

    /**
     * Regular expressions that Java and Go understand alike, and that take little time: characters, classes of them, and
     * groups that are not repeated.
     */
    private static final Pattern SIMPLE = Pattern.compile(
            "/\\^?+(?:(?:[\\w \"':,;=@<>~!#&%-]|\\\\[.\\[\\](){}+*?^$|/\\\\\"dw-]|\\[\\^?+[\\w ./:,;@#-]++]|\\.)"
                    + "(?:[+*?](?![+*?]))?+|[)(|](?![+*?])){1,60}+\\$?+/");

    private static final int MAX_REPEATED = 3;

    private static final int MAX_SEARCHED = 2000;

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
            case "basename", "dirname" -> pathPart(function, first, place);
            default -> replace(texts, place);
        };
    }

    /** A part of a path that has no part to be simplified. */
    private Node pathPart(String function, String path, Location place) {
        if (path.startsWith("./")) {
            return pathPart(function, path.substring(2), place);
        }
        int slash = path.lastIndexOf('/');
        if (slash == path.length() - 1 || path.matches("(?s)(?:.*/)?\\.{1,2}(?:/.*)?|.*//.*")) {
            return evaluator.unknown(place, "`" + function + "` of this path is not evaluated");
        }
        return string(
                place,
                function.equals("basename")
                        ? path.substring(slash + 1)
                        : slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash));
    }

    /** A text between slashes is a regular expression. */
    private Node replace(List<String> texts, Location place) {
        if (texts.size() != 3 || texts.get(1).isEmpty()) {
            return evaluator.unknown(place, "`replace` without a text to search is not evaluated");
        }
        String text = texts.get(0);
        String searched = texts.get(1);
        String other = texts.get(2);
        if (!searched.matches("(?s)/.*/")) {
            return string(place, text.replace(searched, other));
        }
        boolean simple = text.length() <= MAX_SEARCHED
                && text.indexOf('\n') < 0
                && !other.contains("$")
                && SIMPLE.matcher(searched).matches()
                && searched.chars()
                                .filter(c -> c == '+' || c == '*' || c == '?')
                                .count()
                        <= MAX_REPEATED;
        if (simple) {
            try {
                Pattern pattern = Pattern.compile(searched.substring(1, searched.length() - 1));
                // After a match, Java finds an empty one in the same place, and Go does not.
                if (pattern.matcher(text).results().noneMatch(match -> match.end() == match.start())) {
                    return string(place, pattern.matcher(text).replaceAll(Matcher.quoteReplacement(other)));
                }
            } catch (PatternSyntaxException e) {
                throw new EvaluationException("`replace` is given a regular expression with a mistake");
            }
        }
        return evaluator.unknown(place, "`replace` with this regular expression is not evaluated");
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
