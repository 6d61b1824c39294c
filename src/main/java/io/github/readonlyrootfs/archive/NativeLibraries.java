// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shared libraries for Linux inside jars. A jar is listed once, however many modules and executions of a build ask,
 * for as long as the file stays what it was.
 */
public final class NativeLibraries {

    /** A daemon builds one project after the other. */
    private static final int MOST_JARS = 4096;

    private static final Map<Identity, List<String>> LISTED =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Identity, List<String>> eldest) {
                    return size() > MOST_JARS;
                }
            });

    private NativeLibraries() {}

    private record Identity(Path jar, long size, long modified) {}

    /**
     * The names of those in a jar.
     *
     * @throws UnreadableArchiveException where it cannot be listed
     */
    public static List<String> in(Path jar) throws UnreadableArchiveException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            Identity identity = new Identity(
                    jar, attributes.size(), attributes.lastModifiedTime().toMillis());
            List<String> names = LISTED.get(identity);
            if (names == null) {
                names = list(jar);
                LISTED.put(identity, names);
            }
            return names;
        } catch (IOException e) {
            throw UnreadableArchiveException.of(e);
        }
    }

    private static List<String> list(Path jar) throws IOException, UnreadableArchiveException {
        try (FileChannel channel = FileChannel.open(jar)) {
            return CentralDirectory.of(channel).libraries(LinuxLibrary::is).stream()
                    .map(CentralDirectory.Entry::name)
                    .toList();
        }
    }
}
