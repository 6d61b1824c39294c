package io.github.readonlyrootfs;

import io.github.readonlyrootfs.rule.Finding;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files to which the help of a finding is applied, word by word, as somebody would who pastes it. What is quoted within
 * a sentence goes where its line begins or behind its dash; what stands on lines of its own is pasted as it is.
 */
record Edited(Map<String, String> files) {

    private static final String CODE = "`([^`]+)`";
    private static final String LINE = "line (\\d+)(?:, column (\\d+))?(?: of ([\\w./-]*\\w))?";
    private static final String LINES = "lines? (\\d+)(?: to (\\d+))?(?:, column (\\d+))?(?: of ([\\w./-]*\\w))?";

    private static final Pattern PUT = Pattern.compile(
            "put (?:((?:" + CODE + "(?: and )?)+)|th[^`:]*) (above|below) " + LINE + "(?::\n((?s:.+))$)?");
    private static final Pattern PUT_BESIDE = Pattern.compile(
            "put (?:" + CODE + "|th[^`:]*) (in front of|behind) " + CODE + " in " + LINE + "(?::\n(.+)$)?");
    private static final Pattern ADD = Pattern.compile(
            "add (?:" + CODE + "|th[^`:]*) to the (`\\w+`|mount point|tmpfs|entry) in " + LINE + "(?::\n(.+)$)?");
    private static final Pattern ADD_ELEMENT = Pattern.compile("add " + CODE + " to the (<\\w+>) in " + LINE);
    private static final Pattern ADD_TO_CONTAINER =
            Pattern.compile("add (?:" + CODE + "|th[^`:]*) to container ([\\w-]+)(?::\n(.+)$)?");
    private static final Pattern SET =
            Pattern.compile("set (?:" + CODE + "|th[^`:]*) in " + LINES + "(?::\n((?s:.+))$)?");
    private static final Pattern REMOVE = Pattern.compile("remove " + CODE + " from " + LINES);
    private static final Pattern REMOVE_ENTRY = Pattern.compile("remove the (?:mount point|tmpfs|entry) in " + LINE);
    private static final Pattern REMOVE_LINES = Pattern.compile("remove lines (\\d+) to (\\d+)(?: of ([\\w./-]*\\w))?");

    private static final Pattern WRITE_INSTEAD =
            Pattern.compile("write " + CODE + " instead of " + CODE + " in " + LINE);
    private static final Pattern WRITE_LINE = Pattern.compile("write `([A-Z]+ [^`]+)` in " + LINE);
    private static final Pattern WRITE_VALUE = Pattern.compile("^write (true|false) without quotes$");
    private static final Pattern WRITE_HERE =
            Pattern.compile("^write " + CODE + "(?: in line \\d+, letter for letter)?$");
    private static final Pattern REMOVE_PATH = Pattern.compile("remove `(/[^`]*)` in " + LINE);
    private static final Pattern MOVE_LINE = Pattern.compile("move this RUN above " + LINE);

    /** The files with every edit that the help asks for; the lowest line first, so that numbers stay true. */
    Edited with(Finding finding) {
        return applying(finding).orElseThrow(() -> new AssertionError("nothing to apply in: " + finding.help()));
    }

    /** The same; empty where the help leaves to a person what exactly is to be written. */
    Optional<Edited> applying(Finding finding) {
        Application application = new Application(new TreeMap<>(files), finding);
        application.apply();
        return application.edits.isEmpty() ? Optional.empty() : Optional.of(new Edited(application.done()));
    }

    /** The edits of one help text; they are made from the last to the first. */
    private static final class Application {

        private record TextEdit(String file, int start, int end, String text) {}

        private final Map<String, String> files;
        private final Finding finding;
        private final String own;
        private final String help;
        private final List<TextEdit> edits = new ArrayList<>();

        Application(Map<String, String> files, Finding finding) {
            this.files = files;
            this.finding = finding;
            this.own = finding.location().file();
            // Of two edits that would do, the first.
            this.help = finding.help().split("(?:[,;] |\n)or (?=[a-z]+ )", 2)[0];
        }

