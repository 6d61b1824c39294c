package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code touch}, {@code rm}, {@code install}, and what is written by a redirection. */
final class FileCommands {

    private FileCommands() {}

    static Status touch(Invocation call) {
        Options options = Options.parse(call.words(), "drt", Set.of("date", "reference", "time"));
        for (Field operand : options.operands()) {
            Optional<ContainerPath> path = call.path(operand);
            path.ifPresent(file -> create(call, file));
            if (path.isPresent() && call.tree().at(call.tree().follow(path.get())).isMissing()) {
                return Status.FAILURE;
            }
        }
        return Status.ASSUMED_SUCCESS;
    }

    /** Makes a file unless there is something. */
    static void create(Invocation call, ContainerPath path) {
        FileTree tree = call.tree();
        ContainerPath real = tree.follow(path);
        Node parent = tree.at(real.parent());
        if (parent.isMissing() || Permit.isRefused(call, real)) {
            return;
        }
        Shell shell = call.shell();
        Ownership fresh = RootFileSystem.fresh(parent, shell.identity(), 0666 & ~shell.umask(), false);
        tree.update(real, node -> {
            if (node.isMissing()) {
                return Node.file(fresh, call.by());
            }
            return node.isUnknown() ? Node.file(node.ownership().common(fresh), node.why()) : node;
        });
    }

    static Status rm(Invocation call) {
        Options options = Options.parse(call.words(), "", Set.of());
        boolean recursive = options.has("r", "R", "recursive");
        boolean force = options.has("f", "force");
        Status status = force ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
        for (Field operand : options.operands()) {
            Optional<ContainerPath> path = call.path(operand);
            if (path.isPresent()) {
                Node node = call.tree().at(call.tree().followParents(path.get()));
                boolean refused = node.exists()
                        && Permit.isRefused(call, call.tree().followParents(path.get()));
                if ((node.isMissing() && !force) || (node.isDirectory() && !recursive) || refused) {
                    status = Status.FAILURE;
                    continue;
                }
            }
            call.change(operand, false, node -> {
                if (node.isMissing() || (node.isDirectory() && !recursive)) {
                    return node;
                }
                return recursive ? Node.missing(call.by()) : removedFile(node, call.by());
            });
        }
        return status;
    }

    /** A directory would have stayed. */
    private static Node removedFile(Node node, Provenance by) {
        return node.isUnknown() ? Node.unknown(node.why()) : Node.missing(by);
    }

    static Status install(Invocation call) {
        Options options =
                Options.parse(call.words(), "mogtS", Set.of("mode", "owner", "group", "target-directory", "suffix"));
        Accounts accounts = call.shell().files().accounts();
        Identity who = call.shell().identity();
        Optional<Field> owner = options.value("o", "owner");
        Optional<Field> group = options.value("g", "group");
        @Nullable UnixId user = who.user();
        @Nullable UnixId userGroup = who.group();
        if (owner.isPresent()) {
            user = owner.get().isExact()
                    ? OwnerChange.user(owner.get().text(), accounts).orElse(null)
                    : null;
        }
        if (group.isPresent()) {
            userGroup = group.get().isExact()
                    ? OwnerChange.group(group.get().text(), accounts).orElse(null)
                    : null;
        }
        @Nullable
        Integer mode = options.value("m", "mode")
                .map(written -> written.isExact() ? written.text() : "?")
                .map(written -> ModeChange.parse(written)
                        .map(change -> change.apply(
                                0, options.has("d", "directory"), call.shell().umask()))
                        .orElse(null))
                .orElse(options.has("m", "mode") ? null : Integer.valueOf(0755));
        Ownership ownership = new Ownership(user, userGroup, mode);
        return options.has("d", "directory")
                ? directories(call, options, ownership, owner.isPresent(), group.isPresent())
                : files(call, options, ownership);
    }

    /** Parents that are missing are made root's or the user's own, 0755 whatever the umask says. */
    private static Status directories(
            Invocation call, Options options, Ownership wanted, boolean hasOwner, boolean hasGroup) {
        Shell shell = call.shell();
        for (Field operand : options.operands()) {
            Optional<ContainerPath> path = call.path(operand);
            if (path.isEmpty()) {
                call.taint(operand);
                continue;
            }
            if (Permit.isRefused(call, call.tree().follow(path.get()))
                    && !call.tree().at(call.tree().follow(path.get())).exists()) {
                return Status.FAILURE;
            }
            ContainerPath target = shell.files().makeDirectories(path.get(), shell.identity(), 0755, call.by());
            call.tree().update(target, node -> {
                Node changed = hasOwner ? node.withOwner(wanted.owner(), call.by()) : node;
                changed = hasGroup ? changed.withGroup(wanted.group(), call.by()) : changed;
                return changed.withMode(wanted.mode(), call.by());
            });
        }
        return Status.SUCCESS;
    }

    private static Status files(Invocation call, Options options, Ownership wanted) {
        List<Field> operands = options.operands();
        Optional<Field> directory = options.value("t", "target-directory");
        if (operands.isEmpty() || (operands.size() == 1 && directory.isEmpty())) {
            return Status.FAILURE;
        }
        Field destination = directory.orElseGet(() -> operands.get(operands.size() - 1));
        Optional<ContainerPath> written = call.path(destination);
        if (written.isEmpty()) {
            call.taint(destination);
            return Status.ASSUMED_SUCCESS;
        }
        Shell shell = call.shell();
        FileTree tree = call.tree();
        List<Field> sources = directory.isPresent() ? operands : operands.subList(0, operands.size() - 1);
        ContainerPath target = tree.follow(written.get());
        boolean into = directory.isPresent()
                || sources.size() > 1
                || tree.at(target).isDirectory()
                || destination.text().endsWith("/");
        if (Permit.isRefused(call, into ? target.resolve("entry") : target)) {
            return Status.FAILURE;
        }
        if (options.has("D")) {
            shell.files().makeDirectories(into ? target : target.parent(), shell.identity(), 0755, call.by());
        }
        Node file = Node.file(wanted, call.by());
        for (Field source : sources) {
            Optional<ContainerPath> path = call.path(source);
            if (into && path.isPresent()) {
                tree.set(target.resolve(path.get().name()), file);
            } else if (!into) {
                tree.update(target, node -> node.isUnknown() ? Node.unknown(call.by()) : file);
            }
        }
        return Status.ASSUMED_SUCCESS;
    }
}
