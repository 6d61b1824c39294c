// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A random task definition around one or two images. */
final class RandomTask {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Pick pick;
    private final RandomNames names;
    private final ObjectNode task = JSON.createObjectNode();
    private final Set<String> mounted = new LinkedHashSet<>();

    RandomTask(Pick pick, RandomDockerfile app, RandomDockerfile side) {
        this.pick = pick;
        this.names = new RandomNames(pick);
        task.put("family", "random");
        ArrayNode volumes = task.putArray("volumes");
        for (int i = 0; i < 5; i++) {
            ObjectNode volume = volumes.addObject().put("name", "v" + i);
            if (pick.chance(15)) {
                volume.putObject("host");
            }
        }
        ArrayNode containers = task.putArray("containerDefinitions");
        boolean sideFirst = side != null && pick.chance(60);
        if (sideFirst) {
            container(containers.addObject(), "side", side, false);
        }
        container(containers.addObject(), "app", app, sideFirst);
        if (side != null && !sideFirst) {
            container(containers.addObject(), "side", side, false);
        }
    }

    String text() {
        return task.toPrettyString();
    }

    /** Where the task mounts something. */
    Set<String> mounted() {
        return mounted;
    }

    private void container(ObjectNode container, String name, RandomDockerfile file, boolean afterSide) {
        container.put("name", name);
        container.put("image", name.equals("app") ? ConformanceCase.IMAGE_PLACEHOLDER : name + ":1");
        container.put("essential", true);
        container.put("readonlyRootFilesystem", true);
        if (pick.chance(25)) {
            container.put("user", user(file.image()));
        }
        if (pick.chance(10)) {
            container.put("workingDirectory", pick.chance(70) ? names.made(file.image()) : names.fresh(file.image()));
        }
        if (pick.chance(4)) {
            container.put("privileged", true);
        }
        Set<String> taken = new LinkedHashSet<>();
        if (pick.chance(55)) {
            ArrayNode mounts = container.putArray("mountPoints");
            for (int i = pick.between(1, 2); i > 0; i--) {
                mount(mounts, name, file, taken);
            }
        }
        ObjectNode linux = JSON.createObjectNode();
        if (pick.chance(40)) {
            ArrayNode tmpfs = linux.putArray("tmpfs");
            for (int i = pick.between(1, 2); i > 0; i--) {
                tmpfs(tmpfs, file, taken);
            }
        }
        if (pick.chance(12)) {
            ObjectNode capabilities = linux.putObject("capabilities");
            capabilities
                    .putArray(pick.one("drop", "drop", "add"))
                    .add(pick.one("ALL", "DAC_OVERRIDE", "CHOWN", "NET_RAW", "FOWNER"));
        }
        if (!linux.isEmpty()) {
            container.set("linuxParameters", linux);
        }
        if (afterSide && pick.chance(50)) {
            ObjectNode from = container.putArray("volumesFrom").addObject().put("sourceContainer", "side");
            if (pick.chance(30)) {
                from.put("readOnly", pick.chance(50));
            }
        }
    }

    private void mount(ArrayNode mounts, String container, RandomDockerfile file, Set<String> taken) {
        String path = place(file);
        if (!taken.add(path) && !pick.chance(10)) {
            return;
        }
        String volume = volume(container);
        // The command line merges two equal mounts, the engine does not.
        if (!taken.add(volume)) {
            return;
        }
        mounted.add(path);
        ObjectNode mount = mounts.addObject().put("sourceVolume", volume);
        mount.put("containerPath", path + (pick.chance(6) ? "/" : ""));
        if (pick.chance(20)) {
            mount.put("readOnly", pick.chance(60));
        }
    }

    /** Two containers rarely share one: if their images differ, it is unknown which image's directory it becomes. */
    private String volume(String container) {
        return container.equals("app") ? pick.one("v0", "v1", "v2") : pick.one("v3", "v4", "v4", "v3", "v2");
    }

    private void tmpfs(ArrayNode mounts, RandomDockerfile file, Set<String> taken) {
        String path = place(file);
        if (!taken.add(path) && !pick.chance(5)) {
            return;
        }
        mounted.add(path);
        ObjectNode tmpfs = mounts.addObject().put("containerPath", path).put("size", 16);
        if (pick.chance(55)) {
            ArrayNode options = tmpfs.putArray("mountOptions");
            List.of(
                            "mode=" + pick.one("0770", "1777", "755", "700", "0"),
                            "uid=" + pick.one("1000", "2000", "0"),
                            "gid=" + pick.one("1000", "3000"),
                            pick.one("ro", "rw"),
                            pick.one("noexec", "exec", "nosuid", "nodev", "noatime"))
                    .stream()
                    .filter(option -> pick.chance(35))
                    .forEach(options::add);
        }
    }

    private String place(RandomDockerfile file) {
        Sketch image = file.image();
        int kind = pick.between(0, 19);
        if (kind <= 4 && !file.volumes().isEmpty()) {
            return pick.of(file.volumes());
        }
        if (kind <= 6 && !mounted.isEmpty()) {
            return pick.of(mounted) + pick.one("", "/" + names.segment());
        }
        if (kind == 7 && !image.links.isEmpty()) {
            return pick.of(image.links);
        }
        if (kind == 8) {
            return pick.one("/tmp", "/run", "/var/run", "/var/cache", "/var/log", "/dev/shm", "/home");
        }
        return kind <= 15 ? names.made(image) : names.fresh(image);
    }

    private String user(Sketch image) {
        String user = names.user(image);
        return pick.one(user, user, "1000", "1000:1000", "0", "root", user + ":" + names.group(image), "1234:33");
    }
}
