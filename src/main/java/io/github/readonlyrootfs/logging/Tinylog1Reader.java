// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

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

/**
 * Reads the {@code tinylog.properties} of tinylog 1, which system properties override. tinylog ignores a writer with an invalid number
 * or boolean (measured with 1.3.6).
 */
final class Tinylog1Reader {

    private static final String WRITER = TinylogReader.PREFIX + "writer";
    private static final String ROLLING = "rollingfile";
    private static final String BOOLEAN = "(?i)true|false";
    private static final Set<String> FILE_WRITERS = Set.of("file", "sharedfile", ROLLING);

    private final LoggingEnvironment environment;
    private final Map<String, Value<String>> properties;

    private Tinylog1Reader(Map<String, Value<String>> properties, LoggingEnvironment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** @param source the file; empty if there is none */
    static LoggingOutput read(Optional<SourceFile> source, LoggingEnvironment environment) {
        return new Tinylog1Reader(TinylogReader.properties(source, TinylogReader.PREFIX, environment), environment)
                .files();
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

    /** Whether a setting matches a pattern, or may match it. */
    private boolean matches(String key, String pattern) {
        Optional<String> text = properties.getOrDefault(key, Value.absent()).known();
        return text.isEmpty() || text.get().matches(pattern);
    }

    private void add(String writer, String type, List<LogFile> files) {
        Value<String> file = properties.getOrDefault(writer + ".filename", Value.absent());
        if (!file.isAbsent()) {
            ResolvedText path =
                    TinylogReader.resolve(ResolvedText.of(file), "${", false, environment::propertyOrVariable);
            boolean labelled = type.equals(ROLLING)
                    && properties.containsKey(writer + ".label")
                    && !matches(writer + ".label", "(?i)\\s*count\\s*");
            files.add(new LogFile(
                    writer,
                    labelled ? path.map(Tinylog1Reader::labelled) : path,
                    file.where().orElseThrow(),
                    Moment.START));
        }
    }

    /** A path with a process id or a time before the extension. */
    private static String labelled(String path) {
        int dot = path.indexOf('.', path.lastIndexOf('/') + 2);
        int end = dot < 0 ? path.length() : dot;
        return path.substring(0, end) + '.' + ResolvedText.VARIES + path.substring(end);
    }
}
