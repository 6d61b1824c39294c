// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that findings are about. */
public final class Excerpts {

    /** How much of a line is looked at on either side of a finding: minified JSON has one line, and many findings. */
    private static final int NEAR = 2000;

    private final Analysis tasks;
    private final PublicTexts texts;

    public Excerpts(Analysis tasks, PublicTexts texts) {
        this.tasks = tasks;
        this.texts = texts;
    }

    /** The line that a finding begins on; empty if its file was not read or the finding is about all of it. */
    public Optional<Excerpt> of(Finding finding) {
        Location location = finding.location();
        SourceFile source = tasks.sources().get(location.file());
        if (source == null
                || location.line() < 1
                || location.line() > source.lineCount()
                || location.equals(Location.of(location.file()))) {
            return Optional.empty();
        }
        String line = source.line(location.line());
        int start = clip(location.column() - 1, 0, line.length());
        int end = location.endLine() == location.line()
                ? clip(location.endColumn() - 1, start, line.length())
                : Math.max(start, line.stripTrailing().length());
        int from = Math.max(0, start - NEAR);
        int to = Math.min(line.length(), start + NEAR);
        int lineStart = source.lineStart(location.line());
        int markEnd = Math.min(end, to);
        List<Span> masks = new ArrayList<>();
        List<Span> subjects = subjects(finding, source, lineStart + start, lineStart + markEnd);
        for (Span span : texts.of(source).masks(lineStart + from, lineStart + to, subjects)) {
            masks.add(new Span(span.start() - lineStart - from, span.end() - lineStart - from));
        }
        return Optional.of(MaskedLine.excerpt(
                location.line(), line.substring(from, to), new Span(start - from, markEnd - from), masks));
    }

    private static int clip(int value, int min, int max) {
        return Math.max(min, Math.min(value, max));
    }

    /** The paths and names that a finding is about, and the names of options, as far as they are in its range. */
    private static List<Span> subjects(Finding finding, SourceFile source, int start, int end) {
        List<Span> subjects = new ArrayList<>(CommandWords.options(source.text(), start, end));
        List<String> names = new ArrayList<>(finding.containers());
        if (finding.path().isPresent()) {
            names.add(finding.path().get().toString());
        }
        names.add(finding.subject().name().orElse(""));
        names.add(finding.resource().orElse(""));
        for (String name : names) {
            if (!name.isEmpty() && PublicText.isName(name)) {
                Matcher matcher = Pattern.compile("(?<![\\w./@-])" + Pattern.quote(name) + "(?![\\w.@-]|/\\w)/?")
                        .matcher(source.text())
                        .region(start, end)
                        .useTransparentBounds(true);
                while (matcher.find()) {
                    subjects.add(new Span(matcher.start(), matcher.end()));
                }
            }
        }
        return subjects;
    }
}
