// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.archive.PackedFiles;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.text.Expansion;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.image.tree.AccountFiles;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.ModeChange;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeCopy;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.image.tree.Unpacking;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * {@code COPY} and {@code ADD}, as BuildKit does them: new directories have mode 0755 and the owner of {@code --chown};
 * the destination directory is never a copy of the source directory.
 */
final class CopyInstruction {

    private static final Pattern ARCHIVE =
            Pattern.compile(".*\\.(tar|tar\\.(gz|bz2|xz|zst|lzma)|tgz|tbz2?|txz|tzst)", Pattern.CASE_INSENSITIVE);
    /** Names of files, not of directories. */
    private static final Pattern FILE_NAME = Pattern.compile(
            ".*\\.(jar|war|ear|json|js|mjs|cjs|ts|xml|ya?ml|properties|conf|cfg|ini|sh|txt|md|lock|toml|mod|sum|csproj|py|rb|php"
                    + "|so|zip|gz|pem|crt|key|dll|exe|html|css|sql|env|tmpl|template)");

    private static final String PIVOT = "/./";

    interface Sources {

        /** The tree that {@code --from} names, or the build context without it; empty if unknown. */
        Optional<TreeNode> root(Optional<JoinedText> from);

        /** The accounts of what {@code --from} names; empty if unknown. */
        Optional<Accounts> accounts(Optional<JoinedText> from);

        /** What the build of the project makes in the context, or in such a directory of a stage, by its path there. */
        Map<ContainerPath, Assembly> assemblies(Optional<JoinedText> from);
    }

    /** A source: its name as written, and the node. */
    private record Entry(String name, TreeNode node) {}

    private final Instruction.Copy copy;
    private final StageState state;
    private final StageLog log;
    private final Function<JoinedText, Optional<String>> values;
    private final boolean classic;
    private final Sources sources;
    private final Provenance by;
    private final List<Entry> entries = new ArrayList<>();

    /** The mode of {@code --chmod}; empty if there is none, or if it is unknown. */
    private Optional<ModeChange> mode = Optional.empty();

    /** @param values the value of an argument; empty if unknown */
    CopyInstruction(
            Instruction.Copy copy,
            StageState state,
            StageLog log,
            Function<JoinedText, Optional<String>> values,
            ImageBuilder.Builder builder,
            Sources sources) {
        this.copy = copy;
        this.state = state;
        this.log = log;
        this.values = values;
        this.classic = builder == ImageBuilder.Builder.CLASSIC;
        this.sources = sources;
        this.by = Provenance.at(copy.add() ? "ADD" : "COPY", copy.location());
    }

    void evaluate() {
        readMode();
        collect();
        Optional<String> expanded = values.apply(copy.destination());
        Optional<String> written = expanded.isPresent() ? state.onSystemDrive(expanded.get()) : Optional.empty();
        if (expanded.isPresent() && written.isEmpty()) {
            log.problems.add(StageLog.otherDrive(copy.destination().location(), copy.add() ? "ADD" : "COPY"));
        }
        if (written.isEmpty()) {
            return;
        }
        Optional<ContainerPath> directory =
                written.get().startsWith("/") ? Optional.of(ContainerPath.ROOT) : state.directory();
        if (directory.isEmpty()) {
            return;
        }
        FileTree tree = state.files().tree();
        ContainerPath named = directory.get().resolve(written.get());
        if (named.isTooLong()) {
            log.problems.add(StageLog.tooLong(copy.destination().location(), copy.add() ? "ADD" : "COPY"));
            return;
        }
        ContainerPath destination = tree.follow(named);
        Identity owner = owner();
        TreeCopy treeCopy = TreeCopy.in(tree, node -> owned(node, owner), true, by);
        boolean into = copy.sources().size() + copy.heredocs().size() > 1
                || written.get().isEmpty()
                || written.get().endsWith("/")
                || written.get().endsWith("/.")
                || written.get().equals(".")
                || tree.at(destination).isDirectory();
        if (copy.flag("link").isPresent()) {
            linkParents(into ? destination : destination.parent(), owner);
        }
        boolean parents = copy.flag("parents").isPresent();
        TreeNode passwd = tree.at(AccountFiles.PASSWD);
        TreeNode group = tree.at(AccountFiles.GROUP);
        for (Entry entry : entries) {
            copyEntry(entry, destination, into || parents, parents, owner, treeCopy);
        }
        copyAccounts(passwd, group);
    }

