// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.program.OptionNames.Takes;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which words of a command or a script may be shown, each by itself and by what stands there: programs and verbs of {@code
 * programs.txt}, the operands that it calls files or packages, options, names of variables, paths, file names and short
 * numbers. Not what is assigned, what follows an option that may take a login, comments, here-documents, and anything else.
 */
public final class CommandWords {

    private static final String DELIMITERS = "\"'\\;|&()<>`[]{},$";

    /** Before a command. */
    private static final Set<String> RESERVED =
            Set.of("if then else elif fi do done while until esac ! CMD CMD-SHELL NONE".split(" "));

    /** Words of shells and of settings. */
    private static final Set<String> WORDS =
            Set.of(("for in case select function time sh bash dash ash zsh ksh cd set unset export"
                            + " local eval exit return shift read source trap umask wait declare readonly typeset break continue"
                            + " getopts xargs alias on off yes no all none default root localhost latest main daemon infinity")
                    .split(" "));

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{[#!]?)?(\\w+|[@*#?!-])((?:\\[[@*\\d]])?(?::?[-=+?]|[#%^,:]|/)*)");

    /** The output of a command, as a value. */
    private static final Pattern RUN = Pattern.compile("[\"'\\\\]*+(?:\\$\\(|`)");

    /** Commands whose operands are assignments. */
    private static final Set<String> ASSIGNING = Set.of("export", "local", "readonly", "declare", "typeset", "env");

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*+)\\+?=(?!=)");

    private static final Pattern CONSTANT = Pattern.compile("[A-Z_]+");

    private static final Pattern FUNCTION =
            Pattern.compile("(?m)^[ \\t]*+(?:function[ \\t]++([A-Za-z_][\\w-]*+)|([A-Za-z_][\\w-]*+)[ \\t]*+\\(\\))");

    private static final Pattern HEREDOC = Pattern.compile("<<-?[ \\t]*(?:[\"'\\\\]?)(\\w+)[\"']?");

    /**
     * A name before an equals sign, or an option of the JVM; and how much memory that is to have. A password may follow
     * a letter without a blank between.
     */
    private static final Pattern OPTION = Pattern.compile("-X(?:mx|ms|mn|ss)\\d+[kKmMgG]?(?![\\w.])"
            + "|-X(?:log|loggc|share|bootclasspath)(?![\\w-]):?|-javaagent:"
            + "|-XX:[+-]?[A-Z][A-Za-z\\d]*+(?:=|(?![\\w-]))"
            + "|-D[A-Za-z][\\w.-]*+=|--[A-Za-z][\\w.-]*+="
            + "|-(?:[A-Za-z]|jar|cp|classpath)(?=[\\s\"'\\\\]|$)");

    /** The same where another word ends. */
    private static final Pattern OPTION_WORD = Pattern.compile("(?<![\\w-])(?:" + OPTION + ")");

    private static final Pattern LONG =
            Pattern.compile("(?:--[A-Za-z]+(?:[-.][A-Za-z]+)*|-D[A-Za-z]+)(?=$|=)|-[\\w.-]+=");

    private static final Pattern SHORT = Pattern.compile("[+-][A-Za-z]{1,4}|-\\d{1,2}");

    /** Letters of options before a login or a password, unless the program's row says otherwise. */
    private static final String SECRET_LETTERS = "puHaPwKA";

    /** Programs without such letters. */
    private static final Set<String> SHELLS = Set.of("set", "sh", "bash", "dash", "ash");

    private static final Pattern SECRET_NAME = Pattern.compile(
            "pass|secret|token|key|auth|cred|login|pwd|priv|cert|pin\\b|user$|user-?name|bearer|session|salt|dsn|conn"
                    + "|header|cookie|(?:^|-)data$|form$|proxy|url|uri",
            Pattern.CASE_INSENSITIVE);

    /** Verbs before packages, and programs that have nothing else. */
    private static final Set<String> INSTALLING =
            Set.of("install", "add", "remove", "del", "purge", "uninstall", "i", "erase", "update", "upgrade");

    private static final Pattern INSTALLERS = Pattern.compile("docker-php-ext-\\w+|pecl");

    /** What follows the name of a package. */
    private static final Pattern VERSION = Pattern.compile("[=<>~!@^].*");

    /** Programs whose operands, or values of options, are users and groups. */
    private static final Pattern ACCOUNTS =
            Pattern.compile("(?:user|group)(?:add|mod|del)|(?:add|del)(?:user|group)|chown|chgrp|install");

    private static final Pattern PACKAGE = Pattern.compile("@?[a-z][\\w+.-]*(?:/[a-z][\\w.-]*)?");

    private static final Pattern VERB = Pattern.compile("[a-z]{2,}+(?:[.:_-][a-z]++)*+");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][a-z]*+(?:[._-][A-Za-z]++)*+");

