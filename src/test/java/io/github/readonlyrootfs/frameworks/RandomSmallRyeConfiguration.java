// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A random configuration of an application with SmallRye Config, with or without Quarkus. */
final class RandomSmallRyeConfiguration extends RandomConfiguration {

    static final List<String> KEYS =
            List.of("quarkus.log.file.path", "quarkus.http.body.uploads-directory", "shop.data-dir", "shop.tmp");

    private static final List<String> PROFILES = List.of("prod", "staging", "dev");

    private final String prefix;

    private RandomSmallRyeConfiguration(long seed, boolean quarkus) {
        super(seed);
        this.prefix = quarkus ? "quarkus" : "smallrye";
    }

    static ConfigurationSet of(long seed, boolean quarkus) {
        return new RandomSmallRyeConfiguration(seed, quarkus).set();
    }

    private String profileKey() {
        return prefix.equals("quarkus") ? "quarkus.profile" : "smallrye.config.profile";
    }

    private String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private ConfigurationSet set() {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String directory = pick(List.of(classes(), classes(), "app/config/"));
            String profile = one(3) ? "-" + pick(PROFILES) : "";
            write(directory + "application" + profile + pick(List.of(".properties", ".properties", ".yaml", ".yml")));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            write(classes() + "META-INF/microprofile-config" + (one(4) ? "-prod" : "")
                    + pick(List.of(".properties", ".properties", ".yaml", ".yml")));
        }
        if (one(3)) {
            environment.put(
                    variable(pick(List.of(profileKey(), profileKey(), "mp.config.profile", "smallrye.config.profile"))),
                    profiles());
        }
        if (one(5)) {
            properties.put(pick(List.of(profileKey(), profileKey(), "mp.config.profile")), profiles());
        }
        if (one(60)) {
            environment.put(variable(prefix + ".config.profile.parent"), pick(PROFILES));
        }
        if (one(6)) {
            files.put(
                    "app/.env",
                    pick(List.of(
                                    "SHOP_DATA_DIR",
                                    "_PROD_SHOP_DATA_DIR",
                                    "_STAGING_SHOP_TMP",
                                    "CONFIG_ORDINAL=310\nSHOP_TMP"))
                            + "=" + plain() + "\n" + (one(4) ? variable(profileKey()) + "=" + profiles() + "\n" : ""));
            if (one(3)) {
                files.put("app/.env-" + pick(PROFILES), "SHOP_DATA_DIR=" + plain() + "\n");
            }
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
        if (one(20)) {
            environment.put("CONFIG_ORDINAL", "255");
        }
        if (one(4)) {
            properties.put(pick(List.of("", "", "%prod.", "%prod,staging.")) + pick(KEYS), plainOrNothing());
        }
        if (one(60)) {
            locations();
        }
        return new ConfigurationSet(files, environment, properties, List.of());
    }

    private void locations() {
        List<String> places = new ArrayList<>();
        for (int i = 1 + random.nextInt(one(3) ? 3 : 2); i > 0; i--) {
            places.add(location());
        }
        String all = String.join(",", places);
        switch (random.nextInt(4)) {
            case 0 -> properties.put(prefix + ".config.locations", all);
            case 1 ->
                files.merge(
                        "classes/application.properties",
                        pick(List.of("", "", "%prod.", "%staging.")) + prefix + ".config.locations=" + all + "\n",
                        (old, added) -> old + added);
            default ->
                environment.put(
                        pick(List.of(variable(prefix + ".config.locations"), "SMALLRYE_CONFIG_LOCATIONS")), all);
        }
    }

    private String location() {
        String directory = pick(List.of("app/", "app/own/", classes(), "classes/own/"));
        String extension = pick(List.of("properties", "properties", "yaml", "yml"));
        String name = pick(List.of("more", "other"));
        write(directory + name + "." + extension);
        if (one(2)) {
            write(directory + name + "-" + pick(PROFILES) + "." + extension);
        }
        String place = directory.substring(directory.indexOf('/') + 1);
        if (directory.equals("app/own/") && one(4)) {
            return "own";
        }
        return directory.startsWith("app/") && one(3)
                ? pick(List.of("file:", "file://", "")) + ConfigurationSet.WORKDIR + "/" + place + name + "."
                        + extension
                : place + name + "." + extension;
    }

    private String profiles() {
        return one(3) ? pick(PROFILES) + pick(List.of(",", ", ")) + pick(PROFILES) : pick(PROFILES);
    }

    private String value() {
        String plain = plain();
        return switch (random.nextInt(12)) {
            case 0 -> "${shop.tmp:/d}" + plain;
            case 1 -> "${NOPE:" + plain + "}";
            case 2 -> "${NOPE:${shop.tmp:" + plain + "}}";
            case 3 -> "${SHOP_TMP:" + plain + "}";
            case 4 -> "";
            default -> plain;
        };
    }

    private String plainOrNothing() {
        return one(10) ? "" : plain();
    }

    private String several() {
        return one(3) ? "staging,dev" : "prod,staging";
    }

    private void write(String file) {
        boolean yaml = !file.endsWith(".properties");
        Set<String> lines = new LinkedHashSet<>();
        List<String> written = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String profile = one(3) ? "%" + (one(3) ? several() : pick(PROFILES)) + "." : "";
            String key = pick(KEYS);
            add(profile + key, key.equals("shop.tmp") ? plainOrNothing() : value(), yaml, lines, written);
        }
        if (one(60)) {
            String profile = one(3) ? "%" + pick(PROFILES) + "." : "";
            add(profile + prefix + ".config.profile.parent", pick(PROFILES), yaml, lines, written);
        }
        if (one(15) && !yaml) {
            add(profileKey(), profiles(), yaml, lines, written);
        }
        if (one(10)) {
            add("config_ordinal", pick(List.of("90", "251", "257", "275", "305", "410")), yaml, lines, written);
        }
        files.put(file, String.join("", lines));
    }

    private static void add(String key, String value, boolean yaml, Set<String> lines, List<String> written) {
        String root = yaml ? key.replaceFirst("\\..*", "") : key;
        if (!written.contains(root)) {
            written.add(root);
            lines.add(yaml ? nested(key, value) : key + "=" + value + "\n");
        }
    }

    /** A key that contains dots would be another key. */
    private static String nested(String key, String value) {
        int dot = key.startsWith("%") ? key.indexOf('.') : -1;
        String[] names = key.substring(dot + 1).split("\\.");
        String all = dot < 0 ? "" : "\"" + key.substring(0, dot) + "\": {";
        return all + String.join(": {", names) + ": \"" + value + "\"" + "}".repeat(names.length - (dot < 0 ? 1 : 0))
                + "\n";
    }
}
