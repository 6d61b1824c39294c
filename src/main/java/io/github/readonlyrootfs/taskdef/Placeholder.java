package io.github.readonlyrootfs.taskdef;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks that deployment tools replace before ECS sees a task definition: {@code <IMAGE1_NAME>} (CodePipeline),
 * {@code ${VAR}} and {@code $VAR} (envsubst, Maven), {@code {{ x }}} (ecspresso, Helm, Ansible), {@code ${{ x }}} (GitHub
 * Actions), {@code $(VAR)} (Azure), {@code %VAR%}, {@code @VAR@} and {@code @@VAR@@}.
 */
public final class Placeholder {

    /**
     * One placeholder. The bounded lengths keep matching linear in whatever text it is let loose on; no real placeholder
     * comes near them.
     */
    static final Pattern PATTERN = Pattern.compile("\\$?\\{\\{[^\\n]{0,300}?\\}\\}"
            + "|\\{%[^\\n]{0,300}?%\\}"
            + "|\\$\\{[^}\\n]{0,300}+\\}"
            + "|\\$\\([\\w.-]{1,100}+\\)"
            + "|\\$[A-Za-z_]\\w{0,100}+"
            + "|%[A-Za-z_]\\w{0,100}+%"
            + "|@@[\\w.-]{1,100}+@@"
            + "|@[A-Za-z_][\\w.-]{0,100}+@"
            + "|<[A-Za-z_][\\w.-]{0,100}+>");

    private static final char MARK = '\uFFFC';

    private Placeholder() {}

    /** The first placeholder in a text. */
    public static Optional<String> in(String text) {
        Matcher matcher = PATTERN.matcher(text);
        for (int i = 0; i < text.length(); i++) {
            if (canBegin(text.charAt(i)) && matcher.region(i, text.length()).lookingAt()) {
                return Optional.of(matcher.group());
            }
        }
        return Optional.empty();
    }

    /** Whether a placeholder can begin with a character: most texts are done with after a look at each. */
    static boolean canBegin(char c) {
        return c == '{' || c == '$' || c == '%' || c == '@' || c == '<';
    }

    /**
     * Whether the name of an image, the last segment of its repository, is or holds a placeholder, as in
     * {@code <IMAGE1_NAME>} and {@code registry.example/${NAME}:1}, but not in {@code ${REGISTRY}/app:${TAG}}.
     */
    static boolean namesImage(String reference) {
        String marked = PATTERN.matcher(reference).replaceAll(String.valueOf(MARK));
        String name = marked.substring(marked.lastIndexOf('/') + 1);
        int end = name.length();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == ':' || name.charAt(i) == '@') {
                end = i;
                break;
            }
        }
        return name.substring(0, end).indexOf(MARK) >= 0;
    }

    /** Why a value with this placeholder in it is unknown. */
    static String reason(String placeholder) {
        return "nothing here fills in the placeholder " + placeholder;
    }
}
