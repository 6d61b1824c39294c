// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import io.github.readonlyrootfs.conformance.Recording.RecordedContainer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs the containers of a task definition on a Docker engine as the ECS agent on an EC2 instance does, but with the
 * probe instead of the application. It does not use the plugin's code: it is the independent opinion.
 */
final class TaskOnDocker implements AutoCloseable {
    private static final String PROBE = "/.readonly-rootfs-probe";
    private static final int MAX_TRIES = 20;

    /** Every other failure is not an answer, such as a time limit on a busy machine. */
    private static final String REFUSED = "Error response from daemon: ";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Paths that are alike on every Linux, so that those of this host can be used. */
    private static final Set<String> STANDARD = Set.of("/proc", "/sys", "/tmp", "/etc");

    private final DockerEngine engine;
    private final ConformanceCase asked;
    private final Map<String, String> images;
    private final Path scratch;
    private final String prefix;
    private final JsonNode task;
    private final Map<String, JsonNode> containers = new LinkedHashMap<>();
    private final Set<String> volumes = new LinkedHashSet<>();
    private final Map<String, DockerEngine.Result> refused = new HashMap<>();
    private final List<String> created = new ArrayList<>();

    /**
     * @param images the built images, by container
     * @param scratch an empty directory for host paths
     */
    TaskOnDocker(DockerEngine engine, ConformanceCase asked, Map<String, String> images, Path scratch, String prefix)
            throws IOException {
        this.engine = engine;
        this.asked = asked;
        this.images = images;
        this.scratch = scratch;
        this.prefix = prefix;
        this.task = JSON.readTree(asked.taskDefinition());
        for (JsonNode container : task.path("containerDefinitions")) {
            containers.put(container.path("name").asText(), container);
        }
    }

    Map<String, RecordedContainer> ask() throws IOException {
        Map<String, RecordedContainer> answers = new TreeMap<>();
        for (String name : inOrderOfCreation()) {
            List<String> paths = asked.paths().stream()
                    .filter(path -> path.container().equals(name))
                    .map(AskedPath::path)
                    .toList();
            RecordedContainer answer = probe(name, paths);
            if (!paths.isEmpty()) {
                answers.put(name, answer);
            }
            if (anotherWaitsForItsEnd(name)) {
                runForReal(name);
            }
        }
        return answers;
    }

    private RecordedContainer probe(String name, List<String> paths) throws IOException {
        List<String> arguments = createArguments(name, prefix + name);
        arguments.addAll(List.of("--entrypoint", PROBE, image(name)));
        arguments.addAll(paths);
        created.add(prefix + name);
        // The agent makes the volumes first; if one of them cannot be made, the task stops.
        DockerEngine.Result result = refusedVolume(name).orElseGet(() -> engine.docker(arguments));
        if (result.ok()) {
            result = answered(name, paths.size() + 1);
        }
        Map<String, String> outcomes = new TreeMap<>();
        if (!result.ok()) {
            if (!result.out().isEmpty() || !result.err().contains(REFUSED)) {
                throw new IllegalStateException("the engine or the probe failed: " + result);
            }
            paths.forEach(path -> outcomes.put(path, Recording.Outcome.CANNOT_START));
            return new RecordedContainer(null, message(result.err()), outcomes);
        }
        if (result.out().lines().count() != paths.size() + 1) {
            throw new IllegalStateException("the probe did not answer all: " + result);
        }
        String user = "";
        for (String line : result.out().split("\n")) {
            JsonNode answer = JSON.readTree(line);
            if (answer.has("uid")) {
                user = "%s:%s %s".formatted(answer.get("uid"), answer.get("gid"), answer.get("groups"));
            } else {
                outcomes.put(
                        answer.get("path").asText(),
                        "%s (%s %s %s)"
                                .formatted(
                                        answer.get("outcome").asText(),
                                        answer.get("at").asText(),
                                        answer.get("owner").asText(),
                                        answer.get("mode").asText()));
            }
        }
        return new RecordedContainer(user, null, outcomes);
    }

