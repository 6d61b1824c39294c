// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.ModeChange;
import io.github.readonlyrootfs.image.tree.OwnerChange;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code chown}, {@code chgrp} and {@code chmod}. */
final class OwnershipCommands {

    private OwnershipCommands() {}

    static Status chown(Invocation call) {
        return changeOwner(call, false);
    }

    static Status chgrp(Invocation call) {
        return changeOwner(call, true);
    }

    private static Status changeOwner(Invocation call, boolean group) {
        Options options = Options.of("chown", call.words());
        boolean reference = options.has("reference");
        List<Field> operands = options.operands();
        if (operands.isEmpty()) {
            return Status.FAILURE;
        }
        Accounts accounts = call.files().accounts();
        Optional<OwnerChange> parsed = reference
                ? Optional.of(likeReference(call, options, group))
                : group
                        ? OwnerChange.parseGroup(operands.get(0), accounts)
                        : OwnerChange.parse(operands.get(0), accounts);
        if (parsed.isEmpty()) {
            return Status.FAILURE;
        }
        OwnerChange change = parsed.get();
        Truth gives = BuildPermission.gives(change, call.identity(), accounts);
        if (gives.isFalse()) {
            return Status.FAILURE;
        }
        boolean conditional = options.has("from");
        Optional<Field> from = options.value("from");
        Optional<OwnerChange> required = from.isPresent() ? OwnerChange.parse(from.get(), accounts) : Optional.empty();
        if (conditional && required.isEmpty()) {
            return Status.FAILURE;
        }
        UnaryOperator<TreeNode> function = node -> {
            if (node.isMissing() || node.isSymlink()) {
                return node;
            }
            TreeNode changed = change.apply(node, call.by());
            changed = gives.isTrue() || call.must() ? changed : TreeNode.either(node, changed, call.by());
            return required.isPresent() ? required.get().ifHeld(node, changed, call.by()) : changed;
        };
        boolean recursive = options.has("R", "recursive");
        boolean follow = !options.has("h", "no-dereference") && (!recursive || options.has("H", "L"));
        Status status =
                apply(call, recursive, follow, reference ? operands : operands.subList(1, operands.size()), function);
        return status == Status.SUCCESS && !gives.isTrue() ? Status.ASSUMED_SUCCESS : status;
    }

    /** The change to the owner and group of another file. */
    private static OwnerChange likeReference(Invocation call, Options options, boolean group) {
        Ownership ownership = referenced(call, options).ownership();
        return new OwnerChange(!group, ownership.owner(), true, ownership.group());
    }

    private static TreeNode referenced(Invocation call, Options options) {
        return options.value("reference")
                .flatMap(call::path)
                .map(call.tree()::follow)
                .map(call.tree()::at)
                .orElseGet(() -> TreeNode.unknown(call.by()));
    }

    static Status chmod(Invocation call) {
        List<Field> words = call.words();
        // A mode such as -w or -rwx looks like an option.
        int modeAt = 0;
        while (modeAt < words.size() && isOption(words.get(modeAt).text())) {
            modeAt += takesNextWord(words.get(modeAt).text()) ? 2 : 1;
        }
        modeAt = Math.min(modeAt, words.size());
        Options options = Options.of("chmod", words.subList(0, modeAt));
        boolean reference = options.has("reference");
        if (modeAt >= words.size()) {
            return Status.FAILURE;
        }
        Field mode = words.get(modeAt);
        Optional<ModeChange> change = reference
                ? Optional.ofNullable(referenced(call, options).ownership().mode())
                        .map(ModeChange::to)
                : mode.exact().flatMap(ModeChange::parse);
        if (change.isEmpty() && mode.isExact() && !reference) {
            return Status.FAILURE;
        }
        int umask = call.umask();
        UnaryOperator<TreeNode> function = node -> {
            if (node.isMissing() || node.isSymlink()) {
                return node;
            }
            return change.isPresent()
                    ? node.withMode(change.get(), umask, call.by())
                    : node.doubted(
                            new Ownership(
                                    node.ownership().owner(), node.ownership().group(), null),
                            call.by());
        };
        Options rest = Options.of("chmod", words.subList(reference ? modeAt : modeAt + 1, words.size()));
        boolean recursive = options.has("R", "recursive") || rest.has("R", "recursive");
        // An operand that is a link is followed even then.
        return apply(call, recursive, true, rest.operands(), function);
    }

    private static boolean isOption(String word) {
        return word.matches("-[RfvchP]+|--.*");
    }

    /** Whether it is {@code --reference}, or a beginning that no other option has. */
    private static boolean takesNextWord(String option) {
        return option.startsWith("--ref") && "--reference".startsWith(option);
    }

    private static Status apply(
            Invocation call, boolean recursive, boolean follow, List<Field> operands, UnaryOperator<TreeNode> each) {
        UnaryOperator<TreeNode> function = call.tree().counted(node -> {
            Truth permitted = BuildPermission.attributes(node, call.identity());
            if (permitted.isFalse()) {
                return node;
            }
            TreeNode changed = each.apply(node);
            return permitted.isTrue() || call.must() ? changed : TreeNode.either(node, changed, call.by());
        });
        Status status = Status.SUCCESS;
        for (Field operand : operands) {
            Optional<ContainerPath> path = call.path(operand);
            // It is there if the build goes on.
            path.map(call.tree()::follow).ifPresent(real -> call.files().isThere(real, call.by()));
            TreeNode target = path.isPresent() ? call.tree().at(call.tree().follow(path.get())) : null;
            if (target != null && target.isMissing()) {
                status = Status.FAILURE;
            } else if (target == null || target.isUnknown()) {
                status = status == Status.FAILURE ? status : Status.ASSUMED_SUCCESS;
            } else if (BuildPermission.attributes(target, call.identity()).isFalse()) {
                status = Status.FAILURE;
            }
            boolean named = operand.isExact() && call.must();
            call.change(operand, follow, node -> {
                // Where the command must succeed, its operand exists; it may be treated as a directory even if it is a
                // file.
                TreeNode known = named ? node.asDirectory(call.by()) : node;
                TreeNode changed = function.apply(known);
                return recursive ? changed.mapBelow(function) : changed;
            });
        }
        return status;
    }
}
