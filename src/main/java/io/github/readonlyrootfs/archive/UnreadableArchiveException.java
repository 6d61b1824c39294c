// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A file that is not a zip file, is broken, or exceeds the limits; the message is half a sentence. */
public final class UnreadableArchiveException extends Exception {

    UnreadableArchiveException(String message) {
        super(message);
    }

    static UnreadableArchiveException of(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new UnreadableArchiveException("there is no such file");
        }
        // The message of the cause is only the path.
        return new UnreadableArchiveException(
                cause instanceof AccessDeniedException ? "it may not be read" : String.valueOf(cause.getMessage()));
    }
}
