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
public record Excerpts(Analysis tasks, PublicTexts texts) {

    /** How much of a line is looked at on either side of a finding: minified JSON has one line, and many findings. */
    private static final int NEAR = 2000;

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
        int line = source.lineStart(place.line());
        String written = source.line(place.line());
        int start = line + Math.max(0, Math.min(place.column() - 1, written.length()));
        int end = line
                + (place.endLine() == place.line()
                        ? place.endColumn() - 1
                        : written.stripTrailing().length());
        int from = Math.max(line, start - NEAR);
        int to = Math.min(line + written.length(), start + NEAR);
        end = Math.max(start, Math.min(end, to));
        PublicText text = texts.of(source);
        List<Span> masks = text.masks(from, to, subjects(finding, source, start, end));
        // What is marked of a masked word is all of it.
        for (Span mask : masks) {
            start = mask.start() < start && start < mask.end() ? mask.start() : start;
            end = mask.start() < end && end < mask.end() ? mask.end() : end;
        }
        String before = shown(text.quote(from, start, masks));
        String marked = shown(text.quote(start, end, masks));
        return Optional.of(new Excerpt(
                place.line(),
                before + marked + shown(text.quote(end, to, masks)),
                before.length(),
                before.length() + marked.length()));
    }

    private static String shown(String text) {
        return PlainText.of(text.replace("\t", "    "));
    }

    /** The paths and names that a finding is about, as far as they are in its range. */
    private static List<Span> subjects(Finding finding, SourceFile source, int start, int end) {
        List<String> names = new ArrayList<>(finding.containers());
        if (finding.path().isPresent()) {
            names.add(finding.path().get().toString());
        }
        names.add(finding.subject().name().orElse(""));
        names.add(finding.resource().orElse(""));
        StringBuilder shown = new StringBuilder("(?<![\\w./@-])(?:(?!)");
        for (String name : names) {
            if (!name.isEmpty() && PublicText.isName(name)) {
                shown.append('|').append(Pattern.quote(name));
            }
        }
        Matcher found = Pattern.compile(shown.append(")(?![\\w.@-]|/\\w)/?").toString())
                .matcher(source.text())
                .region(start, end)
                .useTransparentBounds(true);
        List<Span> spans = new ArrayList<>();
        while (found.find()) {
            spans.add(new Span(found.start(), found.end()));
        }
        return spans;
    }
}
