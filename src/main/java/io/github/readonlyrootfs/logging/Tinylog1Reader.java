// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the {@code tinylog.properties} of tinylog 1, over which system properties win. A writer of which it cannot read a number
 * or a boolean is left out (measured with 1.3.6).
 */
final class Tinylog1Reader {

    private static final String PREFIX = "tinylog.";
    private static final String WRITER = PREFIX + "writer";
    private static final String ROLLING = "rollingfile";
    private static final String BOOLEAN = "(?i)true|false";
    private static final Set<String> FILE_WRITERS = Set.of("file", "sharedfile", ROLLING);

    private final LoggingEnvironment environment;
    private final Map<String, Value<String>> properties = new TreeMap<>();

    private Tinylog1Reader(LoggingEnvironment environment) {
        this.environment = environment;
    }

    /** @param source the file; empty where there is none */
    static LoggingOutput read(Optional<SourceFile> source, LoggingEnvironment environment) {
        Tinylog1Reader reader = new Tinylog1Reader(environment);
        if (source.isPresent()) {
            for (Property property : PropertiesReader.read(source.get())) {
                reader.properties.put(property.key(), new Value.Known<>(property.value(), property.location()));
            }
        }
        environment.launch().systemProperties().forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isAbsent()) {
                reader.properties.put(name, value);
            }
        });
        return reader.files();
    }

    private LoggingOutput files() {
        List<LogFile> files = new ArrayList<>();
        properties.forEach((writer, name) -> {
            String type = name.known().orElse("").toLowerCase(Locale.ROOT);
            if (writer.startsWith(WRITER)
                    && writer.indexOf('.', WRITER.length()) < 0
                    && FILE_WRITERS.contains(type)
                    && isValid(writer, type)) {
                add(writer, type, files);
            }
        });
        return new LoggingOutput(files, List.of());
    }

    private boolean isValid(String writer, String type) {
        boolean rolls = type.equals(ROLLING);
        return (rolls || matches(writer + ".append", BOOLEAN))
                && (type.equals("sharedfile") || matches(writer + ".buffered", BOOLEAN))
                && (!rolls
                        || (properties.containsKey(writer + ".backups")
                                && matches(writer + ".backups", "[+-]?\\d{1,9}")));
    }

    /** Whether a setting has such a text, or may have. */
    private boolean matches(String key, String pattern) {
        Optional<String> text = properties.getOrDefault(key, Value.absent()).known();
        return text.isEmpty() || text.get().matches(pattern);
    }

    private void add(String writer, String type, List<LogFile> files) {
        Value<String> file = properties.getOrDefault(writer + ".filename", Value.absent());
        if (!file.isAbsent()) {
            ResolvedText path = resolve(file);
            boolean labelled = type.equals(ROLLING)
                    && properties.containsKey(writer + ".label")
                    && !matches(writer + ".label", "(?i)\\s*count\\s*");
            files.add(new LogFile(
                    writer,
                    labelled ? labelled(path) : path,
                    file.where().orElseThrow(),
                    Moment.START,
                    Optional.empty()));
        }
    }

    /** With a number of the process or a time before the extension. */
    private static ResolvedText labelled(ResolvedText path) {
        int name = path.text().lastIndexOf('/') + 1;
        int dot = path.text().indexOf('.', name + 1);
        int end = dot < 0 ? path.text().length() : dot;
        return new ResolvedText(
                path.text().substring(0, end)
                        + '.'
                        + ResolvedText.VARIES
                        + path.text().substring(end),
                path.unknown());
    }

    /** A text in which something cannot be put in stays as it is, all of it. */
    private ResolvedText resolve(Value<String> file) {
        if (file instanceof Value.Unknown<String> unknown) {
            return ResolvedText.unknown(unknown.reason());
        }
        String text = file.known().orElse("");
        StringBuilder out = new StringBuilder();
        Optional<String> unknown = Optional.empty();
        int next = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", next)) {
            int end = text.indexOf('}', start);
            Value<String> value =
                    end < 0 ? Value.absent() : environment.propertyOrVariable(text.substring(start + 2, end));
            if (value.isAbsent()) {
                return ResolvedText.known(text);
            }
            if (value instanceof Value.Unknown<String> it) {
                unknown = unknown.or(() -> Optional.of(it.reason()));
            }
            out.append(text, next, start).append(value.known().orElse(String.valueOf(ResolvedText.GAP)));
            next = end + 1;
        }
        return new ResolvedText(out.append(text.substring(next)).toString(), unknown);
    }
}
