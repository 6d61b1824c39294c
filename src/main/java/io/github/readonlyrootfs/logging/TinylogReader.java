// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the {@code tinylog.properties} of tinylog 2, over which system properties that begin with {@code tinylog.} win. Its
 * writers make missing directories (measured with 2.7.0).
 */
final class TinylogReader {

    private static final String PREFIX = "tinylog.";
    private static final String WRITER = "writer";
    private static final String ROLLING = "RollingFile";
    private static final Set<String> FILE_WRITERS = Set.of("File", ROLLING, "SharedFile", "Json");

    /** What a rolling file's name differs in; tinylog refuses other braces. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\s*(?:count|pid|(?:date|dynamic)\\s*(?::[^{}]*)?)\\s*\\}");

    private final LoggingEnvironment environment;
    private final Map<String, Value<String>> properties = new TreeMap<>();

    private TinylogReader(LoggingEnvironment environment) {
        this.environment = environment;
    }

    /** @param source the file; empty where there is none */
    static LoggingOutput read(Optional<SourceFile> source, LoggingEnvironment environment) {
        TinylogReader reader = new TinylogReader(environment);
        source.ifPresent(file -> PropertiesReader.read(file)
                .forEach(property -> reader.properties.put(
                        property.key(), new Value.Known<>(property.value(), property.location()))));
        environment.launch().systemProperties().forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isAbsent()) {
                reader.properties.put(name.substring(PREFIX.length()), value);
            }
        });
        return reader.files();
    }

    private LoggingOutput files() {
        List<LogFile> files = new ArrayList<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(WRITER) && key.indexOf('.') < 0) {
                String type = type(resolve(value).text());
                if (FILE_WRITERS.contains(type)) {
                    add(key, ".file", type, files);
                }
                if (type.equals(ROLLING) && properties.containsKey(key + ".file")) {
                    add(key, ".latest", type, files);
                }
            }
        });
        return new LoggingOutput(files, List.of());
    }

    /** {@code rolling file} and {@code org.tinylog.writers.RollingFileWriter} are one. */
    private static String type(String name) {
        if (name.contains(".")) {
            return name.strip().replaceFirst(".*\\.", "").replaceFirst("Writer$", "");
        }
        StringBuilder type = new StringBuilder();
        for (String word : name.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                type.append(Character.toUpperCase(word.charAt(0)))
                        .append(word.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        return type.toString();
    }

    private void add(String writer, String key, String type, List<LogFile> files) {
        Value<String> file = properties.getOrDefault(writer + key, Value.absent());
        if (file.isAbsent()) {
            return;
        }
        ResolvedText text = resolve(file);
        ResolvedText path = type.equals(ROLLING)
                ? new ResolvedText(
                        PLACEHOLDER.matcher(text.text()).replaceAll(String.valueOf(ResolvedText.VARIES)),
                        text.unknown())
                : text;
        boolean refused = type.equals(ROLLING) && path.text().matches("(?s).*[{}].*");
        if (!refused) {
            files.add(new LogFile(
                    writer,
                    new ResolvedText(path.text().strip(), path.unknown()),
                    file.where().orElseThrow(),
                    Moment.START,
                    Optional.empty()));
        }
    }

    private ResolvedText resolve(Value<String> value) {
        if (value instanceof Value.Unknown<String> unknown) {
            return ResolvedText.unknown(unknown.reason());
        }
        ResolvedText variables = resolve(ResolvedText.known(value.known().orElse("")), "${", environment::variable);
        ResolvedText names =
                resolve(variables, "@{", name -> new Value.Unknown<>("JNDI defines " + name, Location.of(name)));
        return resolve(names, "#{", environment::systemProperty);
    }

    /** A text in which something cannot be put in stays as it is, all of it. */
    private static ResolvedText resolve(ResolvedText text, String opening, Function<String, Value<String>> values) {
        StringBuilder out = new StringBuilder();
        Optional<String> unknown = text.unknown();
        int next = 0;
        for (int start = text.text().indexOf(opening);
                start >= 0;
                start = text.text().indexOf(opening, next)) {
            int end = text.text().indexOf('}', start);
            String[] parts = end < 0
                    ? new String[0]
                    : text.text().substring(start + 2, end).split(":", -1);
            Value<String> value = parts.length == 0 ? Value.absent() : values.apply(parts[0]);
            if (parts.length == 0 || parts.length > 2 || (value.isAbsent() && parts.length == 1)) {
                return text;
            }
            if (value instanceof Value.Unknown<String> it) {
                unknown = unknown.or(() -> Optional.of(it.reason()));
            }
            String standard = parts.length == 2 ? parts[1] : "";
            out.append(text.text(), next, start)
                    .append(
                            value.isUnknown()
                                    ? String.valueOf(ResolvedText.GAP)
                                    : value.known().orElse(standard));
            next = end + 1;
        }
        return new ResolvedText(out.append(text.text().substring(next)).toString(), unknown);
    }
}
