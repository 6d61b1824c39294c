// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.source.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Hashes of files. Each file is read once: a check judges many edits of other files, and containers of the same image. */
public final class FileHashes {

    private static final Pattern ARCHIVE = Pattern.compile(".*\\.[jwe]ar");

    /** What builds write into archives, such as the time. */
    private static final Pattern OF_BUILD =
            Pattern.compile("META-INF/(?:MANIFEST\\.MF|maven/.*|build-info\\.properties)|(?:.*/)?git\\.properties|.*/");

    private final Map<Path, String> known = new HashMap<>();

    String of(Path file) throws IOException {
        String hash = known.get(file);
        if (hash == null) {
            hash = read(file);
            known.put(file, hash);
        }
        return hash;
    }

    private static String read(Path file) throws IOException {
        if (ARCHIVE.matcher(file.toString()).matches()) {
            try (ZipFile archive = new ZipFile(file.toFile())) {
                return archive.stream()
                        .filter(entry -> !OF_BUILD.matcher(entry.getName()).matches())
                        .map(entry -> entry.getName() + " " + entry.getCrc())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString();
            }
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return Sha256.of(stream, 64);
        }
    }
}
