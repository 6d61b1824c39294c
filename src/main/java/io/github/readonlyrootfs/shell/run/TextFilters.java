// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.program.SedCommand;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.AwkProgram;
import io.github.readonlyrootfs.shell.text.Escapes;
import io.github.readonlyrootfs.shell.text.LinePattern;
import io.github.readonlyrootfs.shell.text.VersionOrder;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Commands that print the content of files or of their input, changed or not: {@code cat}, {@code cut}, {@code grep}, …
 */
final class TextFilters {

    /** Without leading zeros: equal numbers are spelled alike. */
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9]\\d{0,8}");

    private final Call call;
    private final Shell shell;
    private final String program;
    private final Options options;

    /** @param program whose options {@code call} has */
    TextFilters(Call call, String program) {
        this.call = call;
        this.shell = call.shell();
        this.program = program;
        this.options = Options.of(program, call.arguments());
    }

    Status run() {
        if (program.equals("tr")) {
            return print(translated(call.streams().in().all()), Status.SUCCESS);
        }
        List<Field> files = options.operands();
        if (missing(files)) {
            return print(Text.UNKNOWN, Status.FAILURE);
        }
        Text input = input(files);
        Status status = files.isEmpty() || input.isKnown() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
        if (program.equals("cat")) {
            return print(options.hasOnly("") ? input : Text.UNKNOWN, status);
        }
        if (!input.isKnown()) {
            return print(Text.UNKNOWN, status);
        }
        return print(
                switch (program) {
                    case "head", "tail" -> some(input);
                    case "sort" -> sorted(input);
                    default -> cut(input);
                },
                status);
    }

    private Status print(Text text, Status status) {
        call.out().add(text);
        return status;
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

    /** The first or last lines, as many as {@code -n 5} or {@code -5} says, or all from one on. */
    private Text some(Text input) {
        Field number = call.arguments().stream()
                .filter(word -> word.text().matches("-\\d+"))
                .findFirst()
                .map(word -> word.from(1))
                .or(() -> options.value("n"))
                .orElse(Field.of("10"));
        String text = number.text();
        if (!number.isExact() || !text.matches("\\+?\\d{1,6}") || !options.hasOnly("nq0123456789")) {
            return Text.UNKNOWN;
        }
        List<Text> lines = input.lines();
        int count = Math.min(lines.size(), Integer.parseInt(text.replace("+", "")));
        if (program.equals("head")) {
            return joined(lines.subList(0, count));
        }
        return joined(
                lines.subList(text.startsWith("+") ? Math.max(0, count - 1) : lines.size() - count, lines.size()));
    }

    private static Text joined(List<Text> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.raw()).append('\n'));
        return new Text(text.toString());
    }

    private Text sorted(Text input) {
        List<String> lines =
                new ArrayList<>(input.lines().stream().map(Text::raw).toList());
        boolean numeric = options.has("n")
                && lines.stream().allMatch(line -> INTEGER.matcher(line).matches());
        // sort orders names that begin with a dot differently, and takes what does not begin with a number for 0.
        boolean versions = options.has("V") && lines.stream().noneMatch(line -> line.startsWith("."));
        if ((!options.hasOnly("run") && !options.hasOnly("ruV"))
                || options.has("n") != numeric
                || options.has("V") != versions) {
            return Text.UNKNOWN;
        }
        lines.sort(
                numeric
                        ? Comparator.comparingInt(Integer::parseInt)
                        : versions ? VersionOrder.ORDER : Comparator.naturalOrder());
        if (options.has("r")) {
            Collections.reverse(lines);
        }
        return joined((options.has("u") ? lines.stream().distinct() : lines.stream())
                .map(Text::of)
                .toList());
    }

    private Text cut(Text input) {
        Optional<List<int[]>> ranges = ranges(options.value("f", "c").orElse(Field.unknown()));
        boolean fields = options.has("f");
        String delimiter = options.value("d").orElse(Field.of("\t")).text();
        if (ranges.isEmpty() || delimiter.length() != 1 || !options.hasOnly("sdfc")) {
            return Text.UNKNOWN;
        }
        boolean onlyDelimited = options.has("s");
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
        Optional<String> one = set(0);
        Optional<String> two = set(1);
        boolean deletes = options.has("d");
        if (one.isEmpty() || (!deletes && two.isEmpty()) || !options.hasOnly("d")) {
            return Text.UNKNOWN;
        }
        StringBuilder text = new StringBuilder();
        for (char c : input.raw().toCharArray()) {
            int at = Text.isHole(c) ? -1 : one.get().indexOf(c);
            if (at < 0) {
                text.append(c);
            } else if (!deletes && !two.orElse("").isEmpty()) {
                String to = two.orElse("");
                text.append(to.charAt(Math.min(at, to.length() - 1)));
            }
        }
        return new Text(text.toString());
    }

    private Optional<String> set(int operand) {
        List<Field> sets = options.operands();
        return operand < sets.size() ? sets.get(operand).value().known().flatMap(TextFilters::set) : Optional.empty();
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

    Status grep(String name) {
        List<Field> expressions = new ArrayList<>(options.values("e"));
        List<Field> files = new ArrayList<>(options.operands());
        if (expressions.isEmpty() && !files.isEmpty()) {
            expressions.add(files.remove(0));
        }
        boolean quiet = options.has("q", "quiet", "silent");
        if (missing(files)) {
            return print(quiet ? Text.EMPTY : Text.UNKNOWN, Status.FAILURE);
        }
        boolean understood = options.hasOnly(
                "qFEivxwsohnceABC",
                "quiet",
                "silent",
                "ignore-case",
                "fixed-strings",
                "extended-regexp",
                "invert-match");
        Optional<LinePattern> pattern = understood && expressions.size() == 1
                ? expressions
                        .get(0)
                        .value()
                        .known()
                        .flatMap(text -> LinePattern.of(
                                text,
                                options.has("F", "fixed-strings") || name.equals("fgrep"),
                                options.has("E", "extended-regexp") || name.equals("egrep"),
                                options.has("i", "ignore-case"),
                                options.has("x"),
                                options.has("w")))
                : Optional.empty();
        if (pattern.isEmpty()) {
            return print(quiet ? Text.EMPTY : Text.UNKNOWN, Status.UNKNOWN);
        }
        Text input = input(files);
        Matches matches = new Matches(pattern.get());
        input.lines().forEach(matches::add);
        boolean plain = files.size() < 2 && !options.has("o", "n", "A", "B", "C");
        Text lines = !plain || matches.unsure ? Text.UNKNOWN : joined(matches.found);
        if (options.has("c") && !quiet) {
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
            } else if (matches.isTrue() != options.has("v", "invert-match")) {
                found.add(line);
            }
        }
    }

    /** Empty if it writes files. */
    Optional<Status> sed() {
        SedCommand sed = SedCommand.of(call.arguments());
        if (sed.inPlace()) {
            return Optional.empty();
        }
        if (missing(sed.files())) {
            return Optional.of(print(Text.UNKNOWN, Status.FAILURE));
        }
        Text input = input(sed.files());
        return Optional.of(
                sed.script().isEmpty()
                        ? print(Text.UNKNOWN, Status.ASSUMED_SUCCESS)
                        : print(sed.script().get().apply(input, sed.silent()), Status.SUCCESS));
    }

    /** {@code awk} with a program that only prints. */
    Status awk() {
        List<Field> operands = options.operands();
        Field separator = options.value("F").orElse(Field.of(" "));
        boolean understood = options.hasOnly("F") && separator.known() && !operands.isEmpty();
        Optional<AwkProgram> program =
                understood ? operands.get(0).value().known().flatMap(AwkProgram::of) : Optional.empty();
        List<Field> files = operands.subList(Math.min(1, operands.size()), operands.size());
        if (missing(files)) {
            return print(Text.UNKNOWN, Status.FAILURE);
        }
        Text input = input(files);
        Optional<String> printed = program.flatMap(known ->
                known.run(input.lines().stream().map(Text::raw).toList(), separator.is("t") ? "\t" : separator.text()));
        return print(
                printed.map(Text::of).orElse(Text.UNKNOWN),
                printed.isPresent() ? Status.SUCCESS : Status.ASSUMED_SUCCESS);
    }
}
