// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/** A text whose pieces have their places in a file. */
public interface LocatedText {

    String text();

    /** The place in the file of the piece from one offset in {@link #text()} to another (exclusive). */
    Location location(int start, int end);
}