    private void readMode() {
        Optional<JoinedText> flag = copy.flag("chmod");
        Optional<String> known = flag.isPresent() ? values.apply(flag.get()) : Optional.empty();
        if (known.isPresent()) {
            mode = ModeChange.parse(known.get());
        }
    }

    /** Copied account files bring their accounts, if these are known. */
    private void copyAccounts(TreeNode passwd, TreeNode group) {
        RootFileSystem files = state.files();
        boolean users = AccountFiles.differs(files.tree().at(AccountFiles.PASSWD), passwd);
        boolean groups = AccountFiles.differs(files.tree().at(AccountFiles.GROUP), group);
        if (!users && !groups) {
            return;
        }
        Optional<Accounts> source = sources.accounts(copy.flag("from"));
        if (source.isEmpty() || !namesOnly("/etc/passwd", "/etc/group")) {
            AccountFiles.compare(files, passwd, group);
            return;
        }
        Accounts own = files.accounts();
        files.setAccounts(new Accounts(
                users ? source.get().users() : own.users(),
                groups ? source.get().groups() : own.groups(),
                source.get().complete() && (own.complete() || (users && groups))));
    }

    private boolean namesOnly(String... paths) {
        return entries.stream().allMatch(entry -> {
            String path = ContainerPath.of(entry.name).toString();
            return Arrays.asList(paths).contains(path) || !path.startsWith("/etc");
        });
    }

    private void copyEntry(
            Entry entry, ContainerPath destination, boolean into, boolean parents, Identity owner, TreeCopy treeCopy) {
        FileTree tree = state.files().tree();
        TreeNode node = entry.node;
        String name =
                parents ? afterPivot(entry.name) : ContainerPath.of(entry.name).name();
        boolean directory = node.isDirectory() || entry.name.equals(".") || entry.name.equals("/");
        boolean perhapsDirectory = node.isUnknown() && !FILE_NAME.matcher(name).matches();
        log.copied.add(new ImageBuild.Copied(
                into && !directory && !perhapsDirectory ? destination.resolve(name) : destination, copy.location()));
        if (copy.add() && ARCHIVE.matcher(name).matches()) {
            state.files().make(destination, owner, 0755, by);
            if (!unpacking(CopyInstruction::packed, by).unpack(node, state.files(), destination)) {
                tree.update(destination, old -> unknownContents(old, destination, treeCopy));
            }
        } else if (parents) {
            ContainerPath path = destination.resolve(name);
            state.files().makeDirectories(path.parent(), Identity.UNKNOWN, 0755, by);
            tree.update(path, old -> treeCopy.entry(node, old, path));
        } else if (directory) {
            if (classic) {
                state.files().makeDirectories(destination.parent(), Identity.ROOT, 0755, by);
            }
            ContainerPath made = state.files().make(destination, owner, 0755, by);
            tree.update(made, old -> treeCopy.contents(node, old, made));
        } else if (perhapsDirectory) {
            if (into) {
                ContainerPath made = state.files().make(destination, owner, 0755, by);
                tree.update(made, old -> unknownContents(old, made, treeCopy));
            } else {
                state.files().makeDirectories(destination.parent(), owner, 0755, by);
                tree.update(destination, old -> perhapsCopied(treeCopy.entry(TreeNode.unknown(by), old, destination)));
            }
        } else {
            ContainerPath path = into ? destination.resolve(name) : destination;
            state.files().makeDirectories(path.parent(), owner, 0755, by);
            if (!into && !FILE_NAME.matcher(path.name()).matches()) {
                state.files().copiedOver(path, tree.at(path));
            }
            tree.update(
                    path, old -> node.isUnknown() ? treeCopy.ownership().apply(node) : treeCopy.entry(node, old, path));
        }
    }

    private static Unpacking unpacking(Function<PackedFiles.Entry, Ownership> ownership, Provenance by) {
        return new Unpacking(ownership, false, false, Identity.ROOT, 0, by);
    }

