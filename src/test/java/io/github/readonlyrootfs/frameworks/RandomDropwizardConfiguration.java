// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.List;

/** A random configuration of a Dropwizard application. */
final class RandomDropwizardConfiguration extends RandomConfiguration {

    static final List<String> KEYS = List.of(
            "logging.level",
            "logging.appenders[0].currentLogFilename",
            "logging.appenders[1].archivedLogFilenamePattern",
            "logging.loggers.com.acme.appenders[0].currentLogFilename",
            "server.requestLog.appenders[0].currentLogFilename",
            "shop.dataDir",
            "shop.tmp");

    private RandomDropwizardConfiguration(long seed) {
        super(seed);
    }

    static ConfigurationSet of(long seed) {
        return new RandomDropwizardConfiguration(seed).set();
    }

    private ConfigurationSet set() {
        for (String variable : List.of("LOG_DIR", "SHOP_TMP", "OTHER")) {
            if (one(2)) {
                environment.put(variable, one(6) ? "${OTHER:-/o}" : one(8) ? "" : plain());
            }
        }
        String name = pick(List.of("config.yml", "config/shop.yaml", "/config.yml"));
        String place = name.startsWith("/") || one(3) ? classes() : "app/";
        files.put(place + name.replaceFirst("^/", ""), text());
        for (int i = random.nextInt(3); i > 0; i--) {
            properties.put(
                    "dw." + pick(one(6) ? List.of("Shop.tmp", "shop.data-dir", "shop.new", "SHOP_TMP") : KEYS),
                    plain());
        }
        if (one(8)) {
            properties.put("shop.tmp", plain());
        }
        arguments.add("server");
        arguments.add(name);
        return new ConfigurationSet(files, environment, properties, arguments);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (!one(6)) {
            text.append("logging:\n");
            if (one(2)) {
                text.append("  level: ").append(value()).append('\n');
            }
            text.append("  appenders:\n").append(appender("    ")).append(one(2) ? appender("    ") : "");
            if (one(3)) {
                text.append("  loggers:\n    com.acme:\n      level: DEBUG\n      appenders:\n")
                        .append(appender("        "));
            }
        }
        if (one(2)) {
            text.append(
                    "server:\n  requestLog:\n    appenders: [{type: file, currentLogFilename: \"" + value() + "\"}]\n");
        }
        if (one(2)) {
            text.append("shop: {dataDir: \"" + value() + "\", tmp: "
                    + pick(List.of("'" + value() + "'", "~", "1", "true")) + "}\n");
        }
        if (one(10)) {
            text.append("---\nshop:\n  dataDir: second\n");
        }
        return text.isEmpty() ? "shop: {}\n" : text.toString();
    }

    private String appender(String indent) {
        return indent + "- type: " + pick(List.of("file", "console")) + "\n"
                + (one(4) ? "" : indent + "  currentLogFilename: " + value() + "\n")
                + (one(2) ? "" : indent + "  archivedLogFilenamePattern: \"" + value() + "-%d.log\"\n");
    }

    private String value() {
        String plain = plain();
        if (one(150)) {
            return pick(List.of("${LOG_DIR:" + plain + "}", "${NOPE}" + plain, "${ LOG_DIR }" + plain));
        }
        return switch (random.nextInt(16)) {
            case 0, 1 -> "${LOG_DIR:-/var/log}" + plain;
            case 2 -> (environment.containsKey("SHOP_TMP") ? "${SHOP_TMP}" : "") + plain;
            case 3 -> "$${LOG_DIR}" + plain;
            case 4, 5 -> "${LOG_DIR:-${OTHER:-/d}}" + plain;
            case 6 -> "${OTHER:-}" + plain;
            default -> plain;
        };
    }
}
