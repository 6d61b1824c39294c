// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.WordSplitter;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An instruction in a form that is comparable with BuildKit's, as the grammar table has it. */
record Shape(
        String keyword,
        String exec,
        List<String> arguments,
        List<List<String>> pairs,
        Map<String, String> flags,
        List<List<String>> heredocs) {

    private static final String NO_VALUE = "(no value)";

    static Shape recorded(JsonNode node) {
        List<List<String>> pairs = new ArrayList<>();
        node.path("pairs")
                .forEach(pair -> pairs.add(List.of(
                        pair.get(0).asText(),
                        pair.get(1).isNull() ? NO_VALUE : pair.get(1).asText())));
        List<List<String>> heredocs = new ArrayList<>();
        node.path("heredocs")
                .forEach(heredoc -> heredocs.add(List.of(
                        heredoc.get("name").asText(),
                        heredoc.path("expand").asText(),
                        heredoc.get("body").asText())));
        List<String> arguments = new ArrayList<>();
        node.path("arguments").forEach(argument -> arguments.add(argument.asText()));
        return new Shape(
                node.get("keyword").asText(),
                node.path("exec").asText(),
                arguments,
                pairs,
                GrammarTable.strings(node.path("flags")),
                heredocs);
    }

    static Shape of(Instruction instruction) {
        if (instruction instanceof Instruction.Arg arg) {
            return assignments("ARG", arg.assignments());
        }
        if (instruction instanceof Instruction.Env env) {
            return assignments("ENV", env.assignments());
        }
        if (instruction instanceof Instruction.Label label) {
            return assignments("LABEL", label.assignments());
        }
        if (instruction instanceof Instruction.User user) {
            return plain("USER", user.user().text());
        }
        if (instruction instanceof Instruction.Workdir workdir) {
            return plain("WORKDIR", workdir.path().text());
        }
        if (instruction instanceof Instruction.Volume volume) {
            return plain("VOLUME", texts(volume.paths()));
        }
        if (instruction instanceof Instruction.Shell shell) {
            return plain("SHELL", texts(shell.words()));
        }
        if (instruction instanceof Instruction.Other other) {
            return other(other);
        }
        if (instruction instanceof Instruction.Healthcheck healthcheck) {
            return plain("HEALTHCHECK", healthcheck.command().map(Shape::test).orElse(new String[] {"NONE"}));
        }
        if (instruction instanceof Instruction.Cmd cmd) {
            return command("CMD", cmd.command(), List.of());
        }
        if (instruction instanceof Instruction.Entrypoint entrypoint) {
            return command("ENTRYPOINT", entrypoint.command(), List.of());
        }
        if (instruction instanceof Instruction.Run run) {
            List<List<String>> heredocs = run.heredocs().stream()
                    .map(heredoc ->
                            List.of(heredoc.delimiter(), "", heredoc.body().text()))
                    .toList();
            return command("RUN", run.command(), heredocs);
        }
        return copy((Instruction.Copy) instruction);
    }

    private static Shape plain(String keyword, String... arguments) {
        return new Shape(keyword, "", List.of(arguments), List.of(), Map.of(), List.of());
    }

    private static String[] texts(List<JoinedText> texts) {
        return texts.stream().map(JoinedText::text).toArray(String[]::new);
    }

    private static Shape assignments(String keyword, List<Instruction.Assignment> assignments) {
        List<List<String>> pairs = assignments.stream()
                .map(assignment -> List.of(
                        assignment.key().text(),
                        assignment.value().map(JoinedText::text).orElse(NO_VALUE)))
                .toList();
        return new Shape(keyword, "", List.of(), pairs, Map.of(), List.of());
    }

    private static Shape other(Instruction.Other other) {
        if (!other.keyword().equals("EXPOSE")) {
            return plain(other.keyword(), other.arguments().text());
        }
        String[] ports = texts(WordSplitter.atBlanks(other.arguments()));
        Arrays.sort(ports);
        return plain("EXPOSE", ports);
    }

    private static String[] test(Instruction.Command command) {
        if (command instanceof Instruction.Command.Exec exec) {
            return Stream.concat(Stream.of("CMD"), Stream.of(texts(exec.words())))
                    .toArray(String[]::new);
        }
        return new String[] {
            "CMD-SHELL", ((Instruction.Command.ShellForm) command).text().text()
        };
    }

    private static Shape command(String keyword, Instruction.Command command, List<List<String>> heredocs) {
        if (command instanceof Instruction.Command.Exec exec) {
            return new Shape(keyword, "true", List.of(texts(exec.words())), List.of(), Map.of(), heredocs);
        }
        String text = ((Instruction.Command.ShellForm) command).text().text();
        return new Shape(keyword, "false", text.isEmpty() ? List.of() : List.of(text), List.of(), Map.of(), heredocs);
    }

    private static Shape copy(Instruction.Copy copy) {
        List<String> arguments = new ArrayList<>(List.of(texts(copy.sources())));
        arguments.add(copy.destination().text());
        Map<String, String> flags = new TreeMap<>();
        for (Instruction.Flag flag : copy.flags()) {
            String value = flag.value().text();
            boolean isBoolean = List.of("link", "parents", "keep-git-dir").contains(flag.name());
            if (isBoolean) {
                value = value.isEmpty() ? "true" : value.toLowerCase(Locale.ROOT);
            }
            if (!value.isEmpty() && !(isBoolean && value.equals("false"))) {
                flags.merge(flag.name(), value, (first, second) -> first + "|" + second);
            }
        }
        List<List<String>> heredocs = copy.heredocs().stream()
                .map(heredoc -> List.of(
                        heredoc.delimiter(),
                        Boolean.toString(heredoc.expand()),
                        heredoc.body().text()))
                .toList();
        return new Shape(copy.add() ? "ADD" : "COPY", "", arguments, List.of(), flags, heredocs);
    }

    /** The shape of an instruction given as text. */
    static Shape parsed(String text) {
        Dockerfile file = DockerfileParser.parse(SourceFile.of("trigger", "FROM a\n" + text));
        return of(file.stages().get(0).instructions().get(0));
    }
}
