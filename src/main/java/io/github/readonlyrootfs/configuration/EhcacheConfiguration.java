// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The directory for disk stores that a configuration file of Ehcache names.
 *
 * @param generation 3 for org.ehcache, 2 for net.sf.ehcache
 * @param element the element that names the directory, for display
 * @param directory as written
 */
public record EhcacheConfiguration(int generation, String element, Value.Known<String> directory) {

    /** As in class ParsingUtil of Ehcache 3.10.9. */
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}]+)}");

    /** The properties that class DiskStoreConfiguration of Ehcache 2.10.9.2 replaces in a path, written without braces. */
    private static final List<String> BARE =
            List.of("user.home", "user.dir", "java.io.tmpdir", "ehcache.disk.store.dir");

    /**
     * Reads a file.
     *
     * @return empty if no cache in it uses the disk
     * @throws UnreadableSourceException if it is not XML
     */
    public static Optional<EhcacheConfiguration> read(SourceFile source) throws UnreadableSourceException {
        XmlElement root = XmlReader.read(source);
        return switch (root.localName()) {
            case "config" -> third(root);
            case "ehcache" -> second(root);
            default -> Optional.empty();
        };
    }

    /** Creating the cache manager creates and locks the directory, even if no cache uses it. */
    private static Optional<EhcacheConfiguration> third(XmlElement root) {
        Optional<Value.Known<String>> directory = attribute(root, "persistence", "directory");
        return directory.isPresent()
                ? Optional.of(new EhcacheConfiguration(3, "<persistence directory>", directory.get()))
                : Optional.empty();
    }

    private static Optional<EhcacheConfiguration> second(XmlElement root) {
        if (root.children().stream().noneMatch(EhcacheConfiguration::isOnDisk)) {
            return Optional.empty();
        }
        Value.Known<String> standard = new Value.Known<>("java.io.tmpdir", root.location());
        return Optional.of(new EhcacheConfiguration(
                2, "<diskStore path>", attribute(root, "diskStore", "path").orElse(standard)));
    }

    private static boolean isOnDisk(XmlElement cache) {
        boolean byAttribute = cache.has("overflowToDisk", "true") || cache.has("diskPersistent", "true");
        boolean byElement = children(cache, "persistence").stream()
                .anyMatch(persistence -> persistence.has("strategy", "localTempSwap"));
        return List.of("cache", "defaultCache").contains(cache.localName()) && (byAttribute || byElement);
    }

    private static List<XmlElement> children(XmlElement parent, String name) {
        List<XmlElement> children = new ArrayList<>();
        for (XmlElement child : parent.children()) {
            if (child.localName().equals(name)) {
                children.add(child);
            }
        }
        return children;
    }

    /** The first attribute of this name in the children of a name. */
    private static Optional<Value.Known<String>> attribute(XmlElement parent, String child, String name) {
        for (XmlElement element : children(parent, child)) {
            if (element.attribute(name).isPresent()) {
                return element.attribute(name);
            }
        }
        return Optional.empty();
    }

    /** The path of the directory, with system properties replaced. */
    public Text path(Launch launch) {
        String written = directory.value().strip();
        if (generation == 2) {
            for (String property : BARE) {
                written = written.replace(property, "${" + property + "}")
                        .replace("${${" + property + "}}", "${" + property + "}");
            }
        }
        return Text.of(written).replaceAll(PROPERTY, property -> {
            String name = property.group(1);
            return Text.of(launch.property(name), name);
        });
    }
}
