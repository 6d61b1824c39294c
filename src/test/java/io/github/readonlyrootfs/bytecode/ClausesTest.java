// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.AskedProgram.Judged;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the analysis of code claims, clause by clause, as programs of which a JVM was asked. {@code -Dprograms.record} asks again, as
 * root on Linux; Maven resolves the libraries.
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

    private final List<String> sources = new ArrayList<>();

    @Test
    void eachClauseIsAsAJvmShowsIt() throws Exception {
        List<AskedProgram> programs = programs();
        compile(programs);
        if (System.getProperty("programs.record") != null) {
            AskedProgram.ask(programs, directory, ANSWERS);
        }

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
            List<String> libraries = new ArrayList<>();
            List<String> members = new ArrayList<>();
            List<String> lines = text.replace("$L", name + "l").lines().toList();
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "stub" -> sources.add(line.substring("stub ".length()));
                    case "->" -> path = words[1];
                    case "library" -> libraries.add(words[1]);
                    case "option" -> options.add(words[1]);
                    case "file" -> {
                        Path classes =
                                Files.createDirectories(directory.resolve(name).resolve("target/classes"));
                        Files.writeString(classes.resolve(words[1]), words[2]);
                    }
                    case "other" ->
                        sources.add("package " + name + "l; " + IMPORTS + " " + line.substring("other ".length()));
                    case "unknown" -> unknown = true;
                    default -> members.add(line);
                }
            }
            if (text.startsWith("#")) {
                continue;
            }
            String code = String.join("\n", members).strip();
            String source = "// " + lines.get(0) + "\npackage " + name + "; " + IMPORTS
                    + (libraries.toString().contains("springframework") ? SPRING : "") + " public class Main {\n"
                    + (code.contains("void main(")
                            ? code
                            : "public static void main(String[] args) throws Exception { " + code
                                    + " System.out.println(\"UP\"); }")
                    + "\n}\n";
            programs.add(new AskedProgram(name, path, source, options, libraries, unknown));
        }
        return programs;
    }

    /** Compiles them with stubs of libraries: they run with the libraries themselves. */
    private void compile(List<AskedProgram> programs) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        programs.forEach(program -> sources.add(program.source()));
        Compiled.compile(classes, List.of(), sources.toArray(String[]::new));
        for (AskedProgram program : programs) {
            Path own = Files.createDirectories(directory.resolve(program.name()).resolve("target/classes"));
            Files.move(classes.resolve(program.name()), own.resolve(program.name()));
            Path library = classes.resolve(program.name() + "l");
            if (Files.exists(library)) {
                pack(library, directory.resolve(program.name()).resolve("library.jar"));
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                var files = Files.list(classes)) {
            for (Path file : files.toList()) {
                entries.putNextEntry(new JarEntry(classes.getFileName() + "/" + file.getFileName()));
                entries.write(Files.readAllBytes(file));
            }
        }
    }
}
