// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.shell.text.SedScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call of {@code sed}.
 *
 * @param inPlace whether it changes the files rather than print what it makes of them
 * @param silent whether it prints only what the script prints
 * @param script empty if it cannot be followed, or if sed keeps a copy of each file
 * @param files its operands
 */
public record SedCommand(boolean inPlace, boolean silent, Optional<SedScript> script, List<Field> files) {

    /** Reads the arguments of {@code sed}. */
    public static SedCommand of(List<Field> words) {
        Options options = Options.of("sed", words);
        List<Field> scripts = new ArrayList<>(options.values("e", "expression"));
        List<Field> files = new ArrayList<>(options.operands());
        if (scripts.isEmpty() && !files.isEmpty()) {
            scripts.add(files.remove(0));
        }
        boolean plain = !scripts.isEmpty()
                && options.hasOnly("Ernsuie", "regexp-extended", "expression", "in-place", "quiet", "silent");
        List<String> lines = new ArrayList<>();
        for (Field script : scripts) {
            plain &= script.known();
            lines.add(script.value().raw());
        }
        // What follows the letter is the ending of the copy's name.
        boolean copies = words.stream().anyMatch(word -> word.text().matches("-[Ernsu]*i.+|--in-place=.*"));
        boolean extended = options.has("E", "r", "regexp-extended");
        return new SedCommand(
                options.has("i", "in-place"),
                options.has("n", "quiet", "silent"),
                plain && !copies ? SedScript.of(String.join("\n", lines), extended) : Optional.empty(),
                files);
    }
}
