// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.path.PathText;
import io.github.readonlyrootfs.bytecode.path.WriteCall.Effect;
import java.util.Optional;

/**
 * A call that writes a file, makes a directory, or names a database that may lie in files.
 *
 * @param call such as {@code Files.createTempFile}
 * @param path what is written, as far as the code says; of a database its URL
 * @param effect what the call makes
 * @param start whether it certainly runs when the application starts, and a failure ends that: nothing branches around
 *     it and nothing catches the exception
 */
public record WriteSite(CodePlace place, String call, PathText path, Effect effect, boolean start) {

    /**
     * A line of a class, as a stack trace shows it.
     *
     * @param module which of the modules the class is in, counted from 0
     * @param className with dots, as people write it
     * @param sourceFile the name of the class's source, such as {@code Upload.java}
     * @param line in the source; 0 where the class does not say
     */
    public record CodePlace(int module, String className, String method, Optional<String> sourceFile, int line) {

        /** {@code com.example.Upload.store(Upload.java:12)}. */
        public String describe() {
            return className + "." + method
                    + sourceFile
                            .map(file -> "(" + file + (line > 0 ? ":" + line : "") + ")")
                            .orElse("");
        }
    }

    WriteSite with(boolean atStart) {
        return new WriteSite(place, call, path, effect, atStart);
    }

    /** Whether the call makes the directories above the path. */
    public boolean createsParents() {
        return switch (effect) {
            case DIRECTORIES, STORE, FILE_AND_PARENTS, JOB_OUTPUT -> true;
            case FILE, DIRECTORY, ENTRY, SHALLOW_STORE, DATABASE -> false;
        };
    }

    /** Whether the call does nothing where there is a directory at the path already. */
    public boolean onlyMakesDirectory() {
        return effect == Effect.DIRECTORY || effect == Effect.DIRECTORIES;
    }
}
