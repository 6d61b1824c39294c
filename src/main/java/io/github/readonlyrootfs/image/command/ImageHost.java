// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.AccountFiles;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Distribution;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Program;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.ParsedScripts;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The host of a script that changes the files and accounts of an image. A build changes the image; the start of a
 * container, whose host knows more, changes a copy.
 */
public class ImageHost implements Host {

    /** The engine mounts these files when a command runs, whatever the image has. */
    private static final Set<String> OF_THE_ENGINE = Set.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

    /** Start scripts that Maven's plugins and many people made look for IBM's Java for AIX: no image has it. */
    private static final String JAVA_OF_AIX = "/jre/sh/java";

    private static final ContainerPath NULL = ContainerPath.of("/dev/null");

    private final RootFileSystem files;
    private final Identity identity;
    private final Function<String, ShellVariable> variables;
    private final ParsedScripts parsed;

    public ImageHost(RootFileSystem files, Identity identity, Function<String, ShellVariable> variables) {
        this(files, identity, variables, new ParsedScripts());
    }

    private ImageHost(
            RootFileSystem files, Identity identity, Function<String, ShellVariable> variables, ParsedScripts parsed) {
        this.files = files;
        this.identity = identity;
        this.variables = variables;
        this.parsed = parsed;
    }

    /** The same files and user. */
    protected ImageHost(ImageHost other) {
        this(other.files, other.identity, other.variables, other.parsed);
    }

    /** The files as they are now. */
    public ImageHost fork() {
        return new ImageHost(files.fork(), identity, variables, parsed);
    }

    /** Whether the user may make an entry, with the missing directories above it. */
    public Truth permits(ContainerPath entry) {
        return BuildPermission.entry(files, real(entry), identity);
    }

    /** Whether something belongs to the user. */
    public Truth owns(ContainerPath path) {
        return UnixId.same(at(path).ownership().owner(), identity.user());
    }

    /**
     * A container's files, which begin as the image's.
     *
     * @param user the user, as {@code USER} writes it; empty if unknown
     * @param mounts what replaces the image's files, from the top down
     * @param effort the limit for following it
     */
    public static ImageHost of(Image image, Optional<String> user, Map<ContainerPath, TreeNode> mounts, Effort effort) {
        RootFileSystem files = new RootFileSystem(image.files().root(), image.accounts(), Distribution.UNKNOWN, effort);
        Provenance mounted = Provenance.of("a mount");
        mounts.forEach((path, node) -> files.mount(path, node, mounted));
        for (Image.ImageVolume volume : image.config().volumes().declared()) {
            files.mountPoint(volume.path(), mounted);
        }
        Identity identity = user.isPresent() ? new UserSpec(user.get()).identity(image.accounts()) : Identity.UNKNOWN;
        return new ImageHost(files, identity, name -> ShellVariable.UNKNOWN);
    }

    /** What is at a path, or where it leads. */
    public TreeNode at(ContainerPath path) {
        return node(path, true);
    }

    /** What is known of the content of a file; empty if it is the base image's own, or there is none. */
    public Optional<FileContent> fileContent(ContainerPath file) {
        return Optional.ofNullable(at(file).content());
    }

    /** The known names in a directory, sorted; there may be others. */
    public List<String> knownNames(ContainerPath directory) {
        return files.tree().at(directory).existingNames();
    }

    RootFileSystem files() {
        return files;
    }

    Identity identity() {
        return identity;
    }

    @Override
    public Effort effort() {
        return files.tree().effort();
    }

    @Override
    public ShellVariable variable(String name) {
        return variables.apply(name);
    }

    @Override
    public Text home() {
        UnixId user = identity.user();
        Optional<Accounts.User> account = user == null ? Optional.empty() : account(user);
        return account.flatMap(Accounts.User::home).map(Text::of).orElse(Text.UNKNOWN);
    }

    private Optional<Accounts.User> account(UnixId user) {
        Integer number = user.number();
        if (number != null) {
            return files.accounts().user(number);
        }
        return Optional.ofNullable(user.name()).flatMap(files.accounts()::user);
    }

