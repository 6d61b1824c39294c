// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What {@code sourced-variables.txt} says of scripts whose text is not available. */
final class SourcedVariables {

    private SourcedVariables() {}

    /** The variables that {@code .} of the script may change; empty if it may change any. */
    static Optional<Set<String>> of(ContainerPath script) {
        String path = script.toString();
        for (String line : DataFiles.lines(SourcedVariables.class, "sourced-variables.txt")) {
            int colon = line.indexOf(':');
            for (String end : line.substring(0, colon).split(" ", -1)) {
                if (end.startsWith("/") ? path.equals(end) : path.endsWith("/" + end)) {
                    return Optional.of(Set.copyOf(
                            Arrays.asList(line.substring(colon + 1).strip().split(" ", -1))));
                }
            }
        }
        return Optional.empty();
    }
}
