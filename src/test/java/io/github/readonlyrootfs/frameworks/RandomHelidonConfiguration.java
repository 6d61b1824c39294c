// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A random configuration of a Helidon SE application. */
final class RandomHelidonConfiguration extends RandomConfiguration {

    static final List<String> KEYS = List.of("shop.dir", "shop.data-dir", "shop.tmp", "server.log");

    private static final List<String> PROFILES = List.of("prod", "eu");

    private RandomHelidonConfiguration(long seed) {
        super(seed);
    }

    static ConfigurationSet of(long seed) {
        return new RandomHelidonConfiguration(seed).set();
    }

    private ConfigurationSet set() {
        for (int i = one(8) ? 2 : 1; i > 0; i--) {
            String name = "application" + (one(8) ? "-" + pick(PROFILES) : "");
            write(pick(List.of(classes(), classes(), "app/")) + name + pick(List.of(".yaml", ".properties")));
        }
        if (one(4)) {
            write(classes() + "META-INF/microprofile-config" + (one(2) ? "-prod" : "") + ".properties");
        }
        if (one(60)) {
            environment.put("HELIDON_CONFIG_PROFILE", pick(PROFILES));
        }
        if (one(60)) {
            properties.put(pick(List.of("config.profile", "helidon.config.profile")), pick(PROFILES));
        }
        if (one(3)) {
            environment.put(
                    pick(List.of(
                            "SHOP_DIR",
                            "shop_dir",
                            "SHOP_DATA_DIR",
                            "SHOP_DATA_DASH_DIR",
                            "SHOP_DATA_dash_DIR",
                            "SHOP_TMP")),
                    plain());
        }
        if (one(4)) {
            properties.put(pick(KEYS), plain());
        }
        return new ConfigurationSet(files, environment, properties, List.of());
    }

    private String value() {
        String plain = plain();
        return switch (random.nextInt(10)) {
            case 0 -> "${shop.tmp}" + plain;
            case 1 -> "${nope}" + plain;
            case 2 -> "${nope:x}" + plain;
            default -> plain;
        };
    }

    private void write(String file) {
        if (files.containsKey(file)) {
            return;
        }
        boolean yaml = !file.endsWith(".properties");
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String key = pick(KEYS);
            lines.put(key, key.equals("shop.tmp") ? plain() : value());
        }
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) ->
                text.append(key).append(yaml ? ": \"" : "=").append(value).append(yaml ? "\"\n" : "\n"));
        files.put(file, text.toString());
    }
}
