// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Value;

/** The known value of a local variable or a stack slot. */
public sealed interface PathValue extends Value {

    /** PATH_MAX of Linux. */
    int MAX_LENGTH = 4096;

    /** No path of a real program has more. */
    int MAX_HOLES = 64;

    /** An unknown value of a known size. */
    record Other(int slots) implements PathValue {
        @Override
        public int getSize() {
            return slots;
        }
    }

    record Null() implements PathValue {}

    record IntConstant(int value) implements PathValue {}

    /**
     * A number that a loop counts up.
     *
     * @param ahead how much more it is than when the turn began
     */
    record Counter(int from, int ahead) implements PathValue {

        PathValue plus(int more) {
            return more > 0 ? new Counter(from, ahead + more) : new Other(1);
        }
    }

    /** A String, File, Path, StringBuilder or other object made of a path's text. */
    record Textual(Text path) implements PathValue {}

    /** A variable, or the text that the code uses instead of it. */
    record Joined(Text variable) implements PathValue {}

    /** An object between NEW and its constructor. */
    record Fresh(AbstractInsnNode made) implements PathValue {}

    /** The map of {@code System.getenv()}. */
    record Environment() implements PathValue {}

    record SystemProperties() implements PathValue {}

    /**
     * The texts that a method, such as {@code main}, gets as its arguments.
     *
     * @param known empty if they are unknown
     */
    record Arguments(Optional<List<Text>> known) implements PathValue {}

    /** A map that the code creates, and what it puts there, the last entry of a key last. */
    record MadeMap(AbstractInsnNode made, List<Entry> entries) implements PathValue {

        /** A key with its value; either may be unknown. */
        public record Entry(Text key, Text value) {}

        private static final int MAX_ENTRIES = 100;

        /** A map of keys that alternate with their values. */
        static PathValue of(AbstractInsnNode made, List<? extends PathValue> keysAndValues) {
            PathValue map = new MadeMap(made, List.of());
            for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
                map = ((MadeMap) map).with(keysAndValues.get(i), keysAndValues.get(i + 1));
            }
            return map;
        }

        MadeMap with(PathValue key, PathValue value) {
            return with(List.of(new Entry(key.path(), value.path())));
        }

        MadeMap with(List<Entry> more) {
            List<Entry> all = new ArrayList<>(entries);
            all.addAll(more);
            return new MadeMap(made, all.size() > MAX_ENTRIES ? List.of(new Entry(Text.UNKNOWN, Text.UNKNOWN)) : all);
        }

        /** The value of a key, if all keys are known. */
        Optional<Text> get(Text key) {
            boolean known = key.isKnown()
                    && entries.stream().allMatch(entry -> entry.key().isKnown());
            return entries.stream()
                    .filter(entry -> known && entry.key().equals(key))
                    .reduce((first, last) -> last)
                    .map(Entry::value);
        }

        /** Whether it certainly has no value for a key. */
        boolean lacks(Text key) {
            return key.isKnown()
                    && entries.stream()
                            .allMatch(entry ->
                                    entry.key().isKnown() && !entry.key().equals(key));
        }

        /** Whether code may change it: {@code Map.of} and the like cannot be. */
        boolean mayChange() {
            return !isOfLibrary(made);
        }

        /** Whether it tells a zip file system to create its file, see the module jdk.zipfs. */
        boolean creates() {
            return entries.contains(new Entry(Text.of("create"), Text.of("true")));
        }
    }

    /** A lambda or method reference, and the task that an executor makes of it, or the thread that runs it. */
    record Lambda(Handle code, String type) implements PathValue {}

    /** An object of a class that the code makes. */
    record Made(String type) implements PathValue {}

    /** {@code Some.class}, by its name with slashes. */
    record ClassLiteral(String name) implements PathValue {}

    record Constant(String owner, String name) implements PathValue {}

    /** An array that is filled element by element with constant indices. */
    record Array(AbstractInsnNode made, List<PathValue> elements) implements PathValue {

        static final int MAX_ELEMENTS = 32;

        /** Whether code may change it: {@code List.of} and the like cannot be. */
        boolean mayChange() {
            return !isOfLibrary(made)
                    || (made instanceof MethodInsnNode call
                            && (call.name.equals("asList") || call.desc.contains(")[")));
        }

        /** An element; empty if there is none. */
        Optional<PathValue> at(int index) {
            return index >= 0 && index < elements.size() ? Optional.of(elements.get(index)) : Optional.empty();
        }

        /** An array in an array is unknown: code could nest them exponentially. */
        Array with(PathValue index, PathValue stored) {
            PathValue element = stored instanceof Array ? new Other(1) : stored;
            List<PathValue> filled = new ArrayList<>(elements);
            if (index instanceof IntConstant number
                    && number.value() == elements.size()
                    && number.value() < MAX_ELEMENTS) {
                filled.add(element);
            } else {
                // In any other order, write options are kept, but paths become unknown.
                filled.replaceAll(value -> value instanceof Constant ? value : new Other(1));
                if (element instanceof Constant) {
                    filled.add(element);
                }
            }
            return new Array(made, List.copyOf(filled.subList(0, Math.min(filled.size(), MAX_ELEMENTS))));
        }
    }

    private static boolean isOfLibrary(AbstractInsnNode made) {
        return made instanceof MethodInsnNode call && call.owner.startsWith("java/");
    }

    @Override
    default int getSize() {
        return 1;
    }

    /** Whether it may be code to run. */
    default boolean isTask() {
        return this instanceof Lambda || this instanceof Made;
    }

    default Text path() {
        return Text.UNKNOWN;
    }

    /** Whether it is or contains an option that opens a file for writing. */
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

    /** A value for a text; unknown if it is longer than a path, because code may double it in a loop. */
    static PathValue text(Text path) {
        boolean tooLong = path.raw().length() > MAX_LENGTH || path.holes().size() > MAX_HOLES;
        return tooLong || path.equals(Text.UNKNOWN) ? new Other(1) : new Textual(path);
    }
}
