// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import java.util.HashMap;
import java.util.Map;

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
            Json all = DataFiles.read(Aliases.class, "aliases.json").orElseThrow();
            for (String name : all.members().keySet()) {
                for (String alias : all.strings(name)) {
                    byAlias.put(alias, name);
                }
            }
            return byAlias;
        }
    }

    /** The name of the image that this is an alias of; the name itself if it is not an alias. */
    static String resolve(String name) {
        return All.BY_ALIAS.getOrDefault(name, name);
    }
}
