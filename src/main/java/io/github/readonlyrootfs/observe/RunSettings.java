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
 * @param readyPort the port on which it listens when it is ready
 * @param readyAfter after which time a container that is up is ready, if nothing else says when it is; if this is empty, it must
 *     also listen on a port of its task, if that names one
 * @param readyTimeout after which time a container that is not ready does not work
 * @param drive a command for a shell that uses it; it fails where the container does not do its job
 * @param driveImage the image that the command runs in, in the container's network; empty for the container itself
 * @param network of the containers
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
        Map<String, String> given = run.given(values);
        given.entrySet()
                .removeIf(variable -> !NAMES_PLACE.matcher(variable.getKey()).matches()
                        && !HOLDS_PATH.matcher(variable.getValue()).find());
        return given.keySet();
    }

    /**
     * What says that a container is ready; without any of it, it is up for a time.
     *
     * @param healthCheck that passes, as words
     * @param log what a line of its log has
     * @param ports on one of which it listens
     */
    record ReadySigns(List<String> healthCheck, Optional<Pattern> log, Set<Integer> ports) {

        boolean isEmpty() {
            return healthCheck.isEmpty() && log.isEmpty() && ports.isEmpty();
        }

        /** How it was seen to be ready. */
        String seen() {
            List<String> signs = new ArrayList<>();
            if (!healthCheck.isEmpty()) {
                signs.add("its health check passed");
            }
            log.ifPresent(pattern -> signs.add("its log said so"));
            if (!ports.isEmpty()) {
                signs.add("it listened on " + portWords());
            }
            return String.join(", ", signs);
        }

        /** Its ports, as in "port 80 or 443". */
        String portWords() {
            return "port " + ports.stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        }
    }

    /** What says that a container is ready. */
    ReadySigns signs(ContainerRun run) {
        List<String> check = run.healthCheck();
        if (readyPort.isPresent()) {
            return new ReadySigns(check, readyLog, Set.of(readyPort.getAsInt()));
        }
        boolean asked = !check.isEmpty() || readyLog.isPresent() || readyAfter.isPresent();
        return new ReadySigns(check, readyLog, asked ? Set.of() : run.ports());
    }

    /** The time after which a container without any sign is ready. */
    Duration upFor() {
        return readyAfter.orElse(UP);
    }
}
