// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonGenerator.Feature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.Writer;

/** JSON laid out for people, the same on every machine: two spaces, line feeds, one at the end. */
final class PrettyJson {

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(INDENTER)
            .withArrayIndenter(INDENTER);

    private PrettyJson() {}

    @FunctionalInterface
    interface Document {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * Writes a document.
     *
     * @param text is not closed
     */
    static void write(Document document, Writer text) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(text).disable(Feature.AUTO_CLOSE_TARGET)) {
            json.setPrettyPrinter(PRINTER.createInstance());
            document.writeTo(json);
            json.writeRaw('\n');
        }
    }
}
