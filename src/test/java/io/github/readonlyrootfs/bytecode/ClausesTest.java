// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.bytecode.AskedProgram.Judged;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the analysis of code claims, clause by clause, as programs of which a JVM was asked. {@code -Dprograms.record} asks again, with
 * Java 21 or later, see {@link AskedProgram#ask}, and compiles them with the libraries themselves, which Maven resolves.
 */
class ClausesTest {

    private static final Path CLAUSES = Path.of("src/test/resources/bytecode/clauses.txt");

    private static final Path ANSWERS = Path.of("src/test/resources/bytecode/clauses-answers.txt");

    private static final String IMPORTS =
            "import java.io.*; import java.nio.file.*; import java.nio.channels.FileChannel; import java.util.*;"
                    + " import java.util.concurrent.*;";

    private static final String SPRING =
            " import org.springframework.boot.*; import org.springframework.boot.builder.*;"
                    + " import org.springframework.boot.autoconfigure.*; import org.springframework.boot.context.event.*;"
                    + " import org.springframework.context.*; import org.springframework.context.annotation.*;"
                    + " import org.springframework.context.event.*; import org.springframework.stereotype.*;"
                    + " import org.springframework.beans.factory.*; import org.springframework.beans.factory.annotation.*;"
                    + " import jakarta.annotation.*;\n@SpringBootApplication";

    @TempDir
    private Path directory;

    private final List<String> stubs = new ArrayList<>();

    /** By program, the types of another library. */
    private final Map<String, List<String>> others = new HashMap<>();

    @Test
    void eachClauseIsAsAJvmShowsIt() throws Exception {
        List<AskedProgram> programs = programs();
        compile(programs);
        AskedProgram.ask(programs, directory, ANSWERS);

        Map<Judged, List<String>> by = AskedProgram.judged(programs, directory, ANSWERS);

        assertThat(by).containsOnlyKeys(Judged.EXACT);
    }

    private List<AskedProgram> programs() throws IOException {
        List<AskedProgram> programs = new ArrayList<>();
        for (String text : Files.readString(CLAUSES).split("(?m)^== ", -1)) {
            String name = "c" + programs.size();
            String path = "";
            boolean unknown = false;
            List<String> options = new ArrayList<>();
            List<String> arguments = new ArrayList<>();
            List<String> libraries = new ArrayList<>();
            List<String> members = new ArrayList<>();
            StringBuilder imports = new StringBuilder();
            List<String> lines =
                    text.replace("$L", name + "l").replace("$P", name).lines().toList();
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "stub" -> stubs.add(line.substring("stub ".length()));
                    case "->" -> path = words[1];
                    case "library" ->
                        libraries.addAll(
                                List.of(line.substring("library ".length()).split(" ", -1)));
                    case "option" -> options.add(words[1]);
                    case "argument" -> arguments.add(words[1]);
                    case "file" -> TestFiles.write(classes(name).resolve(words[1]), words[2]);
                    case "other-file" -> TestFiles.write(library(name).resolve(words[1]), words[2]);
                    case "other" ->
                        others.computeIfAbsent(name, key -> new ArrayList<>())
                                .add("package " + name + "l; " + IMPORTS + " " + line.substring("other ".length()));
                    case "unknown" -> unknown = true;
                    case "import" -> imports.append(' ').append(line);
                    default -> members.add(line);
                }
            }
            if (text.startsWith("#")) {
                continue;
            }
            String code = String.join("\n", members).strip();
            String source = "// " + lines.get(0) + "\npackage " + name + "; " + IMPORTS + imports
                    + (libraries.toString().contains("springframework") ? SPRING : "") + " public class Main {\n"
                    + (code.contains("void main(")
                            ? code
                            : "public static void main(String[] args) throws Exception { " + code
                                    + " System.out.println(\"UP\"); }")
                    + "\n}\n";
            programs.add(new AskedProgram(name, path, source, options, arguments, libraries, unknown));
        }
        return programs;
    }

    private Path classes(String program) {
        return directory.resolve(program).resolve("target/classes");
    }

    private Path library(String program) {
        return directory.resolve(program).resolve("library");
    }

    private Stream<String> sources(AskedProgram program) {
        return Stream.concat(Stream.of(program.source()), others.getOrDefault(program.name(), List.of()).stream());
    }

    /** Compiles them with stubs of libraries; those of which a JVM is asked, with the libraries and their annotation processors. */
    private void compile(List<AskedProgram> programs) throws IOException {
        Path stubbed = Files.createDirectories(directory.resolve("classes"));
        Stream<String> all = Stream.concat(stubs.stream(), programs.stream().flatMap(this::sources));
        Compiled.compile(stubbed, List.of(), all.toArray(String[]::new));
        for (AskedProgram program : programs) {
            String name = program.name();
            Path own = Files.createDirectories(classes(name));
            Path library = library(name);
            if (program.isAsked()) {
                String jars = AskedProgram.classPath(program.libraries(), directory);
                List<String> options = List.of("-source", "17", "-target", "17", "-cp", jars, "-processorpath", jars);
                Compiled.compile(own, options, sources(program).toArray(String[]::new));
            } else {
                Files.move(stubbed.resolve(name), own.resolve(name));
            }
            Path other = (program.isAsked() ? own : stubbed).resolve(name + "l");
            if (Files.exists(other)) {
                Files.createDirectories(library);
                Files.move(other, library.resolve(name + "l"));
                pack(library, directory.resolve(name).resolve("library.jar"));
            }
        }
    }

    private static void pack(Path files, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> all = Files.walk(files)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(files.relativize(file).toString()));
                entries.write(Files.readAllBytes(file));
            }
        }
    }
}
