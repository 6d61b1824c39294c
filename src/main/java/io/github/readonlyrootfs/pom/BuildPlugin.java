// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.source.Location;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plugin of the effective pom.
 *
 * @param key {@code groupId:artifactId}
 * @param shared whether it is in {@code pluginManagement} or the pom of a parent only, which speak to other modules too
 * @param configuration empty if the plugin has none outside of executions
 * @param executions those that run
 * @param off whether it has executions, but none of them runs
 * @param location where it begins
 */
public record BuildPlugin(
        String key,
        boolean shared,
        Optional<Element> configuration,
        List<Execution> executions,
        boolean off,
        Location location) {

    /**
     * One of its executions.
     *
     * @param configuration with that of the plugin
     */
    public record Execution(String id, List<String> goals, Optional<Element> configuration) {}

    /** Its name for people. */
    String name() {
        return key.substring(key.indexOf(':') + 1);
    }

    boolean runs(Set<String> goals) {
        return execution(goals).isPresent();
    }

    /** The configuration of one of these goals: that of the first execution that has it, else the plugin's. */
    Optional<Element> configurationOf(Set<String> goals) {
        Optional<Execution> execution = execution(goals);
        return execution.isPresent() && execution.get().configuration().isPresent()
                ? execution.get().configuration()
                : configuration;
    }

    /** The first execution of one of these goals. */
    private Optional<Execution> execution(Set<String> goals) {
        for (Execution execution : executions) {
            if (!Collections.disjoint(execution.goals(), goals)) {
                return Optional.of(execution);
            }
        }
        return Optional.empty();
    }

    /** Whether its configuration switches it off. */
    static boolean skips(Optional<Element> configuration, String... path) {
        Optional<Element> skip = configuration.isPresent() ? configuration.get().find(path) : Optional.empty();
        return skip.isPresent() && skip.get().text().equalsIgnoreCase("true");
    }
}
