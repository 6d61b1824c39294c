// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.build;

import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.MountOptions;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.GoBoolean;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** BuildKit's rules for the options of {@code RUN --mount}. With other options the build fails. */
final class MountRules {

    private static final String ANY = "(?s).*";
    private static final String THIRTY_TWO_BITS =
            "0*(?:[1-3]?\\d{1,9}|4[01]\\d{8}|42[0-8]\\d{7}|429[0-3]\\d{6}|4294[0-8]\\d{5}"
                    + "|42949[0-5]\\d{4}|429496[0-6]\\d{3}|4294967[01]\\d\\d|42949672[0-8]\\d|429496729[0-5])";

    /** Keys with the patterns of their values. */
    private static final Map<String, Pattern> KEYS = Map.ofEntries(
            key("type", "(?i:bind|cache|tmpfs|secret|ssh)"),
            key("from", ANY),
            key("source", ANY),
            key("target", ANY),
            key("readonly", GoBoolean.PATTERN),
            key("readwrite", GoBoolean.PATTERN),
            key("required", GoBoolean.PATTERN),
            key("id", ANY),
            key("sharing", "(?i:shared|private|locked)"),
            key("mode", "0*[0-3]?[0-7]{1,10}"),
            key("uid", THIRTY_TWO_BITS),
            key("gid", THIRTY_TWO_BITS),
            key("size", "(?i:\\d+(\\.\\d+)? ?([kmgtp]i?)?b?)"),
            key("env", ANY));

    /** Keys that may have no value, which means true. */
    private static final Set<String> FLAGS = Set.of("readonly", "readwrite", "required");

    /** Keys of some types, which must follow the type. */
    private static final Map<String, Set<String>> BEHIND =
            Map.of("size", Set.of("tmpfs"), "required", Set.of("secret", "ssh"));

    /** Keys of some types, at any position. */
    private static final Map<String, Set<String>> ONLY_FOR = Map.of(
            "sharing", Set.of("cache"),
            "mode", Set.of("cache", "secret", "ssh"),
            "uid", Set.of("cache", "secret", "ssh"),
            "gid", Set.of("cache", "secret", "ssh"));

    private static final String NONESUCH = "has an option or value that does not exist";

    private final Location location;
    private final Map<String, String> options = new HashMap<>();

    private MountRules(Location location) {
        this.location = location;
    }

    private static Map.Entry<String, Pattern> key(String name, String value) {
        return Map.entry(name, Pattern.compile(value));
    }

    /**
     * Checks one mount; if the value of an option is unknown, only the names of the options.
     *
     * @param flag the mount of an instruction
     * @param values the value of a word; empty if unknown
     * @param directory the working directory; empty if unknown
     */
    static Optional<Problem> check(
            Instruction.Flag flag,
            Location location,
            Function<JoinedText, Optional<String>> values,
            Optional<ContainerPath> directory) {
        MountRules mount = new MountRules(location);
        List<MountOptions.Option> options = MountOptions.of(flag);
        if (!options.stream().allMatch(MountRules::exists)) {
            return mount.problem(NONESUCH);
        }
        for (MountOptions.Option option : options) {
            Optional<String> value = option.value().isEmpty()
                    ? Optional.of("true")
                    : option.value().flatMap(values);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Optional<Problem> problem = mount.add(option.key(), value.get());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return mount.problem(directory);
    }

    private String type() {
        return options.getOrDefault("type", "bind").toLowerCase(Locale.ROOT);
    }

    private static boolean exists(MountOptions.Option option) {
        return KEYS.containsKey(option.key()) && (option.value().isPresent() || FLAGS.contains(option.key()));
    }

    private Optional<Problem> add(String key, String value) {
        Pattern pattern = KEYS.get(key);
        if (pattern == null || !pattern.matcher(value).matches()) {
            return problem(NONESUCH);
        }
        if (BEHIND.containsKey(key) && !BEHIND.get(key).contains(type())) {
            return problem("has an option that mounts of type " + type() + " do not have; the type must precede it");
        }
        options.put(key, value);
        return Optional.empty();
    }

    private Optional<Problem> problem(Optional<ContainerPath> directory) {
        String type = type();
        boolean misplaced = ONLY_FOR.entrySet().stream()
                .anyMatch(only ->
                        options.containsKey(only.getKey()) && !only.getValue().contains(type));
        if (misplaced) {
            return problem("has an option that mounts of type " + type + " do not have");
        }
        if (type.equals("secret")) {
            return secret();
        }
        String target = options.getOrDefault("target", "");
        boolean atRoot = target.startsWith("/")
                ? target.equals("/")
                : directory.filter(path -> path.resolve(target).isRoot()).isPresent();
        return atRoot && !type.equals("ssh") ? problem("has no target below /") : Optional.empty();
    }

    private Optional<Problem> secret() {
        boolean id = isSet("id");
        boolean source = isSet("source");
        if (isSet("from")) {
            return problem("of a secret has `from`");
        }
        if (id && source) {
            return problem("of a secret names both its id and its source");
        }
        return id || source || isSet("target") ? Optional.empty() : problem("of a secret names neither id nor target");
    }

    private boolean isSet(String key) {
        return !options.getOrDefault(key, "").isEmpty();
    }

    private Optional<Problem> problem(String what) {
        return Optional.of(new Problem(
                location,
                "RUN --mount " + what,
                "write it like --mount=type=cache,target=/root/.m2, in the keys of its type"));
    }
}
