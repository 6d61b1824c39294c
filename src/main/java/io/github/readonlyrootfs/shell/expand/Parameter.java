// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code $name}, or any form of {@code ${…}}. */
final class Parameter {

    private static final Pattern ARGUMENT = Pattern.compile("[1-9]\\d{0,3}");

    /** Operators that ask whether a variable has a value. */
    private static final Set<String> ASKING = Set.of("-", "=", "+", "?", ":-", ":=", ":+", ":?");

    private final Word.Variable written;
    private final Expander expander;
    private final Shell shell;

    Parameter(Word.Variable written, Expander expander) {
        this.written = written;
        this.expander = expander;
        this.shell = expander.shell();
    }

    /** The fields of {@code ${!array[@]}}; empty if they are unknown, or the variable is another one. */
    static Optional<List<Field>> indices(Word.Variable written, Expander expander) {
        if (!written.operator().equals(Word.INDIRECT)) {
            return Optional.empty();
        }
        Optional<List<Text>> elements = written.subscript().matches("[@*]")
                ? expander.shell().lookup(written.name()).elements()
                : Optional.empty();
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        List<Field> indices = new ArrayList<>();
        for (int i = 0; i < elements.get().size(); i++) {
            indices.add(Field.of(Text.of(i)));
        }
        return Optional.of(indices);
    }

    /** Resolves {@code ${!name}}: the variable whose name is the value of the written one; empty if unknown. */
    static Optional<Word.Variable> direct(Word.Variable written, Expander expander) {
        String operator = written.operator();
        if (!operator.startsWith(Word.INDIRECT)) {
            return Optional.of(written);
        }
        Parameter name = new Parameter(
                new Word.Variable(written.name(), written.subscript(), "", written.operand(), written.quoted()),
                expander);
        return name.list().isPresent()
                ? Optional.empty()
                : name.field()
                        .value()
                        .known()
                        .filter(text -> text.matches("[A-Za-z_]\\w*|" + ARGUMENT))
                        .map(text -> new Word.Variable(
                                text,
                                "",
                                operator.substring(Word.INDIRECT.length()),
                                written.operand(),
                                written.quoted()));
    }

    /** All arguments, or all elements of an array; empty if it has one value. */
    Optional<List<Field>> list() {
        boolean arguments = written.name().equals("@") || written.name().equals("*");
        boolean elements =
                written.subscript().equals("@") || written.subscript().equals("*");
        if (!arguments && !elements) {
            return Optional.empty();
        }
        Optional<List<Field>> all = arguments ? shell.arguments() : elements();
        if (written.operator().equals(Word.LENGTH)) {
            return Optional.empty();
        }
        if (all.isEmpty()) {
            return Optional.of(List.of(Field.unknown()));
        }
        return switch (written.operator()) {
            case "" -> all;
            case ":" -> Optional.of(sliced(all.get(), arguments));
            case ":+", "+" -> all.get().isEmpty() ? all : Optional.of(List.of(operand()));
            case ":-", "-" -> all.get().isEmpty() ? Optional.of(List.of(operand())) : all;
            default ->
                Optional.of(all.get().stream()
                        .map(field -> new Field(changed(field.value()), null, field.location()))
                        .toList());
        };
    }

    private Optional<List<Field>> elements() {
        ShellVariable variable = shell.lookup(written.name());
        if (variable.elements().isPresent()) {
            return Optional.of(variable.elements().get().stream().map(Field::of).toList());
        }
        if (variable.value().isPresent() && !variable.value().get().isKnown()) {
            return Optional.empty();
        }
        return Optional.of(variable.value().map(Field::of).map(List::of).orElse(List.of()));
    }

    private record Slice(long from, long count) {}

    private List<Field> sliced(List<Field> all, boolean arguments) {
        Optional<Slice> slice = slice();
        if (slice.isEmpty()) {
            return List.of(Field.unknown());
        }
        // Arguments count from 1, and the shell's name is at 0.
        long start = Math.max(0, slice.get().from - (arguments ? 1 : 0));
        return all.stream().skip(start).limit(Math.max(0, slice.get().count)).toList();
    }

    /** The bounds of {@code :from:count}; empty if unknown. */
    private Optional<Slice> slice() {
        String[] bounds = expander.text(written.operand()).raw().split(":", 2);
        Optional<Long> from = new Arithmetic(shell).value(new Text(bounds[0]));
        Optional<Long> count = bounds.length < 2
                ? Optional.of((long) Integer.MAX_VALUE)
                : new Arithmetic(shell).value(new Text(bounds[1]));
        return from.flatMap(start -> count.map(length -> new Slice(start, length)));
    }

    Field field() {
        ShellVariable variable = variable();
        Text value = value(variable);
        return new Field(value, null, variable.location());
    }

