// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names in a jar that a check needs. A jar is listed once for all modules and executions of a build, as long as the
 * file does not change.
 *
 * @param libraries the shared libraries for Linux
 * @param configurations the files that may configure an application
 */
public record JarListing(List<String> libraries, Set<String> configurations) {

    /** A daemon builds many projects. */
    private static final int MOST_JARS = 4096;

    /** In jars with more, such files are data rather than configuration. */
    private static final int MOST_CONFIGURATIONS = 2_000;

    private static final Set<String> CONFIGURATION =
            Set.of("properties", "yaml", "yml", "xml", "json", "jsn", "groovy", "conf");

    private static final Map<Identity, JarListing> LISTED =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Identity, JarListing> eldest) {
                    return size() > MOST_JARS;
                }
            });

    public JarListing {
        libraries = List.copyOf(libraries);
        configurations = Collections.unmodifiableSet(configurations);
    }

    private record Identity(Path jar, long size, long modified) {

        // The methods that the JDK makes for a record take milliseconds to link, in every build of an application with
        // jars.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity identity
                    && size == identity.size
                    && modified == identity.modified
                    && jar.equals(identity.jar);
        }

        @Override
        public int hashCode() {
            return jar.hashCode();
        }
    }

    /**
     * The names in a jar.
     *
     * @throws UnreadableArchiveException if it cannot be listed
     */
    public static JarListing of(Path jar) throws UnreadableArchiveException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            Identity identity = new Identity(
                    jar, attributes.size(), attributes.lastModifiedTime().toMillis());
            JarListing listing = LISTED.get(identity);
            if (listing == null) {
                listing = list(jar);
                LISTED.put(identity, listing);
            }
            return listing;
        } catch (IOException e) {
            throw UnreadableArchiveException.of(e);
        }
    }

    private static JarListing list(Path jar) throws IOException, UnreadableArchiveException {
        Set<String> configurations = new LinkedHashSet<>();
        try (FileChannel channel = FileChannel.open(jar)) {
            List<String> libraries = new CentralDirectory(channel).libraries(name -> {
                // The list is read once for both.
                if (configurations.size() < MOST_CONFIGURATIONS && isConfiguration(name)) {
                    configurations.add(name);
                }
                return LinuxLibrary.is(name);
            });
            return new JarListing(libraries, configurations);
        }
    }

    private static boolean isConfiguration(String name) {
        return CONFIGURATION.contains(name.substring(name.lastIndexOf('.') + 1)) && !name.startsWith("META-INF/maven/");
    }
}
