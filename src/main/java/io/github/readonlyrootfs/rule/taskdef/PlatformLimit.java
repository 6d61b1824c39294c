// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Something in a task definition that ECS does not run everywhere: a line of {@code platform-limits.txt}, which explains
 * its columns and names AWS's pages that say so.
 */
record PlatformLimit(
        String parameter, String when, List<Place> refused, List<Place> unsupported, String what, String note) {

    private static final Set<String> OPERATING_SYSTEMS = Set.of("WINDOWS", "LINUX");

    private static final List<PlatformLimit> ALL = read();

    /** Where a limit applies: on a platform, in containers of an operating system, or both. */
    record Place(Set<String> all) {

        private static Place parse(String text) {
            return new Place(Set.of(text.split("\\+", -1)));
        }

        /** Whether it is the operating system alone that counts. */
        boolean isEverywhere() {
            return OPERATING_SYSTEMS.containsAll(all);
        }

        /** @param task the names of the task's platforms and operating system */
        boolean holds(Platform platform, Set<String> task) {
            boolean here = isEverywhere() || all.contains(platform.name());
            return here && task.containsAll(all);
        }
    }

    static List<PlatformLimit> all() {
        return ALL;
    }

    /** Whether it limits the values of the parameter, not its presence. */
    boolean concernsValues() {
        return !when.equals("any");
    }

    /** The values of a parameter that are not supported. */
    List<Located<String>> offending(Parameter parameter) {
        List<Located<String>> offending = new ArrayList<>();
        for (Located<String> value : parameter.known()) {
            if (offends(value.value())) {
                offending.add(value);
            }
        }
        return offending;
    }

    private boolean offends(String value) {
        String argument = when.substring(when.indexOf(':') + 1);
        return switch (when.substring(0, when.indexOf(':'))) {
            case "is" -> List.of(argument.split(",")).contains(value);
            case "not" -> !List.of(argument.split(",")).contains(value);
            default -> throw new IllegalStateException("no such condition: " + when);
        };
    }

    private static List<PlatformLimit> read() {
        List<PlatformLimit> limits = new ArrayList<>();
        for (String line : DataFiles.lines(PlatformLimit.class, "platform-limits.txt")) {
            limits.add(parse(line));
        }
        return List.copyOf(limits);
    }

    private static PlatformLimit parse(String line) {
        String[] columns = line.split("\\|", -1);
        return new PlatformLimit(
                columns[0].strip(),
                columns[1].strip(),
                places(columns[2]),
                places(columns[3]),
                columns[4].strip(),
                columns[5].strip());
    }

    private static List<Place> places(String column) {
        List<Place> places = new ArrayList<>();
        for (String place : column.split(" ", -1)) {
            if (!place.isEmpty()) {
                places.add(Place.parse(place));
            }
        }
        return List.copyOf(places);
    }
}
