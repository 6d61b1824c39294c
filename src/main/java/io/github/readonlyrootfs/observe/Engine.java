// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the container engine that the user has: with it, contexts, credential helpers and DOCKER_HOST work as
 * they do in a shell.
 */
public final class Engine {

    private static final List<String> NAMES = List.of("docker", "podman", "nerdctl", "finch");

    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final Duration QUICK = Duration.ofSeconds(60);

    private static final long PATIENCE_MILLIS = 2_000;

    private static final Pattern VERSION = Pattern.compile("\\d{1,4}(?:\\.\\d{1,6}){1,3}");

    private static final Pattern FORBIDDEN =
            Pattern.compile("permission denied.{0,200}(?:socket|/var/run|/run)", Pattern.CASE_INSENSITIVE);

    /** A log may be endless; its end is what is asked for. */
    private static final int MAX_TEXT = 1 << 20;

    /** A name that a process can be given. */
    private static final Pattern NAME = Pattern.compile("[^=\\x00]+");

    /** The variables with which an engine's command line finds itself, its settings and its engine; none is a secret. */
    private static final Pattern OWN = Pattern.compile(
            "(?i)PATH|HOME|USER|USERPROFILE|(?:LOCAL)?APPDATA|SYSTEMROOT|TE?MP|TMPDIR"
                    + "|(?:LD|DYLD)_\\w+|GO[A-Z]+|SSL_CERT_(?:FILE|DIR)|XDG_\\w+|DOCKER_(?:HOST|CONTEXT|CONFIG|CERT_PATH|TLS|TLS_VERIFY"
                    + "|API_VERSION|BUILDKIT|DEFAULT_PLATFORM|CONTENT_TRUST(?:_SERVER)?)|BUILDKIT_HOST|BUILDX_(?:BUILDER|CONFIG)"
                    + "|CONTAINERS?_(?:HOST|CONNECTION|SSHKEY|CONF|STORAGE_CONF|REGISTRIES_CONF)|REGISTRY_AUTH_FILE|STORAGE_(?:DRIVER|OPTS)"
                    + "|CONTAINERD_(?:ADDRESS|NAMESPACE)|NERDCTL_TOML|NOTIFY_SOCKET|LISTEN_(?:FDS|PID)|DBUS_SESSION_BUS_ADDRESS");

    static final String BUILD_ARG = "--build-arg";

    private final Path program;

    /** What it is, whatever it is called: a distribution may call Podman docker. */
    private final String kind;

    private final String name;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /** The thread that alone runs commands while this process ends. */
    private volatile @Nullable Thread last;

    private Engine(Path program) {
        this.program = program;
        Output version = run(ANSWER, List.of("--version"));
        this.kind = isPodman(version)
                ? "podman"
                : String.valueOf(program.getFileName()).replace(".exe", "");
        Matcher number = VERSION.matcher(version.text());
        this.name = number.find() ? kind + " " + number.group() : kind;
    }

    private static boolean isPodman(Output version) {
        return version.text().toLowerCase(Locale.ROOT).contains("podman");
    }

    /**
     * What a command printed.
     *
     * @param exit its exit code; empty if it was stopped because it took too long
     */
    record Output(Optional<Integer> exit, String text) {

        boolean isOk() {
            return exit.filter(code -> code == 0).isPresent();
        }
    }

    /**
     * The first engine that answers.
     *
     * @param path directories, as in the environment variable PATH
     * @throws NoEngineException if there is none
     */
    public static Engine find(String path) throws NoEngineException {
        List<String> silent = new ArrayList<>();
        for (String name : NAMES) {
            Optional<Path> program = program(name, path);
            if (program.isPresent()) {
                Engine engine = new Engine(program.get());
                // Unlike "version", it asks the engine itself.
                Output output = engine.run(ANSWER, List.of("ps", "-q"));
                if (!output.isOk()) {
                    silent.add(name + ": " + silence(output));
                } else if (!engine.isPodman() && isPodman(engine.run(ANSWER, List.of("version")))) {
                    silent.add(name
                            + ": Podman answers, which only podman itself can tell to make the whole root read-only");
                } else {
                    return engine;
                }
            }
        }
        throw new NoEngineException(
                silent.isEmpty()
                        ? "neither " + String.join(" nor ", NAMES) + " is on the PATH"
                        : String.join("; ", silent));
    }

    private static String silence(Output output) {
        if (output.exit().isEmpty()) {
            return "no answer";
        }
        String line = new RunLog(output.text(), List.of()).lastLine();
        return FORBIDDEN.matcher(output.text()).find()
                ? "this user may not use it (" + line + "): join the group of its socket, or use a rootless engine"
                : line;
    }

