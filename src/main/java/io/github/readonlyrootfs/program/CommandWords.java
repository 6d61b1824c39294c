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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which words of a command or a script may be shown: programs and verbs of {@code programs.txt}, words of {@code
 * shown-words.txt}, names of options and variables, paths, file names and short numbers; in quotes too, since shells run what
 * is in them. Not what follows an option that may take a login, what is assigned unless it is a path, comments and
 * here-documents.
 */
public final class CommandWords {

    private static final Map<String, Set<String>> ROWS = DataFiles.lines(CommandWords.class, "shown-words.txt").stream()
            .map(line -> line.split(":? "))
            .collect(Collectors.groupingBy(
                    row -> row[0],
                    Collectors.flatMapping(row -> Arrays.stream(row).skip(1), Collectors.toSet())));

    /** Letters, and whatever else is no punctuation of shells and arrays. */
    private static final String PLAIN = "[^\\s;|&()<>`\"'\\\\\\[\\]{},$]++";

    private static final Pattern TOKEN = Pattern.compile(
            "(?s)(?<comment>(?<![^\\s\"'])#[^\\n]*?(?=\\n|\\z|[\"'\\\\]{1,4}+\\s{0,2}+[>|;&,\\]])|<!--.*?(?:-->|\\z))"
                    + "|(?<here><<(?:<|-?[ \\t]*+[\"'\\\\]?(?<heredoc>\\w++)[\"']?))|(?<separator>[;|&()`\\n])"
                    + "|(?<between>[\\s\\[\\]{},<>])|(?<quote>\\\\*+[\"'])"
                    + "|\\$(?:(?<name>\\w++|[@*#?!-])|\\{[#!]?(?<braced>\\w++|[@*#?!-])"
                    + "(?<operator>(?:\\[[@*\\d]])?(?::?[-=+?]|[#%^,:/]++)?+)(?<other>[^}]*+)}?)"
                    + "|(?<escape>\\\\++.?)|(?<plain>" + PLAIN + ")");

