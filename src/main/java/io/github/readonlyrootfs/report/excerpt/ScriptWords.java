// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.source.CommandWords;
import io.github.readonlyrootfs.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The public words of a shell script: the names of the programs that it runs, and of their options. */
final class ScriptWords {

    private static final Pattern NAME = Pattern.compile("[\\w./+][\\w./+-]*");

    /** How deep commands within commands are read; a word may substitute the output of others. */
    private static final int MAX_DEPTH = 20;

    private final List<Span> words = new ArrayList<>();
    private int depth;

    private ScriptWords() {}

    /**
     * Their places in the script; only options if it cannot be parsed.
     *
     * @param bodies of its here-documents, see {@link ShellParser#parse}
     */
    static List<Span> in(String script, List<String> bodies) {
        ScriptWords words = new ScriptWords();
        words.script(script, 0, bodies);
        return words.words;
    }

    static boolean isName(String word) {
        return NAME.matcher(word).matches();
    }

    /** @param start where the script is in the whole one; -1 where it differs from what is there */
    private void script(String script, int start, List<String> bodies) {
        if (start < 0 || depth == MAX_DEPTH) {
            return;
        }
        depth++;
        CommandWords.options(script, 0, script.length()).forEach(option -> add(option.start(), option.end(), start));
        try {
            visit(ShellParser.parse(script, bodies), start);
        } catch (ShellSyntaxException e) {
            // It may be anything.
        }
        depth--;
    }

    private void visit(ShellNode node, int start) {
        if (node instanceof ShellNode.Simple command) {
            List<Word> words = command.words();
            boolean exec = !words.isEmpty() && words.get(0).bare().equals("exec");
            words.stream()
                    .limit(exec ? 2 : 1)
                    .filter(word -> isName(word.bare()))
                    .forEach(word -> add(word.start(), word.end(), start));
            words.forEach(word -> substitutions(word, start));
            for (ShellNode.Assignment assignment : command.assignments()) {
                substitutions(assignment.value(), start);
                assignment.elements().ifPresent(elements -> elements.forEach(it -> substitutions(it, start)));
            }
            command.redirects().forEach(redirect -> substitutions(redirect.target(), start));
        } else if (node instanceof ShellNode.Test test) {
            test.words().forEach(word -> substitutions(word, start));
        } else if (node instanceof ShellNode.Arithmetic arithmetic) {
            substitutions(arithmetic.expression(), start);
        } else if (node instanceof ShellNode.AndOr list) {
            list.links().forEach(link -> visit(link.node(), start));
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            pipeline.nodes().forEach(it -> visit(it, start));
        } else if (node instanceof ShellNode.Background background) {
            visit(background.node(), start);
        } else if (node instanceof ShellNode.Sequence sequence) {
            sequence.nodes().forEach(it -> visit(it, start));
        } else if (node instanceof ShellNode.Group group) {
            visit(group.body(), start);
            group.redirects().forEach(redirect -> substitutions(redirect.target(), start));
        } else if (node instanceof ShellNode.If branches) {
            branches.branches().forEach(branch -> {
                visit(branch.condition(), start);
                visit(branch.body(), start);
            });
            visit(branches.otherwise(), start);
        } else if (node instanceof ShellNode.For loop) {
            loop.words().forEach(word -> substitutions(word, start));
            visit(loop.body(), start);
        } else if (node instanceof ShellNode.Counting loop) {
            Stream.of(loop.first(), loop.condition(), loop.step()).forEach(word -> substitutions(word, start));
            visit(loop.body(), start);
        } else if (node instanceof ShellNode.Loop loop) {
            visit(loop.condition(), start);
            visit(loop.body(), start);
        } else if (node instanceof ShellNode.Case choice) {
            substitutions(choice.subject(), start);
            choice.arms().forEach(arm -> {
                arm.patterns().forEach(pattern -> substitutions(pattern, start));
                visit(arm.body(), start);
            });
        } else if (node instanceof ShellNode.Function function) {
            visit(function.body(), start);
        }
    }

    /** Shows the public words of the commands that are substituted in a word. */
    private void substitutions(Word word, int start) {
        for (Word.Part part : word.parts()) {
            if (part instanceof Word.Substitution substitution) {
                script(substitution.command(), within(start, substitution.start()), List.of());
            } else if (part instanceof Word.Piped piped) {
                script(piped.command(), within(start, piped.start()), List.of());
            } else if (part instanceof Word.Variable variable) {
                substitutions(variable.operand(), start);
            } else if (part instanceof Word.Arithmetic arithmetic) {
                substitutions(arithmetic.expression(), start);
            }
        }
    }

    private static int within(int start, int offset) {
        return offset < 0 ? offset : start + offset;
    }

    private void add(int from, int to, int start) {
        words.add(new Span(start + from, start + to));
    }
}