    /** No engine answers; the message says why. */
    public static final class NoEngineException extends Exception {
        private static final long serialVersionUID = 1L;

        NoEngineException(String message) {
            super(message);
        }
    }

    private static Optional<Path> program(String name, String path) {
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> Stream.of(name, name + ".exe").map(Path.of(directory)::resolve))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Podman makes /tmp, /run and /var/tmp writable unless it is told not to. */
    boolean isPodman() {
        return kind.equals("podman");
    }

    /** Whether it fills an empty volume from the image even if it is told not to: nerdctl, which finch calls. */
    boolean fillsVolumes() {
        return kind.equals("nerdctl") || kind.equals("finch");
    }

    /** Its name and version, such as {@code docker 26.1.5}. */
    public String name() {
        return name;
    }

    /** The first bytes that a command prints to its standard output; none if it fails at once or does not answer. */
    byte[] head(int bytes, List<String> arguments) {
        try {
            Process process = started(builder(arguments).redirectError(ProcessBuilder.Redirect.DISCARD));
            try (InputStream printed = process.getInputStream()) {
                CompletableFuture.delayedExecutor(ANSWER.toSeconds(), TimeUnit.SECONDS)
                        .execute(process::destroyForcibly);
                return printed.readNBytes(bytes);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** A command of it, without a shell and without input. */
    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Runs a command that is over in a minute. */
    Output run(List<String> arguments) {
        return run(QUICK, arguments);
    }

    Output run(Duration limit, List<String> arguments) {
        return run(limit, arguments, Map.of());
    }

    /**
     * Runs a command with values for variables that the arguments name: other users of this machine see the arguments of a
     * process, but not its environment, and no file with the values is left if this process is killed.
     */
    Output run(Duration limit, List<String> arguments, Map<String, String> values) {
        ProcessBuilder builder = builder(arguments).redirectErrorStream(true);
        values.forEach((name, value) -> {
            if (isPassed(name) && value.indexOf('\0') < 0) {
                builder.environment().put(name, value);
            }
        });
        stopIfEnding();
        try {
            Process process = started(builder);
            running.add(process);
            if (isEnding()) {
                process.destroy();
            }
            Output output = output(limit, process);
            running.remove(process);
            stopIfEnding();
            return output;
        } catch (IOException e) {
            return new Output(Optional.of(-1), String.valueOf(e.getMessage()));
        }
    }

    /** Ends the commands of other threads, and lets none of them go on: this process ends, and what they say shows nothing. */
    void endOthers() {
        last = Thread.currentThread();
        running.forEach(Process::destroy);
    }

    private boolean isEnding() {
        return last != null && last != Thread.currentThread();
    }

    private void stopIfEnding() {
        while (isEnding()) {
            LockSupport.park(this);
        }
    }

    private static boolean isPassed(String name) {
        return NAME.matcher(name).matches() && !OWN.matcher(name).matches();
    }

    /** The arguments that give each variable its value. Finch builds in a virtual machine, without its own environment. */
    List<String> options(String option, Map<String, String> values) {
        boolean isPassed = !option.equals(BUILD_ARG) || !kind.equals("finch");
        List<String> words = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> {
            words.add(option);
            words.add(isPassed && isPassed(name) ? name : name + "=" + value);
        });
        return words;
    }

    private static Output output(Duration limit, Process process) {
        Tail tail = new Tail();
        Thread reader = new Thread(() -> tail.read(process.getInputStream()), "readonly-rootfs output");
        reader.setDaemon(true);
        reader.start();
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                // What it started may hold its output open.
                reader.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Output(ended ? Optional.of(process.exitValue()) : Optional.empty(), tail.text());
    }

    /** The end of what a process prints. */
    private static final class Tail {

        private final byte[] last = new byte[2 * MAX_TEXT];
        private int length;

        void read(InputStream printed) {
            byte[] buffer = new byte[8192];
            try (printed) {
                for (int read = printed.read(buffer); read >= 0; read = printed.read(buffer)) {
                    add(buffer, read);
                }
            } catch (IOException e) {
                // It was ended.
            }
        }

        private synchronized void add(byte[] buffer, int count) {
            if (length + count > last.length) {
                System.arraycopy(last, length - MAX_TEXT, last, 0, MAX_TEXT);
                length = MAX_TEXT;
            }
            System.arraycopy(buffer, 0, last, length, count);
            length += count;
        }

        synchronized String text() {
            int start = Math.max(0, length - MAX_TEXT);
            return new String(last, start, length - start, StandardCharsets.UTF_8);
        }
    }
}
