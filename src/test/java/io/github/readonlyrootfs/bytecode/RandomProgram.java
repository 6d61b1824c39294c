// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Makes small programs that write once when they start, somewhere, with some handler. */
final class RandomProgram {

    /** A call that writes; {@code $P} is the text of the path, {@code $Q} the path. */
    private static final List<String> WRITES = List.of(
            "Files.writeString($Q, \"x\");",
            "Files.write($Q, new byte[1]);",
            "Files.createDirectories($Q);",
            "Files.createDirectory($Q);",
            "Files.createFile($Q);",
            "Files.createTempFile($Q.getParent(), \"a\", \"b\");",
            "Files.newOutputStream($Q).close();",
            "Files.newBufferedWriter($Q).close();",
            "Files.copy(new ByteArrayInputStream(new byte[1]), $Q);",
            "try (OutputStream out = new FileOutputStream($P)) { out.write(1); }",
            "try (Writer out = new FileWriter(new File($P))) { out.write(1); }",
            "io(); new PrintWriter($P).close();",
            "new RandomAccessFile($P, \"rw\").close();",
            "FileChannel.open($Q, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();",
            "FileChannel.open($Q, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close();",
            "Files.newByteChannel($Q, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close();",
            "new java.util.logging.FileHandler($P).close();",
            "new File($P).createNewFile();",
            "io(); new File($P).mkdirs();",
            "if (!new File($P).mkdirs()) throw new IOException(\"mkdirs\");",
            "Files.delete(Path.of(\"/ro/d/file\"));",
            "Files.deleteIfExists(Path.of(\"/ro/d/file\"));",
            "Files.setLastModifiedTime(Path.of(\"/ro/d/file\"), java.nio.file.attribute.FileTime.fromMillis(0));",
            "Files.move(Path.of(\"/ro/d/file\"), $Q);",
            "java.net.UnixDomainSocketAddress a = java.net.UnixDomainSocketAddress.of($Q);"
                    + " java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX).bind(a);",
            "new ProcessBuilder(\"true\").redirectOutput(new File($P)).start().waitFor();");

    /** What is around it; {@code $W} is the write. */
    private static final List<String> HANDLERS = List.of(
            "$W",
            "$W",
            "$W",
            "try { $W } catch (IOException e) { System.err.println(e); }",
            "try { $W } catch (Exception e) { e.printStackTrace(); }",
            "try { $W } catch (FileAlreadyExistsException e) { System.err.println(e); }",
            "try { $W } catch (NoSuchFileException e) { System.err.println(e); }",
            "try { $W } catch (AccessDeniedException e) { System.err.println(e); }",
            "try { $W } catch (FileNotFoundException e) { System.err.println(e); }",
            "try { $W } catch (FileSystemException e) { System.err.println(e); }",
            "try { $W } catch (NumberFormatException | IllegalStateException e) { System.err.println(e); }",
            "try { $W } catch (RuntimeException e) { System.err.println(e); }",
            "try { $W } catch (IOException e) { throw new UncheckedIOException(e); }",
            "try { $W } catch (IOException e) { throw new IllegalStateException(\"no\", e); }",
            "try { $W } catch (Exception e) { System.exit(3); }",
            "try { $W } catch (Exception e) { Runtime.getRuntime().halt(3); }",
            "try { $W } catch (Exception e) { fail(e); }",
            "try { $W } catch (Exception e) { stop(e); }",
            "try { $W } finally { System.err.println(1); }",
            "try { $W } catch (Exception e) { if (e instanceof IOException) throw e; }",
            "for (int i = 0; i < 3; i++) { try { $W break; } catch (IOException e) { if (i == 2) throw e; } }");

