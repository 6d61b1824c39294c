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
 * Reads the {@code tinylog.properties} of tinylog 2, which system properties that begin with {@code tinylog.} override. Its writers
 * create missing directories (measured with 2.7.0).
 */
final class TinylogReader {

    static final String PREFIX = "tinylog.";
    private static final String WRITER = "writer";
    private static final String ROLLING = "RollingFile";
    private static final Set<String> FILE_WRITERS = Set.of("File", ROLLING, "SharedFile", "Json");

    /** The varying parts in a rolling file's name; tinylog rejects other braces. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\s*(?:count|pid|(?:date|dynamic)\\s*(?::[^{}]*)?)\\s*\\}");

    private final LoggingEnvironment environment;
    private final Map<String, Value<String>> properties;

    private TinylogReader(Map<String, Value<String>> properties, LoggingEnvironment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** @param source the file; empty if there is none */
    static LoggingOutput read(Optional<SourceFile> source, LoggingEnvironment environment) {
        return new TinylogReader(properties(source, "", environment), environment).files();
    }

    /**
     * The properties of a file, and the system properties that override them.
     *
     * @param prefix what the keys in the file begin with
     */
    static Map<String, Value<String>> properties(
            Optional<SourceFile> source, String prefix, LoggingEnvironment environment) {
        Map<String, Value<String>> properties = new TreeMap<>();
        source.ifPresent(file ->
                PropertiesReader.read(file).forEach(property -> properties.put(property.key(), property.known())));
        environment.launch().systemProperties().forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isAbsent()) {
                properties.put(prefix + name.substring(PREFIX.length()), value);
            }
        });
        return properties;
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

    /** The type of a writer: {@code rolling file} and {@code org.tinylog.writers.RollingFileWriter} are the same. */
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
                ? text.map(it -> PLACEHOLDER.matcher(it).replaceAll(String.valueOf(ResolvedText.VARIES)))
                : text;
        boolean refused = type.equals(ROLLING) && path.text().matches("(?s).*[{}].*");
        if (!refused) {
            files.add(new LogFile(writer, path.map(String::strip), file.where().orElseThrow(), Moment.START));
        }
    }

    private ResolvedText resolve(Value<String> value) {
        ResolvedText variables = resolve(ResolvedText.of(value), "${", true, environment::variable);
        ResolvedText names =
                resolve(variables, "@{", true, name -> new Value.Unknown<>("JNDI defines " + name, Location.of(name)));
        return resolve(names, "#{", true, environment::systemProperty);
    }

    /**
     * A text with its placeholders replaced. If one has no value, the whole text stays unchanged.
     *
     * @param defaults whether a colon is between a name and its default
     */
    static ResolvedText resolve(
            ResolvedText text, String opening, boolean defaults, Function<String, Value<String>> values) {
        StringBuilder out = new StringBuilder();
        Optional<String> unknown = text.unknown();
        int next = 0;
        for (int start = text.text().indexOf(opening);
                start >= 0;
                start = text.text().indexOf(opening, next)) {
            int end = text.text().indexOf('}', start);
            if (end < 0) {
                return text;
            }
            String content = text.text().substring(start + 2, end);
            String[] parts = defaults ? content.split(":", -1) : new String[] {content};
            Value<String> value = values.apply(parts[0]);
            if (parts.length > 2 || (value.isAbsent() && parts.length == 1)) {
                return text;
            }
            ResolvedText put = value.isAbsent() ? ResolvedText.known(parts[1]) : ResolvedText.of(value);
            unknown = unknown.or(put::unknown);
            out.append(text.text(), next, start).append(put.text());
            next = end + 1;
        }
        return new ResolvedText(out.append(text.text().substring(next)).toString(), unknown);
    }
}
