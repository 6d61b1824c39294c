// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.Value;

/** What is known of a local variable or a stack slot while a method runs. */
public sealed interface PathValue extends Value {

    /** Nothing is known but how many slots it takes. */
    record Other(int slots) implements PathValue {
        @Override
        public int getSize() {
            return slots;
        }
    }

    record Null() implements PathValue {}

    record IntConstant(int value) implements PathValue {}

    /** A String, File, Path, StringBuilder: whatever is made of a path's text. */
    final class Text implements PathValue {

        private final PathText path;

        Text(PathText path) {
            this.path = path;
        }

        @Override
        public PathText path() {
            return path;
        }

        /** By content: a value that is the same on two ways through the code stays known where they meet. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Text text && path.equals(text.path);
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }
    }

    /** A variable, or what the code takes instead of it. */
    record Joined(PathText variable) implements PathValue {}

    /** An object between NEW and its constructor. */
    record Fresh(AbstractInsnNode made) implements PathValue {}

    /** The map that {@code System.getenv()} gives. */
    record Environment() implements PathValue {}

    /** A map that the code makes, and whether it is told to have a zip file system make its file. */
    record MadeMap(AbstractInsnNode made, boolean creates) implements PathValue {}

    /** {@code Some.class}, by its name with slashes. */
    record ClassLiteral(String name) implements PathValue {}

    /** A constant of an enum. */
    record Constant(String owner, String name) implements PathValue {}

    /** An array that was filled element by element with constant indices. */
    record Array(AbstractInsnNode made, List<PathValue> elements) implements PathValue {

        private static final int MAX_ELEMENTS = 32;

        /** An array in an array is unknown: code could double them until no computer can look through them. */
        Array with(PathValue index, PathValue stored) {
            PathValue element = stored instanceof Array ? new Other(1) : stored;
            List<PathValue> filled = new ArrayList<>(elements);
            if (index instanceof IntConstant number
                    && number.value() == elements.size()
                    && number.value() < MAX_ELEMENTS) {
                filled.add(element);
            } else {
                // In any other order: a write option may still be among them, a path is not known any more.
                filled.replaceAll(value -> value instanceof Constant ? value : new Other(1));
                if (element instanceof Constant) {
                    filled.add(element);
                }
            }
            return new Array(made, List.copyOf(filled.subList(0, Math.min(filled.size(), MAX_ELEMENTS))));
        }
    }

    @Override
    default int getSize() {
        return 1;
    }

    /** The path that the value is. */
    default PathText path() {
        return PathText.UNKNOWN;
    }

    /** Whether it is an option that opens a file for writing, or holds one. */
    default boolean opensForWriting() {
        if (this instanceof Array array) {
            return array.elements().stream().anyMatch(PathValue::opensForWriting);
        }
        if (this instanceof MadeMap map) {
            return map.creates();
        }
        return this instanceof Constant constant
                && constant.owner().equals("java/nio/file/StandardOpenOption")
                && List.of("WRITE", "APPEND", "CREATE", "CREATE_NEW", "TRUNCATE_EXISTING", "DELETE_ON_CLOSE")
                        .contains(constant.name());
    }

    static PathValue text(PathText path) {
        return path.equals(PathText.UNKNOWN) ? new Other(1) : new Text(path);
    }
}
