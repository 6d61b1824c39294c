// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.partial.Hole;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.WordReader;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.text.Escapes;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns words as written into the words a command gets: braces, the home, variables, substitutions, arithmetic, field
 * splitting, and the names of files if all entries of a directory are known.
 */
public final class Expander {

    /** The most words that a line is expanded to; the rest is unknown. */
    private static final int MAX_WORDS = 20_000;

    private final Shell shell;
    private final Place place;
    /** The file of the script that contains the words. */
    private final String file;

    private final Substituter substituter;

    /** Runs the commands that words substitute. */
    public interface Substituter {

        Text output(String command, int start);

        /** The path from which the output of {@code <(command)} can be read. */
        Text process(String command, int start);

        /** {@code ${name:?}} of a variable that is not set: the shell ends. */
        void fail();
    }

    public Expander(Shell shell, Script script, Substituter substituter) {
        this.shell = shell;
        this.place = script.place();
        this.file = script.file();
        this.substituter = substituter;
    }

    public Shell shell() {
        return shell;
    }

    String file() {
        return file;
    }

    /** A variable that must be set is not: the shell ends. */
    void fail() {
        substituter.fail();
    }

    public List<Field> expand(List<Word> words) {
        List<Field> fields = new ArrayList<>();
        for (Word word : words) {
            if (fields.size() > MAX_WORDS) {
                fields.add(Field.unknown());
                break;
            }
            if (word.parts().size() == 1
                    && word.parts().get(0) instanceof Word.Literal literal
                    && (literal.quoted() || isPlain(literal.text()))) {
                fields.add(new Field(Text.of(literal.text()), null, place.of(word.start(), word.end())));
                continue;
            }
            Optional<List<List<Word.Part>>> all = shell.isBash()
                    ? BraceExpansion.of(word, shell.host().effort())
                    : Optional.of(List.of(word.parts()));
            if (all.isEmpty()) {
                fields.add(new Field(BraceExpansion.beginning(word).plus(Text.UNKNOWN), null, location(word)));
                continue;
            }
            for (List<Word.Part> parts : all.get()) {
                List<Field> expanded = new ArrayList<>();
                new Splitter(expanded, place.of(word.start(), word.end()), true).expand(parts);
                expanded.forEach(field -> fields.addAll(files(field)));
            }
        }
        return fields;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{~".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Where a word is written. */
    public Location location(Word word) {
        return place.of(word.start(), word.end());
    }

    /** A word that is neither split nor matched against files, such as the value of an assignment. */
    public Field one(Word word) {
        List<Field> fields = new ArrayList<>();
        Location location = location(word);
        new Splitter(fields, location, false).expand(word.parts());
        return fields.isEmpty() ? new Field(Text.EMPTY, null, location) : fields.get(0);
    }

    public Text text(Word word) {
        return one(word).value();
    }

    /**
     * The text of a here-document. Its parts have no places of their own: their offsets are not offsets of the script.
     *
     * @param location where the command that reads it is
     */
    public Text document(String body, Location location) throws ShellSyntaxException {
        Script whole = new Script(body, List.of(), Place.whole(location), file);
        return new Expander(shell, whole, new Unplaced(substituter)).text(WordReader.document(body));
    }

    /** Runs the commands that a here-document substitutes; they have no offsets. */
    private record Unplaced(Substituter substituter) implements Substituter {

        @Override
        public Text output(String command, int start) {
            return substituter.output(command, -1);
        }

        @Override
        public Text process(String command, int start) {
            return substituter.process(command, -1);
        }

        @Override
        public void fail() {
            substituter.fail();
        }
    }

    private List<Field> files(Field field) {
        String pattern = field.pattern();
        if (pattern == null || !field.known() || shell.noglob()) {
            return pattern != null && shell.noglob() ? List.of(Field.of(field.value())) : List.of(field);
        }
        Optional<List<String>> names = new FileNames(shell).matching(pattern);
        if (names.isEmpty()) {
            return List.of(field);
        }
        return names.get().isEmpty()
                ? shell.nullglob() ? List.of() : List.of(new Field(field.value(), null, field.location()))
                : names.get().stream()
                        .map(name -> new Field(Text.of(name), null, field.location()))
                        .toList();
    }

    /** Collects the fields of one word. */
    private final class Splitter {

        private final List<Field> fields;
        private final Location written;
        private final boolean splitting;
        private StringBuilder text = new StringBuilder();
        private List<Hole> holes = new ArrayList<>();
        private StringBuilder pattern = new StringBuilder();
        private boolean special;
        private boolean started;
        /** Where the variable is set that all of the text so far comes from; null otherwise. */
        private @Nullable Location origin;

        Splitter(List<Field> fields, Location written, boolean splitting) {
            this.fields = fields;
            this.written = written;
            this.splitting = splitting;
        }

        void expand(List<Word.Part> parts) {
            for (int i = 0; i < parts.size(); i++) {
                Word.Part part = parts.get(i);
                if (part instanceof Word.Literal literal) {
                    literal(literal, i == 0, parts.size() == 1);
                } else if (part instanceof Word.Variable variable) {
                    variable(variable, parts.size() == 1);
                } else if (part instanceof Word.Substitution substitution) {
                    Text output = substituter.output(substitution.command(), substitution.start());
                    value(output.withoutLineEnds(), substitution.quoted(), null);
                } else if (part instanceof Word.Arithmetic arithmetic) {
                    value(new Arithmetic(shell).text(Expander.this.text(arithmetic.expression())), true, null);
                } else if (part instanceof Word.DollarQuoted quoted) {
                    started = true;
                    add(Text.of(shell.isBash() ? Escapes.ansi(quoted.text()) : "$" + quoted.text()), false);
                } else if (part instanceof Word.Piped piped) {
                    value(substituter.process(piped.command(), piped.start()), true, null);
                }
            }
            end();
        }

        private void literal(Word.Literal literal, boolean first, boolean whole) {
            String text = literal.text();
            if (first && !literal.quoted() && text.startsWith("~")) {
                int end = text.indexOf('/') < 0 ? text.length() : text.indexOf('/');
                String user = text.substring(1, end);
                if ((whole || end < text.length()) && user.matches("[\\w.-]*")) {
                    started = true;
                    add(user.isEmpty() ? shell.home() : home(user), false);
                    text = text.substring(end);
                }
            }
            started = true;
            add(Text.of(text), !literal.quoted());
        }

        private Text home(String user) {
            Text line = shell.host().account("passwd", user);
            if (line.raw().isEmpty()) {
                return Text.of("~" + user);
            }
            String[] fields = line.raw().split(":", -1);
            return fields.length == 7 ? new Text(fields[5]) : Text.UNKNOWN;
        }

        private void variable(Word.Variable variable, boolean alone) {
            Optional<List<Field>> indices = Parameter.indices(variable, Expander.this);
            if (indices.isPresent()) {
                list(indices.get(), variable);
                return;
            }
            Optional<Word.Variable> direct = Parameter.direct(variable, Expander.this);
            if (direct.isEmpty()) {
                value(Text.UNKNOWN, variable.quoted(), null);
                return;
            }
            Parameter parameter = new Parameter(direct.get(), Expander.this);
            Optional<List<Field>> list = parameter.list();
            if (list.isPresent()) {
                list(list.get(), direct.get());
                return;
            }
            Field value = parameter.field();
            value(value.value(), variable.quoted(), alone ? value.location() : null);
        }

        /** {@code $@} and {@code $*}: one field for each value, except for {@code "$*"}. */
        private void list(List<Field> values, Word.Variable variable) {
            boolean joined = variable.quoted()
                    && (variable.name().equals("*") || variable.subscript().equals("*"));
            for (int i = 0; i < values.size(); i++) {
                if (i > 0 && joined) {
                    Text separators = shell.lookup("IFS").value().orElse(Text.of(" "));
                    add(separators.slice(0, Math.min(1, separators.raw().length())), false);
                } else if (i > 0 && splitting) {
                    end();
                } else if (i > 0) {
                    add(Text.of(" "), false);
                }
                started |= variable.quoted();
                value(values.get(i).value(), variable.quoted(), values.get(i).location());
            }
            started |= joined;
        }

        private void value(Text value, boolean quoted, @Nullable Location from) {
            if (quoted || !splitting) {
                started |= quoted || !value.raw().isEmpty();
                origin = text.length() == 0 ? from : null;
                append(value, !quoted && !splitting);
            } else {
                // It may be nothing but separators.
                split(value.perhapsEmpty(), from);
            }
        }

        private void split(Text words, @Nullable Location from) {
            String value = words.raw();
            String separators = shell.lookup("IFS").value().flatMap(Text::known).orElse(" \t\n");
            int start = 0;
            int hole = 0;
            while (start < value.length()) {
                int end = start;
                int first = hole;
                while (end < value.length() && separators.indexOf(value.charAt(end)) < 0) {
                    hole += Text.isHole(value.charAt(end)) ? 1 : 0;
                    end++;
                }
                boolean separated = end < value.length() && !isBlank(value.charAt(end));
                if (end > start || (separated && !started)) {
                    started = true;
                    origin = text.length() == 0 ? from : null;
                    append(new Text(value.substring(start, end), words.holes().subList(first, hole)), true);
                }
                if (end < value.length()) {
                    end();
                    // Blanks next to a separator belong to it.
                    while (separated
                            && end + 1 < value.length()
                            && isBlank(value.charAt(end + 1))
                            && separators.indexOf(value.charAt(end + 1)) >= 0) {
                        end++;
                    }
                }
                start = end + 1;
            }
        }

        private boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\n';
        }

        private void add(Text added, boolean patterns) {
            origin = null;
            append(added, patterns);
        }

        private void append(Text part, boolean patterns) {
            String added = part.raw();
            shell.host().effort().spend(1L + added.length());
            if (text.length() + added.length() > Text.MAX_LENGTH
                    || shell.host().effort().isSpent()) {
                if (text.length() == 0 || text.charAt(text.length() - 1) != Text.HOLE) {
                    text.append(Text.HOLE);
                    holes.addAll(Text.UNKNOWN.holes());
                    pattern.append(Text.HOLE);
                }
                return;
            }
            text.append(added);
            holes.addAll(part.holes());
            int lastBracket = added.lastIndexOf(']');
            for (int i = 0; i < added.length(); i++) {
                char c = added.charAt(i);
                // An unclosed bracket, as in `[ -d /x ]`, is not a pattern.
                if (patterns && Glob.isSpecial(c) && (c != '[' || lastBracket > i)) {
                    special = true;
                    pattern.append(c);
                } else {
                    pattern.append(Glob.isEscaped(c) ? "\\" : "").append(c);
                }
            }
        }

        private void end() {
            if (started) {
                fields.add(new Field(
                        new Text(text.toString(), holes),
                        special ? pattern.toString() : null,
                        origin == null ? written : origin));
            }
            text = new StringBuilder();
            holes = new ArrayList<>();
            pattern = new StringBuilder();
            special = false;
            started = false;
            origin = null;
        }
    }
}
