// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.ImageFiles;
import io.github.readonlyrootfs.need.finder.WrittenPath.Target;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** The disk stores in a configuration of Ehcache: only whether there are some, not where. */
final class EhcacheStores {

    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    private static final Pattern ON_DISK = Pattern.compile(
            "persistence\\s[^>]*directory|overflowToDisk\\s*=\\s*.true|diskPersistent\\s*=\\s*.true|localTempSwap|<!ENTITY");

    private EhcacheStores() {}

    /**
     * The stores in the configuration that a setting names.
     *
     * @param file in the syntax of Spring and Hibernate
     */
    static Optional<Target> named(String file, Location location, ContainerContext container)
            throws UnreadableSourceException {
        Optional<SourceFile> source = file.startsWith(FILE)
                ? new ImageFiles(container).read(file.substring(FILE.length()).replaceFirst("^//", ""))
                : container
                        .modules()
                        .resources()
                        .read((file.startsWith(CLASS_PATH) ? file.substring(CLASS_PATH.length()) : file)
                                .replaceFirst("^/+", ""));
        if (source.isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    location,
                    "this names a configuration of Ehcache that is not in the project: the files"
                            + " that it writes are unknown",
                    "declare what it writes in <writablePaths>"));
        }
        return in(source.get());
    }

    /** The stores in the configuration at the root of the class path. */
    static Optional<Target> atRoot(ContainerContext container) throws UnreadableSourceException {
        return container.modules().resources().read("ehcache.xml").flatMap(EhcacheStores::in);
    }

    private static Optional<Target> in(SourceFile source) {
        return ON_DISK.matcher(source.text()).find()
                ? Optional.of(new Target(
                        new Value.Unknown<>(
                                "this check does not read where Ehcache keeps its stores", Location.of(source.name())),
                        true))
                : Optional.empty();
    }
}
