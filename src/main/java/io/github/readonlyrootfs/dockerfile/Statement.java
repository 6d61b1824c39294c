// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.JsonArray;
import io.github.readonlyrootfs.dockerfile.text.Whitespace;
import io.github.readonlyrootfs.dockerfile.text.WordSplitter;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;

/**
 * An instruction's text, split into its keyword, the flags after that, and the rest.
 *
 * @param text all of it, without white space at its ends
 * @param flags the words that begin with {@code --}, unquoted
 * @param arguments the rest, without white space at its ends
 * @param json the arguments as a JSON array, if the keyword takes one
 */
record Statement(JoinedText text, JoinedText word, List<JoinedText> flags, JoinedText arguments, JsonArray json) {

    static Statement of(JoinedText line, char escape) {
        JoinedText text = line.trim();
        int wordEnd = 0;
        while (wordEnd < text.length() && !Whitespace.isSeparator(text.charAt(wordEnd))) {
            wordEnd++;
        }
        FlagWords flags = FlagWords.read(text, wordEnd, escape);
        JoinedText word = text.slice(0, wordEnd);
        JoinedText arguments = text.slice(flags.end(), text.length()).trim();
        Optional<Keyword> keyword = Keyword.of(word.text());
        JsonArray json =
                keyword.isPresent() && keyword.get().takesJson() ? JsonArray.read(arguments) : new JsonArray.None();
        return new Statement(text, word, flags.words(), arguments, json);
    }

    Location location() {
        return text.location();
    }

    Optional<Keyword> keyword() {
        return Keyword.of(word.text());
    }

    /** The elements, if the arguments are a JSON array. */
    Optional<List<JoinedText>> elements() {
        return json instanceof JsonArray.Strings strings ? Optional.of(strings.elements()) : Optional.empty();
    }

    /** The elements, if the arguments are a JSON array, else their words. */
    List<JoinedText> words() {
        return json instanceof JsonArray.Strings strings ? strings.elements() : WordSplitter.atBlanks(arguments);
    }
}
