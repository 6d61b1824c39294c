// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A random configuration of a Spring Boot application. */
final class RandomSpringConfiguration extends RandomConfiguration {

    static final List<String> KEYS = List.of(
            "logging.file.name", "logging.file.path", "server.tomcat.basedir", "shop.upload-dir", "shop.data-dir");

    private static final List<String> DIRECTORIES = List.of(
            "classes/",
            "classes/",
            "classes/",
            "classes/config/",
            "library/",
            "app/",
            "app/config/",
            "app/config/one/",
            "app/config/two/",
            "classes/own/",
            "app/own/");

    private static final List<String> PROFILES = List.of("prod", "eu", "blue");

    private final List<String> imported = new ArrayList<>();

    private RandomSpringConfiguration(long seed) {
        super(seed);
    }

    static ConfigurationSet of(long seed) {
        return new RandomSpringConfiguration(seed).set();
    }

    @SafeVarargs
    private <T> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }

    private ConfigurationSet set() {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String name = one(6) ? "own" : "application";
            String profile = one(2) ? "" : one(5) ? "-default" : "-" + pick(PROFILES);
            add(pick(DIRECTORIES) + name + profile, 0);
        }
        if (one(3)) {
            environment.put("SPRING_PROFILES_ACTIVE", profiles());
        } else if (one(4)) {
            put("spring.profiles.active", profiles());
        }
        if (one(6)) {
            environment.put(pick("SPRING_CONFIG_ADDITIONALLOCATION", "SPRING_CONFIG_ADDITIONAL_LOCATION"), locations());
        } else if (one(6)) {
            put(pick("spring.config.additional-location", "spring.config.location"), locations());
        }
        if (one(10)) {
            put("spring.config.name", pick("own", "application,own", "own,application"));
        }
        if (one(8)) {
            String imports = importText("app/") + (one(2) ? "," + importText("app/") : "");
            if (one(3)) {
                environment.put("SPRING_CONFIG_IMPORT", imports);
            } else {
                put("spring.config.import", imports);
            }
        }
        if (one(5)) {
            environment.put(
                    pick("SHOP_UPLOADDIR", "LOGGING_FILE_NAME", "SERVER_TOMCAT_BASEDIR", "SHOP_UPLOAD_DIR"), value());
        }
        if (one(10)) {
            environment.put("SPRING_APPLICATION_JSON", "{\"shop\":{\"uploadDir\":\"/json\"}}");
        }
        if (one(5)) {
            put(spelling(pick(KEYS)), value());
        }
        if (one(20)) {
            put("spring.main.cloud-platform", pick("kubernetes", "none"));
        }
        return new ConfigurationSet(files, environment, properties, arguments);
    }

    /** Sets a key outside the files. */
    private void put(String key, String value) {
        if (one(2)) {
            properties.put(key, value);
        } else {
            arguments.add("--" + key + "=" + value);
        }
    }

    private String profiles() {
        return one(3) ? pick(PROFILES) + "," + pick(PROFILES) : pick(PROFILES);
    }

    private String value() {
        String plain = plain().substring(1);
        return switch (random.nextInt(14)) {
            case 0 -> "${" + spelling(pick(KEYS)) + "}/" + plain;
            case 1 -> "${NOPE}/" + plain;
            case 2 -> "${NOPE:" + plain + "}";
            case 3 -> "${NOPE:${shop.upload-dir:" + plain + "}}";
            case 4 -> "${SHOP_UPLOADDIR:" + plain + "}";
            default -> "/" + plain;
        };
    }

    private String spelling(String key) {
        return switch (random.nextInt(6)) {
            case 0 -> key.replace("upload-dir", "uploadDir");
            case 1 -> key.replace("-", "_");
            case 2 -> key.replace("upload-dir", "uploaddir");
            default -> key;
        };
    }

    /** The part that all spellings of a key share. */
    private static String plain(String key) {
        return key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private String locations() {
        List<String> places = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            places.add(location());
        }
        return String.join(pick(",", ";"), places);
    }

    private String location() {
        String directory = pick(DIRECTORIES);
        String place = place(directory);
        return switch (random.nextInt(8)) {
            case 0 -> {
                String file = directory + "own." + extension();
                write(file, 1);
                yield place(file);
            }
            case 1 -> "optional:" + place(directory + "gone.yml");
            case 2 -> "optional:file:" + ConfigurationSet.WORKDIR + "/config/*/";
            case 3 -> "optional:./own/";
            default -> "optional:" + place;
        };
    }

    private String place(String name) {
        if (!name.startsWith("app/")) {
            return pick("classpath:", "classpath:/") + name.substring(name.indexOf('/') + 1);
        }
        String inside = name.substring("app/".length());
        return pick("file:./" + inside, "file:" + ConfigurationSet.WORKDIR + "/" + inside, "./" + inside);
    }

    private String extension() {
        return pick("properties", "properties", "yml", "yaml");
    }

    private void add(String name, int depth) {
        write(name + "." + extension(), depth);
    }

    private void write(String file, int depth) {
        if (files.containsKey(file)) {
            return;
        }
        files.put(file, "");
        boolean yaml = !file.endsWith(".properties");
        boolean forProfile = file.substring(file.lastIndexOf('/')).contains("-");
        List<String> documents = new ArrayList<>();
        for (int i = one(2) ? 1 : 2 + random.nextInt(2); i > 0; i--) {
            documents.add(document(file, forProfile, depth, yaml));
        }
        files.put(file, String.join(yaml ? "---\n" : "#---\n", documents));
    }

    private String document(String file, boolean forProfile, int depth, boolean yaml) {
        Map<String, String> lines = new LinkedHashMap<>();
        boolean conditional = forProfile;
        if (one(4)) {
            conditional = true;
            lines.put(
                    "spring.config.activate.on-profile",
                    pick("prod", "!prod", "prod & eu", "prod | eu", "prod,blue", "!(prod | eu)", "default"));
        }
        if (one(15)) {
            conditional = true;
            lines.put("spring.config.activate.on-cloud-platform", pick("kubernetes", "none", "heroku"));
        }
        if (!conditional && one(8)) {
            lines.put(pick("spring.profiles.active", "spring.profiles.include"), profiles());
        }
        if (!conditional && one(12)) {
            lines.put("spring.profiles.group." + pick(PROFILES), profiles());
        }
        if (depth < 3 && one(4)) {
            lines.put("spring.config.import", importText(file));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = pick(KEYS);
            if (lines.keySet().stream().noneMatch(it -> plain(it).equals(plain(key)))) {
                lines.put(spelling(key), value());
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) ->
                text.append(key).append(yaml ? ": \"" : "=").append(value).append(yaml ? "\"\n" : "\n"));
        return text.toString();
    }

    private String importText(String from) {
        List<String> places = new ArrayList<>();
        for (int i = one(4) ? 2 : 1; i > 0; i--) {
            places.add(importPlace(from));
        }
        return String.join(pick(",", ";"), places);
    }

    private String importPlace(String from) {
        if (one(8)) {
            return "optional:" + pick("file:./gone.yml", "gone.properties", "classpath:gone.yml");
        }
        if (!imported.isEmpty() && one(4)) {
            return place(pick(imported));
        }
        if (one(12)) {
            return "optional:" + place(pick("classes/own/", "app/own/", "app/config/"));
        }
        String here = from.substring(0, from.lastIndexOf('/') + 1);
        boolean relative = one(2) && !from.equals("app/");
        String directory = relative ? here : pick("classes/", "app/", "app/own/");
        String name = pick("extra", "more", "far");
        if (one(12)) {
            write(directory + name, 2);
            return (relative ? name : place(directory + name)) + "[.yaml]";
        }
        String file = name + "." + extension();
        write(directory + file, 2);
        imported.add(directory + file);
        if (one(3)) {
            write(directory + name + "-" + pick(PROFILES) + file.substring(file.lastIndexOf('.')), 2);
        }
        if (one(10)) {
            environment.put("PLACE", file);
            file = "${PLACE}";
        }
        return relative ? file : place(directory + file);
    }
}
