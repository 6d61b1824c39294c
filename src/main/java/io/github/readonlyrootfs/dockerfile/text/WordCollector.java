// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import java.util.ArrayList;
import java.util.List;

/** Splits a text at unquoted white space while it is being read. */
final class WordCollector {

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    void add(char c) {
        if (Whitespace.isSpace(c)) {
            end();
        } else {
            word.append(c);
        }
    }

    void addText(String text) {
        text.chars().forEach(c -> add((char) c));
    }

    void addQuoted(String text) {
        word.append(text);
    }

    List<String> all() {
        end();
        return words;
    }

    private void end() {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
