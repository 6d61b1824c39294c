package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The names of the programs that a shell script runs: all that is public of its words. */
final class ProgramNames {

    private static final Pattern NAME = Pattern.compile("[\\w./+][\\w./+-]*");

    private final List<Span> names = new ArrayList<>();

    private ProgramNames() {}

    /**
     * Where they stand in the script; none where it cannot be read.
     *
     * @param bodies of its here-documents, see {@link ShellParser#parse}
     */
    static List<Span> in(String script, List<String> bodies) {
        ProgramNames programs = new ProgramNames();
        try {
            programs.visit(ShellParser.parse(script, bodies));
        } catch (ShellSyntaxException e) {
            return List.of();
        }
        return programs.names;
    }

    static boolean isName(String word) {
        return NAME.matcher(word).matches();
    }

    private void visit(ShellNode node) {
        if (node instanceof ShellNode.Simple command) {
            List<Word> words = command.words();
            boolean exec = !words.isEmpty() && words.get(0).bare().equals("exec");
            words.stream()
                    .limit(exec ? 2 : 1)
                    .filter(word -> isName(word.bare()))
                    .forEach(this::add);
        } else if (node instanceof ShellNode.AndOr list) {
            list.links().forEach(link -> visit(link.node()));
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            pipeline.nodes().forEach(this::visit);
        } else if (node instanceof ShellNode.Background background) {
            visit(background.node());
        } else if (node instanceof ShellNode.Sequence sequence) {
            sequence.nodes().forEach(this::visit);
        } else if (node instanceof ShellNode.Group group) {
            visit(group.body());
        } else if (node instanceof ShellNode.If branches) {
            branches.branches().forEach(branch -> {
                visit(branch.condition());
                visit(branch.body());
            });
            visit(branches.otherwise());
        } else if (node instanceof ShellNode.For loop) {
            visit(loop.body());
        } else if (node instanceof ShellNode.Counting loop) {
            visit(loop.body());
        } else if (node instanceof ShellNode.Loop loop) {
            visit(loop.condition());
            visit(loop.body());
        } else if (node instanceof ShellNode.Case choice) {
            choice.arms().forEach(arm -> visit(arm.body()));
        } else if (node instanceof ShellNode.Function function) {
            visit(function.body());
        }
    }

    private void add(Word word) {
        names.add(new Span(word.start(), word.end()));
    }
}
