// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.JsonArray;
import io.github.readonlyrootfs.dockerfile.text.TemplatePlaceholders;
import io.github.readonlyrootfs.dockerfile.text.WordSplitter;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns a statement into an instruction, or says why BuildKit rejects it. */
final class InstructionReader {

    private final char escape;

    InstructionReader(char escape) {
        this.escape = escape;
    }

    Instruction read(Statement statement, List<Instruction.Heredoc> heredocs) throws RejectedInstruction {
        if (statement.json() instanceof JsonArray.Mixed) {
            throw RejectedInstruction.mixedArray(statement.arguments());
        }
        if (statement.keyword().isEmpty()) {
            throw unknown(statement.word());
        }
        Keyword keyword = statement.keyword().get();
        return switch (keyword) {
            case ADD, COPY -> CopyReader.read(statement, keyword, heredocs);
            case ARG -> AssignmentReader.arg(statement, escape);
            case CMD, ENTRYPOINT, RUN, SHELL -> CommandReader.read(statement, keyword, heredocs);
            case ENV, LABEL -> AssignmentReader.envOrLabel(statement, keyword, escape);
            case EXPOSE, MAINTAINER, STOPSIGNAL -> other(statement, keyword);
            case FROM -> from(statement);
            case HEALTHCHECK -> HealthcheckReader.read(statement);
            case ONBUILD -> onbuild(statement, heredocs);
            case USER -> new Instruction.User(statement.location(), whole(statement, keyword));
            case VOLUME -> volume(statement);
            case WORKDIR -> new Instruction.Workdir(statement.location(), whole(statement, keyword));
        };
    }

    /** All arguments of an instruction as one text, which must not be empty. */
    private static JoinedText whole(Statement statement, Keyword keyword) throws RejectedInstruction {
        if (statement.arguments().isEmpty()) {
            throw missing(statement, keyword, "one argument");
        }
        Flags.read(statement, keyword);
        return statement.arguments();
    }

    static RejectedInstruction missing(Statement statement, Keyword keyword, String expected) {
        return RejectedInstruction.meaning(
                statement.location(), keyword + " has no arguments", keyword + " takes " + expected);
    }

    /** Quotes a word only if it is similar to a keyword: other words may be secrets. */
    private static RejectedInstruction unknown(JoinedText word) {
        String name = word.text().toUpperCase(Locale.ROOT);
        Optional<String> bracket = Keyword.names().stream()
                .filter(keyword -> name.startsWith(keyword + "["))
                .findFirst();
        if (bracket.isPresent()) {
            return RejectedInstruction.meaning(
                    word.location(),
                    "missing space after " + bracket.get(),
                    "put a space between " + bracket.get() + " and the bracket, and each word in quotes of its own");
        }
        Optional<String> nearest = Keyword.nearest(name);
        return nearest.isPresent()
                ? RejectedInstruction.meaning(
                        word.location(),
                        "unknown instruction `" + word.text() + "`",
                        "did you mean " + nearest.get() + "?")
                : RejectedInstruction.meaning(
                        word.location(),
                        "line " + word.location().line() + " does not begin with an instruction",
                        "an instruction begins with one of " + String.join(", ", Keyword.names()));
    }

    private static Instruction other(Statement statement, Keyword keyword) throws RejectedInstruction {
        if (statement.arguments().isEmpty()) {
            throw missing(statement, keyword, keyword == Keyword.EXPOSE ? "one or more ports" : "one argument");
        }
        if (keyword != Keyword.STOPSIGNAL) {
            // BuildKit does not check the flags of STOPSIGNAL.
            Flags.read(statement, keyword);
        }
        return new Instruction.Other(statement.location(), keyword.name(), statement.arguments());
    }

    private static Instruction from(Statement statement) throws RejectedInstruction {
        List<JoinedText> words = WordSplitter.atBlanks(statement.arguments());
        boolean named = words.size() == 3 && words.get(1).text().equalsIgnoreCase("as");
        if (words.size() != 1 && !named) {
            throw RejectedInstruction.meaning(
                    words.size() < 2 ? statement.location() : words.get(1).location(),
                    "FROM takes an image and an optional stage name",
                    "write FROM image, or FROM image AS name; put comments on their own lines");
        }
        // A placeholder for a name is not a mistake, but nothing here can refer to it.
        if (named
                && !StageName.isValid(words.get(2).text())
                && TemplatePlaceholders.first(words.get(2).text()).isEmpty()) {
            throw RejectedInstruction.meaning(
                    words.get(2).location(),
                    "this cannot be the name of a stage",
                    "it begins with a letter; letters, digits and - _ . may follow");
        }
        List<Instruction.Flag> flags = Flags.read(statement, Keyword.FROM);
        return new Instruction.From(
                statement.location(),
                Instruction.Flag.value(flags, "platform"),
                words.get(0),
                named ? Optional.of(words.get(2)) : Optional.empty());
    }

    private static Instruction volume(Statement statement) throws RejectedInstruction {
        List<JoinedText> words = statement.words();
        if (words.isEmpty()) {
            throw missing(statement, Keyword.VOLUME, "one path or more");
        }
        Flags.read(statement, Keyword.VOLUME);
        List<JoinedText> paths = new ArrayList<>();
        for (JoinedText word : words) {
            JoinedText path = word.trim();
            if (path.isEmpty()) {
                throw RejectedInstruction.meaning(word.location(), "a VOLUME cannot be an empty text", "write a path");
            }
            paths.add(path);
        }
        return new Instruction.Volume(statement.location(), List.copyOf(paths));
    }

    private Instruction onbuild(Statement statement, List<Instruction.Heredoc> heredocs) throws RejectedInstruction {
        if (statement.arguments().isEmpty()) {
            throw missing(statement, Keyword.ONBUILD, "an instruction");
        }
        Statement trigger = Statement.of(statement.arguments(), escape);
        Optional<Keyword> keyword = trigger.keyword();
        if (keyword.equals(Optional.of(Keyword.ONBUILD))) {
            throw RejectedInstruction.meaning(
                    trigger.word().location(), "ONBUILD cannot be ONBUILD's trigger", "remove one of the two");
        }
        Instruction instruction = trigger(trigger, heredocs);
        Flags.read(statement, Keyword.ONBUILD);
        if (keyword.equals(Optional.of(Keyword.FROM)) || keyword.equals(Optional.of(Keyword.MAINTAINER))) {
            throw RejectedInstruction.meaning(
                    trigger.word().location(),
                    keyword.get() + " cannot be ONBUILD's trigger",
                    "any instruction but FROM, MAINTAINER and ONBUILD can");
        }
        return new Instruction.Onbuild(statement.location(), instruction);
    }

    /** BuildKit checks the meaning of a trigger only when it runs. */
    private Instruction trigger(Statement trigger, List<Instruction.Heredoc> heredocs) throws RejectedInstruction {
        try {
            return read(trigger, heredocs);
        } catch (RejectedInstruction rejection) {
            if (rejection.phase() == RejectedInstruction.Phase.SYNTAX) {
                throw rejection;
            }
            Problem problem = rejection.problem();
            boolean isTemplate =
                    TemplatePlaceholders.first(trigger.text().text()).isPresent();
            return new Instruction.Unknown(
                    trigger.location(), problem.message(), isTemplate ? Optional.empty() : Optional.of(problem));
        }
    }
}
