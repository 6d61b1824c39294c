// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.Resources;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints in files of routes: Apache Camel's DSL in XML and YAML, and in Spring's XML the adapters of Spring
 * Integration and the item writers of Spring Batch. They are read from the default directories of these frameworks, and from
 * where most projects keep Spring's XML.
 */
public final class RouteFiles {

    private static final List<String> DIRECTORIES =
            List.of("", "camel/", "camel-rest/", "routes/", "spring/", "META-INF/spring/", "integration/");

    /** At the root of the class path, only files with one of these words in their names are read. */
    private static final Pattern AT_ROOT = Pattern.compile("(?i).*(?:camel|route|context|integration|beans|flow).*");

    private static final Pattern FORMAT = Pattern.compile(".*\\.(?:xml|ya?ml)");

    private static final List<String> CONSUMERS = List.of("from", "pollEnrich");
    private static final List<String> PRODUCERS = List.of("to", "toD", "wireTap", "enrich");
    /** Inbound adapters only read. */
    private static final List<String> WRITING_ADAPTERS = List.of("outbound-channel-adapter", "outbound-gateway");

    private static final String INTEGRATION = "int-file:";

    /** The item writers of Spring Batch; their property {@code resource} names the file. */
    private static final Pattern ITEM_WRITER =
            Pattern.compile("org\\.springframework\\.batch\\.(?:infrastructure\\.)?item\\.\\S+ItemWriter");

    private static final Pattern CLASS_PATH_RESOURCE = Pattern.compile("classpath\\*?:.*");

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * An endpoint.
     *
     * @param step its element or key, such as {@code <to>}
     * @param uri Camel's URI, as {@code file:in?noop=true}, the directory of an adapter, or the file of an item writer
     * @param kind what the endpoint belongs to
     */
    public record Endpoint(String step, Value.Known<String> uri, Kind kind) {}

    public enum Kind {
        CAMEL_CONSUMER,
        CAMEL_PRODUCER,
        /** An adapter of Spring Integration that writes to its directory. */
        ADAPTER,
        /** A bean of Spring Batch that writes the output of a job. */
        ITEM_WRITER
    }

    private RouteFiles() {}

    /** Reads the files among some resources. */
    public static RouteFiles read(Resources resources) {
        RouteFiles files = new RouteFiles();
        for (String directory : DIRECTORIES) {
            for (String name : resources.names(directory)) {
                if (FORMAT.matcher(name).matches()
                        && (!directory.isEmpty() || AT_ROOT.matcher(name).matches())) {
                    files.add(resources, name);
                }
            }
        }
        return files;
    }

    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** What could not be read. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void add(Resources resources, String name) {
        try {
            Optional<SourceFile> source = resources.read(name);
            if (source.isEmpty()) {
                return;
            }
            if (name.endsWith(".xml")) {
                xml(XmlReader.read(source.get()));
            } else {
                YamlReader.readAll(source.get()).forEach(this::yaml);
            }
        } catch (UnreadableSourceException e) {
            problems.add(e.problem());
        }
    }

    private void xml(XmlElement element) {
        String name = element.localName();
        Optional<Value.Known<String>> uri = element.attribute("uri");
        if (uri.isPresent()) {
            endpoint(name, "<" + element.name() + ">", uri.get());
        }
        Optional<Value.Known<String>> directory = element.attribute("directory");
        if (element.name().startsWith(INTEGRATION) && WRITING_ADAPTERS.contains(name) && directory.isPresent()) {
            endpoints.add(new Endpoint("<" + element.name() + ">", directory.get(), Kind.ADAPTER));
        }
        if (element.is("bean")
                && element.attributeText("class")
                        .filter(type -> ITEM_WRITER.matcher(type).matches())
                        .isPresent()) {
            resource(element).ifPresent(file -> endpoints.add(new Endpoint("<bean>", file, Kind.ITEM_WRITER)));
        }
        element.children().forEach(this::xml);
    }

    /** The file that is written: the property {@code resource}, as attribute or as child. */
    private static Optional<Value.Known<String>> resource(XmlElement bean) {
        Optional<Value.Known<String>> property = bean.children("property")
                .filter(child -> child.has("name", "resource"))
                .findFirst()
                .flatMap(child -> child.attribute("value").or(() -> child.childText("value")));
        // The prefix of p:resource is not part of an attribute's name here.
        return property.or(() -> bean.attribute("resource"))
                .filter(file -> !CLASS_PATH_RESOURCE.matcher(file.value()).matches());
    }

    private void endpoint(String step, String shown, Value.Known<String> uri) {
        if (uri.value().startsWith("file:")) {
            if (CONSUMERS.contains(step)) {
                endpoints.add(new Endpoint(shown, uri, Kind.CAMEL_CONSUMER));
            } else if (PRODUCERS.contains(step)) {
                endpoints.add(new Endpoint(shown, uri, Kind.CAMEL_PRODUCER));
            }
        }
    }

    private void yaml(YamlNode node) {
        if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(this::yaml);
        } else if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                String step = entry.key().value();
                if (CONSUMERS.contains(step) || PRODUCERS.contains(step)) {
                    uri(entry.value()).ifPresent(uri -> endpoint(step, "`" + step + "`", uri));
                }
                yaml(entry.value());
            }
        }
    }

    /** A URI as text, or in parts: {@code uri} with {@code parameters}. */
    private static Optional<Value.Known<String>> uri(YamlNode step) {
        if (step instanceof YamlNode.Scalar text) {
            return Optional.of(new Value.Known<>(text.value(), text.location()));
        }
        Map<String, YamlNode> parts = members(step);
        if (!(parts.get("uri") instanceof YamlNode.Scalar uri)) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(uri.value());
        Map<String, YamlNode> parameters = members(parts.get("parameters"));
        if (parameters.remove("directoryName") instanceof YamlNode.Scalar directory) {
            text.append(text.indexOf(":") < 0 ? ":" : "").append(directory.value());
        }
        String separator = text.indexOf("?") < 0 ? "?" : "&";
        for (Map.Entry<String, YamlNode> parameter : parameters.entrySet()) {
            if (parameter.getValue() instanceof YamlNode.Scalar value) {
                text.append(separator).append(parameter.getKey()).append('=').append(value.value());
                separator = "&";
            }
        }
        return Optional.of(new Value.Known<>(text.toString(), uri.location()));
    }

    private static Map<String, YamlNode> members(@Nullable YamlNode node) {
        Map<String, YamlNode> members = new LinkedHashMap<>();
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach(entry -> members.put(entry.key().value(), entry.value()));
        }
        return members;
    }
}
