// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.build;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What BuildKit asks of the options of {@code RUN --mount}: with any other, it does not build. */
final class MountRules {

    private static final String BOOLEAN = "1|t|T|TRUE|true|True|0|f|F|FALSE|false|False";
    private static final String ANY = "(?s).*";

    /** Keys with what their values look like. */
    private static final Map<String, Pattern> KEYS = Map.ofEntries(
            key("type", "(?i:bind|cache|tmpfs|secret|ssh)"),
            key("from", ANY),
            key("source", ANY),
            key("src", ANY),
            key("target", ANY),
            key("dst", ANY),
            key("destination", ANY),
            key("readonly", BOOLEAN),
            key("ro", BOOLEAN),
            key("readwrite", BOOLEAN),
            key("rw", BOOLEAN),
            key("required", BOOLEAN),
            key("id", ANY),
            key("sharing", "(?i:shared|private|locked)"),
            key("mode", "[0-7]{1,9}"),
            key("uid", "\\d{1,19}"),
            key("gid", "\\d{1,19}"),
            key("size", "(?i:\\d+(\\.\\d+)? ?([kmgtp]i?)?b?)"),
            key("env", ANY));

    /** Keys that may stand alone, which means true. */
    private static final Set<String> FLAGS = Set.of("readonly", "ro", "readwrite", "rw", "required");

    private static final Map<String, Set<String>> ONLY_FOR = Map.of(
            "size", Set.of("tmpfs"),
            "sharing", Set.of("cache"),
            "required", Set.of("secret", "ssh"),
            "mode", Set.of("cache", "secret", "ssh"),
            "uid", Set.of("cache", "secret", "ssh"),
            "gid", Set.of("cache", "secret", "ssh"));

    private MountRules() {}

    private static Map.Entry<String, Pattern> key(String name, String value) {
        return Map.entry(name, Pattern.compile(value));
    }

    static Optional<Problem> check(String written, Location location) {
        // What holds a placeholder is not judged.
        if (written.isEmpty() || !written.matches("[\\w.,=/:+@~-]*")) {
            return Optional.empty();
        }
        Map<String, String> options = new HashMap<>();
        for (String field : written.split(",", -1)) {
            int equals = field.indexOf('=');
            String name = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "true" : field.substring(equals + 1);
            Pattern pattern = KEYS.get(name);
            if (pattern == null
                    || (equals < 0 && !FLAGS.contains(name))
                    || !pattern.matcher(value).matches()) {
                return problem(location, "has an option or value that does not exist");
            }
            options.put(name, value);
        }
        String type = options.getOrDefault("type", "bind").toLowerCase(Locale.ROOT);
        boolean misplaced = ONLY_FOR.entrySet().stream()
                .anyMatch(only ->
                        options.containsKey(only.getKey()) && !only.getValue().contains(type));
        if (misplaced) {
            return problem(location, "has an option that mounts of type " + type + " do not have");
        }
        String target =
                options.getOrDefault("target", options.getOrDefault("dst", options.getOrDefault("destination", "")));
        boolean somewhere = type.equals("secret") || type.equals("ssh") || !target.matches("/*");
        if (!somewhere) {
            return problem(location, "has no target below /");
        }
        boolean named = options.containsKey("id") || options.containsKey("source") || options.containsKey("src");
        return type.equals("secret") && !named && target.isEmpty()
                ? problem(location, "of a secret names neither id nor target")
                : Optional.empty();
    }

    private static Optional<Problem> problem(Location location, String what) {
        return Optional.of(new Problem(
                location,
                "RUN --mount " + what,
                "write it like --mount=type=cache,target=/root/.m2, in the keys of its type"));
    }
}