        Map<String, String> done() {
            edits.sort((one, other) -> Integer.compare(other.start(), one.start()));
            for (TextEdit edit : edits) {
                String text = files.get(edit.file());
                files.put(edit.file(), text.substring(0, edit.start()) + edit.text() + text.substring(edit.end()));
            }
            return files;
        }

        void apply() {
            for (Matcher m = PUT.matcher(help); m.find(); ) {
                put(m);
            }
            for (Matcher m = PUT_BESIDE.matcher(help); m.find(); ) {
                String file = file(m.group(6));
                int at = find(file, number(m, 4), m.group(5), m.group(3));
                String code = m.group(1) == null ? m.group(7) : m.group(1);
                boolean front = m.group(2).equals("in front of");
                int offset = front ? at : at + m.group(3).length();
                edit(file, offset, offset, front ? code + " " : code);
            }
            for (Matcher m = ADD.matcher(help); m.find(); ) {
                String file = file(m.group(5));
                String code = m.group(1) == null ? m.group(6) : m.group(1);
                add(file, m.group(2), number(m, 3), m.group(4), code);
            }
            for (Matcher m = ADD_ELEMENT.matcher(help); m.find(); ) {
                String file = file(m.group(5));
                int at = find(file, number(m, 3), m.group(4), m.group(2))
                        + m.group(2).length();
                edit(file, at, at, m.group(1));
            }
            for (Matcher m = ADD_TO_CONTAINER.matcher(help); m.find(); ) {
                Matcher name = Pattern.compile("[{ ](?=\"?[Nn]ame\"?: \"?" + m.group(2) + "\\b)")
                        .matcher(files.get(own));
                require(name.find(), "no container " + m.group(2));
                String code = m.group(1) == null ? m.group(3) : m.group(1);
                edit(own, name.end(), name.end(), code + ", ");
            }
            for (Matcher m = SET.matcher(help); m.find(); ) {
                set(m);
            }
            for (Matcher m = REMOVE.matcher(help); m.find(); ) {
                remove(m);
            }
            for (Matcher m = REMOVE_ENTRY.matcher(help); m.find(); ) {
                removeEntry(m);
            }
            for (Matcher m = REMOVE_LINES.matcher(help); m.find(); ) {
                String file = file(m.group(3));
                removeRange(file, lineStart(file, number(m, 1)), lineEnd(file, number(m, 2)));
            }
            inPlace();
        }

        private void put(Matcher m) {
            String file = file(m.group(6));
            int line = number(m, 4);
            String text = m.group(1) == null
                    ? m.group(7)
                    : String.join(
                            "\n",
                            Arrays.stream(m.group(1).split("`(?: and )?"))
                                    .filter(code -> !code.isEmpty())
                                    .map(code -> indent(file, line, code) + code)
                                    .toList());
            boolean above = m.group(3).equals("above");
            int at = above ? lineStart(file, line) : lineEnd(file, line);
            edit(file, at, at, above ? text + "\n" : "\n" + text);
        }

        /** Where the quoted text of a YAML file goes: in line with the dashes, or with the keys behind them. */
        private String indent(String file, int line, String code) {
            if (!isYaml(file)) {
                return "";
            }
            Matcher beginning = Pattern.compile(" *(?:- +)*").matcher(line(file, line));
            require(beginning.lookingAt(), "no beginning");
            String keys = " ".repeat(beginning.end());
            return code.startsWith("- ") ? beginning.group().replaceFirst("- .*", "") : keys;
        }

        private boolean isYaml(String file) {
            return !file.endsWith("Dockerfile")
                    && !files.get(file).stripLeading().matches("(?s)[{\\[].*");
        }

        /** To an object that has a line to itself, or to an array that has its key before it. */
        private void add(String file, String what, int line, String column, String code) {
            int from = column == null ? lineStart(file, line) : lineStart(file, line) + Integer.parseInt(column) - 1;
            String text = files.get(file);
            if (!what.startsWith("`")) {
                int open = text.indexOf('{', from);
                edit(file, open + 1, open + 1, code + ", ");
                return;
            }
            int key = text.indexOf(what.replace("`", ""), from);
            require(key >= 0 && key < lineEnd(file, line), "no " + what + " in line " + line);
            int close = endOfValue(text, text.indexOf('[', key)) - 1;
            edit(file, close, close, ", " + code);
        }