    /**
     * ADD keeps the numbers of the owners in an archive, whatever {@code --chown} says. In one that is not made yet, they
     * are whoever makes it.
     */
    private static Ownership packed(PackedFiles.Entry entry) {
        return entry.owner().isKnown()
                ? Ownership.of(entry.owner().uid(), entry.owner().gid(), entry.mode())
                : new Ownership(null, null, entry.mode());
    }

    /** Whatever the base image has there, this line decides what it is. */
    private TreeNode perhapsCopied(TreeNode node) {
        return node.isUnknown() ? node.doubted(node.ownership(), by) : node;
    }

    /**
     * The part of a source's path that {@code --parents} makes below the destination: all of it, or what follows its
     * first {@code /./}.
     */
    private static String afterPivot(String source) {
        int pivot = source.indexOf(PIVOT);
        return (pivot < 0 ? source : source.substring(pivot + PIVOT.length())).replaceFirst("^/+", "");
    }

    private TreeNode unknownContents(TreeNode old, ContainerPath destination, TreeCopy treeCopy) {
        TreeNode unknown = TreeNode.unknown(by);
        return destination.isRoot()
                ? treeCopy.withMoreEntries(old, treeCopy.ownership().apply(unknown))
                : treeCopy.withUnknownEntries(old, unknown);
    }

    /** A linked layer brings its own parents, which may replace existing ones. */
    private void linkParents(ContainerPath deepest, Identity owner) {
        FileTree tree = state.files().tree();
        Ownership made = new Ownership(owner.user(), owner.group(), 0755);
        for (ContainerPath path = deepest; !path.isRoot(); path = path.parent()) {
            tree.update(path, node -> {
                Ownership common = node.ownership().common(made);
                return node.isDirectory() && !common.equals(node.ownership()) ? node.doubted(common, by) : node;
            });
        }
    }

    private Identity owner() {
        Optional<JoinedText> flag = copy.flag("chown");
        if (flag.isEmpty()) {
            return Identity.ROOT;
        }
        return values.apply(flag.get())
                .map(written -> written.isEmpty()
                        ? Identity.ROOT
                        : classic
                                ? new UserSpec(written)
                                        .classicOwner(state.files().accounts())
                                : new UserSpec(written).owner(state.files().accounts()))
                .orElse(Identity.UNKNOWN);
    }

    private TreeNode owned(TreeNode node, Identity owner) {
        TreeNode changed = node;
        if (copy.flag("chown").isPresent()) {
            changed = changed.withOwner(owner.user(), by).withGroup(owner.group(), by);
        }
        if (copy.flag("chmod").isPresent() && !node.isSymlink()) {
            TreeNode owned = changed;
            changed = mode.map(change -> owned.withMode(change, 0, by)).orElseGet(() -> owned.withMode(null, by));
        }
        boolean perhapsFile = node.isFile() || node.isUnknown();
        if (!perhapsFile || node.content() != null) {
            return changed;
        }
        // The content of the build context is known, that of a published image may not be.
        return changed.withContent(
                copy.flag("from").isPresent() ? new FileContent.Published(by) : new FileContent.Changed(by));
    }

    private Text text(Instruction.Heredoc heredoc) {
        if (!heredoc.expand()) {
            return Text.of(heredoc.body().text());
        }
        return Expansion.ofHeredocBody(heredoc.body(), state) instanceof Expansion.Known known
                ? Text.of(known.text())
                : Text.UNKNOWN;
    }

    private void collect() {
        for (Instruction.Heredoc heredoc : copy.heredocs()) {
            TreeNode file = TreeNode.file(Ownership.of(0, 0, 0644), by);
            entries.add(new Entry(heredoc.delimiter(), file.withContent(FileContent.of(text(heredoc), by))));
        }
        Optional<TreeNode> root = copy.sources().isEmpty() ? Optional.empty() : sources.root(copy.flag("from"));
        for (JoinedText source : copy.sources()) {
            Optional<String> written = values.apply(source);
            if (written.isEmpty()) {
                read(".", root.orElseGet(() -> TreeNode.unknown(by)));
                entries.add(new Entry("?", TreeNode.unknown(by)));
            } else if (copy.add() && RemoteSource.isGit(written.get())) {
                entries.add(new Entry("?", TreeNode.unknown(by)));
            } else if (copy.add() && RemoteSource.isDownload(written.get())) {
                String path = written.get().replaceFirst("[?#].*", "");
                entries.add(new Entry(
                        path.endsWith("/") || path.matches("https?://[^/]*")
                                ? "?"
                                : path.substring(path.indexOf("//") + 2),
                        TreeNode.file(Ownership.of(0, 0, 0600), by)));
            } else {
                findOnSystemDrive(root, written.get(), source);
            }
        }
    }

