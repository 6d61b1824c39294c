// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.WriteCall.Effect;
import io.github.readonlyrootfs.bytecode.start.When;
import io.github.readonlyrootfs.partial.Hole;
import io.github.readonlyrootfs.partial.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A call that writes a file, creates a directory, or names a database that may consist of files.
 *
 * @param call such as {@code Files.createTempFile}
 * @param path that is written, as far as the code shows; the URL of a database
 * @param effect what the call creates
 * @param sparesMissing whether the method goes on if the directory above the path does not exist
 * @param sparesExisting whether the call does nothing if the file exists
 */
public record WriteSite(
        CodePlace place,
        String call,
        Text path,
        Effect effect,
        When when,
        boolean sparesMissing,
        boolean sparesExisting) {

    /**
     * A line of a class, as a stack trace shows it.
     *
     * @param module the index of the class's module
     * @param className with dots
     * @param sourceFile the name of the class's source, such as {@code Upload.java}
     * @param line in the source; 0 if unknown
     */
    public record CodePlace(int module, String className, String method, Optional<String> sourceFile, int line) {

        /** @param instruction null for the whole method */
        static CodePlace of(
                ClassFiles classes, ClassNode owner, MethodNode method, @Nullable AbstractInsnNode instruction) {
            AbstractInsnNode before = instruction;
            while (before != null && !(before instanceof LineNumberNode)) {
                before = before.getPrevious();
            }
            return new CodePlace(
                    classes.place(owner.name),
                    owner.name.replace('/', '.'),
                    method.name,
                    Optional.ofNullable(owner.sourceFile),
                    before instanceof LineNumberNode number ? number.line : 0);
        }

        /** {@code com.example.Upload.store(Upload.java:12)}; only the method beside a line of that source file. */
        public String describe(String beside) {
            String name = className + "." + method;
            return sourceFile.isEmpty() || isIn(beside)
                    ? name
                    : name + "(" + sourceFile.get() + (line > 0 ? ":" + line : "") + ")";
        }

        /** Whether a file has the name of its source. */
        public boolean isIn(String file) {
            return sourceFile.isPresent() && file.endsWith(sourceFile.get());
        }
    }

    /** The same in a library, at the call of the application that leads to it. */
    WriteSite calledIn(CodePlace caller) {
        return new WriteSite(
                caller,
                call + " in " + place.describe("") + ", called",
                path,
                effect,
                when,
                sparesMissing,
                sparesExisting);
    }

    /** The same, if it is unknown whether it writes. */
    WriteSite perhapsReading() {
        return at(when == When.START ? When.PERHAPS_START : when);
    }

    /** The same, whenever it happens. */
    WriteSite ever() {
        return at(When.LATER);
    }

    /** This, or the same at another time if that is closer to the start. */
    WriteSite orSurer(WriteSite other) {
        return when.compareTo(other.when) <= 0 ? this : other;
    }

    private WriteSite at(When other) {
        return new WriteSite(place, call, path, effect, other, sparesMissing, sparesExisting);
    }

    public boolean start() {
        return when == When.START;
    }

    /** Whether it is unknown whether the application works without it. */
    public boolean perhaps() {
        return when != When.START && when != When.LATER;
    }

    /** Whether the call creates missing parent directories. */
    public boolean createsParents() {
        return switch (effect) {
            case DIRECTORIES, STORE, FILE_AND_PARENTS, JOB_OUTPUT, ROUTE -> true;
            case FILE, DIRECTORY, ENTRY, SHALLOW_STORE, SOCKET, CHANGE, DATABASE -> false;
        };
    }

    /** Whether the path may be a directory that is there already. */
    public boolean takesDirectory() {
        return switch (effect) {
            case DIRECTORIES, ENTRY, STORE, SHALLOW_STORE, ROUTE -> true;
            case FILE, FILE_AND_PARENTS, JOB_OUTPUT, DIRECTORY, SOCKET, CHANGE, DATABASE -> false;
        };
    }

    /** Whether the code computes a part of the path. */
    public boolean isComputed() {
        return path.holes().stream().anyMatch(Hole.Unknown.class::isInstance);
    }

    /** Whether the call does nothing if the directory exists. */
    public boolean onlyMakesDirectory() {
        return effect == Effect.DIRECTORY || effect == Effect.DIRECTORIES;
    }
}
