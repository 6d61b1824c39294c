// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.program.OptionNames.Takes;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.QuotedWords;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which words of a command or a script may be shown: programs and verbs of {@code programs.txt}, words of {@code
 * shown-words.txt}, names of options and variables, paths, file names and short numbers; in quotes too, since shells run what
 * is in them; and elements of XML. Not what follows an option that may take a login, what is assigned unless it is a path, and comments.
 */
public final class CommandWords {

    private static final Map<String, Set<String>> ROWS = DataFiles.lines(CommandWords.class, "shown-words.txt").stream()
            .map(line -> line.split(":? "))
            .collect(Collectors.groupingBy(
                    row -> row[0],
                    Collectors.flatMapping(row -> Arrays.stream(row).skip(1), Collectors.toSet())));

    private static final Pattern TOKEN = Pattern.compile(
            "(?s)(?<comment>(?:(?<![^\\s\"'])|(?<=\\\\n))#[^\\n]*?(?=\\n|\\z|[\"'\\\\]{1,4}+\\s{0,2}+[>|;&,\\]])|<!--.*?(?:-->|\\z))"
                    + "|(?<element></?[A-Za-z][\\w.-]*+>)|(?<between><<<|\\\\\\n|:(?=[a-z]++=)|[;|&()`\\s\\[\\]{},<>])|(?<quote>\\\\*+[\"'])"
                    + "|\\$(?:\\{[#!]?(?<braced>\\w++|[@*#?!-])(?:(?<default>:?[-=+?])|[^}]*+)|(?<name>\\w++|[@*#?!-]))"
                    + "|(?<escape>\\\\++.?)|(?<plain>(?:(?!:[a-z]++=)[^\\s;|&()<>`\"'\\\\\\[\\]{},$])++)");

