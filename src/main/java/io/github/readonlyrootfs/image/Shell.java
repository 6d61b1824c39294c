package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.Variables;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a shell while its script is followed. */
final class Shell {

    private static final int DEFAULT_UMASK = 022;

    private final RootFileSystem files;
    private final Identity identity;
    private final boolean bash;
    private final Map<String, ShellNode> functions = new HashMap<>();
    private VersionedMap<Variables.State> assigned = VersionedMap.empty();
    private final Variables inherited;
    private List<Field> arguments = List.of();
    /** Null where a {@code cd} led to an unknown place. */
    private @Nullable ContainerPath directory;

    private @Nullable ContainerPath previous;

    private int umask = DEFAULT_UMASK;
    private boolean stopsAtErrors;

    Shell(
            RootFileSystem files,
            Identity identity,
            Variables inherited,
            @Nullable ContainerPath directory,
            boolean bash) {
        this.files = files;
        this.identity = identity;
        this.inherited = inherited;
        this.directory = directory;
        this.bash = bash;
    }

    /** What a subshell gets a copy of. */
    record Local(
            VersionedMap<Variables.State> assigned,
            List<Field> arguments,
            @Nullable ContainerPath directory,
            int umask,
            boolean stopsAtErrors) {}

    Local local() {
        return new Local(assigned, arguments, directory, umask, stopsAtErrors);
    }

    void restore(Local local) {
        assigned = local.assigned;
        arguments = local.arguments;
        directory = local.directory;
        umask = local.umask;
        stopsAtErrors = local.stopsAtErrors;
    }

    /** Keeps of the shell's own state what the other one agrees on. */
    void either(Local other, String why) {
        Variables.State unknown = new Variables.State.Unknown(why);
        assigned =
                assigned.merge(other.assigned, unknown, unknown, (here, there) -> here.equals(there) ? here : unknown);
        if (!Objects.equals(directory, other.directory)) {
            directory = null;
            previous = null;
        }
    }

    RootFileSystem files() {
        return files;
    }

    FileTree tree() {
        return files.tree();
    }

    Identity identity() {
        return identity;
    }

    /** The same shell, run by somebody else. */
    Shell as(Identity other) {
        Shell shell = new Shell(files, other, this::lookup, directory, bash);
        shell.umask = umask;
        return shell;
    }

    /** A shell started by this one. */
    Shell child(boolean childIsBash) {
        return new Shell(files, identity, this::lookup, directory, childIsBash);
    }

    boolean isBash() {
        return bash;
    }

    Map<String, ShellNode> functions() {
        return functions;
    }

    Variables.State lookup(String name) {
        Variables.State state = assigned.get(name);
        return state == null ? inherited.lookup(name) : state;
    }

    void assign(String name, Variables.State value) {
        assigned = assigned.with(name, value);
    }

    List<Field> arguments() {
        return arguments;
    }

    void setArguments(List<Field> changed) {
        arguments = changed;
    }

    Optional<ContainerPath> directory() {
        return Optional.ofNullable(directory);
    }

    /** Where {@code cd -} leads; empty where unknown. */
    Optional<ContainerPath> previousDirectory() {
        return Optional.ofNullable(previous);
    }

    void changeDirectory(@Nullable ContainerPath changed) {
        previous = directory;
        directory = changed;
    }

    int umask() {
        return umask;
    }

    void setUmask(int changed) {
        umask = changed;
    }

    boolean stopsAtErrors() {
        return stopsAtErrors;
    }

    void setStopsAtErrors(boolean changed) {
        stopsAtErrors = changed;
    }

    /** The path that a word names, where that is one certain path. */
    Optional<ContainerPath> path(Field word) {
        if (!word.isExact() || word.text().isEmpty()) {
            return Optional.empty();
        }
        if (word.text().startsWith("/")) {
            return Optional.of(ContainerPath.of(word.text()));
        }
        return directory().map(start -> start.resolve(word.text()));
    }

    /** The home of whoever runs it, as {@code ~} and {@code HOME} have it. */
    Optional<String> home() {
        Variables.State state = lookup("HOME");
        if (state instanceof Variables.State.Set set) {
            return Optional.of(set.value());
        }
        return state instanceof Variables.State.Unset ? homeInAccounts() : Optional.empty();
    }

    private Optional<String> homeInAccounts() {
        UnixId user = identity.user();
        if (user == null || user.number() == null) {
            return user == null || user.name() == null
                    ? Optional.empty()
                    : files.accounts().user(user.name()).flatMap(Accounts.User::home);
        }
        return files.accounts().user(user.number()).flatMap(Accounts.User::home);
    }
}