    private static final Pattern NUMBER =
            Pattern.compile("v?\\d{1,5}(?:[.-]\\d{1,5}){0,3}(?:/(?:tcp|udp))?|\\d{1,4}(?:[kKmMgG][bB]?|ms|s|m|h|d|%)");

    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{3}");

    private static final Pattern MODE = Pattern.compile("(?:[ugoa]*[+=-][rwxXst]+,?)+|SIG[A-Z]+(?:[+-]\\d)?");

    private static final Pattern FILE =
            Pattern.compile("[\\w.+/*%@-]*\\.(?:jar|war|ear|m?js|cjs|tsx?|py|rb|php|pl|lua|sh|bash|dll|exe"
                    + "|json|ya?ml|xml|conf|cnf|cfg|ini|toml|properties|sql|log|pid|sock|txt|md|html?|css|tgz|tar|gz|xz|bz2|zip|deb"
                    + "|rpm|apk|so|class|java|go|rs|c|h|lock|pem|crt|cer|key|jks|csv|db|tmpl|tpl|template|erb|j2|list|repo|service"
                    + "|asc|sig|bak|sample|example|dist|default|bin|d)");

    private static final Pattern PATH =
            Pattern.compile("(?:~|\\.{1,2})?/[\\w.,+~*@%/-]*+|\\.{1,2}|(?=[\\w.-]{2})[A-Za-z_.][\\w.-]*+/[\\w./*-]*+");

    /** Programs whose quoted operands are expressions, and what looks like a path in one. */
    private static final Set<String> SEARCHING = Set.of("sed", "awk", "gawk", "grep", "egrep", "perl");

    private static final Pattern SEARCH = Pattern.compile("/\\w+/?");

    private static final Pattern CLASS = Pattern.compile("(?:[a-z][a-z0-9_]*+\\.)++[A-Z][\\w$]*+");

    private final PublicText text;
    private final String source;
    private final int end;
    private final boolean script;
    private final Deque<String> heredocs = new ArrayDeque<>();

    /** The quote that the text which is read is in; 0 outside. */
    private char quote;

    /** The end of an assigned value: only paths of it are shown. */
    private int assigned;

    /** Before this no value is measured again, so that the time is in proportion to the text. */
    private int measured;

    /** Where the next blank or quote is, and the next URL. */
    private int blank;

    private int url = -1;

    /** Whether the next word may be a password. */
    private boolean secret;

    private String program = "";
    private Optional<Program> row = Optional.empty();
    private String verb = "";

    /** Whether the next word may be the value of an option, and is no verb; and where that ends. */
    private boolean valued;

    private int value;

    /** The functions that the text defines. */
    private final Set<String> functions = new HashSet<>();

    private CommandWords(PublicText text, int end, boolean script) {
        this.text = text;
        this.source = text.source().text();
        if (script) {
            Matcher function = FUNCTION.matcher(source);
            while (function.find()) {
                functions.add(function.group(1) == null ? function.group(2) : function.group(1));
            }
        }
        this.end = end;
        this.script = script;
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
        SourceFile source = SourceFile.of("", String.join("\n", words));
        PublicText text = new PublicText(source);
        show(text, new Span(0, source.text().length()), false);
        return text.isPublic(0, source.text().length());
    }

