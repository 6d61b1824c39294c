// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.HelpText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What findings say about how to fix them. */
final class Helps {

    private final HelpText texts;

    /** The first finding that says how to make an edit. */
    private final Map<TextEdit, Finding> told = new HashMap<>();

    Helps(Analysis tasks, PublicTexts publicTexts) {
        this.texts = new HelpText(tasks.sources(), publicTexts::of);
    }

    /** The whole text, for a finding that is read alone. */
    String of(Finding finding) {
        return texts.of(finding.remedy(), finding.location());
    }

    /** The text for the next of several findings, of which only the first that an edit fixes has it whole. */
    String next(Finding finding) {
        List<TextEdit> edits = finding.remedy().edits();
        Finding first = edits.isEmpty() ? null : told.get(edits.get(0));
        if (first != null && told.keySet().containsAll(edits)) {
            return "fixed by the edit above, of " + Words.place(first.location())
                    + first.path().map(path -> " for " + path).orElse("")
                    + finding.remedy()
                            .note()
                            .filter(note -> !first.remedy().note().equals(Optional.of(note)))
                            .map(note -> "; " + note)
                            .orElse("");
        }
        edits.forEach(edit -> told.putIfAbsent(edit, finding));
        return of(finding);
    }
}
