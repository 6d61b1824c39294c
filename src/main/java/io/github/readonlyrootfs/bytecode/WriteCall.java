package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.WriteSite.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A method that writes to the file system, as a line of {@code write-calls.txt} describes it.
 *
 * @param owner the class, with slashes; {@link #ANY} for whatever class has such a method
 * @param operand the argument that is the path; {@link #RECEIVER} or {@link #NONE}
 * @param temporary whether it falls back on the directory for temporary files
 * @param only what has to hold besides; empty for nothing
 */
record WriteCall(String owner, String name, int operand, boolean temporary, Effect effect, String only) {

    private static final String ANY = "*";

    private static final int RECEIVER = -1;
    private static final int NONE = -2;

    private static final String TEMPORARY = "tmpdir";
    private static final String WITH = "with:";

    private static final List<String> PATH_TYPES = List.of("java/lang/String", "java/io/File", "java/nio/file/Path");

    private static final Map<String, WriteCall> ALL = load();

    private static final Set<String> OWNERS =
            ALL.values().stream().map(WriteCall::owner).collect(Collectors.toUnmodifiableSet());

    /** What a call instruction writes; empty where it is another method. */
    static Optional<WriteCall> of(MethodInsnNode call) {
        WriteCall own = ALL.get(call.owner + "." + call.name);
        return Optional.ofNullable(own == null ? ALL.get(ANY + "." + call.name) : own)
                .filter(known -> known.fits(call));
    }

    /** Whether a class has methods that write; with slashes. */
    static boolean isOwner(String name) {
        return OWNERS.contains(name);
    }

    /** Whether a method of this name writes, whatever class it is of. */
    static boolean isNameOfAny(String method) {
        return ALL.containsKey(ANY + "." + method);
    }

    private boolean fits(MethodInsnNode call) {
        Type[] types = Type.getArgumentTypes(call.desc);
        if (only.startsWith(WITH)) {
            return List.of(types).contains(Type.getObjectType(only.substring(WITH.length())));
        }
        return operand < 0
                || temporary
                || (operand < types.length && PATH_TYPES.contains(types[operand].getInternalName()));
    }

    /**
     * The path that a call writes.
     *
     * @param receiver empty for a static method
     * @return empty where it writes nothing, such as a file opened for reading
     */
    Optional<PathText> path(MethodInsnNode call, Optional<PathValue> receiver, List<PathValue> arguments) {
        if ((only.equals("write-option") && arguments.stream().noneMatch(PathValue::opensForWriting))
                || (only.equals("not-read-mode") && isReadMode(arguments))) {
            return Optional.empty();
        }
        if (operand == RECEIVER) {
            return receiver.map(PathValue::path);
        }
        Type[] types = Type.getArgumentTypes(call.desc);
        boolean hasOperand = operand >= 0
                && operand < types.length
                && PATH_TYPES.contains(types[operand].getInternalName())
                && !isPrefix(types);
        if (temporary && (!hasOperand || arguments.get(operand) instanceof PathValue.Null)) {
            return Optional.of(PathText.systemProperty("java.io.tmpdir"));
        }
        PathText path = arguments.get(operand).path();
        return Optional.of(only.equals("log-pattern") ? path.withoutLogPattern() : path);
    }

    /** {@code Files.createTempFile(prefix, suffix)} has a String where the other form has the directory. */
    private boolean isPrefix(Type[] types) {
        return temporary && types[operand].getInternalName().equals("java/lang/String");
    }

    private static boolean isReadMode(List<PathValue> arguments) {
        return arguments.size() > 1 && arguments.get(1).path().equals(PathText.literal("r"));
    }

    /** Whether a failure is an exception. */
    boolean throwsOnFailure() {
        return !only.equals("no-throw");
    }

    /** Whether it is another call that writes, which needs what this one names. */
    boolean isOnlyPreparing() {
        return only.equals("later");
    }

    /** A call as people write it: {@code Files.write}, {@code new FileWriter}. */
    String describe(MethodInsnNode call) {
        String type = call.owner.substring(call.owner.lastIndexOf('/') + 1).replace('$', '.');
        return name.equals("<init>") ? "new " + type : type + "." + name;
    }

    static boolean isStatic(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC;
    }

    private static Map<String, WriteCall> load() {
        try (InputStream in = WriteCall.class.getResourceAsStream("write-calls.txt")) {
            if (in == null) {
                throw new IllegalStateException("write-calls.txt is not in the plugin");
            }
            Map<String, WriteCall> calls = new HashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    WriteCall call = parse(line);
                    if (calls.put(call.owner + "." + call.name, call) != null) {
                        throw new IllegalStateException("twice: " + line);
                    }
                }
            }
            return Map.copyOf(calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WriteCall parse(String line) {
        List<String> columns = new ArrayList<>(List.of(line.strip().split("\\s+", -1)));
        String operand = columns.get(2);
        boolean temporary = operand.startsWith(TEMPORARY);
        String index = temporary ? operand.substring(TEMPORARY.length()).replace("|", "") : operand;
        return new WriteCall(
                columns.get(0),
                columns.get(1),
                index.isEmpty() ? NONE : index.equals("this") ? RECEIVER : Integer.parseInt(index),
                temporary,
                Effect.valueOf(columns.get(3).toUpperCase(Locale.ROOT)),
                columns.size() > 4 ? columns.get(4) : "");
    }
}