    /** The places of the names of options in a piece of a text. */
    public static List<Span> options(String text, int start, int end) {
        List<Span> options = new ArrayList<>();
        Matcher option = OPTION_WORD.matcher(text).region(start, end).useTransparentBounds(true);
        while (option.find()) {
            options.add(new Span(option.start(), option.end()));
        }
        return options;
    }

    private void read(int start) {
        int at = start;
        while (at < end) {
            char c = source.charAt(at);
            if (c == '#' && (at == start || Character.isWhitespace(source.charAt(at - 1)))) {
                at = lineEnd(at);
            } else if (c == '$') {
                at = variable(at);
            } else if (c == '\\') {
                text.show(at, Math.min(end, at + 2));
                at += 2;
            } else if (Character.isWhitespace(c) || DELIMITERS.indexOf(c) >= 0) {
                at = between(at);
            } else {
                at = word(at, start);
            }
        }
    }

    /** A blank, a quote or an operator. */
    private int between(int at) {
        char c = source.charAt(at);
        if (c == '"' || c == '\'') {
            quote = quote == 0 ? c : quote == c ? 0 : quote;
        } else if (source.startsWith("<<<", at)) {
            secret = true;
            return at + 3;
        } else if (script && source.startsWith("<<", at)) {
            Matcher heredoc = HEREDOC.matcher(source).region(at, end);
            if (heredoc.lookingAt()) {
                heredocs.add(heredoc.group(1));
                return heredoc.end();
            }
        } else if (";|&(`".indexOf(c) >= 0) {
            command();
            assigned = c == '(' || c == '`' ? at : assigned;
        } else if (c == '\n' && script) {
            command();
            return heredocs.isEmpty() ? at + 1 : behindHeredocs(at + 1);
        }
        return at + 1;
    }

    private void command() {
        secret = false;
        valued = false;
        verb = "";
        program("");
    }

    private void program(String name) {
        program = name;
        row = Program.named(name);
    }

    private boolean isProgram(Predicate<Program> kind) {
        return row.filter(kind).isPresent();
    }

    private int lineEnd(int at) {
        int line = source.indexOf('\n', at);
        return line < 0 ? end : Math.min(line, end);
    }

    private int behindHeredocs(int start) {
        int at = start;
        while (at < end && !heredocs.isEmpty()) {
            int line = lineEnd(at);
            if (source.substring(at, line).strip().equals(heredocs.element())) {
                heredocs.remove();
            }
            at = line + 1;
        }
        heredocs.clear();
        return at;
    }

    private int variable(int at) {
        Matcher variable = VARIABLE.matcher(source).region(at, end);
        if (!variable.lookingAt()) {
            return at + 1;
        }
        if (program.isEmpty() && begins(at)) {
            program(variable.group());
        }
        text.show(at, variable.end());
        if (secret) {
            secret = false;
            return Math.max(variable.end(), valueEnd(at));
        }
        if (at >= assigned && variable.group(2).matches("(?s).*[-=+?]")) {
            int close = source.indexOf('}', variable.end());
            assigned = Math.max(assigned, close < 0 ? end : close);
            if (SECRET_NAME.matcher(variable.group(1)).find()) {
                return Math.min(end, assigned);
            }
        }
        return variable.end();
    }

    /** Whether a word begins here. */
    private boolean begins(int at) {
        return at == 0
                || Character.isWhitespace(source.charAt(at - 1))
                || (source.charAt(at - 1) != '}' && DELIMITERS.indexOf(source.charAt(at - 1)) >= 0);
    }

    private int word(int at, int start) {
        int to = at;
        if (at >= blank) {
            measure(at);
        }
        while (to < blank && DELIMITERS.indexOf(source.charAt(to)) < 0) {
            to++;
        }
        String word = source.substring(at, to);
        boolean begins = at == start || begins(at);
        if (secret && !(word.equals("-") || word.equals(":"))) {
            secret = false;
            return valueEnd(at);
        }
        if (begins
                && word.length() > 1
                && "+-".indexOf(word.charAt(0)) >= 0
                && !(program.equals("chmod") && isMode(word))) {
            return option(at, to, word);
        }
        Matcher assignment = ASSIGNMENT.matcher(word);
        if (begins && assignment.lookingAt() && at >= assigned) {
            return assignment(at, assignment);
        }
        if (url >= at && url < blank) {
            return blank;
        }
        operand(at, to, begins);
        return to;
    }

