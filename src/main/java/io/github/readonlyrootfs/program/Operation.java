// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a command does to files, as far as {@code programs.txt} knows.
 *
 * @param program the first word
 * @param options those and the operands of the verb, if the program has verbs
 * @param effects in the order in which they happen
 * @param unknown why it may do something else; empty if this is all
 */
public record Operation(Field program, Options options, Text home, List<Effect> effects, Optional<Unknown> unknown) {

    /** A target with what its words get or lose at their ends. */
    private static final Pattern ENDING = Pattern.compile("([a-z-]*[a-z])([+%])(.+)");

    /** Why a command may do to files what nothing tells. */
    public enum Reason {
        /** Nothing is known of a program of this name. */
        PROGRAM,
        /** The program is known, but not with this option or verb. */
        OPTION,
        /** The program runs code or reads a script that is not followed. */
        CODE
    }

    /**
     * What is not known.
     *
     * @param word the program, option or verb
     */
    public record Unknown(Reason reason, Field word) {}

    /**
     * What a command does.
     *
     * @param words its program first
     * @param home of the user that runs it
     */
    public static Operation of(List<Field> words, Text home) {
        Field name = words.get(0);
        List<Field> arguments = words.subList(1, words.size());
        Optional<Program> program = Program.of(name);
        if (program.isEmpty()) {
            return new Operation(
                    name,
                    Options.of(OptionNames.NONE, arguments),
                    home,
                    List.of(),
                    Optional.of(new Unknown(Reason.PROGRAM, name)));
        }
        return program.get().operation(name, arguments, home);
    }

    /** Whether it changes files for good. */
    public boolean writes() {
        return effects.stream().anyMatch(effect -> effect.kind() != Effect.Kind.SCRATCH);
    }

    public boolean isProgram(String name) {
        return program.baseName().equals(name);
    }

    /** Whether one of these options is given, or one of these conditions holds. */
    boolean isOne(List<String> conditions) {
        for (String condition : conditions) {
            boolean holds = condition.startsWith("-")
                    ? options.has(List.of(OptionNames.name(condition)))
                    : condition.startsWith("operands=")
                            ? options.operands().size() == Integer.parseInt(condition.substring(9))
                            : condition.startsWith("operands>")
                                    ? options.operands().size() > Integer.parseInt(condition.substring(9))
                                    : isKnown();
            if (holds) {
                return true;
            }
        }
        return false;
    }

    private boolean isKnown() {
        return options.operands().stream().allMatch(Field::known);
    }

    /** The words that a target of a row stands for. */
    List<Field> target(String written) {
        Matcher ending = ENDING.matcher(written);
        if (!ending.matches()) {
            return named(written);
        }
        List<Field> named = named(ending.group(1));
        String end = ending.group(3);
        if (ending.group(2).equals("+")) {
            return named.stream().map(word -> word.plus(end)).toList();
        }
        return named.stream()
                .filter(word -> word.isExact() && word.text().endsWith(end))
                .map(word -> Field.of(word.text().substring(0, word.text().length() - end.length()))
                        .at(word.location()))
                .toList();
    }

    private List<Field> named(String target) {
        List<Field> operands = options.operands();
        int count = operands.size();
        if (target.startsWith("-")) {
            return options.values(OptionNames.name(target)).stream()
                    .filter(value -> !value.is(""))
                    .toList();
        }
        if (target.endsWith("=")) {
            return prefixed(target);
        }
        return switch (target) {
            case "operands" -> operands;
            case "first" -> operands.subList(0, Math.min(1, count));
            case "second" -> operands.subList(Math.min(1, count), Math.min(2, count));
            case "rest" -> operands.subList(Math.min(1, count), count);
            case "last" -> operands.subList(count < 2 ? count : count - 1, count);
            case "sources" -> operands.subList(0, Math.max(0, count - 1));
            case "cloned" -> count == 0 ? List.of() : List.of(cloned(operands.get(0)));
            case "?" -> List.of(program);
            default -> List.of(path(target));
        };
    }

    private List<Field> prefixed(String prefix) {
        List<Field> values = new ArrayList<>();
        for (Field operand : options.operands()) {
            if (operand.text().startsWith(prefix)) {
                values.add(operand.from(prefix.length()));
            }
        }
        return values;
    }

    private Field path(String written) {
        Text path = written.startsWith("~") ? home.plus(Text.of(written.substring(1))) : Text.of(written);
        return Field.of(path).at(program.location());
    }

    /** The directory that {@code git clone} makes for a URL. */
    private static Field cloned(Field url) {
        @Nullable Location location = url.location();
        return url.exact()
                .map(text ->
                        text.replaceFirst("/+$", "").replaceFirst("\\.git$", "").replaceFirst(".*[/:]", ""))
                .map(name -> Field.of(name).at(location))
                .orElseGet(() -> Field.unknown().at(location));
    }
}
