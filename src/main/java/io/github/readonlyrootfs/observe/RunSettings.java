// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a started container works, and what is done with it then.
 *
 * @param readyLog what a line of its log has when it is ready
 * @param readyAfter after which time a container that is up is ready, if nothing else says when it is; if this is empty, it must
 *     also listen on a port of its task, if that names one
 * @param driveImage the image that drive runs in, in the container's network; empty for the container itself
 * @param values of variables that the files do not have
 */
public record RunSettings(
        Optional<Pattern> readyLog,
        OptionalInt readyPort,
        Optional<Duration> readyAfter,
        Duration readyTimeout,
        Optional<String> drive,
        Optional<String> driveImage,
        String network,
        Map<String, String> values) {

    private static final Pattern NAMES_PLACE = Pattern.compile(
            "(?i).*(?:dir|directory|path|file|folder|home|root|location|tmp|temp|storage|volume|mount|opt|option|arg|config)s?");

    private static final Pattern HOLDS_PATH = Pattern.compile("(?:^|[=:,;\\s\"'])(?:~|\\.{1,2})?/(?!/)[\\w.]");

    private static final Duration UP = Duration.ofSeconds(10);

    /** Without a network. */
    public static final String NO_NETWORK = "none";

    public RunSettings {
        values = Map.copyOf(values);
    }

    /** The same for containers that are known to be ready sooner. */
    RunSettings within(Duration timeout) {
        return timeout.compareTo(readyTimeout) >= 0
                ? this
                : new RunSettings(readyLog, readyPort, readyAfter, timeout, drive, driveImage, network, values);
    }

    /** The names of variables whose values only a run has, and that may say where a container writes. */
    Set<String> given(ContainerRun run) {
        return run.given(values).entrySet().stream()
                .filter(given -> NAMES_PLACE.matcher(given.getKey()).matches()
                        || HOLDS_PATH.matcher(given.getValue()).find())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What says that a container is ready: its log, one of its ports. Without any of it, it is up for a time. */
    record ReadySigns(List<String> healthCheck, Optional<Pattern> log, Set<Integer> ports) {

        boolean isEmpty() {
            return healthCheck.isEmpty() && log.isEmpty() && ports.isEmpty();
        }

        /** Its ports, as in "port 80 or 443". */
        String portWords() {
            return "port " + ports.stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        }
    }

    ReadySigns signs(ContainerRun run) {
        List<String> check = run.healthCheck();
        if (readyPort.isPresent()) {
            return new ReadySigns(check, readyLog, Set.of(readyPort.getAsInt()));
        }
        boolean asked = !check.isEmpty() || readyLog.isPresent() || readyAfter.isPresent();
        return new ReadySigns(check, readyLog, asked ? Set.of() : run.ports());
    }

    /** How a container was seen to be ready. */
    String howReady(ContainerRun run) {
        ReadySigns signs = signs(run);
        List<String> seen = new ArrayList<>();
        if (signs.isEmpty()) {
            seen.add("it was up for " + upFor().toSeconds() + " s");
        }
        if (!signs.healthCheck().isEmpty()) {
            seen.add("its health check passed");
        }
        signs.log().ifPresent(pattern -> seen.add("its log said so"));
        if (!signs.ports().isEmpty()) {
            seen.add("it listened on " + signs.portWords());
        }
        drive.ifPresent(command -> seen.add("its use succeeded"));
        return String.join(", ", seen);
    }

    /** The time after which a container without any sign is ready. */
    Duration upFor() {
        return readyAfter.orElse(UP);
    }
}
