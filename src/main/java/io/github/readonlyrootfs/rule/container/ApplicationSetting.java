// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.need.start.Command;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A setting that an application gets from an environment variable or an argument.
 *
 * @param name {@code DATABASE_URL}, {@code --spring.datasource.url} or {@code -Dspring.datasource.url}
 * @param value may be secret: only a path found in it may be printed
 */
record ApplicationSetting(String name, String value, Location location) {

    /** All settings of a container; the task definition's environment overrides the image's. */
    static List<ApplicationSetting> of(JudgedContainer on) {
        ContainerContext context = on.container().context();
        List<ApplicationSetting> settings = new ArrayList<>();
        for (Map.Entry<String, Value<String>> variable :
                context.environment().named().entrySet()) {
            if (variable.getValue() instanceof Value.Known<String> known) {
                settings.add(new ApplicationSetting(variable.getKey(), known.value(), known.location()));
            }
        }
        for (Command command : context.start().commands()) {
            for (Argument argument : command.arguments()) {
                addArgument(settings, argument);
            }
        }
        return settings;
    }

    private static void addArgument(List<ApplicationSetting> settings, Argument argument) {
        String word = argument.known().orElse("");
        int equals = word.indexOf('=');
        if (word.startsWith("-") && equals > 0) {
            settings.add(
                    new ApplicationSetting(word.substring(0, equals), word.substring(equals + 1), argument.location()));
        }
    }
}
