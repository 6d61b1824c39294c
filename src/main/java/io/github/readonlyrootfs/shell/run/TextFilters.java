// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.AwkProgram;
import io.github.readonlyrootfs.shell.text.Escapes;
import io.github.readonlyrootfs.shell.text.Field;
import io.github.readonlyrootfs.shell.text.LinePattern;
import io.github.readonlyrootfs.shell.text.SedScript;
import io.github.readonlyrootfs.shell.text.Text;
import io.github.readonlyrootfs.shell.text.VersionOrder;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Commands that print what files or their input hold, changed or not: {@code cat}, {@code cut}, {@code grep}, … */
final class TextFilters {

    /** Without zeros in front: of equal numbers there is one spelling. */
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9]\\d{0,8}");

    private final Call call;
    private final Shell shell;
    private final List<Field> words;
    private final StringBuilder letters = new StringBuilder();
    private final List<Field> operands = new ArrayList<>();
    private final Map<Character, Field> values = new HashMap<>();
    /** What {@code -e} is given, which counts each time. */
    private final List<Field> expressions = new ArrayList<>();

    private boolean understood = true;

    TextFilters(Call call) {
        this.call = call;
        this.shell = call.shell();
        this.words = call.arguments();
    }

    Status run(String name) {
        boolean grep = name.endsWith("grep");
        parse(
                name.equals("cat") || name.equals("tac") || name.equals("wc") || name.equals("uniq")
                        ? ""
                        : grep
                                ? "efmABC"
                                : name.equals("tr")
                                        ? ""
                                        : name.equals("sort") ? "ktoST" : name.equals("cut") ? "bcdf" : "nc");
        if (grep) {
            return grep(name);
        }
        if (name.equals("tr")) {
            return print(understood ? translated(call.streams().in().all()) : Text.UNKNOWN, Status.SUCCESS);
        }
        if (missing(operands)) {
            return print(Text.UNKNOWN, Status.FAILURE);
        }
        Text input = input(operands);
        Status status = operands.isEmpty() || input.isKnown() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
        if (name.equals("cat")) {
            return print(letters.length() == 0 ? input : Text.UNKNOWN, status);
        }
        if (!understood || !input.isKnown()) {
            return print(Text.UNKNOWN, status);
        }
        return print(
                switch (name) {
                    case "head" -> some(input, true);
                    case "tail" -> some(input, false);
                    case "tac" -> joined(reversed(input.lines()));
                    case "sort" -> sorted(input);
                    case "uniq" -> letters.length() == 0 ? distinct(input) : Text.UNKNOWN;
                    case "cut" -> cut(input);
                    case "wc" -> counted(input);
                    default -> Text.UNKNOWN;
                },
                status);
    }

    private Status print(Text text, Status status) {
        call.out().add(text);
        return status;
    }

    private void parse(String valued) {
        for (int i = 0; i < words.size(); i++) {
            Field word = words.get(i);
            String text = word.text();
            if (word.is("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                return;
            }
            if (text.startsWith("--")) {
                longOption(text);
            } else if (text.length() > 1 && text.startsWith("-") && !text.matches("-\\d+")) {
                i = letters(word, i, valued);
            } else if (text.matches("-\\d+")) {
                values.put('n', word.from(1));
            } else {
                operands.add(word);
            }
        }
    }

    private void longOption(String text) {
        switch (text) {
            case "--quiet", "--silent" -> letters.append('q');
            case "--ignore-case" -> letters.append('i');
            case "--fixed-strings" -> letters.append('F');
            case "--extended-regexp", "--regexp-extended" -> letters.append('E');
            case "--invert-match" -> letters.append('v');
            default -> understood = false;
        }
    }

    private int letters(Field word, int at, String valued) {
        for (int i = 1; i < word.text().length(); i++) {
            char letter = word.text().charAt(i);
            if (valued.indexOf(letter) < 0) {
                letters.append(letter);
                continue;
            }
            boolean attached = i + 1 < word.text().length();
            Field value = attached ? word.from(i + 1) : at + 1 < words.size() ? words.get(at + 1) : Field.unknown();
            values.put(letter, value);
            if (letter == 'e') {
                expressions.add(value);
            }
            return attached ? at : at + 1;
        }
        return at;
    }

    private boolean has(char letter) {
        return letters.indexOf(String.valueOf(letter)) >= 0;
    }

    private boolean missing(List<Field> files) {
        return files.stream()
                .filter(file -> !file.is("-"))
                .anyMatch(file -> shell.path(file).map(shell::lacks).orElse(false));
    }

    private Text input(List<Field> files) {
        if (files.isEmpty()) {
            return call.streams().in().all();
        }
        Text all = Text.EMPTY;
        for (Field file : files) {
            all = all.plus(
                    file.is("-")
                            ? call.streams().in().all()
                            : shell.path(file).map(shell::content).orElse(Text.UNKNOWN));
        }
        return all;
    }

    private Text some(Text input, boolean front) {
        if (values.containsKey('c')) {
            return Text.UNKNOWN;
        }
        Field number = values.getOrDefault('n', Field.of("10"));
        String text = number.text();
        List<Text> lines = input.lines();
        boolean fromThere = !front && text.startsWith("+");
        if (!number.isExact() || !text.matches("\\+?\\d{1,6}") || has('f')) {
            return Text.UNKNOWN;
        }
        int count = Math.min(lines.size(), Integer.parseInt(text.replace("+", "")));
        if (fromThere) {
            return joined(lines.subList(Math.max(0, count - 1), lines.size()));
        }
        return joined(front ? lines.subList(0, count) : lines.subList(lines.size() - count, lines.size()));
    }

    private static Text joined(List<Text> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.raw()).append('\n'));
        return new Text(text.toString());
    }

    private static List<Text> reversed(List<Text> lines) {
        List<Text> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        return reversed;
    }

    private Text sorted(Text input) {
        List<String> lines =
                new ArrayList<>(input.lines().stream().map(Text::raw).toList());
        boolean numeric = has('n')
                && lines.stream().allMatch(line -> INTEGER.matcher(line).matches());
        // Names that begin with a dot have an order of their own, and what begins with no number counts as 0.
        boolean versions = has('V') && lines.stream().noneMatch(line -> line.startsWith("."));
        if (!letters.toString().matches("[run]*|[ruV]*")
                || has('n') != numeric
                || has('V') != versions
                || !values.isEmpty()) {
            return Text.UNKNOWN;
        }
        lines.sort(
                numeric
                        ? Comparator.comparingInt(Integer::parseInt)
                        : versions ? VersionOrder.ORDER : Comparator.naturalOrder());
        if (has('r')) {
            Collections.reverse(lines);
        }
        return joined((has('u') ? lines.stream().distinct() : lines.stream())
                .map(Text::of)
                .toList());
    }

    private static Text distinct(Text input) {
        List<Text> lines = new ArrayList<>();
        for (Text line : input.lines()) {
            if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(line)) {
                lines.add(line);
            }
        }
        return joined(lines);
    }

    private Text counted(Text input) {
        if (!operands.isEmpty() && !letters.isEmpty()) {
            return Text.UNKNOWN;
        }
        return switch (letters.toString()) {
            case "l" -> Text.of(input.raw().chars().filter(c -> c == '\n').count() + "\n");
            case "c", "m" -> Text.of(input.raw().length() + "\n");
            case "w" ->
                Text.of(input.raw().isBlank() ? "0\n" : input.raw().strip().split("\\s+", -1).length + "\n");
            default -> Text.UNKNOWN;
        };
    }

    private Text cut(Text input) {
        Optional<List<int[]>> ranges = ranges(values.getOrDefault('f', values.getOrDefault('c', Field.unknown())));
        boolean fields = values.containsKey('f');
        String delimiter = values.getOrDefault('d', Field.of("\t")).text();
        if (ranges.isEmpty()
                || delimiter.length() != 1
                || !letters.toString().matches("s?")
                || values.containsKey('b')) {
            return Text.UNKNOWN;
        }
        boolean onlyDelimited = has('s');
        StringBuilder text = new StringBuilder();
        for (Text line : input.lines()) {
            if (fields && !line.raw().contains(delimiter)) {
                text.append(onlyDelimited ? "" : line.raw() + "\n");
            } else {
                String[] parts = line.raw().split(fields ? Pattern.quote(delimiter) : "", -1);
                text.append(String.join(fields ? delimiter : "", chosen(parts, ranges.get())))
                        .append('\n');
            }
        }
        return new Text(text.toString());
    }

    private static List<String> chosen(String[] parts, List<int[]> ranges) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            int number = i + 1;
            if (ranges.stream().anyMatch(range -> range[0] <= number && number <= range[1])) {
                chosen.add(parts[i]);
            }
        }
        return chosen;
    }

    private static Optional<List<int[]>> ranges(Field written) {
        List<int[]> ranges = new ArrayList<>();
        for (String part : written.isExact() ? written.text().split(",", -1) : new String[] {""}) {
            if (!part.matches("\\d{1,5}|\\d{1,5}-\\d{0,5}|-\\d{1,5}")) {
                return Optional.empty();
            }
            String[] ends = part.split("-", -1);
            int first = ends[0].isEmpty() ? 1 : Integer.parseInt(ends[0]);
            int last = ends.length < 2 ? first : ends[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(ends[1]);
            ranges.add(new int[] {first, last});
        }
        return Optional.of(ranges);
    }

    private Text translated(Text input) {
        Optional<String> one = operands.isEmpty()
                ? Optional.empty()
                : operands.get(0).value().known().flatMap(TextFilters::set);
        Optional<String> two = operands.size() < 2
                ? Optional.empty()
                : operands.get(1).value().known().flatMap(TextFilters::set);
        boolean deletes = letters.toString().equals("d");
        if (one.isEmpty() || (!deletes && two.isEmpty()) || !letters.toString().matches("d?")) {
            return Text.UNKNOWN;
        }
        StringBuilder text = new StringBuilder();
        for (char c : input.raw().toCharArray()) {
            int at = c == Text.HOLE ? -1 : one.get().indexOf(c);
            if (at < 0) {
                text.append(c);
            } else if (!deletes && !two.orElse("").isEmpty()) {
                String to = two.orElse("");
                text.append(to.charAt(Math.min(at, to.length() - 1)));
            }
        }
        return new Text(text.toString());
    }

    /** The characters of {@code a-z} or {@code [:upper:]}; empty for what is not understood. */
    private static Optional<String> set(String written) {
        String text = Escapes.printed(written)
                .replace("[:lower:]", "a-z")
                .replace("[:upper:]", "A-Z")
                .replace("[:digit:]", "0-9")
                .replace("[:space:]", " \t\n\r\f\u000b");
        if (text.contains("[:") || text.contains("[=")) {
            return Optional.empty();
        }
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i + 2 < text.length() && text.charAt(i + 1) == '-') {
                for (char c = text.charAt(i); c <= text.charAt(i + 2); c++) {
                    set.append(c);
                }
                i += 2;
            } else {
                set.append(text.charAt(i));
            }
        }
        return Optional.of(set.toString());
    }

    private Status grep(String name) {
        Optional<Field> expression = expressions.stream().findFirst();
        understood &= expressions.size() < 2;
        List<Field> files = new ArrayList<>(operands);
        if (expression.isEmpty() && !files.isEmpty()) {
            expression = Optional.of(files.remove(0));
        }
        boolean fixed = has('F') || name.equals("fgrep");
        boolean extended = has('E') || name.equals("egrep");
        String other = letters.toString().replaceAll("[qFEivxwsohnc]", "");
        boolean quiet = has('q');
        if (missing(files)) {
            return print(quiet ? Text.EMPTY : Text.UNKNOWN, Status.FAILURE);
        }
        if (expression.isEmpty()
                || !understood
                || !other.isEmpty()
                || values.containsKey('f')
                || values.containsKey('m')) {
            return print(quiet ? Text.EMPTY : Text.UNKNOWN, Status.UNKNOWN);
        }
        Text input = input(files);
        Optional<LinePattern> pattern = expression
                .get()
                .value()
                .known()
                .flatMap(text -> LinePattern.of(text, fixed, extended, has('i'), has('x'), has('w')));
        if (pattern.isEmpty()) {
            return print(quiet ? Text.EMPTY : Text.UNKNOWN, Status.UNKNOWN);
        }
        Matches matches = new Matches(pattern.get());
        input.lines().forEach(matches::add);
        boolean plain = files.size() < 2 && !has('o') && !has('n');
        Text lines = !plain || matches.unsure ? Text.UNKNOWN : joined(matches.found);
        if (has('c') && !quiet) {
            boolean counted = files.size() < 2 && !matches.unsure;
            call.out().add(counted ? Text.of(matches.found.size() + "\n") : Text.UNKNOWN);
        } else if (!quiet && (matches.unsure || !matches.found.isEmpty())) {
            call.out().add(lines);
        }
        return !matches.found.isEmpty() ? Status.SUCCESS : matches.unsure ? Status.UNKNOWN : Status.FAILURE;
    }

    /** The lines that match, as far as that can be determined. */
    private final class Matches {

        private final LinePattern pattern;
        private final List<Text> found = new ArrayList<>();
        private boolean unsure;

        Matches(LinePattern pattern) {
            this.pattern = pattern;
        }

        void add(Text line) {
            Truth matches = pattern.matches(line);
            if (matches.isUnknown()) {
                unsure = true;
            } else if (matches.isTrue() != has('v')) {
                found.add(line);
            }
        }
    }

    /** {@code sed} without {@code -i}, whose commands only substitute; empty where it writes files. */
    Optional<Status> sed() {
        boolean writes = words.stream().anyMatch(word -> word.text().matches("-[A-Za-z]*i.*|--in-place.*"));
        if (writes) {
            return Optional.empty();
        }
        parse("ef");
        List<Field> files = new ArrayList<>(operands);
        if (expressions.isEmpty() && !files.isEmpty()) {
            expressions.add(files.remove(0));
        }
        boolean known = expressions.stream().allMatch(Field::known);
        String text = String.join(
                "\n", expressions.stream().map(one -> one.value().raw()).toList());
        boolean plain = known && understood && letters.toString().matches("[Ernsu]*") && !values.containsKey('f');
        Optional<SedScript> script = plain ? SedScript.of(text, has('E') || has('r')) : Optional.empty();
        if (missing(files)) {
            return Optional.of(print(Text.UNKNOWN, Status.FAILURE));
        }
        Text input = input(files);
        return Optional.of(
                script.isEmpty()
                        ? print(Text.UNKNOWN, Status.ASSUMED_SUCCESS)
                        : print(script.get().apply(input, has('n')), Status.SUCCESS));
    }

    /** {@code awk} with a program that only prints. */
    Status awk() {
        Map<String, String> variables = new HashMap<>();
        String separator = " ";
        int at = 0;
        while (at < words.size()
                && words.get(at).text().startsWith("-")
                && !words.get(at).is("--")) {
            String letter = words.get(at)
                    .text()
                    .substring(0, Math.min(2, words.get(at).text().length()));
            boolean attached = words.get(at).text().length() > 2;
            Field value =
                    attached ? words.get(at).from(2) : at + 1 < words.size() ? words.get(at + 1) : Field.unknown();
            at += attached ? 1 : 2;
            int equals = value.text().indexOf('=');
            if (letter.equals("-F")) {
                separator = value.text().equals("t") ? "\t" : value.text();
            } else if (letter.equals("-v") && equals > 0) {
                variables.put(value.text().substring(0, equals), value.text().substring(equals + 1));
            } else {
                understood = false;
            }
            understood &= value.known();
        }
        at += at < words.size() && words.get(at).is("--") ? 1 : 0;
        List<Field> files = at < words.size() ? words.subList(at + 1, words.size()) : List.of();
        Optional<AwkProgram> program = understood && at < words.size()
                ? words.get(at).value().known().flatMap(text -> AwkProgram.of(text, variables))
                : Optional.empty();
        if (missing(files)) {
            return print(Text.UNKNOWN, Status.FAILURE);
        }
        Text input = input(files);
        String by = separator;
        Optional<String> printed = program.flatMap(
                known -> known.run(input.lines().stream().map(Text::raw).toList(), by));
        return print(
                printed.map(Text::of).orElse(Text.UNKNOWN),
                printed.isPresent() ? Status.SUCCESS : Status.ASSUMED_SUCCESS);
    }
}
