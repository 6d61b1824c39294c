// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.QuotedWords;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of a JVM, the weakest first: if one is given twice, the last one wins. {@code JAVA_TOOL_OPTIONS} is the weakest,
 * then come {@code JDK_JAVA_OPTIONS}, the command line, and {@code _JAVA_OPTIONS}.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html">the java command</a>
 */
public final class JvmOptions {

    private static final String DEFINE = "-D";

    /** From this version of Java on, the launcher reads {@code JDK_JAVA_OPTIONS}. */
    private static final int LAUNCHER_VARIABLE = 9;

    /**
     * Some of the options.
     *
     * @param arguments an incomplete argument may be any option with that beginning
     * @param gap why there may be further options, at any position
     */
    public record Part(List<Field> arguments, Optional<Value.Unknown<String>> gap) {

        static Part of(List<Field> arguments) {
            return new Part(List.copyOf(arguments), Optional.empty());
        }

        public static Part unknown(String reason, Location location) {
            return new Part(List.of(), Optional.of(new Value.Unknown<>(reason, location)));
        }

        /** These options without those that have one of some beginnings. */
        Part without(List<String> beginnings) {
            return new Part(
                    arguments.stream()
                            .filter(argument -> beginnings.stream().noneMatch(argument.text()::startsWith))
                            .toList(),
                    gap);
        }
    }

    private final List<Part> parts;

    private JvmOptions(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * The options of a JVM.
     *
     * @param launched whether the {@code java} launcher starts it: only the launcher reads {@code JDK_JAVA_OPTIONS}
     * @param commandLine the options from the launcher or a script, the weakest first
     */
    public static JvmOptions of(Environment environment, boolean launched, List<Part> commandLine) {
        return new JvmOptions(parts(environment, launched, commandLine));
    }

    /** The options of the JVM that a command starts, including those in files. */
    static JvmOptions of(Command command, Image image, List<Part> commandLine) {
        Environment environment = command.environment();
        boolean launched = JavaVersion.of(image, environment).orElse(LAUNCHER_VARIABLE) >= LAUNCHER_VARIABLE;
        OptionFiles files = new OptionFiles(command, image);
        List<Part> parts = parts(environment, launched, commandLine);
        for (int i = 0; i < parts.size(); i++) {
            boolean launcher = i > 0 && i < parts.size() - 1;
            parts.set(i, launcher ? files.ofLauncher(parts.get(i)) : files.ofJvm(parts.get(i)));
        }
        return new JvmOptions(parts);
    }

    /** The weakest first: the JVM itself reads the first and the last, the launcher those between. */
    private static List<Part> parts(Environment environment, boolean launched, List<Part> commandLine) {
        List<Part> parts = new ArrayList<>();
        parts.add(variable(environment, "JAVA_TOOL_OPTIONS"));
        if (launched) {
            parts.add(variable(environment, "JDK_JAVA_OPTIONS"));
        }
        parts.addAll(commandLine);
        parts.add(variable(environment, "_JAVA_OPTIONS"));
        return parts;
    }

    /**
     * The options in a variable, split as the JVM does, with quotes of both kinds. It is assumed that no environment file or other
     * unavailable source sets the variable; needs that are found with the options state that assumption.
     */
    static Part variable(Environment environment, String name) {
        Value<String> value = environment.getNamed(name);
        if (value instanceof Value.Unknown<String> unknown) {
            return Part.unknown("the value of " + name + " is not known: " + unknown.reason(), unknown.location());
        }
        return value instanceof Value.Known<String> known
                ? Part.of(split(known.value(), known.location()))
                : Part.of(List.of());
    }

    /** Splits a text into words as the JVM does. */
    static List<Field> split(String text, Location location) {
        List<Field> words = new ArrayList<>();
        for (String word : QuotedWords.of(text)) {
            words.add(Field.of(word, location));
        }
        return List.copyOf(words);
    }

    /** The options of a native executable, which reads no variables. */
    static JvmOptions ofExecutable(List<Field> options) {
        return new JvmOptions(List.of(Part.of(options)));
    }

    /** All options that are at least partly known, the weakest first. */
    public List<Field> arguments() {
        List<Field> arguments = new ArrayList<>();
        for (Part part : parts) {
            arguments.addAll(part.arguments());
        }
        return arguments;
    }

    /** Why there may be unknown options, as half a sentence; empty if all are known. */
    public Optional<String> incomplete() {
        for (Part part : parts) {
            if (part.gap().isPresent()) {
                return Optional.of(part.gap().get().reason());
            }
        }
        return Optional.empty();
    }

    /** The value of a system property that is set with {@code -D}. */
    public Value<String> property(String name) {
        return value(DEFINE + name + "=");
    }

    /** The text after a prefix, such as {@code -XX:ErrorFile=}, in the strongest option that has it. */
    public Value<String> value(String prefix) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            if (part.gap().isPresent()) {
                return part.gap().get();
            }
            for (int j = part.arguments().size() - 1; j >= 0; j--) {
                Field argument = part.arguments().get(j);
                if (argument.text().startsWith(prefix)) {
                    return argument.from(prefix.length()).value().at(argument.where());
                }
                if (!argument.known() && prefix.startsWith(argument.text())) {
                    return argument.value().first().equals(Text.UNKNOWN.first())
                            ? new Value.Unknown<>("not all options of the JVM are known", argument.where())
                            : argument.value().at(argument.where());
                }
            }
        }
        return Value.absent();
    }
}