    /** A text of the path; {@code $B} is {@code /ro/…} up to its last slash, {@code $N} its last name. */
    private static final List<String> TEXTS = List.of(
            "\"$B/$N\"",
            "\"$B/\" + \"$N\".trim()",
            "DIRECTORY + \"/$N\"",
            "Path.of(\"$B\").resolve(\"$N\").toString()",
            "Path.of(\"$B\", \"$N\").toAbsolutePath().toString()",
            "Path.of(\"$B/x/../$N\").normalize().toString()",
            "new File(\"$B\", \"$N\").getPath()",
            "String.format(\"%s/%s\", \"$B\", \"$N\")",
            "String.format(\"$B/%s\", \"$N\")",
            "\"$B:$N\".replace(\":\", \"/\")",
            "\"$B-$N\".replace('-', '/')",
            "System.getProperty(\"no.such\", \"$B/$N\")",
            "System.getenv().getOrDefault(\"NO_SUCH\", \"$B/$N\")",
            "Optional.ofNullable(System.getenv(\"NO_SUCH\")).orElse(\"$B/$N\")",
            "Optional.ofNullable(System.getenv(\"NO_SUCH\")).orElseGet(() -> \"$B/$N\")",
            "Objects.requireNonNullElse(System.getenv(\"NO_SUCH\"), \"$B/$N\")",
            "or(System.getenv(\"NO_SUCH\"), \"$B/$N\")",
            "String.join(\"/\", \"$B\", \"$N\")",
            "new StringBuilder(\"$B\").append('/').append(\"$N\").toString()",
            "\"  $B/$N \".strip()",
            "List.of(\"$B/$N\").get(0)",
            "new Store(\"$B\").path(\"$N\")",
            "new Setter().to(\"$B/$N\").path",
            "set(\"$B/$N\").path",
            "Path.of(\"\").toAbsolutePath().resolve(\"$B/$N\").toString()");

    private static final List<String> MORE_TEXTS = List.of(
            "setting(\"$B/$N\")",
            "Map.of(\"a\", \"$B/$N\").get(\"a\")",
            "(\"$B\".isEmpty() ? \"/x\" : \"$B\") + \"/$N\"",
            "new File(\"$B\").toPath().resolve(Path.of(\"$N\")).toString()",
            "java.net.URI.create(\"file://$B/$N\").getPath()");

    private static final List<String> FURTHER_TEXTS = List.of(
            "Optional.of(\"$B/$N\").filter(t -> !t.isEmpty()).orElse(\"/x\")",
            "Optional.of(\"$B\").map(t -> t + \"/$N\").get()",
            "Optional.ofNullable(System.getenv(\"NO_SUCH\")).map(t -> t + \"/x\").orElse(\"$B/$N\")",
            "Optional.ofNullable(System.getenv(\"NO_SUCH\")).filter(t -> !t.isBlank()).orElse(\"$B/$N\")",
            "\"xx$B/$N\".substring(2)",
            "\"$B/$N.tmp\".substring(0, \"$B/$N\".length())",
            "\"$B/$N\".toLowerCase(Locale.ROOT)",
            "\"$B/\" + \"$N\".toUpperCase().toLowerCase()",
            "java.text.MessageFormat.format(\"{0}/{1}\", \"$B\", \"$N\")",
            "PLACES[1] + \"/$N\"",
            "NAMED.get(\"b\") + \"/$N\"",
            "MADE.get(\"a\") + \"/$N\"",
            "Dir.DATA.path + \"/$N\"",
            "Dir.DATA.path() + \"/$N\"",
            "Dir.valueOf(\"DATA\").path() + \"/$N\"",
            "Dir.values()[1].path() + \"/$N\"",
            "changed(new String[] {\"/x\"})[0]",
            "\"$B\".concat(\"/$N\")",
            "\"%s/%s\".formatted(\"$B\", \"$N\")",
            "\"$B/$N,/x\".split(\",\")[0]",
            "Stream.of(\"$B\", \"$N\").collect(Collectors.joining(\"/\"))",
            "Path.of(\"$B/x\").getParent().resolve(\"$N\").toString()",
            "Path.of(\"$B/x\").resolveSibling(\"$N\").toString()",
            "properties(\"$B/$N\").getProperty(\"k\")",
            "Arrays.asList(\"/x\", \"$B/$N\").get(1)",
            "switch (\"$N\".length()) { case 0 -> \"/x\"; default -> \"$B/$N\"; }",
            "(\"$B\".endsWith(\"/\") ? \"$B\" : \"$B/\") + \"$N\"");

    /** Where it runs; {@code $H} is the handled write, {@code $T} the text of the path. */
    private static final List<String> PLACES = List.of(
            "String $P = $T; $H",
            "String $P = $T; $H",
            "write($T);",
            "new Main().write2($T);",
            "Runner runner = new Impl($T); runner.run();",
            "ForkJoinPool.commonPool().submit(() -> { write($T); return 1; }).get();",
            "Callable<Integer> call = () -> { write($T); return 1; }; call.call();",
            "for (String each : List.of($T)) { write(each); }",
            "for (String each : new String[] {$T}) { write(each); }",
            "List.of($T).forEach(Main::quiet);",
            "Thread thread = new Thread(() -> quiet($T)); thread.start(); thread.join();",
            "if (System.getenv(\"NO_SUCH\") == null) { write($T); }",
            "if (System.getenv(\"NO_SUCH\") != null) { write($T); }",
            "CompletableFuture.runAsync(() -> quiet($T)).join();",
            "new Lazy();",
            "Lazy.touch();",
            "switch (\"a\".length()) { case 1: write($T); break; default: }");

