// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.ClassFiles.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/** The class files of a class path, or of a part of it. */
public final class ClassFiles {

    /** A class file that is larger holds data, not hand-written code. */
    private static final int MAX_BYTES = 2_000_000;

    /** What every class file begins with, JVMS 4.1; ASM does not look at it. */
    private static final byte[] MAGIC = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE};

    private static final String NO_CLASS = "it is not a class file";

    /** The tags of a text, a class, of a field's or method's name and type, and of a call that is linked when it runs, in a class file's table of constants, JVMS 4.4. */
    private static final int TEXT_CONSTANT = 1;

    private static final int CLASS_CONSTANT = 7;

    private static final int NAME_AND_TYPE_CONSTANT = 12;

    private static final int INVOKE_DYNAMIC_CONSTANT = 18;

    /**
     * A class file, or a directory of them, that could not be read.
     *
     * @param name the class's, with slashes
     * @param reason why, for people, as half a sentence
     */
    public record Unreadable(String name, String reason) {}

    private final List<ClassPathEntry> places;

    /** The entry of the class path that a class is loaded from: the first that has it. */
    private final Map<String, Integer> placeOf = new LinkedHashMap<>();

    private final Map<String, Optional<ClassNode>> read = new HashMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Set<String> lambdas = new HashSet<>();

    /** By class of theirs, those that mention it, as far as they were {@link #mentioned} themselves. */
    private final Map<String, Set<String>> mentioning = new HashMap<>();

    public ClassFiles(List<ClassPathEntry> places) {
        this.places = List.copyOf(places);
        for (int i = 0; i < places.size(); i++) {
            try {
                for (String name : places.get(i).classes()) {
                    placeOf.putIfAbsent(name, i);
                }
            } catch (IOException e) {
                unreadable.add(new Unreadable(places.get(i).path().toString(), "it cannot be read"));
            }
        }
    }

    /** Which of the entries a class is from, counted from 0; negative for a class of none. */
    public int place(String name) {
        return placeOf.getOrDefault(name, -1);
    }

    /** What could not be read. */
    public List<Unreadable> unreadable() {
        return List.copyOf(new LinkedHashSet<>(unreadable));
    }

    /** The names of all classes, with slashes. */
    public List<String> names() {
        return List.copyOf(placeOf.keySet());
    }

    /**
     * What a class mentions.
     *
     * @param classes with slashes, itself among them
     * @param members the names of methods and fields
     */
    public record Mentioned(Set<String> classes, Set<String> members) {}

    /** The interfaces that lambdas and method references of the classes that were {@link #mentioned} implement. */
    Set<String> lambdas() {
        return Set.copyOf(lambdas);
    }

    /** What a class mentions: cheap, since no code is looked at. */
    public Mentioned mentioned(String name) {
        Mentioned mentioned = new Mentioned(new LinkedHashSet<>(), new LinkedHashSet<>());
        bytes(name).ifPresent(bytes -> {
            try {
                ClassReader reader = new ClassReader(bytes);
                char[] buffer = new char[reader.getMaxStringLength()];
                for (int i = 1; i < reader.getItemCount(); i++) {
                    int item = reader.getItem(i);
                    int tag = item > 0 ? reader.readByte(item - 1) : 0;
                    if (tag == TEXT_CONSTANT) {
                        type(bytes, item, reader.readUnsignedShort(item)).ifPresent(mentioned.classes()::add);
                    } else if (tag == CLASS_CONSTANT) {
                        mentioned.classes().add(Objects.requireNonNull(reader.readUTF8(item, buffer)));
                    } else if (tag == NAME_AND_TYPE_CONSTANT) {
                        mentioned.members().add(Objects.requireNonNull(reader.readUTF8(item, buffer)));
                    } else if (tag == INVOKE_DYNAMIC_CONSTANT) {
                        int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
                        String descriptor = Objects.requireNonNull(reader.readUTF8(nameAndType + 2, buffer));
                        lambdas.add(Type.getReturnType(descriptor).getInternalName());
                    }
                }
            } catch (RuntimeException e) {
                unreadable.add(new Unreadable(name, whyNot(e)));
            }
        });
        for (String other : mentioned.classes()) {
            if (placeOf.containsKey(other) && !other.equals(name)) {
                mentioning.computeIfAbsent(other, key -> new LinkedHashSet<>()).add(name);
            }
        }
        return mentioned;
    }

    /** The other classes of theirs that mention a class, as far as they were {@link #mentioned} themselves. */
    public Set<String> mentioning(String name) {
        return mentioning.getOrDefault(name, Set.of());
    }

    /** The class that a text is the descriptor of, which is all that is there of an annotation. */
    private static Optional<String> type(byte[] bytes, int constant, int length) {
        int start = constant + 2;
        boolean isType = length > 2 && bytes[start] == 'L' && bytes[start + length - 1] == ';';
        return isType
                ? Optional.of(new String(bytes, start + 1, length - 2, StandardCharsets.UTF_8))
                        .filter(name -> name.indexOf('(') < 0 && name.indexOf(';') < 0)
                : Optional.empty();
    }

    /** Reads one class after the other without its code, and keeps none. */
    void forEachHeader(Consumer<ClassNode> use) {
        int parts = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
        placeOf.keySet().forEach(name -> read(name, parts).ifPresent(node -> guarded(name, node, use)));
    }

    /** A text file of each entry of the class path that has it. */
    public List<String> texts(String file) {
        List<String> texts = new ArrayList<>();
        for (ClassPathEntry place : places) {
            try {
                place.read(file, MAX_BYTES).ifPresent(bytes -> texts.add(new String(bytes, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                unreadable.add(new Unreadable(place.path().toString(), "it cannot be read"));
            }
        }
        return texts;
    }

    /** Whether the entry of the class path that a class is from has a file. */
    public boolean isBeside(String className, String file) {
        try {
            int place = place(className);
            return place >= 0 && places.get(place).read(file, MAX_BYTES).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Uses a class; what a parser lets through may still be no code, and is then one more that cannot be read. */
    public void guarded(String name, ClassNode node, Consumer<ClassNode> use) {
        try {
            use.accept(node);
        } catch (RuntimeException e) {
            unreadable.add(new Unreadable(name, NO_CLASS));
        }
    }

    /** A class of theirs; empty for any other, and for one that cannot be read. */
    public Optional<ClassNode> find(String name) {
        return placeOf.containsKey(name)
                ? read.computeIfAbsent(name, key -> read(key, ClassReader.SKIP_FRAMES))
                : Optional.empty();
    }

    private Optional<ClassNode> read(String name, int parts) {
        return bytes(name).flatMap(bytes -> {
            try {
                ClassNode node = new ClassNode();
                new ClassReader(bytes).accept(node, parts);
                return Optional.of(node);
            } catch (RuntimeException e) {
                unreadable.add(new Unreadable(name, whyNot(e)));
                return Optional.empty();
            }
        });
    }

    private Optional<byte[]> bytes(String name) {
        try {
            int place = Objects.requireNonNull(placeOf.get(name));
            Optional<byte[]> bytes = places.get(place).read(name + ".class", MAX_BYTES);
            Optional<String> problem = bytes.map(ClassFiles::problem).orElse(Optional.of("it cannot be read"));
            problem.ifPresent(why -> unreadable.add(new Unreadable(name, why)));
            return problem.isPresent() ? Optional.empty() : bytes;
        } catch (IOException e) {
            unreadable.add(new Unreadable(name, "it cannot be read"));
            return Optional.empty();
        }
    }

    private static Optional<String> problem(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Optional.of("the class file is larger than " + MAX_BYTES + " bytes");
        }
        boolean isClass = Arrays.equals(bytes, 0, Math.min(MAGIC.length, bytes.length), MAGIC, 0, MAGIC.length);
        return isClass ? Optional.empty() : Optional.of(NO_CLASS);
    }

    /** ASM refuses a version that it does not know with one exception, and stumbles over what is no class with others. */
    private static String whyNot(RuntimeException e) {
        return e instanceof IllegalArgumentException
                ? "the class file is of a Java version that is newer than this plugin"
                : NO_CLASS;
    }
}
