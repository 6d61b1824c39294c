// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import java.util.List;

/**
 * What an entry says, and why it may say so.
 *
 * @param says what is done, for people, as a clause
 * @param sources addresses, or what was measured with which version
 */
public record Statement(String says, List<String> sources, Confidence confidence) {

    /** How well it is known. */
    enum Confidence {
        /** It was measured, or several sources say so. */
        HIGH,
        /** One source says so. */
        MEDIUM,
        /** It must be checked yet. */
        LOW
    }

    static Statement read(Json entry) {
        return new Statement(
                entry.get("says").string(),
                entry.strings("sources"),
                entry.get("confidence").constant(Confidence.class));
    }
}
