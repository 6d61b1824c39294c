// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.PlainText;
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

    private static final String TAB = "    ";

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
        Location place = finding.location();
        SourceFile source = tasks.sources().get(place.file());
        if (source == null
                || place.line() < 1
                || place.line() > source.lineCount()
                || place.equals(Location.of(place.file()))) {
            return Optional.empty();
        }
        String line = source.line(place.line());
        int start = Math.max(0, Math.min(place.column() - 1, line.length()));
        int end = place.endLine() == place.line()
                ? place.endColumn() - 1
                : line.stripTrailing().length();
        int lineStart = source.lineStart(place.line());
        int from = lineStart + Math.max(0, start - NEAR);
        int to = lineStart + Math.min(line.length(), start + NEAR);
        int markStart = lineStart + start;
        int markEnd = Math.max(markStart, Math.min(lineStart + end, to));
        PublicText text = texts.of(source);
        List<Span> subjects = subjects(finding, source, markStart, markEnd);
        List<Span> masks = text.masks(from, to, subjects);
        // What is marked of a masked word is all of it.
        for (Span mask : masks) {
            markStart = mask.start() < markStart && markStart < mask.end() ? mask.start() : markStart;
            markEnd = mask.start() < markEnd && markEnd < mask.end() ? mask.end() : markEnd;
        }
        String before = shown(text.quote(from, markStart, masks));
        String marked = shown(text.quote(markStart, markEnd, masks));
        return Optional.of(new Excerpt(
                place.line(),
                before + marked + shown(text.quote(markEnd, to, masks)),
                before.length(),
                before.length() + marked.length()));
    }

    private static String shown(String text) {
        return PlainText.of(text.replace("\t", TAB));
    }

    /** The paths and names that a finding is about, as far as they are in its range. */
    private static List<Span> subjects(Finding finding, SourceFile source, int start, int end) {
        List<String> names = new ArrayList<>(finding.containers());
        finding.path().ifPresent(path -> names.add(path.toString()));
        finding.subject().name().ifPresent(names::add);
        finding.resource().ifPresent(names::add);
        List<Span> subjects = new ArrayList<>();
        String range = source.text().substring(start, end);
        for (String name : names) {
            if (!name.isEmpty() && range.contains(name) && PublicText.isName(name)) {
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