    /**
     * What the probe says. An attached stream may miss some of a process that ends at once, and so may the log of a busy engine; to
     * ask again changes nothing.
     */
    private DockerEngine.Result answered(String name, int lines) {
        DockerEngine.Result result;
        int tries = 0;
        do {
            result = engine.docker(List.of("start", "--attach", prefix + name));
            tries++;
        } while (result.ok() && result.out().lines().count() < lines && tries < MAX_TRIES);
        return result;
    }

    /** A container that others wait for prepares something for them, so its own command runs. */
    private void runForReal(String name) throws IOException {
        List<String> arguments = createArguments(name, prefix + name + "-real");
        List<String> command = new ArrayList<>();
        JsonNode entryPoint = containers.get(name).path("entryPoint");
        if (!entryPoint.isEmpty()) {
            arguments.addAll(List.of("--entrypoint", entryPoint.get(0).asText()));
            for (int i = 1; i < entryPoint.size(); i++) {
                command.add(entryPoint.get(i).asText());
            }
        }
        containers.get(name).path("command").forEach(word -> command.add(word.asText()));
        arguments.add(image(name));
        arguments.addAll(command);
        created.add(prefix + name + "-real");
        engine.docker(arguments).orThrow("creating " + name);
        engine.docker(List.of("start", "--attach", prefix + name + "-real")).orThrow("running " + name);
    }

