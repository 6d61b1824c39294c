// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.bytecode.path.WriteCall.Effect;
import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A method that writes to the file system, as a line of {@code write-calls.txt} describes it.
 *
 * @param owner the class, with slashes; {@link #ANY} for any class, or for any whose method returns the type behind it
 * @param operand the index of the path's argument; {@link #RECEIVER}, {@link #FIRST} or {@link #NONE}
 * @param otherwise the path if there is no such argument
 * @param only further conditions
 */
public record WriteCall(
        String owner, String name, int operand, Optional<Text> otherwise, Effect effect, Set<String> only) {

    /** What a call creates. */
    public enum Effect {
        /** A file at the path. */
        FILE,
        /** A file at the path, with missing parent directories. */
        FILE_AND_PARENTS,
        /** The same, at the beginning of a batch job's step. */
        JOB_OUTPUT,
        /** A directory at the path, unless it exists. */
        DIRECTORY,
        /** A directory and its missing parents. */
        DIRECTORIES,
        /** A file of some name in the directory at the path. */
        ENTRY,
        /** The same, with the directory and its parents if they are missing. */
        STORE,
        /** The same, with the directory if it is missing, but not its parents. */
        SHALLOW_STORE,
        /** A file at the path, if the address is one: most are not. */
        SOCKET,
        /** A change to what is at the path, if it is there. */
        CHANGE,
        /** The files of the database in a URL. */
        DATABASE,
        /** What a route of Apache Camel keeps in the directory of an endpoint, if that is one of files. */
        ROUTE
    }

    private static final String ANY = "*";

    private static final int RECEIVER = -1;
    private static final int NONE = -2;

    /** The first argument that can be a path. */
    private static final int FIRST = -3;

    private static final String TEMPORARY = "tmpdir";
    private static final String CONSTANT = "=";
    private static final String HOME = "{user.home}";
    private static final String WITH = "with:";
    private static final String UNLESS = "unless:";
    private static final String BY = "by:";
    private static final String SCHEME = "scheme:";
    private static final String ANNOTATION = "annotation:";

    /** The number of a generation, or of a process that has the same file. */
    private static final Pattern LOG_NUMBER = Pattern.compile("%[gu]");

    private static final Set<String> OPTIONS = Set.of("Ljava/util/Set;", "[Ljava/nio/file/OpenOption;");

    private static final List<String> PATH_TYPES = List.of(
            "java/lang/String",
            "java/io/File",
            "java/nio/file/Path",
            "java/net/URI",
            "java/net/SocketAddress",
            "org/springframework/core/io/Resource",
            "org/springframework/core/io/WritableResource");

    /** The classes that have such methods. */
    private static final Set<String> OWNERS = new HashSet<>();

    /** The types that such methods of any class return. */
    private static final Set<String> RETURNED = new HashSet<>();

    /** The lines by class and method: most builds need none of them. */
    private static final Map<String, List<String>> LINES = load();

    /** The entry for a call; empty if the method does not write. */
    public static Optional<WriteCall> of(MethodInsnNode call) {
        return of(call.owner, call)
                .or(() -> of(ANY, call))
                .or(() -> returned(call).flatMap(type -> of(ANY + type, call)));
    }

    private static Optional<WriteCall> of(String owner, MethodInsnNode call) {
        for (String line : LINES.getOrDefault(owner + "." + call.name, List.of())) {
            WriteCall known = parse(line);
            if (known.fits(call)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** The type that a call returns, if there are lines for whatever class has such a method. */
    private static Optional<String> returned(MethodInsnNode call) {
        return call.desc.endsWith(";")
                ? Optional.of(call.desc.substring(call.desc.indexOf(')') + 2, call.desc.length() - 1))
                        .filter(RETURNED::contains)
                : Optional.empty();
    }

    /** Whether a class with these names may have such a call. */
    public static boolean mayBeIn(ClassFiles.Mentioned names) {
        if (!Collections.disjoint(OWNERS, names.classes())) {
            return true;
        }
        for (String member : names.members()) {
            if (LINES.containsKey(ANY + "." + member)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(MethodInsnNode call) {
        List<Type> types = List.of(Type.getArgumentTypes(call.desc));
        boolean hasType = values(WITH).allMatch(type -> types.contains(Type.getObjectType(type)));
        boolean hasOperand = operand == RECEIVER
                || operand(types).isPresent()
                || otherwise.isPresent()
                || annotation().isPresent();
        return hasType && hasOperand;
    }

    /** The annotation, and its member, of the class of the calling method that tell the path, if nothing else does. */
    public Optional<String[]> annotation() {
        return values(ANNOTATION).findFirst().map(it -> it.split("\\.", 2));
    }

    /** The index of the path's argument, if the method has one. */
    private OptionalInt operand(List<Type> types) {
        if (operand == FIRST) {
            return IntStream.range(0, types.size())
                    .filter(i -> PATH_TYPES.contains(types.get(i).getInternalName()))
                    .findFirst();
        }
        return operand >= 0
                        && operand < types.size()
                        && PATH_TYPES.contains(types.get(operand).getInternalName())
                ? OptionalInt.of(operand)
                : OptionalInt.empty();
    }

    /** The texts after a word with a colon in the last column. */
    private Stream<String> values(String word) {
        return only.stream().filter(it -> it.startsWith(word)).map(it -> it.substring(word.length()));
    }

    /**
     * The path that a call writes.
     *
     * @param receiver empty for a static method
     * @return empty if it writes nothing, as for a file opened for reading
     */
    public Optional<Text> path(MethodInsnNode call, Optional<PathValue> receiver, List<PathValue> arguments) {
        if ((only.contains("write-option")
                        && arguments.stream().noneMatch(PathValue::opensForWriting)
                        && !mayOnlyRead(call, arguments))
                || (only.contains("not-read-mode") && isReadMode(arguments))
                || (only.contains("not-false") && arguments.contains(new PathValue.IntConstant(0)))) {
            return Optional.empty();
        }
        if (operand == RECEIVER) {
            return receiver.map(PathValue::path);
        }
        List<Type> types = List.of(Type.getArgumentTypes(call.desc));
        OptionalInt given = operand(types);
        if (otherwise.isPresent()
                && (given.isEmpty()
                        || isPrefix(types.get(given.getAsInt()))
                        || arguments.get(given.getAsInt()) instanceof PathValue.Null)) {
            return otherwise;
        }
        Text path = only.contains("format")
                ? Results.formatted(arguments.get(0), arguments.get(1))
                : Text.of(values(SCHEME).findFirst().orElse(""))
                        .plus(arguments.get(given.orElseThrow()).path());
        if (only.contains("log-pattern")) {
            return Optional.of(withoutLogPattern(path));
        }
        if (only.contains("absolute") && !path.raw().startsWith("/") && !PathVariables.beginsComputed(path)) {
            return Optional.empty();
        }
        return path.raw().startsWith("classpath")
                ? Optional.empty()
                : Optional.of(
                        path.raw().startsWith("jar:")
                                ? path.slice("jar:".length(), path.raw().length())
                                : path);
    }

    /** Whether nothing tells whether one of the options opens for writing. */
    public boolean mayOnlyRead(MethodInsnNode call, List<PathValue> arguments) {
        List<Type> types = List.of(Type.getArgumentTypes(call.desc));
        return only.contains("write-option")
                && arguments.stream().noneMatch(PathValue::opensForWriting)
                && IntStream.range(0, types.size())
                        .filter(i -> OPTIONS.contains(types.get(i).getDescriptor()))
                        .anyMatch(i -> !(arguments.get(i) instanceof PathValue.Array array)
                                || array.elements().stream().anyMatch(each -> !(each instanceof PathValue.Constant)));
    }

    /** The path for a pattern of {@code java.util.logging.FileHandler}, if it begins with a directory. */
    private static Text withoutLogPattern(Text pattern) {
        Text path = pattern.replaceAll(LOG_NUMBER, number -> Text.of("0"));
        if (!path.raw().startsWith("%")) {
            return path;
        }
        boolean home = path.raw().startsWith("%h");
        return home || path.raw().startsWith("%t")
                ? PathVariables.property(home ? "user.home" : "java.io.tmpdir")
                        .plus(path.slice(2, path.raw().length()))
                : Text.UNKNOWN;
    }

    /** {@code Files.createTempFile(prefix, suffix)} has a String in the place of the other form's directory. */
    private boolean isPrefix(Type type) {
        return name.startsWith("createTemp") && type.getInternalName().equals("java/lang/String");
    }

    /** The methods that redirect the write if they are called in the same method. */
    public Set<String> unless() {
        return values(UNLESS).collect(Collectors.toUnmodifiableSet());
    }

    /** The methods that write to the path that this call names; a method that has one of them writes it. */
    public Set<String> by() {
        return values(BY).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isReadMode(List<PathValue> arguments) {
        return arguments.size() > 1 && arguments.get(1).path().equals(Text.of("r"));
    }

    /** What a refused call throws: measured, JDK 17, on a read-only file system. */
    public Thrown thrown() {
        if (owner.equals("java/nio/channels/ServerSocketChannel")) {
            return Thrown.of("java/io/IOException", "java/net/SocketException");
        }
        if (owner.startsWith("java/nio/") || owner.equals("java/util/logging/FileHandler")) {
            return Thrown.of("java/io/IOException", "java/nio/file/FileSystemException");
        }
        if (owner.equals("java/io/File") || owner.equals("java/lang/ProcessBuilder")) {
            return Thrown.of("java/io/IOException");
        }
        if (owner.startsWith("java/io/") || owner.equals("java/util/Formatter")) {
            return Thrown.of("java/io/IOException", "java/io/FileNotFoundException");
        }
        return Thrown.ANY;
    }

    /** Whether a failure throws an exception. */
    public boolean throwsOnFailure() {
        return !only.contains("no-throw");
    }

    /** Whether a call does nothing, and says so, if the file exists. */
    public boolean sparesExisting() {
        return only.contains("unless-there");
    }

    /** Whether another call writes to the path that this one names. */
    public boolean isOnlyPreparing() {
        return only.contains("later");
    }

    /** The call for display: {@code Files.write}, {@code new FileWriter}. */
    public String describe(MethodInsnNode call) {
        String type = call.owner.substring(call.owner.lastIndexOf('/') + 1).replace('$', '.');
        return name.equals("<init>") ? "new " + type : type + "." + name;
    }

    public static boolean isStatic(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC;
    }

    private static Map<String, List<String>> load() {
        Map<String, List<String>> lines = new HashMap<>();
        for (String line : DataFiles.lines(WriteCall.class, "write-calls.txt")) {
            StringTokenizer words = new StringTokenizer(line);
            String owner = words.nextToken();
            String method = owner + "." + words.nextToken();
            boolean returns = owner.startsWith(ANY) && !owner.equals(ANY);
            OWNERS.add(returns ? owner.substring(ANY.length()) : owner);
            if (returns) {
                RETURNED.add(owner.substring(ANY.length()));
            }
            List<String> others = lines.get(method);
            if (others == null) {
                others = new ArrayList<>();
                lines.put(method, others);
            }
            others.add(line);
        }
        return lines;
    }

    private static WriteCall parse(String line) {
        List<String> columns = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(line);
        while (words.hasMoreTokens()) {
            columns.add(words.nextToken());
        }
        String[] operand = columns.get(2).split("\\|", 2);
        boolean temporary = operand[0].equals(TEMPORARY);
        boolean constant = operand[0].startsWith(CONSTANT);
        String index = temporary || constant ? operand.length > 1 ? operand[1] : "" : operand[0];
        Optional<Text> otherwise = temporary
                ? Optional.of(PathVariables.property("java.io.tmpdir"))
                : constant ? Optional.of(constant(operand[0].substring(CONSTANT.length()))) : Optional.empty();
        return new WriteCall(
                columns.get(0),
                columns.get(1),
                index(index),
                otherwise,
                Effect.valueOf(columns.get(3).toUpperCase(Locale.ROOT).replace('-', '_')),
                columns.size() > 4 ? Set.of(columns.get(4).split(",", -1)) : Set.of());
    }

    private static Text constant(String text) {
        return text.startsWith(HOME)
                ? PathVariables.property("user.home").plus(Text.of(text.substring(HOME.length())))
                : Text.of(text);
    }

    private static int index(String column) {
        return switch (column) {
            case "", "none" -> NONE;
            case "this" -> RECEIVER;
            case "first" -> FIRST;
            default -> Integer.parseInt(column);
        };
    }
}
