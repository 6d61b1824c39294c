// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.observe.Engine.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Builds the image of a container, and starts the container once with a read-only root. Nothing of it is left. */
public final class ContainerTrial {

    private static final Duration BUILD = Duration.ofMinutes(15);

    /** An image may have to be pulled. */
    private static final Duration START = Duration.ofMinutes(5);

    private static final Duration QUICK = Duration.ofSeconds(60);

    private final Engine engine;
    private final Duration watched;

    /**
     * A trial with an engine.
     *
     * @param watched after which time a container that is still up works
     */
    public ContainerTrial(Engine engine, Duration watched) {
        this.engine = engine;
        this.watched = watched;
    }

    /**
     * What happened.
     *
     * @param text as half a sentence behind the name of the container
     */
    public record Outcome(boolean works, String text) {}

    /** Builds and starts a container. */
    public Outcome of(ContainerRun run) {
        if (!run.isKnown()) {
            return new Outcome(false, "was not started: its command is not completely known");
        }
        String name = "readonly-rootfs-try-" + UUID.randomUUID().toString().toLowerCase(Locale.ROOT);
        Optional<List<String>> build = run.build(name);
        Optional<String> image = build.isPresent() ? Optional.of(name) : run.image();
        if (image.isEmpty()) {
            return new Outcome(false, "was not started: its image is not known");
        }
        Thread removal = new Thread(() -> remove(name, build.isPresent()), "readonly-rootfs removal");
        Runtime.getRuntime().addShutdownHook(removal);
        try {
            if (build.isPresent()) {
                Output built = engine.run(BUILD, build.get());
                if (!built.isOk()) {
                    return new Outcome(false, "was not started: the build failed: " + reason(run, built));
                }
            }
            return started(run, name, image.get());
        } finally {
            remove(name, build.isPresent());
            Runtime.getRuntime().removeShutdownHook(removal);
        }
    }

    private Outcome started(ContainerRun run, String name, String image) {
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name, "--network", "none", "--read-only"));
        if (engine.isPodman()) {
            words.add("--read-only-tmpfs=false");
        }
        words.addAll(run.arguments(image));
        Output start = engine.run(START, words);
        if (!start.isOk()) {
            return new Outcome(false, "did not start: " + reason(run, start));
        }
        Output ended = engine.run(watched, List.of("wait", name));
        if (ended.exit().isEmpty()) {
            return new Outcome(true, "is still up after " + watched.toSeconds() + " s with a read-only root");
        }
        String code = ended.text().strip();
        if (code.equals("0")) {
            return new Outcome(true, "ended with exit code 0 with a read-only root");
        }
        return new Outcome(
                false,
                "exited " + (code.matches("\\d{1,3}") ? code : "for an unknown reason") + " with a read-only root: "
                        + reason(run, engine.run(QUICK, List.of("logs", "--tail", "200", name))));
    }

    private static String reason(ContainerRun run, Output output) {
        String line = new RunLog(output.text(), run.secrets()).lastLine();
        return output.exit().isEmpty() ? "it took too long" : line.isEmpty() ? "it printed nothing" : line;
    }

    private void remove(String name, boolean image) {
        boolean interrupted = Thread.interrupted();
        engine.run(QUICK, List.of("rm", "-f", "-v", name));
        if (image) {
            engine.run(QUICK, List.of("rmi", name));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
