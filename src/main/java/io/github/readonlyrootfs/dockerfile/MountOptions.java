// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.TextBuilder;
import io.github.readonlyrootfs.source.GoBoolean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options of {@code RUN --mount=} and {@code RUN --device=}: a line of comma-separated values. */
public final class MountOptions {

    /**
     * One option.
     *
     * @param key in lower case, aliases such as {@code src} replaced
     * @param value empty if only the key is written
     */
    public record Option(String key, Optional<JoinedText> value) {}

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

    /** The options of a flag that was read without error. */
    public static List<Option> of(Instruction.Flag flag) {
        try {
            return options(flag);
        } catch (RejectedInstruction e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What BuildKit checks of a mount before variables are known. */
    static void checkMount(Instruction.Flag flag) throws RejectedInstruction {
        for (Option option : options(flag)) {
            String value = option.value().map(JoinedText::text).orElse("");
            int dollar = value.indexOf('$');
            if (option.key().equals("from") && dollar >= 0 && dollar < value.length() - 1) {
                throw RejectedInstruction.meaning(
                        flag.location(),
                        "variables are not expanded in the `from` of a mount",
                        "add a stage for that image (FROM image AS name) and name the stage");
            }
        }
    }

    static void checkDevice(Instruction.Flag flag) throws RejectedInstruction {
        boolean named = false;
        for (Option option : options(flag)) {
            boolean required = option.key().equals("required");
            boolean valid = required
                    ? option.value()
                            .map(value -> GoBoolean.parse(value.text()).isPresent())
                            .orElse(true)
                    : !named;
            if (!valid) {
                throw RejectedInstruction.meaning(
                        flag.location(),
                        "--device has an option that BuildKit does not know",
                        "write it like --device=vendor.com/device=name,required");
            }
            named |= !required;
        }
    }

    private static List<Option> options(Instruction.Flag flag) throws RejectedInstruction {
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

    private static List<JoinedText> fields(Instruction.Flag flag) throws RejectedInstruction {
        JoinedText text = flag.value();
        String line = text.text();
        if (line.isEmpty()) {
            throw malformed(flag, "it is empty");
        }
        List<JoinedText> fields = new ArrayList<>();
        int pos = 0;
        while (pos <= line.length()) {
            if (line.startsWith("\"", pos)) {
                TextBuilder field = new TextBuilder(text.source());
                int origin = text.offset(pos);
                pos = quoted(text, pos + 1, field, flag);
                fields.add(field.build(origin));
            } else {
                int comma = line.indexOf(',', pos);
                int end = comma < 0 ? line.length() : comma;
                JoinedText field = text.slice(pos, end);
                if (field.text().indexOf('"') >= 0) {
                    throw malformed(flag, "a quote inside a field");
                }
                fields.add(field);
                pos = end + 1;
            }
        }
        return fields;
    }

    /** Reads a quoted field up to the comma after it; returns where the next one begins. */
    private static int quoted(JoinedText text, int start, TextBuilder field, Instruction.Flag flag)
            throws RejectedInstruction {
        String line = text.text();
        int pos = start;
        while (pos < line.length()) {
            char c = line.charAt(pos);
            boolean doubled = c == '"' && line.startsWith("\"\"", pos);
            if (c == '"' && !doubled) {
                if (pos + 1 < line.length() && line.charAt(pos + 1) != ',') {
                    throw malformed(flag, "something follows a closing quote");
                }
                return pos + 2;
            }
            field.append(c, text.offset(pos));
            pos += doubled ? 2 : 1;
        }
        throw malformed(flag, "a quote is not closed");
    }

    private static RejectedInstruction malformed(Instruction.Flag flag, String why) {
        return RejectedInstruction.meaning(
                flag.location(),
                "--" + flag.name() + " cannot be read: " + why,
                flag.name().equals("mount")
                        ? "write it like --mount=type=cache,target=/root/.m2"
                        : "write it like --device=vendor.com/device=name");
    }
}