    private void measure(int at) {
        blank = at;
        while (blank < end
                && !Character.isWhitespace(source.charAt(blank))
                && "\"'".indexOf(source.charAt(blank)) < 0) {
            blank++;
        }
        if (url < at) {
            int next = source.indexOf("://", at);
            url = next < 0 ? end : next;
        }
    }

    private static boolean isMode(String word) {
        return MODE.matcher(word).matches();
    }

    private int assignment(int at, Matcher assignment) {
        boolean names = program.isEmpty()
                || ASSIGNING.contains(program)
                || CONSTANT.matcher(assignment.group(1)).matches()
                || source.startsWith("/", at + assignment.end());
        if (names) {
            text.show(at, at + assignment.end());
        }
        return value(at + assignment.end(), assignment.group(1), true);
    }

    /** Reads on at a value behind an equals sign, or behind it. */
    private int value(int at, String name, boolean assigns) {
        if (RUN.matcher(source).region(at, end).lookingAt()) {
            return at;
        }
        boolean hidden = SECRET_NAME.matcher(name).find();
        if (at < measured) {
            return hidden ? Math.max(at, blank) : at;
        }
        measured = valueEnd(at);
        assigned = assigns ? measured : assigned;
        return hidden ? measured : at;
    }

    /** Where a value ends: at a blank outside its quotes, or where the quote ends that it is in alone. */
    private int valueEnd(int start) {
        char before = start == 0 ? 0 : source.charAt(start - 1);
        boolean escapes = start > 1 && source.charAt(start - 2) == '\\';
        boolean alone = quote != 0 && before == quote && !escapes;
        char inner = !alone && (before == '"' || before == '\'') ? before : 0;
        int at = start;
        for (; at < end; at++) {
            char c = source.charAt(at);
            boolean escaped = c == '\\' && at + 1 < end;
            char mark = escaped ? source.charAt(at + 1) : c;
            at += escaped ? 1 : 0;
            if (!escaped && c == quote && quote != 0) {
                break;
            }
            if (mark == '"' || mark == '\'') {
                inner = inner == 0 ? mark : inner == mark ? 0 : inner;
            } else if (inner == 0 && !escaped && !alone && (Character.isWhitespace(c) || ";|&)`".indexOf(c) >= 0)) {
                break;
            }
        }
        return Math.min(at, end);
    }

    private int option(int at, int to, String word) {
        Matcher option = OPTION.matcher(source).region(at, end).useTransparentBounds(true);
        Matcher named = LONG.matcher(word);
        String letters = word.substring(1);
        boolean one = option.lookingAt();
        if (one || named.lookingAt()) {
            int shown = one ? option.end() : at + named.end();
            String name = source.substring(at, shown);
            if (!PublicText.looksRandom(name)) {
                text.show(at, shown);
            }
            if (name.endsWith("=") || name.endsWith(":")) {
                return value(shown, name.substring(0, name.length() - 1), false);
            }
            secret = takesSecret(name);
            valued = takesValue(name);
            return shown;
        }
        boolean listed = isProgram(row -> row.lists(letters));
        if (listed || (SHORT.matcher(word).matches() && !holdsSecret(letters))) {
            text.show(at, to);
            secret = takesSecret("-" + letters.charAt(letters.length() - 1));
        } else {
            secret = SECRET_NAME.matcher(word).find();
        }
        valued = takesValue("-" + letters.charAt(letters.length() - 1));
        return to;
    }

    private boolean takesValue(String option) {
        return row.isEmpty() || row.get().options().takes(OptionNames.name(option)) != Takes.NOTHING;
    }

