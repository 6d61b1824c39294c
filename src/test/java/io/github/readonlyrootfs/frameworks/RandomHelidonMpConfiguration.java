// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A random configuration of a Helidon MP application. */
final class RandomHelidonMpConfiguration extends RandomConfiguration {

    static final List<String> KEYS = List.of("shop.dir", "shop.data-dir", "shop.tmp", "server.log");

    private static final List<String> PROFILES = List.of("prod", "eu");

    private RandomHelidonMpConfiguration(long seed) {
        super(seed);
    }

    static ConfigurationSet of(long seed) {
        return new RandomHelidonMpConfiguration(seed).set();
    }

    private ConfigurationSet set() {
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            write(classes() + pick(List.of("META-INF/microprofile-config", "application")));
        }
        if (one(2)) {
            environment.put("MP_CONFIG_PROFILE", pick(PROFILES));
        }
        if (one(5)) {
            properties.put("mp.config.profile", pick(PROFILES));
        }
        if (one(3)) {
            environment.put(
                    pick(List.of("SHOP_DIR", "shop_dir", "SHOP_DATA_DIR", "_PROD_SHOP_DIR", "SHOP_TMP")), plain());
        }
        if (one(4)) {
            properties.put((one(3) ? "%" + pick(PROFILES) + "." : "") + pick(KEYS), plain());
        }
        return new ConfigurationSet(files, environment, properties, List.of());
    }

    private void write(String name) {
        boolean yaml = name.endsWith("application") && !one(6);
        String file = name + (one(3) ? "-" + pick(PROFILES) : "") + (yaml ? ".yaml" : ".properties");
        if (files.containsKey(file)) {
            return;
        }
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String key = pick(KEYS);
            lines.put((one(3) ? "%" + pick(PROFILES) + "." : "") + key, key.equals("shop.tmp") ? plain() : value());
        }
        if (one(file.matches(".*-(?:prod|eu)\\..*") ? 40 : 8)) {
            lines.put("config_ordinal", pick(List.of("50", "120", "310", "450")));
        }
        if (one(12)) {
            lines.put("mp.config.profile", pick(PROFILES));
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (key, value) -> text.append(yaml ? '"' + key + "\": \"" + value + "\"\n" : key + "=" + value + "\n"));
        files.put(file, text.toString());
    }

    private String value() {
        String plain = plain();
        return switch (random.nextInt(12)) {
            case 0 -> "${shop.tmp:/d}" + plain;
            case 1 -> "${nope:" + plain + "}";
            case 2 -> "${nope:${shop.tmp:" + plain + "}}";
            case 3 -> "";
            default -> plain;
        };
    }
}