    /** What is hidden as one: texts in quotes and what is up to a blank, an operator or a quote that closes another. */
    private static final Pattern VALUE = Pattern.compile("(?s)(?:(?!\\\\*+[\"'](?:[\\s,;:|&)\\]}>]|$))"
            + "(\\\\*+[\"'])(?:.*?(?<!\\\\)\\1|.*+)|[^\\s;|&()<>`\"'\\\\]|\\\\++[^\"'])*+");

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*+)\\+?=(?!=)");

    /** The name of a variable; with other letters, it may be a password that begins with a dollar sign. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z_]+|[\\d@*#?!-]");

    /** Of the next word, what the tables know is shown. */
    private static final Pattern KNOWN = Pattern.compile("(?!)");

    /** Of the next word, only this is shown: variables and parts of a path, perhaps in quotes. */
    private static final Pattern ASSIGNED =
            Pattern.compile("\\\\*+\"?(?:\\$\\{?[A-Z_]+}?|(?=[\\w.*-]*/)[\\w./*-]++)+\\\\*+\"?");

    /** Of the next word, only variables are shown. */
    private static final Pattern SECRET = Pattern.compile("\\\\*+\"?(?:\\$\\{?[A-Z_]+}?)+\\\\*+\"?");

    /** An option whose name is no value, and what ends the name. */
    private static final Pattern OPTION = Pattern.compile("(--[A-Za-z]+(?:[-.][A-Za-z]+)*+|-D[A-Za-z]+|"
            + String.join("|", row("option")) + "|-[\\w.-]+(?==))(?:[=:]|$)");

    /** Letters of options before a login or a password, unless the program's row says otherwise. */
    private static final String SECRET_LETTERS = "puHaPwKA";

    private static final Pattern SECRET_NAME =
            Pattern.compile(String.join("|", row("secret")), Pattern.CASE_INSENSITIVE);

    /** A number, a version, a size, a mode, a signal, a file, a class. */
    private static final Pattern HARMLESS =
            Pattern.compile("v?\\d{1,5}(?:[.-]\\d{1,5}){0,3}(?:/(?:tcp|udp))?|\\d{1,4}(?:[kKmMgG][bB]?|ms|s|m|h|d|%)"
                    + "|(?:[ugoa]*[+=-][rwxXst]+,?)+|SIG[A-Z]+|(?:[a-z][a-z0-9_]*+\\.)++[A-Z][\\w$]*+|@?[\\w.+/*%-]*\\.(?:"
                    + String.join("|", row("file")) + ")");

    private static final Pattern PATH =
            Pattern.compile("(?:~|\\.{1,2})?/[\\w.,+~*@%/-]*+|\\.{1,2}|(?=[\\w.-]{2})[A-Za-z_.][\\w.-]*+/[\\w./*-]*+");

    /** The end of a key of YAML or JSON. */
    private static final Pattern KEY_END = Pattern.compile(":|.\\\\*+[\"']\\s{0,3}+:");

    private final PublicText text;
    private final String source;
    private final boolean names;
    private final int end;

    private boolean begins = true;

    private Pattern next = KNOWN;

    /** The program of the command; empty where one begins. */
    private String program = "";

    private CommandWords(PublicText text, int end, boolean names) {
        this.text = text;
        this.source = text.source().text();
        this.names = names;
        this.end = end;
    }

    public static void show(PublicText text, Span commands) {
        new CommandWords(text, commands.end(), false).read(commands.start());
    }

    /** Shows names and paths, and options before them. */
    public static void showNames(PublicText text, Span names) {
        new CommandWords(text, names.end(), true).read(names.start());
    }

    /** A command or options, masked. */
    public static String shown(String command) {
        PublicText text = new PublicText(SourceFile.of("", command));
        show(text, new Span(0, command.length()));
        return text.quote(0, command.length());
    }

    /** Whether nothing of a command may be secret. */
    public static boolean arePublic(List<String> words) {
        String command = words.stream().map(QuotedWords::forShell).collect(Collectors.joining(" "));
        return shown(command).equals(command);
    }

    private static Set<String> row(String kind) {
        return ROWS.getOrDefault(kind, Set.of());
    }

    private void read(int start) {
        Matcher token = TOKEN.matcher(source).useTransparentBounds(true);
        int at = start;
        while (at < end) {
            if (!token.region(at, end).lookingAt()) {
                at++;
            } else if (token.group("comment") != null) {
                at = token.end();
            } else if (token.group("element") != null) {
                text.show(at, token.end());
                next = SECRET_NAME.matcher(token.group()).find() ? SECRET : KNOWN;
                begins = true;
                at = token.end();
            } else if (token.group("between") != null) {
                begins = true;
                boolean ends = ";|&()`".contains(token.group());
                program = ends || token.group().equals("\n") ? "" : program;
                next = token.group().equals("<<<") || (next == SECRET && !ends) ? SECRET : KNOWN;
                at = token.end();
            } else if (begins && next != KNOWN && !source.startsWith("- ", at)) {
                at = value(at);
            } else {
                at = inWord(token, at);
            }
        }
    }

    /** Reads over a value, of which only a path is shown, or a variable. */
    private int value(int at) {
        int to = valueEnd(at);
        String value = source.substring(at, to);
        if (next.matcher(value).matches() && PublicText.isName(value)) {
            text.show(at, to);
        }
        begins = false;
        next = KNOWN;
        return Math.max(to, at + 1);
    }

    private int valueEnd(int at) {
        Matcher value = VALUE.matcher(source).region(at, end);
        return value.lookingAt() ? value.end() : at;
    }

    private int inWord(Matcher token, int at) {
        boolean first = begins;
        String word = token.group("plain");
        begins = false;
        if (token.group("quote") != null) {
            begins = first && !row("searches").contains(program);
            return first && !begins ? valueEnd(at) : token.end();
        }
        if (token.group("escape") != null) {
            text.show(at, token.end());
            return token.end();
        }
        return word == null
                ? variable(token)
                : !first
                        ? words(word, at)
                        : word.length() > 1 && word.charAt(0) == '-' ? option(word, at) : first(word, at);
    }

    /** Shows the name of a variable, and reads what it is without a value as a word. */
    private int variable(Matcher variable) {
        String group = variable.group("name") == null ? "braced" : "name";
        String name = variable.group(group);
        if (CONSTANT.matcher(name).matches()) {
            text.show(variable.start(), variable.end(group));
        }
        begins = variable.group("default") != null;
        next = !begins ? KNOWN : SECRET_NAME.matcher(name).find() ? SECRET : names ? ASSIGNED : KNOWN;
        return variable.end();
    }

    /** Shows what may be shown of a word's beginning up to the next quote or variable; where to read on. */
    private int first(String word, int at) {
        Matcher assignment = ASSIGNMENT.matcher(word);
        if (assignment.lookingAt()) {
            String name = assignment.group(1);
            int value = at + assignment.end();
            boolean setting = row("setting").contains(name);
            if (setting || program.isEmpty() || CONSTANT.matcher(name).matches() || source.startsWith("/", value)) {
                text.show(at, value);
            }
            begins = true;
            next = setting ? KNOWN : SECRET_NAME.matcher(name).find() ? SECRET : ASSIGNED;
            return value;
        }
        String base = word.substring(word.lastIndexOf('/') + 1);
        if (program.isEmpty() || (Program.isKnown(base) && !row("word").contains(base))) {
            program = base;
        }
        return words(word, at);
    }

    private int words(String word, int at) {
        int to = at + word.length();
        if (names || word.contains("://")) {
            int shown = names ? PublicText.nameEnd(word) : 0;
            text.show(at, at + shown);
            return shown == word.length() && !word.endsWith("=") && !word.endsWith("?") ? to : valueEnd(at);
        }
        boolean key = KEY_END.matcher(source).region(to - 1, end).lookingAt();
        next = key && SECRET_NAME.matcher(word).find() ? SECRET : next;
        begins = word.endsWith(":") && next == SECRET;
        int start = at;
        boolean secret = false;
        for (String part : word.split(":", -1)) {
            boolean path = !secret && PATH.matcher(part).matches() && (part.startsWith("/") || PublicText.isName(part));
            if (path || isHarmless(part)) {
                text.show(start, start + (path ? PublicText.nameEnd(part) : part.length()));
            }
            secret |= SECRET_NAME.matcher(part).find();
            start += part.length() + 1;
        }
        return to;
    }

    private int option(String word, int at) {
        Matcher option = OPTION.matcher(word);
        boolean named = option.lookingAt();
        String letters = word.substring(1);
        String name = named ? OptionNames.name(option.group(1)) : letters.substring(letters.length() - 1);
        boolean known = named
                ? !PublicText.looksRandom(name)
                : Program.named(program).filter(it -> it.lists(letters)).isPresent()
                        || (letters.matches("[A-Za-z]{1,4}|\\d{1,2}")
                                && (letters.length() == 1 || !isSecret(letters.substring(0, 1))));
        int to = named ? at + option.end() : known ? at + word.length() : valueEnd(at);
        if (known) {
            text.show(at, to);
        }
        boolean secret = known ? isSecret(name) : SECRET_NAME.matcher(word).find();
        next = secret ? SECRET : names && !row("naming").contains(name) ? ASSIGNED : KNOWN;
        begins = "=:".indexOf(source.charAt(to - 1)) >= 0 || (secret && valueEnd(to) > to);
        return to;
    }

    private boolean isSecret(String option) {
        boolean login = option.length() == 1
                ? SECRET_LETTERS.contains(option)
                        && !row("plain").contains(program)
                        && !(option.equals("u") && row("accounts").contains(program))
                : SECRET_NAME.matcher(option).find();
        return login
                && Program.named(program)
                        .filter(it -> it.options().takes(option) == Takes.NOTHING)
                        .isEmpty();
    }

    private static boolean isHarmless(String word) {
        return (isKnown(word)
                        || HARMLESS.matcher(word).matches()
                        || Arrays.stream(word.split("[.:_-]+", -1)).allMatch(CommandWords::isKnown))
                && !PublicText.looksRandom(word);
    }

    private static boolean isKnown(String word) {
        return row("word").contains(word)
                || Program.isVerb(word)
                || (Program.isKnown(word) && !word.matches(".*\\d{3}.*"));
    }
}
