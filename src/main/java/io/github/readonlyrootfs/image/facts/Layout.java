// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Distribution;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directories and accounts of a distribution, read from a file below {@code layouts}. The facts of an image extend
 * a layout with the same keys:
 *
 * <ul>
 *   <li>{@code source}: where this information comes from; {@code extends}: the layout that this one adds to
 *   <li>{@code family}: whose commands it has; {@code homeMode}: the mode of the home that {@code useradd -m} makes, empty
 *       for unknown
 *   <li>{@code users}: as {@code name:uid:gid:home}; {@code groups}: as {@code name:gid:members}; {@code ?} for a number
 *       that differs
 *   <li>{@code accountsComplete}: true if no other account exists; {@code people} if the system may have others, but
 *       none from 1000 on exists
 *   <li>{@code directories}, {@code files}, {@code links} by path; a file may call itself {@code complete} for a directory
 *       of which every entry is listed, and {@code incomplete} takes that back for what adds to it
 *   <li>{@code owners}: by path, as {@code uid:gid mode} with {@code ?} for what is not known; without, {@code 0:0 0755},
 *       and {@code 0:0 0644} for a file
 * </ul>
 */
final class Layout {

    private final Set<String> directories = new LinkedHashSet<>();
    private final Set<String> complete = new HashSet<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private final Set<String> files = new LinkedHashSet<>();

    /** Those of the files that are start scripts with known facts. */
    private final Set<String> scripts = new LinkedHashSet<>();

    private final Map<String, Accounts.User> users = new LinkedHashMap<>();
    private final Map<String, Accounts.Group> groups = new LinkedHashMap<>();

    /** A view of both, to find them by their numbers. */
    private final Accounts listed = new Accounts(users, groups, false);

    private Accounts.Others others = Accounts.Others.ANY;
    private Distribution.Family family = Distribution.Family.UNKNOWN;
    private @Nullable Integer homeMode;

    private static final Optional<String> PEOPLE = Optional.of("people");

    private Layout() {}

    static Layout load(String name) {
        Json json = DataFiles.read(Layout.class, "layouts/" + name + ".json").orElseThrow();
        Layout layout = json.has("extends") ? load(json.get("extends").string()) : new Layout();
        layout.extend(json);
        return layout;
    }

    /** Adds the content of a data file; its values override earlier ones. */
    Layout extend(Json json) {
        List<String> more = json.strings("directories");
        directories.addAll(more);
        links.keySet().removeAll(more);
        complete.addAll(json.strings("complete"));
        for (String path : json.strings("incomplete")) {
            complete.remove(path);
        }
        owners.putAll(json.texts("owners"));
        links.putAll(json.texts("links"));
        directories.removeAll(links.keySet());
        files.addAll(json.strings("files"));
        // The file that the image starts exists, and everybody may execute it.
        List<String> entrypoint = json.strings("entrypoint");
        if (!entrypoint.isEmpty() && entrypoint.get(0).startsWith("/")) {
            files.add(entrypoint.get(0));
            if (json.get("script")
                    .get("name")
                    .text()
                    .filter(entrypoint.get(0)::endsWith)
                    .isPresent()) {
                scripts.add(entrypoint.get(0));
            }
            owners.putIfAbsent(entrypoint.get(0), "?:? 0755");
        }
        for (String group : json.strings("groups")) {
            String[] fields = group.split(":", -1);
            Set<String> members = new LinkedHashSet<>(Arrays.asList(fields[2].split(",", -1)));
            members.remove("");
            groups.put(fields[0], new Accounts.Group(fields[0], id(fields[1], fields[0]), members));
        }
        for (String user : json.strings("users")) {
            String[] fields = user.split(":", -1);
            users.put(
                    fields[0],
                    new Accounts.User(
                            fields[0],
                            id(fields[1], fields[0]),
                            id(fields[2], fields[2].equals("?") ? fields[0] : groupName(fields[2])),
                            fields[3].isEmpty() ? Optional.empty() : Optional.of(fields[3])));
        }
        if (json.has("accountsComplete")) {
            boolean people = json.get("accountsComplete").text().equals(PEOPLE);
            others = json.get("accountsComplete").isTrue()
                    ? Accounts.Others.NONE
                    : people ? Accounts.Others.SYSTEM : Accounts.Others.ANY;
        }
        if (json.has("family")) {
            family = switch (json.get("family").string()) {
                case "debian" -> Distribution.Family.DEBIAN;
                case "alpine" -> Distribution.Family.ALPINE;
                case "redhat" -> Distribution.Family.REDHAT;
                default -> Distribution.Family.UNKNOWN;
            };
        }
        if (json.has("homeMode")) {
            String mode = json.get("homeMode").string();
            homeMode = mode.isEmpty() ? null : Integer.valueOf(mode, 8);
        }
        return this;
    }

    private @Nullable String groupName(String gid) {
        Optional<Accounts.Group> group = listed.group(Integer.parseInt(gid));
        return group.isPresent() ? group.get().name() : null;
    }

    private static UnixId id(String number, @Nullable String name) {
        if (number.equals("?")) {
            return UnixId.named(name == null ? "?" : name);
        }
        return new UnixId(Integer.valueOf(number), name);
    }

    Accounts accounts() {
        return new Accounts(Map.copyOf(users), Map.copyOf(groups), others);
    }

    Distribution distribution() {
        return new Distribution(family, homeMode);
    }

    /**
     * The tree of the directories.
     *
     * @param by the source of those that are listed
     * @param doubt why others are unknown
     */
    TreeNode root(Provenance by, Provenance doubt) {
        FileTree tree = new FileTree(directory("/", by, doubt));
        List<String> paths = new ArrayList<>(directories);
        paths.sort(null);
        for (String path : paths) {
            tree.set(ContainerPath.of(path), directory(path, by, doubt));
        }
        for (String path : files) {
            tree.set(ContainerPath.of(path), TreeNode.file(ownership(owners.getOrDefault(path, "0:0 0644")), by));
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            tree.set(ContainerPath.of(link.getKey()), TreeNode.symlink(link.getValue(), by));
        }
        return tree.root();
    }

    /** The tree of a published image. */
    TreeNode root(String reference) {
        FileTree tree = new FileTree(root(
                Provenance.of("base image " + reference),
                Provenance.of("the files of base image " + reference + " are only partly known")));
        for (String path : scripts) {
            tree.update(ContainerPath.of(path), file -> file.withContent(new FileContent.StartScript(reference)));
        }
        return tree.root();
    }

    private TreeNode directory(String path, Provenance by, Provenance doubt) {
        Ownership ownership = ownership(owners.getOrDefault(path, "0:0 0755"));
        TreeNode directory = TreeNode.directory(ownership, by)
                .withUnlisted(complete.contains(path) ? TreeNode.missing(by) : TreeNode.unknown(doubt));
        return ownership.isKnown() ? directory : directory.doubted(ownership, doubt);
    }

    /** Reads {@code uid:gid mode}, with {@code ?} for an unknown value. */
    private Ownership ownership(String written) {
        int colon = written.indexOf(':');
        int blank = written.indexOf(' ');
        String user = written.substring(0, colon);
        String group = written.substring(colon + 1, blank);
        String mode = written.substring(blank + 1);
        return new Ownership(
                user.equals("?") ? null : id(user, userName(user)),
                group.equals("?") ? null : id(group, groupName(group)),
                mode.equals("?") ? null : Integer.valueOf(mode, 8));
    }

    private @Nullable String userName(String uid) {
        Optional<Accounts.User> user = listed.user(Integer.parseInt(uid));
        return user.isPresent() ? user.get().name() : null;
    }
}
