// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Projects whose classes, settings or scripts need more time or memory than is allowed, or that a reader fails on: each
 * costs what it is about, and everything else is judged. The time limit detects endless loops; it is not a measurement.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class HostileProjectTest extends HostileFiles {

    private static final String JAVA = """
            FROM eclipse-temurin:21-jre
            WORKDIR /app
            COPY target/shop.jar /app/shop.jar
            USER 1000
            ENTRYPOINT ["java", "-jar", "/app/shop.jar"]
            """;

    private static final String SPRING =
            "org.springframework.boot:spring-boot:3.5.7\nch.qos.logback:logback-classic:1.5.18\n";

    private static Arguments java(String name, Preparation files, String... expected) {
        return project(name, JAVA, files, expected);
    }

    private static Arguments project(String name, String dockerfile, Preparation files, String... expected) {
        return Arguments.of(name, dockerfile, files, List.of(expected));
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void write(Path directory, String name, byte[] bytes) throws IOException {
        Path file = directory.resolve("target/classes").resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static ClassWriter type(String name, String parent) {
        ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, parent, null);
        return type;
    }

    private static byte[] writing(String name, String path) {
        ClassWriter type = type(name, "java/lang/Object");
        MethodVisitor method =
                type.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "main", "([Ljava/lang/String;)V", null, null);
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, "java/io/FileWriter");
        method.visitInsn(Opcodes.DUP);
        method.visitLdcInsn(path);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/io/FileWriter", "<init>", "(Ljava/lang/String;)V", false);
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return type.toByteArray();
    }

    /** A constant that is computed from one that is computed from one, and so on. */
    private static byte[] nestedConstants(int depth) {
        ClassWriter type = type("Nested", "java/lang/Object");
        Handle bootstrap = new Handle(
                Opcodes.H_INVOKESTATIC,
                "java/lang/invoke/ConstantBootstraps",
                "invoke",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;",
                false);
        Object constant = "x";
        for (int i = 0; i < depth; i++) {
            constant = new ConstantDynamic("c" + i, "Ljava/lang/Object;", bootstrap, constant);
        }
        MethodVisitor method = type.visitMethod(Opcodes.ACC_STATIC, "get", "()Ljava/lang/Object;", null, null);
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, "java/io/FileWriter");
        method.visitInsn(Opcodes.DUP);
        method.visitLdcInsn(constant);
        method.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/String");
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/io/FileWriter", "<init>", "(Ljava/lang/String;)V", false);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return type.toByteArray();
    }

    /** A class with a constant that is computed from itself. */
    private static byte[] circularConstant() {
        byte[] bytes = nestedConstants(1);
        ClassReader reader = new ClassReader(bytes);
        int dynamic = 0;
        for (int i = 1; i < reader.getItemCount(); i++) {
            dynamic = reader.getItem(i) > 0 && reader.readByte(reader.getItem(i) - 1) == 17 ? i : dynamic;
        }
        // The last attribute has one bootstrap method, whose only argument ends the file.
        bytes[bytes.length - 2] = (byte) (dynamic >> 8);
        bytes[bytes.length - 1] = (byte) dynamic;
        return bytes;
    }

    /** Methods that call each other in a chain, and pass a path to the one that writes. */
    private static byte[] chain(int length) {
        ClassWriter type = type("Chain", "java/lang/Object");
        for (int i = 0; i <= length; i++) {
            boolean main = i == 0;
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                    main ? "main" : "m" + i,
                    main ? "([Ljava/lang/String;)V" : "(Ljava/lang/String;)V",
                    null,
                    null);
            method.visitCode();
            if (i == length) {
                method.visitTypeInsn(Opcodes.NEW, "java/io/FileWriter");
                method.visitInsn(Opcodes.DUP);
            }
            if (main) {
                method.visitLdcInsn("/srv/chain");
            } else {
                method.visitVarInsn(Opcodes.ALOAD, 0);
            }
            if (i == length) {
                method.visitMethodInsn(
                        Opcodes.INVOKESPECIAL, "java/io/FileWriter", "<init>", "(Ljava/lang/String;)V", false);
                method.visitInsn(Opcodes.POP);
            } else {
                method.visitMethodInsn(Opcodes.INVOKESTATIC, "Chain", "m" + (i + 1), "(Ljava/lang/String;)V", false);
            }
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
        }
        return type.toByteArray();
    }

    /** Methods that return what the next one returns, up to a path. */
    private static byte[] returning(int length) {
        ClassWriter type = type("Returning", "java/lang/Object");
        for (int i = 0; i <= length; i++) {
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "r" + i, "()Ljava/lang/String;", null, null);
            method.visitCode();
            if (i == length) {
                method.visitLdcInsn("/srv/returned");
            } else {
                method.visitMethodInsn(Opcodes.INVOKESTATIC, "Returning", "r" + (i + 1), "()Ljava/lang/String;", false);
            }
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
        }
        MethodVisitor main =
                type.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "main", "([Ljava/lang/String;)V", null, null);
        main.visitCode();
        main.visitTypeInsn(Opcodes.NEW, "java/io/FileWriter");
        main.visitInsn(Opcodes.DUP);
        main.visitMethodInsn(Opcodes.INVOKESTATIC, "Returning", "r0", "()Ljava/lang/String;", false);
        main.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/io/FileWriter", "<init>", "(Ljava/lang/String;)V", false);
        main.visitInsn(Opcodes.POP);
        main.visitInsn(Opcodes.RETURN);
        main.visitMaxs(0, 0);
        main.visitEnd();
        return type.toByteArray();
    }

    private static String twice(int scripts) {
        return "{\"scripts\": {"
                + many(
                        scripts,
                        ", ",
                        i -> "\"" + (i == 0 ? "start" : "s" + i) + "\": \"npm run s" + (i + 1) + "; npm run s" + (i + 1)
                                + "\"")
                + ", \"s" + scripts + "\": \"mkdir /x\"}}";
    }

    static Stream<Arguments> projects() {
        return Stream.of(
                java(
                        "a class at a path that does not match its name",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "META-INF/versions/11/G", writing("G", "/srv/other"));
                        },
                        "cannot write /srv/written"),
                java(
                        "constants of constants",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "Nested", nestedConstants(26));
                        },
                        "cannot write /srv/written"),
                java(
                        "a constant that is computed from itself",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "Nested", circularConstant());
                        },
                        "cannot write /srv/written",
                        "what Nested writes is not completely known"),
                java(
                        "a chain of 5,000 calls",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "Chain", chain(5_000));
                        },
                        "cannot write /srv/written"),
                java(
                        "a chain of 5,000 returns",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "Returning", returning(5_000));
                        },
                        "cannot write /srv/written"),
                java(
                        "6,000 levels of inheritance",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            for (int i = 0; i < 6_000; i++) {
                                write(
                                        directory,
                                        "C" + i,
                                        type("C" + i, i == 0 ? "java/io/FileWriter" : "C" + (i - 1))
                                                .toByteArray());
                            }
                        },
                        "cannot write /srv/written",
                        "5900 classes like C100"),
                java(
                        "3,000 springProfile",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", SPRING);
                            write(
                                    directory,
                                    "target/classes/logback-spring.xml",
                                    "<configuration>"
                                            + many(
                                                    3_000,
                                                    "\n",
                                                    i -> "<springProfile name=\"p" + i + "\"><appender name=\"a" + i
                                                            + "\" class=\"ch.qos.logback.core.FileAppender\"><file>/logs/f"
                                                            + i
                                                            + ".log</file></appender><root><appender-ref ref=\"a" + i
                                                            + "\"/></root></springProfile>")
                                            + "</configuration>");
                        },
                        "cannot write /srv/written"),
                java(
                        "nested springProfile",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", SPRING);
                            write(
                                    directory,
                                    "target/classes/logback-spring.xml",
                                    "<configuration>"
                                            + "<springProfile name=\"p | !p\">".repeat(90)
                                            + "<appender name=\"a\" class=\"ch.qos.logback.core.FileAppender\"><file>/logs/f.log</file></appender>"
                                            + "</springProfile>".repeat(90)
                                            + "</configuration>");
                        },
                        "cannot write /srv/written"),
                java(
                        "a profile expression of 5,000 parentheses",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", SPRING);
                            write(
                                    directory,
                                    "target/classes/logback-spring.xml",
                                    "<configuration><springProfile name=\"" + "(".repeat(5_000) + "p"
                                            + ")".repeat(5_000)
                                            + "\"><appender name=\"a\" class=\"ch.qos.logback.core.FileAppender\"><file>/logs/f.log</file></appender></springProfile></configuration>");
                        },
                        "cannot write /srv/written"),
                java(
                        "5,000 nested braces in a setting",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", SPRING);
                            write(
                                    directory,
                                    "target/classes/application.properties",
                                    "logging.file.name=" + "${a:".repeat(5_000) + "/x" + "}".repeat(5_000) + "\n");
                        },
                        "cannot write /srv/written"),
                java(
                        "a setting of settings",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", SPRING);
                            write(
                                    directory,
                                    "target/classes/application.properties",
                                    many(5_000, "\n", i -> "a" + i + "=${a" + (i + 1) + "}${a" + (i + 1) + "}")
                                            + "\na5000=x\nlogging.file.name=/${a0}\n");
                        },
                        "cannot write /srv/written"),
                java(
                        "5,000 nested braces in a logging configuration",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", "ch.qos.logback:logback-classic:1.5.18\n");
                            write(
                                    directory,
                                    "target/classes/logback.xml",
                                    "<configuration><appender name=\"a\" class=\"ch.qos.logback.core.FileAppender\"><file>"
                                            + "${a:-".repeat(5_000) + "/x" + "}".repeat(5_000)
                                            + "</file></appender><root><appender-ref ref=\"a\"/></root></configuration>");
                        },
                        "cannot write /srv/written"),
                java(
                        "a YAML key of 3 MB",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", SPRING);
                            write(
                                    directory,
                                    "target/classes/application.yml",
                                    "a".repeat(3_000_000) + ": 1\nlogging.file.name: /logs/x\n");
                        },
                        "cannot write /srv/written"),
                java(
                        "a YAML key of 3 MB of dots",
                        directory -> {
                            write(directory, "Main", writing("Main", "/srv/written"));
                            write(directory, "dependencies.txt", SPRING);
                            write(
                                    directory,
                                    "target/classes/application.yml",
                                    "a.".repeat(1_500_000) + "b: 1\nlogging.file.name: /logs/x\n");
                        },
                        "cannot write /srv/written"),
                project(
                        "60,000 classes in a jar",
                        "FROM eclipse-temurin:21-jre\nCOPY other.jar /other.jar\nUSER 1000\nENTRYPOINT [\"java\", \"-jar\", \"/other.jar\"]\n",
                        directory -> jar(directory.resolve("other.jar"), 60_000, writing("C", "/srv/other"))),
                project(
                        "20,000 services and task definitions of Terraform",
                        "FROM debian:12\n",
                        directory -> write(
                                directory,
                                "infra/main.tf",
                                many(
                                        20_000,
                                        "\n",
                                        i -> "resource \"aws_ecs_service\" \"s" + i
                                                + "\" {\n  task_definition = aws_ecs_task_definition.t" + i
                                                + ".arn\n}\nresource \"aws_ecs_task_definition\" \"t" + i
                                                + "\" {\n  container_definitions = \"[]\"\n}")),
                        "this file has 20000 task definitions"),
                project(
                        "pipes where files are expected",
                        "FROM python:3.12\nWORKDIR /app\nCOPY . .\nUSER 1000\nCMD [\"python\", \"app.py\"]\n",
                        directory -> {
                            for (String name :
                                    List.of("app.py", "requirements.txt", "pyproject.toml", "package.json")) {
                                pipe(directory.resolve(name));
                            }
                        },
                        "nothing is known about what python app.py writes"),
                project(
                        "scripts that call each other twice",
                        "FROM node:22\nWORKDIR /app\nCOPY package.json .\nUSER node\nCMD [\"npm\", \"start\"]\n",
                        directory -> write(directory, "package.json", twice(60))),
                project(
                        "a script of substitutions in quotes, 1,500 deep",
                        "FROM debian:12\nCOPY --chmod=755 s /s\nUSER 1000\nENTRYPOINT [\"/s\"]\n",
                        directory -> write(
                                directory,
                                "s",
                                "#!/bin/sh\ntouch /a " + "\"$(".repeat(1_500) + "x" + ")\"".repeat(1_500))),
                project(
                        "a script of backquotes in backquotes",
                        "FROM debian:12\nCOPY --chmod=755 s /s\nUSER 1000\nENTRYPOINT [\"/s\"]\n",
                        directory -> write(directory, "s", "#!/bin/sh\ntouch /a " + backquotes(14))),
                project(
                        "a script of braces in braces",
                        "FROM debian:12\nCOPY --chmod=755 s /s\nUSER 1000\nENTRYPOINT [\"/s\"]\n",
                        directory -> write(
                                directory,
                                "s",
                                "#!/bin/bash\ntouch /a/" + "{a,".repeat(5_000) + "b" + "}".repeat(5_000))),
                project(
                        "a script of defaults in defaults",
                        "FROM debian:12\nCOPY --chmod=755 s /s\nUSER 1000\nENTRYPOINT [\"/s\"]\n",
                        directory -> write(
                                directory,
                                "s",
                                "#!/bin/bash\ntouch /a/" + "${a:-".repeat(5_000) + "b" + "}".repeat(5_000))),
                project(
                        "sequences times sequences",
                        "FROM debian:12\nCOPY --chmod=755 s /s\nUSER 1000\nENTRYPOINT [\"/s\"]\n",
                        directory -> write(directory, "s", "#!/bin/bash\ntouch /a/" + "{1..10}".repeat(5))));
    }

    private static void jar(Path file, int classes, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < classes; i++) {
                zip.putNextEntry(new ZipEntry("a/C" + i + ".class"));
                zip.write(content);
                zip.closeEntry();
            }
        }
    }

    private static void pipe(Path file) throws Exception {
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "no mkfifo");
    }

    private static String backquotes(int depth) {
        String text = "x";
        for (int i = 0; i < depth; i++) {
            text = "`echo " + text.replace("\\", "\\\\").replace("`", "\\`") + "`";
        }
        return text;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("projects")
    void aHostileProjectIsJudgedUpToTheLimitOfWork(
            String name, String dockerfile, Preparation files, List<String> expected) throws Exception {
        write(directory, "dependencies.txt", "");
        files.make(directory);
        write(directory, "Dockerfile", dockerfile);
        if (!Files.exists(directory.resolve("infra"))) {
            write(directory, "taskdef.json", TASK);
        }
        CheckResult result = bounded(() -> {
            CheckResult checked = Fixture.in(directory).check();
            report(checked);
            return checked;
        });
        List<String> messages = result.findings().stream()
                .map(finding -> finding.location() + ": " + finding.message())
                .toList();
        for (String wanted : expected) {
            assertThat(messages).anySatisfy(finding -> assertThat(finding).contains(wanted));
        }
        assertThat(messages).noneSatisfy(finding -> assertThat(finding).contains("the plugin failed"));
    }
}
