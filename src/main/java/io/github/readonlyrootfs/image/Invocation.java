package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A command about to run.
 *
 * @param name without its directory
 * @param words those behind the name
 */
record Invocation(String name, List<Field> words, Shell shell, Provenance by) {

    FileTree tree() {
        return shell.tree();
    }

    Invocation with(String otherName, List<Field> otherWords) {
        return new Invocation(otherName, otherWords, shell, by);
    }

    Optional<ContainerPath> path(Field word) {
        return shell.path(word);
    }

    /**
     * Changes what a word names: one path, or what matches a pattern. Where it cannot be told whether it names
     * something, that may have changed or not.
     *
     * @param follow whether a symbolic link stands for what it points to
     */
    void change(Field word, boolean follow, UnaryOperator<Node> change) {
        if (word.isExact()) {
            path(word).ifPresent(path -> {
                boolean through = follow || word.text().endsWith("/");
                ContainerPath real = through ? tree().follow(path) : tree().followParents(path);
                tree().update(real, change);
            });
        } else {
            new PathPattern(this, word).change(change);
        }
    }

    /** The file that a word names may hold something else now. */
    void rewrite(Field word) {
        if (word.isExact()) {
            change(
                    word,
                    true,
                    node -> node.isDirectory() || node.isMissing()
                            ? node
                            : node.withContent(new FileContent.Changed(by)));
        }
    }

    /** Something may have happened to what a word names, and below it. */
    void taint(Field word) {
        change(word, true, node -> Node.unknown(by));
    }

    /** What an unknown command names may be anything now. */
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

    /** The same, but for the root directory: no command that is given it changes all there is. */
    void taintNamed(Field word) {
        Optional<ContainerPath> path = path(word);
        if (path.isPresent() && path.get().isRoot()) {
            return;
        }
        taint(word);
    }
}