    @Override
    public Text id(String what, Optional<String> user) {
        Optional<Accounts.User> account = user.flatMap(files.accounts()::userCalled);
        UnixId id;
        if (user.isPresent()) {
            id = account.map(what.startsWith("u") ? Accounts.User::uid : Accounts.User::gid)
                    .orElse(null);
        } else {
            id = what.startsWith("u") ? identity.user() : identity.group();
        }
        return what.endsWith("n") ? name(id, what.startsWith("u")) : number(id);
    }

    private static Text number(@Nullable UnixId id) {
        Integer number = id == null ? null : id.number();
        return number == null ? Text.UNKNOWN : Text.of(number);
    }

    private Text name(@Nullable UnixId id, boolean user) {
        if (id == null) {
            return Text.UNKNOWN;
        }
        Integer number = id.number();
        Optional<String> found = number == null
                ? Optional.empty()
                : user
                        ? files.accounts().user(number).map(Accounts.User::name)
                        : files.accounts().group(number).map(Accounts.Group::name);
        return found.or(() -> Optional.ofNullable(id.name())).map(Text::of).orElse(Text.UNKNOWN);
    }

    /** Root may write all that a build can reach. */
    @Override
    public Truth writable(Field target, Call by) {
        Optional<ContainerPath> path = by.shell().path(target);
        boolean exists = path.isPresent() && !entry(path.get(), true).is(EntryKind.UNKNOWN);
        return exists && id("u", Optional.empty()).equals(Text.of("0")) ? Truth.TRUE : Truth.UNKNOWN;
    }

    @Override
    public Truth hasUser(String name) {
        boolean found = files.accounts().userCalled(name).isPresent();
        return found || files.accounts().complete() ? Truth.of(found) : Truth.UNKNOWN;
    }

    @Override
    public Text account(String database, String key) {
        Optional<Text> line = database.equals("passwd")
                ? files.accounts().userCalled(key).map(AccountFiles::line)
                : files.accounts().groupCalled(key).map(AccountFiles::line);
        return line.orElse(files.accounts().complete() ? Text.EMPTY : Text.UNKNOWN);
    }

    @Override
    public ImageHost as(Optional<Field> user, Optional<Field> group) {
        Identity other = user.map(this::identity).orElse(identity);
        if (group.isPresent()) {
            Optional<UnixId> id = group.get().exact().flatMap(files.accounts()::groupId);
            other = new Identity(other.user(), id.orElse(null));
        }
        return new ImageHost(files, other, variables, parsed);
    }

    private Identity identity(Field user) {
        return user.exact()
                .map(name -> new UserSpec(name).identity(files.accounts()))
                .orElse(Identity.UNKNOWN);
    }

    private TreeNode node(ContainerPath path, boolean follow) {
        FileTree tree = files.tree();
        return tree.at(follow ? tree.follow(path) : tree.followParents(path));
    }

    @Override
    public FileStatus entry(ContainerPath path, boolean follow) {
        TreeNode node = node(path, follow);
        if (node.isMissing() && OF_THE_ENGINE.contains(path.toString())) {
            return FileStatus.UNKNOWN;
        }
        if (node.isUnknown() && path.toString().endsWith(JAVA_OF_AIX)) {
            return FileStatus.MISSING;
        }
        Ownership ownership = node.ownership();
        Text content = FileContent.text(node.content());
        return new FileStatus(
                node.kind(),
                node.target(),
                ownership.mode(),
                number(ownership.owner()),
                name(ownership.owner(), true),
                number(ownership.group()),
                name(ownership.group(), false),
                content.isEmpty().not());
    }

    @Override
    public ContainerPath real(ContainerPath path) {
        return files.tree().follow(path);
    }

    @Override
    public Optional<List<String>> names(ContainerPath directory) {
        TreeNode node = files.tree().at(directory);
        boolean known = node.isDirectory()
                && node.anyUnlisted().isMissing()
                && !node.children().anyMatch(TreeNode::isUnknown);
        return known ? Optional.of(node.existingNames()) : Optional.empty();
    }

    @Override
    public Text content(ContainerPath file) {
        if (file.equals(NULL)) {
            return Text.EMPTY;
        }
        ContainerPath real = real(file);
        TreeNode node = files.tree().at(real);
        Text content = FileContent.text(node.content());
        if (content.equals(Text.UNKNOWN) && (real.equals(AccountFiles.PASSWD) || real.equals(AccountFiles.GROUP))) {
            return AccountFiles.content(files.accounts(), real);
        }
        return content;
    }

