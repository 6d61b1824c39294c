// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** What instructions may throw; null pointers and the like are not expected. */
final class Throwing {

    /** Classes whose methods throw nothing that is expected: they make paths, texts and collections. */
    private static final Set<String> PURE = Set.of(
            "java/nio/file/Path",
            "java/nio/file/Paths",
            "java/lang/String",
            "java/lang/StringBuilder",
            "java/lang/System",
            "java/lang/Object",
            "java/util/Objects",
            "java/util/List",
            "java/util/Set",
            "java/util/Map",
            "java/util/EnumSet",
            "java/util/Optional",
            "java/util/Iterator",
            "java/io/ByteArrayInputStream",
            "java/io/ByteArrayOutputStream",
            "java/net/UnixDomainSocketAddress",
            "java/nio/file/attribute/FileTime");

    private static final Set<String> IMPURE = Set.of("toRealPath", "load", "loadLibrary");

    private static final Set<String> PURE_OF_FILES = Set.of(
            "<init>",
            "getPath",
            "toPath",
            "getName",
            "getParent",
            "getParentFile",
            "getAbsolutePath",
            "getAbsoluteFile");

    private static final Pattern SOCKETS = Pattern.compile("java/(?:net/(?!UR[IL]|http/)|nio/channels/Server).*");

    private static final Pattern OF_SOCKETS =
            Pattern.compile("java/(?:lang/(?:Throwable|Exception)|io/IOException|net/.*|nio/channels/.*)");

    private Throwing() {}

    /** Whether an instruction may throw what is expected. */
    static boolean may(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.INVOKEVIRTUAL,
                    Opcodes.INVOKESPECIAL,
                    Opcodes.INVOKESTATIC,
                    Opcodes.INVOKEINTERFACE,
                    Opcodes.INVOKEDYNAMIC,
                    Opcodes.GETSTATIC,
                    Opcodes.PUTSTATIC,
                    Opcodes.CHECKCAST,
                    Opcodes.ATHROW -> !isPure(instruction);
            default -> false;
        };
    }

    private static boolean isPure(AbstractInsnNode instruction) {
        if (instruction instanceof FieldInsnNode field) {
            return field.owner.startsWith("java/");
        }
        if (!(instruction instanceof MethodInsnNode call)) {
            return instruction.getOpcode() == Opcodes.INVOKEDYNAMIC;
        }
        return switch (call.owner) {
            case "java/io/File" -> PURE_OF_FILES.contains(call.name);
            // Nothing interrupts a start.
            case "java/lang/Thread" -> call.name.equals("sleep");
            case "java/lang/ProcessBuilder" -> !call.name.equals("start");
            case "java/lang/Integer", "java/lang/Long", "java/lang/Boolean" ->
                call.name.endsWith("Value") || (call.name.equals("valueOf") && !call.desc.startsWith("(L"));
            default ->
                call.owner.endsWith("Exception")
                        || (PURE.contains(call.owner)
                                && !IMPURE.contains(call.name)
                                && !call.desc.contains("Ljava/util/function/"));
        };
    }

    /**
     * Whether a handler may get what an instruction throws: what the code makes itself, and only exceptions of input and output from
     * sockets, but none of files.
     */
    static boolean mayCatch(TryCatchBlockNode block, AbstractInsnNode instruction) {
        if (!(instruction instanceof MethodInsnNode call) || block.type == null) {
            return made(instruction)
                    .filter(thrown -> !thrown.isCaughtBy(block.type))
                    .isEmpty();
        }
        return !SOCKETS.matcher(call.owner).matches()
                || OF_SOCKETS.matcher(block.type).matches();
    }

    /** What an instruction throws, if the code makes it just before. */
    static Optional<Thrown> made(AbstractInsnNode instruction) {
        return instruction.getOpcode() == Opcodes.ATHROW
                        && Flow.preceding(instruction) instanceof MethodInsnNode made
                        && made.name.equals("<init>")
                ? Optional.of(Thrown.ofClass(made.owner))
                : Optional.empty();
    }
}