    /** A part of a word: in quotes, which the same quote ends, or as it is. */
    private static final Pattern PART = Pattern.compile("(?s)(?<quote>\\\\*+[\"']).*?(?<!\\\\)\\k<quote>|"
            + "\\$\\{[^}]*+}?|\\\\++[^\"']?|" + PLAIN + "|(?<open>\\\\*+[\"'])|[\\[\\]{},$]");

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*+)\\+?=(?!=)");

    /** What begins the value of an assignment that is the output of a command. */
    private static final Pattern OUTPUT = Pattern.compile("\"?(?:\\$\\(|`)");

    /** The name of a variable; with other letters, it may be a password that begins with a dollar sign. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z_]+|[\\d@*#?!-]");

    private static final Pattern ONLY_VARIABLE = Pattern.compile("\\\\*+\"?\\$\\{?[A-Z_]+}?\\\\*+\"?");

    /** The name of an option, which an equals sign or a colon may end. */
    private static final Pattern OPTION = Pattern.compile("(?:-X(?:mx|ms|mn|ss)\\d+[kKmMgG]?(?![\\w.])"
            + "|-X(?:log|share|bootclasspath)(?![\\w-]):?|-javaagent:|-XX:[+-]?[A-Z][A-Za-z\\d]*+(?:=|(?![\\w-]))"
            + "|-[\\w.-]+=|(?:--[A-Za-z]+(?:[-.][A-Za-z]+)*+|-D[A-Za-z]+|-jar|-cp)(?=[\"'\\\\]|$))");

    private static final Pattern SHORT = Pattern.compile("-(?:[A-Za-z]{1,4}|\\d{1,2})");

    /** Letters of options before a login or a password, unless the program's row says otherwise. */
    private static final String SECRET_LETTERS = "puHaPwKA";

    private static final Pattern SECRET_NAME =
            Pattern.compile(String.join("|", row("secret")), Pattern.CASE_INSENSITIVE);

    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{3}");

    private static final Pattern FILE = Pattern.compile("[\\w.+/*%@-]*\\.(?:" + String.join("|", row("file")) + ")");

    /** A number, a version, a size, a mode, a signal, a file, a class. */
    private static final Pattern HARMLESS =
            Pattern.compile("v?\\d{1,5}(?:[.-]\\d{1,5}){0,3}(?:/(?:tcp|udp))?|\\d{1,4}(?:[kKmMgG][bB]?|ms|s|m|h|d|%)"
                    + "|(?:[ugoa]*[+=-][rwxXst]+,?)+|SIG[A-Z]+|" + FILE + "|(?:[a-z][a-z0-9_]*+\\.)++[A-Z][\\w$]*+");

    private static final Pattern PATH =
            Pattern.compile("(?:~|\\.{1,2})?/[\\w.,+~*@%/-]*+|\\.{1,2}|(?=[\\w.-]{2})[A-Za-z_.][\\w.-]*+/[\\w./*-]*+");

    /** A path with variables, perhaps in quotes. */
    private static final Pattern PATH_VALUE =
            Pattern.compile("\\\\?\"?(?:\\$\\{?[A-Za-z_]+}?|(?=[\\w.*-]*/)[\\w./*-]++)+\\\\?\"?");

    private final PublicText text;
    private final String source;
    private final boolean script;
    private final int end;

    /** Whether a command begins, and a word. */
    private boolean command = true;

    private boolean begins = true;

    /** Whether the next word may be a password. */
    private boolean secret;

    /** The quote that the current word is in. */
    private String around = "";

    private String heredoc = "";
    private String program = "";

    private CommandWords(PublicText text, int end, boolean script) {
        this.text = text;
        this.source = text.source().text();
        this.script = script;
        this.end = end;
    }

    /**
     * Shows the public words of a command.
     *
     * @param script whether the end of a line ends a command
     */
    public static void show(PublicText text, Span command, boolean script) {
        new CommandWords(text, command.end(), script).read(command.start());
    }

    /** Whether nothing of a command may be secret. */
    public static boolean arePublic(List<String> words) {
        SourceFile source =
                SourceFile.of("", words.stream().map(QuotedWords::forShell).collect(Collectors.joining(" ")));
        PublicText text = new PublicText(source);
        show(text, new Span(0, source.text().length()), false);
        return text.isPublic(0, source.text().length());
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
            } else if (token.group("here") != null) {
                secret |= token.group("heredoc") == null;
                heredoc = token.group("heredoc") == null ? heredoc : token.group("heredoc");
                at = token.end();
            } else if (token.group("separator") != null || token.group("between") != null) {
                at = between(at, token.group("separator") != null);
            } else if (begins && secret && token.group("comment") == null && !source.startsWith("- ", at)) {
                at = secret(at);
            } else {
                at = inWord(token, at);
            }
        }
    }

    private int between(int at, boolean separator) {
        boolean newline = source.charAt(at) == '\n';
        begins = true;
        around = "";
        if (separator && (script || !newline)) {
            command = true;
            secret = false;
        }
        if (newline && script && !heredoc.isEmpty()) {
            Matcher close = Pattern.compile("(?m)^\\s*+" + heredoc + "\\s*+$")
                    .matcher(source)
                    .region(at, end);
            heredoc = "";
            return close.find() ? close.end() : end;
        }
        return at + 1;
    }

    private int secret(int at) {
        int to = wordEnd(at);
        if (ONLY_VARIABLE.matcher(source).region(at, to).matches()) {
            text.show(at, to);
        }
        secret = false;
        begins = false;
        return Math.max(to, at + 1);
    }

    private int inWord(Matcher token, int at) {
        boolean first = begins;
        String name = token.group("name") == null ? token.group("braced") : token.group("name");
        if (token.group("quote") != null) {
            if (first && row("searches").contains(program)) {
                begins = false;
                return Math.max(token.end(), wordEnd(at));
            }
            around = first ? token.group() : "";
            return token.end();
        }
        begins = false;
        if (token.group("plain") != null) {
            return plain(token.group(), at, token.end(), first);
        }
        if (token.group("escape") != null) {
            text.show(at, token.end());
            begins = Character.isWhitespace(source.charAt(token.end() - 1));
        } else if (name != null && CONSTANT.matcher(name).matches()) {
            variable(token, name);
        }
        return token.end();
    }

    /** Shows the name of a variable, and what it is without a value if that is a path. */
    private void variable(Matcher variable, String name) {
        command = false;
        boolean braced = variable.group("braced") != null;
        text.show(variable.start(), braced ? variable.start("other") : variable.end());
        if (braced
                && variable.group("operator").matches(".*[-=+?]")
                && !SECRET_NAME.matcher(name).find()) {
            showPath(variable.start("other"), variable.end("other"));
        }
    }

    /** Where a word ends: at a blank or an operator outside its quotes. A quote that nothing closes goes on to the end. */
    private int wordEnd(int start) {
        int at = start;
        boolean element = false;
        Matcher part = PART.matcher(source).region(at, end);
        while (!element && (around.isEmpty() || !source.startsWith(around, at)) && part.lookingAt()) {
            if (part.group("open") != null) {
                return end;
            }
            at = part.end();
            element = part.group("quote") != null && source.startsWith(",", at);
            part.region(at, end);
        }
        return at;
    }

    /** Shows the public parts of a word up to the next quote or variable; where to read on. */
    private int plain(String word, int at, int to, boolean first) {
        Matcher assignment = ASSIGNMENT.matcher(word);
        if (first && word.length() > 1 && word.charAt(0) == '-') {
            return option(word, at, to);
        }
        if (first && assignment.lookingAt()) {
            return assignment(assignment.group(1), at, at + assignment.end());
        }
        if (word.contains("://")) {
            return wordEnd(at);
        }
        String base = base(word);
        if (first && Program.isKnown(base) && (command || !row("word").contains(base))) {
            program = base;
        } else if (command) {
            program = "";
        }
        command &= row("before").contains(word);
        secret = (word.endsWith(":") || source.startsWith(">", to))
                && SECRET_NAME.matcher(word).find();
        int start = at;
        for (String part : word.split(":", -1)) {
            if (isHarmless(part)) {
                text.show(start, start + part.length());
            } else {
                showPath(start, start + part.length());
            }
            start += part.length() + 1;
        }
        return to;
    }

    private int assignment(String name, int at, int value) {
        if (command || CONSTANT.matcher(name).matches() || source.startsWith("/", value)) {
            text.show(at, value);
        }
        boolean hidden = SECRET_NAME.matcher(name).find();
        if (!hidden
                && (name.equals("command")
                        || OUTPUT.matcher(source).region(value, end).lookingAt())) {
            begins = true;
            return value;
        }
        int to = wordEnd(value);
        String assigned = source.substring(value, to);
        if (!hidden && PATH_VALUE.matcher(assigned).matches() && PublicText.isName(assigned)) {
            text.show(value, to);
        }
        return to;
    }

    private int option(String word, int at, int to) {
        Matcher option = OPTION.matcher(word);
        Optional<Program> row = Program.named(program);
        if (option.lookingAt()) {
            String name = option.group().replaceFirst("[=:]$", "");
            int shown = at + option.end();
            if (!PublicText.looksRandom(name)) {
                text.show(at, shown);
            }
            boolean attached = shown < to || name.length() < option.end();
            boolean hidden = isSecret(OptionNames.name(name), row);
            secret = hidden && !attached;
            return hidden && attached ? wordEnd(at) : shown;
        }
        String letters = word.substring(1);
        String last = letters.substring(letters.length() - 1);
        if (row.filter(it -> it.lists(letters)).isPresent()
                || (SHORT.matcher(word).matches()
                        && letters.chars().limit(letters.length() - 1L).noneMatch(it -> isSecret(it + "", row)))) {
            text.show(at, to);
            secret = isSecret(last, row);
            return to;
        }
        secret = SECRET_NAME.matcher(word).find();
        return wordEnd(at);
    }

    private boolean isSecret(String option, Optional<Program> row) {
        boolean letter = option.length() == 1;
        boolean login = letter
                ? SECRET_LETTERS.contains(option)
                        && !row("plain").contains(program)
                        && !(option.equals("u") && row("accounts").contains(program))
                : SECRET_NAME.matcher(option).find();
        return login && (row.isEmpty() || row.get().options().takes(option) != Takes.NOTHING);
    }

    private void showPath(int at, int to) {
        String word = source.substring(at, to);
        int shown = PublicText.nameEnd(word);
        if (PATH.matcher(word).matches() && (shown == word.length() || word.startsWith("/"))) {
            text.show(at, at + shown);
        }
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isHarmless(String word) {
        return (isKnown(word)
                        || HARMLESS.matcher(word).matches()
                        || Arrays.stream(word.split("[.:_-]+", -1)).allMatch(CommandWords::isKnown))
                && !PublicText.looksRandom(word);
    }

    private static boolean isKnown(String word) {
        return row("before").contains(word)
                || row("word").contains(word)
                || Program.isVerb(word)
                || (Program.isKnown(base(word))
                        && (word.indexOf('/') < 0
                                ? !LONG_NUMBER.matcher(word).find()
                                : PATH.matcher(word).matches()));
    }
}
