// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An image made by hand: the standard directories of a Linux system, and the additions of a test. */
final class TestImage {

    private static final Provenance BY_HAND = Provenance.of("test");
    static final Location AT = new Location("Dockerfile", 1, 1, 1, 2);

    /** Parents come before their entries. */
    private final Map<ContainerPath, TreeNode> nodes = new TreeMap<>();

    private final List<ImageVolume> volumes = new ArrayList<>();
    private final Map<String, Accounts.User> users = new HashMap<>();
    private final Map<String, Accounts.Group> groups = new HashMap<>();
    private Value<String> user = Value.absent();
    private boolean complete = true;
    private Value<ContainerPath> workdir = Value.absent();
    private Value<List<CommandWord>> entrypoint = Value.absent();
    private Value<List<CommandWord>> cmd = Value.absent();

    TestImage() {
        for (String path :
                List.of("/", "/etc", "/usr", "/usr/local", "/var", "/run", "/home", "/opt", "/dev", "/proc", "/sys")) {
            directory(path, 0, 0, 0755);
        }
        directory("/tmp", 0, 0, 01777);
        file("/etc/passwd", 0, 0, 0644);
        link("/var/run", "/run");
        account("root", 0, 0);
        account("node", 1000, 1000);
    }

    TestImage directory(String path, int uid, int gid, int mode) {
        nodes.put(ContainerPath.of(path), TreeNode.directory(Ownership.of(uid, gid, mode), BY_HAND));
        return this;
    }

    TestImage file(String path, int uid, int gid, int mode) {
        nodes.put(ContainerPath.of(path), TreeNode.file(Ownership.of(uid, gid, mode), BY_HAND));
        return this;
    }

    TestImage link(String path, String target) {
        nodes.put(ContainerPath.of(path), TreeNode.symlink(target, BY_HAND));
        return this;
    }

    TestImage unknown(String path) {
        nodes.put(ContainerPath.of(path), TreeNode.unknown(Provenance.of("a script decides")));
        return this;
    }

    /** A node that may exist, with this owner and mode if it does. */
    TestImage perhaps(String path, int uid, int gid, int mode) {
        Provenance chmod = Provenance.of("RUN chmod");
        nodes.put(
                ContainerPath.of(path),
                TreeNode.unknown(BY_HAND)
                        .withOwner(UnixId.of(uid), chmod)
                        .withGroup(UnixId.of(gid), chmod)
                        .withMode(mode, chmod));
        return this;
    }

    TestImage account(String name, int uid, int gid) {
        users.put(name, new Accounts.User(name, new UnixId(uid, name), UnixId.of(gid), Optional.of("/home/" + name)));
        groups.put(name, new Accounts.Group(name, UnixId.of(gid), Set.of()));
        return this;
    }

    TestImage group(String name, int gid, String... members) {
        groups.put(name, new Accounts.Group(name, UnixId.of(gid), Set.of(members)));
        return this;
    }

    TestImage volume(String written) {
        volumes.add(new ImageVolume(written, ContainerPath.of(written), AT, false));
        return this;
    }

    TestImage inheritedVolume(String written) {
        volumes.add(new ImageVolume(written, ContainerPath.of(written), AT, true));
        return this;
    }

    TestImage user(String spec) {
        user = new Value.Known<>(spec, AT);
        return this;
    }

    TestImage unknownUser(String reason) {
        user = new Value.Unknown<>(reason, AT);
        return this;
    }

    TestImage entrypoint(String... words) {
        entrypoint = command(words);
        return this;
    }

    TestImage cmd(String... words) {
        cmd = command(words);
        return this;
    }

    TestImage workdir(String path) {
        workdir = new Value.Known<>(ContainerPath.of(path), AT);
        return this;
    }

    private static Value<List<CommandWord>> command(String... words) {
        return new Value.Known<>(
                Stream.of(words).map(word -> CommandWord.of(word, AT)).toList(), AT);
    }

    /** A base image without any known facts. */
    TestImage incomplete() {
        complete = false;
        users.clear();
        groups.clear();
        return this;
    }

    private ImageFileSystem files() {
        Provenance nowhere = Provenance.of("not in the image");
        TreeNode unlisted = complete ? TreeNode.missing(nowhere) : TreeNode.unknown(nowhere);
        FileTree files = new FileTree(unlisted);
        nodes.forEach((path, node) -> files.set(path, node.isDirectory() ? node.withUnlisted(unlisted) : node));
        return files.view();
    }

    Image build() {
        return new Image(
                "test:1",
                Location.of("Dockerfile"),
                new Image.Config(
                        complete,
                        user,
                        workdir,
                        entrypoint,
                        cmd,
                        Map.of(),
                        Map.of(),
                        new Image.Volumes(List.copyOf(volumes), complete)),
                new Accounts(Map.copyOf(users), Map.copyOf(groups), complete),
                files());
    }
}
