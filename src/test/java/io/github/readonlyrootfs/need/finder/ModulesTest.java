// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.DeclaredNeed;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Needs of the modules in a project's reactor. */
class ModulesTest {

    private static final String STORE = "package com.acme.storage; public class Store {"
            + " public static void open() throws Exception {\n"
            + "  java.nio.file.Files.createFile(java.nio.file.Path.of(\"/store\")); } }";

    private static final String MAIN = "package com.acme; public class Main { public static void main(String[] a)"
            + " throws Exception { com.acme.storage.Store.open(); } }";

    @TempDir
    Path root;

    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<ProjectFacts> others = new ArrayList<>();

    @BeforeEach
    void storage() throws IOException {
        compile("storage", "com/acme/storage/Store", STORE);
        compile("app", "com/acme/Main", MAIN);
    }

    private Path classes(String module) {
        return root.resolve(module).resolve("target/classes");
    }

    private void compile(String module, String name, String source) throws IOException {
        Path file =
                TestFiles.write(root.resolve(module).resolve("src/main/java").resolve(name + ".java"), source);
        Files.createDirectories(classes(module));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-d",
                                classes(module).toString(),
                                "-cp",
                                classes("storage") + java.io.File.pathSeparator + classes("app"),
                                file.toString()))
                .isZero();
    }

    private Path jar(String module) throws IOException {
        Path jar = root.resolve(module + ".jar");
        try (Stream<Path> files = Files.walk(classes(module));
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes(module).relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static Dependency dependency(String groupId, String artifactId, String scope, Optional<Path> file) {
        return new Dependency(new Coordinates(groupId, artifactId, "1.0"), scope, false, file);
    }

    private ProjectFacts project(String name, Dependencies runsWith, List<ProjectFacts> beside) {
        Path directory = root.resolve(name);
        return new ProjectFacts(
                new Coordinates("com.acme", name, "1.0"),
                "jar",
                new ProjectDirectories(
                        directory,
                        directory,
                        Optional.empty(),
                        classes(name),
                        List.of(new ResourceDirectory(
                                directory.resolve("src/main/resources"), false, "", List.of(), List.of()))),
                Map.of(),
                () -> runsWith,
                beside);
    }

    private ContainerNeeds needs(String finder) {
        return needs(finder, "");
    }

    /** @param instructions of the Dockerfile */
    private ContainerNeeds needs(String finder, String instructions, DeclaredNeed... declared) {
        ProjectFacts project = project("app", new Dependencies(dependencies, List.of()), others);
        ContainerContext built = Contexts.built(
                "FROM eclipse-temurin:21-jre\n" + instructions + "CMD [\"java\", \"-jar\", \"/app.jar\"]\n");
        return ContainerNeeds.of(
                ContainerContext.of(built.definition(), built.image(), Optional.of(project), new Effort(1_000_000)),
                List.of(declared),
                Set.of(finder));
    }

    private static List<String> shown(ContainerNeeds needs) {
        return needs.needs().stream()
                .map(need -> {
                    Evidence evidence = need.evidence().get(0);
                    return need.alternatives().get(0) + " " + need.impact() + ": " + evidence.detail() + " @ "
                            + evidence.location().orElseThrow().file();
                })
                .toList();
    }

    @Test
    void startCodeIsFollowedIntoModulesOfTheSameBuild() {
        others.add(project("storage", Dependencies.NONE, List.of()));
        dependencies.add(dependency("com.acme", "storage", "compile", Optional.empty()));

        assertThat(shown(needs("code")))
                .containsExactly("/store FATAL: Files.createFile in com.acme.storage.Store.open of storage,"
                        + " which runs at start @ ../storage/src/main/java/com/acme/storage/Store.java");
        assertThat(needs("code").gaps()).isEmpty();
    }

    @Test
    void aJarOfTheSameGroupIsReadLikeTheProject() throws IOException {
        dependencies.add(dependency("com.acme", "storage", "runtime", Optional.of(jar("storage"))));

        assertThat(shown(needs("code")))
                .containsExactly(
                        "/store FATAL: Files.createFile in com.acme.storage.Store.open(Store.java:2) of storage,"
                                + " which runs at start @ taskdef.json");
    }

    @Test
    void theMainMethodsOfAModuleAreNotRunByTheProject() throws IOException {
        compile(
                "storage",
                "com/acme/storage/Tool",
                "package com.acme.storage; public class Tool { public static void main(String[] a) throws Exception {"
                        + " java.nio.file.Files.createFile(java.nio.file.Path.of(\"/tool\")); } }");
        dependencies.add(dependency("com.acme", "storage", "runtime", Optional.of(jar("storage"))));

        assertThat(shown(needs("code"))).singleElement().asString().startsWith("/store FATAL");
    }

    @Test
    void pathsThatJarsOfOtherBuildsComputeAreReportedOnce() throws IOException {
        String code = "package com.acme.storage; public class Upload { void store(String name) throws Exception {"
                + " java.nio.file.Files.createFile(java.nio.file.Path.of(name.strip())); }"
                + " void move(String name) throws Exception { new java.io.FileWriter(name.strip()); } }";
        compile("storage", "com/acme/storage/Upload", code);
        dependencies.add(dependency("com.acme", "storage", "runtime", Optional.of(jar("storage"))));

        assertThat(needs("code").gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.subject()).isEqualTo("`com.acme:storage:1.0`");
            assertThat(gap.reason()).isEqualTo("the code computes the paths");
            assertThat(gap.evidence().detail())
                    .isEqualTo("Files.createFile in com.acme.storage.Upload.store(Upload.java:1) of storage");
        });

        compile("other", "com/acme/other/Upload", code.replace("com.acme.storage", "com.acme.other"));
        dependencies.add(dependency("com.acme", "other", "runtime", Optional.of(jar("other"))));

        assertThat(needs("code").gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.subject()).isEqualTo("`com.acme:storage:1.0` or 1 other jar"));
    }

    @Test
    void ofALibraryOnlyWhatTheProjectCallsIsRead() throws IOException {
        dependencies.add(dependency("org.other", "storage", "compile", Optional.of(jar("storage"))));
        dependencies.add(dependency("com.acme", "storage", "test", Optional.of(jar("storage"))));

        assertThat(needs("code").needs()).singleElement().satisfies(need -> {
            assertThat(need.alternatives()).containsExactly(ContainerPath.of("/store"));
            assertThat(need.evidence().get(0).detail()).endsWith("called in com.acme.Main.main, which runs at start");
        });
    }

    @Test
    void anInvalidJarIsReported() throws IOException {
        Path broken = Files.writeString(root.resolve("broken.jar"), "this is none");
        dependencies.add(dependency("com.acme", "storage", "compile", Optional.of(broken)));

        assertThat(needs("code").gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason()).isEqualTo("it cannot be read"));
    }

    @Test
    void modulesThatAreNotBuiltAreReportedOnce() throws IOException {
        for (String name : List.of("one", "two", "three")) {
            Path code = Files.createDirectories(root.resolve(name).resolve("src/main/java"));
            Files.createFile(code.resolve("A.java"));
            others.add(project(name, Dependencies.NONE, List.of()));
            dependencies.add(dependency("com.acme", name, "compile", Optional.empty()));
        }
        others.add(project("empty", Dependencies.NONE, List.of()));
        dependencies.add(dependency("com.acme", "empty", "compile", Optional.empty()));

        assertThat(needs("code").gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.subject()).isEqualTo("`com.acme:one:1.0` or one of 2 other modules");
            assertThat(gap.reason()).isEqualTo("they have no classes yet");
        });
    }

    @Test
    void aProjectThatIsNotBuiltIsReportedAndItsResourcesAreReadFromTheSources() throws IOException {
        assertThat(needs("code").gaps()).isEmpty();
        Files.move(classes("app"), root.resolve("elsewhere"));
        Path resources = Files.createDirectories(root.resolve("app/src/main/resources"));
        Files.writeString(resources.resolve("application.properties"), "logging.file.name=/var/log/app.log\n");
        dependencies.add(dependency("org.springframework.boot", "spring-boot", "compile", Optional.empty()));
        Path code = Files.createDirectories(root.resolve("one/src/main/java"));
        Files.createFile(code.resolve("A.java"));
        others.add(project("one", Dependencies.NONE, List.of()));
        dependencies.add(dependency("com.acme", "one", "compile", Optional.empty()));

        assertThat(needs("code").gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.subject()).isEqualTo("the project's code");
            assertThat(gap.reason()).isEqualTo("no classes in target/classes");
        });
        assertThat(shown(needs("configuration")))
                .singleElement()
                .asString()
                .startsWith("/var/log TOLERATED: ")
                .endsWith(" @ src/main/resources/application.properties");
    }

    @Test
    void aJarIsReportedThatTheDockerfileAddsToAnImageOfAProjectWithoutCode() throws Exception {
        String copy = "COPY build/libs/*.jar /app.jar\n";
        assertThat(needs("program", copy).gaps()).isEmpty();
        Files.move(root.resolve("app"), root.resolve("elsewhere"));

        assertThat(needs("program", copy).gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.subject()).isEqualTo("java /app.jar");
            assertThat(gap.reason()).isEqualTo("project app has no classes and no sources");
            assertThat(gap.evidence().location().orElseThrow()).hasToString("Dockerfile:3:7");
        });
        DeclaredNeed declared =
                DeclaredNeed.parse("/tmp", new Evidence(Evidence.Kind.DECLARED, "<writablePaths>", Optional.empty()));
        assertThat(needs("program", copy, declared).gaps()).isEmpty();

        others.add(project("storage", Dependencies.NONE, List.of()));

        assertThat(needs("program", copy).gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason())
                        .isEqualTo("it is unknown which module builds it: copy it from the target directory of one"
                                + " module, or run this goal in that module"));

        dependencies.add(dependency("com.acme", "storage", "compile", Optional.empty()));

        assertThat(needs("program", copy).gaps()).isEmpty();
    }

    @Test
    void aProjectOfWhichOnlyTheResourcesAreBuiltIsReported() throws IOException {
        Files.delete(classes("app").resolve("com/acme/Main.class"));
        Files.writeString(classes("app").resolve("application.properties"), "a=b\n");

        assertThat(needs("code").gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason()).isEqualTo("no classes in target/classes"));
    }

    @Test
    void settingsOfAModuleCountUnlessTheProjectHasTheSameFile() throws IOException {
        others.add(project("storage", Dependencies.NONE, List.of()));
        dependencies.add(dependency("com.acme", "storage", "compile", Optional.empty()));
        dependencies.add(dependency("org.springframework.boot", "spring-boot", "compile", Optional.empty()));
        Path resources = Files.createDirectories(root.resolve("storage/src/main/resources"));
        for (Path place : List.of(resources, classes("storage"))) {
            Files.writeString(place.resolve("application.properties"), "logging.file.name=/var/log/store.log\n");
        }

        assertThat(shown(needs("configuration")))
                .singleElement()
                .asString()
                .startsWith("/var/log TOLERATED: ")
                .endsWith(" @ ../storage/src/main/resources/application.properties");

        Files.writeString(classes("app").resolve("application.properties"), "logging.file.name=/var/app/app.log\n");
        assertThat(shown(needs("configuration"))).singleElement().asString().startsWith("/var/app ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                    | FATAL
            spring.main.lazy-initialization=false | FATAL
            spring.main.lazy-initialization=true  | FEATURE
            spring.main.lazy-initialization=On    | FEATURE
            spring.main.lazy-initialization=      | FATAL
            """)
    void constructorsOfLazySingletonsDoNotRunAtStart(String setting, String impact) throws IOException {
        dependencies.add(dependency("org.springframework.boot", "spring-boot", "compile", Optional.empty()));
        compile(
                "app",
                "org/springframework/boot/autoconfigure/SpringBootApplication",
                "package org.springframework.boot.autoconfigure; import java.lang.annotation.*;"
                        + " @Retention(RetentionPolicy.RUNTIME) public @interface SpringBootApplication { }");
        compile(
                "app",
                "com/acme/Main",
                "package com.acme; @org.springframework.boot.autoconfigure.SpringBootApplication public class Main {"
                        + " Main() throws Exception { java.nio.file.Files.createFile(java.nio.file.Path.of(\"/made\")); }"
                        + " public static void main(String[] a) { } }");
        Files.writeString(classes("app").resolve("application.properties"), setting + "\n");

        assertThat(shown(needs("code"))).singleElement().asString().startsWith("/made " + impact + ": ");
    }

    @Test
    void theLoggingConfigurationInAJarOfAModuleCounts() throws IOException {
        Files.writeString(
                classes("storage").resolve("logback.xml"),
                "<configuration><appender name=\"F\" class=\"ch.qos.logback.core.FileAppender\"><file>/logs/a.log</file>"
                        + "</appender><root><appender-ref ref=\"F\"/></root></configuration>");
        dependencies.add(dependency("com.acme", "storage", "compile", Optional.of(jar("storage"))));
        dependencies.add(dependency("ch.qos.logback", "logback-classic", "compile", Optional.empty()));

        assertThat(shown(needs("logging")))
                .singleElement()
                .asString()
                .startsWith("/logs TOLERATED: ")
                .endsWith(" @ com.acme:storage:1.0/logback.xml");
    }

    @Test
    void configurationOfALibraryCountsOnlyForFilesThatTheProjectLacks() throws IOException {
        Files.writeString(
                classes("storage").resolve("logback.xml"),
                "<configuration><appender name=\"F\" class=\"ch.qos.logback.core.FileAppender\"><file>/logs/a.log</file>"
                        + "</appender><root><appender-ref ref=\"F\"/></root></configuration>");
        Files.writeString(classes("storage").resolve("application.properties"), "server.tomcat.basedir=/library\n");
        dependencies.add(dependency("org.springframework.boot", "spring-boot", "compile", Optional.empty()));
        dependencies.add(dependency("org.other", "storage", "compile", Optional.of(jar("storage"))));
        dependencies.add(dependency("ch.qos.logback", "logback-classic", "compile", Optional.empty()));
        dependencies.add(dependency("org.apache.tomcat.embed", "tomcat-embed-core", "compile", Optional.empty()));

        assertThat(shown(needs("logging")))
                .singleElement()
                .asString()
                .startsWith("/logs FATAL: ")
                .endsWith(" @ org.other:storage:1.0/logback.xml");
        assertThat(shown(needs("configuration"))).singleElement().asString().startsWith("/library ");

        Files.writeString(classes("app").resolve("application.properties"), "server.tomcat.basedir=/own\n");
        Files.writeString(classes("app").resolve("logback.xml"), "<configuration/>");
        assertThat(shown(needs("logging"))).isEmpty();
        assertThat(shown(needs("configuration"))).singleElement().asString().startsWith("/own ");
    }

    @Test
    void quarkusReadsItsFilesInAllLibraries() throws IOException {
        Files.writeString(
                classes("storage").resolve("application.properties"),
                "quarkus.log.file.enable=true\nquarkus.log.file.path=/library/a.log\n");
        dependencies.add(dependency("io.quarkus", "quarkus-core", "compile", Optional.empty()));
        dependencies.add(dependency("org.other", "storage", "compile", Optional.of(jar("storage"))));
        Files.writeString(classes("app").resolve("application.properties"), "a=b\n");
        assertThat(shown(needs("configuration"))).singleElement().asString().startsWith("/library ");

        Files.writeString(classes("app").resolve("application.properties"), "quarkus.log.file.path=/own/a.log\n");
        assertThat(shown(needs("configuration"))).singleElement().asString().startsWith("/own ");
    }
}