    private boolean anotherWaitsForItsEnd(String name) {
        for (JsonNode container : containers.values()) {
            for (JsonNode dependency : container.path("dependsOn")) {
                if (dependency.path("containerName").asText().equals(name)
                        && Set.of("SUCCESS", "COMPLETE")
                                .contains(dependency.path("condition").asText())) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<String> createArguments(String name, String as) throws IOException {
        JsonNode container = containers.get(name);
        List<String> arguments = new ArrayList<>(List.of("create", "--name", as, "--network", "none", "--read-only"));
        arguments.addAll(List.of("--volume", engine.probe() + ":" + PROBE + ":ro"));
        for (JsonNode mount : container.path("mountPoints")) {
            String source = source(mount.path("sourceVolume").asText());
            String readOnly = mount.path("readOnly").asBoolean() ? ":ro" : "";
            arguments.addAll(List.of(
                    "--volume", source + ":" + mount.path("containerPath").asText() + readOnly));
        }
        for (JsonNode from : container.path("volumesFrom")) {
            String readOnly = from.path("readOnly").asBoolean() ? ":ro" : "";
            arguments.addAll(List.of(
                    "--volumes-from", prefix + from.path("sourceContainer").asText() + readOnly));
        }
        JsonNode linux = container.path("linuxParameters");
        for (JsonNode tmpfs : linux.path("tmpfs")) {
            List<String> options = new ArrayList<>();
            tmpfs.path("mountOptions").forEach(option -> options.add(option.asText()));
            options.add("size=" + tmpfs.path("size").asText() + "m");
            arguments.addAll(
                    List.of("--tmpfs", tmpfs.path("containerPath").asText() + ":" + String.join(",", options)));
        }
        for (JsonNode capability : linux.path("capabilities").path("add")) {
            arguments.addAll(List.of("--cap-add", capability.asText()));
        }
        for (JsonNode capability : linux.path("capabilities").path("drop")) {
            arguments.addAll(List.of("--cap-drop", capability.asText()));
        }
        if (linux.path("sharedMemorySize").isNumber()) {
            arguments.addAll(List.of("--shm-size", linux.get("sharedMemorySize").asText() + "m"));
        }
        if (linux.path("initProcessEnabled").asBoolean()) {
            arguments.add("--init");
        }
        if (task.path("ipcMode").isTextual()) {
            arguments.addAll(List.of("--ipc", task.get("ipcMode").asText()));
        }
        if (container.path("privileged").asBoolean()) {
            arguments.add("--privileged");
        }
        if (container.path("user").isTextual()) {
            arguments.addAll(List.of("--user", container.get("user").asText()));
        }
        if (container.path("workingDirectory").isTextual()) {
            arguments.addAll(
                    List.of("--workdir", container.get("workingDirectory").asText()));
        }
        for (JsonNode variable : container.path("environment")) {
            arguments.addAll(List.of(
                    "--env",
                    variable.path("name").asText() + "="
                            + variable.path("value").asText()));
        }
        return arguments;
    }

    /** The engine's name for a volume of the task: one of its own volumes, or a path of the host. */
    private String source(String volumeName) throws IOException {
        for (JsonNode volume : task.path("volumes")) {
            if (volume.path("name").asText().equals(volumeName)) {
                JsonNode sourcePath = volume.path("host").path("sourcePath");
                return sourcePath.isTextual()
                        ? onHost(volumeName, sourcePath.asText())
                        : ownVolume(volumeName, volume.path("dockerVolumeConfiguration"));
            }
        }
        throw new IllegalArgumentException(asked.name() + ": no volume " + volumeName);
    }

    /**
     * Paths that every host has are those of this host; {@code *.sock} is a socket, {@code *.conf} a file, everything
     * else a directory.
     */
    private String onHost(String volumeName, String sourcePath) throws IOException {
        Path path = scratch.resolve(volumeName);
        if (STANDARD.contains(sourcePath)) {
            return sourcePath;
        }
        if (sourcePath.endsWith(".sock")) {
            try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                if (Files.notExists(path)) {
                    socket.bind(UnixDomainSocketAddress.of(path));
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
                }
            }
            return path.toString();
        }
        if (sourcePath.endsWith(".conf")) {
            return Files.writeString(path, "").toString();
        }
        return Files.createDirectories(path).toString();
    }

    private String ownVolume(String volumeName, JsonNode configuration) throws IOException {
        String name = prefix + volumeName;
        if (!configuration.path("driverOpts").isEmpty() && !volumes.contains(name)) {
            List<String> arguments = new ArrayList<>(List.of("volume", "create"));
            for (Map.Entry<String, JsonNode> option :
                    configuration.get("driverOpts").properties()) {
                String value = option.getValue().asText();
                boolean directory = option.getKey().equals("device") && value.startsWith("/");
                arguments.addAll(List.of(
                        "--opt",
                        option.getKey() + "="
                                + (directory ? Files.createDirectories(scratch.resolve(volumeName)) : value)));
            }
            arguments.add(name);
            DockerEngine.Result made = engine.docker(arguments);
            if (!made.ok()) {
                refused.put(volumeName, made);
            }
        }
        volumes.add(name);
        return name;
    }

    /** Why a volume that a container mounts cannot be made. */
    private Optional<DockerEngine.Result> refusedVolume(String container) {
        for (JsonNode mount : containers.get(container).path("mountPoints")) {
            DockerEngine.Result result = refused.get(mount.path("sourceVolume").asText());
            if (result != null) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }

    private String image(String name) {
        String built = images.get(name);
        if (built != null) {
            return built;
        }
        String reference = containers.get(name).path("image").asText();
        return reference.equals(ConformanceCase.IMAGE_PLACEHOLDER) ? images.get(asked.container()) : reference;
    }

    /** A container comes after those it depends on; otherwise the order of the document is kept. */
    private Set<String> inOrderOfCreation() {
        Set<String> ordered = new LinkedHashSet<>();
        containers.keySet().forEach(name -> visit(name, ordered, new LinkedHashSet<>()));
        return ordered;
    }

    private void visit(String name, Set<String> ordered, Set<String> waiting) {
        if (!waiting.add(name) || ordered.contains(name)) {
            return;
        }
        JsonNode container = containers.get(name);
        for (JsonNode dependency : container.path("dependsOn")) {
            visit(dependency.path("containerName").asText(), ordered, waiting);
        }
        for (JsonNode from : container.path("volumesFrom")) {
            visit(from.path("sourceContainer").asText(), ordered, waiting);
        }
        ordered.add(name);
    }

    /** The engine's message without the parts that differ in each run. */
    private String message(String err) {
        return err.strip()
                .replace(engine.directory().toString(), "<engine>")
                .replaceAll("[0-9a-f]{64}", "<id>")
                .replace(prefix, "")
                .replaceAll("\\s+", " ");
    }

    @Override
    public void close() {
        List<String> containersToRemove = new ArrayList<>(List.of("rm", "--force", "--volumes"));
        containersToRemove.addAll(created);
        engine.docker(containersToRemove);
        if (!volumes.isEmpty()) {
            List<String> volumesToRemove = new ArrayList<>(List.of("volume", "rm", "--force"));
            volumesToRemove.addAll(volumes);
            engine.docker(volumesToRemove).orThrow("removing volumes");
        }
    }
}
