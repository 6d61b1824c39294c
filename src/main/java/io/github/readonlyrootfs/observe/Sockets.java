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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sockets of a container, as Linux lists them in {@code /proc/net/tcp}. */
final class Sockets {

    private static final String HEAD = "sl  local_address";

    /** {@code TCP_LISTEN} of the kernel. */
    private static final String LISTEN = "0A";

    private static final Pattern PROCESS = Pattern.compile("([1-9]\\d{0,9}) ([0-9a-f]{12,64})");

    private Sockets() {}

    /** Whether a container listens on one of some ports; unknown where its image has no cat, and another machine its engine. */
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
     * The list of a process of this machine, by its number and its container. Another machine has other processes of the same
     * numbers, but none in a control group that has the name of the container.
     */
    static String ofProcess(Path proc, String process) {
        Matcher words = PROCESS.matcher(process.strip());
        String list = "";
        try {
            if (words.matches()
                    && Files.readString(proc.resolve(words.group(1)).resolve("cgroup"))
                            .contains(words.group(2))) {
                Path net = proc.resolve(words.group(1)).resolve("net");
                list = Files.readString(net.resolve("tcp"), StandardCharsets.US_ASCII);
                list += Files.readString(net.resolve("tcp6"), StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            // It has ended, or the machine has only one of the lists.
        }
        return list;
    }
}
