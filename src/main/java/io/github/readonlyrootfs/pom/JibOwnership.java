// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Who owns what Jib puts into an image: root, unless the ownership extension says otherwise. It matches paths in the image
 * with patterns of the machine that builds, and so does this.
 *
 * @see <a href="https://github.com/GoogleContainerTools/jib-extensions/tree/master/first-party/jib-ownership-extension-maven">
 *     the extension</a>
 */
final class JibOwnership {

    private static final String EXTENSION =
            "com.google.cloud.tools.jib.maven.extension.ownership.JibOwnershipExtension";

    /** @param owner as written, {@code 1000:1000}; empty where it cannot be determined */
    private record Rule(Optional<PathMatcher> glob, String owner) {}

    private final List<Rule> rules = new ArrayList<>();

    private JibOwnership() {}

    static JibOwnership of(Optional<Element> configuration) {
        JibOwnership ownership = new JibOwnership();
        rules(configuration).stream()
                .flatMap(all -> all.children().stream())
                .forEach(rule -> ownership.rules.add(new Rule(
                        rule.value("glob").known().flatMap(JibOwnership::matcher),
                        rule.value("ownership").known().orElse(""))));
        return ownership;
    }

    /** The extension's {@code <rules>}. */
    static Optional<Element> rules(Optional<Element> configuration) {
        return configuration.flatMap(element -> element.find("pluginExtensions")).stream()
                .flatMap(all -> all.children().stream())
                .filter(extension -> extension
                        .value("implementation")
                        .known()
                        .filter(EXTENSION::equals)
                        .isPresent())
                .flatMap(extension -> extension.find("configuration", "rules").stream())
                .findFirst();
    }

    /** A pattern as Jib reads it; empty for one that Java rejects, or that has a property in it. */
    static Optional<PathMatcher> matcher(String glob) {
        try {
            return Optional.of(FileSystems.getDefault().getPathMatcher("glob:" + glob));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Owner and mode of one entry; the last rule that matches it counts. */
    Ownership of(ContainerPath path, @Nullable Integer mode) {
        Ownership ownership = new Ownership(UnixId.ROOT, UnixId.ROOT, mode);
        for (Rule rule : rules) {
            if (rule.glob().isEmpty()) {
                ownership = new Ownership(null, null, mode);
            } else if (rule.glob().get().matches(Path.of(path.toString()))) {
                ownership = new Ownership(id(rule.owner(), 0), id(rule.owner(), 1), mode);
            }
        }
        return ownership;
    }

    /** The owner of a layer's file is a number: a name is unknown. */
    private static @Nullable UnixId id(String owner, int part) {
        String[] parts = owner.split(":", -1);
        String text = part < parts.length ? parts[part].strip() : "";
        if (part == 1 && parts.length == 1 && !owner.isEmpty()) {
            return UnixId.ROOT;
        }
        return UnixId.isNumber(text) ? UnixId.of(Integer.parseInt(text)) : null;
    }
}
