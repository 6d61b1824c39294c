// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.baseline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lays a baseline out so that a version control system shows and merges it well: an entry on each line. */
final class BaselineWriter {

    private BaselineWriter() {}

    /** @param entries sorted, by task definition */
    static void write(Map<String, List<BaselineEntry>> entries, Writer text) throws IOException {
        text.write("{\n  \"version\": " + BaselineReader.VERSION + ",\n  \"taskDefinitions\": {");
        String joint = "\n";
        for (Map.Entry<String, List<BaselineEntry>> task : entries.entrySet()) {
            text.write(joint + "    " + quoted(task.getKey()) + ": [\n");
            text.write(task.getValue().stream()
                    .map(entry -> "      " + line(entry))
                    .collect(Collectors.joining(",\n", "", "\n    ]")));
            joint = ",\n";
        }
        text.write(entries.isEmpty() ? "}\n}\n" : "\n  }\n}\n");
    }

    private static String line(BaselineEntry entry) {
        List<String> members = new ArrayList<>();
        add("rule", Optional.of(entry.subject().rule()), members);
        add("severity", Optional.of(entry.severity().label()), members);
        add("resource", entry.subject().resource(), members);
        add("container", entry.subject().container(), members);
        add("path", entry.subject().path(), members);
        add("subject", entry.subject().name(), members);
        return "{ " + String.join(", ", members) + " }";
    }

    private static void add(String key, Optional<String> value, List<String> members) {
        value.ifPresent(text -> members.add(quoted(key) + ": " + quoted(text)));
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
