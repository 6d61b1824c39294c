package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.run.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Answers the conditions of a shell's text, as far as variables and arguments tell: {@code [ "$1" = "" ]}. */
record Question(Scope scope, Place place) {

    private static final Set<String> QUESTIONS = Set.of(
            "[", "test", "[[", "((", "true", "false", ":", "command", "type", "which", "hash", "grep", "getent", "id");

    private static final int MAX_ASTERISKS = 3;

    /** Whether a command is run for its answer only. */
    static boolean isOne(ShellNode node) {
        if (node instanceof ShellNode.Simple simple) {
            return !simple.words().isEmpty()
                    && QUESTIONS.contains(text(simple.words().get(0)));
        }
        if (node instanceof ShellNode.Pipeline pipeline) {
            return pipeline.negated()
                    || isOne(pipeline.nodes().get(pipeline.nodes().size() - 1));
        }
        if (node instanceof ShellNode.Test || node instanceof ShellNode.Arithmetic) {
            return true;
        }
        return node instanceof ShellNode.AndOr list && list.links().stream().allMatch(link -> isOne(link.node()));
    }

    /** Whether a command does nothing but succeed or fail, such as {@code true} and {@code exit 1}. */
    static boolean gives(ShellNode node, boolean success) {
        if (!(node instanceof ShellNode.Simple simple) || simple.words().isEmpty()) {
            return false;
        }
        String name = text(simple.words().get(0));
        String status = simple.words().size() > 1 ? text(simple.words().get(1)) : "";
        return switch (name) {
            case "true", ":" -> success;
            case "false" -> !success;
            case "exit", "return" -> success == status.equals("0");
            case "kill" -> !success;
            default -> false;
        };
    }

    private static String text(Word word) {
        return word.parts().size() == 1 && word.parts().get(0) instanceof Word.Literal literal ? literal.text() : "";
    }

    /** Whether a command succeeds; empty where that cannot be told. */
    Optional<Boolean> answer(ShellNode node) {
        if (node instanceof ShellNode.Simple simple) {
            return simple(simple);
        }
        if (node instanceof ShellNode.Pipeline pipeline
                && pipeline.negated()
                && pipeline.nodes().size() == 1) {
            return answer(pipeline.nodes().get(0)).map(holds -> !holds);
        }
        if (node instanceof ShellNode.AndOr list) {
            return list(list);
        }
        return node instanceof ShellNode.Sequence sequence && sequence.nodes().size() == 1
                ? answer(sequence.nodes().get(0))
                : Optional.empty();
    }

    private Optional<Boolean> list(ShellNode.AndOr list) {
        Optional<Boolean> holds = Optional.empty();
        for (ShellNode.AndOr.Link link : list.links()) {
            Optional<Boolean> next = answer(link.node());
            switch (link.operator()) {
                case "&&" ->
                    holds = isFalse(holds) || isFalse(next)
                            ? Optional.of(false)
                            : holds.isPresent() ? next : Optional.empty();
                case "||" ->
                    holds = isTrue(holds) || isTrue(next)
                            ? Optional.of(true)
                            : holds.isPresent() ? next : Optional.empty();
                default -> holds = next;
            }
        }
        return holds;
    }

    private static boolean isTrue(Optional<Boolean> answer) {
        return answer.filter(holds -> holds).isPresent();
    }

    private static boolean isFalse(Optional<Boolean> answer) {
        return answer.filter(holds -> !holds).isPresent();
    }

    private Optional<Boolean> simple(ShellNode.Simple simple) {
        List<Argument> words = new Expander(scope, place).expand(simple.words());
        if (words.isEmpty() || !words.stream().allMatch(Argument::complete)) {
            return Optional.empty();
        }
        List<String> texts = words.stream().map(Argument::text).toList();
        return switch (texts.get(0)) {
            case "true", ":" -> Optional.of(true);
            case "false" -> Optional.of(false);
            case "test" -> test(texts.subList(1, texts.size()));
            case "[" -> texts.size() < 2 ? Optional.empty() : test(texts.subList(1, texts.size() - 1));
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> test(List<String> words) {
        if (words.size() > 1 && words.get(0).equals("!")) {
            return test(words.subList(1, words.size())).map(holds -> !holds);
        }
        return switch (words.size()) {
            case 0 -> Optional.of(false);
            case 1 -> Optional.of(!words.get(0).isEmpty());
            case 2 ->
                switch (words.get(0)) {
                    case "-z" -> Optional.of(words.get(1).isEmpty());
                    case "-n" -> Optional.of(!words.get(1).isEmpty());
                    default -> Optional.empty();
                };
            case 3 -> compare(words.get(0), words.get(1), words.get(2));
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> compare(String one, String operator, String other) {
        boolean numbers = one.matches("\\d{1,9}") && other.matches("\\d{1,9}");
        int difference = numbers ? Integer.compare(Integer.parseInt(one), Integer.parseInt(other)) : 0;
        return switch (operator) {
            case "=", "==" -> Optional.of(one.equals(other));
            case "!=" -> Optional.of(!one.equals(other));
            case "-eq" -> numbers ? Optional.of(difference == 0) : Optional.empty();
            case "-ne" -> numbers ? Optional.of(difference != 0) : Optional.empty();
            case "-gt" -> numbers ? Optional.of(difference > 0) : Optional.empty();
            case "-ge" -> numbers ? Optional.of(difference >= 0) : Optional.empty();
            case "-lt" -> numbers ? Optional.of(difference < 0) : Optional.empty();
            case "-le" -> numbers ? Optional.of(difference <= 0) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether a text is one that one of these patterns of a {@code case} stands for. */
    Optional<Boolean> matches(Argument subject, List<Word> patterns) {
        boolean known = true;
        for (Word pattern : patterns) {
            Optional<Pattern> regex = pattern(pattern);
            if (regex.isEmpty()) {
                known = false;
            } else if (subject.complete() && regex.get().matcher(subject.text()).matches()) {
                return Optional.of(true);
            } else if (regex.get().pattern().equals(".*")) {
                return Optional.of(true);
            }
        }
        return known && subject.complete() ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Pattern> pattern(Word word) {
        StringBuilder regex = new StringBuilder();
        int asterisks = 0;
        for (Word.Part part : word.parts()) {
            if (!(part instanceof Word.Literal literal)) {
                return Optional.empty();
            }
            for (int i = 0; i < literal.text().length(); i++) {
                char c = literal.text().charAt(i);
                if (literal.quoted() || "*?[".indexOf(c) < 0) {
                    regex.append(Pattern.quote(String.valueOf(c)));
                } else if (c == '[') {
                    return Optional.empty();
                } else {
                    asterisks += c == '*' ? 1 : 0;
                    regex.append(c == '*' ? ".*" : ".");
                }
            }
        }
        // With many asterisks, matching would take its time.
        return asterisks > MAX_ASTERISKS
                ? Optional.empty()
                : Optional.of(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }
}
