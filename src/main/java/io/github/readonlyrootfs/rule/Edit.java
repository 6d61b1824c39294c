package io.github.readonlyrootfs.rule;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An edit as a help text: a part of a sentence that begins with a verb.
 *
 * @param verb {@code put} whole lines or something in front of something, {@code add} to an object or array, or
 *     {@code set} what is there already
 * @param code each piece on one line, indented as the line that {@link #where} names
 * @param lines the same as it is pasted
 */
record Edit(String verb, List<String> code, List<String> lines, String where) {

    static Edit of(String verb, String code, String where) {
        return new Edit(verb, List.of(code), List.of(code), where);
    }

    /** The edit within a sentence. */
    String inline() {
        return verb + code.stream().map(piece -> " `" + piece + "`").collect(Collectors.joining(" and")) + " " + where;
    }

    /**
     * The edit with what is to be pasted on lines of their own, at the end of a help text.
     *
     * @param noun {@code this mount point}
     */
    String paste(String noun) {
        return verb + " " + noun + " " + where + ":\n" + String.join("\n", lines);
    }

    /** The edit at the end of a help text, on one line if it has only one. */
    String help() {
        return code.size() == 1 ? inline() : paste("these lines");
    }
}
