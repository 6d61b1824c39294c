// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.TextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options of {@code RUN --mount=}: a line of comma-separated values. */
public final class MountOptions {

    /**
     * One option.
     *
     * @param key in lower case, aliases such as {@code src} replaced
     * @param value empty if only the key is written
     */
    private record Option(String key, Optional<JoinedText> value) {}

    private static final Map<String, String> ALIASES =
            Map.of("src", "source", "dst", "target", "destination", "target", "ro", "readonly", "rw", "readwrite");

    private MountOptions() {}

    /** The value of the last option with that key; empty if there is none. */
    public static Optional<JoinedText> value(Instruction.Flag flag, String key) {
        Optional<JoinedText> value = Optional.empty();
        for (Option option : of(flag)) {
            value = option.key().equals(key) ? option.value() : value;
        }
        return value;
    }

    /** The options of a flag; BuildKit rejects those that are not well formed. */
    private static List<Option> of(Instruction.Flag flag) {
        List<Option> options = new ArrayList<>();
        for (JoinedText field : fields(flag)) {
            int equals = field.text().indexOf('=');
            String key = (equals < 0 ? field.text() : field.text().substring(0, equals)).toLowerCase(Locale.ROOT);
            options.add(new Option(
                    ALIASES.getOrDefault(key, key),
                    equals < 0 ? Optional.empty() : Optional.of(field.slice(equals + 1, field.length()))));
        }
        return options;
    }

    private static List<JoinedText> fields(Instruction.Flag flag) {
        JoinedText text = flag.value();
        String line = text.text();
        List<JoinedText> fields = new ArrayList<>();
        int pos = 0;
        while (pos <= line.length()) {
            if (line.startsWith("\"", pos)) {
                TextBuilder field = new TextBuilder(text.source());
                int origin = text.offset(pos);
                pos = quoted(text, pos + 1, field);
                fields.add(field.build(origin));
            } else {
                int comma = line.indexOf(',', pos);
                int end = comma < 0 ? line.length() : comma;
                fields.add(text.slice(pos, end));
                pos = end + 1;
            }
        }
        return fields;
    }

    /** Reads a quoted field up to the comma after it; returns where the next one begins. */
    private static int quoted(JoinedText text, int start, TextBuilder field) {
        String line = text.text();
        int pos = start;
        while (pos < line.length()) {
            char c = line.charAt(pos);
            boolean doubled = c == '"' && line.startsWith("\"\"", pos);
            if (c == '"' && !doubled) {
                return pos + 2;
            }
            field.append(c, text.offset(pos));
            pos += doubled ? 2 : 1;
        }
        return line.length() + 1;
    }
}
