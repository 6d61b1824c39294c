// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.data.DataFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The other names of published images. {@code aliases.json} has them by the name of the file below {@code published} that
 * knows the image, all in the form of {@link ImageReference#names()}.
 */
final class Aliases {

    private Aliases() {}

    /** Read when it is first wanted. */
    private static final class All {
        static final Map<String, String> BY_ALIAS = read();

        private static Map<String, String> read() {
            Map<String, String> byAlias = new HashMap<>();
            DataFiles.read(Aliases.class, "aliases.json")
                    .orElseThrow()
                    .members()
                    .forEach((name, aliases) -> aliases.elements().forEach(alias -> byAlias.put(alias.string(), name)));
            return byAlias;
        }
    }

    /** A name, and the one that it is an alias of. */
    static Stream<String> names(String name) {
        return Stream.concat(Stream.of(name), Optional.ofNullable(All.BY_ALIAS.get(name)).stream());
    }
}
