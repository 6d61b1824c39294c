// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell;

import java.util.List;
import java.util.Optional;

/** A shell command as read. */
public sealed interface ShellNode {

    /**
     * {@code > file}, {@code 2>> file}, {@code << EOF}.
     *
     * @param descriptor the number before the operator; -1 without one
     * @param body of a here-document, empty otherwise
     * @param expands whether variables in the body are expanded: no part of its delimiter is quoted
     */
    record Redirect(int descriptor, String operator, Word target, String body, boolean expands) {

        /** Whether it opens a file for writing; {@code 2>&1} duplicates, {@code >&file} does not. */
        public boolean writes() {
            if (operator.equals(">&")) {
                return !isDescriptor();
            }
            return operator.contains(">");
        }

        /** Whether it is a here-document. */
        public boolean isDocument() {
            return operator.equals("<<") || operator.equals("<<-");
        }

        /** Whether what follows the operator is another descriptor, as in {@code 2>&1} and {@code >&-}. */
        public boolean isDescriptor() {
            if (!operator.endsWith("&") || target.parts().size() != 1) {
                return false;
            }
            return target.parts().get(0) instanceof Word.Literal literal
                    ? literal.text().matches("\\d+-?|-")
                    : operator.equals("<&") || descriptor >= 0;
        }

        /** Whether it redirects the standard output, alone or with the errors. */
        public boolean takesOutput() {
            return operator.startsWith("&")
                    || (operator.equals(">&") && descriptor < 0)
                    || descriptor == 1
                    || descriptor < 0;
        }
    }

    /**
     * {@code name=value}, {@code name+=value}, {@code name=(one two)}, {@code name[1]=value}.
     *
     * @param subscript what is in brackets after the name; empty for none
     * @param elements the elements of an array; empty if it is not an array
     */
    record Assignment(String name, String subscript, boolean appends, Word value, Optional<List<Word>> elements) {}

    /** {@code A=1 command word word > file}. */
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects, int start, int end)
            implements ShellNode {}

    /** {@code [[ … ]]}, with the words and operators in it, which are neither split nor matched against files. */
    record Test(List<Word> words, int start, int end) implements ShellNode {}

    /** {@code (( … ))}. */
    record Arithmetic(Word expression, int start, int end) implements ShellNode {}

    /** {@code one && two || three}: the first operator is empty. */
    record AndOr(List<Link> links) implements ShellNode {

        public record Link(String operator, ShellNode node) {}
    }

    record Pipeline(boolean negated, List<ShellNode> nodes) implements ShellNode {}

    /** {@code command &}: the shell does not wait for it. */
    record Background(ShellNode node) implements ShellNode {}

    /** Commands one after another. */
    record Sequence(List<ShellNode> nodes) implements ShellNode {}

    /** {@code { … }} or {@code ( … )}. */
    record Group(ShellNode body, boolean subshell, List<Redirect> redirects) implements ShellNode {}

    record If(List<Branch> branches, ShellNode otherwise) implements ShellNode {

        public record Branch(ShellNode condition, ShellNode body) {}
    }

    record For(String variable, List<Word> words, ShellNode body) implements ShellNode {}

    /** {@code for ((i = 0; i < 3; i++))}. */
    record Counting(Word first, Word condition, Word step, ShellNode body) implements ShellNode {}

    /** {@code while} and {@code until}. */
    record Loop(ShellNode condition, boolean until, ShellNode body) implements ShellNode {}

    record Case(Word subject, List<Arm> arms) implements ShellNode {

        /** @param end {@code ;;}, {@code ;&} or {@code ;;&} */
        public record Arm(List<Word> patterns, ShellNode body, String end) {}
    }

    record Function(String name, ShellNode body) implements ShellNode {}
}
