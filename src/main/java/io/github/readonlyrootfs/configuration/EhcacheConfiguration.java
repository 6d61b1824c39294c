// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.InvalidXmlException;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory that a configuration file of Ehcache names for what caches keep on disk.
 *
 * @param generation 3 for org.ehcache, 2 for net.sf.ehcache
 * @param element that names it, as people write it
 * @param directory as written
 */
public record EhcacheConfiguration(int generation, String element, Value.Known<String> directory) {

    /** Of Ehcache 3.10.9, class ParsingUtil. */
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}]+)}");

    /** What Ehcache 2.10.9.2, class DiskStoreConfiguration, replaces in a path without any sign around. */
    private static final List<String> BARE =
            List.of("user.home", "user.dir", "java.io.tmpdir", "ehcache.disk.store.dir");

    private static final int MAX_PROPERTIES = 20;

    /**
     * Reads a file.
     *
     * @return empty where no cache of it is on disk
     * @throws InvalidXmlException where it is no XML
     */
    public static Optional<EhcacheConfiguration> read(SourceFile source) throws InvalidXmlException {
        XmlElement root = XmlReader.read(source);
        return switch (localName(root)) {
            case "config" -> third(root);
            case "ehcache" -> second(root);
            default -> Optional.empty();
        };
    }

    /** The service makes and locks the directory when the manager is made, whatever its caches need. */
    private static Optional<EhcacheConfiguration> third(XmlElement root) {
        return children(root, "persistence").stream()
                .flatMap(persistence -> persistence.attribute("directory").stream())
                .map(directory -> new EhcacheConfiguration(3, "<persistence directory>", directory))
                .findFirst();
    }

    private static Optional<EhcacheConfiguration> second(XmlElement root) {
        if (root.children().stream().noneMatch(EhcacheConfiguration::isOnDisk)) {
            return Optional.empty();
        }
        Value.Known<String> standard = new Value.Known<>("java.io.tmpdir", root.location());
        return Optional.of(new EhcacheConfiguration(
                2,
                "<diskStore path>",
                children(root, "diskStore").stream()
                        .flatMap(store -> store.attribute("path").stream())
                        .findFirst()
                        .orElse(standard)));
    }

    private static boolean isOnDisk(XmlElement cache) {
        boolean byAttribute = List.of("overflowToDisk", "diskPersistent").stream()
                .anyMatch(name -> cache.attribute(name)
                        .filter(value -> value.value().equals("true"))
                        .isPresent());
        boolean byElement = children(cache, "persistence").stream()
                .flatMap(persistence -> persistence.attribute("strategy").stream())
                .anyMatch(strategy -> strategy.value().equals("localTempSwap"));
        return List.of("cache", "defaultCache").contains(localName(cache)) && (byAttribute || byElement);
    }

    private static List<XmlElement> children(XmlElement parent, String name) {
        return parent.children().stream()
                .filter(child -> localName(child).equals(name))
                .toList();
    }

    private static String localName(XmlElement element) {
        return element.name().substring(element.name().lastIndexOf(':') + 1);
    }

    /** The path of the directory, with the values of system properties in it. */
    public ResolvedText path(Launch launch) {
        String text = directory.value().strip();
        if (generation == 2) {
            for (String property : BARE) {
                text = text.replace(property, "${" + property + "}")
                        .replace("${${" + property + "}}", "${" + property + "}");
            }
        }
        Matcher matcher = PROPERTY.matcher(text);
        StringBuilder path = new StringBuilder();
        Optional<String> unknown = Optional.empty();
        for (int i = 0; matcher.find() && i < MAX_PROPERTIES; i++) {
            String name = matcher.group(1);
            Value<String> value = launch.systemProperties().getOrDefault(name, Value.absent());
            if (value.known().isEmpty()) {
                unknown =
                        Optional.of(value instanceof Value.Unknown<String> why ? why.reason() : "nothing sets " + name);
            }
            matcher.appendReplacement(
                    path, Matcher.quoteReplacement(value.known().orElse(String.valueOf(ResolvedText.GAP))));
        }
        matcher.appendTail(path);
        return new ResolvedText(path.toString(), unknown);
    }
}
