// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Patterns in which an asterisk stands for anything, and everything else for itself. */
public final class Wildcards {

    private Wildcards() {}

    public static Pattern pattern(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("\\*", -1)) {
            parts.add(Pattern.quote(part));
        }
        return Pattern.compile(String.join(".*", parts), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    }
}
