// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A command about to run.
 *
 * @param name without its directory
 * @param words those after the name
 * @param must whether it is known to succeed, since the build fails without it
 */
record Invocation(String name, List<Field> words, Shell shell, ImageHost host, Provenance by, boolean must) {

    RootFileSystem files() {
        return host.files();
    }

    Identity identity() {
        return host.identity();
    }

    int umask() {
        return shell.umask();
    }

    /** What the table of programs says of it. */
    Operation operation() {
        List<Field> all = new ArrayList<>(List.of(Field.of(name)));
        all.addAll(words);
        return Operation.of(all, shell.home());
    }

    FileTree tree() {
        return files().tree();
    }

    Optional<ContainerPath> directory() {
        return shell.directory();
    }

    Invocation with(String otherName, List<Field> otherWords) {
        return new Invocation(otherName, otherWords, shell, host, by, must);
    }

    Optional<ContainerPath> path(Field word) {
        return shell.path(word);
    }

    /**
     * Changes what a word names: one path, or all that matches a pattern. If that is unknown, everything that the word
     * may name may have changed or not.
     *
     * @param follow whether symbolic links at the end of a path are followed
     */
    void change(Field word, boolean follow, UnaryOperator<TreeNode> change) {
        Optional<ContainerPath> path = path(word);
        if (path.isPresent()) {
            boolean through = follow || word.text().endsWith("/");
            ContainerPath real = through ? tree().follow(path.get()) : tree().followParents(path.get());
            tree().update(real, change);
        } else if (!word.is("")) {
            new PathPattern(this, word).change(change);
        }
    }

    /** The file that a word names may have another content now. */
    void rewrite(Field word) {
        if (word.isExact() && path(word).isPresent()) {
            change(
                    word,
                    true,
                    node -> node.isDirectory() || node.isMissing() ? node : node.withContent(rewritten(node)));
        }
    }

    private FileContent rewritten(TreeNode node) {
        FileContent before = node.content();
        if (before == null || !name.equals("java")) {
            return new FileContent.Changed(by);
        }
        return before instanceof FileContent.Given ? before : new FileContent.Given(before, by);
    }

    /** Anything may have happened to what a word names, and below it. */
    void taint(Field word) {
        change(word, true, node -> TreeNode.unknown(by));
    }

    /** Something may have been made at the path that a word names; what exists does not change. */
    void taintNewNames(Field word) {
        if (!word.text().isEmpty()) {
            change(word, true, node -> node.isMissing() ? TreeNode.unknown(by) : node);
        }
    }

    /** Everything that the words of an unknown command name may be anything now. */
    void taintWords() {
        for (Field word : words) {
            String text = word.text();
            int equals = text.indexOf('=');
            if (text.startsWith("-")) {
                if (equals > 0 && text.startsWith("/", equals + 1)) {
                    taintNamed(word.from(equals + 1));
                }
            } else if (text.matches("\\w+=/.*")) {
                taintNamed(word.from(equals + 1));
            } else if (text.matches("[A-Za-z0-9_./~@+-].*") && !text.contains("://")) {
                taintNamed(word);
            }
        }
    }

    /** The same, except for the root directory: a command with this operand does not change everything. */
    private void taintNamed(Field word) {
        Optional<ContainerPath> path = path(word);
        if (path.isPresent() && path.get().isRoot()) {
            return;
        }
        taint(word);
    }
}