    private static final List<String> MORE_PLACES = List.of(
            "Optional.of($T).ifPresent(Main::quiet);",
            "Stream.of($T).map(String::trim).forEach(Main::quiet);",
            "new TreeMap<>(Map.of(1, $T)).forEach((key, value) -> quiet(value));",
            "new Thread(() -> quiet($T)).start();",
            "Runtime.getRuntime().addShutdownHook(new Thread(() -> quiet($T)));",
            "Executors.newSingleThreadExecutor(Main::daemon).submit(() -> { write($T); return 1; }).get();",
            "Executors.newSingleThreadExecutor(Main::daemon).execute(() -> quiet($T));",
            "Executors.newSingleThreadExecutor(Main::daemon).invokeAll(List.of(() -> { write($T); return 1; })).get(0).get();",
            "new Child($T).go();",
            "Kind.ONE.name();",
            "do { write($T); } while (args.length > 9);",
            "while (true) { write($T); break; }",
            "synchronized (Main.class) { write($T); }",
            "if (args.length == 0) { write($T); }",
            "for (int i = 0; i < args.length; i++) { write($T); }",
            "Supplier<String> late = () -> { quiet($T); return null; }; late.getClass();",
            "try (Held held = new Held($T)) { held.hashCode(); }",
            "try (Held held = new Held(null)) { held.path = $T; }",
            "new Object() { { write($T); } };");

    private static final List<String> FURTHER_PLACES = List.of(
            "Files.walkFileTree(Path.of(\"/ro/d\"), new SimpleFileVisitor<>() { @Override public FileVisitResult visitFile(Path f,"
                    + " java.nio.file.attribute.BasicFileAttributes a) throws IOException { quiet($T); return FileVisitResult.CONTINUE; } });",
            "Files.walkFileTree(Path.of(\"/ro/d\"), new Visitor());",
            "new Timer(true).schedule(new TimerTask() { @Override public void run() { quiet($T); } }, 0);",
            "new Timer(true).schedule(new Ticking(), 0);",
            "Executors.newScheduledThreadPool(1, Main::daemon).schedule(() -> quiet($T), 0, TimeUnit.SECONDS);",
            "Executors.newScheduledThreadPool(1, Main::daemon).scheduleAtFixedRate(() -> quiet($T), 0, 1, TimeUnit.SECONDS);",
            "Executors.newScheduledThreadPool(1, Main::daemon).schedule(() -> { write($T); return 1; }, 0, TimeUnit.SECONDS).get();",
            "Exception kept = null; try { write($T); } catch (Exception e) { kept = e; } if (kept != null) throw kept;",
            "Exception kept = null; try { write($T); } catch (Exception e) { kept = e; } if (kept != null) System.err.println(kept);",
            "Exception kept = null; for (int i = 0; i < 3; i++) { try { write($T); kept = null; break; } catch (Exception e) { kept = e; } }"
                    + " if (kept != null) throw new IllegalStateException(kept);",
            "List<Exception> errors = new ArrayList<>(); try { write($T); } catch (Exception e) { errors.add(e); }"
                    + " if (!errors.isEmpty()) throw errors.get(0);",
            "int code = code($T); if (code != 0) System.exit(code);",
            "int code = code($T); if (code == 0) System.out.println(\"UP\"); System.exit(code);",
            "System.out.println(\"UP\"); System.exit(code($T));",
            "if (!ok($T)) throw new IllegalStateException();",
            "if (!ok($T)) System.err.println(\"no\");",
            "if (!ok($T)) return;",
            "boolean ok = true; try { write($T); } catch (Exception e) { ok = false; } if (!ok) System.exit(4);",
            "try { write($T); } catch (Exception e) { quiet($T); }",
            "try { write($T); } catch (Exception e) { throw wrapped(e); }",
            "String[] paths = {\"/x\"}; fill(paths, $T); write(paths[0]);",
            "Files.list(Path.of(\"/ro/d\")).forEach(p -> quiet($T));",
            "IntStream.range(0, 1).forEach(i -> quiet($T));",
            "Arrays.stream(new String[] {$T}).forEach(Main::quiet);",
            "retry(() -> { write($T); return 1; });",
            "boolean done = false; while (!done) { write($T); done = true; }",
            "Main.class.getDeclaredMethod(\"write\", String.class).invoke(null, $T); /* write(String) */",
            "Thread.setDefaultUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(5)); new Thread(() -> quiet($T)).start();",
            "Thread.setDefaultUncaughtExceptionHandler((t, e) -> System.err.println(e)); new Thread(() -> quiet($T)).start();",
            "try { quiet($T); } catch (RuntimeException e) { if (e.getCause() instanceof IOException) throw e; }",
            "Map<String, String> map = new HashMap<>(); map.put(\"a\", $T); write(map.get(\"a\"));",
            "List<String> list = new ArrayList<>(); list.add($T); for (String each : list) { write(each); }",
            "quiet($T.toString());",
            "CompletableFuture.supplyAsync(() -> { quiet($T); return 1; }).exceptionally(e -> 2).join();",
            "CompletableFuture.supplyAsync(() -> { quiet($T); return 1; }).whenComplete((v, e) -> { if (e != null) System.exit(6); });");

