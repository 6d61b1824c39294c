// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.Patch;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.edit.UnifiedDiff;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.HelpText;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What findings say about how to fix them. */
public final class Helps {

    /** Characters of edits that many findings may repeat: hundreds of deep mounts have one of 360 KB. */
    private static final int MAX_REPEATED = 4_000;

    /** Lines of a diff. */
    private static final int MAX_DIFF = 60;

    /** Characters of a file that is compared for each finding; ECS takes 64 KiB. */
    private static final int MAX_DIFFED = 100_000;

    private static final Pattern PUNCTUATION = Pattern.compile("[\\s,\"'\\[\\]{}]+");

    private final Analysis tasks;
    private final PublicTexts publicTexts;
    private final HelpText texts;
    private final ShortNames names;

    /** The first finding whose help has an edit. */
    private final Map<TextEdit, Finding> told = new HashMap<>();

    /** The first path that an advice is about, by the containers and the whole text. */
    private final Map<String, ContainerPath> advised = new HashMap<>();

    public Helps(Analysis tasks, PublicTexts publicTexts) {
        this.tasks = tasks;
        this.publicTexts = publicTexts;
        this.texts = new HelpText(tasks.sources(), publicTexts::of);
        this.names = ShortNames.of(tasks, List.of());
    }

    /** The whole text, for a finding that is read alone. */
    public String of(Finding finding) {
        return of(finding, finding.location());
    }

    private String of(Finding finding, Location reader) {
        for (TextEdit edit : finding.remedy().edits()) {
            Finding first = told.get(edit);
            if (first == null || finding.severity().compareTo(first.severity()) < 0) {
                told.put(edit, finding);
            }
        }
        return texts.of(finding.remedy(), reader);
    }

    /** Whether a report may have an edit: its new text repeats nothing that is not shown. */
    public boolean mayShow(TextEdit edit) {
        return !texts.repeatsSecret(edit) && names.in(edit.replacement()).equals(edit.replacement());
    }

    /** What is to be known of the edits of a finding. */
    public Optional<String> note(Finding finding) {
        return finding.remedy().note();
    }

    /**
     * The edits of a finding as a diff; empty where it has none, they are many, or a line of it may hold a secret.
     */
    public List<String> diff(Finding finding) {
        List<TextEdit> edits = finding.remedy().edits();
        Patch patch = new Patch();
        boolean mayBeShown = finding.remedy().isApplicable() && edits.stream().allMatch(this::mayShow);
        if (!mayBeShown || !patch.add(edits)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (String name : patch.files()) {
            SourceFile file = tasks.sources().get(name);
            if (file == null || file.text().length() > MAX_DIFFED) {
                return List.of();
            }
            lines.addAll(UnifiedDiff.of(name, "", publicTexts.of(file), patch.apply(file)));
        }
        boolean complete = lines.size() <= MAX_DIFF && lines.stream().noneMatch(line -> line.startsWith("#"));
        return complete ? lines : List.of();
    }

    /** The whole text, unless it is too long to be repeated after an earlier finding had its edits. */
    public String bounded(Finding finding) {
        return isTooMuch(finding) ? next(finding) : of(finding);
    }

    /** Whether the edits of a finding are too long to be repeated after an earlier finding had them. */
    public boolean isTooMuch(Finding finding) {
        List<TextEdit> edits = finding.remedy().edits();
        return told.keySet().containsAll(edits)
                && edits.stream().mapToLong(edit -> edit.replacement().length()).sum() > MAX_REPEATED;
    }

    /** The text for the next of several findings: only the first finding that an edit fixes has the whole edit. */
    public String next(Finding finding) {
        if (finding.remedy().edits().isEmpty()) {
            return advice(finding, of(finding));
        }
        Optional<Finding> first = earlier(finding);
        return first.isPresent()
                ? repeated(first.get(), " (" + Wording.place(first.get().location()) + ")", finding)
                : of(finding);
    }

    /** An advice, or that it is the same as for an earlier path. */
    private String advice(Finding finding, String text) {
        if (finding.path().isEmpty()) {
            return text;
        }
        ContainerPath path = finding.path().get();
        ContainerPath other = advised.putIfAbsent(finding.containers() + text, path);
        String above = "the help above for " + other + " covers this path too";
        return other == null || above.length() >= text.length() ? text : above;
    }

    /** The same for a reader who does not see the place of the finding: each edit names its file. */
    String apart(Finding finding) {
        boolean hasEdits = !finding.remedy().edits().isEmpty();
        return earlier(finding)
                .map(first -> repeated(first, "", finding))
                .orElseGet(() -> hasEdits
                        ? replaced(finding) + of(finding, Location.of(""))
                        : advice(finding, Wording.place(finding.location()) + ": " + of(finding)));
    }

    /** Which edit that was told before a finding's own edits stand for, as those of a need that is optional do. */
    private String replaced(Finding finding) {
        for (TextEdit edit : finding.remedy().edits()) {
            for (Map.Entry<TextEdit, Finding> before : told.entrySet()) {
                Optional<ContainerPath> path = before.getValue().path();
                if (before.getKey().location().equals(edit.location())
                        && !before.getKey().equals(edit)
                        && path.isPresent()
                        && !paths(before.getKey()).isEmpty()
                        && paths(edit).containsAll(paths(before.getKey()))) {
                    return "instead of the edit above for " + path.get() + ": ";
                }
            }
        }
        return "";
    }

    private static Set<String> paths(TextEdit edit) {
        return PUNCTUATION
                .splitAsStream(edit.replacement())
                .filter(word -> word.startsWith("/"))
                .collect(Collectors.toSet());
    }

    private static String repeated(Finding first, String place, Finding finding) {
        return "the edit above"
                + first.path().map(path -> " for " + path).orElse("")
                + place + " fixes this too"
                + finding.remedy()
                        .note()
                        .filter(note -> !first.remedy().note().equals(Optional.of(note)))
                        .map(note -> "; " + note)
                        .orElse("");
    }

    /** The finding that was told the same edits before. */
    public Optional<Finding> earlier(Finding finding) {
        List<TextEdit> edits = finding.remedy().edits();
        // A build that is quiet prints errors only.
        return edits.isEmpty() || !told.keySet().containsAll(edits)
                ? Optional.empty()
                : Optional.ofNullable(told.get(edits.get(0)))
                        .filter(first -> first.severity().compareTo(finding.severity()) <= 0);
    }
}
