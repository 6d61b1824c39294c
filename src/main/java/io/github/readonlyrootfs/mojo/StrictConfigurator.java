// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.mojo.JudgingMojo.IgnoreEntry;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.ConfigurationListener;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Maven's own way to fill a goal's fields, with a look at what it is too lax or too terse about: a boolean that is neither
 * true nor false, which it takes for false; the children of an entry, whose misspelling it reports with the name of a Java
 * class; and an empty element of a list, which it takes for null.
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
        for (PlexusConfiguration parameter : configuration.getChildren()) {
            Optional<Field> field = field(component.getClass(), parameter.getName());
            if (field.isPresent()) {
                refuseEmptyElements(parameter, component, field.get());
            }
        }
    }

    private static void refuseEmptyElements(PlexusConfiguration parameter, Object owner, Field field)
            throws ComponentConfigurationException {
        Object value = value(owner, field);
        if (value instanceof ImageFactsEntry) {
            refuseEmptyElements(parameter, value);
        } else if (value instanceof List<?> list) {
            int entry = 0;
            for (Object element : list) {
                entry++;
                if (element == null || (element instanceof String text && text.isBlank())) {
                    throw new ComponentConfigurationException(
                            parameter,
                            "<" + field.getName() + ">: entry " + entry + " is empty; give it a value or remove it");
                }
                if (element instanceof Container) {
                    refuseEmptyElements(parameter, element);
                }
            }
        }
    }

    private static void refuseEmptyElements(PlexusConfiguration parameter, Object entry)
            throws ComponentConfigurationException {
        for (Field field : entry.getClass().getDeclaredFields()) {
            refuseEmptyElements(parameter, entry, field);
        }
    }

    @Nullable
    private static Object value(Object owner, Field field) throws ComponentConfigurationException {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new ComponentConfigurationException(e);
        }
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
        List<String> names = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (!field.isSynthetic()) {
                names.add(field.getName());
            }
        }
        return names;
    }

    private static Optional<Field> field(Class<?> type, String name) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return Optional.of(field);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBoolean(Class<?> type, String name) {
        Optional<Field> field = field(type, name);
        return field.isPresent() && field.get().getType() == boolean.class;
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
