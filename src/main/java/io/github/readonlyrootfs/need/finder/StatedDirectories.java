// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.ImpliedNeeds;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.need.catalogue.KeptName;
import io.github.readonlyrootfs.need.catalogue.PublishedWriter;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.start.BaseDirectories;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Directories that the Dockerfile makes, or copies empty, and gives to the container's user: their author means them to be
 * written. To root everything belongs.
 */
final class StatedDirectories {

    /** Files that are only there because Git and COPY keep no empty directories. */
    private static final Set<String> PLACEHOLDERS =
            Set.of(".gitkeep", ".gitignore", ".keep", ".empty", ".placeholder", ".dockerkeep", ".dummy");

    /** The accounts of an unknown base image are unknown. */
    private static final ContainerPath HOMES = ContainerPath.of("/home");

    private final Image image;
    private final Optional<Identity> user;
    private final Set<ContainerPath> homes = new HashSet<>();
    private final BaseDirectories directories;
    private final List<ContainerPath> managed;
    private final List<ContainerPath> mounts;
    private final List<ContainerPath> writable = new ArrayList<>();
    private final FoundNeeds found;

    StatedDirectories(ContainerContext container, FoundNeeds found) {
        this.image = container.image();
        this.user = container.user().map(name -> new UserSpec(name).identity(image.accounts()));
        for (Image.ImageVolume volume : image.config().volumes().declared()) {
            if (volume.inherited()) {
                homes.add(volume.path());
            }
        }
        for (Need implied : ImpliedNeeds.of(container.definition(), image)) {
            writable.addAll(implied.alternatives());
        }
        for (Accounts.User account : image.accounts().users().values()) {
            if (account.home().isPresent()) {
                homes.add(ContainerPath.of(account.home().get()));
            }
        }
        this.directories = container.directories();
        this.mounts = container.mounts();
        this.managed = PublishedWriter.paths(container);
        this.found = found;
    }

    void find() {
        below(ContainerPath.ROOT, image.files().root());
    }

    private void below(ContainerPath directory, TreeNode node) {
        node.children().forEach((name, child) -> {
            ContainerPath path = directory.resolve("./" + name);
            if (child.isDirectory() && (!KeptName.isOfSystem(path) || directories.isAtWork(path))) {
                if (isStated(path, child, node)) {
                    state(path, child);
                } else {
                    below(path, child);
                }
            }
        });
    }

    private boolean isStated(ContainerPath path, TreeNode node, TreeNode parent) {
        if (node.provenance().location().isEmpty()
                || !isVacant(node)
                || isManaged(path)
                || path.parent().equals(HOMES)) {
            return false;
        }
        Provenance made = node.anyUnlisted().provenance();
        boolean isNew = node.anyUnlisted().isMissing() && made.location().isPresent();
        boolean changed = !node.provenance().equals(made);
        // A line that changes everything below a directory says nothing of what is there.
        boolean reached = node.provenance().equals(parent.provenance());
        boolean came = reached && made.equals(parent.anyUnlisted().provenance());
        boolean own = image.made().contains(path.toString()) || (isNew && changed && !came);
        boolean named = (own || !isRoot() || hasPlaceholder(node))
                && KeptName.of(path.name()).filter(KeptName::sure).isPresent();
        boolean used =
                own && !homes.contains(path) && !KeptName.isOfOther(path.name()) && !(isRoot() && holdsWork(path));
        boolean meant = own || hasPlaceholder(node) || !reached;
        return (named || used) && meant && (isRoot() || isGiven(node.ownership()));
    }

    /** Whether it is made for the program to run in. */
    private boolean holdsWork(ContainerPath path) {
        return directories
                .workdir()
                .known()
                .filter(work -> work.isAtOrBelow(path))
                .isPresent();
    }

    /** Whether nothing is in it, as far as the Dockerfile says. */
    static boolean isVacant(TreeNode node) {
        TreeNode others = node.anyUnlisted();
        if (!others.isMissing() && !isOfBase(others)) {
            return false;
        }
        for (String name : node.names()) {
            TreeNode child = node.child(name);
            // A name that is unknown here is known from a line that may put a file there.
            boolean nothing = child.isMissing() || PLACEHOLDERS.contains(name);
            if (!nothing && !(child.isDirectory() && isVacant(child))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasPlaceholder(TreeNode node) {
        for (String name : node.existingNames()) {
            if (PLACEHOLDERS.contains(name) || hasPlaceholder(node.child(name))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is unknown only because the base image is. */
    static boolean isOfBase(TreeNode node) {
        return node.isUnknown() && node.why().location().isEmpty();
    }

    /** Whether the container's user is or may be root. */
    private boolean isRoot() {
        return user.isEmpty() || user.get().user() == null || user.get().user().isRoot();
    }

    private boolean isGiven(Ownership ownership) {
        UnixId owner = ownership.owner();
        if (owner == null) {
            // A line may have given it away that does not name it.
            return false;
        }
        Truth owns = UnixId.same(user.get().user(), owner);
        UnixId group = user.get().group();
        return owns.isTrue()
                || ownership
                        .grants(Ownership.WRITE | Ownership.SEARCH, owns, () -> UnixId.same(group, ownership.group()))
                        .isTrue();
    }

    /** Whether a server that the catalogue knows keeps its own files there, above or below. */
    private boolean isManaged(ContainerPath path) {
        for (ContainerPath known : managed) {
            if (path.isAtOrBelow(known) || known.isAtOrBelow(path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(ContainerPath path, List<ContainerPath> directories) {
        for (ContainerPath directory : directories) {
            if (path.isAtOrBelow(directory)) {
                return true;
            }
        }
        return false;
    }

    private void state(ContainerPath path, TreeNode node) {
        Optional<Keeps> keeps = keeps(path.name(), node);
        // A mount says by itself that something is written there, but not what.
        if (isIn(path, mounts) && (keeps.isEmpty() || !isIn(path, writable))) {
            return;
        }
        found.add(new Need(
                        List.of(path),
                        Impact.FEATURE,
                        false,
                        true,
                        List.of(found.stated(
                                        "the Dockerfile makes it for the container to write",
                                        node.provenance().location())
                                .keeping(keeps)))
                .of(Kind.DIRECTORY));
    }

    /** What its name, or that of a directory below, says. */
    private static Optional<Keeps> keeps(String name, TreeNode node) {
        Optional<Keeps> keeps = KeptName.of(name).flatMap(KeptName::keeps);
        for (String below : node.existingNames()) {
            keeps = keeps.isPresent() ? keeps : keeps(below, node.child(below));
        }
        return keeps;
    }
}
