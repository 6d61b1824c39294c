package io.github.readonlyrootfs.shell;

import java.util.List;

/** A shell command as read. */
public sealed interface ShellNode {

    /**
     * {@code > file}, {@code << EOF}.
     *
     * @param body of a here-document, empty otherwise
     */
    record Redirect(String operator, Word target, String body) {

        /** Whether it opens a file for writing. */
        public boolean writes() {
            return operator.contains(">") && !operator.contains("&");
        }
    }

    record Assignment(String name, Word value) {}

    /** {@code A=1 command word word > file}. */
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects, int start, int end)
            implements ShellNode {}

    /** {@code one && two || three}: the first operator is empty. */
    record AndOr(List<Link> links) implements ShellNode {

        public record Link(String operator, ShellNode node) {}
    }

    record Pipeline(boolean negated, List<ShellNode> nodes) implements ShellNode {}

    /** Commands one after another. */
    record Sequence(List<ShellNode> nodes) implements ShellNode {}

    /** {@code { … }} or {@code ( … )}. */
    record Group(ShellNode body, boolean subshell, List<Redirect> redirects) implements ShellNode {}

    record If(List<Branch> branches, ShellNode otherwise) implements ShellNode {

        public record Branch(ShellNode condition, ShellNode body) {}
    }

    record For(String variable, List<Word> words, ShellNode body) implements ShellNode {}

    /** {@code while} and {@code until}. */
    record Loop(ShellNode condition, boolean until, ShellNode body) implements ShellNode {}

    record Case(Word subject, List<Arm> arms) implements ShellNode {

        public record Arm(List<Word> patterns, ShellNode body) {}
    }

    record Function(String name, ShellNode body) implements ShellNode {}
}
