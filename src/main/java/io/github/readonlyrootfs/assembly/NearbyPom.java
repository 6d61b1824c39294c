// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Maven project that a Dockerfile copies from, if another directory or no project at all is being checked. */
final class NearbyPom {

    /** A source of COPY or ADD that a Maven project makes, with its directory. */
    private static final Pattern SOURCE = Pattern.compile(
            "(?im)^[ \\t]*+(?:COPY|ADD)\\b[^\\n]*?[ \\t\"]\\.?/?((?:[\\w.-]++/){0,20}?)(?:target/|pom\\.xml)");

    private NearbyPom() {}

    /**
     * The name of its pom, relative to the directory that the Dockerfile's name starts from.
     *
     * @param text of the Dockerfile
     */
    static Optional<String> of(DockerfileBuild wanted, String text) {
        Path dockerfile = wanted.file().file().toAbsolutePath().normalize();
        Path name = Path.of(wanted.file().name()).normalize();
        Path context = wanted.context()
                .map(given -> given.toAbsolutePath().normalize())
                .or(() -> Optional.ofNullable(dockerfile.getParent()))
                .orElse(dockerfile);
        Matcher source = SOURCE.matcher(text);
        while (source.find()) {
            Path pom = context.resolve(source.group(1)).resolve("pom.xml").normalize();
            if (pom.startsWith(context) && Files.isRegularFile(pom)) {
                return Optional.of(SourceFile.nameOf(
                        dockerfile.endsWith(name) ? start(dockerfile, name).relativize(pom) : pom));
            }
        }
        return Optional.empty();
    }

    private static Path start(Path file, Path name) {
        Path start = file;
        for (int i = 0; i < name.getNameCount(); i++) {
            Path parent = start.getParent();
            start = parent == null ? start : parent;
        }
        return start;
    }
}
