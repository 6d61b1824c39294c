// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.archive.PackedFiles.Entry;
import io.github.readonlyrootfs.archive.PackedFiles.Owner;
import io.github.readonlyrootfs.image.tree.AccountFiles;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.TreeCopy;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.image.tree.Unpacking;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.SedScript;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commands that work on whole trees or on files by content: {@code find}, {@code tar}, {@code sed -i}, ... */
final class TreeCommands {

    /** Options of tar that change neither which entries it unpacks nor who owns them. */
    private static final String[] TAR = {
        "extract", "get", "gzip", "verbose", "file", "directory", "strip-components", "preserve-permissions"
    };

    private TreeCommands() {}

    /** A {@code find} with an action may have changed anything below its starting points. */
    static Status find(Invocation call) {
        List<Field> words = call.words();
        int expression = FoundFiles.expression(words);
        List<Field> starts = words.subList(0, expression);
        List<Field> rest = words.subList(expression, words.size());
        boolean executes = rest.stream().anyMatch(word -> word.text().matches("-(exec|execdir|ok|okdir)"));
        boolean deletes = rest.stream().anyMatch(word -> word.is("-delete"));
        if (!executes && !deletes) {
            return Status.ASSUMED_SUCCESS;
        }
        Optional<FoundAction> action = FoundAction.parse(call, rest);
        for (Field start : starts.isEmpty() ? List.of(Field.of(".")) : starts) {
            call.change(start, start.text().endsWith("/"), node -> {
                if (action.isPresent()) {
                    return action.get().apply(call.tree(), node);
                }
                boolean reads = executes && FoundAction.onlyReads(rest);
                return reads
                        ? node
                        : node.mapBelow(call.tree()
                                .counted(below -> TreeNode.either(below, TreeNode.unknown(call.by()), call.by())));
            });
        }
        return Status.ASSUMED_SUCCESS;
    }

    /**
     * tar gives the owners and modes in the archive to all directories that it contains, and to the one that it
     * extracts into. Directly in / only new entries become unknown.
     */
    static Status tar(Invocation call) {
        List<Field> words = new ArrayList<>(call.words());
        if (!words.isEmpty() && !words.get(0).text().startsWith("-")) {
            words.set(0, Field.of(Text.of("-").plus(words.get(0).value())));
        }
        Options options = Options.of("tar", words);
        if (options.has("x", "extract", "get")) {
            Field directory = options.value("C", "directory").orElse(Field.of("."));
            boolean simple = options.operands().isEmpty() && options.hasOnly("xzvfCp", TAR);
            boolean isRoot =
                    call.identity().user() != null && call.identity().user().isRoot();
            Optional<Field> file = options.value("f", "file").filter(it -> simple);
            Optional<Integer> stripped = stripped(options);
            boolean known = file.isPresent()
                    && stripped.isPresent()
                    && unpacked(
                            call,
                            file.get(),
                            directory,
                            stripped.get(),
                            false,
                            entry -> isRoot ? packed(call, entry) : made(call, entry.mode() & ~call.umask()));
            if (!known) {
                extract(call, directory, true);
            }
        }
        return Status.ASSUMED_SUCCESS;
    }

    private static Optional<Integer> stripped(Options options) {
        Optional<Field> given = options.value("strip-components");
        return given.isEmpty()
                ? Optional.of(0)
                : given.flatMap(Field::exact)
                        .filter(text -> text.matches("\\d{1,2}"))
                        .map(Integer::valueOf);
    }

    private static Ownership packed(Invocation call, Entry entry) {
        Accounts accounts = call.files().accounts();
        Owner owner = entry.owner();
        return new Ownership(
                id(accounts, accounts::userId, owner.user(), owner.uid()),
                id(accounts, accounts::groupId, owner.group(), owner.gid()),
                entry.mode());
    }

    /** tar gives a file to the user and group with the names in the archive, or else to the numbers. */
    private static @Nullable UnixId id(
            Accounts accounts, Function<String, Optional<UnixId>> named, String name, int number) {
        Optional<UnixId> known = name.isEmpty() ? Optional.empty() : named.apply(name);
        return known.orElse(name.isEmpty() || accounts.complete() ? UnixId.of(number) : null);
    }

    private static Ownership made(Invocation call, @Nullable Integer mode) {
        return new Ownership(call.identity().user(), call.identity().group(), mode);
    }

    static Status unzip(Invocation call) {
        Options options = Options.of("unzip", call.words());
        Field directory = options.value("d").orElse(Field.of("."));
        boolean simple = options.operands().size() == 1 && options.hasOnly("qod");
        if (!simple
                || !unpacked(
                        call,
                        options.operands().get(0),
                        directory,
                        0,
                        true,
                        entry -> made(call, entry.mode() < 0 ? null : entry.mode()))) {
            extract(call, directory, false);
        }
        return Status.ASSUMED_SUCCESS;
    }

    /** Unpacks an archive of the build context; false if what is in it is not known. */
    private static boolean unpacked(
            Invocation call,
            Field archive,
            Field directory,
            int stripped,
            boolean keeps,
            Function<Entry, Ownership> ownership) {
        Optional<ContainerPath> file = call.path(archive).map(call.tree()::follow);
        Optional<ContainerPath> into = call.path(directory).map(call.tree()::follow);
        return file.isPresent()
                && into.isPresent()
                && new Unpacking(ownership, true, keeps, call.identity(), stripped, call.by())
                        .unpack(call.tree().at(file.get()), call.files(), into.get());
    }

    private static void extract(Invocation call, Field directory, boolean ownToo) {
        TreeNode unknown = TreeNode.unknown(call.by());
        TreeCopy copy = TreeCopy.in(call.tree(), copied -> copied, true, call.by());
        boolean root = call.path(directory).map(ContainerPath::isRoot).orElse(false);
        call.change(directory, true, node -> {
            if (root) {
                // An archive that is unpacked in / is assumed not to change the directories of every system.
                return copy.withMoreEntries(node, unknown);
            }
            TreeNode filled = copy.withUnknownEntries(node, unknown);
            return ownToo ? filled.doubted(Ownership.UNKNOWN, call.by()) : filled;
        });
    }

    /** {@code sed -i} with a script that is followed. */
    static Status edit(Invocation call, SedScript script, List<Field> files) {
        Status status = Status.SUCCESS;
        for (Field file : files) {
            Optional<ContainerPath> real = call.path(file).map(call.tree()::follow);
            TreeNode node = real.map(call.tree()::at).orElse(null);
            if (node != null && node.isMissing()) {
                status = Status.FAILURE;
                continue;
            }
            Text before = real.map(call.host()::content).orElse(Text.UNKNOWN);
            Text after = script.apply(before, false);
            if (node == null || !after.isKnown()) {
                call.rewrite(file);
                real.ifPresent(path -> AccountFiles.written(call.files(), path, false, Text.UNKNOWN));
                status = status == Status.SUCCESS ? Status.ASSUMED_SUCCESS : status;
            } else if (!after.equals(before)) {
                call.tree().update(real.get(), old -> old.withContent(FileContent.of(after, call.by())));
                AccountFiles.written(call.files(), real.get(), false, after);
            }
        }
        return status;
    }

    static Status tee(Invocation call) {
        Status status = Status.ASSUMED_SUCCESS;
        for (Field word : Options.of("tee", call.words()).operands()) {
            Optional<ContainerPath> path = call.path(word);
            Status one = path.map(file -> FileCommands.create(call, file)).orElse(Status.ASSUMED_SUCCESS);
            status = one == Status.FAILURE ? one : status;
        }
        return status;
    }
}
