// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts that the user states about an image: in the pom, or by the output of {@code docker image inspect}.
 *
 * @param config if it is not complete, the built-in facts add what is absent
 * @param users entries of /etc/passwd, as {@code name:uid:gid} or {@code name:uid:gid:home}
 * @param groups entries of /etc/group, as {@code name:gid}
 * @param directories by path, as {@code uid:gid mode} or with names, such as {@code app:app 0755}
 */
public record StatedImage(BaseConfig config, List<String> users, List<String> groups, Map<String, String> directories) {

    private static final String ENTRY = "[^:\\s]+:\\d{1,9}:\\d{1,9}(:[^:]*)?";
    private static final String GROUP = "[^:\\s]+:\\d{1,9}";
    private static final String DIRECTORY = "[^:\\s]+:[^:\\s]+ [0-7]{3,4}";

    /**
     * Checks the entries.
     *
     * @throws IllegalArgumentException if an entry does not have its form; the message has both
     */
    public StatedImage {
        check(users, ENTRY, "name:uid:gid or name:uid:gid:home");
        check(groups, GROUP, "name:gid");
        check(directories.values(), DIRECTORY, "owner:group mode, such as 1000:1000 0755");
    }

    private static void check(Iterable<String> entries, String form, String words) {
        for (String entry : entries) {
            if (!entry.matches(form)) {
                throw new IllegalArgumentException(entry + " is not of the form " + words);
            }
        }
    }

    /**
     * Reads what {@code docker image inspect} prints: the configurations of images, by each of their references.
     *
     * @throws IllegalArgumentException if it is not such output
     */
    public static Map<String, StatedImage> fromInspect(String json) {
        Map<String, StatedImage> stated = new LinkedHashMap<>();
        for (InspectedImage image : InspectedImage.read(json)) {
            image.stated().ifPresent(one -> {
                orNone(image.repoTags()).forEach(reference -> stated.put(reference, one));
                orNone(image.repoDigests()).forEach(reference -> stated.put(reference, one));
            });
        }
        return stated;
    }

    static StatedImage of(InspectedImage.Config config) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : orNone(config.env())) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        Map<String, Object> volumes = config.volumes();
        Map<String, String> labels = config.labels();
        return new StatedImage(
                new BaseConfig(
                        true,
                        true,
                        new BaseConfig.BaseProcess(
                                text(config.user()),
                                text(config.workingDir()),
                                Optional.ofNullable(config.entrypoint()),
                                Optional.ofNullable(config.cmd()),
                                Optional.ofNullable(config.shell())),
                        environment,
                        labels == null ? Map.of() : labels,
                        volumes == null ? List.of() : List.copyOf(volumes.keySet()),
                        !orNone(config.onBuild()).isEmpty()),
                List.of(),
                List.of(),
                Map.of());
    }

    private static List<String> orNone(@Nullable List<String> strings) {
        return strings == null ? List.of() : strings;
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(written -> !written.isEmpty());
    }

    /** The image with these facts in addition to others. */
    BaseImage over(BaseImage image) {
        Accounts accounts = accounts(image.accounts());
        return new BaseImage(
                image.reference(),
                config.over(image.config()),
                accounts,
                root(image.root(), accounts),
                image.distribution());
    }

    private Accounts accounts(Accounts known) {
        Accounts accounts = known;
        for (String group : groups) {
            String[] fields = group.split(":", -1);
            accounts = accounts.with(
                    new Accounts.Group(fields[0], new UnixId(Integer.valueOf(fields[1]), fields[0]), Set.of()));
        }
        for (String user : users) {
            String[] fields = user.split(":", -1);
            UnixId gid = accounts.groupId(fields[2]).orElseThrow();
            Optional<String> home =
                    fields.length > 3 && !fields[3].isEmpty() ? Optional.of(fields[3]) : Optional.empty();
            accounts = accounts.with(
                    new Accounts.User(fields[0], new UnixId(Integer.valueOf(fields[1]), fields[0]), gid, home));
        }
        return accounts;
    }

    private TreeNode root(TreeNode known, Accounts accounts) {
        FileTree tree = new FileTree(known);
        Provenance by = Provenance.of("stated facts");
        directories.forEach((path, written) -> {
            String[] parts = written.split("[: ]", -1);
            Ownership ownership = new Ownership(
                    accounts.userId(parts[0]).orElse(null),
                    accounts.groupId(parts[1]).orElse(null),
                    Integer.valueOf(parts[2], 8));
            tree.update(
                    tree.follow(ContainerPath.of(path)),
                    old -> TreeNode.directory(ownership, by).withEntriesOf(old));
        });
        return tree.root();
    }
}
