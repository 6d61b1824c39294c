package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.run.Place;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the values of variables into the words of a shell's text. */
final class Expander {

    private static final String BLANKS = " \t\n";

    /** A variable that is doubled often enough would fill any memory. */
    private static final int MAX_LENGTH = 128 * 1024;

    private final Scope scope;
    private final Place place;

    Expander(Scope scope, Place place) {
        this.scope = scope;
        this.place = place;
    }

    /** The words that these come to: an unquoted variable may bring in several, or none. */
    List<Argument> expand(List<Word> words) {
        List<Argument> arguments = new ArrayList<>();
        for (Word word : words) {
            new Splitter(arguments, place.of(word.start(), word.end()), true).expand(word.parts());
        }
        return arguments;
    }

    /** The one word that this comes to, as the value of an assignment and the target of a redirection do. */
    Argument expandToOne(Word word) {
        List<Argument> arguments = new ArrayList<>();
        Location location = place.of(word.start(), word.end());
        new Splitter(arguments, location, false).expand(word.parts());
        return arguments.isEmpty() ? Argument.of("", location) : arguments.get(0);
    }

    /** The value that {@link #expandToOne} makes. */
    Value<String> value(Word word) {
        Argument argument = expandToOne(word);
        return argument.complete()
                ? new Value.Known<>(argument.text(), argument.location())
                : new Value.Unknown<>("part of its value is not known", argument.location());
    }

    /** Collects what one word comes to. */
    private final class Splitter {

        private final List<Argument> arguments;
        private final Location written;
        private final boolean splitting;
        private final StringBuilder text = new StringBuilder();
        private boolean complete = true;
        private boolean started;
        /** Where all of the text so far comes from, if it is one variable. */
        private @Nullable Location origin;

        Splitter(List<Argument> arguments, Location written, boolean splitting) {
            this.arguments = arguments;
            this.written = written;
            this.splitting = splitting;
        }

        void expand(List<Word.Part> parts) {
            for (int i = 0; i < parts.size(); i++) {
                Word.Part part = parts.get(i);
                if (part instanceof Word.Literal literal) {
                    literal(literal, i == 0);
                } else if (part instanceof Word.Variable variable) {
                    variable(variable, parts.size() == 1);
                } else {
                    unknown();
                }
            }
            end();
        }

        private void literal(Word.Literal literal, boolean first) {
            String literalText = literal.text();
            started = true;
            origin = null;
            if (first && !literal.quoted() && (literalText.equals("~") || literalText.startsWith("~/"))) {
                Optional<String> home = scope.get("HOME").known();
                home.ifPresentOrElse(this::add, this::unknown);
                literalText = literalText.substring(1);
            }
            add(literalText);
        }

        private void variable(Word.Variable variable, boolean alone) {
            if (variable.name().equals("@") || variable.name().equals("*")) {
                Optional<List<Argument>> all = scope.arguments();
                if (all.isEmpty()) {
                    unknown();
                } else if (alone) {
                    arguments.addAll(all.get());
                } else {
                    all.get().forEach(argument -> {
                        add(argument.text());
                        complete &= argument.complete();
                    });
                }
                return;
            }
            value(variable, alone);
        }

        private void value(Word.Variable variable, boolean alone) {
            Value<String> value = Expander.this.value(variable);
            if (value instanceof Value.Unknown<String>) {
                unknown();
                return;
            }
            String known = value.known().orElse("");
            started |= variable.quoted();
            // What came in whole from elsewhere stands there.
            Location from = alone ? value.where().orElse(written) : null;
            if (variable.quoted() || !splitting) {
                started |= !known.isEmpty();
                origin = from;
                add(known);
                return;
            }
            int start = 0;
            while (start < known.length()) {
                int end = start;
                while (end < known.length() && BLANKS.indexOf(known.charAt(end)) < 0) {
                    end++;
                }
                if (end > start) {
                    started = true;
                    origin = from;
                    add(known.substring(start, end));
                }
                if (end < known.length()) {
                    end();
                }
                start = end + 1;
            }
        }

        private void add(String added) {
            if (text.length() + added.length() > MAX_LENGTH) {
                complete = false;
            }
            if (complete) {
                text.append(added);
            }
        }

        private void unknown() {
            started = true;
            complete = false;
        }

        private void end() {
            if (started) {
                arguments.add(new Argument(text.toString(), complete, origin == null ? written : origin));
            }
            text.setLength(0);
            complete = true;
            started = false;
            origin = null;
        }
    }

    private Value<String> value(Word.Variable variable) {
        Value<String> value = lookup(variable.name());
        if (value instanceof Value.Unknown<String> && !variable.operator().isEmpty()) {
            return value;
        }
        boolean unset = value.isAbsent();
        boolean empty = value.known().orElse("").isEmpty() && !value.isUnknown();
        return switch (variable.operator()) {
            case "", ":?", "?" -> value;
            case ":-", ":=" -> empty ? operand(variable) : value;
            case "-", "=" -> unset ? operand(variable) : value;
            case ":+" -> empty ? value : operand(variable);
            case "+" -> unset ? value : operand(variable);
            case "#", "##" -> trimmed(variable, value, true);
            case "%", "%%" -> trimmed(variable, value, false);
            default -> empty ? value : new Value.Unknown<>("only the shell knows it", written(variable));
        };
    }

    private Value<String> operand(Word.Variable variable) {
        Value<String> operand = value(variable.operand());
        if (variable.operator().endsWith("=") && operand.known().isPresent()) {
            scope.assign(variable.name(), operand, true, written(variable));
        }
        return operand;
    }

    /** {@code ${name#prefix}} and {@code ${name%suffix}}, where the operand is no pattern. */
    private Value<String> trimmed(Word.Variable variable, Value<String> value, boolean front) {
        Argument operand = expandToOne(variable.operand());
        if (value.isAbsent()) {
            return value;
        }
        if (!(value instanceof Value.Known<String> known)
                || !operand.complete()
                || operand.text().matches(".*[*?\\[].*")) {
            return new Value.Unknown<>("only the shell knows it", written(variable));
        }
        String text = known.value();
        String part = operand.text();
        boolean has = front ? text.startsWith(part) : text.endsWith(part);
        String rest =
                !has ? text : front ? text.substring(part.length()) : text.substring(0, text.length() - part.length());
        return new Value.Known<>(rest, known.location());
    }

    private Location written(Word.Variable variable) {
        return place.of(variable.operand().start(), variable.operand().end());
    }

    private Value<String> lookup(String name) {
        Location location = place.of(0, 0);
        if (name.length() == 1 && Character.isDigit(name.charAt(0)) && !name.equals("0")) {
            Optional<List<Argument>> arguments = scope.arguments();
            if (arguments.isEmpty()) {
                return new Value.Unknown<>("the script's arguments are not known", location);
            }
            int index = name.charAt(0) - '1';
            if (index >= arguments.get().size()) {
                return Value.absent();
            }
            Argument argument = arguments.get().get(index);
            return argument.complete()
                    ? new Value.Known<>(argument.text(), argument.location())
                    : new Value.Unknown<>("part of an argument is not known", argument.location());
        }
        if (name.equals("#")) {
            return scope.arguments()
                    .<Value<String>>map(all -> new Value.Known<>(String.valueOf(all.size()), location))
                    .orElseGet(() -> new Value.Unknown<>("the script's arguments are not known", location));
        }
        return Word.isNamePart(name.charAt(0)) && !name.equals("0")
                ? scope.get(name)
                : new Value.Unknown<>("only the shell knows it", location);
    }
}