    @Override
    public Optional<ScriptFile> script(ContainerPath file, Location caller) {
        TreeNode node = node(file, true);
        if (node.isDirectory() || node.isMissing()) {
            return Optional.empty();
        }
        Optional<String> text = FileContent.text(node.content()).known();
        return text.isEmpty() || text.get().indexOf('\0') >= 0
                ? Optional.empty()
                : Optional.of(new ScriptFile(new Script(text.get(), Place.whole(caller)), firstLine(text.get())));
    }

    @Override
    public ParsedScripts parsed() {
        return parsed;
    }

    static String firstLine(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private record Saved(RootFileSystem files, RootFileSystem.Snapshot snapshot) implements State {

        @Override
        public void restore() {
            files.restore(snapshot);
        }

        @Override
        public void perhaps(String what, Location location) {
            files.either(snapshot, Provenance.at(what, location));
        }
    }

    @Override
    public State save() {
        return new Saved(files, files.snapshot());
    }

    private Invocation invocation(Call by, List<Field> words) {
        return new Invocation(
                by.name(),
                words,
                by.shell(),
                this,
                Provenance.at(Commands.label(by.words()), by.location()),
                by.must());
    }

    @Override
    public Status open(Field target, Call by) {
        Invocation call = invocation(by, List.of());
        Optional<ContainerPath> path = call.path(target);
        if (path.isEmpty()) {
            call.taintNewNames(target);
            return Status.ASSUMED_SUCCESS;
        }
        if (path.get().equals(NULL)) {
            return Status.SUCCESS;
        }
        if (files.tree().at(real(path.get())).isDirectory()) {
            return Status.FAILURE;
        }
        return FileCommands.make(call, path.get());
    }

    @Override
    public void print(Field target, boolean appends, Text text, Call by) {
        Invocation call = invocation(by, List.of());
        call.path(target).map(this::real).ifPresent(path -> {
            Text before = appends ? content(path) : Text.EMPTY;
            effort().spend(1L + before.raw().length() + text.raw().length());
            call.tree()
                    .update(
                            path,
                            node -> node.isFile() || node.isUnknown()
                                    ? node.withContent(FileContent.of(before.plus(text), call.by()))
                                    : node);
            AccountFiles.written(files, path, appends, text);
        });
    }

    @Override
    public Status run(Call by) {
        List<Field> words = Program.ofModule(by.words());
        Commands commands = new Commands(
                invocation(by, by.arguments()).with(words.get(0).baseName(), words.subList(1, words.size())));
        Status status = commands.run();
        if (!commands.isSilent()) {
            by.out().addUnknown();
        }
        return status;
    }

    @Override
    public Optional<List<String>> find(Call call) {
        return FoundFiles.of(invocation(call, call.arguments()));
    }

    @Override
    public void gap(Gap gap, Field what, Call by) {
        Invocation call = invocation(by, by.words());
        if (gap != Gap.MISSING_SCRIPT && gap != Gap.NO_PROGRAM) {
            files.scatter(ContainerPath.ROOT);
        }
        switch (gap) {
            case UNKNOWN_WORD -> {
                if (by.words().contains(what) && by.words().get(0).equals(what)) {
                    call.taintWords();
                } else {
                    taintPaths(what.text(), call);
                }
            }
            case NO_SCRIPT -> taintPaths(what.text(), call);
            case UNKNOWN_SCRIPT -> call.with(call.name(), by.arguments()).taintWords();
            case MISSING_SCRIPT, NO_PROGRAM -> {
                // The command fails or does nothing.
            }
            case TOO_MUCH -> giveUp(by.location());
        }
    }

    /** Makes unknown the paths in a text that is not followed. */
    private static void taintPaths(String text, Invocation call) {
        for (String word : text.split("[\\s;&|<>()\"'`]+", -1)) {
            if (word.startsWith("/")) {
                call.taint(Field.of(word));
            }
        }
    }

    @Override
    public void giveUp(Location location) {
        files.giveUp(Provenance.at("a RUN too long to follow", location));
    }
}
