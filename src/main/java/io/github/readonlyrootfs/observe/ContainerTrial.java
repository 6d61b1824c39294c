// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.observe.Companions.Companion;
import io.github.readonlyrootfs.observe.Companions.Stage;
import io.github.readonlyrootfs.observe.ContainerRun.Setup;
import io.github.readonlyrootfs.observe.Engine.Output;
import io.github.readonlyrootfs.observe.RunResult.End;
import io.github.readonlyrootfs.observe.RunSettings.ReadySigns;
import io.github.readonlyrootfs.source.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts a container, waits until it is ready, uses it, and removes it with all that it made. */
public final class ContainerTrial {

    private static final Duration BUILD = Duration.ofMinutes(15);

    /** An image may have to be pulled. */
    private static final Duration START = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(250);

    /** Some listen, or say that they are ready, before the write that ends them. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** What a program writes when it is asked to end, it writes in this time. */
    private static final String GRACE = "3";

    /** So many lines of a log are looked at. */
    private static final String TAIL = "2000";

    private static final String MAX_LOG = "10m";

    static final String ID = "{{.Id}}";

    static final String BASE = "{{index .RootFS.Layers 0}}";

    private static final Pattern NO_BASE = Pattern.compile(
            "failed to resolve source metadata|pull access denied|manifest unknown|failed to do request",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_IMAGE = Pattern.compile(
            "no such image|pull access denied|manifest unknown|repository does not exist|not found: manifest|"
                    + "unable to find image|failed to resolve|failed to pull|unauthorized|no basic auth|name unknown|"
                    + "requested access to the resource is denied",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OTHER_PROCESSOR = Pattern.compile(
            "exec format error|no matching manifest|does not match the (?:specified|detected host) platform",
            Pattern.CASE_INSENSITIVE);

    private final EngineSession session;
    private final Engine engine;
    private final RunSettings settings;
    private final Consumer<String> said;

    /**
     * Runs in a session with an engine.
     *
     * @param said takes a line about what does not run with a container
     */
    public ContainerTrial(EngineSession session, RunSettings settings, Consumer<String> said) {
        this.session = session;
        this.engine = session.engine();
        this.settings = settings;
        this.said = said;
    }

    /** Nothing could be seen; the message says why, and what to do, as half a sentence behind the container's name. */
    public static final class NothingSeenException extends Exception {
        private static final long serialVersionUID = 1L;

        NothingSeenException(String message) {
            super(message);
        }
    }

    /**
     * What happened.
     *
     * @param text as half a sentence behind the name of the container
     */
    public record Outcome(boolean works, String text) {}

    /** Builds and starts a container once with a read-only root. */
    public Outcome of(ContainerRun run) {
        try {
            String image = image(run);
            RunResult result = first(run, image, Optional.empty());
            if (result.end() == End.NOT_STARTED) {
                return new Outcome(false, result.words());
            }
            boolean blameless =
                    !result.works() && !result(run, image, Setup.WRITABLE).works();
            return new Outcome(
                    result.works(),
                    "started read-only: " + result.words()
                            + (blameless ? "; with a writable root it does not do its job either" : ""));
        } catch (NothingSeenException e) {
            return new Outcome(false, String.valueOf(e.getMessage()));
        }
    }

    /** The image of a container that can be run; builds that of the project. */
    String image(ContainerRun run) throws NothingSeenException {
        rejectMissing(run);
        if (!run.isKnown()) {
            throw new NothingSeenException("was not started: its command is not completely known");
        }
        if (engine.fillsVolumes() && !run.sharedEmpty().isEmpty()) {
            throw new NothingSeenException("was not started: " + engine.name() + " fills the volume at "
                    + run.sharedEmpty().get(0) + " from the image, which ECS leaves empty; use docker or podman");
        }
        if (!run.isBuilt()) {
            return run.image().orElseThrow(() -> new NothingSeenException("was not started: its image is not known"));
        }
        String before = session.built().get(run.name());
        if (before != null) {
            return before;
        }
        String name = session.image();
        Output built = engine.run(BUILD, run.build(engine, name), run.buildArgs());
        if (!built.isOk()) {
            throw new NothingSeenException("was not started: "
                    + (NO_BASE.matcher(built.text()).find()
                            ? "its base image is not here and cannot be pulled: pull it, or log in to its registry"
                            : "the build failed")
                    + ": " + reason(run, built));
        }
        session.built().put(run.name(), name);
        return name;
    }

    /** Runs a container as its task says for the first time. */
    RunResult first(ContainerRun run, String image, Optional<Consumer<String>> after) throws NothingSeenException {
        RunResult first = result(run, image, Setup.OF_TASK, after);
        String text = first.log().text();
        if (!first.isReady() && OTHER_PROCESSOR.matcher(text).find()) {
            throw new NothingSeenException("was not started: its image is for another processor ("
                    + first.log().lastLine()
                    + "); build it for this machine's, or observe it on a machine of its kind");
        }
        if (first.end() == End.NOT_STARTED && NO_IMAGE.matcher(text).find()) {
            throw new NothingSeenException("was not started: its image is not here and cannot be pulled ("
                    + first.log().lastLine() + "); build or pull it, or log in to its registry");
        }
        // The run may have pulled it.
        moved(run, image).ifPresent(said);
        return first;
    }

    /** Whether the record of an earlier run is about another image of the same name, which only an engine can tell. */
    private Optional<String> moved(ContainerRun run, String image) {
        return run.observed()
                .filter(known -> differs(known.base(), property(image, BASE))
                        || (!run.isBuilt()
                                && known.engine().equals(engine.name())
                                && differs(known.image(), property(image, ID))))
                .map(known -> run.name() + " runs on another image than on " + known.date()
                        + ", when it was observed: a tag has moved, or this is another processor; observe it again");
    }

    private static boolean differs(String then, String now) {
        return !then.isEmpty() && !now.isEmpty() && !then.equals(now);
    }

    /** A property of an image, by a template; empty if the engine does not tell it. */
    String property(String image, String template) {
        Output output = engine.run(List.of("image", "inspect", "--format", template, image));
        return output.isOk() ? output.text().strip() : "";
    }

    /** Runs a container. */
    RunResult result(ContainerRun run, String image, Setup setup) {
        return result(run, image, setup, Optional.empty());
    }

    /**
     * Runs a container, and asks it to end where something is asked of it.
     *
     * @param after what is asked of the container when it is ready, and when it has ended, by its name
     */
    RunResult result(ContainerRun run, String image, Setup setup, Optional<Consumer<String>> after) {
        try (OneRun one = new OneRun(session, run)) {
            Optional<String> failure = start(Stage.BEFORE, run, one).or(() -> awaited(run, one));
            return failure.isPresent() ? notStarted(run, failure.get()) : started(run, image, setup, one, after);
        }
    }

    /**
     * Starts the containers that run with another; says why one did not get where it has to be, if the other one needs it, or
     * had it in an earlier run.
     */
    private Optional<String> start(Stage stage, ContainerRun run, OneRun one) {
        for (Companion other : run.companions()) {
            String name = other.run().name();
            if (other.stage() == stage && session.others().getOrDefault(name, true)) {
                Optional<String> failure = failure(other.run(), one);
                if (failure.isEmpty()) {
                    session.others().put(name, true);
                } else if (stage == Stage.BEFORE
                        || isUp(String.valueOf(one.started().get(run.judged().name())))) {
                    if (other.needed() || session.others().putIfAbsent(name, false) != null) {
                        return failure.map(why -> "container " + name + " " + why);
                    }
                    said.accept(
                            run.name() + " runs without container " + name + " of its task, which " + failure.get());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> failure(ContainerRun run, OneRun one) {
        try {
            String image = image(run);
            Optional<String> missing = awaited(run, one);
            if (missing.isPresent()) {
                return missing.map(why -> "was not started: " + why);
            }
            Setup setup = run.isReadOnly() ? Setup.OF_TASK : Setup.WRITABLE;
            Output start = run(run, image, setup, one);
            return start.isOk() ? Optional.empty() : Optional.of("did not start: " + reason(run, start));
        } catch (NothingSeenException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Waits for what a container depends on; says what did not get where it has to be. */
    private Optional<String> awaited(ContainerRun run, OneRun one) {
        for (Map.Entry<String, String> wanted :
                Companions.conditions(run.judged()).entrySet()) {
            String on = wanted.getKey();
            String name = one.started().get(on);
            if (name != null && !hasReached(wanted.getValue(), one.run(on), name)) {
                return Optional.of("container " + on
                        + (wanted.getValue().equals("HEALTHY") ? " is not healthy: " : " did not end well: ")
                        + reason(one.run(on), engine.run(List.of("logs", "--tail", "1", name))));
            }
        }
        return Optional.empty();
    }

    private boolean hasReached(String condition, ContainerRun run, String name) {
        return switch (condition) {
            case "COMPLETE", "SUCCESS" -> {
                Output end = engine.run(settings.readyTimeout(), List.of("wait", name));
                yield end.isOk()
                        && (condition.equals("COMPLETE") || end.text().strip().equals("0"));
            }
            case "HEALTHY" -> isHealthy(name, run.healthCheck());
            default -> true;
        };
    }

    /** Rejects a container if one of its variables has no value. */
    private void rejectMissing(ContainerRun run) throws NothingSeenException {
        List<String> missing = new ArrayList<>(run.missingVariables());
        missing.removeAll(settings.values().keySet());
        if (!missing.isEmpty()) {
            throw new NothingSeenException("was not started: nothing gives its variables a value: "
                    + String.join(", ", missing) + "; write NAME=value lines into a file");
        }
    }

    private boolean isHealthy(String name, List<String> check) {
        long begin = System.nanoTime();
        while (!check.isEmpty() && !engine.run(exec(name, check)).isOk()) {
            if (System.nanoTime() - begin > settings.readyTimeout().toNanos() || !paused()) {
                return false;
            }
        }
        return !check.isEmpty();
    }

    /** Starts a container in the network of its task, unless that is of the kind "bridge". */
    private Output run(ContainerRun run, String image, Setup setup, OneRun one) {
        Optional<String> other = one.started().values().stream()
                .filter(up -> run.sharesNetwork() && isUp(up))
                .findFirst();
        Map<String, String> variables = run.variables(settings.values());
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", one.container(run), "--network"));
        words.add(other.map(name -> "container:" + name).orElse(settings.network()));
        words.addAll(EngineSession.label());
        words.addAll(List.of(
                "--log-driver", engine.isPodman() ? "k8s-file" : "json-file", "--log-opt", "max-size=" + MAX_LOG));
        if (setup.readOnly()) {
            words.add("--read-only");
            if (engine.isPodman()) {
                words.add("--read-only-tmpfs=false");
            }
        }
        words.addAll(run.arguments(image, setup, one, engine, variables));
        Output start = engine.run(START, words, variables);
        // That one may have ended at this moment, and its network with it.
        return start.isOk() || other.filter(name -> !isUp(name)).isEmpty() ? start : run(run, image, setup, one);
    }

    private RunResult started(
            ContainerRun run, String image, Setup setup, OneRun one, Optional<Consumer<String>> after) {
        Output start = run(run, image, setup, one);
        if (!start.isOk()) {
            return notStarted(run, start.text());
        }
        String name = String.valueOf(one.started().get(run.judged().name()));
        Optional<String> failure = start(Stage.STARTED, run, one);
        // Images may have been pulled before.
        RunResult used = waited(run, name, System.nanoTime());
        if (failure.isEmpty() && used.isReady() && used.end() != End.DONE) {
            failure = start(Stage.READY, run, one);
            used = driven(run, one, name, used);
        }
        if (failure.isPresent()) {
            return notStarted(run, failure.get());
        }
        if (after.isPresent()) {
            // What it removes when it ends, and what it writes then.
            after.get().accept(name);
            engine.run(List.of("stop", "-t", GRACE, name));
            after.get().accept(name);
        }
        return new RunResult(used.end(), used.code(), used.seconds(), used.driven(), printed(run, name));
    }

    private RunResult waited(ContainerRun run, String name, long begin) {
        ReadySigns signs = settings.signs(run);
        if (signs.isEmpty()) {
            Output ended = engine.run(settings.upFor().minusNanos(System.nanoTime() - begin), List.of("wait", name));
            return ended.exit().isEmpty() && isUp(name)
                    ? ended(End.UP, "", seconds(begin), RunLog.NONE)
                    : exited(ended.text().strip(), begin, settings.drive().isPresent());
        }
        while (true) {
            String state = state(name);
            if (!state.startsWith("true")) {
                return exited(state.strip().replaceFirst("^false ", ""), begin, true);
            }
            Optional<String> missing = missing(signs, run, name);
            if (missing.isEmpty()) {
                long seconds = seconds(begin);
                Output ended = engine.run(settled(signs, begin), List.of("wait", name));
                if (ended.exit().isPresent()) {
                    return exited(ended.text().strip(), begin, true);
                }
                missing = missing(signs, run, name);
                if (missing.isEmpty()) {
                    return ended(End.READY, "", seconds, RunLog.NONE);
                }
            }
            if (System.nanoTime() - begin > settings.readyTimeout().toNanos() || !paused()) {
                return new RunResult(End.LATE, "", seconds(begin), missing, RunLog.NONE);
            }
        }
    }

    /** A port of the task says less than one that the user names: the container must be up for a time too. */
    private Duration settled(ReadySigns signs, long begin) {
        Duration rest = settings.upFor().minusNanos(System.nanoTime() - begin);
        boolean ofTask = !signs.ports().isEmpty() && settings.readyPort().isEmpty();
        return ofTask && rest.compareTo(SETTLED) > 0 ? rest : SETTLED;
    }

    /** Which sign a container does not give yet. */
    private Optional<String> missing(ReadySigns signs, ContainerRun run, String name) {
        if (signs.log().isPresent() && !printed(run, name).has(signs.log().get())) {
            return Optional.of("its log has no match of readyLog");
        }
        Truth listens = signs.ports().isEmpty() ? Truth.TRUE : Sockets.listens(engine, name, signs.ports());
        if (listens.isFalse() || (!listens.isTrue() && settings.readyPort().isPresent())) {
            return Optional.of("nothing listens on " + signs.portWords());
        }
        return signs.healthCheck().isEmpty()
                        || engine.run(exec(name, signs.healthCheck())).isOk()
                ? Optional.empty()
                : Optional.of("its health check does not pass");
    }

    private boolean isUp(String name) {
        return state(name).startsWith("true");
    }

    private String state(String name) {
        return engine.run(List.of("inspect", "--format", "{{.State.Running}} {{.State.ExitCode}}", name))
                .text();
    }

    private static boolean paused() {
        try {
            Thread.sleep(POLL.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> exec(String name, List<String> command) {
        return Stream.concat(Stream.of("exec", name), command.stream()).toList();
    }

    /** Uses a container that is ready. */
    private RunResult driven(ContainerRun run, OneRun one, String name, RunResult ready) {
        if (settings.drive().isEmpty()) {
            return ready;
        }
        List<String> command = List.of("/bin/sh", "-c", settings.drive().get());
        List<String> words = exec(name, command);
        if (settings.driveImage().isPresent()) {
            words = new ArrayList<>(List.of("run", "--rm", "--network", "container:" + name));
            words.addAll(EngineSession.label());
            words.addAll(List.of("--name", one.container(), "--entrypoint", "/bin/sh"));
            words.add(settings.driveImage().get());
            words.addAll(command.subList(1, command.size()));
        }
        Output used = engine.run(settings.readyTimeout(), words);
        if (used.isOk()) {
            return ready;
        }
        String how = used.exit().isEmpty()
                ? "did not end"
                : "ended with exit code " + used.exit().get();
        return new RunResult(
                ready.end(), "", ready.seconds(), Optional.of("drive " + how + ": " + reason(run, used)), RunLog.NONE);
    }

    /** @param serves whether it is a service, which does not end by itself */
    private static RunResult exited(String code, long begin, boolean serves) {
        boolean known = code.matches("\\d{1,3}");
        End end = code.equals("0") ? serves ? End.LATE : End.DONE : End.EXITED;
        return ended(end, known ? code : "", seconds(begin), RunLog.NONE);
    }

    private static long seconds(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }

    private static RunResult ended(End end, String code, long seconds, RunLog log) {
        return new RunResult(end, code, seconds, Optional.empty(), log);
    }

    private RunResult notStarted(ContainerRun run, String why) {
        return ended(End.NOT_STARTED, "", 0, log(run, why));
    }

    private RunLog printed(ContainerRun run, String name) {
        return log(run, engine.run(List.of("logs", "--tail", TAIL, name)).text());
    }

    private RunLog log(ContainerRun run, String text) {
        return new RunLog(
                text,
                Stream.concat(run.secrets().stream(), settings.values().values().stream())
                        .toList());
    }

    private String reason(ContainerRun run, Output output) {
        String line = log(run, output.text()).lastLine();
        return output.exit().isEmpty() ? "it took too long" : line.isEmpty() ? "it printed nothing" : line;
    }
}
