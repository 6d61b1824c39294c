// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.HeredocOpener;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.LexingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the arguments of COPY and ADD. */
final class CopyReader {

    private CopyReader() {}

    static Instruction read(Statement statement, Keyword keyword, List<Instruction.Heredoc> heredocs)
            throws RejectedInstruction {
        List<JoinedText> words = statement.words();
        if (words.size() < 2) {
            throw RejectedInstruction.meaning(
                    statement.location(), keyword + " has no destination", "write " + keyword + " SOURCE DESTINATION");
        }
        List<Instruction.Flag> flags = Flags.read(statement, keyword);
        JoinedText destination = words.get(words.size() - 1);
        if (opener(destination).isPresent()) {
            throw RejectedInstruction.meaning(
                    destination.location(), "a heredoc cannot be the destination of " + keyword, "write a path last");
        }
        Map<String, Instruction.Heredoc> bodies = new HashMap<>();
        for (Instruction.Heredoc heredoc : heredocs) {
            bodies.put(heredoc.delimiter(), heredoc);
        }
        List<JoinedText> sources = new ArrayList<>();
        List<Instruction.Heredoc> files = new ArrayList<>();
        for (JoinedText word : words.subList(0, words.size() - 1)) {
            Optional<HeredocOpener> opener = opener(word);
            if (opener.isEmpty()) {
                sources.add(word);
            } else {
                String delimiter = opener.get().delimiter();
                Instruction.Heredoc body = bodies.get(delimiter);
                JoinedText text = body == null ? word.slice(word.length(), word.length()) : body.body();
                files.add(new Instruction.Heredoc(delimiter, opener.get().expand(), text));
            }
        }
        return new Instruction.Copy(
                statement.location(),
                keyword == Keyword.ADD,
                flags,
                List.copyOf(sources),
                List.copyOf(files),
                destination);
    }

    /** A word that cannot be read as a heredoc's opener is a path. */
    private static Optional<HeredocOpener> opener(JoinedText word) {
        try {
            return HeredocOpener.parse(word.text());
        } catch (LexingException e) {
            return Optional.empty();
        }
    }
}