        private void set(Matcher m) {
            String file = file(m.group(5));
            int line = number(m, 2);
            int last = m.group(3) == null ? line : number(m, 3);
            String code = m.group(1) == null ? m.group(6) : m.group(1);
            String name = code.strip().replaceAll("^[\\\\\"]*(\\w+)(?s:.*)", "$1");
            Matcher key = Pattern.compile("(?<![\\w-])[\\\\\"']*" + name + "[\\\\\"']*\\s*:")
                    .matcher(files.get(file));
            int from = lineStart(file, line) + (m.group(4) == null ? 0 : Integer.parseInt(m.group(4)) - 1);
            require(key.find(from) && key.start() <= lineEnd(file, line), "no such key in line " + line);
            boolean block = isYaml(file)
                    && files.get(file)
                            .substring(lineStart(file, line), key.start())
                            .matches("[ -]*");
            int start = m.group(1) == null && block ? lineStart(file, line) : key.start();
            int end = block ? lineEnd(file, last) : endOfValue(files.get(file), key.end());
            edit(file, start, end, code);
        }

        private void remove(Matcher m) {
            String file = file(m.group(5));
            String code = m.group(1);
            int at = find(file, number(m, 2), m.group(4), code);
            String text = files.get(file);
            int end = at + code.length();
            boolean key = code.matches("[\\\\\"]*\\w+[\\\\\"]*")
                    && text.substring(end).matches("(?s)\"?\\s*:.*");
            if (key) {
                end = m.group(3) == null ? endOfValue(text, text.indexOf(':', end) + 1) : lineEnd(file, number(m, 3));
            }
            removeRange(file, at, end);
        }

        private void removeEntry(Matcher m) {
            String file = file(m.group(3));
            int from = lineStart(file, number(m, 1)) + (m.group(2) == null ? 0 : number(m, 2) - 1);
            int open = files.get(file).indexOf('{', from);
            boolean flow = open >= 0 && open <= lineEnd(file, number(m, 1));
            removeRange(
                    file, flow ? open : from, flow ? endOfValue(files.get(file), open) : lineEnd(file, number(m, 1)));
        }

        /** Takes the comma along that separated the removed text, and the line if nothing is left on it. */
        private void removeRange(String file, int from, int to) {
            String text = files.get(file);
            int start = from;
            int end = to;
            boolean bracket = text.substring(end).matches("(?s)\\s*[,}\\]].*")
                    || text.substring(0, end).endsWith(",");
            boolean blockLine =
                    isYaml(file) && !bracket && text.substring(0, start).matches("(?s).*\n[ -]*");
            if (!blockLine) {
                Matcher after = Pattern.compile("\\s*,[ \\t]*").matcher(text).region(end, text.length());
                Matcher before = Pattern.compile("(?s).*(,\\s*)").matcher(text).region(0, start);
                boolean inside = text.substring(0, end).endsWith(",");
                if (after.lookingAt()) {
                    end = after.end();
                } else if (!inside && before.matches()) {
                    start = before.start(1);
                }
            }
            int lineStart = text.lastIndexOf('\n', start - 1) + 1;
            int lineEnd = text.indexOf('\n', end) < 0 ? text.length() : text.indexOf('\n', end);
            if (text.substring(lineStart, start).isBlank()
                    && text.substring(end, lineEnd).isBlank()
                    && lineEnd < text.length()) {
                edit(file, lineStart, lineEnd + 1, "");
            } else {
                edit(file, start, end, "");
            }
        }

