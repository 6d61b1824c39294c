// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.WriteSites.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The class files below some directories. */
final class ClassFiles {

    /** A class file that is larger holds data, not code that somebody wrote. */
    private static final long MAX_BYTES = 2_000_000;

    /** What every class file begins with, JVMS 4.1; ASM does not look at it. */
    private static final byte[] MAGIC = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE};

    private static final String NO_CLASS = "it is no class file";

    /** The tags of a text, a class, and of a field's or method's name and type, in a class file's table of constants, JVMS 4.4. */
    private static final int TEXT_CONSTANT = 1;

    private static final int CLASS_CONSTANT = 7;

    private static final int NAME_AND_TYPE_CONSTANT = 12;

    private static final int MAX_CLASSES = 20_000;

    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, Optional<ClassNode>> read = new HashMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    ClassFiles(List<Path> directories) {
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                add(directory);
            }
        }
    }

    private void add(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .limit(MAX_CLASSES)
                    .forEach(file -> files.putIfAbsent(name(directory, file), file));
        } catch (IOException | UncheckedIOException e) {
            unreadable.add(new Unreadable(directory.toString(), "it cannot be read"));
        }
    }

    private static String name(Path directory, Path file) {
        String relative = directory
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
        return relative.substring(0, relative.length() - ".class".length());
    }

    /** What could not be read. */
    List<Unreadable> unreadable() {
        return List.copyOf(new LinkedHashSet<>(unreadable));
    }

    /** The names of all classes, with slashes. */
    List<String> names() {
        return List.copyOf(files.keySet());
    }

    /**
     * What a class mentions.
     *
     * @param classes with slashes, itself among them
     * @param members the names of methods and fields
     */
    record Mentioned(Set<String> classes, Set<String> members) {}

    /** What a class mentions: cheap, since no code is looked at. */
    Mentioned mentioned(String name) {
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
                    }
                }
            } catch (RuntimeException e) {
                unreadable.add(new Unreadable(name, whyNot(e)));
            }
        });
        return mentioned;
    }

    /** The class that a text is the descriptor of, which is all that stands there of an annotation. */
    private static Optional<String> type(byte[] bytes, int constant, int length) {
        int start = constant + 2;
        boolean isType = length > 2 && bytes[start] == 'L' && bytes[start + length - 1] == ';';
        return isType
                ? Optional.of(new String(bytes, start + 1, length - 2, StandardCharsets.UTF_8))
                        .filter(name -> name.indexOf('(') < 0 && name.indexOf(';') < 0)
                : Optional.empty();
    }

    /** Reads one class after the other and keeps none. */
    void forEach(Consumer<ClassNode> use) {
        files.keySet().forEach(name -> read(name).ifPresent(node -> guarded(name, node, use)));
    }

    /** Uses a class; what a parser lets through may still be no code, and is then one more that cannot be read. */
    void guarded(String name, ClassNode node, Consumer<ClassNode> use) {
        try {
            use.accept(node);
        } catch (RuntimeException e) {
            unreadable.add(new Unreadable(name, NO_CLASS));
        }
    }

    /** A class of these directories; empty for any other, and for one that cannot be read. */
    Optional<ClassNode> find(String name) {
        return files.containsKey(name) ? read.computeIfAbsent(name, this::read) : Optional.empty();
    }

    private Optional<ClassNode> read(String name) {
        return bytes(name).flatMap(bytes -> {
            try {
                ClassNode node = new ClassNode();
                new ClassReader(bytes).accept(node, ClassReader.SKIP_FRAMES);
                return Optional.of(node);
            } catch (RuntimeException e) {
                unreadable.add(new Unreadable(name, whyNot(e)));
                return Optional.empty();
            }
        });
    }

    private Optional<byte[]> bytes(String name) {
        Path file = Objects.requireNonNull(files.get(name));
        try {
            if (Files.size(file) > MAX_BYTES) {
                unreadable.add(new Unreadable(name, "the class file is larger than " + MAX_BYTES + " bytes"));
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            if (!Arrays.equals(bytes, 0, Math.min(MAGIC.length, bytes.length), MAGIC, 0, MAGIC.length)) {
                unreadable.add(new Unreadable(name, NO_CLASS));
                return Optional.empty();
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            unreadable.add(new Unreadable(name, "it cannot be read"));
            return Optional.empty();
        }
    }

    /** ASM refuses a version that it does not know with one exception, and stumbles over what is no class with others. */
    private static String whyNot(RuntimeException e) {
        return e instanceof IllegalArgumentException
                ? "the class file is of a Java version that is newer than this plugin"
                : NO_CLASS;
    }
}
