// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The configuration files of an application. Each is read once, when it is first needed. */
public final class ConfigurationFiles {

    /** The limit for all files together. Large applications have some thousands of properties. */
    private static final int MAX_PROPERTIES = 200_000;

    /** The limit for all files together; real ones have some kilobytes. */
    private static final int MAX_CHARACTERS = 32 * 1024 * 1024;

    private final Resources resources;
    private final boolean dotted;
    private final List<Resources> entries;
    private final Map<Resources, Map<String, Optional<ConfigurationFile>>> files = new HashMap<>();
    private final Map<String, Optional<ConfigurationFile>> atHand = new HashMap<>();
    private final Map<String, List<String>> names = new HashMap<>();
    private final Map<String, Problem> problems = new LinkedHashMap<>();
    private int properties;
    private int characters;

    /** @param dotted whether a key with dots in YAML stands for nested keys, as in every framework except Quarkus */
    public ConfigurationFiles(Resources resources, boolean dotted) {
        this.resources = resources;
        this.entries = resources.entries();
        this.dotted = dotted;
    }

    public Resources resources() {
        return resources;
    }

    /** Why files could not be read, one problem for each. */
    public List<Problem> problems() {
        return List.copyOf(problems.values());
    }

    /** The names of the files in a directory, see {@link Resources#names}. */
    public List<String> names(String directory) {
        List<String> known = names.get(directory);
        if (known == null) {
            known = resources.names(directory);
            names.put(directory, known);
        }
        return known;
    }

    /** A file by its resource name; empty if it is missing or unreadable. */
    public Optional<ConfigurationFile> file(String resource) {
        return file(resources, resource);
    }

    /** A file of one entry of the class path, or of several. */
    public Optional<ConfigurationFile> file(Resources from, String resource) {
        Map<String, Optional<ConfigurationFile>> known = files.get(from);
        if (known == null) {
            known = new HashMap<>();
            files.put(from, known);
        }
        Optional<ConfigurationFile> file = known.get(resource);
        if (file == null) {
            file = load(from, resource);
            known.put(resource, file);
        }
        return file;
    }

    /** The resources of each entry of the class path. */
    List<Resources> entries() {
        return entries;
    }

    /**
     * The configuration in a text, such as that of a file in the container.
     *
     * @param format the extension of its format
     */
    public Optional<ConfigurationFile> read(SourceFile source, String format) {
        return atHand.computeIfAbsent(source.name() + "." + format, key -> load(source, format));
    }

    private Optional<ConfigurationFile> load(SourceFile source, String format) {
        try {
            return fits(source)
                    ? Optional.of(new ConfigurationFile(source.name(), documents(source, format)))
                    : Optional.empty();
        } catch (UnreadableSourceException e) {
            problems.put(source.name(), e.problem());
            return Optional.empty();
        }
    }

    private Optional<ConfigurationFile> load(Resources from, String resource) {
        try {
            Optional<SourceFile> source = from.readUnfiltered(resource);
            return source.isPresent() && fits(source.get())
                    ? Optional.of(new ConfigurationFile(resource, documents(source.get(), resource)))
                    : Optional.empty();
        } catch (UnreadableSourceException e) {
            problems.put(resource, e.problem());
        }
        return Optional.empty();
    }

    private List<PropertyDocument> documents(SourceFile source, String format) throws UnreadableSourceException {
        Predicate<Property> accepts = property -> accepts(source);
        if (format.endsWith("properties")) {
            List<PropertyDocument> documents = new ArrayList<>();
            for (List<Property> properties : PropertiesReader.read(source, accepts)) {
                documents.add(new PropertyDocument(properties));
            }
            return documents;
        }
        return yaml(source, accepts);
    }

    /** The documents of a text in YAML or JSON. */
    private List<PropertyDocument> yaml(SourceFile source, Predicate<Property> accepts)
            throws UnreadableSourceException {
        List<PropertyDocument> documents = new ArrayList<>();
        for (YamlNode document : YamlReader.readAll(source)) {
            documents.add(new PropertyDocument(YamlProperties.of(document, dotted, accepts)));
        }
        return documents;
    }

    /** Whether the limit for properties is not reached yet; if it is, that is a problem. */
    private boolean accepts(SourceFile source) {
        properties++;
        return properties < MAX_PROPERTIES || tooMuch(source, MAX_PROPERTIES + " properties");
    }

    private boolean fits(SourceFile source) {
        characters = Math.min(MAX_CHARACTERS, characters + source.text().length());
        return characters < MAX_CHARACTERS || tooMuch(source, MAX_CHARACTERS + " characters");
    }

    private boolean tooMuch(SourceFile source, String bound) {
        Problem problem = new Problem(
                Location.of(source.name()),
                "the configuration files have more than " + bound + "; the rest is ignored",
                "keep data out of configuration files");
        problems.putIfAbsent("", problem);
        return false;
    }
}
