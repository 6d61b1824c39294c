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
import java.util.Arrays;
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
        int from = Math.max(0, start - NEAR);
        int to = Math.min(line.length(), start + NEAR);
        int markEnd = Math.max(start, Math.min(end, to));
        int lineStart = source.lineStart(place.line());
        List<Span> masks = texts.of(source)
                .masks(
                        lineStart + from,
                        lineStart + to,
                        subjects(finding, source, lineStart + start, lineStart + markEnd));
        String plain = PlainText.of(line.substring(from, to));
        StringBuilder copy = new StringBuilder();
        // Where the copy of each character begins; that of a masked one is the mask.
        int[] copies = new int[plain.length() + 1];
        int next = 0;
        for (int at = 0; at < plain.length(); ) {
            boolean masked = next < masks.size() && masks.get(next).start() == lineStart + from + at;
            int behind = masked ? masks.get(next++).end() - lineStart - from : at + 1;
            Arrays.fill(copies, at, behind, copy.length());
            copy.append(masked ? PublicText.MASK : line.charAt(from + at) == '\t' ? TAB : plain.substring(at, behind));
            at = behind;
        }
        copies[plain.length()] = copy.length();
        int last = markEnd - from;
        while (last > start - from && last < plain.length() && copies[last] == copies[last - 1]) {
            last++;
        }
        return Optional.of(new Excerpt(place.line(), copy.toString(), copies[start - from], copies[last]));
    }

    /** The paths and names that a finding is about, as far as they are in its range. */
    private static List<Span> subjects(Finding finding, SourceFile source, int start, int end) {
        List<String> names = new ArrayList<>(finding.containers());
        finding.path().ifPresent(path -> names.add(path.toString()));
        finding.subject().name().ifPresent(names::add);
        finding.resource().ifPresent(names::add);
        List<Span> subjects = new ArrayList<>();
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