    private boolean takesSecret(String option) {
        String name = OptionNames.name(option);
        if (!takesValue(option)) {
            return false;
        }
        return name.length() == 1
                ? isSecret(name.charAt(0))
                : SECRET_NAME.matcher(name).find();
    }

    /** Whether a password may follow one of the letters in the same word. */
    private boolean holdsSecret(String letters) {
        return letters.chars().limit(letters.length() - 1L).anyMatch(this::isSecret);
    }

    private boolean isSecret(int letter) {
        // BusyBox's adduser takes a text about a person there.
        if (letter == 'g' && program.equals("adduser")) {
            return true;
        }
        return SECRET_LETTERS.indexOf(letter) >= 0
                && !SHELLS.contains(program)
                && !(letter == 'u' && ACCOUNTS.matcher(program).matches());
    }

    private void operand(int at, int to, boolean begins) {
        String word = source.substring(at, to);
        if (at < assigned) {
            showIf(PATH, at, to);
            return;
        }
        boolean first = program.isEmpty() && begins;
        if (first
                && !RESERVED.contains(word)
                && Program.wrapper(base(word))
                        .filter(runs -> runs.user().isEmpty())
                        .isEmpty()) {
            program(base(word));
        }
        if (valued && at >= measured) {
            measured = valueEnd(at);
            value = measured;
        }
        boolean plain = at >= value && !valued;
        valued = false;
        boolean second = !first && begins && verb.isEmpty();
        if (second
                && !word.startsWith("run")
                && (plain
                        || isProgram(row -> row.hasVerb(word))
                        || FILE.matcher(word).matches())) {
            verb = word;
        }
        boolean operand = functions.contains(word) || (begins && !first && isOperandName(word, second, plain));
        if (second && isProgram(Program::runsCode) && Program.isKnown(base(word))) {
            command();
            program(base(word));
        }
        if (RESERVED.contains(word) || WORDS.contains(word) || operand || isHarmless(word)) {
            text.show(at, to);
            return;
        }
        int piece = at;
        for (String part : word.split(":", -1)) {
            int partEnd = piece + part.length();
            if (word.length() > part.length() && (isHarmless(part) || (!first && isOperandName(part, second, plain)))) {
                text.show(piece, partEnd);
            } else {
                showIf(PATH, piece, partEnd);
            }
            piece = partEnd + 1;
        }
    }

    /** Whether a word is what the row of the program calls a verb, a file or a package. */
    private boolean isOperandName(String word, boolean second, boolean plain) {
        if (PublicText.looksRandom(word)) {
            return false;
        }
        if (second
                && isProgram(row -> row.hasVerb(word)
                        || (plain && row.acts() && VERB.matcher(word).matches()))) {
            return true;
        }
        if (((INSTALLING.contains(verb) && row.isPresent())
                        || INSTALLERS.matcher(program).matches())
                && PACKAGE.matcher(VERSION.matcher(word).replaceFirst("")).matches()) {
            return true;
        }
        return (ACCOUNTS.matcher(program).matches()
                        || (plain && (program.equals("cd") || isProgram(Program::namesFiles))))
                && NAME.matcher(word).matches();
    }

    private void showIf(Pattern pattern, int at, int to) {
        String word = source.substring(at, to);
        if (quote != 0 && SEARCHING.contains(program) && SEARCH.matcher(word).matches()) {
            return;
        }
        if (pattern.matcher(word).matches()) {
            int shown = PublicText.nameEnd(word);
            if (shown == word.length() || word.startsWith("/")) {
                text.show(at, at + shown);
            }
        }
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isHarmless(String word) {
        return NUMBER.matcher(word).matches()
                || isMode(word)
                || (Program.isKnown(word) && !LONG_NUMBER.matcher(word).find())
                || (word.indexOf('/') >= 0
                        && Program.isKnown(base(word))
                        && !PublicText.looksRandom(word)
                        && PATH.matcher(word).matches())
                || ((FILE.matcher(word).matches() || CLASS.matcher(word).matches()) && !PublicText.looksRandom(word));
    }
}
