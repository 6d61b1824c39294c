// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.program.OptionNames.Takes;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.QuotedWords;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which words of a command or a script may be shown, each by itself and by what stands there: programs and verbs of {@code
 * programs.txt}, the operands that it calls files or packages, options, names of variables, paths, file names, short numbers,
 * and what {@code shown-words.txt} lists. Not what is assigned, what follows an option that may take a login, comments,
 * here-documents, and anything else.
 */
public final class CommandWords {

    private static final Map<String, Set<String>> ROWS = DataFiles.lines(CommandWords.class, "shown-words.txt").stream()
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toUnmodifiableMap(row -> row[0], row -> Set.of(row[1].split(" "))));

    /** Before a word. */
    private static final String BEFORE = ";|&(<>`\"'\\[]{,$";

    private static final Pattern SPECIAL =
            Pattern.compile("(?<comment>#[^\\n]*+)|<<<|<<-?[ \\t]*+[\"'\\\\]?(?<heredoc>\\w++)[\"']?");

    /** A part of a word: in quotes, which the same quote ends; a hashed password; a variable; what a backslash escapes; or plain text. */
    private static final Pattern PART = Pattern.compile("(?s)(?<quote>\\\\*+[\"'])(?<quoted>.*?)(?<!\\\\)\\k<quote>"
            + "|\\$(?:\\d\\w?|y|apr1|argon2\\w++)\\$[^\\s\"']*+"
            + "|\\$(?:(?<name>\\w++|[@*#?!-])|\\{[#!]?(?<braced>\\w++|[@*#?!-])"
            + "(?<operator>(?:\\[[@*\\d]])?(?::?[-=+?]|[#%^,:/]++)?+)(?<other>[^}]*+)}?)"
            + "|(?<escape>\\\\++.?)|(?<plain>[^\\s;|&()<>`\"'\\\\\\[\\]{},$]++)|(?<open>[\"'])|[\\[\\]{},$]");

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*+)\\+?=(?!=)");

    /** The name of a variable, wherever it is written. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z_]+|\\d");

    private static final Pattern ONLY_VARIABLE = Pattern.compile("\\\\*+\"?\\$\\{?[A-Z_]+}?\\\\*+\"?");

    private static final Pattern FUNCTION =
            Pattern.compile("(?m)^[ \\t]*+(?:function[ \\t]++|(?=[\\w-]++[ \\t]*+\\(\\)))(?<name>[A-Za-z_][\\w-]*+)");

    /** An option of the JVM, or its name before an equals sign; and how much memory the JVM is to have. */
    private static final Pattern JVM_OPTION = Pattern.compile("(?<![\\w-])(?:-X(?:mx|ms|mn|ss)\\d+[kKmMgG]?(?![\\w.])"
            + "|-X(?:log|loggc|share|bootclasspath)(?![\\w-]):?|-javaagent:"
            + "|-XX:[+-]?[A-Z][A-Za-z\\d]*+(?:=|(?![\\w-]))|-D[A-Za-z][\\w.-]*+=)");

    private static final Pattern OPTION = Pattern.compile(JVM_OPTION + "|-[\\w.-]+="
            + "|(?:--[A-Za-z]+(?:[-.][A-Za-z]+)*+|-D[A-Za-z]+|-[A-Za-z]|-jar|-cp|-classpath)(?=[\"'\\\\]|$)");

    private static final Pattern SHORT = Pattern.compile("[+-][A-Za-z]{1,4}|-\\d{1,2}");

    /** Letters of options before a login or a password, unless the program's row says otherwise. */
    private static final String SECRET_LETTERS = "puHaPwKA";

    private static final Pattern SECRET_NAME =
            Pattern.compile(String.join("|", row("secret")), Pattern.CASE_INSENSITIVE);

    private static final Pattern PACKAGE = Pattern.compile("@?[a-z][\\w+.-]*(?:/[a-z][\\w.-]*)?(?:[=<>~!@^].*)?");

    private static final Pattern VERB = Pattern.compile("[a-z]{2,}+(?:[.:_-][a-z]++)*+");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][a-z]*+(?:[._-][A-Za-z]++)*+");

    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{3}");

    private static final Pattern MODE = Pattern.compile("(?:[ugoa]*[+=-][rwxXst]+,?)+|SIG[A-Z]+(?:[+-]\\d)?");

    private static final Pattern FILE = Pattern.compile("[\\w.+/*%@-]*\\.(?:" + String.join("|", row("file")) + ")");

    /** A number, a version, a size, a mode, a file, a class. */
    private static final Pattern HARMLESS =
            Pattern.compile("v?\\d{1,5}(?:[.-]\\d{1,5}){0,3}(?:/(?:tcp|udp))?|\\d{1,4}(?:[kKmMgG][bB]?|ms|s|m|h|d|%)|"
                    + MODE + "|" + FILE + "|(?:[a-z][a-z0-9_]*+\\.)++[A-Z][\\w$]*+");

    private static final Pattern PATH =
            Pattern.compile("(?:~|\\.{1,2})?/[\\w.,+~*@%/-]*+|\\.{1,2}|(?=[\\w.-]{2})[A-Za-z_.][\\w.-]*+/[\\w./*-]*+");

    /** What looks like a path in an expression. */
    private static final Pattern SEARCH = Pattern.compile("/\\w+/?");

    /** How deep quotes are read within quotes. */
    private static final int MAX_DEPTH = 6;

    private final PublicText text;
    private final String source;
    private final boolean script;
    private final Set<String> functions;
    private int depth;

    /** Whether a value is read that is assigned: only paths of it are shown. */
    private boolean assigned;

    /** Whether the next word may be a password; whether it may be the value of an option, and no verb. */
    private boolean secret;

    private boolean valued;

    /** Whether a dollar sign may be one: in single quotes, but not in the command of a shell. */
    private boolean literal;

    /** Whether what is read is no value of an option. */
    private boolean plain = true;

    private String program = "";
    private Optional<Program> row = Optional.empty();
    private String verb = "";

    private CommandWords(PublicText text, boolean script) {
        this.text = text;
        this.source = text.source().text();
        this.script = script;
        this.functions = script
                ? FUNCTION.matcher(source).results().map(it -> it.group(1)).collect(Collectors.toSet())
                : Set.of();
    }

    /**
     * Shows the public words of a command.
     *
     * @param script whether the end of a line ends a command
     */
    public static void show(PublicText text, Span command, boolean script) {
        new CommandWords(text, script).read(command.start(), command.end());
    }

    /** Whether nothing of a command may be secret. */
    public static boolean arePublic(List<String> words) {
        SourceFile source =
                SourceFile.of("", words.stream().map(QuotedWords::forShell).collect(Collectors.joining(" ")));
        PublicText text = new PublicText(source);
        show(text, new Span(0, source.text().length()), false);
        return text.isPublic(0, source.text().length());
    }

    /** The places of the names of the JVM's options in a piece of a text. */
    public static List<Span> options(String text, int start, int end) {
        return JVM_OPTION
                .matcher(text.substring(start, end))
                .results()
                .map(option -> new Span(start + option.start(), start + option.end()))
                .toList();
    }

    private static Set<String> row(String kind) {
        return ROWS.getOrDefault(kind, Set.of());
    }

    private void read(int start, int end) {
        boolean before = assigned;
        String heredoc = "";
        Matcher special = SPECIAL.matcher(source);
        int at = start;
        while (at < end) {
            char c = source.charAt(at);
            boolean begins = c == '<' || (c == '#' && (at == start || Character.isWhitespace(source.charAt(at - 1))));
            if (begins && special.region(at, end).lookingAt()) {
                secret |= special.end() == at + 3 && c == '<' && special.group("heredoc") == null;
                heredoc = special.group("heredoc") == null ? heredoc : special.group("heredoc");
                at = special.end();
            } else if (Character.isWhitespace(c) || "[]{},".indexOf(c) >= 0 || ";|&()<>`".indexOf(c) >= 0) {
                boolean line = c == '\n' && script;
                if (line || ";|&()`".indexOf(c) >= 0) {
                    command("");
                }
                assigned = c == ')' ? before : assigned && c != '(' && c != '`';
                at = line && !heredoc.isEmpty() ? behindHeredoc(heredoc, at, end) : at + 1;
                heredoc = line ? "" : heredoc;
            } else {
                int to = wordEnd(at, end);
                word(at, to);
                at = to;
            }
        }
    }

    private int behindHeredoc(String name, int at, int end) {
        Matcher close =
                Pattern.compile("(?m)^\\s*+" + name + "\\s*+$").matcher(source).region(at, end);
        return close.find() ? close.end() : end;
    }

    /** Reads within quotes or braces. */
    private void nested(int start, int end, boolean assigns) {
        boolean before = assigned;
        if (depth++ < MAX_DEPTH) {
            assigned |= assigns;
            read(start, end);
        }
        depth--;
        assigned = before;
    }

    private void command(String name) {
        secret = false;
        valued = false;
        verb = "";
        program(name);
    }

    private void program(String name) {
        program = name;
        row = Program.named(name);
    }

    private boolean isProgram(Predicate<Program> kind) {
        return row.filter(kind).isPresent();
    }

    /** Where a word ends: at a blank or an operator outside its quotes. A quote that nothing closes goes on to the end. */
    private int wordEnd(int start, int end) {
        int at = start;
        boolean element = false;
        Matcher part = PART.matcher(source).region(at, end);
        while (!element && part.lookingAt()) {
            if (part.group("open") != null) {
                return end;
            }
            at = part.end();
            element = part.group("quote") != null && source.startsWith(",", at);
            part.region(at, end);
        }
        while (at > start + 1 && "],".indexOf(source.charAt(at - 1)) >= 0) {
            at--;
        }
        return at;
    }

    private void word(int start, int end) {
        String word = source.substring(start, end);
        Matcher assignment = ASSIGNMENT.matcher(word);
        if (secret && !word.equals("-") && !word.equals(":")) {
            if (ONLY_VARIABLE.matcher(word).matches()) {
                text.show(start, end);
            }
            secret = false;
            valued = false;
        } else if (word.length() > 1
                && "+-".indexOf(word.charAt(0)) >= 0
                && !(program.equals("chmod") && MODE.matcher(word).matches())) {
            option(start, end, word);
        } else if (!assigned && assignment.lookingAt()) {
            String name = assignment.group(1);
            int at = start + assignment.end();
            if (program.isEmpty()
                    || row("assigns").contains(program)
                    || name.equals(name.toUpperCase(Locale.ROOT))
                    || source.startsWith("/", at)) {
                text.show(start, at);
            }
            if (!SECRET_NAME.matcher(name).find()) {
                nested(at, end, true);
            }
        } else {
            operand(start, end, !valued);
        }
    }

    private void option(int start, int end, String word) {
        Matcher option = OPTION.matcher(word);
        if (option.lookingAt()) {
            String name = option.group().replaceFirst("[=:]$", "");
            int shown = start + option.end();
            if (!PublicText.looksRandom(name)) {
                text.show(start, shown);
            }
            expectValue(name);
            if (shown < end || name.length() < option.end()) {
                boolean hidden = SECRET_NAME.matcher(name).find() || secret;
                secret = false;
                if (!hidden) {
                    operand(shown, end, false);
                }
            }
            return;
        }
        String letters = word.substring(1);
        expectValue("-" + letters.charAt(letters.length() - 1));
        if (isProgram(row -> row.lists(letters))
                || (SHORT.matcher(word).matches()
                        && letters.chars().limit(letters.length() - 1L).noneMatch(this::isSecret))) {
            text.show(start, end);
        } else {
            secret = SECRET_NAME.matcher(word).find();
        }
    }

    private void expectValue(String option) {
        String name = OptionNames.name(option);
        valued = row.isEmpty() || row.get().options().takes(name) != Takes.NOTHING;
        secret = valued
                && (name.length() == 1
                        ? isSecret(name.charAt(0))
                        : SECRET_NAME.matcher(name).find());
    }

    private boolean isSecret(int letter) {
        // BusyBox's adduser takes a text about a person there.
        return (letter == 'g' && program.equals("adduser"))
                || (SECRET_LETTERS.indexOf(letter) >= 0
                        && !row("shell").contains(program)
                        && !row("plain").contains(program)
                        && !(letter == 'u' && row("accounts").contains(program)));
    }

    /** Shows the public pieces of a word. */
    private void operand(int start, int end, boolean noValue) {
        boolean before = plain;
        plain &= noValue;
        valued = false;
        boolean url = false;
        boolean joined = false;
        Matcher part = PART.matcher(source).region(start, end);
        while (part.find()) {
            String name = part.group("name") == null ? part.group("braced") : part.group("name");
            if (part.group("quote") != null) {
                boolean outer = literal;
                literal |= part.group("quote").endsWith("'") && !isProgram(Program::runsCode);
                nested(part.start("quoted"), part.end("quoted"), false);
                literal = outer;
                joined = true;
            } else if (part.group("plain") != null) {
                url |= part.group().contains("://");
                if (!url) {
                    piece(part.start(), part.end(), begins(part.start()) && !joined);
                }
            } else if (part.group("escape") != null) {
                text.show(part.start(), part.end());
            } else if (name != null && (!literal || CONSTANT.matcher(name).matches())) {
                variable(part, name);
            }
        }
        plain = before;
    }

    private void variable(Matcher part, String name) {
        if (program.isEmpty() && begins(part.start())) {
            program(name);
        }
        boolean braced = part.group("braced") != null;
        text.show(part.start(), braced ? part.start("other") : part.end());
        if (braced
                && part.group("operator").matches(".*[-=+?]")
                && !SECRET_NAME.matcher(name).find()) {
            nested(part.start("other"), part.end("other"), true);
        }
    }

    /** Whether a word begins here. */
    private boolean begins(int at) {
        return at == 0 || Character.isWhitespace(source.charAt(at - 1)) || BEFORE.indexOf(source.charAt(at - 1)) >= 0;
    }

    private void piece(int at, int to, boolean begins) {
        String word = source.substring(at, to);
        if (assigned) {
            showPath(at, to);
            return;
        }
        String base = base(word);
        boolean first = program.isEmpty() && begins;
        if (first
                && !row("before").contains(word)
                && Program.wrapper(base).filter(runs -> runs.user().isEmpty()).isEmpty()) {
            program(base);
        }
        boolean second = !first && begins && verb.isEmpty();
        if (second
                && !word.startsWith("run")
                && (plain
                        || isProgram(row -> row.hasVerb(word))
                        || FILE.matcher(word).matches())) {
            verb = word;
        }
        boolean named = begins && !first && isOperandName(word, second);
        if (second && (row("shell").contains(program) || (isProgram(Program::runsCode) && Program.isKnown(base)))) {
            command(base);
        }
        if (named
                || functions.contains(word)
                || row("before").contains(word)
                || row("word").contains(word)
                || isHarmless(word)) {
            text.show(at, to);
            return;
        }
        int start = at;
        for (String part : word.split(":", -1)) {
            int end = start + part.length();
            if (end - start < to - at && (isHarmless(part) || (!first && isOperandName(part, second)))) {
                text.show(start, end);
            } else {
                showPath(start, end);
            }
            start = end + 1;
        }
    }

    /** Whether a word is what the row of the program calls a verb, a file or a package. */
    private boolean isOperandName(String word, boolean second) {
        boolean isVerb = second
                && isProgram(row -> row.hasVerb(word)
                        || (plain && row.acts() && VERB.matcher(word).matches()));
        boolean packages = row("packages").contains(program)
                || (row.isPresent() && row("packages").contains(verb));
        boolean names = row("accounts").contains(program)
                || (plain && (program.equals("cd") || isProgram(Program::namesFiles)));
        return !PublicText.looksRandom(word)
                && (isVerb
                        || (packages && PACKAGE.matcher(word).matches())
                        || (names && NAME.matcher(word).matches()));
    }

    private void showPath(int at, int to) {
        String word = source.substring(at, to);
        boolean expression = depth > 0
                && row("searches").contains(program)
                && SEARCH.matcher(word).matches();
        int shown = PublicText.nameEnd(word);
        if (!expression && PATH.matcher(word).matches() && (shown == word.length() || word.startsWith("/"))) {
            text.show(at, at + shown);
        }
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isHarmless(String word) {
        boolean known = Program.isKnown(base(word))
                && (word.indexOf('/') < 0
                        ? !LONG_NUMBER.matcher(word).find()
                        : PATH.matcher(word).matches());
        return (known || HARMLESS.matcher(word).matches()) && !PublicText.looksRandom(word);
    }
}
