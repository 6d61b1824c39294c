// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.JsonArray;
import io.github.readonlyrootfs.dockerfile.text.TemplatePlaceholders;
import io.github.readonlyrootfs.dockerfile.text.WordSplitter;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads Dockerfiles as BuildKit does. */
public final class DockerfileParser {

    private final List<RejectedInstruction> problems = new ArrayList<>();
    private final StageCollector stages = new StageCollector(problems);
    private final LogicalLines lines;
    private boolean empty = true;

    /** Whether a line began with a keyword, or nearly so. */
    private boolean keywords;

    private DockerfileParser(SourceFile source) {
        this.lines = new LogicalLines(source, problems);
    }

    /** Reads a file. What BuildKit would reject becomes a problem of the result, never an exception. */
    public static Dockerfile parse(SourceFile source) {
        return new DockerfileParser(source).dockerfile(source);
    }

    private Dockerfile dockerfile(SourceFile source) {
        for (Optional<JoinedText> line = lines.next(); line.isPresent(); line = lines.next()) {
            empty = false;
            read(line.get());
        }
        Optional<RejectedInstruction> tooLong = lines.tooLongLine();
        if (tooLong.isPresent()) {
            problems.add(tooLong.get());
        }
        if (empty && tooLong.isEmpty()) {
            problems.add(RejectedInstruction.syntax(
                    source.location(0, 0), "the file has no instructions", "a Dockerfile begins with FROM"));
        } else if (!stages.hasStages() && problems.isEmpty()) {
            problems.add(RejectedInstruction.meaning(
                    source.location(0, 0),
                    "the file has no FROM",
                    "a Dockerfile starts from an image: write FROM image"));
        }
        Optional<String> frontend = lines.directives().frontend();
        List<Problem> rejected = isForeign() ? List.of(foreign()) : inOrder();
        return new Dockerfile(
                source,
                lines.directives().escape(),
                frontend,
                stages.globalArgs(),
                stages.stages(),
                lines.comments(),
                Dockerfile.isKnown(frontend) ? rejected : List.of());
    }

    /** Whether nothing in the file looks like an instruction. */
    private boolean isForeign() {
        return !empty && !keywords && !problems.isEmpty();
    }

    /** The problems in BuildKit's order: it reports the first one. */
    private List<Problem> inOrder() {
        List<Problem> inOrder = new ArrayList<>();
        for (RejectedInstruction.Phase phase : RejectedInstruction.Phase.values()) {
            for (RejectedInstruction rejected : problems) {
                if (rejected.phase() == phase) {
                    inOrder.add(rejected.problem());
                }
            }
        }
        return List.copyOf(inOrder);
    }

    private Problem foreign() {
        Problem first = inOrder().get(0);
        return new Problem(
                first.location(), "this is not a Dockerfile: " + first.message(), "set dockerfile to the Dockerfile");
    }

    private void read(JoinedText line) {
        Statement statement = Statement.of(line, lines.directives().escape());
        keywords |= Keyword.isNear(statement.word().text()) || excuse(statement).isPresent();
        try {
            List<Instruction.Heredoc> heredocs =
                    statement.json() instanceof JsonArray.Mixed ? List.of() : Heredocs.read(statement, lines);
            stages.add(new InstructionReader(lines.directives().escape()).read(statement, heredocs));
        } catch (RejectedInstruction rejection) {
            Optional<String> excuse = excuse(statement);
            if (excuse.isEmpty()) {
                problems.add(rejection);
            }
            replacement(statement, excuse).ifPresent(stages::add);
        }
    }

    /** Why the file may be valid although it cannot be read here. */
    private Optional<String> excuse(Statement statement) {
        Optional<String> frontend = lines.directives().frontend();
        return TemplatePlaceholders.first(statement.text().text())
                .map(text -> "the template placeholder " + text + " is not filled in")
                .or(() -> Dockerfile.isKnown(frontend)
                        ? Optional.empty()
                        : frontend.map(name -> "the grammar of the frontend " + name + " is not known"));
    }

    /** Replaces an instruction that cannot be read: a FROM still begins a stage. */
    private static Optional<Instruction> replacement(Statement statement, Optional<String> excuse) {
        if (statement.keyword().equals(Optional.of(Keyword.FROM))) {
            JoinedText arguments = statement.arguments();
            List<JoinedText> words = WordSplitter.atBlanks(arguments);
            JoinedText image = excuse.isPresent() || words.isEmpty() ? arguments : words.get(0);
            return Optional.of(new Instruction.From(statement.location(), Optional.empty(), image, Optional.empty()));
        }
        return excuse.map(reason -> new Instruction.Unknown(statement.location(), reason, Optional.empty()));
    }
}
