// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code sed -i} with a script that is followed.
 *
 * @param files those that it changes
 */
public record InPlaceEdit(List<Field> files, UnaryChange change) {

    /** What a file holds afterwards. */
    @FunctionalInterface
    public interface UnaryChange {
        Text apply(Text content);
    }

    /** Reads the words behind {@code sed}; empty where they do not say that, or say more, such as to keep a copy. */
    public static Optional<InPlaceEdit> of(List<Field> words) {
        List<String> scripts = new ArrayList<>();
        List<Field> files = new ArrayList<>();
        boolean inPlace = false;
        boolean extended = false;
        for (int i = 0; i < words.size(); i++) {
            Field word = words.get(i);
            String text = word.text();
            if (text.matches("-[Ers]*i|--in-place")) {
                inPlace = true;
                extended |= text.matches("-i?[Ers]*[Er].*");
            } else if (text.matches("-[Ers]+|--regexp-extended")) {
                extended |= text.matches("-[Es]*[Er].*|--.*");
            } else if ((word.is("-e") || word.is("--expression")) && i + 1 < words.size()) {
                Optional<String> script = words.get(++i).value().known();
                if (script.isEmpty()) {
                    return Optional.empty();
                }
                scripts.add(script.get());
            } else if (text.startsWith("-")) {
                return Optional.empty();
            } else {
                files.add(word);
            }
        }
        if (scripts.isEmpty() && !files.isEmpty()) {
            Optional<String> script = files.remove(0).value().known();
            script.ifPresent(scripts::add);
        }
        boolean plain = inPlace && !scripts.isEmpty() && !files.isEmpty();
        return plain
                ? SedScript.of(String.join("\n", scripts), extended)
                        .map(script -> new InPlaceEdit(files, content -> script.apply(content, false)))
                : Optional.empty();
    }
}
