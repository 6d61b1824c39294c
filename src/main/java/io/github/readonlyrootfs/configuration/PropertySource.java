// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings of one origin. */
sealed interface PropertySource {

    Optional<Setting> find(String key);

    /** The keys that it sets, in spellings that {@link #find} takes. */
    Collection<String> keys();

    /** Settings of files, the command line or system properties; of those with one key the last one counts. */
    final class Named implements PropertySource {

        private final Map<String, Entry> entries = new LinkedHashMap<>();

        /** @param key as it is written, without what says when it counts */
        private record Entry(String key, Setting setting) {}

        void put(String key, Setting setting) {
            entries.put(KeyName.canonical(key), new Entry(key, setting));
        }

        void putAll(PropertyDocument document) {
            document.properties().forEach(property -> put(property.key(), Setting.of(property)));
        }

        @Override
        public Optional<Setting> find(String key) {
            Entry entry = entries.get(KeyName.canonical(key));
            return entry == null ? Optional.empty() : Optional.of(entry.setting());
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

    /** The environment. */
    final class Variables implements PropertySource {

        private final Map<String, Setting> settings = new HashMap<>();

        Variables(Map<String, Value<String>> environment) {
            for (Map.Entry<String, Value<String>> variable : environment.entrySet()) {
                if (!variable.getValue().isAbsent()) {
                    String name = variable.getKey();
                    settings.put(name.toUpperCase(Locale.ROOT), new Setting(name, variable.getValue()));
                }
            }
        }

        @Override
        public Optional<Setting> find(String key) {
            for (String name : KeyName.variables(key)) {
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
