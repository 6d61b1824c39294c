package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** All that stands between an XML file's tags: build arguments and passwords look like anything else there. */
final class XmlSecrets implements SecretScanner {

    @Override
    public List<Span> secrets(SourceFile source) {
        List<Span> spans = new ArrayList<>();
        for (int number = 1; number <= source.lineCount(); number++) {
            String line = source.line(number);
            int lineStart = source.lineStart(number);
            boolean inTag = false;
            int start = 0;
            for (int i = 0; i <= line.length(); i++) {
                char c = i < line.length() ? line.charAt(i) : '<';
                if (c == '<' && !inTag) {
                    if (!line.substring(start, i).isBlank()) {
                        spans.add(new Span(lineStart + start, lineStart + i));
                    }
                    inTag = true;
                } else if (c == '>') {
                    inTag = false;
                    start = i + 1;
                }
            }
        }
        return spans;
    }
}
