// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A part of a word after expansion, and the variables in it without a value or with an unknown one. */
final class Expanded {

    private final StringBuilder text = new StringBuilder();
    private final Set<String> unset = new LinkedHashSet<>();
    /** The unknown variables and why each is. */
    private final Map<String, String> unknown = new LinkedHashMap<>();

    void append(char c) {
        text.append(c);
    }

    void append(String more) {
        text.append(more);
    }

    void append(Expanded other) {
        text.append(other.text);
        unset.addAll(other.unset);
        unknown.putAll(other.unknown);
    }

    void addUnset(String name) {
        unset.add(name);
    }

    void addUnknown(String name, String reason) {
        unknown.put(name, reason);
    }

    int length() {
        return text.length();
    }

    /** The known parts of the text; all of it if {@link #isKnown()}. */
    String text() {
        return text.toString();
    }

    boolean isKnown() {
        return unknown.isEmpty();
    }

    Set<String> unset() {
        return unset;
    }

    Map<String, String> unknown() {
        return unknown;
    }
}
