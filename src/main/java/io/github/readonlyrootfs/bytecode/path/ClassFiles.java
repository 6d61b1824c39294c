// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.ClassFiles.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The class files in a class path, or in a part of it. */
public final class ClassFiles {

    /** A class file that is larger holds data, not hand-written code. */
    private static final int MAX_BYTES = 2_000_000;

    /** How many classes of the project's modules are read. Generated models of data are the largest, and write least. */
    private static final int MAX_CLASSES = 5_000;

    /** The beginning of every class file, JVMS 4.1; ASM does not check it. */
    private static final byte[] MAGIC = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE};

    private static final String NO_CLASS = "it is not a class file";
    private static final String TOO_DEEP = "its code is nested too deep to follow";

    /** Tags in the constant pool, JVMS 4.4. */
    private static final int TEXT_CONSTANT = 1;

    private static final int CLASS_CONSTANT = 7;

    private static final int NAME_AND_TYPE_CONSTANT = 12;

    private static final int INVOKE_DYNAMIC_CONSTANT = 18;

    /**
     * A class file, or a directory of them, that could not be read.
     *
     * @param name of the class, with slashes
     * @param reason for display, as half a sentence
     */
    public record Unreadable(String name, String reason) {}

    private final List<ClassPathEntry> places;

    /** The index of the entry from which a class is loaded: the first that has it. */
    private final Map<String, Integer> placeOf = new LinkedHashMap<>();

    /** The class files of libraries that are in no entry. */
    private final Map<String, byte[]> added = new HashMap<>();

    private final Map<String, List<String>> addedTexts = new HashMap<>();

    private final Map<String, Optional<ClassNode>> read = new HashMap<>();
    private final Map<MethodNode, ClassNode> owners = new HashMap<>();

    /** The methods that were asked for: a generated class has thousands. */
    private final Map<Hierarchy.Target, Optional<MethodNode>> methods = new HashMap<>();

    private final List<Unreadable> unreadable = new ArrayList<>();

    /** By interface, the classes with a lambda or method reference of it that were passed to {@link #mentioned}. */
    private final Map<String, Set<String>> lambdas = new HashMap<>();

    /** By class, the other classes that mention it and were passed to {@link #mentioned}. */
    private final Map<String, Set<String>> mentioning = new HashMap<>();

    public ClassFiles(List<ClassPathEntry> places) {
        this.places = List.copyOf(places);
        List<Listed> all = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            try {
                all.add(new Listed(i, places.get(i).classes()));
            } catch (IOException e) {
                unreadable.add(new Unreadable(places.get(i).path().toString(), "it cannot be read"));
            }
        }
        Set<Listed> left = tooMany(all);
        for (Listed each : all) {
            Path path = places.get(each.place()).path();
            if (left.contains(each)) {
                unreadable.add(new Unreadable(
                        String.valueOf(path.getFileName()), "its " + each.size() + " classes are too many to follow"));
                continue;
            }
            each.classes().names().forEach(name -> placeOf.putIfAbsent(name, each.place()));
            if (each.classes().more()) {
                unreadable.add(new Unreadable(path.toString(), "only its first " + each.size() + " classes are read"));
            }
        }
    }

    private record Listed(int place, ClassPathEntry.Classes classes) {

        private int size() {
            return classes.names().size();
        }
    }

    /** The largest entries that are too many beside the first, which is the project itself. */
    private static Set<Listed> tooMany(List<Listed> all) {
        Set<Listed> left = new LinkedHashSet<>(all);
        int sum = 0;
        for (Listed each :
                all.stream().sorted(Comparator.comparingInt(Listed::size)).toList()) {
            sum += each.place() == 0 ? 0 : each.size();
            if (each.place() == 0 || sum <= MAX_CLASSES) {
                left.remove(each);
            }
        }
        return left;
    }

    /** The index of the entry of a class; negative for a class in no entry. */
    public int place(String name) {
        return placeOf.getOrDefault(name, -1);
    }

    /** Adds a class that is in no entry, see {@link #parse}. */
    public void add(ClassNode node, byte[] content) {
        added.put(node.name, content);
        methods.clear();
        read.put(node.name, own(node));
        placeOf.putIfAbsent(node.name, -1);
    }

    /** Adds texts of a file of libraries. */
    public void add(String file, List<String> texts) {
        addedTexts.put(file, texts);
    }

    public boolean has(String name) {
        return placeOf.containsKey(name);
    }

    /** The class files that could not be read. */
    public List<Unreadable> unreadable() {
        return List.copyOf(new LinkedHashSet<>(unreadable));
    }

    /** The names of all classes, with slashes. */
    public List<String> names() {
        return List.copyOf(placeOf.keySet());
    }

    /**
     * The names in a class file.
     *
     * @param classes with slashes, including itself
     * @param members the names of methods and fields
     */
    public record Mentioned(Set<String> classes, Set<String> members) {}

    /** The interfaces of lambdas and method references in the classes that were passed to {@link #mentioned}. */
    Set<String> lambdas() {
        return Set.copyOf(lambdas.keySet());
    }

    /** The classes that make a lambda or method reference of an interface. */
    public Set<String> making(String type) {
        return lambdas.getOrDefault(type, Set.of());
    }

    /** The names in a class file. This is cheap, because no code is read. */
    public Mentioned mentioned(String name) {
        Mentioned mentioned = new Mentioned(new LinkedHashSet<>(), new LinkedHashSet<>());
        Optional<byte[]> bytes = bytes(name);
        if (bytes.isPresent()) {
            try {
                addNames(name, bytes.get(), mentioned);
            } catch (RuntimeException | StackOverflowError e) {
                unreadable.add(new Unreadable(name, whyNot(e)));
            }
        }
        for (String other : mentioned.classes()) {
            if (placeOf.containsKey(other) && !other.equals(name)) {
                mentioning.computeIfAbsent(other, key -> new LinkedHashSet<>()).add(name);
            }
        }
        return mentioned;
    }

    private void addNames(String name, byte[] bytes, Mentioned mentioned) {
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            int tag = item > 0 ? reader.readByte(item - 1) : 0;
            if (tag == TEXT_CONSTANT) {
                Optional<String> type = type(bytes, item, reader.readUnsignedShort(item));
                if (type.isPresent()) {
                    mentioned.classes().add(type.get());
                }
            } else if (tag == CLASS_CONSTANT) {
                mentioned.classes().add(Objects.requireNonNull(reader.readUTF8(item, buffer)));
            } else if (tag == NAME_AND_TYPE_CONSTANT) {
                mentioned.members().add(Objects.requireNonNull(reader.readUTF8(item, buffer)));
            } else if (tag == INVOKE_DYNAMIC_CONSTANT) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
                String descriptor = Objects.requireNonNull(reader.readUTF8(nameAndType + 2, buffer));
                lambdas.computeIfAbsent(Type.getReturnType(descriptor).getInternalName(), key -> new LinkedHashSet<>())
                        .add(name);
            }
        }
    }

    /** Whether a class file may have a constant or a name, which has no other characters than ASCII's. */
    public boolean hasText(String name, String text) {
        return bytes(name)
                .filter(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(text))
                .isPresent();
    }

    /** The other classes that mention a class and were passed to {@link #mentioned}. */
    public Set<String> mentioning(String name) {
        return mentioning.getOrDefault(name, Set.of());
    }

    /** Some classes, and those that mention them, see {@link #mentioning}. */
    Stream<ClassNode> around(Set<String> names) {
        Set<String> all = new LinkedHashSet<>(names);
        names.forEach(name -> all.addAll(mentioning(name)));
        return all.stream().flatMap(name -> find(name).stream());
    }

    /** The class in a text that is a descriptor: an annotation's class has no other constant. */
    private static Optional<String> type(byte[] bytes, int constant, int length) {
        int start = constant + 2;
        if (length <= 2 || bytes[start] != 'L' || bytes[start + length - 1] != ';') {
            return Optional.empty();
        }
        String name = new String(bytes, start + 1, length - 2, StandardCharsets.UTF_8);
        return name.indexOf('(') < 0 && name.indexOf(';') < 0 ? Optional.of(name) : Optional.empty();
    }

    /** Reads all classes without their code, and keeps none. */
    void forEachHeader(Consumer<ClassNode> use) {
        int parts = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
        placeOf.keySet().forEach(name -> read(name, parts).ifPresent(node -> guarded(name, node, use)));
    }

    /** The texts of a file in all entries that have it. */
    public List<String> texts(String file) {
        List<String> texts = new ArrayList<>(addedTexts.getOrDefault(file, List.of()));
        for (ClassPathEntry place : places) {
            try {
                place.read(file, MAX_BYTES).ifPresent(bytes -> texts.add(new String(bytes, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                unreadable.add(new Unreadable(place.path().toString(), "it cannot be read"));
            }
        }
        return texts;
    }

    /** Whether the entry of a class also has a file. */
    public boolean isBeside(String className, String file) {
        try {
            int place = place(className);
            return place >= 0 && places.get(place).read(file, MAX_BYTES).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Uses a class. After a failure, what it has is unknown: its code is invalid, which the parser did not notice, or too deep. */
    public void guarded(String name, ClassNode node, Consumer<ClassNode> use) {
        try {
            use.accept(node);
        } catch (RuntimeException | StackOverflowError e) {
            unreadable.add(new Unreadable(name, e instanceof StackOverflowError ? TOO_DEEP : NO_CLASS));
        }
    }

    /** Notes that something in a class is not looked at. */
    public void skip(String name, String reason) {
        unreadable.add(new Unreadable(name, reason));
    }

    /** A class; empty if it is in no entry, or unreadable. */
    public Optional<ClassNode> find(String name) {
        return placeOf.containsKey(name)
                ? read.computeIfAbsent(
                        name, key -> read(key, ClassReader.SKIP_FRAMES).flatMap(this::own))
                : Optional.empty();
    }

    private Optional<ClassNode> own(ClassNode node) {
        node.methods.forEach(method -> owners.put(method, node));
        return Optional.of(node);
    }

    public Optional<MethodNode> method(Hierarchy.Target target) {
        return methods.computeIfAbsent(target, key -> find(key.owner()).flatMap(key::in));
    }

    /** The class that a method was read with. */
    public ClassNode owner(MethodNode method) {
        return Objects.requireNonNull(owners.get(method));
    }

    /** A class of a library, if it can be read. */
    public static Optional<ClassNode> parse(String name, byte[] bytes) {
        try {
            ClassNode node = new ClassNode();
            new BoundedReader(bytes).accept(node, ClassReader.SKIP_FRAMES);
            return Optional.of(node).filter(it -> it.name.equals(name));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private Optional<ClassNode> read(String name, int parts) {
        return bytes(name).flatMap(bytes -> {
            try {
                ClassNode node = new ClassNode();
                new BoundedReader(bytes).accept(node, parts);
                if (node.name.equals(name)) {
                    return Optional.of(node);
                }
                unreadable.add(new Unreadable(name, "the class file is for " + node.name));
                return Optional.empty();
            } catch (RuntimeException | StackOverflowError e) {
                unreadable.add(new Unreadable(name, whyNot(e)));
                return Optional.empty();
            }
        });
    }

    private Optional<byte[]> bytes(String name) {
        try {
            int place = Objects.requireNonNull(placeOf.get(name));
            if (place < 0) {
                return Optional.ofNullable(added.get(name));
            }
            Optional<byte[]> bytes = places.get(place).read(name + ".class", MAX_BYTES);
            Optional<String> problem = bytes.isPresent() ? problem(bytes.get()) : Optional.of("it cannot be read");
            if (problem.isEmpty()) {
                return bytes;
            }
            unreadable.add(new Unreadable(name, problem.get()));
            return Optional.empty();
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

    /** ASM throws this exception for unknown versions, and others for invalid files. */
    private static String whyNot(Throwable e) {
        if (e instanceof StackOverflowError) {
            return TOO_DEEP;
        }
        return e instanceof IllegalArgumentException
                ? "the class file is of a Java version that is newer than this plugin"
                : NO_CLASS;
    }

    /** Reads constants that are computed from other constants only so deep; one may even be computed from itself. */
    private static final class BoundedReader extends ClassReader {

        /** Compilers nest them twice. */
        private static final int MAX_DEPTH = 20;

        private int depth;

        BoundedReader(byte[] bytes) {
            super(bytes);
        }

        @Override
        public Object readConst(int constant, char[] buffer) {
            if (depth == MAX_DEPTH) {
                throw new IllegalStateException();
            }
            depth++;
            Object value = super.readConst(constant, buffer);
            depth--;
            return value;
        }
    }
}
