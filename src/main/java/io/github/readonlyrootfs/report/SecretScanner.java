package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;

/** Finds the pieces of a file that an excerpt must not show. Takes time in proportion to the file, whatever it is. */
interface SecretScanner {

    /** The pieces as offsets in the file's text, in order; none overlaps another or goes beyond its line. */
    List<Span> secrets(SourceFile source);
}
