// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.ProfileExpression;
import io.github.readonlyrootfs.configuration.Profiles;
import io.github.readonlyrootfs.configuration.PropertiesReader;
import io.github.readonlyrootfs.configuration.Property;
import io.github.readonlyrootfs.configuration.ResolvedText;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.InvalidXmlException;
import io.github.readonlyrootfs.xml.XmlReader;
import io.github.readonlyrootfs.yaml.InvalidYamlException;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Entry;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Log4j 2 configurations in XML, YAML, JSON and properties. All appenders open their files, whether or not a logger
 * refers to them, and make missing directories (measured with 2.24.3).
 */
final class Log4j2Reader {

    private static final Set<String> FILE_APPENDERS =
            Set.of("file", "rollingfile", "randomaccessfile", "rollingrandomaccessfile", "memorymappedfile");

    /** Keys of properties files have fewer parts; each becomes a level of the tree. */
    private static final int MAX_PARTS = 20;

    private final LoggingEnvironment environment;
    private final Log4j2Lookups lookups;
    private final List<LogFile> files = new ArrayList<>();

    private Log4j2Reader(LoggingEnvironment environment) {
        this.environment = environment;
        this.lookups = new Log4j2Lookups(environment);
    }

    static LogFiles read(SourceFile source, LoggingEnvironment environment) {
        Log4j2Reader reader = new Log4j2Reader(environment);
        try {
            PluginNode root = root(source);
            reader.define(root);
            root.children("appenders").forEach(appenders -> reader.write(appenders, Moment.START, Optional.empty()));
        } catch (InvalidXmlException e) {
            return new LogFiles(List.of(), List.of(e.problem()));
        } catch (InvalidYamlException e) {
            return new LogFiles(List.of(), List.of(e.problem()));
        }
        return new LogFiles(reader.files, List.of());
    }

    private static PluginNode root(SourceFile source) throws InvalidXmlException, InvalidYamlException {
        if (source.name().endsWith(".xml")) {
            return PluginNode.of(XmlReader.read(source));
        }
        if (source.name().endsWith(".properties")) {
            return ofProperties(source);
        }
        for (YamlNode document : YamlReader.readAll(source)) {
            if (document instanceof Mapping mapping) {
                for (Entry entry : mapping.entries()) {
                    if (entry.key().value().equalsIgnoreCase("configuration")) {
                        return PluginNode.of("Configuration", entry.value());
                    }
                }
            }
        }
        return ofProperties(SourceFile.of(source.name(), ""));
    }

    /** In properties the parts are called {@code appender.x.…} and {@code property.name}. */
    private static PluginNode ofProperties(SourceFile source) {
        List<Property> appenders = new ArrayList<>();
        List<PluginNode> defined = new ArrayList<>();
        for (Property property : PropertiesReader.read(source)) {
            if (property.key().chars().filter(c -> c == '.').count() > MAX_PARTS) {
                continue;
            }
            if (property.key().startsWith("appender.")) {
                appenders.add(new Property(
                        property.key().substring("appender.".length()), property.value(), property.location()));
            } else if (property.key().startsWith("property.")) {
                String name = property.key().substring("property.".length());
                defined.add(new PluginNode(
                        "Property",
                        Map.of(
                                "name", new Value.Known<>(name, property.location()),
                                "value", new Value.Known<>(property.value(), property.location())),
                        List.of(),
                        property.location()));
            }
        }
        Location start = Location.of(source.name());
        return new PluginNode(
                "Configuration",
                Map.of(),
                List.of(
                        new PluginNode("Properties", Map.of(), defined, start),
                        PluginNode.of("Appenders", appenders, start)),
                start);
    }

    private void define(PluginNode root) {
        root.children("properties").forEach(properties -> {
            // In YAML a mapping will do.
            properties.attributes().forEach(lookups::define);
            properties
                    .children("property")
                    .forEach(property -> property.attribute("name")
                            .ifPresent(name -> property.attribute("value")
                                    .ifPresent(value -> lookups.define(name.value(), value))));
        });
    }

    private void write(PluginNode parent, Moment moment, Optional<String> condition) {
        for (PluginNode node : parent.children()) {
            String type = node.type().toLowerCase(Locale.ROOT);
            if (FILE_APPENDERS.contains(type)) {
                addFiles(node, moment, condition);
            } else if (type.equals("springprofile")) {
                springProfile(node, moment, condition);
            } else if (type.endsWith("arbiter")) {
                write(
                        node,
                        moment,
                        and(
                                condition,
                                "the condition in line " + node.location().line() + " holds"));
            } else {
                // A route makes its appender when the first event takes it.
                write(node, type.equals("route") ? Moment.LATER : moment, condition);
            }
        }
    }

    private void springProfile(PluginNode node, Moment moment, Optional<String> condition) {
        Optional<ProfileExpression> expression =
                node.attribute("name").map(Value.Known::value).flatMap(ProfileExpression::parse);
        if (expression.isEmpty() || environment.spring().isEmpty()) {
            return;
        }
        Profiles profiles = environment.spring().get().profiles();
        if (profiles.match(expression.get()).isTrue()) {
            write(node, moment, condition);
        } else if (profiles.mayComeToHold(expression.get())) {
            write(node, moment, and(condition, "profile " + expression.get() + " is active"));
        }
    }

    private static Optional<String> and(Optional<String> outer, String condition) {
        return Optional.of(outer.map(it -> it + " and " + condition).orElse(condition));
    }

    private void addFiles(PluginNode node, Moment moment, Optional<String> condition) {
        String writer =
                "appender " + node.attribute("name").map(Value.Known::value).orElse(node.type());
        boolean onDemand = node.attribute("createOnDemand")
                .filter(it -> it.value().equalsIgnoreCase("true"))
                .isPresent();
        Moment opened = onDemand ? Moment.LATER : moment;
        Optional<Value.Known<String>> file = node.attribute("fileName");
        file.ifPresent(it -> files.add(new LogFile(writer, lookups.resolve(it), it.location(), opened, condition)));
        node.attribute("filePattern")
                .ifPresent(it -> files.add(new LogFile(
                        writer, pattern(it), it.location(), file.isPresent() ? Moment.LATER : opened, condition)));
    }

    private ResolvedText pattern(Value.Known<String> pattern) {
        return FilePattern.path(lookups.resolve(pattern));
    }
}