        /** Edits of the very place that the finding is at, or of a path that the line names. */
        private void inPlace() {
            Location place = finding.location();
            for (Matcher m = WRITE_INSTEAD.matcher(help); m.find(); ) {
                String file = file(m.group(5));
                int at = find(file, number(m, 3), m.group(4), m.group(2));
                edit(file, at, at + m.group(2).length(), m.group(1));
            }
            for (Matcher m = WRITE_LINE.matcher(help); m.find(); ) {
                String file = file(m.group(4));
                edit(file, lineStart(file, number(m, 2)), lineEnd(file, number(m, 2)), m.group(1));
            }
            for (Matcher m = WRITE_VALUE.matcher(help); m.find(); ) {
                edit(own, offset(place.line(), place.column()), offset(place.endLine(), place.endColumn()), m.group(1));
            }
            for (Matcher m = WRITE_HERE.matcher(help); m.find(); ) {
                int start = offset(place.line(), place.column());
                int end = offset(place.endLine(), place.endColumn());
                Matcher quote = Pattern.compile("[\\\\\"']*").matcher(files.get(own));
                require(quote.region(start, end).lookingAt(), "no place");
                edit(own, start, end, quote.group() + m.group(1) + quote.group());
            }
            for (Matcher m = REMOVE_PATH.matcher(help); m.find(); ) {
                int line = number(m, 2);
                String without =
                        line(own, line).replaceFirst("(?<=\\s)" + Pattern.quote(m.group(1)) + "/?(?=\\s|$)", "");
                require(!without.equals(line(own, line)), "no " + m.group(1) + " in line " + line);
                boolean gone = without.strip().equals("VOLUME");
                edit(own, lineStart(own, line), lineEnd(own, line) + (gone ? 1 : 0), gone ? "" : without);
            }
            for (Matcher m = MOVE_LINE.matcher(help); m.find(); ) {
                int line = place.line();
                int to = lineStart(own, number(m, 1));
                edit(own, to, to, line(own, line) + "\n");
                edit(own, lineStart(own, line), lineEnd(own, line) + 1, "");
            }
        }

        private void edit(String file, int start, int end, String text) {
            edits.add(new TextEdit(file, start, end, text));
        }

        private String file(String named) {
            return named == null ? own : named;
        }

        private static int number(Matcher m, int group) {
            return Integer.parseInt(m.group(group));
        }

        private int lineStart(String file, int line) {
            int at = 0;
            for (int i = 1; i < line; i++) {
                at = files.get(file).indexOf('\n', at) + 1;
                require(at > 0, "no line " + line + " in " + file);
            }
            return at;
        }

        private int lineEnd(String file, int line) {
            int end = files.get(file).indexOf('\n', lineStart(file, line));
            return end < 0 ? files.get(file).length() : end;
        }

        private String line(String file, int line) {
            return files.get(file).substring(lineStart(file, line), lineEnd(file, line));
        }

        private int offset(int line, int column) {
            return lineStart(own, line) + column - 1;
        }

        private int find(String file, int line, String column, String what) {
            int from = lineStart(file, line) + (column == null ? 0 : Integer.parseInt(column) - 1);
            int at = files.get(file).indexOf(what, from);
            require(at >= 0 && at <= lineEnd(file, line), "line " + line + " has no " + what);
            boolean once = files.get(file).indexOf(what, at + 1) < 0
                    || files.get(file).indexOf(what, at + 1) >= lineEnd(file, line);
            require(column != null || once, "line " + line + " has " + what + " more than once");
            return at;
        }

        /** Where a value in brackets, in quotes or of a single word ends. */
        private static int endOfValue(String text, int start) {
            int depth = 0;
            for (int i = start; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i = text.startsWith("\\\"", i) ? text.indexOf("\\\"", i + 2) + 1 : i + 1;
                } else if (c == '"') {
                    i = text.indexOf('"', i + 1);
                } else if (c == '{' || c == '[') {
                    depth++;
                } else if (c == '}' || c == ']') {
                    if (--depth <= 0) {
                        return depth < 0 ? text.substring(0, i).stripTrailing().length() : i + 1;
                    }
                } else if (depth == 0
                        && (c == ',' || (c == '\n' && !text.substring(start, i).isBlank()))) {
                    return text.substring(0, i).stripTrailing().length();
                }
            }
            return text.length();
        }

        private void require(boolean condition, String otherwise) {
            if (!condition) {
                throw new AssertionError(otherwise + ", in: " + help);
            }
        }
    }
}
