package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The lines that findings are about. */
final class Excerpts {

    /** How much of a line is looked at on either side of a finding: minified JSON has one line, and many findings. */
    private static final int NEAR = 2000;

    private static final Pattern JSON = Pattern.compile("\\s*[{\\[]");

    private final Analysis tasks;
    private final Map<String, NavigableMap<Integer, Span>> secretsByFile = new HashMap<>();

    Excerpts(Analysis tasks) {
        this.tasks = tasks;
    }

    /** The line that a finding begins on; empty where its file is not at hand or the finding is about all of it. */
    Optional<Excerpt> of(Finding finding) {
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
        return Optional.of(MaskedLine.excerpt(
                location.line(),
                line.substring(from, to),
                new Span(start - from, Math.min(end, to) - from),
                secrets(source, source.lineStart(location.line()) + from, to - from),
                word -> isSubject(word, finding)));
    }

    private static int clip(int value, int min, int max) {
        return Math.max(min, Math.min(value, max));
    }

    /** The secrets in a piece of a line, counted from its beginning. */
    private List<Span> secrets(SourceFile source, int start, int length) {
        NavigableMap<Integer, Span> all = secretsByFile.computeIfAbsent(source.name(), name -> secrets(source));
        Integer first = all.floorKey(start);
        return all.subMap(first == null ? start : first, true, start + length, true).values().stream()
                // A carriage return before the line feed is not part of the line.
                .map(span -> new Span(Math.max(0, span.start() - start), Math.min(span.end() - start, length)))
                .filter(span -> span.start() < span.end())
                .toList();
    }

    private NavigableMap<Integer, Span> secrets(SourceFile source) {
        NavigableMap<Integer, Span> spans = new TreeMap<>();
        for (Span span : scanner(source).secrets(source)) {
            spans.put(span.start(), span);
        }
        return spans;
    }

    private SecretScanner scanner(SourceFile source) {
        String name = source.name();
        if (name.equals(tasks.taskDefinitionFile()) || name.endsWith(".json")) {
            return JSON.matcher(source.text()).lookingAt() ? new JsonSecrets() : new YamlSecrets();
        }
        return name.endsWith(".xml") ? new XmlSecrets() : new DockerfileSecrets();
    }

    /** Whether a word is the path or the name that a finding is about. */
    private static boolean isSubject(String word, Finding finding) {
        if (word.contains("=") || word.contains("@") || word.contains("://")) {
            return false;
        }
        String name = word.length() > 1 && word.endsWith("/") ? word.substring(0, word.length() - 1) : word;
        return finding.path().filter(path -> path.toString().equals(name)).isPresent()
                || finding.subject().filter(name::equals).isPresent();
    }
}
