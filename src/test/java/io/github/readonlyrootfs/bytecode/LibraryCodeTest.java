// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of libraries is followed from the application's calls on. */
class LibraryCodeTest {

    private static final String IMPORTS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    @TempDir
    private Path directory;

    /** Each write as {@code call path when}, with the line of the application. */
    private List<String> writes(String library, String... application) throws IOException {
        Path of = Files.createDirectories(directory.resolve("library"));
        Path own = Files.createDirectories(directory.resolve("own"));
        Compiled.compile(of, List.of(), library);
        Path jar = directory.resolve("library.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(of.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        Compiled.compile(own, List.of("-cp", of + java.io.File.pathSeparator + own), application);
        return new ProjectCode()
                        .sites(
                                List.of(ClassPathEntry.of(own)),
                                List.of(jar),
                                Main.UNKNOWN,
                                KnownSpring.NOTHING,
                                WebApplication.NONE)
                        .sites()
                        .stream()
                        .map(site ->
                                site.call() + " in " + site.place().describe("") + ": " + Compiled.text(site.path())
                                        + (site.start() ? " fatal" : site.perhaps() ? " perhaps" : ""))
                        .toList();
    }

    private static String main(String code) {
        return "package app; public class Main { public static void main(String[] args) throws Exception {\n" + code
                + " } }";
    }

    @Test
    void aWriteOfALibraryIsFoundAtTheCallOfTheApplication() throws IOException {
        assertThat(writes("""
                        package lib; import java.nio.file.*; public class Store {
                        private final Path in; public Store(String in) { this.in = Path.of(in); }
                        public void open() throws java.io.IOException {
                        Files.createDirectories(in.resolve("data")); } }
                        """, main("new lib.Store(\"/var/store\").open();")))
                .containsExactly("Files.createDirectories in lib.Store.open(Store.java:4), called in"
                        + " app.Main.main(Main.java:2): /var/store/data fatal");
    }

    @Test
    void aPathThatTheApplicationSetsIsFollowedThroughTheLibrary() throws IOException {
        assertThat(writes("""
                        package lib; import java.io.*; public class Agent {
                        private String log = "/opt/agent"; public Agent log(String to) { log = to; return this; }
                        public void start() throws IOException { run(log); }
                        private static void run(String to) throws IOException { new FileWriter(to).close(); } }
                        """, main("""
                        new lib.Agent().log(System.getenv("LOG")).start();
                        """)))
                .containsExactly("new FileWriter in lib.Agent.run(Agent.java:4), called in app.Main.main(Main.java:2):"
                        + " ? fatal");
    }

    @Test
    void anImplementationThatALibraryMakesIsFollowed() throws IOException {
        assertThat(writes("""
                        package lib; import java.io.*; public class Factory {
                        public interface Db { void open(File at) throws IOException; }
                        static class Files implements Db { public void open(File at) throws IOException {
                        new RandomAccessFile(new File(at, "LOCK"), "rw"); } }
                        public static Db db() { return new Files(); } }
                        """, main("lib.Factory.db().open(new java.io.File(\"/db\"));")))
                .containsExactly("new RandomAccessFile in lib.Factory$Files.open(Factory.java:4), called in"
                        + " app.Main.main(Main.java:2): /db/LOCK fatal");
    }

    @Test
    void whatALibraryDoesLaterWithItsOwnPathsIsNotFollowed() throws IOException {
        String library = """
                package lib; import java.nio.file.*; public class Cache {
                public static void own() throws Exception { Files.createDirectories(Path.of("/cache")); }
                public static void at(Path it) throws Exception { Files.createDirectories(it); } }
                """;
        assertThat(
                        writes(
                                library,
                                "package app; public class Api { public void own() throws Exception { lib.Cache.own(); }\n"
                                        + " public void at() throws Exception { lib.Cache.at(java.nio.file.Path.of(\"/files\")); } }"))
                .containsExactly("Files.createDirectories in lib.Cache.at(Cache.java:3), called in"
                        + " app.Api.at(Api.java:2): /files");
    }

    @Test
    void aPathThatALibraryComputesOfWhatItIsGivenIsUnknown() throws IOException {
        String library = """
                package lib; import java.io.*; public class Names {
                public static void at(String it) throws Exception { new FileWriter(clean(it)); }
                public static void log(int it) throws Exception { new FileWriter(clean("" + it)); }
                private static String clean(String it) { return new StringBuilder(it).reverse().toString(); } }
                """;
        assertThat(writes(
                        library,
                        "package app; public class Api { public void log() throws Exception { lib.Names.log(1); }\n"
                                + " public void at() throws Exception { lib.Names.at(\"/files\"); } }"))
                .containsExactly("new FileWriter in lib.Names.at(Names.java:2), called in app.Api.at(Api.java:2): ?");
    }

    @Test
    void whereAPathIsHandedOnALibraryIsFollowedFirst() throws IOException {
        StringBuilder wide = new StringBuilder("package lib; public class Wide { public static void all() { ");
        StringBuilder others = new StringBuilder("} ");
        for (int i = 0; i < 300; i++) {
            wide.append("m%d(); ".formatted(i));
            others.append("static void m%d() { } ".formatted(i));
        }
        wide.append(others)
                .append(
                        "public static void save(java.io.File it) throws Exception { one(it); } static void one(java.io.File it)"
                                + " throws Exception { new java.io.FileWriter(it); } }");
        assertThat(writes(
                        wide.toString(),
                        "package app; public class Api { public void at() throws Exception { lib.Wide.all();"
                                + " lib.Wide.save(new java.io.File(\"/files\")); } }"))
                .containsExactly(
                        "new FileWriter in lib.Wide.one(Wide.java:1), called in app.Api.at(Api.java:1): /files");
    }

    @Test
    void aHandlerOfALibraryThatTriesToMakeTheDirectoryThrowsWhereThatIsRefused() throws IOException {
        assertThat(writes("""
                        package lib; import java.io.*; public class Appender {
                        public Appender(String file) throws IOException { try { new FileOutputStream(file); }
                        catch (FileNotFoundException e) { File in = new File(new File(file).getParent());
                        if (!in.exists() && in.mkdirs()) new FileOutputStream(file); else throw e; } } }
                        """, main("new lib.Appender(\"/var/log/app.log\");")))
                .contains("new FileOutputStream in lib.Appender.<init>(Appender.java:2), called in"
                        + " app.Main.main(Main.java:2): /var/log/app.log fatal");
    }

    @Test
    void aLibraryThatConfiguresItselfIsStartedBySpringBoot() throws IOException {
        Files.createDirectories(directory.resolve("library/META-INF/spring"));
        Files.write(directory.resolve("library/" + IMPORTS), "lib.Auto\n".getBytes(StandardCharsets.UTF_8));
        String boot = "org.springframework.boot.autoconfigure.SpringBootApplication";
        Path annotations = Files.createDirectories(directory.resolve("own"));
        Compiled.compile(annotations, List.of(), Compiled.annotation(boot));

        assertThat(writes(
                        """
                        package lib; import java.nio.file.*; public class Auto {
                        public Auto() throws java.io.IOException { Files.createDirectory(Path.of("/var/auto")); } }
                        """,
                        "package app; @" + boot + " public class Main { public static void main(String[] args) { } }"))
                .containsExactly("Files.createDirectory in lib.Auto.<init>(Auto.java:2), called in"
                        + " app.Main.main(Main.java): /var/auto fatal");
    }

    @Test
    void codeThatIsFarFromTheCallIsTheLibrarysOwnLife() throws IOException {
        StringBuilder chain = new StringBuilder("package lib; public class Far { ");
        for (int i = 0; i < 300; i++) {
            chain.append("public static void m%d() throws Exception { m%d(); } ".formatted(i, i + 1));
        }
        chain.append("static void m300() throws Exception { new java.io.FileWriter(\"/far\"); } }");

        assertThat(writes(chain.toString(), main("lib.Far.m0();"))).isEmpty();
    }
}
