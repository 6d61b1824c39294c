// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The parts of an effective pom that decide how its project is built.
 *
 * @param directory the project's, absolute
 * @param start the directory that the build was started in, absolute
 * @param output the directory that the build writes to, usually {@code target}
 * @param packaging {@code jar}, {@code war}, {@code pom}, …
 * @param dependencies those it names itself, as {@code groupId:artifactId}
 * @param resources the directories that its resources come from
 * @param properties those of the user and the pom, by name; the user's override the pom's
 */
public record PomBuild(
        Path directory,
        Path start,
        Path output,
        String packaging,
        Set<String> dependencies,
        List<Path> resources,
        List<BuildPlugin> plugins,
        Function<String, Optional<String>> properties) {

    /** The property that names what the build makes, without its extension. */
    static final String FINAL_NAME = "project.build.finalName";

    Optional<String> property(String name) {
        Optional<String> value = properties.apply(name);
        return value.isPresent() ? Optional.of(value.get().strip()) : value;
    }

    boolean isSet(String property) {
        String value = property(property).orElse("false");
        return value.isEmpty() || value.equalsIgnoreCase("true");
    }

    /** The name of a file or directory for people: relative to where the build was started, if it is in the project. */
    String shown(Path path) {
        return SourceFile.nameOf(path.startsWith(directory) ? start.relativize(path) : path);
    }

    /** Whether it has no code of its own. */
    boolean isAggregator() {
        return packaging.equals("pom");
    }

    boolean isWar() {
        return packaging.equals("war") || packaging.equals("gwt-app");
    }

    Optional<BuildPlugin> plugin(String key) {
        return plugins.stream().filter(plugin -> plugin.key().equals(key)).findFirst();
    }
}
