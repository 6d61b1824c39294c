// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.TemplatePlaceholders;
import io.github.readonlyrootfs.dockerfile.text.TextBuilder;
import io.github.readonlyrootfs.dockerfile.text.Whitespace;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads instructions line by line: joins continued lines, separates comments and blank lines, and reads heredoc bodies
 * on demand.
 */
final class LogicalLines {

    /** BuildKit's limit, without the line feed. */
    private static final int MAX_LINE_BYTES = 65_535;

    private final SourceFile source;
    private final String text;
    private final List<RejectedInstruction> problems;
    private final Directives directives;
    private final List<Dockerfile.Comment> comments = new ArrayList<>();
    /** The index of the first comment that no instruction has followed yet. */
    private int pendingComments;

    private final TemplatePlaceholders placeholders;

    private int next = 1;
    private boolean tooLong;

    LogicalLines(SourceFile source, List<RejectedInstruction> problems) {
        this.source = source;
        this.text = source.text();
        this.problems = problems;
        this.directives = new Directives(source);
        this.placeholders = new TemplatePlaceholders(text);
    }

    Directives directives() {
        return directives;
    }

    List<Dockerfile.Comment> comments() {
        return List.copyOf(comments);
    }

    /** The next instruction's text, without the white space before it; empty at the end of the file. */
    Optional<JoinedText> next() {
        while (hasLine()) {
            int line = next++;
            int start = skipSpace(start(line), end(line));
            if (isDirective(start, end(line)) || start == end(line)) {
                continue;
            }
            if (text.charAt(start) == '#') {
                addComment(start, end(line));
                continue;
            }
            nameSubject(line);
            TextBuilder joined = new TextBuilder(source);
            if (!TemplatePlaceholders.closer(text, start).isEmpty()) {
                joined.append(start, blockEnd(start, end(line)));
            } else {
                join(joined, start, end(line));
            }
            return Optional.of(joined.build(start));
        }
        return Optional.empty();
    }

    /** What is wrong with the whole file, known once it was read to its end. */
    Optional<RejectedInstruction> tooLongLine() {
        if (!tooLong) {
            return Optional.empty();
        }
        return Optional.of(RejectedInstruction.syntax(
                source.location(start(next), end(next)),
                "this line is longer than 65,535 bytes, and BuildKit reads no further",
                "break the line with continuation characters"));
    }

    /**
     * Reads a heredoc's body, up to the line that is its delimiter.
     *
     * @return empty if the file ends first
     */
    Optional<JoinedText> body(String delimiter, boolean tabs) {
        TextBuilder body = new TextBuilder(source);
        int origin = next <= source.lineCount() ? start(next) : text.length();
        while (hasLine()) {
            int line = next++;
            int start = start(line);
            int contentStart = start;
            while (tabs && contentStart < end(line) && text.charAt(contentStart) == '\t') {
                contentStart++;
            }
            if (end(line) - contentStart == delimiter.length() && text.startsWith(delimiter, contentStart)) {
                return Optional.of(body.build(origin));
            }
            body.append(contentStart, fullEnd(line));
        }
        return Optional.empty();
    }

    private void join(TextBuilder joined, int start, int end) {
        boolean open = append(joined, start, end);
        while (open && hasLine()) {
            int line = next++;
            int contentStart = skipSpace(start(line), end(line));
            if (contentStart == end(line)) {
                continue;
            }
            if (text.charAt(contentStart) == '#') {
                addComment(contentStart, end(line));
                pendingComments = comments.size();
                continue;
            }
            open = append(joined, start(line), end(line)) || (isTemplateLine(contentStart, end(line)) && !endsHere());
        }
    }

    /** Appends a line without its continuation character; returns whether it had one. */
    private boolean append(TextBuilder joined, int start, int end) {
        int last = end;
        while (last > start && (text.charAt(last - 1) == ' ' || text.charAt(last - 1) == '\t')) {
            last--;
        }
        char escape = directives.escape();
        boolean continued = last > start
                && text.charAt(last - 1) == escape
                // An escape character that is itself escaped ends the line; BuildKit looks back by one only.
                && (last - 1 == start || text.charAt(last - 2) != escape);
        joined.append(start, continued ? last - 1 : end);
        return continued;
    }

    /** Whether it is a line such as <code>{{ end }}</code> within an instruction, which a builder never sees. */
    private boolean isTemplateLine(int start, int end) {
        String closer = TemplatePlaceholders.closer(text, start);
        int last = end;
        while (last > start && Whitespace.isSpace(text.charAt(last - 1))) {
            last--;
        }
        return !closer.isEmpty() && text.startsWith(closer, Math.max(start, last - closer.length()));
    }

    /** Whether the next line begins an instruction, in upper case: lower case words may be the shell's. */
    private boolean endsHere() {
        if (!hasLine()) {
            return true;
        }
        int start = skipSpace(start(next), end(next));
        int end = start;
        while (end < end(next) && text.charAt(end) >= 'A' && text.charAt(end) <= 'Z') {
            end++;
        }
        return start == end(next) || Keyword.of(text.substring(start, end)).isPresent();
    }

    /** Where a template block ends that begins a line: with the line, or with a later one that closes it. */
    private int blockEnd(int start, int end) {
        int blockEnd = placeholders.blockEnd(start);
        if (blockEnd < 0) {
            return end;
        }
        while (hasLine() && start(next) < blockEnd) {
            next++;
        }
        return end(next - 1);
    }

    private boolean isDirective(int start, int end) {
        try {
            return directives.accept(start, end);
        } catch (RejectedInstruction rejection) {
            problems.add(rejection);
            return true;
        }
    }

    private void addComment(int start, int end) {
        String content = text.substring(start + 1, end).strip();
        comments.add(new Dockerfile.Comment(source.location(start, end), content, 0));
    }

    private void nameSubject(int line) {
        for (int i = pendingComments; i < comments.size(); i++) {
            Dockerfile.Comment comment = comments.get(i);
            comments.set(i, new Dockerfile.Comment(comment.location(), comment.text(), line));
        }
        pendingComments = comments.size();
    }

    /** Whether there is another line; one that is too long ends the file, as it does for BuildKit. */
    private boolean hasLine() {
        if (tooLong || next > source.lineCount() || start(next) == text.length()) {
            return false;
        }
        tooLong = isTooLong(start(next), fullEnd(next));
        return !tooLong;
    }

    private boolean isTooLong(int start, int end) {
        if ((end - start) * 3L <= MAX_LINE_BYTES) {
            return false;
        }
        int bytes = text.substring(start, end).getBytes(StandardCharsets.UTF_8).length;
        return bytes - (text.charAt(end - 1) == '\n' ? 1 : 0) > MAX_LINE_BYTES;
    }

    private int start(int line) {
        return source.lineStart(line);
    }

    /** Where a line ends, its terminator included. */
    private int fullEnd(int line) {
        return line < source.lineCount() ? source.lineStart(line + 1) : text.length();
    }

    /** Where a line ends without its terminator, which is all CR and LF at its end. */
    private int end(int line) {
        int end = fullEnd(line);
        int start = start(line);
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    private int skipSpace(int start, int end) {
        int i = start;
        while (i < end && Whitespace.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
