// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
