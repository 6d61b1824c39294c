package io.github.readonlyrootfs.report;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value in a task definition or a template may hold, as far as secrets are concerned. */
enum Holding {

    /** Anything: only the values of assignments are secret. */
    OPEN,

    /** A list of objects with names, such as {@code environment}. */
    LIST,

    /** An element of such a list: its name may be shown, and nothing else. */
    ELEMENT,

    /** The members of such an element. */
    NAMED,

    /** Secrets: of an object the keys may be shown. */
    SECRET;

    /** Misspelt keys have secrets too, and so have the keys that anchors stand under. */
    private static final Pattern LISTS = Pattern.compile(".*(?:env|secret).*");

    private static final Pattern SECRETS =
            Pattern.compile("(?:.*\\W)?(?:value|valuefrom|default|parameters|mappings|variables)"
                    + "|.*(?:label|options|opts|passw|passphrase|token|credential|api_?key|private_?key).*");

    /** Options that findings are about. */
    private static final Set<String> SHOWN = Set.of("mountoptions", "dockersecurityoptions");

    /** What a key's value holds, in an object that holds this. */
    Holding behind(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return switch (this) {
            case OPEN ->
                LISTS.matcher(name).matches()
                        ? LIST
                        : SECRETS.matcher(name).matches() && !SHOWN.contains(name) ? SECRET : OPEN;
            case NAMED -> name.equals("name") ? OPEN : SECRET;
            default -> SECRET;
        };
    }

    /** What the elements of an array hold. */
    Holding inArray() {
        return this == LIST ? ELEMENT : this;
    }

    /** What an object has to hold whose keys are asked for. */
    Holding inObject() {
        return switch (this) {
            case ELEMENT -> NAMED;
            case LIST -> SECRET;
            default -> this;
        };
    }

    /** What a value holds that stands in two places. */
    Holding and(Holding other) {
        return this == OPEN || this == other ? other : other == OPEN ? this : SECRET;
    }
}
