// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.HeredocOpener;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.LexingException;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the bodies of the heredocs that an instruction opens. */
final class Heredocs {

    private Heredocs() {}

    static List<Instruction.Heredoc> read(Statement statement, LogicalLines lines) throws RejectedInstruction {
        if (!mayOpen(statement, lines.directives().escape())) {
            return List.of();
        }
        List<Instruction.Heredoc> heredocs = new ArrayList<>();
        for (HeredocOpener opener : openers(statement.text())) {
            Optional<JoinedText> body = lines.body(opener.delimiter(), opener.tabs());
            if (body.isEmpty()) {
                throw RejectedInstruction.syntax(
                        opening(statement.text()),
                        "the heredoc is not closed",
                        "end it with a line that contains only " + opener.delimiter()
                                + (opener.tabs() ? "; only tabs may precede it" : "")
                                + (statement.text().text().matches("(?s).*<<[\\t ].*")
                                        ? "; where << shifts a number, remove the blank after it"
                                        : ""));
            }
            heredocs.add(new Instruction.Heredoc(opener.delimiter(), opener.expand(), body.get()));
        }
        return List.copyOf(heredocs);
    }

    private static boolean mayOpen(Statement statement, char escape) {
        Optional<Keyword> keyword = statement.keyword();
        if (keyword.equals(Optional.of(Keyword.ONBUILD))) {
            // Only one level, as in BuildKit.
            Statement trigger = Statement.of(statement.arguments(), escape);
            return trigger.keyword().filter(Keyword::takesHeredocs).isPresent()
                    && trigger.elements().isEmpty();
        }
        return keyword.isPresent()
                && keyword.get().takesHeredocs()
                && statement.elements().isEmpty();
    }

    private static List<HeredocOpener> openers(JoinedText line) throws RejectedInstruction {
        try {
            return HeredocOpener.allIn(line.text());
        } catch (LexingException e) {
            throw RejectedInstruction.syntax(
                    opening(line), "the heredoc's delimiter cannot be read: " + e.reason(), e.help());
        }
    }

    private static Location opening(JoinedText line) {
        int opening = line.text().indexOf("<<");
        return line.location(opening, line.length());
    }
}
