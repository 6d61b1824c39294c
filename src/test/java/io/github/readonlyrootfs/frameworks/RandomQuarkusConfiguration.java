// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A configuration of a Quarkus application that nobody picked. */
final class RandomQuarkusConfiguration {

    static final List<String> KEYS =
            List.of("quarkus.log.file.path", "quarkus.http.body.uploads-directory", "shop.data-dir", "shop.tmp");

    private static final List<String> PROFILES = List.of("prod", "staging", "dev");

    private final Random random;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private int values;

    private RandomQuarkusConfiguration(long seed) {
        random = new Random(seed);
    }

    static ConfigurationSet of(long seed) {
        return new RandomQuarkusConfiguration(seed).set();
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private ConfigurationSet set() {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String directory = pick(List.of("classes/", "classes/", "app/config/"));
            String profile = one(3) ? "-" + pick(PROFILES) : "";
            write(directory + "application" + profile + pick(List.of(".properties", ".properties", ".yaml", ".yml")));
        }
        if (one(4)) {
            write("classes/META-INF/microprofile-config" + (one(4) ? "-prod" : "") + ".properties");
        }
        if (one(4)) {
            environment.put("QUARKUS_PROFILE", profiles());
        } else if (one(5)) {
            properties.put("quarkus.profile", profiles());
        }
        if (one(8)) {
            files.put("app/.env", "SHOP_DATA_DIR=" + plain() + "\n");
        }
        if (one(4)) {
            environment.put(
                    pick(List.of(
                            "SHOP_DATA_DIR",
                            "QUARKUS_LOG_FILE_PATH",
                            "SHOP_TMP",
                            "SHOP_DATADIR",
                            "_PROD_SHOP_TMP",
                            "_STAGING_SHOP_TMP")),
                    plain());
        }
        if (one(4)) {
            properties.put((one(5) ? "%prod." : "") + pick(KEYS), plain());
        }
        if (one(6)) {
            String file = pick(List.of("app/more.properties", "app/more.yaml", "classes/more.properties"));
            write(file);
            String place = file.startsWith("app/") ? file.substring("app/".length()) : "more.properties";
            environment.put("QUARKUS_CONFIG_LOCATIONS", place);
        }
        return new ConfigurationSet(files, environment, properties, List.of());
    }

    private String profiles() {
        return pick(PROFILES);
    }

    private String plain() {
        return "/v" + values++;
    }

    private String value() {
        String plain = plain();
        return switch (random.nextInt(10)) {
            case 0 -> "${shop.tmp:/d}" + plain;
            case 1 -> "${NOPE:" + plain + "}";
            case 2 -> "${NOPE:${shop.tmp:" + plain + "}}";
            case 3 -> "${SHOP_TMP:" + plain + "}";
            default -> plain;
        };
    }

    private void write(String file) {
        boolean yaml = !file.endsWith(".properties");
        Set<String> lines = new LinkedHashSet<>();
        List<String> written = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String profile = one(4) ? "%" + (one(4) ? "prod,staging" : pick(PROFILES)) + "." : "";
            String key = pick(KEYS);
            add(profile + key, key.equals("shop.tmp") ? plain() : value(), yaml, lines, written);
        }
        if (one(10) && !file.contains("-")) {
            add("config_ordinal", pick(List.of("90", "257", "275")), yaml, lines, written);
        }
        files.put(file, String.join("", lines));
    }

    private static void add(String key, String value, boolean yaml, Set<String> lines, List<String> written) {
        String root = yaml ? key.replaceFirst("\\..*", "") : key.replaceFirst("^%prod,staging\\.", "%prod.");
        root = root.equals("%prod,staging") ? "%prod" : root;
        if (!written.contains(root)) {
            written.add(root);
            lines.add(yaml ? nested(key, value) : key + "=" + value + "\n");
        }
    }

    /** A key with dots in one would be another one. */
    private static String nested(String key, String value) {
        int dot = key.startsWith("%") ? key.indexOf('.') : -1;
        String[] names = key.substring(dot + 1).split("\\.");
        String all = dot < 0 ? "" : "\"" + key.substring(0, dot) + "\": {";
        return all + String.join(": {", names) + ": \"" + value + "\"" + "}".repeat(names.length - (dot < 0 ? 1 : 0))
                + "\n";
    }
}