    private void findOnSystemDrive(Optional<TreeNode> root, String written, JoinedText source) {
        if (state.onSystemDrive(written).isEmpty()) {
            log.problems.add(StageLog.otherDrive(source.location(), copy.add() ? "ADD" : "COPY"));
        } else if (root.isEmpty()) {
            read(written, TreeNode.unknown(by));
            entries.add(new Entry(written, TreeNode.unknown(by)));
        } else {
            find(root.get(), written);
        }
    }

    /** Another stage or image is not the context. */
    private void read(String source, TreeNode node) {
        if (copy.flag("from").isEmpty()) {
            log.context.put(source, node);
        }
    }

    private void find(TreeNode root, String written) {
        boolean pattern = written.matches(".*[*?\\[].*");
        if (!pattern) {
            ContainerPath path = FileTree.follow(root, ContainerPath.of(written));
            TreeNode node = FileTree.at(root, path);
            String name = path.isRoot() && !written.endsWith("/.") ? "." : written;
            read(path.toString(), node);
            if ((!node.isMissing() && !node.isUnknown()) || !findMade(path.segments())) {
                entries.add(new Entry(name, node.isMissing() ? TreeNode.unknown(by) : node));
            }
            return;
        }
        int before = entries.size();
        int pivot = written.indexOf(PIVOT);
        List<String> segments = new ArrayList<>();
        if (pivot >= 0) {
            segments.addAll(ContainerPath.of(written.substring(0, pivot)).segments());
            segments.add(".");
        }
        segments.addAll(ContainerPath.of(written.substring(Math.max(pivot, 0))).segments());
        match(root, segments, "");
        int matched = entries.size();
        if (entries.subList(before, matched).stream().allMatch(entry -> entry.node.isUnknown()) && findMade(segments)) {
            entries.subList(before, matched).clear();
        }
        for (Entry entry : entries.subList(before, entries.size())) {
            read(entry.name, entry.node);
        }
        if (entries.size() == before) {
            read(written, TreeNode.missing(by));
            entries.add(new Entry(written, TreeNode.unknown(by)));
        }
    }

    /**
     * Finds what the build of the project makes where nothing is known to be. A stage may build in any directory.
     *
     * @return whether there is something
     */
    private boolean findMade(List<String> segments) {
        int before = entries.size();
        sources.assemblies(copy.flag("from")).forEach((place, assembly) -> {
            List<String> names = place.segments();
            int last = copy.flag("from").isPresent() ? segments.size() - names.size() : 0;
            for (int i = 0; i <= last && i + names.size() <= segments.size(); i++) {
                if (matches(segments.subList(i, i + names.size()), names)) {
                    Provenance how =
                            Provenance.at(by.text() + " of what " + assembly.maker() + " makes", copy.location());
                    TreeNode made = unpacking(entry -> new Ownership(UnixId.ROOT, UnixId.ROOT, entry.mode()), how)
                            .made(assembly);
                    match(made, segments.subList(i + names.size(), segments.size()), place.toString());
                }
            }
        });
        return entries.size() > before;
    }

    private static boolean matches(List<String> patterns, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (!new Glob(patterns.get(i)).matches(names.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void match(TreeNode node, List<String> segments, String path) {
        if (segments.isEmpty()) {
            entries.add(new Entry(path, node));
            return;
        }
        if (segments.get(0).equals(".")) {
            match(node, segments.subList(1, segments.size()), path + "/.");
            return;
        }
        Glob glob = new Glob(segments.get(0));
        boolean[] unlisted = {node.anyUnlisted().isUnknown()};
        node.children().forEach((name, child) -> {
            if (glob.matches(name) && !child.isMissing()) {
                match(child, segments.subList(1, segments.size()), path + "/" + name);
            }
        });
        if (unlisted[0]) {
            entries.add(new Entry(path + "/" + segments.get(segments.size() - 1), TreeNode.unknown(by)));
        }
    }
}
