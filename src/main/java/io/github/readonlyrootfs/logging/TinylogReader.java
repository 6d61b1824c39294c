// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.Placeholders;
import io.github.readonlyrootfs.configuration.PropertiesReader;
import io.github.readonlyrootfs.configuration.Property;
import io.github.readonlyrootfs.configuration.ResolvedText;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code tinylog.properties} of tinylog 2. Its writers make missing directories (measured with 2.7.0). */
final class TinylogReader {

    private static final Set<String> FILE_WRITERS = Set.of("file", "rolling file", "shared file", "json");

    private static final Pattern WRITER = Pattern.compile("writer\\w*");

    /** What a rolling file's name differs in: a date, a counter, the process. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*\\}");

    private TinylogReader() {}

    /** <code>${property:default}</code> and <code>#{VARIABLE:default}</code>. */
    private record Variables(String opening, Function<String, Value<String>> values) implements Placeholders.Dialect {

        @Override
        public String separator() {
            return ":";
        }

        @Override
        public Value<String> lookup(String name) {
            return values.apply(name);
        }

        @Override
        public ResolvedText undefined(String name) {
            return ResolvedText.unknown("nothing sets " + name);
        }
    }

    static LogFiles read(SourceFile source, LoggingEnvironment environment) {
        Map<String, Property> properties = new TreeMap<>();
        PropertiesReader.read(source).forEach(property -> properties.put(property.key(), property));
        List<LogFile> files = new ArrayList<>();
        properties.values().stream()
                .filter(writer -> WRITER.matcher(writer.key()).matches())
                .filter(writer -> FILE_WRITERS.contains(writer.value().strip()))
                .forEach(writer -> Optional.ofNullable(properties.get(writer.key() + ".file"))
                        .map(file -> new LogFile(
                                writer.key(),
                                path(file.value(), environment),
                                file.location(),
                                Moment.START,
                                Optional.empty()))
                        .ifPresent(files::add));
        return new LogFiles(files, List.of());
    }

    private static ResolvedText path(String text, LoggingEnvironment environment) {
        ResolvedText properties = new Placeholders(new Variables("${", environment::systemProperty)).resolve(text);
        ResolvedText variables =
                new Placeholders(new Variables("#{", environment::variable)).resolve(properties.text());
        Matcher matcher = PLACEHOLDER.matcher(variables.text());
        return new ResolvedText(
                matcher.replaceAll(String.valueOf(ResolvedText.VARIES)),
                properties.unknown().or(variables::unknown));
    }
}
