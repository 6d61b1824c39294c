// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderResolver;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code log4j.properties} and {@code log4j.xml} of Log4j 1 and reload4j. Only appenders that a logger refers to are created;
 * they create missing directories (measured with reload4j 1.2.26).
 */
final class Log4j1Reader {

    private static final String APPENDER = "log4j.appender.";

    private final Map<String, Value.Known<String>> properties = new LinkedHashMap<>();
    private final PlaceholderResolver placeholders;
    private final Set<String> references = new HashSet<>();
    private final List<LogFile> files = new ArrayList<>();

    private Log4j1Reader(LoggingEnvironment environment) {
        this.placeholders = new PlaceholderResolver(new Variables(environment, properties));
    }

    /** <code>${name}</code>: a system property, else another line of the file, else an empty text. */
    private record Variables(LoggingEnvironment environment, Map<String, Value.Known<String>> properties)
            implements PlaceholderResolver.Dialect {

        @Override
        public String separator() {
            // There are no defaults.
            return "\0";
        }

        @Override
        public Value<String> lookup(String name) {
            Value<String> property = environment.systemProperty(name);
            Value.Known<String> own = properties.get(name);
            return property.isAbsent() && own != null ? own : property;
        }

        @Override
        public ResolvedText undefined(String name) {
            return ResolvedText.known("");
        }
    }

    static LoggingOutput read(SourceFile source, LoggingEnvironment environment) {
        Log4j1Reader reader = new Log4j1Reader(environment);
        try {
            if (source.name().endsWith(".xml")) {
                reader.readXml(XmlReader.read(source));
            } else {
                reader.readProperties(PropertiesReader.read(source));
            }
        } catch (UnreadableSourceException e) {
            return new LoggingOutput(List.of(), List.of(e.problem()));
        }
        return new LoggingOutput(reader.files, List.of());
    }

    private void readProperties(List<Property> lines) {
        for (Property line : lines) {
            properties.put(line.key(), line.known());
            if (line.key().matches("log4j\\.(rootLogger|rootCategory|(logger|category)\\..*)")) {
                String[] words = line.value().split(",", -1);
                for (int i = 1; i < words.length; i++) {
                    references.add(words[i].strip());
                }
            }
        }
        for (Property line : lines) {
            String rest = line.key().startsWith(APPENDER) ? line.key().substring(APPENDER.length()) : "";
            int dot = rest.indexOf('.');
            if (dot > 0 && isWritten(rest.substring(0, dot))) {
                add(rest.substring(0, dot), rest.substring(dot + 1), line.known());
            }
        }
    }

    private boolean isWritten(String appender) {
        Value.Known<String> type = properties.get(APPENDER + appender);
        return references.contains(appender) && type != null && isFileAppender(type.value());
    }

    private void readXml(XmlElement root) {
        Map<String, XmlElement> appenders = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>();
        for (XmlElement element : root.children()) {
            if (element.is("appender")) {
                appenders.put(name(element), element);
            } else {
                open.addAll(referred(element));
            }
        }
        while (!open.isEmpty()) {
            XmlElement appender = appenders.get(open.peek());
            if (references.add(open.pop()) && appender != null) {
                open.addAll(referred(appender));
            }
        }
        appenders.forEach((name, appender) -> {
            boolean toFile = isFileAppender(appender.attributeText("class").orElse(""));
            if (toFile && references.contains(name)) {
                appender.children("param")
                        .forEach(parameter ->
                                parameter.attribute("value").ifPresent(value -> add(name, name(parameter), value)));
            }
        });
    }

    private static List<String> referred(XmlElement element) {
        return element.children("appender-ref")
                .flatMap(reference -> reference.attributeText("ref").stream())
                .toList();
    }

    private static String name(XmlElement element) {
        return element.attributeText("name").orElse("");
    }

    private static boolean isFileAppender(String type) {
        return type.strip().endsWith("FileAppender");
    }

    private void add(String appender, String parameter, Value.Known<String> value) {
        ResolvedText path = placeholders.resolve(value);
        String writer = "appender " + appender;
        switch (parameter.toLowerCase(Locale.ROOT)) {
            case "file", "rollingpolicy.activefilename" ->
                files.add(new LogFile(writer, path, value.location(), Moment.START));
            case "rollingpolicy.filenamepattern" ->
                files.add(new LogFile(writer, FilePattern.path(path), value.location(), Moment.LATER));
            default -> {
                // No other parameter names a file.
            }
        }
    }
}
