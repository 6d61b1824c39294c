// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.source.Truth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The sockets of a container, as Linux lists them in {@code /proc/net/tcp}. */
final class Sockets {

    private static final String HEAD = "sl  local_address";

    /** {@code TCP_LISTEN} of the kernel. */
    private static final String LISTEN = "0A";

    private Sockets() {}

    /**
     * Whether a container listens on one of some ports; unknown where its image has no program that reads the list, and the
     * engine is on another machine.
     */
    static Truth listens(Engine engine, String container, Set<Integer> ports) {
        String list = engine.run(List.of("exec", container, "cat", "/proc/net/tcp", "/proc/net/tcp6"))
                .text();
        if (!list.contains(HEAD)) {
            String process = engine.run(List.of("inspect", "--format", "{{.State.Pid}} {{.Id}}", container))
                    .text();
            list = ofProcess(Path.of("/proc"), process);
        }
        return list.contains(HEAD) ? Truth.of(listens(list, ports)) : Truth.UNKNOWN;
    }

    private static boolean listens(String list, Set<Integer> ports) {
        return list.lines()
                .map(line -> line.strip().split("\\s+", 5))
                .anyMatch(fields -> fields.length > 4
                        && fields[3].equals(LISTEN)
                        && ports.stream()
                                .anyMatch(port -> fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port))));
    }

    /**
     * The list of a process of this machine. Another machine has other processes of the same numbers, but none in a control
     * group that has the name of the container.
     *
     * @param process its number, and the name of its container
     */
    static String ofProcess(Path proc, String process) {
        String[] words = process.strip().split(" ", 2);
        StringBuilder list = new StringBuilder();
        try {
            if (words.length == 2 && words[0].matches("[1-9]\\d{0,9}") && words[1].matches("[0-9a-f]{12,64}")) {
                Path own = proc.resolve(words[0]);
                if (Files.readString(own.resolve("cgroup")).contains(words[1])) {
                    list.append(Files.readString(own.resolve("net/tcp"), StandardCharsets.US_ASCII));
                    list.append(Files.readString(own.resolve("net/tcp6"), StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // It has ended, or the machine has only one of the lists.
        }
        return list.toString();
    }
}
