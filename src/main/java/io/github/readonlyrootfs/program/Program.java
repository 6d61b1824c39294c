// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Operation.Reason;
import io.github.readonlyrootfs.program.Operation.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A program, or a verb of one, as {@code programs.txt} describes it. */
public final class Program {

    /** The version that distributions put behind a name: {@code python3.11}, {@code php-fpm8.2}, {@code gcc-12}. */
    private static final Pattern VERSION = Pattern.compile("-?\\d[\\d.]*$");

    private static final Pattern PYTHON = Pattern.compile("python[\\d.]*");

    private final OptionNames options;
    private final List<EffectRow> effects = new ArrayList<>();
    private final Map<String, Program> verbs = new HashMap<>();
    private boolean prints;
    private final List<EffectRow.Condition> silent = new ArrayList<>();
    private Optional<Wrapper> wrapper = Optional.empty();

    private Program(OptionNames options) {
        this.options = options;
    }

    /** The rows as text, each read when its program is first asked for. */
    private static final class Table {

        static final Map<String, List<String>> ROWS = new HashMap<>();
        static final Set<String> VERBS = new HashSet<>();
        static final Map<String, Program> READ = new ConcurrentHashMap<>();

        static {
            List<String> row = List.of();
            for (String line : DataFiles.lines(Program.class, "programs.txt")) {
                if (line.charAt(0) != ' ' && line.charAt(0) != '>') {
                    row = new ArrayList<>();
                    for (String name : names(line)) {
                        ROWS.put(name, row);
                    }
                }
                if (line.charAt(0) == '>') {
                    VERBS.addAll(names(line.substring(1)));
                }
                row.add(line);
            }
        }
    }

    private static List<String> names(String line) {
        return words(line.substring(0, line.indexOf(':')));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split(" ", -1));
    }

    /** The program of a command's first word. */
    static Optional<Program> of(Field word) {
        return word.isExact() ? named(word.baseName()) : Optional.empty();
    }

    /** The program of a name, with or without a version; empty if nothing is known of it. */
    static Optional<Program> named(String name) {
        Program read = Table.READ.get(name);
        if (read == null) {
            List<String> row = Table.ROWS.get(name);
            if (row == null) {
                String plain = VERSION.matcher(name).replaceFirst("");
                return plain.equals(name) || plain.isEmpty() ? Optional.empty() : named(plain);
            }
            read = read(row);
            Table.READ.put(name, read);
        }
        return Optional.of(read);
    }

    private static Program read(List<String> row) {
        Program program = new Program(options(row.get(0)));
        Program current = program;
        for (String line : row.subList(1, row.size())) {
            List<String> words = words(line);
            if (line.charAt(0) == '>') {
                current = new Program(options(line));
                for (String verb : names(line.substring(1))) {
                    program.verbs.put(verb, current);
                }
            } else if (words.get(0).equals("prints")) {
                current.prints = true;
            } else if (words.get(0).equals("silent")) {
                current.silent.add(EffectRow.Condition.of(words.subList(1, words.size())));
            } else if (words.get(0).equals("runs")) {
                current.wrapper = Optional.of(Wrapper.of(words, current.options));
            } else {
                current.effects.add(EffectRow.of(words));
            }
        }
        return program;
    }

    private static OptionNames options(String line) {
        return OptionNames.of(words(line.substring(line.indexOf(':') + 1)));
    }

    /** Whether there is a row for a name. */
    public static boolean isKnown(String name) {
        return named(name).isPresent();
    }

    /** {@code python -m gunicorn} is gunicorn; a module of the project is run by Python. */
    public static List<Field> ofModule(List<Field> words) {
        if (PYTHON.matcher(words.get(0).baseName()).matches()) {
            for (int i = 1; i + 1 < words.size() && words.get(i).text().startsWith("-"); i++) {
                if (words.get(i).is("-m") && isKnown(words.get(i + 1).text())) {
                    return words.subList(i + 1, words.size());
                }
            }
        }
        return words;
    }

    static boolean isVerb(String name) {
        return Table.VERBS.contains(name);
    }

    /** Whether a program changes nothing and prints what only the running system knows. */
    public static boolean onlyPrints(String name) {
        Optional<Program> program = named(name);
        return program.isPresent() && program.get().prints;
    }

    /** Whether a command prints nothing. */
    public static boolean isSilent(Operation command) {
        Options options = command.options();
        boolean outputIsFile = options.values("o", "output").stream().noneMatch(file -> file.is("-"));
        return outputIsFile
                && !options.has("v", "verbose")
                && of(command.program())
                        .filter(program -> program.silent.stream().anyMatch(condition -> condition.holds(command)))
                        .isPresent();
    }

    /** Whether a program writes files, with some options at least. */
    public static boolean mayWrite(String name) {
        Optional<Program> program = named(name);
        return program.isPresent() && !program.get().effects.isEmpty();
    }

    /** How a program runs its arguments; empty if it does not. */
    public static Optional<Wrapper> wrapper(String name) {
        Optional<Program> program = named(name);
        return program.isPresent() ? program.get().wrapper : Optional.empty();
    }

    OptionNames options() {
        return options;
    }

    /** Whether all letters of an option are listed, and only the last one takes a value; or the whole word is. */
    boolean lists(String letters) {
        return options.takes(letters) != null
                || IntStream.range(0, letters.length()).allMatch(i -> {
                    OptionNames.Takes takes = options.takes(letters.substring(i, i + 1));
                    return takes == OptionNames.Takes.NOTHING || (takes != null && i == letters.length() - 1);
                });
    }

    Operation operation(Field name, List<Field> arguments, Text home) {
        Options parsed = Options.of(options, arguments);
        if (verbs.isEmpty() || parsed.operands().isEmpty()) {
            return operation(name, parsed, home);
        }
        Field word = parsed.operands().get(0);
        Program verb = verbs.getOrDefault(word.exact().orElse("*"), verbs.get("*"));
        if (verb == null || !word.isExact()) {
            return new Operation(name, parsed, home, List.of(), Optional.of(new Unknown(Reason.OPTION, word)));
        }
        return verb.operation(name, parsed.verb(arguments, verb.options), home);
    }

    private Operation operation(Field name, Options parsed, Text home) {
        List<Effect> found = new ArrayList<>();
        Operation all = new Operation(name, parsed, home, List.of(), Optional.empty());
        for (EffectRow effect : effects) {
            effect.addTo(found, all);
        }
        boolean code = found.removeIf(effect -> effect.kind() == Effect.Kind.CODE);
        Unknown unknown = parsed.unknown().isPresent()
                ? new Unknown(Reason.OPTION, parsed.unknown().get())
                : code ? new Unknown(Reason.CODE, name) : null;
        return new Operation(name, parsed, home, List.copyOf(found), Optional.ofNullable(unknown));
    }
}
