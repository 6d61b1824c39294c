// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A random configuration of a Micronaut application. */
final class RandomMicronautConfiguration extends RandomConfiguration {

    static final List<String> KEYS =
            List.of("micronaut.server.multipart.location", "logger.config", "shop.data-dir", "shop.tmp");

    private static final List<String> ENVIRONMENTS = List.of("prod", "eu", "staging");

    private RandomMicronautConfiguration(long seed) {
        super(seed);
    }

    static ConfigurationSet of(long seed) {
        return new RandomMicronautConfiguration(seed).set();
    }

    private ConfigurationSet set() {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String name = "application" + (one(3) ? "-" + pick(ENVIRONMENTS) : "");
            write(pick(List.of(classes(), classes(), "app/config/")) + name + extension());
        }
        if (one(2)) {
            environment.put("MICRONAUT_ENVIRONMENTS", environments());
        }
        if (one(3)) {
            properties.put("micronaut.environments", environments());
        }
        if (one(60)) {
            environment.put("MICRONAUT_CONFIG_FILES", places());
        }
        if (one(60)) {
            properties.put("micronaut.config.files", places());
        }
        if (one(4)) {
            environment.put(
                    pick(List.of("SHOP_DATA_DIR", "SHOP_TMP", "SHOP_DATADIR", "LOGGER_CONFIG", "OTHER")), plain());
        }
        if (one(5)) {
            properties.put(spelling(pick(KEYS)), plain());
        }
        if (one(6)) {
            arguments.add("--" + pick(KEYS) + "=" + plain());
        }
        return new ConfigurationSet(files, environment, properties, arguments);
    }

    private String environments() {
        return one(3) ? pick(ENVIRONMENTS) + pick(List.of(",", ", ")) + pick(ENVIRONMENTS) : pick(ENVIRONMENTS);
    }

    private String extension() {
        return one(6) ? pick(List.of(".properties", ".yaml")) : ".yml";
    }

    private String places() {
        List<String> places = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String directory = pick(List.of("app/", "app/own/", classes()));
            String file = pick(List.of("more", "other")) + extension();
            write(directory + file);
            String place = directory.substring(directory.indexOf('/') + 1) + file;
            places.add(
                    !directory.startsWith("app")
                            ? "classpath:" + place
                            : pick(List.of("", "file:", ConfigurationSet.WORKDIR + "/")) + place);
        }
        return String.join(",", places);
    }

    private String value() {
        String plain = plain();
        return switch (random.nextInt(12)) {
            case 0 -> "${shop.tmp:/d}" + plain;
            case 1 -> "${nope:" + plain + "}";
            case 2 -> "${nope:shop.tmp:" + plain + "}";
            case 3 -> "${OTHER:`a:" + plain + "`}";
            case 4 -> "${nope:shop.tmp:`b:" + plain + "`}/x";
            case 5 -> "${OTHER:" + plain + "}";
            default -> plain;
        };
    }

    private String spelling(String key) {
        return one(4) ? key.replace("data-dir", "dataDir") : key;
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
        lines.forEach((key, value) -> text.append(spelling(key))
                .append(yaml ? ": \"" : "=")
                .append(value)
                .append(yaml ? "\"\n" : "\n"));
        files.put(file, text.toString());
    }
}
