// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import java.util.ArrayList;
import java.util.List;

/** Lists in one property, as Jib reads them: separated by commas, of which those behind a backslash are no separators. */
final class PropertyLists {

    private PropertyLists() {}

    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
