package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.Variables;
import io.github.readonlyrootfs.shell.Word;
import java.util.ArrayList;
import java.util.List;

/** Turns words as written into the words a command gets: variables, the home, field splitting; patterns stay. */
final class WordExpander {

    private final Shell shell;

    WordExpander(Shell shell) {
        this.shell = shell;
    }

    List<Field> expand(List<Word> words) {
        List<Field> fields = new ArrayList<>();
        for (Word word : words) {
            for (List<Word.Part> parts : shell.isBash() ? BraceExpansion.of(word) : List.of(word.parts())) {
                new Splitter(fields, true).expand(parts);
            }
        }
        return fields;
    }

    /** One word that stays one, as the value of an assignment does. */
    Field expandToOne(Word word) {
        List<Field> fields = new ArrayList<>();
        new Splitter(fields, false).expand(word.parts());
        return fields.isEmpty() ? Field.of("") : fields.get(0);
    }

    /** Collects the fields of one word. */
    private final class Splitter {

        private final List<Field> fields;
        private final boolean splitting;
        private StringBuilder text = new StringBuilder();
        private StringBuilder pattern = new StringBuilder();
        private boolean special;
        private boolean known = true;
        private boolean started;

        Splitter(List<Field> fields, boolean splitting) {
            this.fields = fields;
            this.splitting = splitting;
        }

        void expand(List<Word.Part> parts) {
            for (int i = 0; i < parts.size(); i++) {
                Word.Part part = parts.get(i);
                if (part instanceof Word.Literal literal) {
                    String written = literal.text();
                    if (i == 0 && !literal.quoted() && isHome(written, parts.size() == 1)) {
                        addHome();
                        written = written.substring(1);
                    }
                    started = true;
                    add(written, !literal.quoted());
                } else if (part instanceof Word.Variable variable) {
                    addVariable(variable);
                } else if (part instanceof Word.Substitution substitution) {
                    addValue(new Substitutions(shell).evaluate(substitution.command()), substitution.quoted());
                }
            }
            end();
        }

        private boolean isHome(String written, boolean whole) {
            return written.startsWith("~/") || (whole && written.equals("~"));
        }

        private void addHome() {
            started = true;
            shell.home().ifPresentOrElse(home -> add(home, false), this::addUnknown);
        }

        private void addVariable(Word.Variable variable) {
            if (variable.name().equals("@") || variable.name().equals("*")) {
                addArguments(variable.quoted());
                return;
            }
            addValue(value(variable), variable.quoted());
        }

        private void addArguments(boolean quoted) {
            List<Field> arguments = shell.arguments();
            for (int i = 0; i < arguments.size(); i++) {
                if (i > 0) {
                    end();
                }
                addField(arguments.get(i), quoted);
            }
        }

        private void addValue(Field value, boolean quoted) {
            if (quoted) {
                started = true;
            }
            addField(value, quoted);
        }

        private void addField(Field value, boolean quoted) {
            if (!value.known()) {
                started = true;
                addUnknown();
            } else if (quoted || !splitting) {
                started |= quoted || !value.text().isEmpty();
                add(value.text(), false);
            } else {
                addSplit(value.text());
            }
        }

        private void addSplit(String value) {
            int start = 0;
            while (start < value.length()) {
                int end = start;
                while (end < value.length() && " \t\n".indexOf(value.charAt(end)) < 0) {
                    end++;
                }
                if (end > start) {
                    started = true;
                    add(value.substring(start, end), true);
                }
                if (end < value.length()) {
                    end();
                }
                start = end + 1;
            }
        }

        private void addUnknown() {
            known = false;
            special = true;
            pattern.append('*');
        }

        private void add(String added, boolean patterns) {
            if (known) {
                text.append(added);
            }
            for (int i = 0; i < added.length(); i++) {
                char c = added.charAt(i);
                // A bracket that nothing closes, as in `[ -d /x ]`, is no pattern.
                if (patterns && Glob.isSpecial(c) && (c != '[' || added.indexOf(']', i) > 0)) {
                    special = true;
                    pattern.append(c);
                } else {
                    pattern.append(Glob.escape(String.valueOf(c)));
                }
            }
        }

        private void end() {
            if (started) {
                fields.add(new Field(text.toString(), special ? pattern.toString() : null, known));
            }
            text = new StringBuilder();
            pattern = new StringBuilder();
            special = false;
            known = true;
            started = false;
        }
    }

    private Field value(Word.Variable variable) {
        Variables.State state = state(variable.name());
        boolean noValue =
                state.equals(GlobalScope.NO_VALUE) && variable.operator().matches(":?[-=]");
        if (state instanceof Variables.State.Unknown && !noValue) {
            return Field.unknown();
        }
        String value = state instanceof Variables.State.Set set ? set.value() : "";
        boolean unset = noValue || state instanceof Variables.State.Unset;
        boolean empty = value.isEmpty();
        return switch (variable.operator()) {
            case "" -> Field.of(value);
            case ":-" -> empty ? operand(variable) : Field.of(value);
            case "-" -> unset ? operand(variable) : Field.of(value);
            case ":+" -> empty ? Field.of("") : operand(variable);
            case "+" -> unset ? Field.of("") : operand(variable);
            case ":=" -> empty ? assigned(variable) : Field.of(value);
            case "=" -> unset ? assigned(variable) : Field.of(value);
            case ":?", "?" -> Field.of(value);
            default -> empty ? Field.of("") : Field.unknown();
        };
    }

    private Variables.State state(String name) {
        if (name.length() == 1 && Character.isDigit(name.charAt(0)) && !name.equals("0")) {
            int index = name.charAt(0) - '1';
            if (index >= shell.arguments().size()) {
                return new Variables.State.Unset();
            }
            Field argument = shell.arguments().get(index);
            return argument.isExact()
                    ? new Variables.State.Set(argument.text())
                    : new Variables.State.Unknown("an argument is not known");
        }
        if (!Word.isNamePart(name.charAt(0)) || name.equals("0")) {
            return new Variables.State.Unknown("only the shell knows $" + name);
        }
        Variables.State state = shell.lookup(name);
        if (state instanceof Variables.State.Unset && name.equals("HOME")) {
            return homeState();
        }
        if (state instanceof Variables.State.Unset && name.equals("PWD")) {
            return shell.directory()
                    .<Variables.State>map(directory -> new Variables.State.Set(directory.toString()))
                    .orElseGet(() -> new Variables.State.Unknown("the working directory is not known"));
        }
        return state;
    }

    private Variables.State homeState() {
        return shell.home()
                .<Variables.State>map(Variables.State.Set::new)
                .orElseGet(() -> new Variables.State.Unknown("the user's home is not known"));
    }

    private Field operand(Word.Variable variable) {
        return expandToOne(variable.operand());
    }

    private Field assigned(Word.Variable variable) {
        Field value = operand(variable);
        shell.assign(
                variable.name(),
                value.known()
                        ? new Variables.State.Set(value.text())
                        : new Variables.State.Unknown("its value is not known"));
        return value;
    }
}
