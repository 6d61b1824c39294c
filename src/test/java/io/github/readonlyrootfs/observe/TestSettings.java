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
        return new RunSettings(
                Optional.empty(),
                OptionalInt.empty(),
                readyAfter,
                readyTimeout,
                Optional.empty(),
                Optional.empty(),
                RunSettings.NO_NETWORK,
                Map.of());
    }
}
