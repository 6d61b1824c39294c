// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static io.github.readonlyrootfs.bytecode.Compiled.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.path.WriteCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Each call of {@code write-calls.txt}, made by a class whose main method does nothing else. */
class WriteCallTest {

    private static final Pattern CALL = Pattern.compile("(new |static )?([\\w.$]+)\\((.*)\\)(?:: ([\\w.$]+))?");

    private static final Map<String, String> TYPES = Map.of(
            "String", "java/lang/String",
            "Object", "java/lang/Object",
            "Class", "java/lang/Class",
            "CharSequence", "java/lang/CharSequence",
            "File", "java/io/File",
            "Path", "java/nio/file/Path",
            "InputStream", "java/io/InputStream",
            "OutputStream", "java/io/OutputStream",
            "Resource", "org/springframework/core/io/WritableResource");

    @TempDir
    Path directory;

    static Stream<String> calls() throws IOException {
        return new String(
                        WriteCallTest.class
                                .getResourceAsStream("/bytecode/written.txt")
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void eachCallWritesThePathOfItsExample(String line) throws IOException {
        String[] example = line.split(" +=> ", 2);
        assertThat(sites(example[0], example[1])).containsExactly(example[1]);
    }

    @Test
    void eachCallHasAnExample() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String line : calls().toList()) {
            Matcher call = call(line.split(" +=> ", 2)[0]);
            shown.add(owner(call) + " " + name(call));
            shown.add("* " + name(call));
            shown.add("*" + String.valueOf(call.group(4)).replace('.', '/') + " " + name(call));
        }
        List<String> missing = new ArrayList<>();
        for (String line : known()) {
            String[] columns = line.split(" +", 3);
            // Of an annotation, WriteSitesTest has examples.
            if (columns.length == 3
                    && !columns[2].contains("annotation:")
                    && !shown.contains(columns[0] + " " + columns[1])) {
                missing.add(columns[0] + " " + columns[1]);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void noCallIsListedTwice() throws IOException {
        assertThat(known().stream().map(line -> line.replaceAll(" +", " "))).doesNotHaveDuplicates();
    }

    private static List<String> known() throws IOException {
        String table = new String(
                WriteCall.class.getResourceAsStream("write-calls.txt").readAllBytes(), StandardCharsets.UTF_8);
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static Matcher call(String text) {
        Matcher call = CALL.matcher(text.strip());
        assertThat(call.matches()).as(text).isTrue();
        return call;
    }

    private static boolean isNew(Matcher call) {
        return "new ".equals(call.group(1));
    }

    private static String owner(Matcher call) {
        String name = call.group(2);
        return (isNew(call) ? name : name.substring(0, name.lastIndexOf('.'))).replace('.', '/');
    }

    private static String name(Matcher call) {
        return isNew(call) ? "<init>" : call.group(2).substring(call.group(2).lastIndexOf('.') + 1);
    }

    private static Type type(String name) {
        return switch (name) {
            case "boolean" -> Type.BOOLEAN_TYPE;
            case "int" -> Type.INT_TYPE;
            case "byte[]" -> Type.getType("[B");
            default -> Type.getObjectType(TYPES.getOrDefault(name, name.replace('.', '/')));
        };
    }

    private List<String> sites(String text, String expected) throws IOException {
        Matcher call = call(text);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, "Main", null, "java/lang/Object", null);
        // Other code may make the call that writes what another one names.
        writer.visitField(Opcodes.ACC_PRIVATE, "start_build", "I", null, null);
        MethodVisitor main = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "main", "([Ljava/lang/String;)V", null, null);
        main.visitCode();
        Type owner = Type.getObjectType(owner(call));
        boolean isStatic = "static ".equals(call.group(1));
        if (isNew(call)) {
            main.visitTypeInsn(Opcodes.NEW, owner.getInternalName());
        } else if (!isStatic) {
            push(main, owner, "/this");
        }
        String start = expected.startsWith("jdbc:") ? "jdbc:h2:/" : "/";
        List<Type> types = new ArrayList<>();
        for (String name :
                call.group(3).isEmpty() ? new String[0] : call.group(3).split(" ")) {
            push(main, type(name), start + types.size());
            types.add(type(name));
        }
        Type returned = isNew(call) || call.group(4) == null ? Type.VOID_TYPE : type(call.group(4));
        main.visitMethodInsn(
                isNew(call) ? Opcodes.INVOKESPECIAL : isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL,
                owner.getInternalName(),
                name(call),
                Type.getMethodDescriptor(returned, types.toArray(Type[]::new)),
                false);
        if (!returned.equals(Type.VOID_TYPE)) {
            // Code that uses an object names its class.
            main.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
            main.visitInsn(Opcodes.POP);
        }
        main.visitInsn(Opcodes.RETURN);
        main.visitMaxs(0, 0);
        main.visitEnd();
        writer.visitEnd();
        Files.write(directory.resolve("Main.class"), writer.toByteArray());

        WriteSites sites = Compiled.sites(directory);
        assertThat(sites.unreadable()).isEmpty();
        return sites.sites().stream()
                .map(site -> text(site.path()) + " "
                        + site.effect().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (site.start() ? " start" : ""))
                .toList();
    }

    /** A value of a type: a path if possible. */
    private static void push(MethodVisitor main, Type type, String path) {
        switch (type.getInternalName()) {
            case "Z", "I" -> main.visitInsn(Opcodes.ICONST_1);
            case "java/lang/String" -> main.visitLdcInsn(path);
            case "java/nio/file/Path" -> {
                main.visitLdcInsn(path);
                main.visitMethodInsn(
                        Opcodes.INVOKESTATIC, "java/net/URI", "create", "(Ljava/lang/String;)Ljava/net/URI;", false);
                main.visitMethodInsn(
                        Opcodes.INVOKESTATIC, "java/nio/file/Path", "of", "(Ljava/net/URI;)Ljava/nio/file/Path;", true);
            }
            case "java/net/SocketAddress" -> {
                main.visitLdcInsn(path);
                main.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        "java/net/UnixDomainSocketAddress",
                        "of",
                        "(Ljava/lang/String;)Ljava/net/UnixDomainSocketAddress;",
                        false);
            }
            case "java/io/File" -> made(main, "java/io/File", path);
            case "org/springframework/core/io/WritableResource", "org/springframework/core/io/FileSystemResource" ->
                made(main, "org/springframework/core/io/FileSystemResource", path);
            case "org/springframework/core/io/PathResource" -> made(main, type.getInternalName(), path);
            case "java/nio/file/StandardOpenOption" ->
                main.visitFieldInsn(
                        Opcodes.GETSTATIC,
                        "java/nio/file/StandardOpenOption",
                        "CREATE",
                        "Ljava/nio/file/StandardOpenOption;");
            case "java/util/Map" -> {
                main.visitLdcInsn("create");
                main.visitLdcInsn("true");
                main.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        "java/util/Map",
                        "of",
                        "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/util/Map;",
                        true);
            }
            default -> main.visitInsn(Opcodes.ACONST_NULL);
        }
    }

    private static void made(MethodVisitor main, String owner, String path) {
        main.visitTypeInsn(Opcodes.NEW, owner);
        main.visitInsn(Opcodes.DUP);
        main.visitLdcInsn(path);
        main.visitMethodInsn(Opcodes.INVOKESPECIAL, owner, "<init>", "(Ljava/lang/String;)V", false);
    }
}
