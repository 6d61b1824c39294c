package io.github.readonlyrootfs.shell.run;

import java.util.List;

/**
 * Shell text and where it stands.
 *
 * @param bodies of the here-documents in it, where they have been taken out
 */
public record Script(String text, List<String> bodies, Place place) {

    public Script(String text, Place place) {
        this(text, List.of(), place);
    }
}