    private ShellVariable variable() {
        String name = written.name();
        if (!written.subscript().isEmpty() && !written.operator().equals(Word.LENGTH)) {
            return shell.isBash()
                            && name.equals("BASH_SOURCE")
                            && written.subscript().equals("0")
                    ? source()
                    : element(shell.lookup(name));
        }
        if (ARGUMENT.matcher(name).matches()) {
            int index = Integer.parseInt(name) - 1;
            if (shell.arguments().isEmpty()) {
                return ShellVariable.UNKNOWN;
            }
            List<Field> arguments = shell.arguments().get();
            return index >= arguments.size()
                    ? ShellVariable.UNSET
                    : ShellVariable.inherited(
                            arguments.get(index).value(), arguments.get(index).location());
        }
        return switch (name) {
            case "#" -> known(shell.arguments().map(all -> Text.of(all.size())));
            case "?" -> known(shell.statusText());
            case "0" ->
                known(Optional.of(shell.name()).filter(text -> !text.isEmpty()).map(Text::of));
            case "BASH_SOURCE" -> shell.isBash() ? source() : shell.lookup(name);
            default -> Word.isNamePart(name.charAt(0)) ? shell.lookup(name) : ShellVariable.UNKNOWN;
        };
    }

    /** The name by which bash reads the script's file; unset if the text was given directly. */
    private ShellVariable source() {
        return expander.file().isEmpty()
                ? ShellVariable.UNSET
                : ShellVariable.inherited(Text.of(expander.file()), null);
    }

    private ShellVariable known(Optional<Text> text) {
        return ShellVariable.inherited(text.orElse(Text.UNKNOWN), null);
    }

    private ShellVariable element(ShellVariable array) {
        List<Text> elements =
                array.elements().orElseGet(() -> array.value().map(List::of).orElse(List.of()));
        Optional<Long> index = new Arithmetic(shell).value(Text.of(written.subscript()));
        if (index.isEmpty() || (array.elements().isEmpty() && array.value().isPresent())) {
            return ShellVariable.UNKNOWN;
        }
        long at = index.get() < 0 ? elements.size() + index.get() : index.get();
        return at >= 0 && at < elements.size()
                ? ShellVariable.inherited(elements.get((int) at), array.location())
                : ShellVariable.UNSET;
    }

    private Text value(ShellVariable variable) {
        String operator = written.operator();
        if (operator.equals(Word.LENGTH)) {
            return length(variable);
        }
        Text value = variable.value().orElse(Text.EMPTY);
        if (!ASKING.contains(operator)) {
            if (shell.nounset() && variable.value().isEmpty()) {
                return unset();
            }
            return operator.isEmpty() || variable.value().isEmpty() ? value : changed(value);
        }
        Truth lacks = operator.startsWith(":")
                ? value.isEmpty()
                : Truth.of(variable.value().isEmpty());
        if (variable.defaulted() && (operator.endsWith("-") || operator.endsWith("="))) {
            lacks = Truth.TRUE;
        }
        return switch (operator.charAt(operator.length() - 1)) {
            case '+' ->
                lacks.isUnknown()
                        ? either(Text.EMPTY)
                        : lacks.isTrue() ? Text.EMPTY : operand().value();
            case '?' -> required(value, lacks);
            case '=' -> lacks.isUnknown() ? Text.UNKNOWN : lacks.isTrue() ? assigned() : value;
            default ->
                lacks.isUnknown() ? either(value) : lacks.isTrue() ? operand().value() : value;
        };
    }

    /** One of two texts: unknown unless they are equal. */
    private Text either(Text one) {
        Text other = operand().value();
        return one.equals(other) ? one : Text.UNKNOWN;
    }

    /** A script that succeeds has set the variable. */
    private Text unset() {
        if (!shell.host().succeeds()) {
            expander.fail();
        }
        return Text.UNKNOWN;
    }

    private Text required(Text value, Truth lacks) {
        if (lacks.isTrue()) {
            expander.fail();
        }
        return value;
    }

    private Text assigned() {
        Text value = operand().value();
        if (Word.isNamePart(written.name().charAt(0))) {
            shell.assign(written.name(), value, expander.location(written.operand()));
        }
        return value;
    }

    private Field operand() {
        return expander.one(written.operand());
    }

    private Text length(ShellVariable variable) {
        boolean arguments = written.name().equals("@") || written.name().equals("*");
        if (arguments || !written.subscript().isEmpty()) {
            Optional<List<Field>> all = arguments ? shell.arguments() : elements();
            return all.map(list -> Text.of(list.size())).orElse(Text.UNKNOWN);
        }
        Text value = variable.value().orElse(Text.EMPTY);
        return value.isKnown() ? Text.of(value.raw().length()) : Text.UNKNOWN;
    }

    /** Applies an operator to a value that is set: {@code # ## % %% / // : ^ ^^ , ,,}. */
    private Text changed(Text value) {
        String operator = written.operator();
        return switch (operator) {
            case "#", "##", "%", "%%" -> TextChanges.trim(value, expander.one(written.operand()), operator);
            case "/", "//" ->
                shell.isBash() ? TextChanges.replace(value, written.operand(), expander, operator) : Text.UNKNOWN;
            case ":" ->
                slice().map(slice -> TextChanges.slice(value, slice.from, slice.count))
                        .orElse(Text.UNKNOWN);
            case "^", "^^", ",", ",," ->
                written.operand().parts().isEmpty() ? TextChanges.cased(value, operator) : Text.UNKNOWN;
            default -> Text.UNKNOWN;
        };
    }
}
