package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an application is told by a variable of its environment or by an argument.
 *
 * @param name {@code LOGGING_FILE_NAME}, {@code --logging.file.name} or {@code -Dlogging.file.name}
 * @param value may be secret: only a path found in it may be printed
 */
record Setting(String name, String value, Location location) {

    /** All settings of a container; the task definition's environment overrides the image's. */
    static List<Setting> of(JudgedContainer on) {
        Image image = on.container().image();
        ContainerDefinition definition = on.container().definition();
        Map<String, Setting> environment = new LinkedHashMap<>();
        new TreeMap<>(image.environment()).forEach((name, value) -> put(environment, name, value));
        for (KeyValue entry : definition.environment()) {
            put(environment, entry.key(), entry.value());
        }
        List<Setting> settings = new ArrayList<>(environment.values());
        boolean ownEntrypoint = !definition.entryPoint().isAbsent();
        addArguments(settings, definition.entryPoint(), image.entrypoint());
        addArguments(settings, definition.command(), ownEntrypoint ? Value.absent() : image.cmd());
        return settings;
    }

    private static void put(Map<String, Setting> environment, String name, Value<String> value) {
        environment.remove(name);
        if (value instanceof Value.Known<String> known) {
            environment.put(name, new Setting(name, known.value(), known.location()));
        }
    }

    private static void addArguments(
            List<Setting> settings, Value<List<Located<String>>> task, Value<List<CommandWord>> image) {
        if (task instanceof Value.Known<List<Located<String>>> known) {
            known.value().forEach(word -> addArgument(settings, word.value(), word.location()));
        } else if (task.isAbsent() && image instanceof Value.Known<List<CommandWord>> known) {
            known.value().forEach(word -> addArgument(settings, word.text(), word.location()));
        }
    }

    private static void addArgument(List<Setting> settings, String word, Location location) {
        int equals = word.indexOf('=');
        if (word.startsWith("-") && equals > 0) {
            settings.add(new Setting(word.substring(0, equals), word.substring(equals + 1), location));
        }
    }
}
