// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The options and variables that name a file which a program creates: pid files, sockets, logs. {@code options.json} has those
 * of any program; {@code options} of an entry has those of its program, and {@code variable} the environment variable with more
 * options.
 */
public final class CommandOptions {

    /**
     * A file that an option or variable names.
     *
     * @param option the option or variable
     * @param value the file
     * @param what its purpose, such as {@code pid file}
     * @param kind whether it is a file
     */
    public record Setting(String option, Field value, String what, Impact impact, boolean createsParents, Kind kind) {}

    private record Meaning(String what, Impact impact, boolean createsParents, Kind kind, boolean certain) {

        static Meaning of(Json json, boolean certain) {
            return new Meaning(
                    json.get("what").string(),
                    json.get("impact").constant(Impact.class),
                    json.get("parents").isTrue(),
                    kind(json.get("names").text().orElse("file")),
                    certain);
        }

        private static Kind kind(String names) {
            return switch (names) {
                case "file" -> Kind.FILE;
                case "directory" -> Kind.DIRECTORY;
                case "existing-directory" -> Kind.ENTRIES;
                case "either" -> Kind.EITHER;
                default -> throw new IllegalArgumentException("nothing is called " + names);
            };
        }

        boolean isSocket() {
            return what.equals("socket");
        }
    }

    private record Variable(Pattern name, Meaning meaning) {}

    private static final Pattern PORT = Pattern.compile(".*:\\d+");
    /** A file name that is not an absolute path: other words may be streams or switches of the program. */
    private static final Pattern FILE_NAME = Pattern.compile("[\\w./-]*(/[\\w.-]+|\\.(pid|sock|socket|log|fifo))");

    private static final String UNIX = "unix:";

    /** Linux system calls accept no longer paths. */
    private static final int MAX_PATH = 4096;

    /** Loaded when it is first needed. */
    private static final class Known {

        static final Map<String, Meaning> ANY = new HashMap<>();
        static final Set<String> READERS = new HashSet<>();
        static final List<Variable> VARIABLES = new ArrayList<>();

        static {
            Json file = DataFiles.read(CommandOptions.class, "options.json").orElseThrow();
            add(ANY, file.get("any"), false);
            READERS.addAll(file.strings("readers"));
            for (Json variable : file.get("variables").elements()) {
                VARIABLES.add(
                        new Variable(Pattern.compile(variable.get("pattern").string()), Meaning.of(variable, false)));
            }
        }
    }

    private static void add(Map<String, Meaning> meanings, Json entries, boolean certain) {
        for (Json entry : entries.elements()) {
            Meaning meaning = Meaning.of(entry, certain);
            for (String option : entry.strings("options")) {
                meanings.put(option, meaning);
            }
        }
    }

    private CommandOptions() {}

    /** The files that a command's own options name. */
    public static List<Setting> of(Command command) {
        if (Known.READERS.contains(command.program())) {
            return List.of();
        }
        Map<String, Meaning> meanings = new HashMap<>(Known.ANY);
        List<Field> words = new ArrayList<>(command.arguments());
        for (Catalogue.Entry entry : Catalogue.about(Set.of(command.program()))) {
            Json json = entry.json();
            if (json.has("options") && json.strings("programs").contains(command.program())) {
                add(meanings, json.get("options"), true);
                Optional<String> variable = json.get("variable").text();
                if (variable.isPresent()) {
                    words.addAll(0, split(command.environment().get(variable.get())));
                }
            }
        }
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            int equals = text.indexOf('=');
            String option = equals < 0 ? text : text.substring(0, equals);
            Meaning meaning = meanings.get(option);
            if (meaning == null || !option.startsWith("-")) {
                continue;
            }
            Optional<Field> value = equals >= 0
                    ? Optional.of(words.get(i).from(equals + 1))
                    : words.get(i).known() && i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty();
            Optional<Field> file = value.isPresent() ? file(value.get(), meaning) : Optional.empty();
            if (file.isPresent()) {
                settings.add(setting(option, file.get(), meaning));
            }
        }
        return settings;
    }

    /** The files that variables name; only their names show whether a program reads them. */
    public static List<Setting> variables(Environment environment) {
        List<Setting> settings = new ArrayList<>();
        for (Map.Entry<String, Value<String>> entry : environment.named().entrySet()) {
            if (entry.getValue() instanceof Value.Known<String> known
                    && known.value().startsWith("/")) {
                Optional<Meaning> meaning = meaning(entry.getKey());
                Optional<Field> file = meaning.isPresent()
                        ? file(Field.of(known.value(), known.location()), meaning.get())
                        : Optional.empty();
                if (file.isPresent()) {
                    settings.add(setting(entry.getKey(), file.get(), meaning.get()));
                }
            }
        }
        return settings;
    }

    private static Setting setting(String option, Field file, Meaning meaning) {
        return new Setting(option, file, meaning.what(), meaning.impact(), meaning.createsParents(), meaning.kind());
    }

    private static Optional<Meaning> meaning(String variable) {
        for (Variable known : Known.VARIABLES) {
            if (known.name().matcher(variable).matches()) {
                return Optional.of(known.meaning());
            }
        }
        return Optional.empty();
    }

    private static List<Field> split(Value<String> options) {
        return options instanceof Value.Known<String> known
                ? List.of(known.value().strip().split("\\s+")).stream()
                        .map(word -> Field.of(word, known.location()))
                        .toList()
                : List.of();
    }

    /** The file that a value names; empty for a port, a stream, or an ambiguous text. */
    private static Optional<Field> file(Field value, Meaning meaning) {
        String text = value.text();
        if (text.length() > MAX_PATH) {
            return Optional.empty();
        }
        if (text.startsWith(UNIX)) {
            String path = text.substring(UNIX.length()).replaceFirst("^//(?=/)", "");
            return path.isEmpty() && value.known()
                    ? Optional.empty()
                    : Optional.of(Field.of(value.value().withPrefix(path.replaceFirst("\\?.*", "")), value.where()));
        }
        if (!value.known()) {
            // The value of a socket or a log may be a port or a stream.
            return text.startsWith("/") || meaning.what().equals("pid file") ? Optional.of(value) : Optional.empty();
        }
        boolean socketOfAny = meaning.isSocket() && !meaning.certain();
        boolean isFile = text.startsWith("/")
                ? text.matches("/[^\\s:;,$]*") && (!socketOfAny || text.endsWith(".sock"))
                : meaning.certain() && FILE_NAME.matcher(text).matches();
        return isFile && !PORT.matcher(text).matches() ? Optional.of(value) : Optional.empty();
    }
}
