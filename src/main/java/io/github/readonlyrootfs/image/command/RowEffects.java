// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.AccountFiles;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.TreeCopy;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Effect;
import io.github.readonlyrootfs.program.Effect.Trait;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;

/** Applies what the row of a program says to an image's files. */
record RowEffects(Invocation call) {

    void apply(Operation operation) {
        for (Effect effect : operation.effects()) {
            if (!effect.is(Trait.SOMEWHERE)) {
                apply(effect);
            }
        }
    }

    private void apply(Effect effect) {
        Field word = effect.path();
        switch (effect.kind()) {
            case WRITES, REPLACES -> write(effect);
            case FILLS, MAKES -> fill(word, effect.is(Trait.PARENTS));
            case REMOVES ->
                call.change(word, false, node -> node.isDirectory() || node.isMissing() ? node : removed(node));
            case CHANGES, GIVES -> call.taint(word);
            case SCRATCH, CODE -> {
                // Nothing is left of it, or nothing is known.
            }
        }
    }

    private TreeNode removed(TreeNode node) {
        TreeNode missing = TreeNode.missing(call.by());
        return node.isFile() ? missing : TreeNode.either(node, missing, call.by());
    }

    private void write(Effect effect) {
        Field word = effect.path();
        Optional<ContainerPath> path = call.path(word);
        if (path.isEmpty() && effect.kind() == Effect.Kind.WRITES) {
            call.taintNewNames(word);
        } else if (path.isEmpty()) {
            call.change(word, true, this::rewritten);
        } else {
            if (effect.is(Trait.SPECIAL)) {
                call.taintNewNames(word);
            } else if (!effect.is(Trait.EXISTING)) {
                FileCommands.create(call, path.get());
            }
            ContainerPath real = call.tree().follow(path.get());
            call.tree().update(real, this::rewritten);
            AccountFiles.written(call.files(), real, false, Text.UNKNOWN);
        }
    }

    private TreeNode rewritten(TreeNode node) {
        return node.isFile() ? node.withContent(new FileContent.Changed(call.by())) : node;
    }

    /** New entries are unknown; those that exist do not change. Nobody asks for the new ones in the working directory. */
    private void fill(Field word, boolean parents) {
        Optional<ContainerPath> path = call.path(word);
        if (path.isEmpty()) {
            call.taintNewNames(word);
        } else if (word.is(".")) {
            call.files().scatter(path.get());
        } else {
            ContainerPath real = call.tree().follow(path.get());
            if (parents || call.tree().at(real.parent()).isDirectory()) {
                call.files().makeDirectories(real, call.identity(), 0777 & ~call.umask(), call.by());
            }
            TreeCopy copy = TreeCopy.in(call.tree(), copied -> copied, true, call.by());
            call.tree()
                    .update(
                            real,
                            node -> node.isDirectory()
                                    ? copy.withMoreEntries(node, TreeNode.unknown(call.by()))
                                    : node);
        }
    }
}
