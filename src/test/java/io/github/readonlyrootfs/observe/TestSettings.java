// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of runs for tests. */
public final class TestSettings {

    private TestSettings() {}

    /** A container is ready when it is up for a time. */
    public static RunSettings upFor(Duration time) {
        return of(Optional.of(time), Duration.ofMinutes(2));
    }

    /** A container is ready when it listens on a port of its task; without any, when it is up for a time. */
    public static RunSettings of(Optional<Duration> readyAfter, Duration readyTimeout) {
        return of(readyAfter, readyTimeout, Map.of());
    }

    /** The same with the values of variables. */
    static RunSettings of(Optional<Duration> readyAfter, Duration readyTimeout, Map<String, String> values) {
        return new RunSettings(
                Optional.empty(),
                OptionalInt.empty(),
                readyAfter,
                readyTimeout,
                Optional.empty(),
                Optional.empty(),
                RunSettings.NO_NETWORK,
                values);
    }

    /** A container that is up for a moment is ready, and is used for a second at most. */
    static RunSettings used(String drive, String driveImage) {
        return new RunSettings(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(Duration.ofMillis(200)),
                Duration.ofSeconds(1),
                Optional.of(drive),
                Optional.of(driveImage),
                RunSettings.NO_NETWORK,
                Map.of());
    }
}
