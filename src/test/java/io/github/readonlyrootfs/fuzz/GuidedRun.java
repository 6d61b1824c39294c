// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A run of Jazzer, which changes the files of a target towards code that no file has reached yet. */
final class GuidedRun {

    /** Longer files reach no other code and slow the search down. */
    private static final int MAX_BYTES = 20_000;

    private final FuzzTarget target;
    private final Path scratch;
    private final Path saved;

    /**
     * A run.
     *
     * @param scratch the directory for files that reached new code
     * @param saved the directory for breaking files
     */
    GuidedRun(FuzzTarget target, Path scratch, Path saved) {
        this.target = target;
        this.scratch = scratch;
        this.saved = saved;
    }

    /** Whether Jazzer is on the class path, which its profile adds. */
    static boolean isPossible() {
        try {
            Class.forName("com.code_intelligence.jazzer.Jazzer", false, GuidedRun.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Runs Jazzer for a time; the exit code is 0 if nothing broke. Its output goes to a file. */
    int run(long seed, long seconds) throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(scratch.resolve("corpus"));
        List<FuzzProject> projects = target.projects(scratch.resolve("projects"));
        for (int i = 0; i < projects.size(); i++) {
            Files.write(
                    corpus.resolve("seed-" + i),
                    GuidedTarget.seed(i, projects.get(i).seed()));
        }
        Files.createDirectories(saved);
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-D" + GuidedTarget.TARGET + "=" + target,
                        "-D" + GuidedTarget.SAVED + "=" + saved,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + GuidedTarget.class.getName(),
                        "--instrumentation_includes=io.github.readonlyrootfs.**",
                        "--reproducer_path=" + scratch,
                        "-artifact_prefix=" + scratch + "/",
                        "-dict=" + dictionary(),
                        "-max_len=" + MAX_BYTES,
                        "-max_total_time=" + seconds,
                        "-seed=" + Integer.toUnsignedString((int) seed),
                        "-print_final_stats=1",
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        if (!jazzer.waitFor(2 * seconds + 300, TimeUnit.SECONDS)) {
            jazzer.destroyForcibly();
            return -1;
        }
        return jazzer.exitValue();
    }

    Path log() {
        return saved.resolve(target.name().toLowerCase(Locale.ROOT) + "-guided.log");
    }

    /** The number of files that Jazzer has tried, from the end of its output. */
    String executions() throws IOException {
        return Files.readAllLines(log(), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith("stat::number_of_executed_units:"))
                .map(line -> line.replaceAll("\\D+", ""))
                .findFirst()
                .orElse("an unknown number of");
    }

    private Path dictionary() throws IOException {
        StringBuilder words = new StringBuilder();
        for (String word : target.language().words()) {
            words.append('"')
                    .append(word.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"\n");
        }
        return Files.writeString(scratch.resolve("words"), words);
    }
}
