// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The questions of {@code test}, {@code [ … ]} and {@code [[ … ]]}. */
final class Conditions {

    private static final Set<String> COMPARISONS =
            Set.of("=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "<", ">", "=~", "-nt", "-ot", "-ef");

    private static final Set<String> FILE_TESTS = Set.of(
            "-e", "-a", "-f", "-d", "-L", "-h", "-s", "-r", "-w", "-x", "-O", "-G", "-b", "-c", "-p", "-S", "-u", "-g",
            "-k", "-t", "-N");

    private final Shell shell;
    private final Optional<Expander> expander;
    /** Between brackets that the shell reads itself, a right side is a pattern. */
    private final boolean extended;

    private List<Field> words = List.of();
    private int at;

    private Conditions(Shell shell, Optional<Expander> expander) {
        this.shell = shell;
        this.expander = expander;
        this.extended = expander.isPresent();
    }

    /** What {@code test} answers, given its words without the closing bracket. */
    static Status test(Shell shell, List<Field> words) {
        return new Conditions(shell, Optional.empty()).posix(words);
    }

    /** What {@code [[ … ]]} answers. */
    static Status extended(Expander expander, List<Word> words) {
        Conditions conditions = new Conditions(expander.shell(), Optional.of(expander));
        conditions.words = words.stream().map(expander::one).toList();
        Status status = conditions.or();
        return conditions.at < conditions.words.size() ? Status.UNKNOWN : status;
    }

    /** POSIX decides by the number of words what is an operator and what is a text. */
    private Status posix(List<Field> given) {
        return switch (given.size()) {
            case 0 -> Status.FAILURE;
            case 1 -> answer(given.get(0).value().isEmpty().map(empty -> !empty));
            case 2 ->
                given.get(0).is("!")
                        ? posix(given.subList(1, 2)).negated()
                        : unary(given.get(0).text(), given.get(1));
            case 3 -> three(given);
            case 4 -> given.get(0).is("!") ? posix(given.subList(1, 4)).negated() : expression(given);
            default -> expression(given);
        };
    }

    private Status three(List<Field> given) {
        String operator = given.get(1).text();
        if (COMPARISONS.contains(operator)) {
            return binary(given.get(0), operator, given.get(2));
        }
        if (operator.equals("-a") || operator.equals("-o")) {
            Status one = posix(given.subList(0, 1));
            Status two = posix(given.subList(2, 3));
            return operator.equals("-a") ? both(one, two) : oneOf(one, two);
        }
        if (given.get(0).is("!")) {
            return posix(given.subList(1, 3)).negated();
        }
        return given.get(0).is("(") && given.get(2).is(")") ? posix(given.subList(1, 2)) : Status.UNKNOWN;
    }

    private Status expression(List<Field> given) {
        words = given;
        at = 0;
        Status status = or();
        return at < words.size() ? Status.UNKNOWN : status;
    }

    private Status or() {
        Status status = and();
        while (take(extended ? "||" : "-o")) {
            status = oneOf(status, and());
        }
        return status;
    }

    private Status and() {
        Status status = not();
        while (take(extended ? "&&" : "-a")) {
            status = both(status, not());
        }
        return status;
    }

    private Status not() {
        if (take("!")) {
            return not().negated();
        }
        if (take("(")) {
            Status status = or();
            return take(")") ? status : Status.UNKNOWN;
        }
        return primary();
    }

    private Status primary() {
        if (at >= words.size()) {
            return Status.UNKNOWN;
        }
        Field first = words.get(at);
        boolean binary =
                at + 2 < words.size() && COMPARISONS.contains(words.get(at + 1).text());
        if (binary) {
            String operator = words.get(at + 1).text();
            Field right = words.get(at + 2);
            at += 3;
            return binary(first, operator, right);
        }
        if (first.text().matches("-[a-zA-Z]") && first.isExact() && at + 1 < words.size()) {
            at += 2;
            return unary(first.text(), words.get(at - 1));
        }
        at++;
        return answer(first.value().isEmpty().map(empty -> !empty));
    }

    private boolean take(String token) {
        if (at < words.size() && words.get(at).is(token)) {
            at++;
            return true;
        }
        return false;
    }

    private Status binary(Field left, String operator, Field right) {
        return switch (operator) {
            case "=", "==" -> answer(equal(left, right));
            case "!=" -> answer(equal(left, right)).negated();
            case "=~" -> regex(left, right);
            case "<", ">" -> ordered(left, operator, right);
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge" -> compared(left, operator, right);
            default -> Status.UNKNOWN;
        };
    }

    private Optional<Boolean> equal(Field left, Field right) {
        if (extended && right.pattern() != null) {
            if (!left.known() || !right.known()) {
                return Optional.empty();
            }
            return Optional.of(new Glob(right.glob()).matches(left.value().raw()));
        }
        return left.value().same(right.value());
    }

    private Status regex(Field left, Field right) {
        if (!left.known() || !right.known()) {
            return Status.UNKNOWN;
        }
        return answer(RegularExpression.find(right.value().raw(), left.value().raw(), true, false));
    }

    private Status ordered(Field left, String operator, Field right) {
        if (!left.known() || !right.known()) {
            return Status.UNKNOWN;
        }
        int order = left.value().raw().compareTo(right.value().raw());
        return answer(operator.equals("<") ? order < 0 : order > 0);
    }

    private Status compared(Field left, String operator, Field right) {
        Optional<Long> one = number(left);
        Optional<Long> two = number(right);
        if (one.isEmpty() || two.isEmpty()) {
            // What is no number is an error, which counts as a no.
            boolean error = !extended && (isWord(left) || isWord(right));
            return error ? Status.FAILURE : Status.UNKNOWN;
        }
        int order = Long.compare(one.get(), two.get());
        return switch (operator) {
            case "-eq" -> answer(order == 0);
            case "-ne" -> answer(order != 0);
            case "-lt" -> answer(order < 0);
            case "-le" -> answer(order <= 0);
            case "-gt" -> answer(order > 0);
            default -> answer(order >= 0);
        };
    }

    private static boolean isWord(Field field) {
        return field.known() && !field.value().raw().strip().matches("[-+]?\\d+");
    }

    private Optional<Long> number(Field field) {
        if (extended && expander.isPresent()) {
            return new Arithmetic(shell).value(field.value());
        }
        String text = field.value().raw().strip();
        return field.known() && text.matches("[-+]?\\d{1,15}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private Status unary(String operator, Field operand) {
        return switch (operator) {
            case "-n" -> answer(operand.value().isEmpty().map(empty -> !empty));
            case "-z" -> answer(operand.value().isEmpty());
            case "-v" ->
                operand.known() && operand.text().matches("[A-Za-z_]\\w*")
                        ? isSet(shell.lookup(operand.text()))
                        : Status.UNKNOWN;
            default -> FILE_TESTS.contains(operator) ? file(operator, operand) : Status.UNKNOWN;
        };
    }

    private static Status isSet(Variable variable) {
        boolean unsure = variable.value().isPresent() && !variable.value().get().isKnown();
        return unsure ? Status.UNKNOWN : answer(variable.value().isPresent());
    }

    private Status file(String operator, Field operand) {
        if (operand.known() && operand.value().raw().isEmpty()) {
            return Status.FAILURE;
        }
        // A pattern that may name several files, or none, is left alone.
        Optional<ContainerPath> path =
                operand.isExact() || extended ? shell.path(new Field(operand.value(), null, null)) : Optional.empty();
        if (path.isEmpty() || operator.equals("-t")) {
            return Status.UNKNOWN;
        }
        if (path.get().isAtOrBelow(ContainerPath.of("/proc")) || path.get().isAtOrBelow(ContainerPath.of("/dev"))) {
            return Status.UNKNOWN;
        }
        boolean link = operator.equals("-L") || operator.equals("-h");
        Entry entry = shell.host().entry(path.get(), !link);
        if (entry.is(Entry.Kind.UNKNOWN)) {
            return Status.UNKNOWN;
        }
        if (entry.is(Entry.Kind.MISSING)) {
            return Status.FAILURE;
        }
        Integer mode = entry.mode();
        return switch (operator) {
            case "-e", "-a" -> Status.SUCCESS;
            case "-d" -> answer(entry.is(Entry.Kind.DIRECTORY));
            case "-f" -> answer(entry.is(Entry.Kind.FILE));
            case "-L", "-h" -> answer(entry.is(Entry.Kind.SYMLINK));
            case "-s" -> entry.is(Entry.Kind.DIRECTORY) ? Status.SUCCESS : answer(entry.filled());
            case "-b", "-c", "-p", "-S" -> Status.FAILURE;
            case "-u" -> mode == null ? Status.UNKNOWN : answer((mode & 04000) != 0);
            case "-g" -> mode == null ? Status.UNKNOWN : answer((mode & 02000) != 0);
            case "-k" -> mode == null ? Status.UNKNOWN : answer((mode & 01000) != 0);
            case "-x" -> executable(entry);
            case "-r" ->
                shell.host()
                                .id("u", Optional.empty())
                                .known()
                                .filter("0"::equals)
                                .isPresent()
                        ? Status.SUCCESS
                        : Status.UNKNOWN;
            default -> Status.UNKNOWN;
        };
    }

    /** Everybody may run a file that all may, and nobody one that none may. */
    private static Status executable(Entry entry) {
        Integer mode = entry.mode();
        if (mode == null || entry.is(Entry.Kind.SYMLINK)) {
            return Status.UNKNOWN;
        }
        return (mode & 0111) == 0111 ? Status.SUCCESS : (mode & 0111) == 0 ? Status.FAILURE : Status.UNKNOWN;
    }

    private static Status both(Status one, Status two) {
        if (one == Status.FAILURE || two == Status.FAILURE) {
            return Status.FAILURE;
        }
        return one == Status.SUCCESS && two == Status.SUCCESS ? Status.SUCCESS : Status.UNKNOWN;
    }

    private static Status oneOf(Status one, Status two) {
        if (one == Status.SUCCESS || two == Status.SUCCESS) {
            return Status.SUCCESS;
        }
        return one == Status.FAILURE && two == Status.FAILURE ? Status.FAILURE : Status.UNKNOWN;
    }

    private static Status answer(boolean yes) {
        return yes ? Status.SUCCESS : Status.FAILURE;
    }

    private static Status answer(Optional<Boolean> yes) {
        return yes.map(Conditions::answer).orElse(Status.UNKNOWN);
    }
}
