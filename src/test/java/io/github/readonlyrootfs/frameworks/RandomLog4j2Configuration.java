// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A random configuration of Log4j 2. */
final class RandomLog4j2Configuration extends RandomConfiguration {

    private static final List<String> FILES = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    static final List<String> KEYS = keys();

    private static final List<String> APPENDERS = List.of("A", "B", "C", "D");
    private static final List<String> NAMES = List.of("base", "name");
    private static final List<String> EXTENSIONS = List.of(".xml", ".xml", ".properties", ".yaml", ".json");

    private int paths;
    private int includes;

    private RandomLog4j2Configuration(long seed) {
        super(seed);
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String directory : List.of("", "one/", "two/")) {
            FILES.forEach(name -> keys.add(directory + name + ".log"));
        }
        keys.add("others");
        return List.copyOf(keys);
    }

    static ConfigurationSet of(long seed) {
        return new RandomLog4j2Configuration(seed).set();
    }

    private ConfigurationSet set() {
        if (!one(5)) {
            write(classes() + "log4j2" + (one(8) ? "-test" : "") + pick(EXTENSIONS));
            if (one(4)) {
                write(classes() + "log4j2" + (one(8) ? "-test" : "") + pick(EXTENSIONS));
            }
        }
        if (one(3)) {
            properties.put(pick(List.of("log4j2.configurationFile", "log4j.configurationFile")), places());
        }
        if (one(6)) {
            environment.put("LOG4J_CONFIGURATION_FILE", places());
        }
        if (one(4)) {
            boolean both = one(2);
            String first = both ? "library/" : classes();
            component(first);
            if (both) {
                component("classes/");
            }
        }
        if (one(2)) {
            environment.put("DIR", pick(List.of("one", "two")));
        }
        if (one(2)) {
            properties.put("dir", pick(List.of("one", "two")));
        }
        return new ConfigurationSet(files, environment, properties, List.of());
    }

    private void component(String directory) {
        StringBuilder text = new StringBuilder();
        for (int i = one(3) ? 2 : 1; i > 0; i--) {
            text.append(pick(List.of("log4j2.configurationFile", "log4j.configurationFile")))
                    .append('=')
                    .append(places())
                    .append('\n');
        }
        files.put(directory + "log4j2.component.properties", text.toString());
    }

    private String places() {
        List<String> places = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String directory = pick(List.of(classes(), "app/", "classes/sub/"));
            String file = pick(List.of("first", "second")) + pick(EXTENSIONS);
            write(directory + file);
            String place = directory.substring(directory.indexOf('/') + 1) + file;
            places.add(directory.equals("app/") && one(2) ? ConfigurationSet.WORKDIR + "/" + place : place);
        }
        return String.join(pick(List.of(",", ", ")), places);
    }

    private void write(String file) {
        if (files.containsKey(file)) {
            return;
        }
        files.put(file, "");
        String extension = file.substring(file.lastIndexOf('.'));
        Map<String, String> defined = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            defined.put(pick(NAMES), value());
        }
        Map<String, String> appenders = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            appenders.put(pick(APPENDERS), path());
        }
        files.put(
                file,
                switch (extension) {
                    case ".xml" -> xml(file, defined, appenders);
                    case ".properties" -> properties(defined, appenders);
                    case ".yaml" -> yaml(defined, appenders);
                    default -> json(defined, appenders);
                });
    }

    private String xml(String file, Map<String, String> defined, Map<String, String> appenders) {
        StringBuilder text = new StringBuilder("<Configuration status=\"OFF\"" + (one(6) ? " strict=\"true\"" : "")
                + " xmlns:xi=\"http://www.w3.org/2001/XInclude\">\n");
        StringBuilder properties = new StringBuilder("<Properties>\n");
        defined.forEach((name, value) -> properties.append(
                one(2)
                        ? "<Property name=\"" + name + "\" value=\"" + value + "\"/>\n"
                        : "<Property name=\"" + name + "\">" + value + "</Property>\n"));
        properties.append("</Properties>\n");
        StringBuilder list = new StringBuilder("<Appenders>\n");
        appenders.forEach((name, path) -> list.append(appender(name, path)));
        list.append("</Appenders>\n");
        text.append(one(5) ? include(file, properties.toString()) : properties);
        text.append(one(5) ? include(file, list.toString()) : list);
        return text.append("</Configuration>\n").toString();
    }

    private String include(String from, String content) {
        String name = "part" + includes++ + ".xml";
        files.put(from.substring(0, from.lastIndexOf('/') + 1) + name, content);
        return "<xi:include href=\"" + name + "\"/>\n";
    }

    private String appender(String name, String path) {
        String plain = switch (random.nextInt(6)) {
            case 0 ->
                "<RollingFile name=\"" + name + "\" fileName=\"" + path + "\" filePattern=\"two/%i-" + paths
                        + ".log\"><SizeBasedTriggeringPolicy size=\"1MB\"/></RollingFile>";
            case 1 -> "<RandomAccessFile name=\"" + name + "\" fileName=\"" + path + "\"/>";
            case 2 ->
                "<File name=\"" + name + "\" fileName=\"" + path + "\" createOnDemand=\""
                        + pick(List.of("true", "TRUE", "false")) + "\"/>";
            case 3 -> "<Appender type=\"File\" name=\"" + name + "\" fileName=\"" + path + "\"/>";
            default -> "<file name=\"" + name + "\" filename=\"" + path + "\"/>";
        };
        return switch (random.nextInt(8)) {
            case 0 ->
                "<SystemPropertyArbiter propertyName=\"dir\" propertyValue=\"one\">\n" + plain
                        + "\n</SystemPropertyArbiter>\n";
            case 1 -> "<EnvironmentArbiter propertyName=\"DIR\">\n" + plain + "\n</EnvironmentArbiter>\n";
            default -> plain + "\n";
        };
    }

    private String properties(Map<String, String> defined, Map<String, String> appenders) {
        StringBuilder text = new StringBuilder();
        defined.forEach((name, value) -> text.append("property.")
                .append(name)
                .append(" = ")
                .append(value)
                .append('\n'));
        if (one(3)) {
            text.append("appenders = ")
                    .append(pick(List.of("a", "a, b", "b,c", "d")))
                    .append('\n');
        }
        appenders.forEach((name, path) -> {
            String key = "appender." + name.toLowerCase(Locale.ROOT) + ".";
            text.append(key)
                    .append("type = ")
                    .append(pick(List.of("File", "file")))
                    .append('\n');
            text.append(key).append("name = ").append(name).append('\n');
            text.append(key).append("fileName = ").append(path).append('\n');
        });
        return text.toString();
    }

    private static String yaml(Map<String, String> defined, Map<String, String> appenders) {
        StringBuilder text = new StringBuilder("Configuration:\n  status: \"OFF\"\n");
        if (!defined.isEmpty()) {
            text.append("  Properties:\n    Property:\n");
            defined.forEach(
                    (name, value) -> text.append("      - {name: \"" + name + "\", value: \"" + value + "\"}\n"));
        }
        text.append("  Appenders:\n    File:\n");
        appenders.forEach(
                (name, path) -> text.append("      - {name: \"" + name + "\", fileName: \"" + path + "\"}\n"));
        return text.toString();
    }

    private static String json(Map<String, String> defined, Map<String, String> appenders) {
        List<String> properties = new ArrayList<>();
        defined.forEach((name, value) -> properties.add("{\"name\": \"" + name + "\", \"value\": \"" + value + "\"}"));
        List<String> list = new ArrayList<>();
        appenders.forEach((name, path) ->
                list.add("{\"type\": \"File\", \"name\": \"" + name + "\", \"fileName\": \"" + path + "\"}"));
        return "{\"Configuration\": {\"status\": \"OFF\",\n\"Properties\": {\"Property\": ["
                + String.join(", ", properties) + "]},\n\"Appenders\": {\"appender\": [" + String.join(",\n", list)
                + "]}}}\n";
    }

    private String path() {
        String name = FILES.get(paths++ % FILES.size()) + ".log";
        return switch (random.nextInt(12)) {
            case 0 -> "${base}/" + name;
            case 1 -> "${base:-two}/" + name;
            case 2 -> "${sys:dir:-two}/" + name;
            case 3 -> "${env:DIR:-one}/" + name;
            case 4 -> "${env:DIR}/" + name;
            case 5 -> "${name:-one}/" + name;
            case 6 -> ConfigurationSet.WORKDIR + "/" + name;
            case 7 -> "${sys:none:-${env:DIR:-one}}/" + name;
            default -> pick(List.of("", "one/", "two/")) + name;
        };
    }

    private String value() {
        return switch (random.nextInt(5)) {
            case 0 -> "${env:DIR:-two}";
            case 1 -> "${sys:dir:-one}";
            case 2 -> "${name}";
            default -> pick(List.of("one", "two"));
        };
    }
}
