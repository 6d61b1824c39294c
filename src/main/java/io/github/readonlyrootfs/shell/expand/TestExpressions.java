// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.RegularExpression;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The conditions of {@code test}, {@code [ … ]} and {@code [[ … ]]}. */
public final class TestExpressions {

    private static final Set<String> COMPARISONS =
            Set.of("=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "<", ">", "=~", "-nt", "-ot", "-ef");

    private static final Set<String> FILE_TESTS = Set.of(
            "-e", "-a", "-f", "-d", "-L", "-h", "-s", "-r", "-w", "-x", "-O", "-G", "-b", "-c", "-p", "-S", "-u", "-g",
            "-k", "-t", "-N");

    private final Call call;
    private final Shell shell;
    private final Optional<Expander> expander;
    /** In {@code [[ … ]]}, the right side of a comparison is a pattern. */
    private final boolean extended;

    private List<Field> words = List.of();
    private int at;

    private TestExpressions(Call call, Optional<Expander> expander) {
        this.call = call;
        this.shell = call.shell();
        this.expander = expander;
        this.extended = expander.isPresent();
    }

    public static Status test(Call call) {
        List<Field> words = call.arguments();
        boolean closed = call.name().equals("[") && !words.isEmpty();
        return Status.of(
                new TestExpressions(call, Optional.empty()).posix(closed ? words.subList(0, words.size() - 1) : words));
    }

    public static Status extended(Call call, Expander expander, List<Word> words) {
        TestExpressions conditions = new TestExpressions(call, Optional.of(expander));
        conditions.words = words.stream().map(expander::one).toList();
        return Status.of(conditions.all());
    }

    /** POSIX decides by the number of words what is an operator and what is a text. */
    private Truth posix(List<Field> given) {
        return switch (given.size()) {
            case 0 -> Truth.FALSE;
            case 1 -> given.get(0).value().isEmpty().not();
            case 2 ->
                given.get(0).is("!")
                        ? posix(given.subList(1, 2)).not()
                        : unary(given.get(0).text(), given.get(1));
            case 3 -> three(given);
            case 4 -> given.get(0).is("!") ? posix(given.subList(1, 4)).not() : expression(given);
            default -> expression(given);
        };
    }

    private Truth three(List<Field> given) {
        String operator = given.get(1).text();
        if (COMPARISONS.contains(operator)) {
            return binary(given.get(0), operator, given.get(2));
        }
        if (operator.equals("-a") || operator.equals("-o")) {
            Truth one = posix(given.subList(0, 1));
            Truth two = posix(given.subList(2, 3));
            return operator.equals("-a") ? one.and(two) : one.or(two);
        }
        if (given.get(0).is("!")) {
            return posix(given.subList(1, 3)).not();
        }
        return given.get(0).is("(") && given.get(2).is(")") ? posix(given.subList(1, 2)) : Truth.UNKNOWN;
    }

    private Truth expression(List<Field> given) {
        words = given;
        at = 0;
        return all();
    }

    /** Evaluates all words; unknown if some are left over. */
    private Truth all() {
        Truth answer = or();
        return at < words.size() ? Truth.UNKNOWN : answer;
    }

    private Truth or() {
        Truth answer = and();
        while (take(extended ? "||" : "-o")) {
            answer = answer.or(and());
        }
        return answer;
    }

    private Truth and() {
        Truth answer = not();
        while (take(extended ? "&&" : "-a")) {
            answer = answer.and(not());
        }
        return answer;
    }

    private Truth not() {
        if (take("!")) {
            return not().not();
        }
        if (take("(")) {
            Truth answer = or();
            return take(")") ? answer : Truth.UNKNOWN;
        }
        return primary();
    }

    private Truth primary() {
        if (at >= words.size()) {
            return Truth.UNKNOWN;
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
        String text = first.text();
        boolean option = text.length() == 2 && text.charAt(0) == '-' && Character.isLetter(text.charAt(1));
        if (option && first.isExact() && at + 1 < words.size()) {
            at += 2;
            return unary(text, words.get(at - 1));
        }
        at++;
        return first.value().isEmpty().not();
    }

    private boolean take(String token) {
        if (at < words.size() && words.get(at).is(token)) {
            at++;
            return true;
        }
        return false;
    }

    private Truth binary(Field left, String operator, Field right) {
        return switch (operator) {
            case "=", "==" -> equal(left, right);
            case "!=" -> equal(left, right).not();
            case "=~" -> regex(left, right);
            case "<", ">" -> ordered(left, operator, right);
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge" -> compared(left, operator, right);
            default -> Truth.UNKNOWN;
        };
    }

    private Truth equal(Field left, Field right) {
        return extended ? left.matches(right) : left.value().same(right.value());
    }

    private Truth regex(Field left, Field right) {
        if (!left.known() || !right.known()) {
            return Truth.UNKNOWN;
        }
        return RegularExpression.find(right.value().raw(), left.value().raw(), true, false);
    }

    private Truth ordered(Field left, String operator, Field right) {
        if (!left.known() || !right.known()) {
            return Truth.UNKNOWN;
        }
        int order = left.value().raw().compareTo(right.value().raw());
        return Truth.of(operator.equals("<") ? order < 0 : order > 0);
    }

    private Truth compared(Field left, String operator, Field right) {
        Optional<Long> one = number(left);
        Optional<Long> two = number(right);
        if (one.isEmpty() || two.isEmpty()) {
            // A word that is not a number is an error, so the test fails.
            boolean error = !extended && (isWord(left) || isWord(right));
            return error ? Truth.FALSE : Truth.UNKNOWN;
        }
        int order = Long.compare(one.get(), two.get());
        return switch (operator) {
            case "-eq" -> Truth.of(order == 0);
            case "-ne" -> Truth.of(order != 0);
            case "-lt" -> Truth.of(order < 0);
            case "-le" -> Truth.of(order <= 0);
            case "-gt" -> Truth.of(order > 0);
            default -> Truth.of(order >= 0);
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

    private Truth unary(String operator, Field operand) {
        return switch (operator) {
            case "-n" -> operand.value().isEmpty().not();
            case "-z" -> operand.value().isEmpty();
            case "-v" ->
                operand.known() && ShellVariable.isName(operand.text())
                        ? isSet(shell.lookup(operand.text()))
                        : Truth.UNKNOWN;
            default -> FILE_TESTS.contains(operator) ? file(operator, operand) : Truth.UNKNOWN;
        };
    }

    private static Truth isSet(ShellVariable variable) {
        Truth empty = variable.value().map(Text::isEmpty).orElse(Truth.TRUE);
        return empty.isUnknown() ? empty : Truth.of(variable.value().isPresent());
    }

    private Truth file(String operator, Field operand) {
        if (operand.known() && operand.value().raw().isEmpty()) {
            return Truth.FALSE;
        }
        // A pattern may match several files, or none.
        Optional<ContainerPath> path =
                operand.isExact() || extended ? shell.path(new Field(operand.value(), null, null)) : Optional.empty();
        if (path.isEmpty() || operator.equals("-t")) {
            return Truth.UNKNOWN;
        }
        if (path.get().isAtOrBelow(ContainerPath.of("/proc")) || path.get().isAtOrBelow(ContainerPath.of("/dev"))) {
            return Truth.UNKNOWN;
        }
        boolean link = operator.equals("-L") || operator.equals("-h");
        FileStatus entry = shell.host().entry(path.get(), !link);
        if (entry.is(EntryKind.UNKNOWN)) {
            // Nothing below a read-only root is writable, whether it exists or not.
            return operator.equals("-w") ? shell.host().writable(operand, call) : Truth.UNKNOWN;
        }
        if (entry.is(EntryKind.MISSING)) {
            return Truth.FALSE;
        }
        Integer mode = entry.mode();
        return switch (operator) {
            case "-e", "-a" -> Truth.TRUE;
            case "-d" -> Truth.of(entry.is(EntryKind.DIRECTORY));
            case "-f" -> Truth.of(entry.is(EntryKind.FILE));
            case "-L", "-h" -> Truth.of(entry.is(EntryKind.SYMLINK));
            case "-s" -> entry.is(EntryKind.DIRECTORY) ? Truth.TRUE : entry.filled();
            case "-b", "-c", "-p", "-S" -> Truth.FALSE;
            case "-u" -> mode == null ? Truth.UNKNOWN : Truth.of((mode & 04000) != 0);
            case "-g" -> mode == null ? Truth.UNKNOWN : Truth.of((mode & 02000) != 0);
            case "-k" -> mode == null ? Truth.UNKNOWN : Truth.of((mode & 01000) != 0);
            case "-x" -> executable(entry);
            case "-r" ->
                shell.host()
                                .id("u", Optional.empty())
                                .known()
                                .filter("0"::equals)
                                .isPresent()
                        ? Truth.TRUE
                        : Truth.UNKNOWN;
            case "-w" -> shell.host().writable(operand, call);
            default -> Truth.UNKNOWN;
        };
    }

    /** Whether it is executable; unknown if only some users may run it. */
    private static Truth executable(FileStatus entry) {
        Integer mode = entry.mode();
        if (mode == null || entry.is(EntryKind.SYMLINK)) {
            return Truth.UNKNOWN;
        }
        return (mode & 0111) == 0111 ? Truth.TRUE : (mode & 0111) == 0 ? Truth.FALSE : Truth.UNKNOWN;
    }
}
