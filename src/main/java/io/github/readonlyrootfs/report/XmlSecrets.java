package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** All that stands between an XML file's tags, and in its comments: passwords look like anything else there. */
final class XmlSecrets implements SecretScanner {

    private static final String COMMENT = "<!--";

    @Override
    public List<Span> secrets(SourceFile source) {
        List<Span> spans = new ArrayList<>();
        for (int number = 1; number <= source.lineCount(); number++) {
            secrets(source.line(number), source.lineStart(number), spans);
        }
        return spans;
    }

    /** A line by itself: what goes on from the line before is masked like text, whatever it is. */
    private static void secrets(String line, int lineStart, List<Span> spans) {
        boolean inTag = false;
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : '<';
            if (c == '<' && !inTag) {
                if (!line.substring(start, i).isBlank()) {
                    spans.add(new Span(lineStart + start, lineStart + i));
                }
                inTag = !line.startsWith(COMMENT, i);
                start = inTag ? start : i + COMMENT.length();
                i = inTag ? i : i + COMMENT.length() - 1;
            } else if (c == '>' && inTag) {
                inTag = false;
                start = i + 1;
            }
        }
    }
}
