// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellParserTest {

    /** The commands of a script, their words joined with {@code _}. */
    private static String commands(String script) throws ShellSyntaxException {
        StringBuilder text = new StringBuilder();
        collect(ShellParser.parse(script, List.of()), text);
        return text.toString().trim();
    }

    private static void collect(ShellNode node, StringBuilder text) {
        if (node instanceof ShellNode.Simple simple) {
            text.append(String.join(
                            "_",
                            simple.words().stream().map(ShellParserTest::text).toList()))
                    .append(' ');
        } else if (node instanceof ShellNode.Sequence sequence) {
            sequence.nodes().forEach(child -> collect(child, text));
        } else if (node instanceof ShellNode.AndOr list) {
            list.links().forEach(link -> {
                text.append(link.operator());
                collect(link.node(), text);
            });
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            text.append(pipeline.negated() ? "!" : "");
            pipeline.nodes().forEach(child -> {
                text.append('|');
                collect(child, text);
            });
        } else if (node instanceof ShellNode.Group group) {
            text.append(group.subshell() ? "( " : "{ ");
            collect(group.body(), text);
        } else if (node instanceof ShellNode.If choice) {
            choice.branches().forEach(branch -> {
                text.append("if ");
                collect(branch.condition(), text);
                text.append("then ");
                collect(branch.body(), text);
            });
            text.append("else ");
            collect(choice.otherwise(), text);
        } else if (node instanceof ShellNode.For loop) {
            text.append("for ").append(loop.variable()).append(' ');
            collect(loop.body(), text);
        } else if (node instanceof ShellNode.Case choice) {
            choice.arms().forEach(arm -> {
                text.append("arm ");
                collect(arm.body(), text);
            });
        } else if (node instanceof ShellNode.Loop loop) {
            text.append("while ");
            collect(loop.body(), text);
        } else if (node instanceof ShellNode.Background background) {
            collect(background.node(), text);
            text.append("& ");
        } else if (node instanceof ShellNode.Test test) {
            text.append("[[_")
                    .append(String.join(
                            "_",
                            test.words().stream().map(ShellParserTest::text).toList()))
                    .append("_]] ");
        } else if (node instanceof ShellNode.Arithmetic arithmetic) {
            text.append("((").append(text(arithmetic.expression())).append(")) ");
        } else if (node instanceof ShellNode.Function function) {
            text.append("function ").append(function.name()).append(' ');
            collect(function.body(), text);
        }
    }

    private static String text(Word word) {
        StringBuilder text = new StringBuilder();
        for (Word.Part part : word.parts()) {
            if (part instanceof Word.Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Word.Variable variable) {
                text.append('$').append(variable.name()).append(variable.operator());
            } else {
                text.append("$()");
            }
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '§',
            value = {
                "mkdir -p /a /b = mkdir_-p_/a_/b",
                "mkdir /a && chown x /a = mkdir_/a &&chown_x_/a",
                "a || b && c = a ||b &&c",
                "a; b & c = a b & c",
                "a 'b c' \"d $E\" = a_b c_d $E",
                "a b\\ c = a_b c",
                "a # comment = a",
                "a b#c = a_b#c",
                "a | b |& c = |a |b |c",
                "! a = !|a",
                "( a; b ) && c = ( a b &&c",
                "{ a; b; } > /x = { a b",
                "if a; then b; elif c; then d; else e; fi = if a then b if c then d else e",
                "for i in 1 2; do a $i; done = for i a_$i",
                "while a; do b; done = while b",
                "case $x in a|b) c;; *) d;; esac = arm c arm d",
                "f() { a; }; f = function f { a f",
                "a $(b c) `d` = a_$()_$()",
                "a ${X:-y z} = a_$X:-",
                "a >/dev/null 2>&1 = a",
                "[ -d /a ] && b = [_-d_/a_] &&b",
                "[[ -d /a && x ]] || b = [[_-d_/a_&&_x_]] ||b",
                "(( 1 + $x )) && b = (( 1 + $x )) &&b",
            })
    void commandsAreParsed(String script, String expected) throws ShellSyntaxException {
        assertThat(commands(script)).isEqualTo(expected);
    }

    @Test
    void hereDocumentsAreSkipped() throws ShellSyntaxException {
        assertThat(commands("cat <<EOF > /x && a\nmkdir /no\nEOF\nb\n")).isEqualTo("cat &&a b");
        assertThat(commands("cat <<-'E'\n\tx\n\tE\nb")).isEqualTo("cat b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"if a; then b", "a &&", "( a", "a 'b", "a \"b", "a $(b", "case x in", "a )", "; ;; x", "a `b"})
    void invalidScriptsAreRejected(String script) {
        assertThatThrownBy(() -> ShellParser.parse(script, List.of())).isInstanceOf(ShellSyntaxException.class);
    }

    @Test
    void deepNestingIsRejected() {
        assertThatThrownBy(() -> ShellParser.parse("( ".repeat(100_000), List.of()))
                .isInstanceOf(ShellSyntaxException.class);
        assertThatThrownBy(() -> ShellParser.parse("a " + "${x:-".repeat(100_000), List.of()))
                .isInstanceOf(ShellSyntaxException.class);
    }
}
