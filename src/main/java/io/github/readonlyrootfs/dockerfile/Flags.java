// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks the flags of an instruction against those that its keyword has. */
final class Flags {

    private enum Kind {
        BOOLEAN,
        TEXT,
        /** May be given more than once. */
        REPEATED
    }

    private static final Map<Keyword, Map<String, Kind>> KNOWN = Map.of(
            Keyword.ADD,
                    Map.of(
                            "chown", Kind.TEXT,
                            "chmod", Kind.TEXT,
                            "link", Kind.BOOLEAN,
                            "keep-git-dir", Kind.BOOLEAN,
                            "checksum", Kind.TEXT,
                            "unpack", Kind.BOOLEAN,
                            "exclude", Kind.REPEATED),
            Keyword.COPY,
                    Map.of(
                            "from", Kind.TEXT,
                            "chown", Kind.TEXT,
                            "chmod", Kind.TEXT,
                            "link", Kind.BOOLEAN,
                            "parents", Kind.BOOLEAN,
                            "exclude", Kind.REPEATED),
            Keyword.FROM, Map.of("platform", Kind.TEXT),
            Keyword.HEALTHCHECK,
                    Map.of(
                            "interval", Kind.TEXT,
                            "timeout", Kind.TEXT,
                            "start-period", Kind.TEXT,
                            "start-interval", Kind.TEXT,
                            "retries", Kind.TEXT),
            Keyword.RUN,
                    Map.of(
                            "mount", Kind.REPEATED,
                            "network", Kind.TEXT,
                            "security", Kind.TEXT,
                            "device", Kind.REPEATED));

    private Flags() {}

    static List<Instruction.Flag> read(Statement statement, Keyword keyword) throws RejectedInstruction {
        List<Instruction.Flag> flags = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JoinedText word : statement.flags()) {
            flags.add(flag(word, keyword, seen));
        }
        return List.copyOf(flags);
    }

    private static Instruction.Flag flag(JoinedText word, Keyword keyword, Set<String> seen)
            throws RejectedInstruction {
        int equals = word.text().indexOf('=');
        boolean hasValue = equals >= 0;
        String name = word.text().substring(2, hasValue ? equals : word.length());
        JoinedText value = word.slice(hasValue ? equals + 1 : word.length(), word.length());
        Location location = word.location();
        Map<String, Kind> known = KNOWN.getOrDefault(keyword, Map.of());
        Kind kind = known.get(name);
        if (kind == null) {
            // An unknown flag may be a secret.
            boolean near = NearestName.of(name, known.keySet()).isPresent();
            throw RejectedInstruction.meaning(
                    location,
                    keyword + (near ? " has no flag --" + name : " does not have this flag"),
                    flagHelp(name, known));
        }
        if (!seen.add(name) && kind != Kind.REPEATED) {
            throw RejectedInstruction.meaning(
                    location, "the flag --" + name + " is given for the second time", "keep one of the two");
        }
        boolean needsValue = kind != Kind.BOOLEAN;
        if (needsValue ? !hasValue : hasValue && value.isEmpty()) {
            throw RejectedInstruction.meaning(
                    location,
                    "the flag --" + name + " has no value",
                    "write --" + name + "=" + (needsValue ? "VALUE" : "true or --" + name));
        }
        if (!needsValue && !isBoolean(value.text())) {
            throw RejectedInstruction.meaning(
                    location,
                    "the flag --" + name + " takes true or false only",
                    "write --" + name + " or leave it out");
        }
        return new Instruction.Flag(location, name, value);
    }

    private static boolean isBoolean(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.isEmpty() || lower.equals("true") || lower.equals("false");
    }

    private static String flagHelp(String name, Map<String, Kind> flags) {
        Optional<String> nearest = NearestName.of(name, flags.keySet());
        if (nearest.isPresent()) {
            return "did you mean --" + nearest.get() + "?";
        }
        if (flags.isEmpty()) {
            return "it takes no flags: write words that begin with -- in a JSON array, or after a separate --";
        }
        return "its flags are --" + String.join(", --", new TreeSet<>(flags.keySet()));
    }
}
