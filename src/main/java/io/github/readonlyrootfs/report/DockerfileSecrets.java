package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of ENV, ARG and LABEL, however many lines they take, and assignments in other instructions and in
 * comments. It reads the text, not the parsed file: what a builder would reject has secrets too.
 */
final class DockerfileSecrets implements SecretScanner {

    private static final Pattern ESCAPE_DIRECTIVE =
            Pattern.compile("\\s*#\\s*escape\\s*=\\s*`\\s*", Pattern.CASE_INSENSITIVE);

    private static final Pattern ASSIGNING =
            Pattern.compile("\\s*(?:ONBUILD\\s+)?(?:ENV|ARG|LABEL)(?=\\s|$)", Pattern.CASE_INSENSITIVE);

    @Override
    public List<Span> secrets(SourceFile source) {
        List<Span> spans = new ArrayList<>();
        char escape = escape(source);
        AssignmentWords words = new AssignmentWords(escape, spans);
        boolean continued = false;
        boolean assigning = false;
        for (int number = 1; number <= source.lineCount(); number++) {
            String line = source.line(number);
            int lineStart = source.lineStart(number);
            if (isBlankOrComment(line)) {
                Assignments.find(source.text(), lineStart, lineStart + line.length(), spans::add);
                continue;
            }
            int start = 0;
            if (!continued) {
                Matcher keyword = ASSIGNING.matcher(line);
                assigning = keyword.lookingAt();
                if (assigning) {
                    words.begin();
                    start = keyword.end();
                }
            }
            String body = line.stripTrailing();
            continued = !body.isEmpty() && body.charAt(body.length() - 1) == escape;
            int end = continued ? body.length() - 1 : body.length();
            if (assigning) {
                words.read(line, start, end, lineStart);
            } else {
                Assignments.find(source.text(), lineStart, lineStart + end, spans::add);
            }
        }
        return spans;
    }

    private static char escape(SourceFile source) {
        for (int number = 1;
                number <= source.lineCount() && source.line(number).strip().startsWith("#");
                number++) {
            if (ESCAPE_DIRECTIVE.matcher(source.line(number)).matches()) {
                return '`';
            }
        }
        return '\\';
    }

    private static boolean isBlankOrComment(String line) {
        String stripped = line.stripLeading();
        return stripped.isEmpty() || stripped.startsWith("#");
    }
}
