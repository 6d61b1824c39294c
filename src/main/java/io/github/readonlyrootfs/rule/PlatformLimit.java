package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Parameters.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        /** What the note says. */
        NONE
    }

    private static final Pattern FIX = Pattern.compile("(?:\\{(remove)\\}|\\{set (\\w+)\\})?(?:[:,] )?(.*)");

    private static final List<PlatformLimit> ALL = read();

    /** Where a limit holds: on a platform, in containers of an operating system, or both. */
    record Place(Set<String> all, Set<String> none) {

        private static Place parse(String text) {
            String[] halves = text.split("-", 2);
            return new Place(Set.of(halves[0].split("\\+", -1)), halves.length == 1 ? Set.of() : Set.of(halves[1]));
        }

        /** Whether it is the operating system alone that counts. */
        boolean isEverywhere() {
            return all.stream().allMatch(name -> name.equals("WINDOWS") || name.equals("LINUX"));
        }

        /** @param task what is said of the task: its platforms' names and its operating system's */
        boolean holds(Platform platform, Set<String> task) {
            boolean here = isEverywhere() || all.contains(platform.name());
            return here && task.containsAll(all) && none.stream().noneMatch(task::contains);
        }
    }

    static List<PlatformLimit> all() {
        return ALL;
    }

    /** Whether it is a limit on what the parameter holds, and not on its being there. */
    boolean concernsValues() {
        return !when.equals("any");
    }

    /** What a parameter holds that offends. */
    List<Located<String>> offending(Parameter parameter) {
        return parameter.known().stream()
                .filter(value -> offends(value.value()))
                .toList();
    }

    /** Whether it is a limit on what the parameter holds that a value offends. */
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
        try (InputStream in = Objects.requireNonNull(PlatformLimit.class.getResourceAsStream("platform-limits.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(PlatformLimit::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlatformLimit parse(String line) {
        List<String> columns = Arrays.stream(line.split(Pattern.quote("|"), -1))
                .map(String::strip)
                .toList();
        Matcher fix = FIX.matcher(columns.get(5));
        if (!fix.matches()) {
            throw new IllegalStateException("no fix in: " + line);
        }
        return new PlatformLimit(
                columns.get(0),
                columns.get(1),
                places(columns.get(2)),
                places(columns.get(3)),
                columns.get(4),
                fix.group(1) != null ? Edit.REMOVE : fix.group(2) != null ? Edit.SET : Edit.NONE,
                Objects.requireNonNullElse(fix.group(2), ""),
                fix.group(3));
    }

    private static List<Place> places(String column) {
        return Stream.of(column.split(" +", -1))
                .filter(place -> !place.isEmpty())
                .map(Place::parse)
                .toList();
    }
}
