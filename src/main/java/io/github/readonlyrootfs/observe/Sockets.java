// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.source.Truth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The sockets of a container, as Linux lists them in {@code /proc/net/tcp}. */
final class Sockets {

    /** {@code TCP_LISTEN} of the kernel. */
    private static final String LISTEN = "0A";

    private Sockets() {}

    /** Whether something listens on one of some ports. */
    static boolean listens(String list, Set<Integer> ports) {
        return list.lines()
                .map(line -> line.strip().split("\\s+", 5))
                .anyMatch(fields -> fields.length > 4
                        && fields[3].equals(LISTEN)
                        && ports.stream()
                                .anyMatch(port -> fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port))));
    }

    /** The same for a process of this machine; of another machine nothing is known. */
    static Truth ofProcess(String pid, Set<Integer> ports) {
        if (!pid.matches("[1-9]\\d{0,9}")) {
            return Truth.UNKNOWN;
        }
        Truth listens = Truth.UNKNOWN;
        for (String name : new String[] {"tcp", "tcp6"}) {
            try {
                Path file = Path.of("/proc", pid, "net", name);
                listens = listens.isTrue()
                        ? Truth.TRUE
                        : Truth.of(listens(Files.readString(file, StandardCharsets.US_ASCII), ports));
            } catch (IOException e) {
                // The engine runs on another machine, or the process has ended.
            }
        }
        return listens;
    }
}
