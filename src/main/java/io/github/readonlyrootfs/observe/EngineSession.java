// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.observe.Engine.Output;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this process makes on an engine: containers, volumes and names of images. Their names say who made them. All of it is
 * removed at the end, when the process is stopped, and by a later process on this machine where this one was killed.
 */
public final class EngineSession implements AutoCloseable {

    private static final String LABEL = "io.github.readonly-rootfs.run";

    private static final Pattern NAME = Pattern.compile("readonly-rootfs-run-([0-9a-f]{8})-(\\d{1,10})-(\\d{1,12})-.*");

    private static final String NONE = "<none> ";

    private static final String HOST = host();

    /** As Linux corrects its clock, the same process has begun a second earlier or later. */
    private static final long CORRECTION_SECONDS = 2;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Engine engine;
    private final String prefix;
    private final Set<String> containers = ConcurrentHashMap.newKeySet();
    private final Set<String> volumes = ConcurrentHashMap.newKeySet();
    private final Set<String> images = ConcurrentHashMap.newKeySet();
    private final Thread removal = new Thread(this::removeNow, "readonly-rootfs removal");
    private final Map<String, String> built = new HashMap<>();
    private final Map<String, Boolean> others = new HashMap<>();
    private final AtomicInteger names = new AtomicInteger();

    private EngineSession(Engine engine) {
        this.engine = engine;
        ProcessHandle own = ProcessHandle.current();
        this.prefix = "readonly-rootfs-run-" + HOST + "-" + own.pid() + "-" + started(own) + "-"
                + COUNT.incrementAndGet() + "-";
    }

    /** Removes what killed processes of this machine left, and begins. */
    public static EngineSession open(Engine engine) {
        EngineSession session = new EngineSession(engine);
        Runtime.getRuntime().addShutdownHook(session.removal);
        session.removeListed(EngineSession::isOfDead);
        return session;
    }

    /** Stands for this machine and those of its processes that this one sees. */
    private static String host() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = UUID.randomUUID().toString();
        }
        try {
            host += Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux, where containers see other processes.
        }
        return String.format("%08x", host.hashCode());
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }

    Engine engine() {
        return engine;
    }

    /** The arguments that mark what is made. */
    static List<String> label() {
        return List.of("--label", LABEL);
    }

    String container() {
        return added(containers);
    }

    /** A new volume, which the container that uses it first fills from its image. */
    String volume() {
        String name = added(volumes);
        engine.run(List.of("volume", "create", "--label", LABEL, name));
        return name;
    }

    String image() {
        return added(images);
    }

    /** The images that were made, by the names of their containers. */
    Map<String, String> built() {
        return built;
    }

    /** Whether a container that runs with others could be started the first time, by its name. */
    Map<String, Boolean> others() {
        return others;
    }

    private String added(Set<String> all) {
        String name = prefix + names.incrementAndGet();
        all.add(name);
        return name;
    }

    /** Removes containers with their anonymous volumes, and the volumes that were made for them. */
    void remove(Collection<String> some, Collection<String> theirVolumes) {
        uninterrupted(() -> {
            some.forEach(name -> engine.run(List.of("rm", "-f", "-v", name)));
            theirVolumes.forEach(volume -> engine.run(List.of("volume", "rm", "-f", volume)));
        });
        containers.removeAll(some);
        volumes.removeAll(theirVolumes);
    }

    private void removeAll() {
        remove(List.copyOf(containers), List.copyOf(volumes));
        uninterrupted(() -> images.forEach(name -> engine.run(List.of("rmi", name))));
    }

    /** Of a thread that is to stop, a command would be stopped at once. */
    private static void uninterrupted(Runnable commands) {
        boolean interrupted = Thread.interrupted();
        commands.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** When the process is stopped: the engine may finish what it was asked for before. */
    private void removeNow() {
        engine.endOthers();
        removeAll();
        removeListed(name -> name.contains(prefix));
    }

    private void removeListed(Predicate<String> which) {
        List<String> left = listed(which, "{{.Names}}", "ps", "-a");
        remove(left, listed(which, "{{.Name}}", "volume", "ls"));
        // An image whose disk was full when it was removed has lost its name.
        listed(line -> which.test(line) || line.startsWith(NONE), "{{.Repository}} {{.ID}}", "images")
                .forEach(line -> engine.run(List.of("rmi", line.split(" ", 2)[line.startsWith(NONE) ? 1 : 0])));
    }

    private List<String> listed(Predicate<String> which, String template, String... list) {
        List<String> words = new ArrayList<>(List.of(list));
        words.addAll(List.of("--filter", "label=" + LABEL, "--format", template));
        Output output = engine.run(words);
        return output.isOk()
                ? output.text().lines().map(String::strip).filter(which).toList()
                : List.of();
    }

    /** Whether a process of this machine made it that has ended. Nothing is known of those of other machines. */
    static boolean isOfDead(String name) {
        String own = name.substring(name.lastIndexOf('/') + 1);
        Matcher parts = NAME.matcher(own);
        if (!parts.matches() || !parts.group(1).equals(HOST)) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts.group(2)));
        return process.isEmpty()
                || !process.get().isAlive()
                || Math.abs(started(process.get()) - Long.parseLong(parts.group(3))) > CORRECTION_SECONDS;
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException e) {
            // It is being stopped: the hook finds nothing left.
        }
    }
}
