// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.Whitespace;
import io.github.readonlyrootfs.dockerfile.text.WordSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the arguments of ARG, ENV and LABEL. */
final class AssignmentReader {

    private AssignmentReader() {}

    static Instruction arg(Statement statement, char escape) throws RejectedInstruction {
        List<JoinedText> words = WordSplitter.quoted(statement.arguments(), escape);
        if (words.isEmpty()) {
            throw InstructionReader.missing(statement, Keyword.ARG, "one name or name=default, or several");
        }
        List<Instruction.Assignment> assignments = new ArrayList<>();
        for (JoinedText word : words) {
            Instruction.Assignment assignment = assignment(word);
            if (assignment.key().isEmpty()) {
                throw blank(assignment, Keyword.ARG);
            }
            assignments.add(assignment);
        }
        return new Instruction.Arg(statement.location(), List.copyOf(assignments));
    }

    static Instruction envOrLabel(Statement statement, Keyword keyword, char escape) throws RejectedInstruction {
        List<Instruction.Assignment> assignments = assignments(statement, keyword, escape);
        Flags.read(statement, keyword);
        if (assignments.isEmpty()) {
            throw InstructionReader.missing(statement, keyword, "one name=value or more");
        }
        for (Instruction.Assignment assignment : assignments) {
            if (assignment.key().isEmpty()) {
                throw blank(assignment, keyword);
            }
        }
        return keyword == Keyword.ENV
                ? new Instruction.Env(statement.location(), assignments)
                : new Instruction.Label(statement.location(), assignments);
    }

    private static List<Instruction.Assignment> assignments(Statement statement, Keyword keyword, char escape)
            throws RejectedInstruction {
        JoinedText arguments = statement.arguments();
        List<JoinedText> words = WordSplitter.quoted(arguments, escape);
        if (words.isEmpty()) {
            return List.of();
        }
        if (words.get(0).text().indexOf('=') < 0) {
            return List.of(oldForm(arguments, keyword));
        }
        List<Instruction.Assignment> assignments = new ArrayList<>();
        for (JoinedText word : words) {
            if (word.text().indexOf('=') < 0) {
                throw RejectedInstruction.syntax(
                        word.location(),
                        "this word of " + keyword + " has no `=`",
                        "write name=value; put a value with blanks in double quotes");
            }
            assignments.add(assignment(word));
        }
        return List.copyOf(assignments);
    }

    /** {@code ENV name value}: the value is all that follows the name, blanks and equals signs included. */
    private static Instruction.Assignment oldForm(JoinedText arguments, Keyword keyword) throws RejectedInstruction {
        int nameEnd = 0;
        while (nameEnd < arguments.length() && !Whitespace.isSeparator(arguments.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd == arguments.length()) {
            throw RejectedInstruction.syntax(
                    arguments.location(), keyword + " has a name but no value", "write name=value");
        }
        int valueStart = nameEnd;
        while (Whitespace.isSeparator(arguments.charAt(valueStart))) {
            valueStart++;
        }
        return new Instruction.Assignment(
                arguments.location(),
                arguments.slice(0, nameEnd),
                Optional.of(arguments.slice(valueStart, arguments.length())));
    }

    private static Instruction.Assignment assignment(JoinedText word) {
        int equals = word.text().indexOf('=');
        if (equals < 0) {
            return new Instruction.Assignment(word.location(), word, Optional.empty());
        }
        return new Instruction.Assignment(
                word.location(), word.slice(0, equals), Optional.of(word.slice(equals + 1, word.length())));
    }

    private static RejectedInstruction blank(Instruction.Assignment assignment, Keyword keyword) {
        return RejectedInstruction.meaning(
                assignment.location(), "a name of " + keyword + " is empty", "write it before the `=`");
    }
}
