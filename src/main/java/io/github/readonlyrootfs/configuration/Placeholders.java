package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Puts in what {@code ${key}} and {@code ${key:default}} stand for, recursively, as Spring, MicroProfile Config and
 * Micronaut do. What is not known stays unknown: an application that would not start, for want of a value, has no paths.
 */
final class Placeholders {

    /** Longer than any path; texts that double with each level end here. */
    private static final int MAX_LENGTH = 4096;

    private static final int MAX_DEPTH = 50;

    /** What Maven puts in, if the project has it filter the file. */
    private static final Pattern UNFILTERED = Pattern.compile("@[\\w.-]+@");

    private final Function<String, Optional<Setting>> settings;
    private final Optional<String> incomplete;
    private final Map<String, ResolvedText> resolved = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /**
     * Placeholders that stand for these settings.
     *
     * @param incomplete why there may be more settings than these
     */
    Placeholders(Function<String, Optional<Setting>> settings, Optional<String> incomplete) {
        this.settings = settings;
        this.incomplete = incomplete;
    }

    ResolvedText resolve(Value<String> value) {
        if (value instanceof Value.Unknown<String> unknown) {
            return ResolvedText.unknown(unknown.reason());
        }
        return resolve(value.known().orElse(""), 0);
    }

    private ResolvedText resolve(String text, int depth) {
        if (depth > MAX_DEPTH) {
            return ResolvedText.unknown("its placeholders are nested more than " + MAX_DEPTH + " levels deep");
        }
        StringBuilder out = new StringBuilder();
        int next = 0;
        while (true) {
            int start = text.indexOf("${", next);
            int end = start < 0 ? -1 : closing(text, start + 2);
            String plain = text.substring(next, end < 0 ? text.length() : start);
            Optional<String> strange = strange(plain);
            out.append(plain);
            if (strange.isPresent() || out.length() > MAX_LENGTH) {
                return new ResolvedText("", strange.or(() -> Optional.of("it is longer than any path")));
            }
            if (end < 0) {
                return ResolvedText.known(out.toString());
            }
            ResolvedText piece = placeholder(text.substring(start + 2, end), depth);
            out.append(piece.text());
            if (!piece.isKnown()) {
                return new ResolvedText(out.toString(), piece.unknown());
            }
            next = end + 1;
        }
    }

    /** Why a text between placeholders does not mean what it says. */
    private static Optional<String> strange(String plain) {
        if (plain.contains("#{")) {
            return Optional.of("it is an expression that only the running application evaluates");
        }
        if (plain.indexOf('\uFFFD') >= 0) {
            return Optional.of("it is not written in UTF-8");
        }
        return plain.indexOf('@') >= 0 && UNFILTERED.matcher(plain).find()
                ? Optional.of("Maven did not put in what stands between the @")
                : Optional.empty();
    }

    /** Where the brace is that closes a placeholder; -1 when there is none. */
    private static int closing(String text, int from) {
        int braces = 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                braces++;
            } else if (text.charAt(i) == '}' && braces-- == 0) {
                return i;
            }
        }
        return -1;
    }

    private ResolvedText placeholder(String content, int depth) {
        int colon = colon(content);
        ResolvedText name = resolve(colon < 0 ? content : content.substring(0, colon), depth + 1);
        if (!name.isKnown()) {
            return ResolvedText.unknown(name.unknown().orElseThrow());
        }
        Optional<Setting> setting = settings.apply(name.text());
        if (setting.isPresent()) {
            return setting(name.text(), setting.get(), depth);
        }
        if (name.text().startsWith("random.")) {
            return ResolvedText.unknown("it is different each time");
        }
        if (incomplete.isPresent()) {
            return ResolvedText.unknown(incomplete.get() + " may set " + name.text());
        }
        return colon < 0
                ? ResolvedText.unknown("nothing sets " + name.text())
                : resolve(content.substring(colon + 1), depth + 1);
    }

    private ResolvedText setting(String name, Setting setting, int depth) {
        ResolvedText known = resolved.get(name);
        if (known != null) {
            return known;
        }
        if (!open.add(name)) {
            return ResolvedText.unknown("the value of " + name + " contains itself");
        }
        ResolvedText text = setting.value() instanceof Value.Unknown<String> unknown
                ? ResolvedText.unknown(unknown.reason())
                : resolve(setting.value().known().orElse(""), depth + 1);
        open.remove(name);
        resolved.put(name, text);
        return text;
    }

    /** The colon before a default: the first that is in no placeholder of the name. */
    private static int colon(String content) {
        int braces = 0;
        for (int i = 0; i < content.length(); i++) {
            switch (content.charAt(i)) {
                case '{' -> braces++;
                case '}' -> braces--;
                case ':' -> {
                    if (braces == 0) {
                        return i;
                    }
                }
                default -> {
                    // Part of the name.
                }
            }
        }
        return -1;
    }
}
