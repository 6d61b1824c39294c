// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.KeyName;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.file.PropertyDocument;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Settings from one place, such as a file or the environment. */
interface PropertySource {

    Optional<Setting> find(String key);

    /**
     * The setting that a placeholder of Spring refers to: only a name in kebab case matches other spellings too.
     *
     * @param name the placeholder's name, without its default
     */
    default Optional<Setting> placeholder(String name) {
        return find(name);
    }

    /** All settings of a key, if it is not known which of them counts. */
    default List<Setting> candidates(String key) {
        return find(key).stream().toList();
    }

    /** Why settings that are not read here may override these. */
    default Optional<String> unfollowed() {
        return Optional.empty();
    }

    /** The keys that are set, in spellings that {@link #find} accepts. */
    Collection<String> keys();

    /** Settings of files, the command line or system properties; the last one of a key wins. */
    final class Named implements PropertySource {

        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, Setting> written = new HashMap<>();
        private final boolean exact;

        /** @param key as written */
        private record Entry(String key, Setting setting) {}

        Named() {
            this(false);
        }

        private Named(boolean exact) {
            this.exact = exact;
        }

        /** Settings that are matched by their exact keys. */
        static Named exact() {
            return new Named(true);
        }

        void put(String key, Setting setting) {
            entries.put(spelling(key), new Entry(key, setting));
            written.put(key, setting);
        }

        void putAll(PropertyDocument document) {
            for (Property property : document.properties()) {
                put(property.key(), Setting.of(property));
            }
        }

        private String spelling(String key) {
            return exact ? key : KeyName.canonical(key);
        }

        @Override
        public Optional<Setting> find(String key) {
            Entry entry = entries.get(spelling(key));
            return entry == null ? Optional.empty() : Optional.of(entry.setting());
        }

        @Override
        public Optional<Setting> placeholder(String name) {
            return KeyName.isUniform(name) ? find(name) : Optional.ofNullable(written.get(name));
        }

        @Override
        public Collection<String> keys() {
            List<String> keys = new ArrayList<>();
            for (Entry entry : entries.values()) {
                keys.add(entry.key());
            }
            return keys;
        }
    }

    /** Settings for profiles that may be active: their values are unknown. */
    record Doubtful(Named settings) implements PropertySource {

        @Override
        public Optional<Setting> find(String key) {
            return unknown(settings.find(key));
        }

        @Override
        public Optional<Setting> placeholder(String name) {
            return unknown(settings.placeholder(name));
        }

        @Override
        public Collection<String> keys() {
            return settings.keys();
        }

        private static Optional<Setting> unknown(Optional<Setting> setting) {
            return setting.isPresent() ? Optional.of(unknown(setting.get())) : setting;
        }

        static Setting unknown(Setting setting) {
            String reason = setting.location() + " sets it for a profile, and the active profiles are unknown";
            return new Setting(setting.name(), new Value.Unknown<>(reason, setting.location()));
        }
    }

    final class Variables implements PropertySource {

        private final Map<String, Setting> settings = new HashMap<>();
        private final Function<String, List<String>> names;

        Variables(Map<String, Value<String>> environment) {
            this(environment, KeyName::variables);
        }

        /** The environment as MicroProfile reads it, without the spellings that only Spring Boot accepts. */
        static Variables exact(Map<String, Value<String>> environment) {
            return new Variables(environment, KeyName::exactVariables);
        }

        /** The environment as Helidon SE reads it: {@code _dash_} is a hyphen. */
        static Variables ofHelidon(Map<String, Value<String>> environment) {
            return new Variables(environment, KeyName::helidonVariables);
        }

        /** The environment as Helidon SE 4 and later read it. */
        static Variables ofHelidon4(Map<String, Value<String>> environment) {
            return new Variables(environment, KeyName::helidon4Variables);
        }

        private Variables(Map<String, Value<String>> environment, Function<String, List<String>> names) {
            this.names = names;
            for (Map.Entry<String, Value<String>> variable : environment.entrySet()) {
                if (!variable.getValue().isAbsent()) {
                    String name = variable.getKey();
                    settings.put(name.toUpperCase(Locale.ROOT), new Setting(name, variable.getValue()));
                }
            }
        }

        @Override
        public Optional<Setting> find(String key) {
            return first(names.apply(key));
        }

        @Override
        public Optional<Setting> placeholder(String name) {
            return KeyName.isUniform(name) ? find(name) : first(KeyName.exactVariables(name));
        }

        private Optional<Setting> first(List<String> among) {
            for (String name : among) {
                Setting setting = settings.get(name.toUpperCase(Locale.ROOT));
                if (setting != null) {
                    return Optional.of(setting);
                }
            }
            return Optional.empty();
        }

        @Override
        public Collection<String> keys() {
            List<String> keys = new ArrayList<>();
            for (String name : settings.keySet()) {
                keys.add(KeyName.ofVariable(name));
            }
            return keys;
        }
    }
}