    /** A program with threads goes on for a moment, as a service does: one of them may end it. */
    private static final String SERVES = " Thread.sleep(300);";

    /** Members of the class, by the text that asks for them. */
    private static final Map<String, String> MEMBERS = new LinkedHashMap<>();

    static {
        MEMBERS.put(
                "setting(",
                "static String setting(String p) { System.setProperty(\"n\", p); return System.getProperty(\"n\"); }");
        MEMBERS.put(
                "Main::daemon",
                "static Thread daemon(Runnable run) { Thread t = new Thread(run); t.setDaemon(true); return t; }");
        MEMBERS.put(
                "Child(",
                "static class Child extends Parent { String path; Child(String p) { path = p; } void write() throws Exception { Main.write(path); } }");
        MEMBERS.put(
                "Parent {",
                "abstract static class Parent { void go() throws Exception { write(); } abstract void write() throws Exception; }");
        MEMBERS.put("Kind.ONE", "enum Kind { ONE($T); Kind(String p) { quiet(p); } }");
        MEMBERS.put(
                "Held(",
                "static class Held implements AutoCloseable { String path; Held(String p) throws Exception { if (p != null) write(p); }"
                        + " public void close() throws Exception { if (path != null) write(path); } }");
        MEMBERS.put("DIRECTORY", "static final String DIRECTORY = \"$B\";");
        MEMBERS.put("new Lazy", "static class Lazy { static { quiet($T); } }");
        MEMBERS.put("Lazy.touch", "static class Lazy { static { quiet($T); } static void touch() { } }");
        MEMBERS.put(
                "Impl(",
                "record Impl(String path) implements Runner { public void run() throws Exception { write(path); } }");
        MEMBERS.put("Runner", "interface Runner { void run() throws Exception; }");
        MEMBERS.put(
                "Visitor(",
                "static class Visitor extends SimpleFileVisitor<Path> { @Override public FileVisitResult preVisitDirectory(Path f,"
                        + " java.nio.file.attribute.BasicFileAttributes a) throws IOException { quiet($T); return FileVisitResult.CONTINUE; } }");
        MEMBERS.put(
                "Ticking(", "static class Ticking extends TimerTask { @Override public void run() { quiet($T); } }");
        MEMBERS.put(
                "code(",
                "static int code(String p) { try { write(p); return 0; } catch (Exception e) { System.err.println(e); return 1; } }");
        MEMBERS.put(
                "ok(",
                "static boolean ok(String p) { try { write(p); return true; } catch (Exception e) { return false; } }");
        MEMBERS.put(
                "wrapped(", "static RuntimeException wrapped(Exception e) { return new IllegalStateException(e); }");
        MEMBERS.put("fill(", "static void fill(String[] all, String p) { all[0] = p; }");
        MEMBERS.put(
                "retry(",
                "static <R> R retry(Callable<R> call) throws Exception { for (int i = 0; ; i++) { try { return call.call(); } catch (IOException e) { if (i == 2) throw e; } } }");
        MEMBERS.put("PLACES", "static final String[] PLACES = {\"/x\", \"$B\"};");
        MEMBERS.put("NAMED", "static final Map<String, String> NAMED = Map.of(\"a\", \"/x\", \"b\", \"$B\");");
        MEMBERS.put(
                "MADE", "static final Map<String, String> MADE = new HashMap<>(); static { MADE.put(\"a\", \"$B\"); }");
        MEMBERS.put(
                "Dir.",
                "enum Dir { OTHER(\"/x\"), DATA(\"$B\"); final String path; Dir(String p) { path = p; } String path() { return path; } }");
        MEMBERS.put("changed(", "static String[] changed(String[] all) { all[0] = \"$B/$N\"; return all; }");
        MEMBERS.put(
                "properties(",
                "static Properties properties(String p) { Properties all = new Properties(); all.setProperty(\"k\", p); return all; }");
        MEMBERS.put(
                "quiet",
                "static void quiet(String path) { try { write(path); } catch (Exception e) { throw new RuntimeException(e); } }");
        MEMBERS.put("write(", "static void write(String path) throws Exception { $H }");
        MEMBERS.put("write2(", "void write2(String path) throws Exception { $H }");
        MEMBERS.put("io()", "static void io() throws IOException { }");
        MEMBERS.put("fail(e)", "static void fail(Exception e) { throw new IllegalStateException(e); }");
        MEMBERS.put("stop(e)", "static void stop(Exception e) { System.err.println(e); System.exit(2); }");
        MEMBERS.put(
                "or(System",
                "static String or(String text, String other) { return text == null || text.isBlank() ? other : text; }");
        MEMBERS.put("set(", "static Setter set(String path) { Setter s = new Setter(); s.setPath(path); return s; }");
        MEMBERS.put("Store(", "record Store(String base) { String path(String name) { return base + \"/\" + name; } }");
        MEMBERS.put(
                "Setter",
                "static class Setter { String path; void setPath(String p) { path = p; } Setter to(String p) { this.path = p; return this; } }");
    }

