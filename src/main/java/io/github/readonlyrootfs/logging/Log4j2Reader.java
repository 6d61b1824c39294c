// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.ProfileExpression;
import io.github.readonlyrootfs.configuration.Profiles;
import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads Log4j 2 configurations in XML, YAML, JSON and properties. All appenders open their files, whether or not a logger refers to
 * them, and create missing directories (measured with 2.24.3).
 */
final class Log4j2Reader {

    private static final Set<String> FILE_APPENDERS =
            Set.of("file", "rollingfile", "randomaccessfile", "rollingrandomaccessfile", "memorymappedfile");

    /** Keys in real properties files have fewer parts; each part is a level of the tree. */
    private static final int MAX_PARTS = 20;

    /** Real files are not included more deeply; this bounds files that include each other. */
    private static final int MAX_DEPTH = 10;

    private final LoggingEnvironment environment;
    private final Log4j2Lookups lookups;
    private final List<LogFile> files = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Log4j2Reader(LoggingEnvironment environment) {
        this.environment = environment;
        this.lookups = new Log4j2Lookups(environment);
    }

    /**
     * A file of a configuration.
     *
     * @param beside reads included files, by names relative to this file
     */
    record Part(SourceFile source, Function<String, Optional<SourceFile>> beside) {}

    /**
     * Reads the files of a configuration: an appender of a later file replaces the first one with the same name, or without a name.
     */
    static LoggingOutput read(List<Part> parts, LoggingEnvironment environment) {
        Log4j2Reader reader = new Log4j2Reader(environment);
        List<XmlElement> appenders = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            boolean replaces = i > 0;
            try {
                XmlElement root = reader.root(part);
                reader.define(root);
                for (XmlElement appender : root.children("appenders")
                        .flatMap(list -> list.children().stream())
                        .toList()) {
                    if (replaces) {
                        appenders.stream()
                                .filter(other -> other.attributeText("name").equals(appender.attributeText("name")))
                                .findFirst()
                                .ifPresent(appenders::remove);
                    }
                    appenders.add(appender);
                }
            } catch (UnreadableSourceException e) {
                reader.problems.add(e.problem());
            }
        }
        appenders.forEach(appender -> reader.write(appender, Moment.START, Optional.empty()));
        return new LoggingOutput(reader.files, reader.problems);
    }

    private XmlElement root(Part part) throws UnreadableSourceException {
        if (!part.source().name().endsWith(".xml")) {
            return root(part.source());
        }
        XmlElement root = XmlReader.read(part.source());
        boolean strict = isTrue(root, "strict");
        return included(PluginTree.of(root, strict), part, strict, 0);
    }

    /** A component with its includes replaced. */
    private XmlElement included(XmlElement node, Part part, boolean strict, int depth) {
        List<XmlElement> children = new ArrayList<>();
        for (XmlElement child : node.children()) {
            Optional<Value.Known<String>> href = child.attribute("href");
            if (!child.name().matches("(?i)(\\w+:)?include") || href.isEmpty()) {
                children.add(included(child, part, strict, depth));
                continue;
            }
            Optional<SourceFile> file = depth == MAX_DEPTH
                    ? Optional.empty()
                    : part.beside().apply(href.get().value());
            try {
                if (file.isPresent()) {
                    children.add(included(PluginTree.of(XmlReader.read(file.get()), strict), part, strict, depth + 1));
                } else {
                    problems.add(new Problem(
                            href.get().location(), "the included file is unknown", "keep it beside this file"));
                }
            } catch (UnreadableSourceException e) {
                problems.add(e.problem());
            }
        }
        return PluginTree.component(node.name(), node.attributes(), children, node.location());
    }

    private static XmlElement root(SourceFile source) throws UnreadableSourceException {
        if (source.name().endsWith(".properties")) {
            return ofProperties(source);
        }
        for (YamlNode document : YamlReader.readAll(source)) {
            if (document instanceof Mapping mapping) {
                boolean wrapped = mapping.entries().size() == 1;
                return PluginTree.of(
                        "Configuration", wrapped ? mapping.entries().get(0).value() : mapping);
            }
        }
        return ofProperties(SourceFile.of(source.name(), ""));
    }

    /** In properties, the keys are {@code appender.x.…} and {@code property.name}. */
    private static XmlElement ofProperties(SourceFile source) {
        List<Property> all = PropertiesReader.read(source);
        Optional<Set<String>> listed = all.stream()
                .filter(property -> property.key().equals("appenders"))
                .reduce((first, last) -> last)
                .map(list -> Stream.of(list.value().split(",", -1))
                        .map(String::strip)
                        .collect(Collectors.toSet()));
        List<Property> appenders = new ArrayList<>();
        List<XmlElement> defined = new ArrayList<>();
        for (Property property : all) {
            if (property.key().chars().filter(c -> c == '.').count() > MAX_PARTS) {
                continue;
            }
            if (property.key().startsWith("appender.") && isListed(property.key(), listed)) {
                appenders.add(new Property(
                        property.key().substring("appender.".length()), property.value(), property.location()));
            } else if (property.key().startsWith("property.")) {
                String name = property.key().substring("property.".length());
                defined.add(PluginTree.component(
                        "Property",
                        Map.of("name", new Value.Known<>(name, property.location()), "value", property.known()),
                        List.of(),
                        property.location()));
            }
        }
        Location start = Location.of(source.name());
        return PluginTree.component(
                "Configuration",
                Map.of(),
                List.of(
                        PluginTree.component("Properties", Map.of(), defined, start),
                        PluginTree.of("Appenders", appenders, start)),
                start);
    }

    /** Whether a list of appenders has the appender of a key, or there is no list. */
    private static boolean isListed(String key, Optional<Set<String>> listed) {
        return listed.map(names -> names.contains(key.split("\\.", -1)[1])).orElse(true);
    }

    private static boolean isTrue(XmlElement element, String attribute) {
        return element.attributeText(attribute).filter("true"::equalsIgnoreCase).isPresent();
    }

    private void define(XmlElement root) {
        root.children("properties").forEach(properties -> {
            // In YAML, properties may be a mapping.
            properties.attributes().forEach(lookups::define);
            properties
                    .children("property")
                    .forEach(property -> property.attributeText("name")
                            .ifPresent(name ->
                                    property.attribute("value").ifPresent(value -> lookups.define(name, value))));
        });
    }

    private void write(XmlElement node, Moment moment, Optional<String> condition) {
        String type = node.name().toLowerCase(Locale.ROOT);
        if (FILE_APPENDERS.contains(type)) {
            addFiles(node, moment, condition);
        } else if (type.equals("springprofile")) {
            springProfile(node, moment, condition);
        } else if (type.endsWith("arbiter")) {
            writeAll(
                    node,
                    moment,
                    and(condition, "the condition in line " + node.location().line() + " holds"));
        } else {
            // A route creates its appender with its first event.
            writeAll(node, type.equals("route") ? Moment.LATER : moment, condition);
        }
    }

    private void writeAll(XmlElement parent, Moment moment, Optional<String> condition) {
        parent.children().forEach(child -> write(child, moment, condition));
    }

    private void springProfile(XmlElement node, Moment moment, Optional<String> condition) {
        Optional<ProfileExpression> expression = node.attributeText("name").flatMap(ProfileExpression::parse);
        if (expression.isEmpty() || environment.spring().isEmpty()) {
            return;
        }
        Profiles profiles = environment.spring().get().profiles();
        if (profiles.match(expression.get()).isTrue()) {
            writeAll(node, moment, condition);
        } else if (profiles.mayComeToHold(expression.get())) {
            writeAll(node, moment, and(condition, "profile " + expression.get() + " is active"));
        }
    }

    private static Optional<String> and(Optional<String> outer, String condition) {
        return Optional.of(outer.map(it -> it + " and " + condition).orElse(condition));
    }

    private void addFiles(XmlElement node, Moment moment, Optional<String> condition) {
        String writer = "appender " + node.attributeText("name").orElse(node.name());
        boolean onDemand = isTrue(node, "createondemand");
        Moment opened = onDemand ? Moment.LATER : moment;
        Optional<Value.Known<String>> file = node.attribute("filename");
        file.ifPresent(it -> files.add(new LogFile(writer, lookups.resolve(it), it.location(), opened, condition)));
        node.attribute("filepattern")
                .ifPresent(it -> files.add(new LogFile(
                        writer, pattern(it), it.location(), file.isPresent() ? Moment.LATER : opened, condition)));
    }

    private Text pattern(Value.Known<String> pattern) {
        return FilePattern.path(lookups.resolve(pattern));
    }
}
