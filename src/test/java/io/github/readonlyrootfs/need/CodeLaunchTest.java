// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.Compiled;
import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.Profiles;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an application's settings are where its own code sets some. The order is that of Spring Boot 3.5.16, Micronaut 4.10.37 and a
 * JVM, which ran these main methods.
 */
class CodeLaunchTest {

    private static final String[] STUBS = {
        "package org.springframework.boot; import java.util.*; public class SpringApplication {"
                + " public SpringApplication(Class<?>... c) { } public static Object run(Class<?> c, String... a) { return null; }"
                + " public Object run(String... a) { return null; } public void setDefaultProperties(Map<String, Object> m) { }"
                + " public void setDefaultProperties(Properties p) { } public void setAdditionalProfiles(String... p) { } }",
        "package org.springframework.boot.builder; import java.util.*; public class SpringApplicationBuilder {"
                + " public SpringApplicationBuilder(Class<?>... c) { } public Object run(String... a) { return null; }"
                + " public SpringApplicationBuilder properties(String... p) { return this; }"
                + " public SpringApplicationBuilder properties(Map<String, Object> p) { return this; }"
                + " public SpringApplicationBuilder profiles(String... p) { return this; } }",
        "package org.springframework.boot; public interface ApplicationRunner { void run(Object a) throws Exception; }",
        Compiled.annotation("org.springframework.web.bind.annotation.GetMapping"),
        Compiled.annotation("org.springframework.beans.factory.annotation.Autowired"),
        "package org.springframework.core.env; public interface ConfigurableEnvironment { void addActiveProfile(String p); }",
        "package org.springframework.core.env; public class MutablePropertySources { public void addFirst(Object s) { } }",
        "package io.micronaut.runtime; import java.util.*; public class Micronaut {"
                + " public static Micronaut build(String... a) { return null; } public Micronaut properties(Map<String, Object> m) { return this; }"
                + " public Micronaut environments(String... e) { return this; } public Micronaut defaultEnvironments(String... e) { return this; }"
                + " public Object start() { return null; } }"
    };

    @TempDir
    private Path project;

