// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.configuration.EhcacheConfiguration;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.ImageFiles;
import io.github.readonlyrootfs.need.finder.WrittenPath.Target;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.Optional;

/**
 * The directory of Ehcache's disk stores, from a configuration file of the application.
 *
 * @param setting that names the directory
 * @param target the path that must be writable
 */
record EhcacheDirectory(Setting setting, Target target) {

    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    /** The purpose of the directory, for display. */
    static final String SAYS = "Ehcache keeps the disk stores of caches there";

    /**
     * The directory in the configuration that a setting names.
     *
     * @param file in the syntax of Spring and Hibernate
     * @return empty if no cache uses the disk
     */
    static Optional<EhcacheDirectory> named(String file, Location location, ContainerContext container)
            throws UnreadableSourceException {
        Optional<SourceFile> source;
        if (file.startsWith(FILE)) {
            source =
                    new ImageFiles(container).read(file.substring(FILE.length()).replaceFirst("^//", ""));
        } else {
            String name = file.startsWith(CLASS_PATH) ? file.substring(CLASS_PATH.length()) : file;
            source = container
                    .application()
                    .modules()
                    .resources()
                    .read(name.startsWith("/") ? name.replaceFirst("^/+", "") : name);
        }
        if (source.isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    location,
                    "this names a configuration of Ehcache that is not in the project: the files"
                            + " that it writes are unknown",
                    "declare what it writes in <writablePaths>"));
        }
        return in(source.get(), container);
    }

    /** The directory in the configuration at the root of the class path; empty if there is none. */
    static Optional<EhcacheDirectory> atRoot(ContainerContext container) throws UnreadableSourceException {
        Optional<SourceFile> source =
                container.application().modules().resources().read("ehcache.xml");
        return source.isEmpty() ? Optional.empty() : in(source.get(), container);
    }

    private static Optional<EhcacheDirectory> in(SourceFile source, ContainerContext container)
            throws UnreadableSourceException {
        Optional<EhcacheConfiguration> read = EhcacheConfiguration.read(source);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        EhcacheConfiguration configuration = read.get();
        WrittenPath path = new WrittenPath(
                configuration.path(container.application().settings().launch()),
                true,
                container.java().current(),
                configuration.directory().location());
        return Optional.of(new EhcacheDirectory(
                new Setting(configuration.element(), configuration.directory()), path.directory()));
    }
}
