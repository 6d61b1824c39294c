package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;

/** The values below {@code environment}, {@code secrets}, {@code options} and the like in JSON. */
final class JsonSecrets implements SecretScanner {

    @Override
    public List<Span> secrets(SourceFile source) {
        SecretSpans spans = new SecretSpans(source.text());
        FlowSecrets.inJson(source, spans).scan(0, source.text().length(), Holding.OPEN);
        return spans.all();
    }
}
