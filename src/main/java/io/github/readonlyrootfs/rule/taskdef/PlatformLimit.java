// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Parameters.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Something in a task definition that ECS does not run everywhere: a line of {@code platform-limits.txt}, which explains
 * its columns and names AWS's pages that say so.
 */
record PlatformLimit(
        String parameter,
        String when,
        List<Place> refused,
        List<Place> unsupported,
        String what,
        Edit edit,
        String value,
        String note) {

    /** What fixes it. */
    enum Edit {
        REMOVE,
        /** Another value, see {@link PlatformLimit#value()}. */
        SET,
        /** The note has the fix. */
        NONE
    }

    private static final String SET = "{set ";

    private static final String REMOVE = "{remove}";

    private static final Set<String> OPERATING_SYSTEMS = Set.of("WINDOWS", "LINUX");

    private static final List<PlatformLimit> ALL = read();

    /** Where a limit applies: on a platform, in containers of an operating system, or both. */
    record Place(Set<String> all, Set<String> none) {

        private static Place parse(String text) {
            String[] halves = text.split("-", 2);
            return new Place(Set.of(halves[0].split("\\+", -1)), halves.length == 1 ? Set.of() : Set.of(halves[1]));
        }

        /** Whether it is the operating system alone that counts. */
        boolean isEverywhere() {
            return OPERATING_SYSTEMS.containsAll(all);
        }

        /** @param task the names of the task's platforms and operating system */
        boolean holds(Platform platform, Set<String> task) {
            boolean here = isEverywhere() || all.contains(platform.name());
            return here && task.containsAll(all) && Collections.disjoint(none, task);
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

    /** Whether it limits the values of the parameter and does not allow this one. */
    boolean refuses(String value) {
        return concernsValues() && offends(value);
    }

    private boolean offends(String value) {
        String argument = when.substring(when.indexOf(':') + 1);
        return switch (when.substring(0, when.indexOf(':'))) {
            case "is" -> List.of(argument.split(",")).contains(value);
            case "not" -> !List.of(argument.split(",")).contains(value);
            case "like" -> value.startsWith(argument);
            case "outside" -> isOutside(value, argument.split("-", 2));
            default -> throw new IllegalStateException("no such condition: " + when);
        };
    }

    private static boolean isOutside(String value, String[] bounds) {
        int number = Integer.parseInt(value);
        return number < Integer.parseInt(bounds[0]) || number > Integer.parseInt(bounds[1]);
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
        String fix = columns[5].strip();
        Edit edit = fix.startsWith(REMOVE) ? Edit.REMOVE : fix.startsWith(SET) ? Edit.SET : Edit.NONE;
        int end = edit == Edit.NONE ? 0 : fix.indexOf('}') + 1;
        String note = fix.substring(end);
        return new PlatformLimit(
                columns[0].strip(),
                columns[1].strip(),
                places(columns[2]),
                places(columns[3]),
                columns[4].strip(),
                edit,
                edit == Edit.SET ? fix.substring(SET.length(), end - 1) : "",
                note.startsWith(": ") || note.startsWith(", ") ? note.substring(2) : note);
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
