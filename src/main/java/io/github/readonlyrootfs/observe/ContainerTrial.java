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

    private static final long POLL_MILLIS = 250;

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
    private final ContainerRun run;
    private final String image;

    /** Builds the image of a container, if it is the project's; {@code said} takes a line about what does not run with it. */
    ContainerTrial(EngineSession session, RunSettings settings, Consumer<String> said, ContainerRun run)
            throws NothingSeenException {
        this.session = session;
        this.engine = session.engine();
        this.settings = settings;
        this.said = said;
        this.run = run;
        this.image = image(run);
    }

    /** Nothing could be seen; the message says why, and what to do, as half a sentence behind the container's name. */
    public static final class NothingSeenException extends Exception {
        private static final long serialVersionUID = 1L;

        NothingSeenException(String message) {
            super(message);
        }
    }

    /** What happened, as half a sentence behind the name of the container. */
    public record Outcome(boolean works, String text) {}

    /** Builds and starts a container once with a read-only root. */
    public static Outcome of(EngineSession session, RunSettings settings, Consumer<String> said, ContainerRun run) {
        try {
            ContainerTrial trial = new ContainerTrial(session, settings, said, run);
            RunResult result = trial.first(Optional.empty());
            if (result.end() == End.NOT_STARTED) {
                return new Outcome(false, result.words());
            }
            boolean blameless = !result.works() && !trial.result(Setup.WRITABLE).works();
            return new Outcome(
                    result.works(),
                    "started read-only: " + result.words()
                            + (blameless ? "; with a writable root it does not do its job either" : ""));
        } catch (NothingSeenException e) {
            return new Outcome(false, String.valueOf(e.getMessage()));
        }
    }

    /** The image of a container that can be run; builds that of the project. */
    private String image(ContainerRun of) throws NothingSeenException {
        List<String> missing = new ArrayList<>(of.missingVariables());
        missing.removeAll(settings.values().keySet());
        if (!missing.isEmpty()) {
            throw new NothingSeenException("was not started: nothing gives its variables a value: "
                    + String.join(", ", missing) + "; write NAME=value lines into a file");
        }
        if (!of.isKnown()) {
            throw new NothingSeenException("was not started: its command is not completely known");
        }
        if (engine.fillsVolumes() && !of.sharedEmpty().isEmpty()) {
            throw new NothingSeenException("was not started: " + engine.name() + " fills the volume at "
                    + of.sharedEmpty().get(0) + " from the image, which ECS leaves empty; use docker or podman");
        }
        if (!of.isBuilt()) {
            return of.image().orElseThrow(() -> new NothingSeenException("was not started: its image is not known"));
        }
        String before = session.built().get(of.name());
        if (before != null) {
            return before;
        }
        String name = session.image();
        Output built = engine.run(BUILD, of.build(engine, name), of.buildArgs());
        if (!built.isOk()) {
            throw new NothingSeenException("was not started: "
                    + (NO_BASE.matcher(built.text()).find()
                            ? "its base image is not here and cannot be pulled: pull it, or log in to its registry"
                            : "the build failed")
                    + ": " + reason(of, built));
        }
        session.built().put(of.name(), name);
        return name;
    }

    /** Runs it as its task says for the first time, and asks something of it. */
    RunResult first(Optional<Consumer<String>> after) throws NothingSeenException {
        RunResult first = result(Setup.OF_TASK, after);
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
        // The run may have pulled another image of the same name than an earlier one had, which only an engine can
        // tell.
        run.judged()
                .container()
                .observed()
                .map(seen -> seen.container().run())
                .filter(known -> differs(known.base(), property(BASE))
                        || (!run.isBuilt()
                                && known.engine().equals(engine.name())
                                && differs(known.image(), property(ID))))
                .ifPresent(known -> said.accept(run.name() + " runs on another image than on " + known.date()
                        + ", when it was observed: a tag has moved, or this is another processor; observe it again"));
        return first;
    }

    private static boolean differs(String then, String now) {
        return !then.isEmpty() && !now.isEmpty() && !then.equals(now);
    }

    /** A property of its image, by a template; empty if the engine does not tell it. */
    String property(String template) {
        Output output = engine.run(List.of("image", "inspect", "--format", template, image));
        return output.isOk() ? output.text().strip() : "";
    }

    /** A container of its image that never starts, from which its files are copied. */
    String unstarted() {
        String name = session.container();
        List<String> create = new ArrayList<>(List.of("create", "--name", name, "--network", "none"));
        create.addAll(EngineSession.label());
        // An image without a command has to have one.
        create.addAll(List.of(image, "true"));
        engine.run(create);
        return name;
    }

    RunResult result(Setup setup) {
        return result(setup, Optional.empty());
    }

    /** Runs it. What is asked of the container, by its name, is asked when it is ready, and when it has ended then. */
    RunResult result(Setup setup, Optional<Consumer<String>> after) {
        try (OneRun one = new OneRun(session, run)) {
            Optional<String> failure = start(Stage.BEFORE, one).or(() -> awaited(run, one));
            return failure.isPresent() ? notStarted(failure.get()) : started(setup, one, after);
        }
    }

    /** Starts the containers that run with it; says why one did not start that it needs, or had in an earlier run. */
    private Optional<String> start(Stage stage, OneRun one) {
        for (Companion other : run.companions()) {
            String name = other.run().name();
            if (other.stage() != stage || !session.others().getOrDefault(name, true)) {
                continue;
            }
            Optional<String> failure = failure(other.run(), one);
            if (failure.isEmpty()) {
                session.others().put(name, true);
            } else if (stage == Stage.BEFORE || isUp(one.name(run))) {
                if (other.needed() || session.others().putIfAbsent(name, false) != null) {
                    return failure.map(why -> "container " + name + " " + why);
                }
                said.accept(run.name() + " runs without container " + name + " of its task, which " + failure.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> failure(ContainerRun other, OneRun one) {
        try {
            String its = image(other);
            Optional<String> missing = awaited(other, one);
            if (missing.isPresent()) {
                return missing.map(why -> "was not started: " + why);
            }
            Output start = run(other, its, other.isReadOnly() ? Setup.OF_TASK : Setup.WRITABLE, one);
            return start.isOk() ? Optional.empty() : Optional.of("did not start: " + reason(other, start));
        } catch (NothingSeenException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Waits for what a container depends on; says what did not get where it has to be. */
    private Optional<String> awaited(ContainerRun waiting, OneRun one) {
        for (Map.Entry<String, String> wanted :
                Companions.conditions(waiting.judged()).entrySet()) {
            Optional<ContainerRun> on = one.started(wanted.getKey());
            if (on.isPresent() && !hasReached(wanted.getValue(), on.get(), one.name(on.get()))) {
                return Optional.of("container " + wanted.getKey()
                        + (wanted.getValue().equals("HEALTHY") ? " is not healthy: " : " did not end well: ")
                        + reason(on.get(), engine.run(List.of("logs", "--tail", "1", one.name(on.get())))));
            }
        }
        return Optional.empty();
    }

    private boolean hasReached(String condition, ContainerRun other, String name) {
        return switch (condition) {
            case "COMPLETE", "SUCCESS" -> {
                Output end = engine.run(settings.readyTimeout(), List.of("wait", name));
                yield end.isOk()
                        && (condition.equals("COMPLETE") || end.text().strip().equals("0"));
            }
            case "HEALTHY" -> isHealthy(name, other.healthCheck());
            default -> true;
        };
    }

    private boolean isHealthy(String name, List<String> check) {
        long begin = System.nanoTime();
        while (!check.isEmpty() && !engine.run(exec(name, check)).isOk()) {
            if (!isTimeLeft(begin)) {
                return false;
            }
        }
        return !check.isEmpty();
    }

    /** Waits for a moment; says whether there is time for another look. */
    private boolean isTimeLeft(long begin) {
        try {
            Thread.sleep(POLL_MILLIS);
            return System.nanoTime() - begin < settings.readyTimeout().toNanos();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts a container in the network of its task, unless that is of the kind "bridge". */
    private Output run(ContainerRun which, String its, Setup setup, OneRun one) {
        Optional<String> other = one.started().values().stream()
                .filter(up -> which.sharesNetwork() && isUp(up))
                .findFirst();
        Map<String, String> variables = which.variables(settings.values());
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", one.container(which), "--network"));
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
        words.addAll(which.arguments(its, setup, one, engine, variables));
        Output start = engine.run(START, words, variables);
        // That one may have ended at this moment, and its network with it.
        return start.isOk() || other.filter(name -> !isUp(name)).isEmpty() ? start : run(which, its, setup, one);
    }

    private RunResult started(Setup setup, OneRun one, Optional<Consumer<String>> after) {
        Output start = run(run, image, setup, one);
        if (!start.isOk()) {
            return notStarted(start.text());
        }
        String name = one.name(run);
        Optional<String> failure = start(Stage.STARTED, one);
        // Images may have been pulled before.
        RunResult used = waited(name, System.nanoTime());
        if (failure.isEmpty() && used.isReady() && used.end() != End.DONE) {
            failure = start(Stage.READY, one);
            used = driven(one, name, used);
        }
        if (failure.isPresent()) {
            return notStarted(failure.get());
        }
        after.ifPresent(look -> {
            // What it removes when it ends, and what it writes then.
            look.accept(name);
            engine.run(List.of("stop", "-t", GRACE, name));
            look.accept(name);
        });
        return used.with(printed(name));
    }

    private RunResult waited(String name, long begin) {
        ReadySigns signs = settings.signs(run);
        boolean serves = !signs.isEmpty() || settings.drive().isPresent();
        while (true) {
            Optional<String> missing = missing(signs, name);
            long seconds = seconds(begin);
            if (missing.isEmpty()) {
                Output end = engine.run(settled(signs, begin), List.of("wait", name));
                if (end.exit().isPresent()) {
                    return exited(end.text(), begin, serves);
                }
                missing = missing(signs, name);
            }
            String state = state(name);
            if (!state.startsWith("true")) {
                return exited(state.replaceFirst("^false ", ""), begin, serves);
            }
            if (missing.isEmpty()) {
                return signs.isEmpty() ? ended(End.UP, "", seconds(begin)) : ended(End.READY, "", seconds);
            }
            if (!isTimeLeft(begin)) {
                return new RunResult(End.LATE, "", seconds(begin), missing, RunLog.NONE);
            }
        }
    }

    /** A port of the task says less than one that the user names: the container must be up for a time too. */
    private Duration settled(ReadySigns signs, long begin) {
        Duration rest = settings.upFor().minusNanos(System.nanoTime() - begin);
        boolean ofTask = !signs.ports().isEmpty() && settings.readyPort().isEmpty();
        return signs.isEmpty() || (ofTask && rest.compareTo(SETTLED) > 0) ? rest : SETTLED;
    }

    /** Which sign a container does not give yet. */
    private Optional<String> missing(ReadySigns signs, String name) {
        if (signs.log().isPresent() && !printed(name).has(signs.log().get())) {
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

    private static List<String> exec(String name, List<String> command) {
        return Stream.concat(Stream.of("exec", name), command.stream()).toList();
    }

    /** Uses a container that is ready. */
    private RunResult driven(OneRun one, String name, RunResult ready) {
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
        String how = used.exit().map(code -> "ended with exit code " + code).orElse("did not end");
        return used.isOk()
                ? ready
                : new RunResult(
                        ready.end(),
                        "",
                        ready.seconds(),
                        Optional.of("drive " + how + ": " + reason(run, used)),
                        RunLog.NONE);
    }

    /** @param serves whether it is a service, which does not end by itself */
    private static RunResult exited(String printed, long begin, boolean serves) {
        String code = printed.strip();
        End end = code.equals("0") ? serves ? End.LATE : End.DONE : End.EXITED;
        return ended(end, code.matches("\\d{1,3}") ? code : "", seconds(begin));
    }

    private static long seconds(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }

    private static RunResult ended(End end, String code, long seconds) {
        return new RunResult(end, code, seconds, Optional.empty(), RunLog.NONE);
    }

    private RunResult notStarted(String why) {
        return ended(End.NOT_STARTED, "", 0).with(log(run, why));
    }

    private RunLog printed(String name) {
        return log(run, engine.run(List.of("logs", "--tail", TAIL, name)).text());
    }

    private RunLog log(ContainerRun of, String text) {
        return new RunLog(
                text,
                Stream.concat(of.secrets().stream(), settings.values().values().stream())
                        .toList());
    }

    private String reason(ContainerRun of, Output output) {
        String line = log(of, output.text()).lastLine();
        return output.exit().isEmpty() ? "it took too long" : line.isEmpty() ? "it printed nothing" : line;
    }
}