    private Situation application(String main, String members, String library) throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        String[] sources = new String[STUBS.length + 1];
        System.arraycopy(STUBS, 0, sources, 0, STUBS.length);
        sources[STUBS.length] = "package com.acme; import java.util.*; import org.springframework.boot.*;"
                + " import org.springframework.boot.builder.*; import org.springframework.core.env.*; import io.micronaut.runtime.*;"
                + " public class Main { public static void main(String[] args) throws Exception { " + main + " } "
                + members
                + " }";
        Compiled.compile(classes, List.of(), sources);
        // Stubs are libraries, not modules.
        for (String root : List.of("org", "io")) {
            try (var files = Files.walk(classes.resolve(root))) {
                files.sorted((one, other) -> other.compareTo(one))
                        .forEach(file -> file.toFile().delete());
            }
        }
        return new Situation().in(project).library(library);
    }

    private ApplicationConfiguration spring(String main, String members) throws IOException {
        Situation.resource(project, "application.properties", "of.file=file\n");
        for (String profile : List.of("add", "arg", "sys", "two")) {
            Situation.resource(project, "application-" + profile + ".properties", "of.profile=" + profile + "\n");
        }
        return application(main, members, "org.springframework.boot:spring-boot:3.5.16")
                .context()
                .application()
                .settings()
                .configuration();
    }

    private static String value(ApplicationConfiguration settings, String key) {
        Value<String> value = settings.value(key);
        return value.isUnknown()
                ? "?"
                : value.isAbsent()
                        ? settings.incomplete().map(it -> "?").orElse("-")
                        : value.known().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            System.setProperty("k", "code");                                                                            | k          | code
            System.setProperty("of.file", "code");                                                                      | of.file    | code
            System.getProperties().setProperty("k", "code");                                                            | k          | code
            System.getProperties().put("k", "code");                                                                    | k          | code
            set("k", "code");                                                                                           | k          | code
            System.setProperty("k", System.getenv("HOME_DIR") + "/x");                                                  | k          | /srv/x
            System.setProperty("k", System.getProperty("given") + "/x");                                                | k          | /given/x
            if (System.getProperty("k") == null) { System.setProperty("k", "code"); }                                   | k          | code
            if (System.getProperty("given") == null) { System.setProperty("given", "code"); }                           | given      | /given
            if (args.length > 0) { System.setProperty("k", "code"); }                                                   | k          | -
            if (System.nanoTime() > 0) { System.setProperty("k", "code"); }                                             | k          | ?
            if (System.nanoTime() > 0) { System.setProperty("k", "code"); }                                             | other      | -
            System.setProperty("k", args[0]);                                                                           | k          | ?
            System.setProperty(args[0], "code");                                                                        | k          | ?
            System.setProperty(args[0], "code");                                                                        | of.file    | file
            System.setProperty("k", "one"); System.setProperty("k", "two");                                             | k          | ?
            Properties p = new Properties(); p.setProperty("k", "code");                                                | k          | -
            System.setProperties(new Properties());                                                                     | k          | ?
            System.setProperty("logging.file.name", "code");                                                            | logging.file.name | code
            """)
    void systemPropertiesOfTheCodeAreOverTheEnvironment(String main, String key, String expected) throws IOException {
        Situation.resource(project, "application.properties", "of.file=file\n");
        Situation situation = application(
                main + " SpringApplication.run(Main.class, args);",
                "static void set(String key, String value) { System.setProperty(key, value); }",
                "org.springframework.boot:spring-boot:3.5.16");
        ApplicationConfiguration settings = situation
                .variable("HOME_DIR", "/srv")
                .option("-Dgiven=/given")
                .context()
                .application()
                .settings()
                .configuration();

        assertThat(value(settings, key)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            class R implements ApplicationRunner { public void run(Object a) { set(); } public void set() { $S } }                                        | file
            class R implements ApplicationRunner { public void run(Object a) { List.of(1).forEach(i -> { $S }); } }                                       | file
            class R implements ApplicationRunner { public void run(Object a) { set(); } void set() { $S } @$W.GetMapping void get() { set(); } }            | file
            class R implements ApplicationRunner { public void run(Object a) { set(); } void set() { $S } @$B.Autowired void init() { set(); } }            | ?
            class R implements ApplicationRunner { public void run(Object a) { set(); } void set() { $S } static { new R().set(); } }                       | ?
            class R implements ApplicationRunner { public void run(Object a) { } public void set() { $S } }                                               | ?
            """)
    void whatOnlyRunnersAndHandlersSetIsNotReadBefore(String type, String expected) throws IOException {
        Situation.resource(project, "application.properties", "of.file=file\n");
        String set = type.replace("$S", "System.setProperty(\"of.file\", \"later\");")
                .replace("$W", "org.springframework.web.bind.annotation")
                .replace("$B", "org.springframework.beans.factory.annotation");

        ProjectApplication application = application(
                        "SpringApplication.run(Main.class, args);",
                        "static " + set,
                        "org.springframework.boot:spring-boot:3.5.16")
                .context()
                .application();

        assertThat(value(application.settings().configuration(), "of.file")).isEqualTo(expected);
        assertThat(application.property("of.file").isUnknown()).isTrue();
        assertThat(application.property("other").isAbsent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SpringApplication a = new SpringApplication(Main.class); a.setDefaultProperties(Map.of("k", "d", "of.file", "d")); a.run(args);       | k       | d
            SpringApplication a = new SpringApplication(Main.class); a.setDefaultProperties(Map.of("k", "d", "of.file", "d")); a.run(args);       | of.file | file
            SpringApplication a = new SpringApplication(Main.class); a.setDefaultProperties(Map.of("k", "d")); a.run(args);                       | other   | -
            SpringApplication a = new SpringApplication(Main.class); a.setDefaultProperties(map(args)); a.run(args);                              | k       | ?
            Properties p = new Properties(); p.setProperty("k", "d"); SpringApplication a = new SpringApplication(); a.setDefaultProperties(p); a.run(args); | k | d
            Map<String, Object> m = new HashMap<>(); m.put("k", "d"); SpringApplication a = new SpringApplication(); a.setDefaultProperties(m); a.run(args); | k | d
            Map<String, Object> m = new HashMap<>(); m.put("k", "d"); fill(m); SpringApplication a = new SpringApplication(); a.setDefaultProperties(m); a.run(args); | k | ?
            SpringApplication a = new SpringApplication(Main.class); a.setDefaultProperties(Map.of("spring.config.additional-location", "classpath:/more/")); a.run(args); | of.more | more
            SpringApplication a = new SpringApplication(Main.class); a.setDefaultProperties(Map.of("spring.profiles.active", "add")); a.run(args); | of.profile | add
            new SpringApplicationBuilder(Main.class).properties("k=b", "of.file:b").run(args);                                                    | k       | b
            new SpringApplicationBuilder(Main.class).properties("k=b", "of.file:b").run(args);                                                    | of.file | file
            new SpringApplicationBuilder(Main.class).properties(Map.of("k", "b")).run(args);                                                      | k       | b
            new SpringApplicationBuilder(Main.class).profiles("add").run(args);                                                                   | of.profile | add
            new SpringApplicationBuilder(Main.class).profiles(args[0]).run(args);                                                                 | of.profile | ?
            System.setProperty("spring.profiles.active", "sys"); new SpringApplicationBuilder(Main.class).profiles("add").run(args);              | of.profile | sys
            SpringApplication a = new SpringApplication(Main.class); a.setAdditionalProfiles("add"); a.run("--spring.profiles.active=arg");       | of.profile | arg
            SpringApplication a = new SpringApplication(Main.class); a.setAdditionalProfiles("add", "two"); a.run(args);                          | of.profile | two
            SpringApplication.run(Main.class, "--k=arg");                                                                                         | k       | arg
            System.setProperty("k", "sys"); SpringApplication.run(Main.class, "--k=arg");                                                         | k       | arg
            String[] all = {"--k=arg"}; SpringApplication.run(Main.class, all);                                                                   | k       | arg
            SpringApplication.run(Main.class, Arrays.copyOf(args, args.length));                                                                  | k       | -
            SpringApplication.run(Main.class, more(args));                                                                                        | k       | ?
            SpringApplication.run(Main.class, args); System.setProperty("k", "late");                                                             | k       | -
            """)
    void settingsOfTheCodeHaveTheirRankInSpringBoot(String main, String key, String expected) throws IOException {
        Situation.resource(project, "more/application.properties", "of.more=more\n");
        String members = "static Map<String, Object> map(String[] a) { return new TreeMap<>(Map.of(a[0], a[1])); }"
                + " static void fill(Map<String, Object> m) { m.put(String.valueOf(m), 1); }"
                + " static String[] more(String[] a) { return new ArrayList<>(List.of(a)).toArray(new String[0]); }";

        assertThat(value(spring(main, members), key)).isEqualTo(expected);
    }

    @Test
    void whatOtherCodeDoesToTheEnvironmentMakesItUnknown() throws IOException {
        String run = "SpringApplication.run(Main.class, args);";
        Profiles profiles = spring(run, "void later(ConfigurableEnvironment e) { e.addActiveProfile(\"x\"); }")
                .profiles();
        assertThat(profiles.unknown()).hasValueSatisfying(why -> assertThat(why).contains("addActiveProfile"));
        assertThat(value(spring(run, "void later(MutablePropertySources s) { s.addFirst(s); }"), "k"))
                .isEqualTo("?");
        assertThat(value(spring(run, "void later(String s) { System.setProperty(s, s); }"), "k"))
                .isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Micronaut.build(args).properties(Map.of("of.arg", "code", "of.file", "code")).start();  | of.arg     | code
            Micronaut.build(args).properties(Map.of("of.arg", "code", "of.file", "code")).start();  | of.file    | code
            Micronaut.build(args).start();                                                          | of.arg     | arg
            Micronaut.build(args).environments("add").start();                                      | of.profile | add
            Micronaut.build(args).defaultEnvironments("add").start();                               | of.profile | add
            System.setProperty("micronaut.environments", "sys"); Micronaut.build(args).environments("add").start();        | of.profile | add
            System.setProperty("micronaut.environments", "sys"); Micronaut.build(args).defaultEnvironments("add").start(); | of.profile | sys
            """)
    void settingsOfTheCodeHaveTheirRankInMicronaut(String main, String key, String expected) throws IOException {
        Situation.resource(project, "application.properties", "of.file=file\n");
        for (String profile : List.of("add", "sys")) {
            Situation.resource(project, "application-" + profile + ".properties", "of.profile=" + profile + "\n");
        }
        ApplicationConfiguration settings = application(main, "", "io.micronaut:micronaut-inject:4.10.37")
                .argument("--of.arg=arg")
                .context()
                .application()
                .settings()
                .configuration();

        assertThat(value(settings, key)).isEqualTo(expected);
    }

    @Test
    void theCodeMovesTheDirectoryForTemporaryFiles() throws IOException {
        Situation situation = application(
                "System.setProperty(\"java.io.tmpdir\", \"/scratch\"); System.setProperty(\"dir\", \"/data\");"
                        + " java.io.File.createTempFile(\"a\", \"b\");"
                        + " java.nio.file.Files.createFile(java.nio.file.Path.of(System.getProperty(\"dir\", \"/other\") + \"/x\"));",
                "",
                "a:b:1");

        assertThat(situation.found("code")).containsExactly("/scratch fatal", "/data/x fatal");
    }
}
