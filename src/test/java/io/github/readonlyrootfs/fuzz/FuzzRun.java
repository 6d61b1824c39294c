// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import io.github.readonlyrootfs.fuzz.Invariants.Costly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Changes the files of a target repeatedly, and keeps one small example of each kind of failure. */
final class FuzzRun {

    private static final String OURS = "io.github.readonlyrootfs.";

    private final FuzzTarget target;
    private final List<FuzzProject> projects;
    private final Random random;
    private final Mutator mutator;
    private final Path saved;
    private final Map<String, Broken> broken = new LinkedHashMap<>();
    private volatile String current = "";
    private int runs;

    /**
     * A run.
     *
     * @param scratch the directory for the projects
     * @param saved the directory for breaking files
     */
    FuzzRun(FuzzTarget target, long seed, Path scratch, Path saved) {
        this.target = target;
        this.projects = target.projects(scratch);
        this.random = new Random(seed);
        this.mutator = new Mutator(random, target.language().words());
        this.saved = saved;
    }

    /** A failure and the file that caused it. */
    record Broken(String project, String file, Path example, Throwable thrown) {

        @Override
        public String toString() {
            return example + " as " + file + " of " + project + ": " + thrown;
        }
    }

    int runs() {
        return runs;
    }

    /** The current file, to report it if the check never ends. */
    String current() {
        return current;
    }

    List<Broken> broken() {
        return List.copyOf(broken.values());
    }

    /** Changes files until the time is over. */
    void until(long nanoTime) {
        while (System.nanoTime() < nanoTime) {
            mutated();
        }
    }

    private void mutated() {
        FuzzProject project = any();
        byte[] content =
                mutator.mutate(project.seed(), any().seed(), target.language().isText());
        // Files take turns.
        Set<Costly> costly = EnumSet.noneOf(Costly.class);
        for (Costly one : Costly.values()) {
            if (random.nextInt(4) == 0) {
                costly.add(one);
            }
        }
        attempt(project, content, costly);
    }

    private FuzzProject any() {
        return projects.get(random.nextInt(projects.size()));
    }

    private void attempt(FuzzProject project, byte[] content, Set<Costly> costly) {
        runs++;
        Path trying = save("trying", project, content);
        current = trying.toString();
        Optional<Throwable> thrown = thrown(project, content, costly);
        thrown.ifPresent(first -> {
            String kind = kind(first);
            if (!broken.containsKey(kind)) {
                byte[] least = new Reduction(less ->
                                thrown(project, less, costly).map(FuzzRun::kind).equals(Optional.of(kind)))
                        .of(content);
                Path example = save(Integer.toHexString(kind.hashCode()), project, least);
                Broken found = new Broken(
                        project.name(),
                        project.file(),
                        example,
                        thrown(project, least, costly).orElse(first));
                broken.put(kind, found);
                System.out.println("fuzz: " + target + " " + found);
            }
        });
        project.write(project.seed());
    }

    private Optional<Throwable> thrown(FuzzProject project, byte[] content, Set<Costly> costly) {
        try {
            new Invariants(project, target.language()).check(content, costly);
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return Optional.of(e);
        }
    }

    /** One for each place that throws, and for each invariant. */
    static String kind(Throwable thrown) {
        if (thrown instanceof Invariants.Broken) {
            String message = thrown.getMessage();
            return message.substring(0, message.indexOf(':'))
                    + message.replaceAll(".*?\\b(invalid-\\w+|[a-z]+(-[a-z]+)+)?.*", "$1");
        }
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS) && !frame.getClassName().startsWith(OURS + "fuzz")) {
                return thrown.getClass().getName() + " " + frame.getClassName() + "." + frame.getMethodName();
            }
        }
        return thrown.getClass().getName();
    }

    private Path save(String name, FuzzProject project, byte[] content) {
        try {
            Files.createDirectories(saved);
            String last = project.file().replaceFirst(".*/", "");
            return Files.write(
                    saved.resolve(target.name().toLowerCase(Locale.ROOT) + "-" + name + "-" + last), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
