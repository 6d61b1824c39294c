package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/** Commands that only ask: {@code test}, {@code id}, {@code getent}. */
final class Questions {

    private Questions() {}

    static Status test(Invocation call) {
        List<Field> words = call.words();
        if (call.name().equals("[") && !words.isEmpty()) {
            words = words.subList(0, words.size() - 1);
        }
        if (!words.isEmpty() && words.get(0).is("!")) {
            return answer(call, words.subList(1, words.size())).negated();
        }
        return answer(call, words);
    }

    private static Status answer(Invocation call, List<Field> words) {
        if (words.size() == 2 && words.get(0).isExact()) {
            return unary(call, words.get(0).text(), words.get(1));
        }
        if (words.size() == 3 && words.get(0).isExact() && words.get(2).isExact()) {
            boolean equal = words.get(0).text().equals(words.get(2).text());
            return switch (words.get(1).text()) {
                case "=", "==" -> status(equal);
                case "!=" -> status(!equal);
                default ->
                    compared(
                            words.get(0).text(),
                            words.get(1).text(),
                            words.get(2).text());
            };
        }
        if (words.size() == 1 && words.get(0).isExact()) {
            return status(!words.get(0).text().isEmpty());
        }
        return words.isEmpty() ? Status.FAILURE : Status.UNKNOWN;
    }

    private static Status compared(String left, String operator, String right) {
        if (!left.matches("-?\\d{1,9}") || !right.matches("-?\\d{1,9}")) {
            return Status.UNKNOWN;
        }
        int order = Integer.compare(Integer.parseInt(left), Integer.parseInt(right));
        return switch (operator) {
            case "-eq" -> status(order == 0);
            case "-ne" -> status(order != 0);
            case "-lt" -> status(order < 0);
            case "-le" -> status(order <= 0);
            case "-gt" -> status(order > 0);
            case "-ge" -> status(order >= 0);
            default -> Status.UNKNOWN;
        };
    }

    private static Status unary(Invocation call, String operator, Field operand) {
        if (operator.equals("-n") || operator.equals("-z")) {
            return operand.known() ? status(operand.text().isEmpty() == operator.equals("-z")) : Status.UNKNOWN;
        }
        Optional<ContainerPath> path = call.path(operand);
        if (path.isEmpty()) {
            return Status.UNKNOWN;
        }
        FileTree tree = call.tree();
        if (operator.equals("-L") || operator.equals("-h")) {
            Node node = tree.at(tree.followParents(path.get()));
            return node.isUnknown() ? Status.UNKNOWN : status(node.isSymlink());
        }
        Node node = tree.at(tree.follow(path.get()));
        if (node.isUnknown()) {
            return Status.UNKNOWN;
        }
        return switch (operator) {
            case "-d" -> status(node.isDirectory());
            case "-f" -> status(node.kind() == Node.Kind.FILE);
            case "-e" -> status(node.exists());
            default -> node.isMissing() && operator.matches("-[rwxs]") ? Status.FAILURE : Status.UNKNOWN;
        };
    }

    static Status id(Invocation call) {
        List<Field> names = call.words().stream()
                .filter(word -> !word.text().startsWith("-"))
                .toList();
        if (names.isEmpty()) {
            return Status.SUCCESS;
        }
        if (!names.get(0).isExact()) {
            return Status.UNKNOWN;
        }
        Accounts accounts = call.shell().files().accounts();
        String name = names.get(0).text();
        boolean found = accounts.user(name).isPresent()
                || (name.matches("\\d{1,9}")
                        && accounts.user(Integer.parseInt(name)).isPresent());
        return found ? Status.SUCCESS : accounts.complete() ? Status.FAILURE : Status.UNKNOWN;
    }

    static Status getent(Invocation call) {
        List<Field> words = call.words();
        if (words.size() != 2 || !words.get(1).isExact()) {
            return Status.UNKNOWN;
        }
        Accounts accounts = call.shell().files().accounts();
        String key = words.get(1).text();
        boolean number = key.matches("\\d{1,9}");
        boolean found = switch (words.get(0).text()) {
            case "passwd" ->
                accounts.user(key).isPresent()
                        || (number && accounts.user(Integer.parseInt(key)).isPresent());
            case "group" ->
                accounts.group(key).isPresent()
                        || (number && accounts.group(Integer.parseInt(key)).isPresent());
            default -> false;
        };
        boolean accountsAsked = words.get(0).is("passwd") || words.get(0).is("group");
        return found ? Status.SUCCESS : accountsAsked && accounts.complete() ? Status.FAILURE : Status.UNKNOWN;
    }

    private static Status status(boolean yes) {
        return yes ? Status.SUCCESS : Status.FAILURE;
    }
}
