// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import java.util.HashSet;
import java.util.Set;

/** What instructions change: the files, and the accounts that some of the files contain. */
public final class RootFileSystem {

    private static final int SET_GROUP_ID = 02000;
    private static final int MOUNT_POINT = 0755;

    private final FileTree tree;
    private final Distribution distribution;
    private Accounts accounts;

    private final Set<ContainerPath> mounted;

    private Journal journal;

    public RootFileSystem(TreeNode root, Accounts accounts, Distribution distribution, Effort effort) {
        this(new FileTree(root, effort), accounts, distribution, new HashSet<>(), Journal.EMPTY);
    }

    private RootFileSystem(
            FileTree tree, Accounts accounts, Distribution distribution, Set<ContainerPath> mounted, Journal journal) {
        this.tree = tree;
        this.accounts = accounts;
        this.distribution = distribution;
        this.mounted = mounted;
        this.journal = journal;
    }

    /** Mounts something over what is at a path. */
    public void mount(ContainerPath path, TreeNode root, Provenance by) {
        ContainerPath real = mountPoint(path, by);
        tree.set(real, root);
        mounted.add(real);
    }

    /** The directory of a mount, which the engine makes if it is not there. */
    public ContainerPath mountPoint(ContainerPath path, Provenance by) {
        return makeDirectories(path, Identity.ROOT, MOUNT_POINT, by);
    }

    /** Whether something is mounted at or below a path, which therefore nobody can remove: rmdir(2), EBUSY. */
    public boolean isBusy(ContainerPath path) {
        return mounted.stream().anyMatch(mount -> mount.isAtOrBelow(path));
    }

    /** A saved state. */
    public record Snapshot(TreeNode root, Accounts accounts, Journal journal) {}

    public Journal journal() {
        return journal;
    }

    public void install(String name) {
        journal = journal.withPackage(name, true);
    }

    public void remove(String name) {
        journal = journal.withPackage(name, false);
    }

    /** Some command makes entries in a directory, or below it, that nothing lists. */
    public void scatter(ContainerPath directory) {
        journal = journal.withScattered(directory);
    }

    /** A command shows that a path exists: if nothing is known to be there, another command may have made it. */
    public void isThere(ContainerPath path, Provenance by) {
        if (tree.at(path).isMissing() && journal.mayHave(path)) {
            ContainerPath first = path;
            while (tree.at(first.parent()).isMissing()) {
                first = first.parent();
            }
            tree.set(first, TreeNode.unknown(by));
        }
    }

    /** A file is copied to where a directory may be, which it would be copied into. */
    public void copiedOver(ContainerPath path, TreeNode old) {
        boolean perhapsMade =
                old.isUnknown() ? old.why().location().isPresent() : old.isMissing() && journal.mayHave(path);
        if (perhapsMade) {
            journal = journal.withUnsure(path);
        }
    }

    public FileTree tree() {
        return tree;
    }

    public Accounts accounts() {
        return accounts;
    }

    public void setAccounts(Accounts changed) {
        accounts = changed;
    }

    public Distribution distribution() {
        return distribution;
    }

    public RootFileSystem fork() {
        return new RootFileSystem(new FileTree(tree.root(), tree.effort()), accounts, distribution, mounted, journal);
    }

    public Snapshot snapshot() {
        return new Snapshot(tree.root(), accounts, journal);
    }

    public void restore(Snapshot snapshot) {
        tree.reset(snapshot.root);
        accounts = snapshot.accounts;
        journal = snapshot.journal;
    }

    /** Makes everything unknown. */
    public void giveUp(Provenance why) {
        tree.reset(TreeNode.unknown(why));
        accounts = accounts.incomplete();
    }

    /** What happened since the snapshot may or may not happen: keeps what both states have in common. */
    public void either(Snapshot other, Provenance why) {
        tree.reset(TreeNode.either(other.root, tree.root(), why));
        accounts = accounts.either(other.accounts);
        journal = journal.either(other.journal);
    }

    /**
     * The ownership of a new entry of a directory, which inherits the group from a directory with the set-group-id bit.
     */
    public static Ownership fresh(TreeNode parent, Identity who, int mode, boolean directory) {
        Integer parentMode = parent.ownership().mode();
        if (parentMode != null && (parentMode & SET_GROUP_ID) != 0) {
            return new Ownership(who.user(), parent.ownership().group(), directory ? mode | SET_GROUP_ID : mode);
        }
        return new Ownership(who.user(), who.group(), mode);
    }

    /**
     * Makes a directory and its missing parents, as {@code mkdir -p} does; what exists stays as it is.
     *
     * @return the path of the directory with all links followed
     */
    public ContainerPath makeDirectories(ContainerPath path, Identity who, int mode, Provenance by) {
        return tree.deepen(path, (parent, old) -> {
            Ownership fresh = fresh(parent, who, mode, true);
            return old.isMissing() ? TreeNode.directory(fresh, by) : old.isUnknown() ? perhapsNew(old, fresh, by) : old;
        });
    }

    /** The same for a directory that a line names in order to have it. */
    public ContainerPath make(ContainerPath path, Identity who, int mode, Provenance by) {
        ContainerPath real = makeDirectories(path, who, mode, by);
        journal = journal.withMade(real);
        return real;
    }

    /** A directory that was made just now unless it existed already. */
    private TreeNode perhapsNew(TreeNode old, Ownership fresh, Provenance by) {
        Ownership common = old.ownership().common(fresh);
        // The owners of the directories of packages can write them (Debian policy 10.9: 0755 or 2775; the few
        // exceptions are listed with the distribution), so a directory that mkdir -p finds is as good as one that it
        // makes.
        boolean ofDistribution = distribution.family() != Distribution.Family.UNKNOWN
                && old.why().location().isEmpty();
        if (ofDistribution && fresh.ownerMayWrite()) {
            common = common.writableForOwner();
        }
        TreeNode directory = old.asDirectory(by);
        return directory.doubted(common, old.why());
    }
}
