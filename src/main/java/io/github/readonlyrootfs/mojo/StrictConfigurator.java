// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.ConfigurationListener;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Maven's own way to fill a goal's fields, after a look at two things it is too lax or too terse about: a boolean that is
 * neither true nor false, which it takes for false, and the children of an entry, whose misspelling it reports with the
 * name of a Java class.
 */
public final class StrictConfigurator extends BasicComponentConfigurator {

    static final String NAME = "readonly-rootfs";

    private static final Map<String, Class<?>> ENTRIES =
            Map.of("containers", Container.class, "ignores", IgnoreEntry.class);

    @Override
    public void configureComponent(
            Object component,
            PlexusConfiguration configuration,
            ExpressionEvaluator evaluator,
            ClassRealm realm,
            ConfigurationListener listener)
            throws ComponentConfigurationException {
        for (PlexusConfiguration parameter : configuration.getChildren()) {
            Class<?> entry = ENTRIES.get(parameter.getName());
            if (entry != null) {
                checkEntries(parameter, entry);
            } else if (isBoolean(component.getClass(), parameter.getName())) {
                checkBoolean(parameter, evaluator);
            }
        }
        super.configureComponent(component, configuration, evaluator, realm, listener);
    }

    private static void checkEntries(PlexusConfiguration parameter, Class<?> type)
            throws ComponentConfigurationException {
        for (PlexusConfiguration entry : parameter.getChildren()) {
            checkChildren(parameter, entry, fields(type));
            for (PlexusConfiguration facts : entry.getChildren("imageFacts")) {
                checkChildren(parameter, facts, fields(ImageFactsEntry.class));
            }
        }
    }

    private static void checkChildren(PlexusConfiguration parameter, PlexusConfiguration entry, List<String> known)
            throws ComponentConfigurationException {
        for (PlexusConfiguration child : entry.getChildren()) {
            if (!known.contains(child.getName())) {
                throw new ComponentConfigurationException(
                        parameter, KnownNames.unknownChild(entry.getName(), child.getName(), known));
            }
        }
    }

    private static List<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .map(Field::getName)
                .toList();
    }

    private static boolean isBoolean(Class<?> type, String name) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field.getType() == boolean.class;
                }
            }
        }
        return false;
    }

    private static void checkBoolean(PlexusConfiguration parameter, ExpressionEvaluator evaluator)
            throws ComponentConfigurationException {
        try {
            String written = parameter.getValue(null);
            Object value = written == null ? null : evaluator.evaluate(written);
            if (value instanceof String text && !List.of("true", "false", "").contains(text.strip())) {
                throw new ComponentConfigurationException(parameter, "\"" + text + "\" is neither true nor false");
            }
        } catch (ExpressionEvaluationException e) {
            throw new ComponentConfigurationException(parameter, e.getMessage(), e);
        }
    }
}
