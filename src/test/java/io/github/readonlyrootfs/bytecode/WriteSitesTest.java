// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static io.github.readonlyrootfs.bytecode.Compiled.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.path.WriteCall;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.partial.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class WriteSitesTest {

    @TempDir
    Path classes;

    private WriteSites compiled(String... sources) {
        return compiled(Main.UNKNOWN, List.of(), sources);
    }

    private WriteSites compiled(Main main, List<String> options, String... sources) {
        Compiled.compile(classes, options, sources);
        return new ProjectCode()
                .sites(List.of(ClassPathEntry.of(classes)), List.of(), main, KnownSpring.NOTHING, WebApplication.NONE);
    }

    private static String method(String body) {
        return "import java.io.*; import java.nio.file.*; import java.nio.channels.*; import java.util.*;\n"
                + "class Sample { static final Path DIR = Path.of(\"/srv\", \"data\"); static final String NAME = \"x.log\";\n"
                + " private final File own = new File(\"/var/own\"); private String late = \"/late\";\n"
                + " static Object call(java.util.concurrent.Callable<?> call) throws Exception { return call.call(); }\n"
                + " static class Home { private static String dir = System.getProperty(\"home\"); private static String changed"
                + " = \"/x\"; static String dir() { return dir; } static String changed() { return changed; }"
                + " static void change(String to) { changed = to; } }\n"
                + " void run(String given, InputStream in, boolean flag) throws Exception {\n" + body + "\n} }";
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("new FileOutputStream(\"/a/b\").close();", "/a/b"),
                Arguments.of("new FileOutputStream(new File(\"/a\", \"b\")).close();", "/a/b"),
                Arguments.of("new FileWriter(\"relative.txt\").close();", "relative.txt"),
                Arguments.of("new PrintWriter(new StringWriter()).close();", null),
                Arguments.of("new RandomAccessFile(\"/a\", \"r\").close();", null),
                Arguments.of("new RandomAccessFile(\"/a\", \"rw\").close();", "/a"),
                Arguments.of("Files.write(Path.of(\"/a\", \"b\", \"c\"), new byte[0]);", "/a/b/c"),
                Arguments.of("Files.write(DIR.resolve(given), new byte[0]);", "/srv/data/?"),
                Arguments.of("Files.write(Paths.get(given), new byte[0]);", "?"),
                Arguments.of("Files.copy(in, Path.of(\"/up/\" + given));", "/up/?"),
                Arguments.of("Files.copy(Path.of(\"/read\"), System.out);", null),
                Arguments.of("Files.createTempFile(\"a\", \"b\");", "{java.io.tmpdir}"),
                Arguments.of("Files.createTempFile(DIR, \"a\", \"b\");", "/srv/data"),
                Arguments.of("Files.createTempDirectory(\"a\");", "{java.io.tmpdir}"),
                Arguments.of("File.createTempFile(\"a\", \"b\");", "{java.io.tmpdir}"),
                Arguments.of("File.createTempFile(\"a\", \"b\", null);", "{java.io.tmpdir}"),
                Arguments.of("File.createTempFile(\"a\", \"b\", new File(\"/spool\"));", "/spool"),
                Arguments.of(
                        "new File(System.getProperty(\"java.io.tmpdir\"), \"x\").createNewFile();",
                        "{java.io.tmpdir}/x"),
                Arguments.of(
                        "new File(System.getProperty(\"user.home\") + \"/.cache\").mkdirs();", "{user.home}/.cache"),
                Arguments.of("Files.createDirectories(Path.of(System.getenv(\"DATA\")));", "{env DATA}"),
                Arguments.of(
                        "Files.createDirectories(Path.of(System.getenv().getOrDefault(\"DATA\", \"/d\")));",
                        "{env DATA:/d}"),
                Arguments.of(
                        "Files.createDirectories(Path.of(Optional.ofNullable(System.getenv(\"DATA\")).orElse(\"/d\")));",
                        "{env DATA:/d}"),
                Arguments.of("Files.createDirectories(Path.of(System.getProperty(\"d\", \"/d\")));", "{d:/d}"),
                Arguments.of(
                        "StringBuilder b = new StringBuilder(\"/a\"); b.append('/').append(\"b\"); b.append(7);"
                                + "new FileWriter(b.toString()).close();",
                        "/a/b7"),
                Arguments.of(
                        "StringBuilder b = new StringBuilder(\"/a\"); b.reverse();"
                                + "new FileWriter(b.toString()).close();",
                        "?"),
                Arguments.of(
                        "StringBuilder b = new StringBuilder(\"/a\"); for (char c : given.toCharArray()) b.append(c);"
                                + "new FileWriter(b.toString()).close();",
                        "?"),
                Arguments.of("new FileWriter(flag ? \"/a\" : \"/b\").close();", "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); if (d == null) d = \"/d\"; new FileWriter(d).close();",
                        "{env DATA:/d}"),
                Arguments.of(
                        "String d = System.getProperty(\"d\"); if (d == null || d.isEmpty()) { d = \"/d\"; }"
                                + " new FileWriter(new File(d, \"x\")).close();",
                        "{d:/d}/x"),
                Arguments.of(
                        "new FileWriter(System.getenv(\"DATA\") != null ? System.getenv(\"DATA\") : \"/d\").close();",
                        "{env DATA:/d}"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); if (d == null) d = given; new FileWriter(d).close();",
                        "{env DATA}"),
                Arguments.of(
                        "Path p = null; if (System.getenv(\"DATA\") != null) p = Path.of(System.getenv(\"DATA\"));"
                                + " else if (flag) p = Path.of(\"/a\"); else p = Path.of(given); Files.createFile(p);",
                        "{env DATA}"),
                Arguments.of("new FileWriter(flag ? System.getenv(\"DATA\") : \"/d\").close();", "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); String e = System.getenv(\"E\"); if (e == null) d = \"/d\";"
                                + " new FileWriter(d).close();",
                        "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); if (d == null) d = \"/d\"; else d = d + \"/e\";"
                                + " new FileWriter(d).close();",
                        "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); while (flag) { if (d == null) d = \"/a\"; else if (in == null)"
                                + " d = \"/b\"; } new FileWriter(d).close();",
                        "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); if (d == null) System.out.println(); if (flag) d = \"/x\";"
                                + " new FileWriter(d).close();",
                        "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); if (flag) d = \"/x\"; if (d == null) d = \"/d\";"
                                + " new FileWriter(d).close();",
                        "?"),
                Arguments.of(
                        "String d = \"/d\"; if (System.getenv(\"DATA\") != null) d = System.getenv(\"DATA\");"
                                + " new FileWriter(d).close();",
                        "{env DATA:/d}"),
                Arguments.of(
                        "String d = \"/d\"; if (System.getenv(\"DATA\") != null && flag) d = System.getenv(\"DATA\");"
                                + " new FileWriter(d).close();",
                        "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); if (d == null || d.isBlank()) { if (flag) { d = \"/d\"; }"
                                + " else { d = \"/e\"; } } new FileWriter(d).close();",
                        "{env DATA}"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); if (d != null) d = \"/x\"; new FileWriter(d).close();",
                        "?"),
                Arguments.of(
                        "String d = System.getenv(\"DATA\"); String e = d; if (e == null || e.isEmpty()) e = \"/e\"; if (flag)"
                                + " e = \"/x\"; new FileWriter(e).close();",
                        "?"),
                Arguments.of("new FileWriter(Home.dir()).close();", "{home}"),
                Arguments.of("new FileWriter(Home.changed()).close();", "?"),
                Arguments.of(
                        "Path p = Path.of(System.getProperty(\"d\", \"/d\")); call(() -> Files.createFile(p));",
                        "{d:/d}"),
                Arguments.of(
                        "Path p = DIR.resolve(\"a\"); call(() -> call(() -> Files.createFile(p)));", "/srv/data/a"),
                Arguments.of(
                        "long n = given.length(); String p = \"/a/\" + NAME; call(() -> new FileWriter(p + n + late));",
                        "/a/x.log??"),
                Arguments.of("Path p = flag ? DIR : Path.of(\"/b\"); call(() -> Files.createFile(p));", "?"),
                Arguments.of("call(() -> Files.createFile(Path.of(given)));", "?"),
                Arguments.of("String p = \"/a\"; if (flag) System.out.println(); new FileWriter(p).close();", "/a"),
                Arguments.of("new FileWriter(String.format(\"/a/%s/%s.txt\", \"b\", given)).close();", "/a/b/?.txt"),
                Arguments.of("new FileWriter(String.format(\"/a/%05d\", 1)).close();", "/a/?"),
                Arguments.of("new FileWriter(\"/log/\" + NAME).close();", "/log/x.log"),
                Arguments.of("new FileWriter(new File(own, \"y\")).close();", "/var/own/y"),
                Arguments.of("new FileWriter(late).close();", "?"),
                Arguments.of("FileChannel.open(Path.of(\"/c\"), StandardOpenOption.READ);", null),
                Arguments.of(
                        "FileChannel.open(Path.of(\"/c\"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);",
                        "/c"),
                Arguments.of("Files.newByteChannel(Path.of(\"/c\"));", null),
                Arguments.of("Files.move(Path.of(\"/a\"), Path.of(\"/b\").resolveSibling(\"c\"));", "/c"),
                Arguments.of("Files.createFile(FileSystems.getDefault().getPath(\"/a\", \"b\"));", "/a/b"),
                Arguments.of(
                        "File cats = new File(\"/data\", \"/pictures/\" + \"/cats/\");"
                                + " new FileWriter(new File(cats.getParentFile().getParentFile(), \"x\")).close();",
                        "/data/x"),
                Arguments.of("new FileWriter(new File(new File(\"/a/\").getParentFile(), \"x\")).close();", "/x"),
                Arguments.of("new ProcessBuilder(\"x\").redirectOutput(new File(\"/o\"));", "/o"),
                Arguments.of("new FileWriter(new File((String) null, \"/abs\")).close();", "/abs"),
                Arguments.of("new java.util.logging.FileHandler(\"%h/audit%u.log\");", "{user.home}/audit0.log"),
                Arguments.of("new java.util.logging.FileHandler(\"%t/a.log\");", "{java.io.tmpdir}/a.log"),
                Arguments.of("new java.util.logging.FileHandler(\"/var/log/a.log\");", "/var/log/a.log"),
                Arguments.of("javax.imageio.ImageIO.read(in);", "{java.io.tmpdir}"),
                Arguments.of("javax.imageio.ImageIO.read(new File(\"/x.png\"));", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void onlyTheKnownPartOfAPathIsFound(String body, String expected) {
        List<String> paths = compiled(method(body)).sites().stream()
                .map(site -> text(site.path()))
                .toList();

        assertThat(paths).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void codeCompiledForAnOldJavaHasTheSameWrites(String body, String expected) {
        WriteSites sites = compiled(Main.UNKNOWN, List.of("-XDstringConcat=inline"), method(body));

        assertThat(sites.sites().stream().map(site -> text(site.path())).toList())
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "xx/a".substring(2)                                              | /a
            "/a.tmp".substring(0, "/a".length())                             | /a
            "/a".substring(3 - given.length())                               | ?
            "/A".toLowerCase(Locale.ROOT) + "b".toUpperCase()                | /aB
            given.toLowerCase()                                              | ?
            java.text.MessageFormat.format("{0}/{1}.log", "/a", "b")         | /a/b.log
            java.text.MessageFormat.format("{0}/{1}", "/a", given)           | /a/?
            java.text.MessageFormat.format("'{0}'", "/a")                    | ?
            "/a,/b".split(",")[1]                                            | /b
            "/a.b".split(".")[0]                                             | ?
            Stream.of("/a", "b").collect(Collectors.joining("/"))            | /a/b
            Optional.of("/a").filter(t -> !t.isEmpty()).orElse("/x")         | /a
            Optional.of("/a").filter(t -> t.startsWith("/b")).orElse("/x")   | ?
            Optional.of("/a").filter(t -> t.length() > t.hashCode()).get()   | ?
            Optional.ofNullable(System.getenv("D")).filter(t -> !t.isBlank()).orElse("/a")       | {env D:/a}
            Optional.ofNullable(System.getenv("D")).filter(t -> t.startsWith("/")).orElse("/a")  | ?
            PLACES[1] + "/b"                                                 | /a/b
            CHANGED[0]                                                       | ?
            NAMED.get("b")                                                   | /a
            FILLED.get("b")                                                  | ?
            Dir.DATA.path                                                    | /a
            Dir.DATA.path()                                                  | /a
            Dir.valueOf("OTHER").path()                                      | /x
            Dir.valueOf(given).path()                                        | ?
            Dir.DATA.parent()                                                | ??
            Dir.DATA.moved                                                   | ?
            Dir.DATA.moved()                                                 | ?
            Dir.DATA.kept                                                    | /a
            fill(new String[] {"/x"})[0]                                     | ?
            list("/a").get(0)                                                | /a
            Dir.values()[1].path()                                           | /a
            properties("/a").getProperty("k")                                | /a
            properties("/a").getProperty("z", "/b")                          | /b
            properties(given).getProperty("k")                               | ?
            """)
    void textsAreFollowedThroughTheMethodsOfTheJdk(String expression, String expected) {
        WriteSites sites =
                compiled("import java.util.*; import java.util.stream.*; import java.nio.file.*; class Sample {"
                        + " static final String[] PLACES = {\"/x\", \"/a\"}; static final String[] CHANGED = {\"/x\", \"/a\"};"
                        + " static final Map<String, String> NAMED = Map.of(\"b\", \"/a\");"
                        + " static final Map<String, String> FILLED = new HashMap<>(); static { FILLED.put(\"b\", \"/a\"); }"
                        + " enum Dir { OTHER(\"/x\"), DATA(\"/a\"); final String path; String moved; private String kept;"
                        + " Dir(String p) { path = p; moved = p; kept = p; } String path() { return path; }"
                        + " void move(String p) { moved = p; } String moved() { return moved; }"
                        + " String parent() { return path + hashCode(); } }"
                        + " static String[] fill(String[] all) { CHANGED[0] = \"/b\"; all[0] = \"/a\"; return all; }"
                        + " static List<String> list(String first) { List<String> all = new ArrayList<>(); all.add(first); return all; }"
                        + " static Properties properties(String p) { Properties all = new Properties(); all.setProperty(\"k\", p); return all; }"
                        + " void run(String given) throws Exception { Files.createFile(Path.of(" + expression
                        + ")); } }");

        assertThat(sites.sites()).extracting(site -> text(site.path())).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            String[] a = {"/a"}; Files.createFile(Path.of(a[0]));                                        | /a
            String[] a = {"/x"}; fill(a); Files.createFile(Path.of(a[0]));                               | ?
            String[] a = "/x,/b".split(","); fill(a); Files.createFile(Path.of(a[0]));                   | ?
            String[] a = "/x,/b".split(","); a[0] = "/a"; Files.createFile(Path.of(a[0]));               | ?
            String[] a = "/x,/b".split(","); Arrays.fill(a, "/a"); Files.createFile(Path.of(a[0]));      | ?
            String[] a = {"/x"}; Arrays.fill(a, "/b"); Files.createFile(Path.of(a[0]));                  | ?
            List<String> a = new ArrayList<>(); a.add("/a"); Files.createFile(Path.of(a.get(0)));        | /a
            List<String> a = new ArrayList<>(); a.add("/x"); a.set(0, "/a"); Files.createFile(Path.of(a.get(0))); | ?
            List<String> a = new ArrayList<>(); a.add("/x"); more(a); Files.createFile(Path.of(a.get(0)));        | ?
            List<String> a = new ArrayList<>(); a.add("/x"); Collections.addAll(a, "/b"); Files.createFile(Path.of(a.get(0))); | ?
            List<String> a = new ArrayList<>(); a.add("/a"); for (String each : a) Files.createFile(Path.of(each)); | /a
            List<String> a = new ArrayList<>(); a.add("/x"); a.iterator().remove(); Files.createFile(Path.of(a.get(0))); | ?
            List<String> a = List.of("/a"); more(a); Files.createFile(Path.of(a.get(0)));                | /a
            Stream<String> a = Arrays.stream(new String[] {"/a"}); Files.createFile(Path.of(a.findFirst().get())); | ?
            """)
    void arraysAndListsThatOtherCodeGetsMayBeChanged(String body, String expected) {
        WriteSites sites =
                compiled("import java.util.*; import java.util.stream.*; import java.nio.file.*; class Sample {"
                        + " static void fill(String[] all) { all[0] = \"/a\"; } static void more(List<String> all) { all.add(0, \"/b\"); }"
                        + " void run() throws Exception { " + body + " } }");

        assertThat(sites.sites()).extracting(site -> text(site.path())).containsExactly(expected);
    }

    /** Main methods that are started with the arguments /data and 2, and what they write. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            write(args[0] + "/a");                                                                  | /data/a fatal
            if (args.length > 0) write(args[0]); else write("/x");                                  | /data fatal
            if (args.length != 2) { System.out.println("usage"); return; } write(args[0]);          | /data fatal
            write(args.length > 3 ? args[3] : "/x");                                                | /x fatal
            for (int i = 0; i < args.length; i++) if (args[i].startsWith("/")) write(args[i]);      | /data
            for (int i = 0; i < args.length; i++) if (args[i].equals("/data")) write("/" + args[++i]); | /2
            for (int i = 0; i < args.length; i++) if (args[i].equals("/data")) write("/" + args[i + 1]); | /2
            int i = 0; while (i < args.length) if (args[i++].equals("/data")) write("/" + args[i++]); | /2
            for (int i = 0; i < args.length; i++) if (args[i].equals("2")) write(args[++i]);        | ?
            switch (args[1]) { case "1": write("/one"); break; case "2": write("/two"); break; default: write("/no"); } | /two fatal
            String to = "/x"; if (args.length == 2) to = args[0]; write(to);                        | /data fatal
            boolean any = false; for (String each : args) any = true; if (any) write("/b");         | /b
            other(args);                                                                            | ?
            args[0] = "/x"; write(args[0]);                                                         | ? fatal
            if (args.length == 2) { main(new String[] {"/x"}); return; } write("/b");               | /b
            if (args.length == 2) { java.util.List.of(args).forEach(a -> { }); again(Sample::main); return; } write("/b"); | /b
            String[] all = java.util.Arrays.copyOf(args, 3); if (all.length == 3) write("/b");      | /b
            for (String each : java.util.List.of("a", "b")) if (each.equals("b")) write("/b");      | /b
            boolean a = false, b = false; for (String each : new String[] {"a", "b"}) { if (each.equals("a")) a = true; if (each.equals("b")) b = true; } if (a && b) write("/b"); | /b
            int i = 5; if (args != null) i++; int j = i; j -= 6; if (j < 3) write("/b");            | /b
            String a = Path.of("/a/../b").normalize().toString(); if (a.equals("/b")) write("/b");  | /b
            StringBuilder a = new StringBuilder("a"); more(a); if (a.toString().equals("ab")) write("/b"); | /b
            """)
    void theArgumentsOfTheCommandLineDecideWhatTheMainMethodWrites(String body, String expected) {
        WriteSites sites = compiled(
                new Main(Optional.empty(), Optional.of(List.of(Text.of("/data"), Text.of("2")))),
                List.of(),
                "import java.nio.file.*; class Sample { public static void main(String[] args) throws Exception { "
                        + body
                        + " } static void write(String to) throws Exception { Files.createFile(Path.of(to)); }"
                        + (body.contains("other(")
                                ? " static void other(String[] a) throws Exception { if (a.length > 0) write(a[0]); }"
                                : "")
                        + (body.contains("again(")
                                ? " interface Again { void it(String[] a) throws Exception; } static void again(Again a) throws Exception { a.it(null); }"
                                : "")
                        + (body.contains("more(") ? " static void more(StringBuilder a) { a.append('b'); }" : "")
                        + " }");

        assertThat(sites.sites().stream().map(site -> text(site.path()) + (site.start() ? " fatal" : "")))
                .containsExactly(expected);
    }

    @Test
    void anOptionOnTheCommandLineIsNoPath() {
        WriteSites sites = compiled(
                new Main(Optional.empty(), Optional.of(List.of(Text.of("-v"), Text.of("/data")))),
                List.of(),
                "class Sample { public static void main(String[] args) throws Exception {"
                        + " new java.io.FileWriter(args[0]); if (args[0].equals(\"-v\")) new java.io.FileWriter(args[1]); } }");

        assertThat(sites.sites()).extracting(site -> text(site.path())).containsExactly("?", "/data");
    }

    @Test
    void aMainMethodThatOtherCodeCallsMayGetOtherArguments() {
        WriteSites sites = compiled(
                new Main(Optional.of("Sample"), Optional.of(List.of(Text.of("/data")))),
                List.of(),
                "class Sample { public static void main(String[] args) throws Exception { new java.io.FileWriter(args[0]); } }",
                "class Other { void again() throws Exception { Sample.main(new String[] {\"/other\"}); } }");

        assertThat(sites.sites()).extracting(site -> text(site.path())).containsExactly("?");
    }

    /** Code that doubles a text or an array repeatedly, and the only file that must be found. */
    static Stream<Arguments> doubling() {
        String concat = "p = p.concat(p);\n".repeat(3_000);
        String arrays = "a = new Object[] {a, a};\n".repeat(60);
        return Stream.of(
                Arguments.of("a text", "String p = \"/a\";\n" + concat + "new FileWriter(p);"),
                Arguments.of("a property", "String p = System.getProperty(\"p\");\n" + concat + "new FileWriter(p);"),
                Arguments.of("a text in a loop", "String p = \"/a\"; while (flag) p = p.concat(p); new FileWriter(p);"),
                Arguments.of(
                        "a default under many handlers",
                        "String p = System.getenv(\"P\"); if (p == null) p = \"/a\"; try {\n"
                                + "p = p.trim(); System.out.println(p);\n".repeat(3_000)
                                + "} catch (RuntimeException e) { p = \"/b\"; }\nnew FileWriter(p);"),
                Arguments.of(
                        "a builder",
                        "StringBuilder p = new StringBuilder(\"/a\");\n" + "p.append(p);\n".repeat(3_000)
                                + "new FileWriter(p.toString());"),
                Arguments.of(
                        "a path",
                        "Path p = Path.of(\"a\");\n" + "p = p.resolve(p);\n".repeat(3_000) + "Files.createFile(p);"),
                Arguments.of(
                        "arrays",
                        "Object[] a = {\"/a\"};\n" + arrays
                                + "Files.newByteChannel(Path.of(\"/a\"), (OpenOption[]) (Object) a);"),
                Arguments.of(
                        "arrays in a loop",
                        "Object[] a = null; while (flag) {\na = new Object[] {\"/a\"};\n" + arrays + "}\n"
                                + "Files.newByteChannel(Path.of(\"/a\"), (OpenOption[]) (Object) a);"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubling")
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void codeThatDoublesATextIsFollowedUpToTheLongestPath(String what, String body) {
        WriteSites sites = compiled(method(body + "new FileWriter(\"/after\");"));

        assertThat(sites.unreadable()).isEmpty();
        assertThat(sites.sites())
                .extracting(site -> text(site.path()))
                .contains("/after")
                .allMatch(path -> path.length() < 5_000);
    }

    /**
     * A class file of 500 KB that no compiler generates: each of its 3,000 writes may end in each of 60,000 handlers.
     */
    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void aMethodWithVeryManyHandlersIsFollowedUpToTheLimitOfSteps() throws IOException {
        ClassWriter type = new ClassWriter(0);
        type.visit(Opcodes.V17, 0, "Sample", null, "java/lang/Object", null);
        MethodVisitor method = type.visitMethod(0, "run", "()V", null, null);
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        for (int i = 0; i < 60_000; i++) {
            method.visitTryCatchBlock(start, end, handler, "java/io/IOException");
        }
        method.visitLabel(start);
        for (int i = 0; i < 3_000; i++) {
            method.visitTypeInsn(Opcodes.NEW, "java/io/FileWriter");
            method.visitInsn(Opcodes.DUP);
            method.visitLdcInsn("/a");
            method.visitMethodInsn(
                    Opcodes.INVOKESPECIAL, "java/io/FileWriter", "<init>", "(Ljava/lang/String;)V", false);
            method.visitInsn(Opcodes.POP);
        }
        method.visitLabel(end);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(handler);
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(3, 1);
        type.visitEnd();
        Files.write(classes.resolve("Sample.class"), type.toByteArray());

        WriteSites sites = Compiled.sites(classes);

        assertThat(sites.unreadable()).isEmpty();
        assertThat(sites.sites()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", textBlock = """
            BodyHandler.create()                                 => file-uploads
            BodyHandler.create("/up")                            => /up
            BodyHandler.create(true)                             => file-uploads
            BodyHandler.create(false)                            =>
            BodyHandler.create().setUploadsDirectory(given)      =>
            """)
    void theUploadDirectoryOfAHandlerIsFound(String call, String expected) {
        WriteSites sites = compiled(
                "package io.vertx.ext.web.handler; public interface BodyHandler {"
                        + " static BodyHandler create() { return null; } static BodyHandler create(boolean b) { return null; }"
                        + " static BodyHandler create(String s) { return null; }"
                        + " default BodyHandler setUploadsDirectory(String s) { return this; } }",
                "import io.vertx.ext.web.handler.BodyHandler; class Web { Object use(String given) { return " + call
                        + "; } }");

        assertThat(sites.sites().stream().map(site -> text(site.path())).toList())
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void aPathIsFoundAfterOtherArguments() {
        WriteSites sites = compiled(
                "package org.rocksdb; public class RocksDB { public static RocksDB open(Object options, String path) {"
                        + " return null; } public static RocksDB open(String path) { return null; } }",
                "class Store { Object use() { org.rocksdb.RocksDB.open(\"/b\");"
                        + " return org.rocksdb.RocksDB.open(this, \"/a\"); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path()))).containsExactly("/b", "/a");
    }

    @Test
    void filesOfSpringsPropertySourcesAreFound() {
        String annotation = " import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) public @interface ";
        WriteSites sites = compiled(
                "package org.springframework.context.annotation; import java.lang.annotation.*;"
                        + " @Repeatable(PropertySources.class) @Retention(RetentionPolicy.RUNTIME)"
                        + " public @interface PropertySource { String[] value(); }",
                "package org.springframework.context.annotation;" + annotation
                        + "PropertySources { PropertySource[] value(); }",
                "package org.springframework.context.annotation;" + annotation + "Profile { String value(); }",
                "package a; import org.springframework.context.annotation.*;"
                        + " @PropertySource({\"classpath:a.properties\", \"b.properties\"}) class One { }",
                "package a; import org.springframework.context.annotation.*;"
                        + " @PropertySource(\"c.properties\") @PropertySource(\"d.properties\") class Two { }",
                "package a; import org.springframework.context.annotation.*;"
                        + " @PropertySource(\"dev.properties\") @Profile(\"dev\") class Dev { }");

        assertThat(sites.propertySources())
                .containsExactly("classpath:a.properties", "b.properties", "c.properties", "d.properties");
    }

    @Test
    void classesInAnnotationsAndSignaturesAreMentioned() {
        WriteSites sites = compiled(
                "@javax.annotation.processing.SupportedOptions(\"Lno/type(;\") class A { java.util.List<String> f; }");

        assertThat(sites.mentions("javax.annotation.processing.SupportedOptions"))
                .isTrue();
        assertThat(sites.mentions("java.util.List")).isTrue();
        assertThat(sites.mentions("java.util.Map")).isFalse();
    }

    @Test
    void aMemberIsMentionedWithItsClass() {
        WriteSites sites = compiled("class A { Object f = java.util.List.copyOf(java.util.Set.of()); }");

        assertThat(sites.mentions("java.util.List.copy*")).isTrue();
        assertThat(sites.mentions("java.util.List.sort*")).isFalse();
        assertThat(sites.mentions("java.util.Map.copy*")).isFalse();
    }

    @Test
    void aParameterThatAnAnnotatedMethodIsGivenHasNoAnnotation() {
        String head = "import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) @interface ";
        String post = head + "POST { }";
        String form = head + "Form { }";

        for (String taken : List.of("@POST void a(java.io.File f)", "@POST void a(@Form String s, java.io.File f)")) {
            assertThat(compiled(post, form, "interface A { " + taken + "; }").mentions("@POST(java.io.File)"))
                    .as(taken)
                    .isTrue();
        }
        for (String other : List.of(
                "@POST void a(@Form java.io.File f)",
                "void a(java.io.File f); @POST void b()",
                "@Form void a(java.io.File f)")) {
            assertThat(compiled(post, form, "interface A { " + other + "; }").mentions("@POST(java.io.File)"))
                    .as(other)
                    .isFalse();
        }
    }

    /** Calls of a method that writes to its argument, and the paths written; a star marks writes at start. */
    static Stream<Arguments> callers() {
        String init = "static void init(Path root) throws Exception { Files.createDirectories(root.resolve(\"in\")); }";
        String save = "void save(String name) throws Exception { new FileWriter(\"/d/\" + name).close(); }";
        return Stream.of(
                Arguments.of("MAIN { init(Path.of(\"/a\")); } " + init, "/a/in*"),
                Arguments.of("MAIN { init(Path.of(System.getenv(\"D\"))); } " + init, "{env D}/in*"),
                Arguments.of(
                        "MAIN { init(Path.of(\"/a\")); } void later() throws Exception { init(Path.of(\"/b\")); } "
                                + init,
                        "/a/in*, /b/in"),
                Arguments.of(
                        "MAIN { init(Path.of(\"/a\")); } void later(Path p) throws Exception { init(p); } " + init,
                        "/a/in*, ?/in"),
                Arguments.of("MAIN { init(Path.of(a[0])); } " + init, "?/in*"),
                Arguments.of("MAIN { if (a.length > 0) init(Path.of(\"/a\")); } " + init, "/a/in"),
                Arguments.of(
                        "MAIN { deep(\"/a\"); } static void deep(String d) throws Exception { init(Path.of(d, \"b\")); } "
                                + init,
                        "/a/b/in*"),
                Arguments.of(
                        "MAIN { walk(Path.of(\"/a\")); } static void walk(Path p) throws Exception { if (p == null) walk(p.resolve(\"b\")); Files.createDirectory(p); }",
                        "/a*, ?/b"),
                Arguments.of("MAIN { new Main().save(\"x\"); } " + save, "/d/x*"),
                Arguments.of("MAIN { for (String s : a) new Main().save(s); } " + save, "/d/?"),
                Arguments.of(
                        "MAIN { consume(Main::make); make(\"/a\"); } static void consume(java.util.function.Consumer<String> c) { }"
                                + " static void make(String d) { new File(d).mkdirs(); if (!new File(d).mkdirs()) throw new Error(); }",
                        "/a*, ?"),
                Arguments.of(
                        "MAIN { init(Path.of(\"/a\")); } static void init(Path p) throws Exception { if (!Files.exists(p)) Files.createDirectories(p); }",
                        "/a*"),
                Arguments.of(
                        "MAIN { run(\"/a\"); } static void run(String d) throws Exception { call(() -> Files.createFile(Path.of(d))); }"
                                + " static <T> T call(java.util.concurrent.Callable<T> c) throws Exception { return c.call(); }",
                        "/a*"),
                Arguments.of(
                        "MAIN { open(\"/a\", true); } static void open(String d, boolean b) throws Exception { if (d != null) Files.createFile(Path.of(d)); }",
                        "/a*"),
                Arguments.of(
                        "MAIN { open(\"/a\"); open(null); } static void open(String d) throws Exception { if (d != null) Files.createFile(Path.of(d)); }",
                        "/a*, ?"),
                Arguments.of(
                        "MAIN { new Store(Path.of(\"/a\")).open(); } record Store(Path root) { void open() throws Exception { Files.createDirectories(root); } }",
                        "/a*"),
                Arguments.of(
                        "MAIN { new Store(\"/a\").open(); } static class Store { final File root; Store(String d) { this(new File(d)); }"
                                + " Store(File f) { root = f; } void open() throws Exception { new FileWriter(new File(root, \"x\")).close(); } }",
                        "/a/x*"),
                Arguments.of(
                        "MAIN { new Store(Path.of(\"/a\")).open(); new Store(Path.of(\"/b\")); } record Store(Path root) { void open() throws Exception {"
                                + " Files.createDirectories(root); } }",
                        "?*"),
                Arguments.of(
                        "MAIN { Settings s = new Settings(\"/a\"); make(s); } record Settings(String dir) { }"
                                + " static void make(Settings s) throws Exception { Files.createDirectories(Path.of(s.dir())); }",
                        "/a*"),
                Arguments.of(
                        "MAIN { Settings s = read(Settings.class); new Settings(\"/a\"); make(s); } record Settings(String dir) { }"
                                + " static <T> T read(Class<T> c) throws Exception { return null; }"
                                + " static void make(Settings s) throws Exception { Files.createDirectories(Path.of(s.dir())); }",
                        "?*"),
                Arguments.of(
                        "MAIN { Storage s = new Disk(); s.init(\"/a\"); } interface Storage { void init(String d) throws Exception; }"
                                + " static class Disk implements Storage { public void init(String d) throws Exception { new FileWriter(d).close(); } }",
                        "/a*"),
                Arguments.of(
                        "MAIN { new Task().accept(\"/a\"); } static class Task implements java.util.function.Consumer<String> {"
                                + " public void accept(String d) { try { new FileWriter(d).close(); } catch (IOException e) { throw new Error(e); } } }",
                        "/a*, ?"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callers")
    void aParameterHasTheValuesThatItsCallersPass(String body, String expected) {
        WriteSites sites = compiled("import java.io.*; import java.nio.file.*; class Main { "
                + body.replace("MAIN", "public static void main(String[] a) throws Exception") + " }");

        assertThat(sites.sites().stream()
                        .map(site -> text(site.path()) + (site.start() ? "*" : ""))
                        .sorted())
                .containsExactly(expected.split(", "));
    }

    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void manyLevelsOfCallersAreFollowedUpToTheLimitOfSteps() {
        StringBuilder methods = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            methods.append("static void m").append(i).append("(String a, String b) throws Exception {");
            for (int j = 0; j < 8; j++) {
                methods.append(" m")
                        .append((i + j + 1) % 300)
                        .append("(a + \"")
                        .append(j)
                        .append("\", b);");
            }
            methods.append(" new FileWriter(a).close(); }\n");
        }
        WriteSites sites =
                compiled("import java.io.*; class Main { public static void main(String[] a) throws Exception {"
                        + " m0(\"/a\", \"/b\"); } " + methods + "}");

        assertThat(sites.sites()).hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void aSiteNamesClassMethodAndLine() {
        WriteSite site = compiled("package com.example;\nclass Upload {\n void store() throws Exception {\n"
                        + "  new java.io.FileOutputStream(\"/a\");\n }\n}")
                .sites()
                .get(0);

        assertThat(site.place().describe("target/classes/com/example/Upload.class"))
                .isEqualTo("com.example.Upload.store(Upload.java:4)");
        assertThat(site.place().describe("src/main/java/com/example/Upload.java"))
                .isEqualTo("com.example.Upload.store");
        assertThat(site.call()).isEqualTo("new FileOutputStream");
    }

    @Test
    void injectedFieldsAndParametersAreReadAsTheirKeys() {
        WriteSites sites = compiled(
                "package org.springframework.beans.factory.annotation; import java.lang.annotation.*;"
                        + " @Retention(RetentionPolicy.RUNTIME) public @interface Value { String value(); }",
                "import java.nio.file.*; import org.springframework.beans.factory.annotation.Value;"
                        + " class Store { @Value(\"${app.dir:/data}/in\") String dir; private final Path out;"
                        + " Store(int n, @Value(\"${app.out}\") String out) { this.out = Path.of(out); }"
                        + " void a() throws Exception { Files.createDirectories(Path.of(dir)); }"
                        + " void b() throws Exception { Files.createDirectories(out.resolve(\"x\")); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path())))
                .containsExactly("{key app.dir:/data}/in", "{key app.out}/x");
    }

    /** Reading a key from Spring's Environment and from MicroProfile Config. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', textBlock = """
            environment.getProperty("app.dir")                                              ! {key app.dir}
            environment.getProperty("app.dir", "/data")                                     ! {key app.dir:/data}
            environment.getRequiredProperty("app.dir") + "/in"                              ! {key app.dir}/in
            environment.getProperty("app." + given)                                         ! ?
            config.getValue("app.dir", String.class)                                        ! {key app.dir}
            config.getOptionalValue("app.dir", String.class).orElse("/data")                ! {key app.dir:/data}
            """)
    void aKeyThatCodeReadsIsFound(String expression, String path) {
        WriteSites sites = compiled(
                "package org.springframework.core.env; public interface Environment { String getProperty(String key);"
                        + " String getProperty(String key, String otherwise); String getRequiredProperty(String key); }",
                "package org.eclipse.microprofile.config; public interface Config {"
                        + " <T> T getValue(String key, Class<T> type);"
                        + " <T> java.util.Optional<T> getOptionalValue(String key, Class<T> type); }",
                "class Store { void run(org.springframework.core.env.Environment environment,"
                        + " org.eclipse.microprofile.config.Config config, String given) throws Exception {"
                        + " new java.io.FileWriter(" + expression + ").close(); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path()))).containsExactly(path);
    }

    @Test
    void aGetterOfConfigurationPropertiesIsReadAsItsKey() {
        WriteSites sites = compiled(
                "package org.springframework.boot.context.properties; import java.lang.annotation.*;"
                        + " @Retention(RetentionPolicy.RUNTIME) public @interface ConfigurationProperties {"
                        + " String value() default \"\"; String prefix() default \"\"; }",
                "import org.springframework.boot.context.properties.ConfigurationProperties;"
                        + " @ConfigurationProperties(\"storage\") class Settings { private String uploadDir = \"upload\";"
                        + " public String getUploadDir() { return uploadDir; }"
                        + " public void setUploadDir(String dir) { uploadDir = dir; } }",
                "import java.nio.file.*; class Store { private final Path root;"
                        + " Store(Settings settings) { root = Paths.get(settings.getUploadDir()); }"
                        + " void a() throws Exception { Files.createDirectories(root); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path())))
                .containsExactly("{key storage.upload-dir:upload}");
    }

    /** What {@code directory("in")} returns, as a method of the class or of the one that it extends. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', textBlock = """
            private File directory(String name) { return new File("/data", name); }                      ! /data/in
            static File directory(String name) { return new File(dir(), name); } static String dir() { return System.getenv("DIR") + "/up"; } ! {env DIR}/up/in
            public File directory(String name) { return new File("/public"); }                           ! /public
            File directory(String name) { return name == null ? null : new File("/data", name); }        ! /data/in
            File directory(String name) { return name.isEmpty() ? new File("/a") : new File("/b"); }     ! /b
            File directory(String name) { if (name.isEmpty()) { return new File("/a"); } return null; }  ! ?
            File directory(String name) { try { return new File("/a").getCanonicalFile(); } catch (IOException e) { throw new UncheckedIOException(e); } } ! /a
            File directory(String name) { return directory(name + "x"); }                                ! ?
            native File directory(String name);                                                          ! ?
            """)
    void aPathThatAnOwnMethodReturnsIsKnown(String method, String path) {
        String uses = " void use() throws Exception { new FileWriter(new File(directory(\"in\"), \"x\")).close(); } ";

        for (String classes : List.of(
                "class Store {" + method + uses + "}",
                "class Store extends Base {" + uses + "} class Base {" + method.replace("private", "") + "}")) {
            assertThat(compiled("import java.io.*; " + classes).sites().stream().map(site -> text(site.path())))
                    .as(classes)
                    .containsExactly(path + "/x");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            class Other { String a() { return Store.dir; } }                                  ! /data/x
            class Other { void a() { Store.dir = "/other"; } }                                ! ?
            class Other extends Store { void a() { dir = "/other"; } }                        ! ?
            class Other { void a(String dir) { dir = "/other"; } }                            ! /data/x
            """)
    void aStaticFieldThatNoClassSetsAgainIsKnown(String other, String path) {
        WriteSites sites = compiled("import java.io.*; class Store { public static String dir = \"/data\";"
                + " void use() throws Exception { new FileWriter(dir + \"/x\").close(); } } " + other);

        assertThat(sites.sites().stream().map(site -> text(site.path()).replace("?/x", "?")))
                .containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            private static String dir = null; static { init(); } static void init() { dir = System.getenv("D"); }              ! {env D}/x
            private String dir = null; void init() { dir = System.getenv("D"); }                                               ! {env D}/x
            @Deprecated private static String dir = null; static void init() { dir = System.getenv("D"); }                     ! {env D}/x
            @Deprecated private String dir = null; void init() { dir = System.getenv("D"); }                                   ! ?
            private static String dir = null; static void init() { dir = System.getenv("D"); } static void other() { dir = "/b"; } ! ?
            private static String dir = "/a"; static void init() { dir = System.getenv("D"); }                                 ! ?
            """)
    void aFieldThatIsNullFirstHasTheOnlyValueThatIsSet(String members, String path) {
        WriteSites sites = compiled("import java.io.*; class Store { " + members
                + " void use() throws Exception { new FileWriter(dir + \"/x\").close(); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path()).replace("?/x", "?")))
                .containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new File(place().toURI()).getParentFile()",
                "new File(place().toURI().getPath()).getParentFile()",
                "new File(java.net.URLDecoder.decode(place().getPath(), \"UTF-8\")).getParentFile()",
                "java.nio.file.Paths.get(place().toURI()).getParent().toFile()"
            })
    void aPathBesideTheJarOfTheCodeIsKnown(String directory) {
        WriteSites sites = compiled("import java.io.*; class Store {"
                + " static java.net.URL place() { return Store.class.getProtectionDomain().getCodeSource().getLocation(); }"
                + " void use() throws Exception { new FileWriter(new File(" + directory + ", \"x\")).close(); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path()))).containsExactly("{directory of the jar}/x");
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a/b", "/a+b, ?", "/a%20b, ?"})
    void ofATextInTheEncodingOfUrlsOnlyWhatIsNotEncodedIsKnown(String text, String path) {
        WriteSites sites = compiled("import java.io.*; class Store { void use() throws Exception {"
                + " new FileWriter(java.net.URLDecoder.decode(\"" + text + "\", \"UTF-8\")).close(); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path()))).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', nullValues = "-", textBlock = """
            @MultipartConfig(location = "/uploads", fileSizeThreshold = 1024)    ! /uploads
            @MultipartConfig(location = "uploads")                               ! -
            @MultipartConfig                                                     ! -
            @Deprecated                                                          ! -
            """)
    void partsOfAServletsRequestAreKeptWhereItsAnnotationSays(String annotation, String path) {
        WriteSites sites = compiled(
                Compiled.annotation(
                        "jakarta.servlet.annotation.MultipartConfig",
                        "String location() default \"\";",
                        "int fileSizeThreshold() default 0;"),
                "package jakarta.servlet.http; public interface HttpServletRequest { Object getPart(String name); }",
                "import jakarta.servlet.annotation.*; " + annotation + " class Upload {"
                        + " void doPost(jakarta.servlet.http.HttpServletRequest request) { request.getPart(\"file\"); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path())).toList())
                .isEqualTo(path == null ? List.of() : List.of(path));
    }

    @Test
    void aPathOfAMethodThatSubclassesOverrideIsUnknown() {
        WriteSites sites = compiled("import java.io.*; class Store { File directory() { return new File(\"/data\"); }"
                + " void use() throws Exception { new FileWriter(directory()).close(); } }"
                + " class Other extends Store { @Override File directory() { return new File(\"/other\"); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path()))).containsExactly("?");
    }

    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void manyLevelsOfReturnedPathsAreFollowedUpToTheLimitOfSteps() {
        StringBuilder methods = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            methods.append("static String m").append(i).append("(String a) { String s = \"\";");
            for (int j = 0; j < 8; j++) {
                methods.append(" s += m")
                        .append((i + j + 1) % 300)
                        .append("(a + \"")
                        .append(j)
                        .append("\");");
            }
            methods.append(" return s + a; }\n");
        }
        WriteSites sites = compiled("import java.io.*; class Main { void use() throws Exception {"
                + " new FileWriter(m0(\"/a\")).close(); } " + methods + "}");

        assertThat(sites.sites()).hasSize(1);
    }

    @Test
    void aGetterOfNestedConfigurationPropertiesIsReadAsItsKey() {
        WriteSites sites = compiled(
                "package org.springframework.boot.context.properties; import java.lang.annotation.*;"
                        + " @Retention(RetentionPolicy.RUNTIME) public @interface ConfigurationProperties {"
                        + " String value() default \"\"; String prefix() default \"\"; }",
                "import org.springframework.boot.context.properties.ConfigurationProperties;"
                        + " @ConfigurationProperties(\"storage\") class Settings { private Local localDisk; private Twice a, b;"
                        + " static class Local { private String dir = \"up\"; private Deep deep;"
                        + "  public String getDir() { return dir; }"
                        + "  static class Deep { private String temp; public String getTemp() { return temp; } } }"
                        + " static class Twice { private String dir; public String getDir() { return dir; } } }",
                "import java.nio.file.*; class Store { void a(Settings.Local local) throws Exception {"
                        + " Files.createDirectories(Path.of(local.getDir())); }"
                        + " void b(Settings.Local.Deep deep) throws Exception { Files.createDirectories(Path.of(deep.getTemp())); }"
                        + " void c(Settings.Twice twice) throws Exception { Files.createDirectories(Path.of(twice.getDir())); } }");

        assertThat(sites.sites().stream().map(site -> text(site.path())))
                .containsExactly("{key storage.local-disk.dir:up}", "{key storage.local-disk.deep.temp}", "?");
    }

    @Test
    void onlyCodeThatCertainlyRunsAtStartIsReportedAsSuch() {
        WriteSites sites = compiled("import java.nio.file.*; class Main {"
                + " public static void main(String[] a) throws Exception { Files.createFile(Path.of(\"/main\")); prepare();"
                + "  if (a.length > 0) Files.createFile(Path.of(\"/maybe\")); }"
                + " static void prepare() throws Exception { Files.createFile(Path.of(\"/called\"));"
                + "  try { Files.createFile(Path.of(\"/wrapped\")); } catch (java.io.IOException e) {"
                + "   throw new java.io.UncheckedIOException(\"no\", e); }"
                + "  try { Files.createFile(Path.of(\"/caught\")); } catch (java.io.IOException e) { }"
                + "  new java.io.File(\"/silent\").mkdirs(); }"
                + " void never() throws Exception { Files.createFile(Path.of(\"/never\")); } }");

        assertThat(sites.sites().stream().filter(WriteSite::start).map(site -> text(site.path())))
                .containsExactlyInAnyOrder("/main", "/called", "/wrapped");
        assertThat(sites.sites()).hasSize(7);
    }

    @Test
    void singletonsThatSpringCreatesAtStartAreFollowed() {
        String annotation = " import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) public @interface ";
        WriteSites sites = compiled(
                "package org.springframework.boot.autoconfigure;" + annotation + "SpringBootApplication { }",
                "package org.springframework.stereotype;" + annotation + "Service { }",
                "package org.springframework.context.annotation;" + annotation + "Profile { String value(); }",
                "package jakarta.annotation;" + annotation + "PostConstruct { }",
                "package com.example; @org.springframework.boot.autoconfigure.SpringBootApplication class App { }",
                "package com.example.a; import java.nio.file.*; @org.springframework.stereotype.Service class Store {"
                        + " @jakarta.annotation.PostConstruct void init() throws Exception { Files.createFile(Path.of(\"/init\")); }"
                        + " void use() throws Exception { Files.createFile(Path.of(\"/use\")); } }",
                "package com.example.b; import java.nio.file.*; @org.springframework.stereotype.Service"
                        + " @org.springframework.context.annotation.Profile(\"dev\") class Dev {"
                        + " Dev() throws Exception { Files.createFile(Path.of(\"/dev-only\")); } }",
                "package org.other; import java.nio.file.*; @org.springframework.stereotype.Service class Elsewhere {"
                        + " Elsewhere() throws Exception { Files.createFile(Path.of(\"/not-scanned\")); } }");

        assertThat(sites.sites().stream().filter(WriteSite::start).map(site -> text(site.path())))
                .containsExactly("/init");
    }

    @Test
    void writesInMethodsOfObjectsAtStartAreFollowed() {
        WriteSites sites = compiled("import java.nio.file.*; class Main { final int port = 1;"
                + " public static void main(String[] a) throws Exception { new Main().go(); Base base = new Derived();"
                + "  base.maybe(); Task task = new Main().task(); task.run(); }"
                + " void go() throws Exception { Files.createFile(Path.of(\"/go\")); own(); }"
                + " private void own() throws Exception { Files.createFile(Path.of(\"/own\")); }"
                + " Task task() { return new Derived(); }"
                + " interface Task { default void run() throws Exception { Files.createFile(Path.of(\"/default\")); } }"
                + " static class Base { void maybe() throws Exception { Files.createFile(Path.of(\"/base\")); } }"
                + " static class Derived extends Base implements Task { void maybe() { } } }");

        assertThat(sites.sites().stream().filter(WriteSite::start).map(site -> text(site.path())))
                .containsExactlyInAnyOrder("/go", "/own", "/default");
    }

    @Test
    void methodsThatSpringCallsAtStartRunAtStart() {
        String annotation = " import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) public @interface ";
        WriteSites sites = compiled(
                "package org.springframework.boot.autoconfigure;" + annotation + "SpringBootApplication { }",
                "package org.springframework.context.annotation;" + annotation + "Configuration { }",
                "package org.springframework.context.annotation;" + annotation + "Bean { }",
                "package org.springframework.context.annotation;" + annotation + "Lazy { }",
                "package org.springframework.context.event;" + annotation + "EventListener { }",
                "package org.springframework.boot.context.event; public class ApplicationReadyEvent { }",
                "package com.example; @org.springframework.boot.autoconfigure.SpringBootApplication class App { }",
                "package com.example; import java.nio.file.*; import org.springframework.context.annotation.*;"
                        + " @Configuration class Beans {"
                        + " @Bean Object now() throws Exception { Files.createFile(Path.of(\"/now\")); return this; }"
                        + " @Bean @Lazy Object late() throws Exception { Files.createFile(Path.of(\"/late\")); return this; }"
                        + " @org.springframework.context.event.EventListener"
                        + " void ready(org.springframework.boot.context.event.ApplicationReadyEvent e) throws Exception {"
                        + "  Files.createFile(Path.of(\"/ready\")); }"
                        + " @org.springframework.context.event.EventListener void other(String event) throws Exception {"
                        + "  Files.createFile(Path.of(\"/other\")); } }");

        assertThat(sites.sites().stream().filter(WriteSite::start).map(site -> text(site.path())))
                .containsExactlyInAnyOrder("/now", "/ready");
    }

    private static final String POOL = "package pool; public class Pool { public void setJdbcUrl(String url) { }"
            + " public void setUrl(String url) { } public void setProperty(String key, String value) { }"
            + " public java.sql.Connection getConnection() throws java.sql.SQLException { return null; } }";

    @Test
    void aDatabaseUrlIsFoundWhereItIsPassed() {
        WriteSites sites = compiled(
                POOL,
                "import java.sql.*; class Shop { static final String FILE = \"/data/shop.db\";"
                        + " void use(pool.Pool pool, String given) throws Exception {"
                        + "  DriverManager.getConnection(\"jdbc:sqlite:\" + FILE);"
                        + "  pool.setJdbcUrl(System.getenv(\"DB_URL\"));"
                        + "  pool.setProperty(\"hibernate.connection.url\", \"jdbc:h2:./shop\");"
                        + "  pool.setUrl(\"jdbc:sqlite:\" + given);"
                        + "  pool.setUrl(\"https://example.org\"); pool.setUrl(given); pool.setProperty(\"a\", \"b\"); } }");

        assertThat(sites.sites().stream().map(site -> site.call() + " " + text(site.path())))
                .containsExactly(
                        "DriverManager.getConnection jdbc:sqlite:/data/shop.db",
                        "Pool.setJdbcUrl {env DB_URL}",
                        "Pool.setProperty jdbc:h2:./shop",
                        "Pool.setUrl jdbc:sqlite:?");
        assertThat(sites.sites()).allMatch(site -> site.effect() == WriteCall.Effect.DATABASE);
    }

    @Test
    void aDatabaseIsOpenedAtStartIfStartCodeConnects() {
        String main = "class Main { public static void main(String[] a) throws Exception {"
                + " pool.Pool pool = new pool.Pool(); pool.setJdbcUrl(\"jdbc:sqlite:/data/a.db\"); %s } }";

        assertThat(compiled(POOL, main.formatted("try (java.sql.Connection c = pool.getConnection()) { }"))
                        .sites())
                .singleElement()
                .matches(WriteSite::start);
        assertThat(compiled(POOL, main.formatted("Runnable later = () -> pool.setUrl(null);"))
                        .sites())
                .singleElement()
                .matches(site -> !site.start());
        assertThat(compiled(POOL, main.formatted("try { pool.getConnection(); } catch (java.sql.SQLException e) { }"))
                        .sites())
                .singleElement()
                .matches(site -> !site.start());
    }

    @Test
    void anInvalidClassFileIsReportedAndTheOthersAreRead() throws IOException {
        compiled("class Good { void a() throws Exception { new java.io.FileWriter(\"/a\"); } }");
        Files.write(classes.resolve("Broken.class"), new byte[] {1, 2, 3});
        byte[] newer = Files.readAllBytes(classes.resolve("Good.class"));
        newer[7] = (byte) 200;
        Files.write(classes.resolve("Newer.class"), newer);
        byte[] cut = Files.readAllBytes(classes.resolve("Good.class"));
        Files.write(classes.resolve("Cut.class"), java.util.Arrays.copyOf(cut, cut.length / 2));

        WriteSites sites = Compiled.sites(classes);

        assertThat(sites.sites()).hasSize(1);
        assertThat(sites.unreadable())
                .containsExactlyInAnyOrder(
                        new ClassFiles.Unreadable("Broken", "it is not a class file"),
                        new ClassFiles.Unreadable("Cut", "it is not a class file"),
                        new ClassFiles.Unreadable(
                                "Newer", "the class file is of a Java version that is newer than this plugin"));
    }

    @Test
    void everyTruncatedOrDamagedClassFileIsHandled() throws IOException {
        compiled(method("Files.write(DIR.resolve(given), new byte[0]); new FileWriter(own).close();"));
        Path file = classes.resolve("Sample.class");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << (i % 8));
            Files.write(file, bad);

            assertThat(Compiled.sites(classes).sites()).isNotNull();
        }
    }

    @Test
    void aJarOfVeryManyClassesIsReadUpToTheLimitWhichIsReported() throws IOException {
        Path jar = jar("many.jar", 60_000);
        WriteSites sites = Compiled.sites(jar);
        assertThat(sites.startedCalls()).isEmpty();
        assertThat(sites.unreadable())
                .contains(new ClassFiles.Unreadable(jar.toString(), "only its first 20000 classes are read"));
    }

    @Test
    void theLargestModulesAreNotFollowedWhereAllHaveTooManyClassesWhichIsReported() throws IOException {
        compiled("class Own { void run() throws Exception { new java.io.FileWriter(\"/own\"); } }");
        WriteSites sites = Compiled.sites(classes, jar("model.jar", 4_000), jar("small.jar", 2_000));

        assertThat(sites.sites()).hasSize(1);
        assertThat(sites.unreadable())
                .contains(new ClassFiles.Unreadable("model.jar", "its 4000 classes are too many to follow"))
                .noneMatch(unreadable -> unreadable.name().equals("small.jar"));
    }

    private Path jar(String name, int count) throws IOException {
        ClassWriter type = new ClassWriter(0);
        Path jar = classes.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(0);
            type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/A", null, "java/lang/Object", null);
            byte[] bytes = type.toByteArray();
            for (int i = 0; i < count; i++) {
                out.putNextEntry(new JarEntry(i == 0 ? "a/A.class" : "c/C" + i + ".class"));
                out.write(bytes);
            }
        }
        return jar;
    }
}
