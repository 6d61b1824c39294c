// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.PublicText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks that deployment tools replace before ECS sees a task definition: {@code <IMAGE1_NAME>} (CodePipeline),
 * {@code ${VAR}} and {@code $VAR} (envsubst, Maven), {@code {{ x }}} (ecspresso, Helm, Ansible), {@code ${{ x }}} (GitHub
 * Actions), {@code $(VAR)} and {@code #{VAR}#} (Azure, Octopus), {@code <%= x %>} (ERB), {@code %VAR%}, {@code @VAR@},
 * {@code @@VAR@@} and {@code __VAR__}.
 */
public final class Placeholder {

    private static final String UP_TO_BRACES = "[^\\n}]{0,300}+(?:\\}(?!\\})[^\\n}]{0,300}+){0,20}+\\}\\}";

    /** Elements of HTML, which the sample task of the ECS console echoes into its page. */
    private static final String ELEMENTS =
            "(?:html|head|title|style|body|div|span|center|h[1-6]|p|pre|br|hr|b|i|u|em|strong|ul|ol|li|script)";

    /**
     * One placeholder. The bounded lengths keep matching linear in whatever text it is let loose on; no real placeholder
     * comes near them.
     */
    static final Pattern PATTERN = Pattern.compile("\\$\\{\\{" + UP_TO_BRACES
            + "|\\{\\{\\{[^\\n{}]{0,300}+\\}\\}\\}"
            + "|\\{\\{(?!\\{)" + UP_TO_BRACES
            + "|\\{%[^\\n%]{0,300}+(?:%(?!\\})[^\\n%]{0,300}+){0,5}+%\\}"
            + "|\\{#[^\\n#]{0,300}+(?:#(?!\\})[^\\n#]{0,300}+){0,5}+#\\}"
            + "|<%[^\\n%]{0,300}+(?:%(?!>)[^\\n%]{0,300}+){0,5}+%>"
            + "|%\\{~?\\s{0,9}+(?:if|for|else|endif|endfor)\\b[^{}\\n]{0,300}+\\}"
            + "|\\$\\{(?:[^{}\\n]|\\{[^{}\\n]{0,100}+\\}){0,300}+\\}"
            + "|\\$\\{[^}\\n]{0,300}+\\}"
            + "|\\$\\([\\w.-]{1,100}+\\)"
            + "|\\$[A-Za-z_]\\w{0,100}+"
            + "|#\\{[^{}\\n]{1,100}+\\}#?"
            + "|%[A-Za-z_]\\w{0,100}+%"
            + "|@@[\\w.-]{1,100}+@@"
            + "|@[A-Za-z_][\\w.-]{0,100}+@"
            + "|(?<!\\w)__[A-Z](?:[A-Z0-9]|[_.-](?=[A-Z0-9])){0,100}+__(?!\\w)"
            + "|<(?!" + ELEMENTS + ">)[A-Za-z_][\\w.-]{0,100}+>");

    /** A word that a script replaces, as in {@code PORT}, where a word without quotes can be nothing else. */
    static final String WORD = "(?!(?:TRUE|FALSE|NULL|NAN|YES|NO|ON|OFF|NONE)\\b)(?:__)?[A-Z][A-Z0-9_]{1,100}+\\b";

    private static final Pattern WHOLE_WORD = Pattern.compile(WORD);

    private static final Pattern SIMPLE_MARKS = Pattern.compile("^(?:[<$(%@]+|__)|(?:[>)%@]+|__)$");

    /** Patterns that most placeholders do not need. */
    private static final class Marks {

        /**
         * What the placeholder in braces of a shell, of Maven or of Octopus stands for, and what it may say of a default.
         */
        static final Pattern VARIABLE =
                Pattern.compile("([A-Za-z_][\\w.]*+(?:-[\\w.]++)*+(?:::\\w++)*+)(?:\\s*(?:[-=?+,^/%|#].*|:[-=?+].*))?");

        /** {@code .Values.x}, alone or as an argument, in Go's templates. */
        static final Pattern GO_VARIABLE = Pattern.compile("(?:^|[\\s(])\\$?\\.([A-Za-z_][\\w.-]*)");

        /** {@code x.y}, perhaps through filters, in Jinja's, Liquid's and GitHub's expressions. */
        static final Pattern EXPRESSION = Pattern.compile("([A-Za-z_][\\w.-]*)\\s*(?:\\|.*)?");

        /**
         * {@code must_env `X`}, {@code env "X" "y"}, {@code ENV['X']}, {@code lookup('env', 'X')}; not {@code x or 'y'}.
         */
        static final Pattern CALL = Pattern.compile("(?:.*?\\blookup\\(\\s*\\\\?[\"']env\\\\?[\"']\\s*,\\s*"
                + "|(?:[\\w.]+\\s*[(\\[]\\s*)*+(?:[\\w.]+\\s+)?)\\\\?[\"'`]([A-Za-z_][\\w.-]*)\\\\?[\"'`].*");

        /** Calls whose argument names another template. */
        static final Pattern INCLUDE = Pattern.compile("(?:include|template|partial|tpl)\\b.*");

        /** The text after a variable's name. */
        static final Pattern DEFAULT = Pattern.compile("^(:?[-=?+/%#])(?!\\}\\}).*?(\\}#?)$");

        static final Pattern TEXT = Pattern.compile("([\"'`])(.*?)(\\\\?\\1|$)");

        static final Pattern UNDERSCORES = Pattern.compile("^__|__$");
        static final Pattern BRACES = Pattern.compile("^(?:\\$?\\{+|#\\{|<%)[-~=&]?|[-~]?(?:%>|\\}+#?)$");
        static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.-]+)\\}|@([\\w.-]+)@");
    }

    private Placeholder() {}

    /** The first placeholder in a text. */
    public static Optional<String> in(String text) {
        Finder finder = new Finder(text);
        for (int i = 0; i < text.length(); i++) {
            if (finder.isAt(i, text.length())) {
                return Optional.of(finder.group());
            }
        }
        return Optional.empty();
    }

    /** Finds placeholders at given offsets of a text, in linear time even for many unclosed braces. */
    static final class Finder {

        /** No placeholder is longer. */
        private static final int MAX_LENGTH = 32_000;

        private final String text;
        private final Matcher matcher;
        /** Where the last search for a closing brace began, and its result. */
        private int searched;

        private int brace = -1;

        Finder(String text) {
            this.text = text;
            this.matcher = matcher(text);
        }

        /** Whether one begins at an index, and ends before another. */
        boolean isAt(int index, int end) {
            return canBegin(text.charAt(index))
                    && (!needsBrace(index) || hasBrace(index, end))
                    && matcher.region(index, end).lookingAt();
        }

        private boolean needsBrace(int index) {
            char c = text.charAt(index);
            return c == '{' || c == '#' || (c == '$' && text.startsWith("{", index + 1));
        }

        private boolean hasBrace(int index, int end) {
            if (index < searched || index > brace) {
                searched = index;
                int found = text.indexOf('}', index);
                brace = found < 0 ? text.length() : found;
            }
            return brace < Math.min(end, index + MAX_LENGTH);
        }

        /** The placeholder that has been found. */
        String group() {
            return matcher.group();
        }

        int end() {
            return matcher.end();
        }
    }

    /** Finds placeholders in regions of a text, minding what is around them. */
    static Matcher matcher(String text) {
        return PATTERN.matcher(text).useTransparentBounds(true);
    }

    /** Whether a placeholder can begin with a character: most texts are done with after a look at each. */
    static boolean canBegin(char c) {
        return c == '{' || c == '$' || c == '%' || c == '@' || c == '<' || c == '#' || c == '_';
    }

    /** Whether a text is a word that a script may replace. */
    public static boolean isWord(String text) {
        return WHOLE_WORD.matcher(text).matches();
    }

    /**
     * The name under which somebody can say what a placeholder becomes: {@code X} for {@code ${X:-y}}, {@code <X>} and
     * {@code {{ must_env `X` }}}. A template's blocks have none, nor has what is computed.
     */
    static Optional<String> name(String placeholder) {
        if (isWord(placeholder)) {
            return Optional.of(Marks.UNDERSCORES.matcher(placeholder).replaceAll(""));
        }
        if (placeholder.startsWith("{%") || JsonTemplate.isControl(placeholder)) {
            return Optional.empty();
        }
        if (placeholder.startsWith("{{") || placeholder.startsWith("${{") || placeholder.startsWith("<%")) {
            return expression(content(placeholder));
        }
        if (placeholder.startsWith("${") || placeholder.startsWith("#{")) {
            Matcher variable = Marks.VARIABLE.matcher(content(placeholder));
            return variable.matches() ? Optional.of(variable.group(1)) : Optional.empty();
        }
        return Optional.of(SIMPLE_MARKS.matcher(placeholder).replaceAll(""));
    }

    /** The text between the delimiters. */
    private static String content(String placeholder) {
        return Marks.BRACES.matcher(placeholder).replaceAll("").strip();
    }

    private static Optional<String> expression(String content) {
        Matcher expression = Marks.EXPRESSION.matcher(content);
        if (expression.matches()) {
            return Optional.of(expression.group(1));
        }
        if (Marks.INCLUDE.matcher(content).matches()) {
            return Optional.empty();
        }
        Matcher variable = Marks.GO_VARIABLE.matcher(content);
        if (variable.find()) {
            return Optional.of(variable.group(1));
        }
        Matcher call = Marks.CALL.matcher(content);
        return call.matches() ? Optional.of(call.group(1)) : Optional.empty();
    }

    /** The property that Maven's resource filtering puts in the place of a placeholder. */
    static Optional<String> property(String placeholder) {
        if (!placeholder.startsWith("${") && !placeholder.startsWith("@")) {
            return Optional.empty();
        }
        Matcher property = Marks.PROPERTY.matcher(placeholder);
        return property.matches()
                ? Optional.of(property.group(1) == null ? property.group(2) : property.group(1))
                : Optional.empty();
    }

    /**
     * Whether the name of an image, the last segment of its repository, is or holds a placeholder, as in
     * {@code <IMAGE1_NAME>} and {@code registry.example/${NAME}:1}, but not in {@code ${REGISTRY}/app:${TAG}}.
     */
    public static boolean namesImage(String reference) {
        String marked = Text.of(reference)
                .replaceAll(PATTERN, placeholder -> Text.UNKNOWN)
                .raw();
        String name = marked.substring(marked.lastIndexOf('/') + 1);
        return Text.indexOfHole(name.split("[:@]", 2)[0]) >= 0;
    }

    /** A placeholder as it may be shown: a default in it may be a secret, and so may any text but its name. */
    public static String shown(String placeholder) {
        String name = name(placeholder).orElse("");
        int end = name.isEmpty() ? 0 : placeholder.indexOf(name) + name.length();
        String rest = Marks.DEFAULT.matcher(placeholder.substring(end)).replaceFirst("$1" + PublicText.MASK + "$2");
        return Marks.TEXT
                .matcher(placeholder.substring(0, end) + rest)
                .replaceAll(text -> Matcher.quoteReplacement(
                        text.group(2).equals(name) ? text.group() : text.group(1) + PublicText.MASK + text.group(3)));
    }

    /** Why a value with this placeholder in it is unknown. */
    public static String reason(String placeholder) {
        String what = "no value is set for the placeholder " + shown(placeholder);
        Optional<String> name = name(placeholder);
        return name.isPresent() ? what + "; set " + name.get() + " in templateValues" : what;
    }
}
