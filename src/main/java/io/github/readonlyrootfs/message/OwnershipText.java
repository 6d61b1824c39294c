// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.image.tree.Ownership;
import java.util.ArrayList;
import java.util.List;

/** Owner, group and mode in a sentence, which names the unknown ones. */
final class OwnershipText {

    private OwnershipText() {}

    /**
     * What a file or directory is: {@code root:root 0755}, {@code 0755 (owner unknown)},
     * {@code of unknown owner and mode}.
     */
    static String of(Ownership ownership) {
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        if (ownership.owner() != null && ownership.group() != null) {
            known.add(ownership.owner() + ":" + ownership.group());
        } else if (ownership.owner() != null) {
            known.add(ownership.owner().toString());
            unknown.add("group");
        } else {
            unknown.add("owner");
        }
        if (ownership.mode() != null) {
            known.add(Ownership.octal(ownership.mode()));
        } else {
            unknown.add("mode");
        }
        String missing = String.join(" and ", unknown);
        if (known.isEmpty()) {
            return "of unknown " + missing;
        }
        return String.join(" ", known) + (missing.isEmpty() ? "" : " (" + missing + " unknown)");
    }
}