    /** The texts and places that a program may have. */
    record Range(List<String> texts, List<String> places) {

        static final Range FIRST = new Range(TEXTS, PLACES);

        static final Range WIDER = new Range(both(TEXTS, MORE_TEXTS), both(PLACES, MORE_PLACES));

        /** Half of them are the newest. */
        static final Range WIDEST = new Range(
                both(TEXTS, MORE_TEXTS, FURTHER_TEXTS, FURTHER_TEXTS),
                both(PLACES, MORE_PLACES, FURTHER_PLACES, FURTHER_PLACES));
    }

    private RandomProgram() {}

    static AskedProgram of(long seed, int number, Range range) {
        Random random = new Random(seed * 1_000_003 + number);
        String write = one(WRITES, random);
        String directory = random.nextInt(4) == 0 ? "/ro/new" : "/ro/d";
        String name = "n" + number;
        String text = one(range.texts, random).replace("$B", directory).replace("$N", name);
        String handled =
                one(HANDLERS, random).replace("$W", write).replace("$P", "path").replace("$Q", "Path.of(path)");
        String place = one(range.places, random)
                .replace("$T", text)
                .replace("$H", handled)
                .replace("$P", "path");
        String written =
                !write.contains("$") ? "/ro/d/file" : write.contains("getParent") ? directory : directory + "/" + name;
        StringBuilder members = new StringBuilder();
        Set<String> added = new HashSet<>();
        String all = place + text;
        for (boolean more = true; more; ) {
            more = false;
            for (Map.Entry<String, String> member : MEMBERS.entrySet()) {
                if (all.contains(member.getKey()) && added.add(member.getKey())) {
                    String code = member.getValue()
                            .replace("$H", handled)
                            .replace("$T", text)
                            .replace("$B", directory)
                            .replace("$N", name);
                    members.append("  ").append(code).append('\n');
                    all += code;
                    more = true;
                }
            }
        }
        String source = """
                package p%d;
                import java.io.*; import java.nio.file.*; import java.nio.channels.FileChannel; import java.util.*; import java.util.concurrent.*; import java.util.function.*; import java.util.stream.*;
                public class Main {
                  public static void main(String[] args) throws Exception {
                    %s
                    System.out.println("UP");%s
                  }
                %s}
                """.formatted(
                        number,
                        place,
                        Stream.of("Thread", "Async", "Timer", "Executor").anyMatch(all::contains) ? SERVES : "",
                        members);
        return new AskedProgram(
                "p" + number, written, source, List.of(), List.of(), List.of(), source.contains("if (System.getenv("));
    }

    @SafeVarargs
    private static List<String> both(List<String>... some) {
        List<String> all = new ArrayList<>();
        for (List<String> each : some) {
            all.addAll(each);
        }
        return all;
    }

    private static String one(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
