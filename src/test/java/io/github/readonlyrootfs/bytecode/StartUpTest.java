// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static io.github.readonlyrootfs.bytecode.Compiled.annotation;
import static io.github.readonlyrootfs.bytecode.Compiled.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.start.SpringEnvironment;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartUpTest {

    private static final String FILES = "import java.nio.file.*; import java.io.*; import java.util.List; ";

    private static final List<String> FRAMEWORKS = List.of(
            annotation(
                    "org.springframework.boot.autoconfigure.SpringBootApplication",
                    "String[] scanBasePackages() default {};",
                    "Class<?>[] exclude() default {};",
                    "Class<?>[] scanBasePackageClasses() default {};"),
            "package org.springframework.boot; public class SpringApplication { public void setLazyInitialization(boolean l) { } public static Object run(Class<?> c,"
                    + " String... args) { return null; } }",
            "package org.springframework.boot; public interface CommandLineRunner { void run(String... args) throws"
                    + " Exception; }",
            "package org.springframework.boot; public interface ApplicationArguments { }",
            "package org.springframework.boot; public interface ApplicationRunner { void run(ApplicationArguments args)"
                    + " throws Exception; }",
            annotation("org.springframework.stereotype.Service"),
            annotation("org.springframework.stereotype.Component"),
            annotation("org.springframework.context.annotation.Configuration"),
            annotation(
                    "org.springframework.context.annotation.ComponentScan",
                    "String[] value() default {};",
                    "String[] basePackages() default {};"),
            annotation("org.springframework.context.annotation.Import", "Class<?>[] value();"),
            annotation("org.springframework.context.annotation.Bean", "String initMethod() default \"\";"),
            annotation("org.springframework.boot.context.properties.ConfigurationProperties"),
            annotation(
                    "org.springframework.boot.context.properties.EnableConfigurationProperties", "Class<?>[] value();"),
            annotation("org.springframework.boot.context.properties.ConfigurationPropertiesScan"),
            annotation("jakarta.enterprise.context.Initialized", "Class<?> value();"),
            annotation("jakarta.enterprise.context.ApplicationScoped"),
            annotation("jakarta.enterprise.context.RequestScoped"),
            annotation("org.springframework.context.annotation.Lazy"),
            annotation("org.springframework.context.annotation.Profile", "String[] value();"),
            annotation(
                    "org.springframework.boot.autoconfigure.condition.ConditionalOnProperty",
                    "String[] value() default {};",
                    "String prefix() default \"\";",
                    "String[] name() default {};",
                    "String havingValue() default \"\";",
                    "boolean matchIfMissing() default false;"),
            annotation("io.micronaut.context.annotation.Requires", "String env() default \"\";"),
            annotation("org.springframework.scheduling.annotation.Async"),
            annotation("org.springframework.beans.factory.annotation.Autowired"),
            annotation(
                    "org.springframework.context.event.EventListener",
                    "Class<?>[] value() default {};",
                    "String condition() default \"\";"),
            "package org.springframework.beans.factory; public interface InitializingBean { void afterPropertiesSet()"
                    + " throws Exception; }",
            "package org.springframework.context; public interface SmartLifecycle { void start();"
                    + " default boolean isAutoStartup() { return true; } }",
            "package org.springframework.context; public interface ApplicationListener<E> {"
                    + " void onApplicationEvent(E event); }",
            "package org.springframework.boot.context.event; public class ApplicationReadyEvent { }",
            annotation("jakarta.annotation.PostConstruct"),
            annotation("jakarta.ejb.Startup"),
            annotation("jakarta.enterprise.event.Observes"),
            annotation("jakarta.servlet.annotation.WebListener"),
            "package jakarta.servlet; public interface ServletContextListener { default void"
                    + " contextInitialized(Object event) { } }",
            annotation("io.quarkus.runtime.Startup"),
            "package io.quarkus.runtime; public class StartupEvent { }",
            annotation("io.micronaut.context.annotation.Context"),
            annotation("io.micronaut.runtime.event.annotation.EventListener"),
            "package io.micronaut.runtime.server.event; public class ServerStartupEvent { }",
            "package io.quarkus.runtime; public interface QuarkusApplication { int run(String... args) throws Exception; }",
            "package io.dropwizard.core; public abstract class Application<T> { public void initialize(Object b) { }"
                    + " public abstract void run(T t, Object environment) throws Exception; }",
            "package io.micronaut.context.event; public interface ApplicationEventListener<E> {"
                    + " void onApplicationEvent(E event); }");

    private static final String APPLICATION = "package com.example; import org.springframework.boot.*;"
            + " @org.springframework.boot.autoconfigure.SpringBootApplication public class App {"
            + " public static void main(String[] a) { SpringApplication.run(App.class, a); } }";

    private static final String IMPORTS = "package com.example; " + FILES
            + "import org.springframework.boot.*; import org.springframework.boot.context.event.*;"
            + " import org.springframework.context.*; import org.springframework.context.event.*;"
            + " import org.springframework.context.annotation.*; import org.springframework.beans.factory.*;"
            + " import org.springframework.beans.factory.annotation.*;"
            + " import org.springframework.scheduling.annotation.*; import jakarta.annotation.PostConstruct;"
            + " import org.springframework.boot.context.properties.*;";

    @TempDir
    Path directory;

    private static String write(String path) {
        return "Files.createFile(Path.of(\"" + path + "\"));";
    }

    /** The paths that an application of one module writes at start. */
    private List<String> started(String... sources) {
        return started(compiled(sources));
    }

    private Path compiled(String... sources) {
        Path classes = directory.resolve("app");
        classes.toFile().mkdirs();
        List<String> all = new ArrayList<>(FRAMEWORKS);
        all.addAll(List.of(sources));
        Compiled.compile(classes, List.of(), all.toArray(String[]::new));
        return classes;
    }

    private static List<String> started(Path... modules) {
        return started(false, modules);
    }

    private static List<String> started(boolean lazy, Path... modules) {
        return started(lazy, WebApplication.NONE, modules);
    }

    private static List<String> started(boolean lazy, WebApplication web, Path... modules) {
        return written(new KnownSpring(lazy, Optional.empty(), Map.of()), web, modules)
                .filter(WriteSite::start)
                .map(site -> text(site.path()))
                .sorted()
                .toList();
    }

    private static Stream<WriteSite> written(SpringEnvironment spring, WebApplication web, Path... modules) {
        WriteSites sites = new ProjectCode()
                .sites(Stream.of(modules).map(ClassPathEntry::of).toList(), List.of(), Main.UNKNOWN, spring, web);
        assertThat(sites.unreadable()).isEmpty();
        return sites.sites().stream();
    }

    /** Bodies of the main method, and whether they certainly write /a. */
    static Stream<Arguments> bodies() {
        String write = "Files.createFile(Path.of(\"/a\"));";
        return Stream.of(
                Arguments.of(write, true),
                Arguments.of("if (args.length > 0) System.out.println(); " + write, true),
                Arguments.of("if (args.length > 0) { " + write + " }", false),
                Arguments.of("if (args.length > 0) return; " + write, false),
                Arguments.of("if (args.length == 0) throw new IllegalStateException(); " + write, true),
                Arguments.of("if (args.length == 0) { System.err.println(); System.exit(2); } " + write, true),
                Arguments.of("Path p = Path.of(\"/a\"); if (p != null) { Files.createFile(p); }", true),
                Arguments.of("Path p = Path.of(\"/a\"); if (p == null) { Files.createFile(p); }", false),
                Arguments.of("if (System.getenv(\"DEBUG\") != null) { " + write + " }", false),
                Arguments.of("for (String arg : args) { " + write + " }", false),
                Arguments.of("for (String arg : args) { System.out.println(arg); } " + write, true),
                Arguments.of("do { " + write + " } while (args.length > 0);", true),
                Arguments.of("String s = args.length > 0 ? args[0] : \"\"; " + write, true),
                Arguments.of("switch (args.length) { case 1: System.out.println(); break; default: } " + write, true),
                Arguments.of("try { " + write + " } finally { System.out.println(); }", true),
                Arguments.of("try { " + write + " } catch (IOException e) { e.printStackTrace(); }", false),
                Arguments.of("try { " + write + " } catch (IOException e) { System.exit(1); }", true),
                Arguments.of(
                        "try { " + write + " } catch (IOException e) { e.printStackTrace(); System.exit(1); }", true),
                Arguments.of("try { " + write + " } catch (Exception e) { throw new RuntimeException(e); }", true),
                Arguments.of(
                        "try { try { " + write + " } catch (IOException e) { throw new RuntimeException(e); } }"
                                + " catch (RuntimeException e) { }",
                        false),
                Arguments.of("try (InputStream in = System.in) { Files.copy(in, Path.of(\"/a\")); }", true),
                Arguments.of("try (OutputStream out = Files.newOutputStream(Path.of(\"/a\"))) { out.write(1); }", true),
                Arguments.of(
                        "try (InputStream in = System.in) { Files.copy(in, Path.of(\"/a\")); } catch (IOException e) { }",
                        false),
                Arguments.of("try { Thread.sleep(1); } catch (InterruptedException e) { return; } " + write, true),
                Arguments.of("try { Thread.sleep(1); } catch (InterruptedException e) { } " + write, true),
                Arguments.of("synchronized (args) { " + write + " }", true),
                Arguments.of("while (true) try { " + write + " return; } catch (IOException e) { }", false),
                Arguments.of("Runnable later = () -> { try { " + write + " } catch (IOException e) { } };", false),
                Arguments.of("new Thread(() -> { new Helper().write(); }).start();", false),
                Arguments.of("new Helper().write();", true),
                Arguments.of("try { new Helper().write(); } catch (Helper.Failure e) { }", false),
                Arguments.of("Helper h = new Helper(); try { h.write(); } catch (NumberFormatException e) { }", true),
                Arguments.of("System.out.println(Helper.Holder.VALUE);", true),
                Arguments.of("if (!new File(\"/a\").mkdirs()) throw new IOException();", true),
                Arguments.of("boolean ok = new File(\"/a\").mkdirs(); if (!ok) throw new IOException();", true),
                Arguments.of("if (!new File(\"/a\").mkdirs()) System.err.println();", false),
                Arguments.of("new File(\"/a\").mkdirs();", false),
                Arguments.of(
                        "File dir = new File(\"/a\"); if (!dir.exists() && !dir.mkdirs()) throw new IOException();",
                        true),
                Arguments.of(
                        "Path dir = Path.of(\"/a\"); if (!Files.exists(dir)) { Files.createDirectories(dir); }", true),
                Arguments.of(
                        "Path dir = Path.of(\"/a\"); if (Files.notExists(dir)) { Files.createDirectories(dir); }",
                        true),
                Arguments.of(
                        "Path dir = Path.of(\"/a\"); if (Files.exists(dir)) { Files.createDirectories(dir); }", false),
                Arguments.of(
                        "Path dir = Path.of(\"/a\"); if (Files.exists(Path.of(\"/b\"))) Files.createDirectories(dir);",
                        false),
                Arguments.of(
                        "new ProcessBuilder(\"ls\").redirectOutput(new File(\"/a\"));"
                                + " java.net.http.HttpResponse.BodyHandlers.ofFile(Path.of(\"/a\"));",
                        false));
    }

    /** Bodies that wait, loop or exit, and whether they certainly write /a at start. */
    static Stream<Arguments> waits() {
        String write = "Files.createFile(Path.of(\"/a\"));";
        String pool = "var e = Executors.newFixedThreadPool(1); e.shutdown(); ";
        return Stream.of(
                Arguments.of("new CountDownLatch(1).await(); " + write, false),
                Arguments.of(write + " new CountDownLatch(1).await();", true),
                Arguments.of("new CountDownLatch(1).await(5, TimeUnit.SECONDS); " + write, true),
                Arguments.of("new CountDownLatch(1).await(100, TimeUnit.DAYS); " + write, false),
                Arguments.of("Thread t = new Thread(() -> { }); t.start(); t.join(); " + write, false),
                Arguments.of("Thread t = new Thread(() -> { }); t.start(); t.join(100); " + write, true),
                Arguments.of(pool + "e.awaitTermination(1, TimeUnit.DAYS); " + write, false),
                Arguments.of(pool + "e.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS); " + write, false),
                Arguments.of(pool + "e.awaitTermination(10, TimeUnit.SECONDS); " + write, true),
                Arguments.of("new LinkedBlockingQueue<String>().take(); " + write, false),
                Arguments.of(
                        "BlockingQueue<String> q = new LinkedBlockingQueue<>(); while (q.take() != null) { " + write
                                + " }",
                        false),
                Arguments.of("Object o = new Object(); synchronized (o) { o.wait(); } " + write, false),
                Arguments.of("Object o = new Object(); synchronized (o) { o.wait(9); } " + write, true),
                Arguments.of(
                        "var s = java.nio.channels.Selector.open(); while (s.select() > 0) { " + write + " }", false),
                Arguments.of(
                        "try (var s = new java.net.ServerSocket(1)) { while (true) { s.accept(); " + write + " } }",
                        false),
                Arguments.of(
                        "try (var s = new java.net.ServerSocket(1)) { " + write + " while (true) { s.accept(); } }",
                        true),
                Arguments.of("while (true) { if (args.length > 0) { " + write + " } Thread.sleep(1); }", false),
                Arguments.of("while (true) { for (String arg : args) { " + write + " } }", false),
                Arguments.of("while (true) { " + write + " Thread.sleep(1); }", true),
                Arguments.of(
                        "while (true) { for (String arg : args) { System.out.println(arg); } " + write + " }", true),
                Arguments.of("for (;;) { if (args.length > 0) break; Thread.sleep(1); } " + write, true),
                Arguments.of("System.exit(0); " + write, false),
                Arguments.of("if (args.length > 0) System.exit(1); else Runtime.getRuntime().halt(2); " + write, false),
                Arguments.of("Ends.exit(); " + write, false),
                Arguments.of("if (args.length > 0) Ends.exit(); " + write, true),
                Arguments.of("Ends.loop(); " + write, false),
                Arguments.of("new Ends().listen(); " + write, false),
                Arguments.of("Ends.sometimes(args); " + write, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waits")
    void codeBehindACallThatWaitsOrDoesNotReturnDoesNotRunAtStart(String body, boolean runs) {
        List<String> started = started(
                FILES + "import java.util.concurrent.*; class Main { public static void main(String[] args)"
                        + " throws Exception { " + body + " } }",
                "class Ends { static void exit() { System.err.println(); System.exit(3); }"
                        + " static void loop() throws Exception { while (true) { Thread.sleep(1); } }"
                        + " static void sometimes(String[] args) { if (args.length > 0) { exit(); } }"
                        + " void listen() throws Exception { new java.net.ServerSocket(1).accept(); } }");

        assertThat(started).isEqualTo(runs ? List.of("/a") : List.of());
    }

    /** What ends the process in another thread ends the start, and what is thrown there does not. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            new Thread(() -> { try { WRITE } catch (IOException e) { System.exit(1); } }).start();      ! true
            new Thread(() -> { try { WRITE } catch (IOException e) { Ends.exit(); } }).start();         ! true
            new Thread(() -> { try { WRITE } catch (IOException e) { throw new Error(); } }).start();   ! false
            new Thread(() -> { try { WRITE } catch (IOException e) { Ends.fail(); } }).start();         ! false
            new Thread(() -> { try { WRITE } catch (IOException e) { e.printStackTrace(); } }).start(); ! false
            new Thread(() -> { try { Ends.write(); } catch (IOException e) { System.exit(1); } }).start();             ! true
            Thread t = new Thread(() -> { try { WRITE } catch (IOException e) { System.exit(1); } }, "t"); t.setDaemon(true); t.start(); ! true
            Thread t = new Thread(() -> { try { WRITE } catch (IOException e) { System.exit(1); } }); t.setDaemon(true);  ! false
            Executors.newCachedThreadPool().execute(() -> { try { WRITE } catch (IOException e) { Runtime.getRuntime().halt(1); } }); ! true
            Executors.newCachedThreadPool().submit(() -> { WRITE return 1; });                          ! false
            CompletableFuture.runAsync(() -> { try { WRITE } catch (IOException e) { System.exit(1); } }); ! true
            Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { WRITE } catch (IOException e) { System.exit(1); } })); ! false
            """)
    void whatAThreadDoesEndsTheStartOnlyWhereItExits(String body, boolean runs) {
        List<String> started = started(
                FILES + "import java.util.concurrent.*; class Main { public static void main(String[] args)"
                        + " throws Exception { " + body.replace("WRITE", write("/a")) + " } }",
                FILES + "class Ends { static void exit() { System.err.println(); System.exit(3); }"
                        + " static void fail() { throw new IllegalStateException(); }"
                        + " static void write() throws IOException { " + write("/a") + " } }");

        assertThat(started).isEqualTo(runs ? List.of("/a") : List.of());
    }

    @Test
    void aMethodThatCallsItselfBeforeItExitsEndsTheStart() {
        List<String> started = started(
                FILES + "class Main { public static void main(String[] args) { try { " + write("/a")
                        + " } catch (IOException e) { Ends.again(3); } } }",
                "class Ends { static void again(int n) { if (n > 0) { again(n - 1); } System.exit(1); } }");

        assertThat(started).containsExactly("/a");
    }

    @Test
    void aMethodThatCallsItselfAndTellsThatItFailedIsFollowed() {
        Path classes = compiled(FILES
                + "class Main { public static void main(String[] args) { try { again(3); } catch (Exception e) { System.err.println(); } }"
                + " static boolean again(int n) { try { again(n - 1); " + write("/a")
                + " } catch (Exception e) { return false; }"
                + " if (!again(n - 2)) { throw new IllegalStateException(); } return true; } }");

        assertThat(written(new KnownSpring(false, Optional.empty(), Map.of()), WebApplication.NONE, classes))
                .extracting(site -> text(site.path()) + " " + site.start() + " " + site.perhaps())
                .containsExactly("/a false false");
    }

    /** The elements of lists, streams and optionals reach the methods that they are handed to. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            List.of("/a").forEach(Main::make);                                          ! /a
            List.of("/a", "/b").forEach(each -> make(each));                            ! /a /b
            String in = "/in"; List.of("a").forEach(each -> make(in + "/" + each));     ! /in/a
            java.util.Optional.of("/a").ifPresent(Main::make);                          ! /a
            java.util.stream.Stream.of("/a ", "/b").map(String::trim).forEach(Main::make); ! /a  /b
            java.util.stream.Stream.of("/a").map(Path::of).forEach(each -> make(each.toString())); ! /a
            make(java.util.Map.of("k", "/a").get("k"));                                 ! /a
            make(java.net.URI.create("file:///a").getPath());                           ! /a
            new Child("/a").go();                                                       ! /a
            """)
    void pathsThatAreHandedOnAreFollowed(String body, String expected) {
        List<String> started = started(
                FILES + "class Main { public static void main(String[] args) throws Exception { " + body + " }"
                        + " static void make(String path) { try { Files.createFile(Path.of(path)); }"
                        + " catch (IOException e) { throw new IllegalStateException(e); } } }",
                "abstract class Parent { void go() { made(); } abstract void made(); }",
                "class Child extends Parent { String in; Child(String in) { this.in = in; } void made() { Main.make(in); } }");

        assertThat(String.join(" ", started)).isEqualTo(expected);
    }

    @Test
    void aFieldThatAFrameworkMaySetIsUnknown() {
        assertThat(started(
                        FILES + "class Main { public static void main(String[] args) throws Exception {"
                                + " new Settings().open(); } }",
                        FILES + "class Settings { String in = \"/default\"; void open() throws IOException {"
                                + " Files.createFile(Path.of(in)); } }"))
                .containsExactly("?");
    }

    @Test
    void whatIsBehindAnExitIsNotWritten() {
        Path classes = directory.resolve("app");
        classes.toFile().mkdirs();
        Compiled.compile(
                classes,
                List.of(),
                FILES
                        + "class Main { void a() throws Exception { System.exit(0); " + write("/never") + " } "
                        + " void b(boolean c) throws Exception { if (c) System.exit(0); " + write("/perhaps") + " } }");

        assertThat(written(new KnownSpring(false, Optional.empty(), Map.of()), WebApplication.NONE, classes)
                        .map(site -> text(site.path())))
                .containsExactly("/perhaps");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void callsOnEveryPathWithoutAHandlerRunAtStart(String body, boolean runs) {
        List<String> started = started(
                FILES + "class Main { public static void main(String[] args) throws Exception { " + body + " } }",
                FILES + "class Helper { void write() { try { " + write("/a")
                        + " } catch (IOException e) { throw new Failure(); } }"
                        + " static class Failure extends RuntimeException { }"
                        + " static class Holder { static final Object VALUE = make(); static Object make() { try { return "
                        + " Files.createFile(Path.of(\"/a\")); } catch (IOException e) { throw new Failure(); } } } }");

        assertThat(started).isEqualTo(runs ? List.of("/a") : List.of());
    }

    /** Members of a Spring component, and which of them certainly run at start. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            class C { C() throws Exception { WRITE } }                                                   ! true
            class C { C() { } @Autowired C(List<String> l) throws Exception { WRITE } }                  ! true
            class C { C() { } C(List<String> l) throws Exception { WRITE } }                             ! false
            class C { @PostConstruct void init() throws Exception { WRITE } }                            ! true
            class C { @PostConstruct void init() throws Exception { other(); } void other() throws Exception { WRITE } } ! true
            class C { @PostConstruct @Async void init() throws Exception { WRITE } }                     ! false
            class C implements InitializingBean { public void afterPropertiesSet() throws Exception { WRITE } } ! true
            class C { public void afterPropertiesSet() throws Exception { WRITE } }                      ! false
            class C implements CommandLineRunner { public void run(String... a) throws Exception { WRITE } } ! true
            class C implements ApplicationRunner { public void run(ApplicationArguments a) throws Exception { WRITE } } ! true
            class C implements Runnable { public void run() { try { WRITE } catch (IOException e) { throw new Error(); } } } ! false
            class C implements SmartLifecycle { public void start() { try { WRITE } catch (IOException e) { throw new Error(); } } } ! true
            class C implements SmartLifecycle { public boolean isAutoStartup() { return false; } public void start() { try { WRITE } catch (IOException e) { throw new Error(); } } } ! false
            class C { @EventListener(ApplicationReadyEvent.class) void ready() throws Exception { WRITE } } ! true
            class C { @EventListener void ready(ApplicationReadyEvent e) throws Exception { WRITE } }     ! true
            class C { @EventListener(condition = "x") void ready(ApplicationReadyEvent e) throws Exception { WRITE } } ! false
            class C { @EventListener(String.class) void ready() throws Exception { WRITE } }              ! false
            class C { @EventListener @Async void ready(ApplicationReadyEvent e) throws Exception { WRITE } } ! false
            class C implements ApplicationListener<ApplicationReadyEvent> { public void onApplicationEvent(ApplicationReadyEvent e) { try { WRITE } catch (IOException x) { throw new Error(); } } } ! true
            class C implements ApplicationListener<String> { public void onApplicationEvent(String e) { try { WRITE } catch (IOException x) { throw new Error(); } } } ! false
            class C { static final Object X = make(); static Object make() { try { WRITE } catch (IOException e) { throw new Error(); } return ""; } } ! true
            class C extends Base { } class Base { @PostConstruct void init() throws Exception { WRITE } } ! true
            class C { void use() throws Exception { WRITE } }                                             ! false
            class C { @Bean CommandLineRunner r() { return a -> { WRITE }; } }                            ! true
            class C { @Bean CommandLineRunner r() { return this::run; } private void run(String... a) throws Exception { WRITE } } ! true
            class C { @Bean @Lazy CommandLineRunner r() { return a -> { WRITE }; } }                      ! false
            class C { CommandLineRunner r() { return a -> { WRITE }; } }                                  ! false
            class C { @Bean Runnable r() { return () -> { try { WRITE } catch (IOException e) { } }; } }  ! false
            class C { @Bean InitializingBean r() { return () -> { WRITE }; } }                            ! true
            class C { @Bean ApplicationListener<ApplicationReadyEvent> l() { return e -> { try { WRITE } catch (IOException x) { throw new Error(); } }; } } ! true
            class C { @Bean ApplicationListener<String> l() { return e -> { try { WRITE } catch (IOException x) { throw new Error(); } }; } } ! false
            class C { @Bean ApplicationRunner r() { return new R(); } } class R implements ApplicationRunner { public void run(ApplicationArguments a) throws Exception { WRITE } } ! true
            class C { @Bean Made made() { return new Made(); } } class Made { @PostConstruct void init() throws Exception { WRITE } } ! true
            class C { @Bean(initMethod = "open") Made made() { return new Made(); } } class Made { public void open() throws Exception { WRITE } } ! true
            class C { @Bean(initMethod = "open") Made made() { return new Made(); } } class Made { public void close() throws Exception { WRITE } } ! false
            @EnableConfigurationProperties(Settings.class) class C { } @ConfigurationProperties class Settings { @PostConstruct void init() throws Exception { WRITE } } ! true
            @ConfigurationPropertiesScan class C { } @ConfigurationProperties class Settings { @PostConstruct void init() throws Exception { WRITE } } ! true
            class C { } @ConfigurationProperties class Settings { @PostConstruct void init() throws Exception { WRITE } } ! false
            class C { } @org.springframework.stereotype.Component @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface UseCase { } @UseCase class D { D() throws Exception { WRITE } } ! true
            class C { @Bean Object made(List<String> l) { return l.isEmpty() ? new Made() : null; } } class Made { @PostConstruct void init() throws Exception { WRITE } } ! false
            """)
    void methodsThatSpringCallsAtStartAreFollowed(String component, boolean runs) {
        List<String> started =
                started(APPLICATION, IMPORTS + " @Configuration " + component.replace("WRITE", write("/a")));

        assertThat(started).isEqualTo(runs ? List.of("/a") : List.of());
    }

    /** Measured with Spring Boot 3.5.3 and {@code spring.main.lazy-initialization=true}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            class C { C() throws Exception { WRITE } }                                                   ! false
            class C { @PostConstruct void init() throws Exception { WRITE } }                            ! false
            class C implements InitializingBean { public void afterPropertiesSet() throws Exception { WRITE } } ! false
            class C { @Bean InitializingBean r() { return () -> { WRITE }; } }                            ! false
            class C { @Bean Made made() throws Exception { WRITE return null; } } class Made { }          ! false
            class C implements CommandLineRunner { C() throws Exception { WRITE } public void run(String... a) { } } ! true
            class C { @Bean CommandLineRunner r() { return a -> { WRITE }; } }                            ! true
            class C implements SmartLifecycle { public void start() { try { WRITE } catch (IOException e) { throw new Error(); } } } ! true
            class C { @EventListener(ApplicationReadyEvent.class) void ready() throws Exception { WRITE } } ! true
            class C implements ApplicationListener<ApplicationReadyEvent> { public void onApplicationEvent(ApplicationReadyEvent e) { try { WRITE } catch (IOException x) { throw new Error(); } } } ! true
            """)
    void springCreatesOnlyTheLazySingletonsThatItCalls(String component, boolean runs) {
        started(APPLICATION, IMPORTS + " @Configuration " + component.replace("WRITE", write("/a")));

        assertThat(started(true, directory.resolve("app"))).isEqualTo(runs ? List.of("/a") : List.of());
    }

    @Test
    void codeCanMakeSingletonsLazy() {
        List<String> started = started(
                APPLICATION.replace(
                        "SpringApplication.run(App.class, a);",
                        "SpringApplication app = new SpringApplication();"
                                + " app.setLazyInitialization(true); app.run(App.class, a);"),
                IMPORTS + " @Configuration class C { C() throws Exception { " + write("/a") + " } }");

        assertThat(started).isEmpty();
    }

    /** As in Spring's guide "Uploading Files". */
    @Test
    void aLambdaAsRunnerCallsTheOnlyImplementationOfAnInterface() {
        List<String> started = started(
                "package com.example; import org.springframework.boot.*;"
                        + " @org.springframework.boot.autoconfigure.SpringBootApplication public class App {"
                        + " public static void main(String[] a) { SpringApplication.run(App.class, a); }"
                        + " @org.springframework.context.annotation.Bean CommandLineRunner init(Storage s) {"
                        + "  return args -> { s.init(); }; } }",
                "package com.example; public interface Storage { void init(); void store(); }",
                "package com.example; " + FILES + " @org.springframework.stereotype.Service class FileStorage"
                        + " implements Storage { private final Path root; FileStorage() { root = Paths.get(\"/upload\"); }"
                        + " public void init() { try { Files.createDirectories(root); } catch (IOException e) {"
                        + "  throw new IllegalStateException(\"Could not initialize storage\", e); } }"
                        + " public void store() { try { Files.createFile(Path.of(\"/later\")); } catch (IOException e) {"
                        + "  throw new IllegalStateException(e); } } }");

        assertThat(started).containsExactly("/upload");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            class Other implements Storage { public void init() { } }
            class Other { Storage other = () -> { }; }
            """)
    void whichOfSeveralImplementationsIsCalledIsNotKnown(String other) {
        List<String> started = started(
                "interface Storage { void init() throws Exception; }",
                FILES + "class FileStorage implements Storage { public void init() throws Exception { " + write("/a")
                        + " } }",
                other,
                "class Main { static Storage storage; public static void main(String[] a) throws Exception {"
                        + " storage.init(); } }");

        assertThat(started).isEmpty();
    }

    /**
     * Beans under conditions where the profiles prod and eu are active and app.store is disk: whether they write at start,
     * later, or never.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            @Profile("prod") @Component class C { C() throws Exception { WRITE } }                                 ! start
            @Profile({"test", "eu"}) @Component class C { C() throws Exception { WRITE } }                         ! start
            @Profile("dev") @Component class C { C() throws Exception { WRITE } }                                  ! never
            @Profile("dev") @Component class C { void handle() throws Exception { WRITE } }                        ! never
            @Profile("dev") @Component class C { void handle() { Runnable r = () -> { try { WRITE } catch (IOException e) { } }; } } ! never
            @Profile("dev") @Component class C { C() throws Exception { WRITE } } class D { Object o = C.class; }  ! later
            @Profile("dev") @Component class C { static void main(String[] a) throws Exception { WRITE } }         ! later
            @Profile("prod") @Lazy @Component class C { C() throws Exception { WRITE } }                           ! later
            class D { @Profile("dev") @Component static class C { C() throws Exception { WRITE } } }               ! never
            class D { @Profile("dev") @Component static class C { C() throws Exception { WRITE } } C c() throws Exception { return new C(); } } ! later
            class D extends C { } @Profile("dev") @Component class C { void handle() throws Exception { WRITE } }  ! later
            @Profile("dev") @Lazy @Component class C { C() throws Exception { WRITE } }                            ! never
            @Dev @Component class C { C() throws Exception { WRITE } }                                             ! never
            @Prod @Component class C { C() throws Exception { WRITE } }                                            ! start
            @Configuration class C { @Bean @Profile("prod") Object o() throws Exception { WRITE return this; } }   ! start
            @Configuration class C { @Bean @Profile("dev") Object o() throws Exception { WRITE return this; } }    ! never
            @Configuration class C { @Bean @Profile("dev") CommandLineRunner o() { return a -> { WRITE }; } }      ! never
            @Configuration class C { @Bean @Profile("prod") CommandLineRunner o() { return a -> { WRITE }; } }     ! start
            @Profile("dev") @Configuration class C { @Bean Object o() throws Exception { WRITE return this; } }    ! never
            @ConditionalOnProperty("app.store") @Component class C { C() throws Exception { WRITE } }              ! start
            @ConditionalOnProperty(prefix = "app", name = "store", havingValue = "DISK") @Component class C { C() throws Exception { WRITE } } ! start
            @ConditionalOnProperty(prefix = "app.", name = "store", havingValue = "s3") @Component class C { C() throws Exception { WRITE } } ! never
            @ConditionalOnProperty("app.other") @Component class C { C() throws Exception { WRITE } }              ! never
            @ConditionalOnProperty(name = "app.other", matchIfMissing = true) @Component class C { C() throws Exception { WRITE } } ! start
            @ConditionalOnProperty({"app.store", "app.other"}) @Component class C { C() throws Exception { WRITE } } ! never
            @Requires(env = "prod") @io.micronaut.context.annotation.Context class C { C() throws Exception { WRITE } } ! later
            """)
    void aConditionThatTheSettingsDecideIsDecided(String source, String expected) {
        KnownSpring spring = KnownSpring.with(Set.of("prod", "eu"), "app.store", "disk");

        assertThat(conditional(source, spring)).isEqualTo(expected);
    }

    /** Beans that ask for settings themselves, where app.store is disk: whether they write at start, later, or never. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            @Value("${app.store}") String it; @PostConstruct void m() throws Exception { if (it.equals("disk")) { WRITE } }       | start
            @Value("${app.store}") String it; @PostConstruct void m() throws Exception { if (it == null || it.isEmpty()) return; WRITE } | perhaps
            @Value("${app.store}") String it; @PostConstruct void m() throws Exception { if (it.isEmpty()) { WRITE } }            | never
            @Value("${app.store}") String it; @PostConstruct void m() throws Exception { if ("s3".equals(it)) { WRITE } }         | never
            @Value("${app.store}") String it; @PostConstruct void m() throws Exception { switch (it) { case "disk": WRITE break; default: } } | start
            @Value("${app.none:disk}") String it; @PostConstruct void m() throws Exception { if ("disk".equals(it)) { WRITE } }   | start
            @Value("${app.none:false}") boolean it; @PostConstruct void m() throws Exception { if (it) { WRITE } }                | never
            @Value("${app.none:true}") boolean it; @PostConstruct void m() throws Exception { if (it == false) return; WRITE }            | start
            @Value("${app.none}") boolean it; @PostConstruct void m() throws Exception { if (it) { WRITE } }                      | perhaps
            @Value("#{1 == 1}") boolean it; @PostConstruct void m() throws Exception { if (it) { WRITE } }                        | perhaps
            @Value("${app.none:false}") boolean it; @PostConstruct void m() throws Exception { it = true; if (it) { WRITE } }     | perhaps
            C(@Value("${app.none:false}") boolean it) throws Exception { if (it) { WRITE } }                                   | never
            C(@Value("${app.none:true}") boolean it) throws Exception { if (it) { WRITE } }                                    | start
            C(@Value("${app.none}") boolean it) throws Exception { if (it) { WRITE } }                                         | perhaps
            C(@Value("${app.store}") String it) throws Exception { if ("s3".equals(it)) { WRITE } }                            | never
            C(@Value("${app.store}") String it) throws Exception { if (it.equals("disk")) { WRITE } }                          | start
            @Value("${app.none:}") String it; @PostConstruct void m() throws Exception { if (it.isEmpty()) it = "disk"; if ("disk".equals(it)) { WRITE } } | perhaps
            """)
    void aSettingThatCodeAsksForDecides(String row) {
        String expected = row.substring(row.lastIndexOf('|') + 1).strip();
        String source = "package com.example; import java.nio.file.*; import jakarta.annotation.PostConstruct;"
                + " import org.springframework.beans.factory.annotation.Value;"
                + " @org.springframework.stereotype.Component class C { "
                + row.substring(0, row.lastIndexOf('|')).replace("WRITE", write("/a")) + " }";
        Path classes = compiled(
                APPLICATION,
                annotation("org.springframework.beans.factory.annotation.Value", "String value();"),
                source);

        assertThat(written(KnownSpring.with(Set.of(), "app.store", "disk"), WebApplication.NONE, classes))
                .extracting(site -> site.start() ? "start" : site.perhaps() ? "perhaps" : "later")
                .isEqualTo(expected.equals("never") ? List.of() : List.of(expected));
    }

    @Test
    void whatWasFoundHoldsOnlyWhereTheSettingsAnswerTheSame() {
        Path classes = compiled(
                APPLICATION,
                annotation("org.springframework.beans.factory.annotation.Value", "String value();"),
                "package com.example; import java.nio.file.*; import org.springframework.beans.factory.annotation.Value;"
                        + " @org.springframework.stereotype.Component class C {"
                        + " C(@Value(\"${app.store}\") String it) throws Exception { if (it.equals(\"disk\")) { "
                        + write("/a") + " } } }");
        ProjectCode code = new ProjectCode();
        List<WriteSite> disk = found(code, classes, "disk");

        assertThat(disk).hasSize(1);
        assertThat(found(code, classes, "s3")).isEmpty();
        assertThat(found(code, classes, "disk")).isSameAs(disk);
    }

    private static List<WriteSite> found(ProjectCode code, Path classes, String store) {
        KnownSpring spring = KnownSpring.with(Set.of(), "app.store", store);
        return code.sites(List.of(ClassPathEntry.of(classes)), List.of(), Main.UNKNOWN, spring, WebApplication.NONE)
                .sites();
    }

    /** The same with unknown active profiles and an unknown app.store. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            @Profile("prod") @Component class C { C() throws Exception { WRITE } }                    ! later
            @ConditionalOnProperty("app.store") @Component class C { C() throws Exception { WRITE } } ! later
            @ConditionalOnProperty({"app.store", "app.other"}) @Component class C { C() throws Exception { WRITE } } ! never
            """)
    void anUndecidedConditionMakesTheBeanUncertain(String source, String expected) {
        KnownSpring unknown = new KnownSpring(
                false,
                Optional.empty(),
                KnownSpring.with(Set.of(), "app.store", "?").properties());

        assertThat(conditional(source, unknown)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            write();                                                                        | start
            if (args.length > 0) { write(); }                                               | perhaps
            if (args.length > 0) { new Main().virtual(); }                                  | perhaps
            switch (args.length) { case 1: write(); break; default: }                       | perhaps
            if (args.length > 0) { try { write(); } catch (Exception e) { } }               | later
            try { if (args.length > 0) { write(); } } catch (Exception e) { e.printStackTrace(); } | later
            try { if (!new File("/a").mkdirs()) throw new IOException(); } catch (IOException e) { stop(); } | start
            try { if (!new File("/a").mkdirs()) throw new IOException(); } catch (IOException e) { throw e; } | start
            try { if (!new File("/a").mkdirs()) throw new IOException(); } catch (IOException e) { } | later
            if (!new File("/a").mkdirs()) { stop(); }                                       | start
            if (!new File("/a").mkdirs()) { System.err.println(); }                         | later
            try { System.in.read(); } catch (Exception e) { write(); }                      | later
            SpringApplication.run(Main.class, args); if (args.length > 0) { write(); }      | later
            new Thread(() -> quiet()).start();                                              | later
            List.of(args).forEach(arg -> quiet());                                          | perhaps
            Optional.of(1).map(one -> { quiet(); return one; });                            | perhaps
            Optional.of(1).ifPresent(one -> quiet());                                       | start
            Optional.ofNullable(System.getenv("A")).ifPresent(one -> quiet());              | perhaps
            Map.of(1, 2).forEach((key, value) -> quiet());                                  | start
            new HashMap<>().forEach((key, value) -> quiet());                               | perhaps
            pool.invokeAll(List.of(() -> { write(); return 1; })).get(0).get();             | start
            pool.invokeAll(List.of(() -> { write(); return 1; }));                          | perhaps
            pool.submit(new Task()).get();                                                  | start
            try { pool.submit(() -> quiet()).get(); } catch (RuntimeException e) { }        | perhaps
            try { pool.submit(() -> quiet()).get(); } catch (ExecutionException e) { }      | later
            try { awaited(); } catch (ExecutionException e) { }                             | later
            try { CompletableFuture.runAsync(() -> quiet()).join(); } catch (UncheckedIOException e) { } | perhaps
            try { CompletableFuture.runAsync(() -> quiet()).join(); } catch (CompletionException e) { } | later
            Optional.of(1).map(one -> (String) null).ifPresent(one -> quiet());             | perhaps
            pool.submit(new Task());                                                        | later
            new Thread(new Ending()).start();                                               | start
            new Worker().start();                                                           | start
            new Thread(new Task()).start();                                                 | later
            own(() -> quiet());                                                             | start
            own("a", 1, () -> quiet());                                                     | start
            own("a", args.length, () -> quiet());                                           | start
            again(() -> { write(); return 1; });                                            | start
            never(() -> { write(); return 1; });                                            | perhaps
            sometimes(() -> quiet());                                                       | perhaps
            negated(one -> { quiet(); return true; });                                      | perhaps
            try { own(() -> quiet()); } catch (RuntimeException e) { }                      | later
            CompletableFuture.allOf(CompletableFuture.runAsync(() -> quiet())).join();      | perhaps
            CompletableFuture.runAsync(() -> quiet());                                      | later
            if (!told()) { System.exit(1); }                                                | start
            boolean ok = told(); if (!ok) throw new IllegalStateException();                | start
            if (!told()) { System.err.println(); }                                          | later
            if (named() == null) { stop(); }                                                | start
            int code = told() ? 0 : 1; if (code != 0) { System.exit(code); }                | start
            int code = told() ? 1 : 0; if (code != 0) { System.exit(code); }                | later
            System.exit(told() ? 0 : 1);                                                    | perhaps
            System.exit(told() ? 1 : 0);                                                    | perhaps
            System.exit(coded());                                                           | start
            int code = coded(); if (code == 0) { System.err.println(); } System.exit(code); | start
            if (coded() == 3) { System.err.println(); }                                     | later
            if (!told()) return; new Task().run();                                          | perhaps
            if (!Alone.told()) return; new Task().run();                                    | perhaps start
            new Thread(() -> { while (true); }).start(); if (!Alone.told()) return; new Task().run(); | perhaps perhaps
            if (!Alone.told()) System.err.println(); new Task().run();                      | start later
            if (!Alone.threads()) return; new Task().run();                                 | perhaps perhaps
            Exception kept = null; try { write(); } catch (Exception e) { kept = e; } if (kept != null) throw kept; | start
            Exception kept = null; try { write(); } catch (Exception e) { kept = e; } if (kept == null) throw new Error(); | later
            if (!told()) System.err.println(); while (true) { Thread.sleep(1); } | later
            int n = 1; try { write(); } catch (Exception e) { n = 0; } while (n < 3) { n++; } | later
            var left = new java.util.ArrayDeque<String>(); try { write(); } catch (Exception e) { left.add(""); } while (!left.isEmpty()) { left.poll(); } | later
            var errors = new java.util.ArrayList<Exception>(); try { write(); } catch (Exception e) { errors.add(e); } if (errors.size() < 1) throw new Error(); | later
            Exception kept = null; for (int i = 0; i < 3; i++) try { write(); break; } catch (Exception e) { kept = e; } if (kept != null) throw kept; | start
            List<Exception> all = new ArrayList<>(); try { write(); } catch (Exception e) { all.add(e); } if (!all.isEmpty()) throw all.get(0); | start
            boolean ok = true; try { write(); } catch (Exception e) { ok = false; } if (!ok) stop(); | start
            boolean ok = true; try { write(); } catch (Exception e) { ok = false; } ok = args.length == 0; if (!ok) stop(); | later
            try { write(); } catch (Exception e) { quiet(); }                               | perhaps
            try { quiet(); } catch (RuntimeException e) { if (e.getCause() instanceof IOException) throw e; } | perhaps
            try { write(); } catch (Exception e) { if (e instanceof InterruptedException) throw e; } | later
            try { write(); } catch (IOException e) { System.err.println(); } finally { System.err.println(); } | later
            Main.class.getDeclaredMethod("quiet").invoke(null);                             | perhaps
            Files.walkFileTree(Path.of("/b"), new Visitor());                               | perhaps
            Files.walkFileTree(Path.of("/b"), new Before());                                | start
            try { Files.walkFileTree(Path.of("/b"), new Before()); } catch (RuntimeException e) { } | later
            new Timer(true).schedule(new Ticking(), 0);                                     | later
            new Timer(true).schedule(new Stopping(), 0);                                    | perhaps
            Thread.setDefaultUncaughtExceptionHandler((t, e) -> stop()); new Thread(() -> quiet()).start(); | perhaps
            Thread.setDefaultUncaughtExceptionHandler((t, e) -> e.printStackTrace()); new Thread(() -> quiet()).start(); | later
            CompletableFuture.runAsync(() -> quiet()).whenComplete((v, e) -> { if (e != null) stop(); }); | perhaps
            CompletableFuture.runAsync(() -> quiet()).exceptionally(e -> null);             | later
            CompletableFuture.runAsync(() -> quiet()).exceptionally(e -> null).join();      | later
            CompletableFuture.runAsync(() -> quiet()).exceptionally(e -> { throw new Error(e); }).join(); | perhaps
            java.util.stream.IntStream.range(0, 1).forEach(i -> quiet());                   | start
            java.util.stream.IntStream.range(0, args.length).forEach(i -> quiet());         | perhaps
            List<String> all = new ArrayList<>(); all.add("a"); for (String each : all) { write(); } | start
            List<String> all = new ArrayList<>(); if (args.length > 0) { all.add("a"); } for (String each : all) { write(); } | perhaps
            for (Own each : Own.values()) { write(); }                                      | start
            for (String each : NAMES) { write(); }                                          | start
            for (String each : LISTED) { write(); }                                         | start
            boolean done = false; while (!done) { write(); done = true; }                   | start
            Executors.newScheduledThreadPool(1).schedule(() -> { write(); return 1; }, 0, TimeUnit.SECONDS).get(); | start
            try { plain(); write(); } catch (NumberFormatException e) { }                   | start
            try { new FileWriter("/b").close(); } catch (IOException e) { write(); }        | later perhaps
            try { new FileWriter("/b").close(); } catch (NumberFormatException e) { write(); } | start later
            try { new FileWriter("/b").close(); } catch (IOException e) { try { write(); } catch (Exception f) { } } | later later
            try { parsing(); write(); } catch (NumberFormatException e) { }                 | perhaps
            io.javalin.Javalin.create(config -> quiet());                                   | start
            io.javalin.Javalin.create(null).get(context -> quiet());                        | later
            server.routing(Main::routing);                                                  | start
            server.register(new Service());                                                 | start
            server.register(new Idle());                                                    | perhaps
            """)
    void whatMayRunAtStartIsToldFromTheRest(String main, String expected) {
        String[] stubs = {
            "package io.javalin; public class Javalin { public static Javalin create(java.util.function.Consumer<Object> c) { return null; }"
                    + " public void get(java.util.function.Consumer<Object> c) { } }",
            "package io.helidon.webserver.http; public interface HttpService { void routing(Object rules); }",
            "package io.vertx.core; public interface Verticle { void start(); }",
        };
        String server = "package io.helidon.webserver; public class WebServerConfig { public static class Builder {"
                + " public void routing(java.util.function.Consumer<Object> c) { } public void register(Object s) { } } }";
        String source = IMPORTS + "import java.util.*; import java.util.concurrent.*; public class Main {"
                + " static io.helidon.webserver.WebServerConfig.Builder server = new io.helidon.webserver.WebServerConfig.Builder();"
                + " public static void main(String[] args) throws Exception { " + main + " }"
                + " static void write() throws Exception { " + write("/a")
                + " } void virtual() throws Exception { write(); }"
                + " static void quiet() { try { write(); } catch (Exception e) { throw new RuntimeException(e); } }"
                + " static final String[] NAMES = {\"a\"}; static final List<String> LISTED = List.of(\"a\"); enum Own { A }"
                + " static void routing(Object r) { quiet(); } static void stop() { System.exit(1); }"
                + (main.contains("told()")
                        ? " static boolean told() { try { write(); return true; } catch (Exception e) { return false; } }"
                        : "")
                + (main.contains("named()")
                        ? " static String named() { try { write(); return \"a\"; } catch (Exception e) { return null; } }"
                        : "")
                + (main.contains("coded()")
                        ? " static int coded() { try { write(); return 0; } catch (Exception e) { return 3; } }"
                        : "")
                + " static class Visitor extends SimpleFileVisitor<Path> { @Override public FileVisitResult visitFile(Path f,"
                + " java.nio.file.attribute.BasicFileAttributes a) { quiet(); return FileVisitResult.CONTINUE; } }"
                + " static class Ticking extends TimerTask { public void run() { quiet(); } }"
                + " static class Stopping extends TimerTask { public void run() { new Ending().run(); } }"
                + (main.contains("Alone.")
                        ? " static class Alone { static boolean told() { try { " + write("/c")
                                + " return true; } catch (Exception e) { return false; } }"
                                + " static boolean threads() { new Thread(() -> { while (true); }).start(); return told(); } }"
                        : "")
                + " static <R> R again(Callable<R> c) throws Exception { for (int i = 0; ; i++) { try { return c.call(); } catch (Exception e) { if (i == 2) throw e; } } }"
                + " static <R> R never(Callable<R> c) { try { return c.call(); } catch (Exception e) { return null; } }"
                + " static void sometimes(Runnable run) { if (System.nanoTime() > 9) run.run(); }"
                + " static void negated(java.util.function.Predicate<String> p) { p.negate(); }"
                + " static class Before extends SimpleFileVisitor<Path> { @Override public FileVisitResult preVisitDirectory(Path f,"
                + " java.nio.file.attribute.BasicFileAttributes a) { quiet(); return FileVisitResult.CONTINUE; } }"
                + " static void own(Runnable run) { run.run(); } static void own(String a, int b, Runnable run) { run.run(); }"
                + " static void awaited() throws Exception { pool.submit(() -> quiet()).get(); }"
                + " static String plain() { return \"a\" + System.getenv(\"B\"); }"
                + " static void parsing() { Integer.parseInt(System.getenv(\"B\")); }"
                + " static java.util.concurrent.ExecutorService pool = java.util.concurrent.ForkJoinPool.commonPool();"
                + " static class Task implements Runnable { public void run() { quiet(); } }"
                + " static class Ending implements Runnable { public void run() { try { write(); } catch (Exception e) { stop(); } } }"
                + " static class Worker extends Thread { public void run() { new Ending().run(); } }"
                + " static class Service implements io.helidon.webserver.http.HttpService { public void routing(Object r) { quiet(); } }"
                + " static class Idle implements io.vertx.core.Verticle { public void start() { quiet(); } } }";
        Path classes = compiled(stubs[0], stubs[1], stubs[2], server, source);

        assertThat(written(new KnownSpring(false, Optional.empty(), Map.of()), WebApplication.NONE, classes)
                        .filter(site -> !main.contains("mkdirs") || site.call().endsWith("mkdirs")))
                .extracting(site -> site.start() ? "start" : site.perhaps() ? "perhaps" : "later")
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            try { WRITE } catch (IOException e) { if (!new File("/a").mkdir()) throw e; }                  | start
            try { WRITE } catch (IOException e) { if (!new File("/a/b").mkdir()) throw e; }                | start
            try { WRITE } catch (IOException e) { if (!new File("/tmp/c").mkdir()) throw e; }              | perhaps
            try { WRITE } catch (IOException e) { if (!new File(System.getenv("C")).mkdir()) throw e; }    | perhaps
            try { write(); } catch (IOException e) { if (!new File("/tmp/c").mkdir()) throw e; }           | perhaps
            try { WRITE } catch (IOException e) { new File("/a").mkdir(); }                                | later
            """)
    void onlyTheDirectoryOfARefusedFileIsRefusedToItsHandlerToo(String main, String expected) {
        String source = FILES + "public class Main { public static void main(String[] args) throws Exception { " + main
                + " } static void write() throws IOException { WRITE } }";

        assertThat(written(
                                new KnownSpring(false, Optional.empty(), Map.of()),
                                WebApplication.NONE,
                                compiled(source.replace("WRITE", write("/a/b/file"))))
                        .filter(site -> site.call().equals("Files.createFile")
                                && site.place().method().equals(main.contains("write()") ? "write" : "main")))
                .extracting(site -> site.start() ? "start" : site.perhaps() ? "perhaps" : "later")
                .containsExactly(expected);
    }

    @Test
    void ofSeveralMainClassesTheApplicationOfSpringBootStarts() {
        String tool = "package com.example; " + FILES
                + "public class Tool { public static void main(String[] a) throws Exception { " + write("/tool")
                + " } }";

        assertThat(started(
                        APPLICATION
                                .replace(
                                        "SpringApplication.run",
                                        "java.nio.file.Files.createFile(java.nio.file.Path.of(\"/app\"));"
                                                + " SpringApplication.run")
                                .replace("String[] a)", "String[] a) throws Exception"),
                        tool))
                .containsExactly("/app");
    }

    @Test
    void whatABeanOfAnUndecidedConditionWritesMayRunAtStart() {
        assertThat(written(
                        new KnownSpring(false, Optional.empty(), Map.of()),
                        WebApplication.NONE,
                        compiled(
                                APPLICATION,
                                IMPORTS + "@org.springframework.stereotype.Component @Profile(\"prod\")"
                                        + " class Store { Store() throws Exception { " + write("/a") + " } }",
                                IMPORTS + "@org.springframework.stereotype.Component @Lazy"
                                        + " class Later { Later() throws Exception { " + write("/b") + " } }")))
                .extracting(site -> text(site.path()) + " " + site.perhaps())
                .containsExactlyInAnyOrder("/a true", "/b false");
    }

    private String conditional(String source, SpringEnvironment spring) {
        List<String> all = new ArrayList<>(FRAMEWORKS);
        all.add(APPLICATION);
        String annotation = "package com.example; import java.lang.annotation.*;"
                + " @Retention(RetentionPolicy.RUNTIME) @org.springframework.context.annotation.Profile(";
        all.add(annotation + "\"dev\") public @interface Dev { }");
        all.add(annotation + "\"prod\") public @interface Prod { }");
        all.add(IMPORTS + "import org.springframework.stereotype.*; import io.micronaut.context.annotation.Requires;"
                + " import org.springframework.boot.autoconfigure.condition.*; "
                + source.replace("WRITE", write("/a")));
        Compiled.compile(directory, List.of(), all.toArray(String[]::new));
        List<WriteSite> sites = written(spring, WebApplication.NONE, directory).toList();
        return sites.isEmpty() ? "never" : sites.get(0).start() ? "start" : "later";
    }

    @Test
    void codeAfterTheCallThatRunsTheApplicationDoesNotRunAtStart() {
        List<String> started = started("package com.example; " + FILES + "import org.springframework.boot.*;"
                + " @org.springframework.boot.autoconfigure.SpringBootApplication public class App {"
                + " public static void main(String[] a) throws Exception { " + write("/before")
                + " launch(a); " + write("/after") + " }"
                + " static void launch(String[] a) throws Exception { SpringApplication.run(App.class, a); "
                + write("/behind") + " } }");

        assertThat(started).containsExactly("/before");
    }

    @Test
    void springCreatesOnlyScannedAndImportedBeansAtStart() {
        String service = " @org.springframework.stereotype.Service public class ";
        List<String> started = started(
                "package com.example; @org.springframework.boot.autoconfigure.SpringBootApplication(scanBasePackages ="
                        + " {\"org.shared\", \"com.example\"}) public class App {"
                        + " public static void main(String[] a) { } }",
                "package com.example; @org.springframework.context.annotation.Configuration"
                        + " @org.springframework.context.annotation.Import(net.imported.Imported.class)"
                        + " @org.springframework.context.annotation.ComponentScan(\"net.scanned\") class More { }",
                "package com.example; " + FILES + service + "Own { Own() throws Exception { " + write("/own") + " } }",
                "package org.shared.deep; " + FILES + service + "Shared { Shared() throws Exception { "
                        + write("/shared") + " } }",
                "package org.sharedtoo; " + FILES + service + "Not { Not() throws Exception { " + write("/not")
                        + " } }",
                "package net.imported; " + FILES + "public class Imported { Imported() throws Exception { "
                        + write("/imported") + " } }",
                "package net.scanned; " + FILES + service + "Scanned { Scanned() throws Exception { "
                        + write("/scanned") + " } }");

        assertThat(started).containsExactly("/imported", "/own", "/scanned", "/shared");
    }

    /** Classes that other containers than Spring create, and whether they do so at start. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            class C { void on(@jakarta.enterprise.event.Observes io.quarkus.runtime.StartupEvent e) throws Exception { WRITE } } ! true
            class C { void on(@jakarta.enterprise.event.Observes String e) throws Exception { WRITE } }   ! false
            class C { void on(io.quarkus.runtime.StartupEvent e) throws Exception { WRITE } }             ! false
            class C { void on(@jakarta.enterprise.event.Observes @jakarta.enterprise.context.Initialized(jakarta.enterprise.context.ApplicationScoped.class) Object e) throws Exception { WRITE } } ! true
            class C { void on(@jakarta.enterprise.event.Observes @jakarta.enterprise.context.Initialized(jakarta.enterprise.context.RequestScoped.class) Object e) throws Exception { WRITE } } ! false
            @io.quarkus.runtime.Startup class C { C() throws Exception { WRITE } }                        ! true
            class C { @io.quarkus.runtime.Startup void init() throws Exception { WRITE } }                ! true
            @jakarta.ejb.Startup class C { @jakarta.annotation.PostConstruct void init() throws Exception { WRITE } } ! true
            class C { @jakarta.annotation.PostConstruct void init() throws Exception { WRITE } }          ! false
            @io.micronaut.context.annotation.Context class C { C() throws Exception { WRITE } }           ! true
            class C { @io.micronaut.runtime.event.annotation.EventListener void on(io.micronaut.runtime.server.event.ServerStartupEvent e) throws Exception { WRITE } } ! true
            class C implements io.micronaut.context.event.ApplicationEventListener<io.micronaut.runtime.server.event.ServerStartupEvent> { public void onApplicationEvent(io.micronaut.runtime.server.event.ServerStartupEvent e) { try { WRITE } catch (IOException x) { throw new Error(); } } } ! true
            @jakarta.servlet.annotation.WebListener class C implements jakarta.servlet.ServletContextListener { public void contextInitialized(Object e) { try { WRITE } catch (IOException x) { throw new Error(); } } } ! true
            class C implements io.quarkus.runtime.QuarkusApplication { public int run(String... a) throws Exception { WRITE return 0; } } ! true
            class C implements io.quarkus.runtime.QuarkusApplication { public int run(String... a) throws Exception { WRITE return 0; } } class D implements io.quarkus.runtime.QuarkusApplication { public int run(String... a) { return 0; } } ! false
            class C extends io.dropwizard.core.Application<String> { public void run(String s, Object e) throws Exception { WRITE } } ! true
            class C extends io.dropwizard.core.Application<String> { public void initialize(Object b) { try { WRITE } catch (IOException x) { throw new Error(); } } public void run(String s, Object e) { } } ! true
            class C extends io.dropwizard.core.Application<String> { public void run(String s, Object e) { } void other() throws Exception { WRITE } } ! false
            class C implements jakarta.servlet.ServletContextListener { public void contextInitialized(Object e) { try { WRITE } catch (IOException x) { throw new Error(); } } } ! false
            """)
    void methodsThatOtherContainersCallAtStartAreFollowed(String source, boolean runs) {
        assertThat(started(FILES + source.replace("WRITE", write("/a")))).isEqualTo(runs ? List.of("/a") : List.of());
    }

    /**
     * Objects that a servlet container creates before the web application serves requests; C is named in the
     * deployment descriptor.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            class C implements jakarta.servlet.ServletContextListener { public void contextInitialized(Object e) { WRITE } } ! true
            class D implements jakarta.servlet.ServletContextListener { public void contextInitialized(Object e) { WRITE } } ! false
            class C implements jakarta.servlet.ServletContainerInitializer { public void onStartup(Object s) { WRITE } } ! true
            class D implements jakarta.servlet.ServletContainerInitializer { public void onStartup(Object s) { WRITE } } ! false
            class D implements org.springframework.web.WebApplicationInitializer { public void onStartup(Object s) { WRITE } } ! true
            class C { C() { WRITE } }                                                                      ! true
            class C { public void init(jakarta.servlet.FilterConfig c) { WRITE } }                         ! true
            class C { public void init(jakarta.servlet.ServletConfig c) { WRITE } }                        ! true
            class B { public void init() { WRITE } } class C extends B { }                                 ! true
            class C extends B { public void init() { } } class B { public void init() { WRITE } }          ! false
            class C { public void doGet() { WRITE } }                                                      ! false
            @jakarta.servlet.annotation.WebFilter class D { public void init(jakarta.servlet.FilterConfig c) { WRITE } } ! true
            @jakarta.servlet.annotation.WebServlet(loadOnStartup = 1) class D { public void init() { WRITE } } ! true
            @jakarta.servlet.annotation.WebServlet class D { public void init() { WRITE } }                ! false
            """)
    void classesThatTheServletContainerInitialisesRunAtStart(String source, boolean runs) {
        List<String> expected = runs ? List.of("/a") : List.of();
        List<String> all = new ArrayList<>(FRAMEWORKS);
        all.add("package jakarta.servlet; public interface ServletContainerInitializer { void onStartup(Object s); }");
        all.add(
                "package org.springframework.web; public interface WebApplicationInitializer { void onStartup(Object s); }");
        all.add("package jakarta.servlet; public interface FilterConfig { }");
        all.add("package jakarta.servlet; public interface ServletConfig { }");
        all.add(annotation("jakarta.servlet.annotation.WebFilter"));
        all.add(annotation("jakarta.servlet.annotation.WebServlet", "int loadOnStartup() default -1;"));
        all.add(FILES
                + source.replace("WRITE", "try { " + write("/a") + " } catch (IOException x) { throw new Error(); }"));
        Compiled.compile(directory, List.of(), all.toArray(String[]::new));

        assertThat(started(false, new WebApplication(true, Set.of("C"), true, Map.of()), directory))
                .isEqualTo(expected);
        assertThat(started(false, new WebApplication(true, Set.of("C"), false, Map.of()), directory))
                .isEqualTo(source.startsWith("@") ? List.of() : expected);
        assertThat(started(false, WebApplication.NONE, directory)).isEmpty();
    }

    /** Spring contexts without Spring Boot, and which of Config, Made and Scanned they create. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            new AnnotationConfigApplicationContext(Config.class);                                    ! /bean /init
            new AnnotationConfigApplicationContext("org.scanned");                                   ! /scanned
            new AnnotationConfigApplicationContext(Config.class, org.scanned.Scanned.class);         ! /bean /init /scanned
            var c = new AnnotationConfigApplicationContext(); c.register(Config.class); c.refresh(); ! /bean /init
            var c = new AnnotationConfigApplicationContext(); c.scan("org.scanned"); c.refresh();    ! /scanned
            var c = new AnnotationConfigApplicationContext(); c.register(Config.class);              ! -
            if (a.length > 0) new AnnotationConfigApplicationContext(Config.class);                  ! -
            try { new AnnotationConfigApplicationContext(Config.class); } catch (RuntimeException e) { } ! -
            Object o = Config.class;                                                                 ! -
            var c = new AnnotationConfigWebApplicationContext(); c.register(Config.class); new org.springframework.web.context.ContextLoaderListener(c); ! /bean /init
            var c = new AnnotationConfigWebApplicationContext(); c.register(Config.class);           ! -
            """)
    void beansOfAContextThatCodeCreatesRunAtStart(String main, String expected) throws IOException {
        String context =
                "package org.springframework.context.annotation; public class AnnotationConfigApplicationContext {"
                        + " public AnnotationConfigApplicationContext(Class<?>... c) { }"
                        + " public AnnotationConfigApplicationContext(String... p) { } public AnnotationConfigApplicationContext() { }"
                        + " public void register(Class<?>... c) { } public void scan(String... p) { } public void refresh() { } }";
        List<String> all = new ArrayList<>(FRAMEWORKS);
        all.add(context);
        all.add("package org.springframework.web.context.support; public class AnnotationConfigWebApplicationContext {"
                + " public void register(Class<?>... c) { } }");
        all.add("package org.springframework.web.context; public class ContextLoaderListener {"
                + " public ContextLoaderListener(Object c) { } }");
        all.add("package com.example; import org.springframework.context.annotation.*;"
                + " import org.springframework.web.context.support.*;"
                + " public class Main { public static void main(String[] a) { " + main + " } }");
        all.add(IMPORTS + " @Configuration class Config { @Bean Made bean() throws Exception { " + write("/bean")
                + " return new Made(); } }");
        all.add(IMPORTS + " class Made { @PostConstruct void init() throws Exception { " + write("/init") + " } }");
        all.add("package org.scanned; " + FILES + " @org.springframework.stereotype.Component public class Scanned {"
                + " public Scanned() throws Exception { " + write("/scanned") + " } }");
        Compiled.compile(directory, List.of(), all.toArray(String[]::new));

        assertThat(started(directory))
                .containsExactlyElementsOf(expected.equals("-") ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void theClassesOfAnInitializerAreCreatedWhenAServletContainerStarts() {
        List<String> all = new ArrayList<>(FRAMEWORKS);
        Path libraries = directory.resolve("libraries");
        libraries.toFile().mkdirs();
        all.add(
                "package org.springframework.web.servlet.support; public abstract class"
                        + " AbstractAnnotationConfigDispatcherServletInitializer {"
                        + " protected abstract Class<?>[] getRootConfigClasses();"
                        + " protected abstract Class<?>[] getServletConfigClasses(); public void onStartup(Object context) { } }");
        Compiled.compile(libraries, List.of(), all.toArray(String[]::new));
        Path classes = directory.resolve("app");
        classes.toFile().mkdirs();
        Compiled.compile(
                classes,
                List.of("-cp", libraries.toString()),
                IMPORTS + " public class Web extends"
                        + " org.springframework.web.servlet.support.AbstractAnnotationConfigDispatcherServletInitializer {"
                        + " protected Class<?>[] getRootConfigClasses() { return new Class<?>[] {Config.class}; }"
                        + " protected Class<?>[] getServletConfigClasses() { return null; } }",
                IMPORTS + " @Configuration class Config { @Bean Object bean() throws Exception { " + write("/bean")
                        + " return this; } }");

        assertThat(started(false, new WebApplication(true, Set.of(), true, Map.of()), classes))
                .containsExactly("/bean");
        assertThat(started(classes)).isEmpty();
    }

    @Test
    void noMainMethodRunsInAServletContainer() {
        Path classes = compiled("import java.nio.file.*; class Main { public static void main(String[] args)"
                + " throws Exception { " + write("/a") + " } }");

        assertThat(started(classes)).containsExactly("/a");
        assertThat(written(KnownSpring.NOTHING, new WebApplication(true, Set.of(), true, Map.of()), classes))
                .noneMatch(site -> site.start() || site.perhaps());
    }

    @Test
    void startCodeIsFollowedIntoOtherModules() {
        Path module = directory.resolve("storage");
        module.toFile().mkdirs();
        Compiled.compile(
                module,
                List.of(),
                annotation("org.springframework.stereotype.Service"),
                "package com.example.storage; " + FILES
                        + " @org.springframework.stereotype.Service public class Store {"
                        + " public Store() throws Exception { " + write("/store") + " }"
                        + " public static void main(String[] tool) { } }");
        Path classes = directory.resolve("app");
        classes.toFile().mkdirs();
        List<String> sources = new ArrayList<>(FRAMEWORKS);
        sources.add(APPLICATION);
        Compiled.compile(classes, List.of("-cp", module.toString()), sources.toArray(String[]::new));

        assertThat(started(classes, module)).containsExactly("/store");
    }

    /** As Spring Boot 2 and 3 read them. */
    static Stream<Arguments> autoConfigurations() {
        String imports = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
        String key = "org.springframework.boot.autoconfigure.EnableAutoConfiguration";
        return Stream.of(
                Arguments.of(imports, "# ours\norg.other.X\norg.starter.Auto # it\n", List.of("/auto")),
                Arguments.of(imports, "# org.starter.Auto\n", List.of()),
                Arguments.of(
                        "META-INF/spring.factories",
                        key + "=\\\norg.other.X,\\\n  org.starter.Auto\n",
                        List.of("/auto")),
                Arguments.of("META-INF/spring.factories", "org.other.Key=org.starter.Auto\n", List.of()));
    }

    @ParameterizedTest
    @MethodSource("autoConfigurations")
    void theAutoConfigurationOfAModuleIsCreatedAtStart(String file, String text, List<String> expected)
            throws IOException {
        Path module = directory.resolve("starter");
        TestFiles.write(module.resolve(file), text);
        Compiled.compile(
                module,
                List.of(),
                annotation("org.springframework.context.annotation.Bean", "String initMethod() default \"\";"),
                annotation("org.springframework.boot.autoconfigure.condition.ConditionalOnClass"),
                "package org.starter; " + FILES + " public class Auto {"
                        + " @org.springframework.context.annotation.Bean public Object store() throws Exception { "
                        + write("/auto") + " return null; }"
                        + " @org.springframework.boot.autoconfigure.condition.ConditionalOnClass"
                        + " @org.springframework.context.annotation.Bean public Object maybe() throws Exception { "
                        + write("/maybe") + " return null; } }");
        Path classes = directory.resolve("app");
        classes.toFile().mkdirs();
        List<String> sources = new ArrayList<>(FRAMEWORKS);
        sources.add(APPLICATION);
        Compiled.compile(classes, List.of(), sources.toArray(String[]::new));

        assertThat(started(classes, module)).isEqualTo(expected);

        sources.set(
                sources.size() - 1,
                APPLICATION.replace(
                        "SpringBootApplication ", "SpringBootApplication(exclude = org.starter.Auto.class) "));
        Compiled.compile(classes, List.of("-cp", module.toString()), sources.toArray(String[]::new));
        assertThat(started(classes, module)).isEmpty();
    }
}
