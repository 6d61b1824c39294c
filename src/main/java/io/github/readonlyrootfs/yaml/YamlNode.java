// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.yaml;

import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A value in a YAML file. An alias is replaced by the value of its anchor, with its location; merge keys are resolved. */
public sealed interface YamlNode {

    Location location();

    /** The tag, such as {@code !Ref} or {@code tag:yaml.org,2002:str}; empty if none is written. */
    Optional<String> tag();

    /** The value of a key, of several the last one; empty where this is no mapping, or has no such key. */
    default Optional<YamlNode> member(String key) {
        Optional<YamlNode> member = Optional.empty();
        for (Entry entry : this instanceof Mapping mapping ? mapping.entries() : List.<Entry>of()) {
            if (entry.key().value().equals(key)) {
                member = Optional.of(entry.value());
            }
        }
        return member;
    }

    /** @param plain whether it has no quotes and is no block, so that it may be something other than a string */
    record Scalar(Location location, Optional<String> tag, String value, boolean plain) implements YamlNode {

        public static final String STRING_TAG = "tag:yaml.org,2002:str";

        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        private static final Map<String, Boolean> BOOLEANS =
                Map.of("true", true, "True", true, "TRUE", true, "false", false, "False", false, "FALSE", false);

        /** Whether a text without quotes is no value. */
        public static boolean isNull(String plain) {
            return NULLS.contains(plain);
        }

        /** The boolean that a text without quotes is, if it is one. */
        public static Optional<Boolean> bool(String plain) {
            return Optional.ofNullable(BOOLEANS.get(plain));
        }
    }

    record Sequence(Location location, Optional<String> tag, List<YamlNode> items) implements YamlNode {}

    /** @param entries in the file's order with duplicates; merged entries come first */
    record Mapping(Location location, Optional<String> tag, List<Entry> entries) implements YamlNode {}

    record Entry(Scalar key, YamlNode value) {}
}
