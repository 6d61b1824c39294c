// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script of {@code sed} that consists of simple commands: {@code s/one/two/g}, {@code /x/d}, {@code $a text}. */
public final class SedScript {

    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,6}|\\$)(?:,(\\d{1,6}|\\$))?\\s*");
    private static final Pattern TEXT = Pattern.compile("([aic])(?:\\\\\\n|\\\\|\\s+)([^\\n\\\\]*)(?:\\n|$)");

    /** Which lines a command applies to. */
    @FunctionalInterface
    private interface Address {
        Truth selects(Text line, int number, boolean last);
    }

    /**
     * A command.
     *
     * @param text what {@code a}, {@code i} and {@code c} insert
     * @param prints whether a line that {@code s} has changed is printed at once
     */
    private record Command(Address address, char name, UnaryOperator<String> change, String text, boolean prints) {}

    private final List<Command> commands = new ArrayList<>();
    private final boolean extended;
    private String rest;
    private boolean understood = true;

    private SedScript(String script, boolean extended) {
        this.rest = script.strip();
        this.extended = extended;
    }

    /** Reads a script; empty if it has other commands. */
    public static Optional<SedScript> of(String script, boolean extended) {
        SedScript read = new SedScript(script, extended);
        while (read.understood && !read.rest.isEmpty()) {
            read.command();
            read.rest = read.rest.replaceFirst("^[;\\s]+", "");
        }
        return read.understood ? Optional.of(read) : Optional.empty();
    }

    /**
     * What it prints for a text, or makes of a file.
     *
     * @param silent whether only its own commands print
     */
    public Text apply(Text input, boolean silent) {
        List<Text> lines = input.lines();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            Text line = lines.get(i);
            String behind = "";
            boolean deleted = line.raw().length() > LinePattern.MAX_LINE;
            if (deleted) {
                return Text.UNKNOWN;
            }
            for (int c = 0; c < commands.size() && !deleted; c++) {
                Command command = commands.get(c);
                Truth selected = command.address.selects(line, i + 1, i == lines.size() - 1);
                if (selected.isUnknown()) {
                    return Text.UNKNOWN;
                }
                if (selected.isTrue()) {
                    switch (command.name) {
                        case 's' -> {
                            Text changed = line.isKnown() ? Text.of(command.change.apply(line.raw())) : Text.UNKNOWN;
                            boolean prints = command.prints && !changed.equals(line);
                            line = changed;
                            out.append(prints ? line.raw() + "\n" : "");
                        }
                        case 'p' -> out.append(line.raw()).append('\n');
                        case 'a' -> behind += command.text + "\n";
                        case 'i' -> out.append(command.text).append('\n');
                        case 'c' -> {
                            out.append(command.text).append('\n');
                            deleted = true;
                        }
                        default -> deleted = true;
                    }
                }
            }
            out.append(deleted || silent ? "" : line.raw() + "\n").append(behind);
        }
        return new Text(out.toString());
    }

    private void command() {
        Address address = address();
        boolean negated = rest.startsWith("!");
        rest = negated ? rest.substring(1).stripLeading() : rest;
        Address selecting = negated
                ? (line, number, last) -> address.selects(line, number, last).not()
                : address;
        Matcher text = TEXT.matcher(rest);
        if (rest.matches("(?s)s[^\\w\\s\\\\].*")) {
            substitution(selecting);
        } else if (rest.matches("(?s)[dp]\\s*([;\\n].*|)")) {
            commands.add(new Command(selecting, rest.charAt(0), line -> line, "", false));
            rest = rest.substring(1);
        } else if (text.lookingAt()) {
            commands.add(new Command(selecting, rest.charAt(0), line -> line, text.group(2), false));
            rest = rest.substring(text.end());
        } else {
            understood = false;
        }
    }

    private Address address() {
        Matcher numbers = ADDRESS.matcher(rest);
        if (numbers.lookingAt()) {
            String first = numbers.group(1);
            String end = numbers.group(2);
            rest = rest.substring(numbers.end());
            return (line, number, last) -> Truth.of(
                    end == null ? isAt(first, number, last) : isFrom(first, number, last) && isUpTo(end, number));
        }
        if (!rest.startsWith("/")) {
            return (line, number, last) -> Truth.TRUE;
        }
        int end = end(rest, 1, '/');
        Optional<Pattern> pattern = end < 0
                ? Optional.empty()
                : RegularExpression.compile(unescaped(rest.substring(1, end), '/'), extended, false);
        understood &= pattern.isPresent();
        rest = end < 0 ? "" : rest.substring(end + 1).stripLeading();
        return (line, number, last) -> Truth.of(
                pattern.filter(found -> line.isKnown()),
                found -> found.matcher(line.raw()).find());
    }

    private static boolean isAt(String address, int number, boolean last) {
        return address.equals("$") ? last : Integer.parseInt(address) == number;
    }

    private static boolean isFrom(String address, int number, boolean last) {
        return address.equals("$") ? last : Integer.parseInt(address) <= number;
    }

    private static boolean isUpTo(String address, int number) {
        return address.equals("$") || number <= Integer.parseInt(address);
    }

    private void substitution(Address address) {
        char delimiter = rest.charAt(1);
        int middle = end(rest, 2, delimiter);
        int last = middle < 0 ? -1 : end(rest, middle + 1, delimiter);
        if (last < 0) {
            understood = false;
            return;
        }
        String pattern = unescaped(rest.substring(2, middle), delimiter);
        String replacement = unescaped(rest.substring(middle + 1, last), delimiter);
        int flagsEnd = last + 1;
        while (flagsEnd < rest.length() && ";\n".indexOf(rest.charAt(flagsEnd)) < 0) {
            flagsEnd++;
        }
        String flags = rest.substring(last + 1, flagsEnd).strip();
        rest = rest.substring(flagsEnd);
        Optional<Pattern> compiled =
                RegularExpression.compile(pattern, extended, flags.contains("i") || flags.contains("I"));
        understood &=
                compiled.isPresent() && flags.matches("[giIp]*") && !replacement.matches("(?s).*\\\\[A-Za-mo-su-z].*");
        boolean everywhere = flags.contains("g");
        compiled.ifPresent(found -> commands.add(new Command(
                address,
                's',
                line -> RegularExpression.replace(found, line, replacement, everywhere),
                "",
                flags.contains("p"))));
    }

    private static int end(String text, int from, char delimiter) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == delimiter) {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String text, char delimiter) {
        return delimiter == '|' || delimiter == '+' ? text : text.replace("\\" + delimiter, String.valueOf(delimiter));
    }
}
