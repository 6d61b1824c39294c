// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.model.InputLocation;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Finds the place of a configuration element in the pom that it was written in, inherited ones included. */
final class PomLocations {

    private static final String FILE_URI = "file:";

    private final Path start;
    private final Path root;

    /**
     * @param start the directory that files are displayed relative to
     * @param root the one that the whole build is below
     */
    PomLocations(Path start, Path root) {
        this.start = start;
        this.root = root;
    }

    Path start() {
        return start;
    }

    /** A project's own pom. */
    Location pom(MavenProject project) {
        return Location.of(SourceFile.nameOf(start.relativize(MavenBuild.absolute(project.getFile()))));
    }

    /** Where an element's text is; empty if Maven does not know, or the pom is from a repository. */
    Optional<Location> text(Xpp3Dom element) {
        String value = element.getValue();
        return location(endOfTag(element), 0, value == null ? 0 : value.length());
    }

    /** Where an element's start tag is. */
    Optional<Location> tag(Xpp3Dom element) {
        int length = element.getName().length() + 2;
        return location(endOfTag(element), length, 0);
    }

    /** Where a plugin's start tag is. Maven 4 keeps the place where the tag begins, and names the pom by its URI. */
    Optional<Location> plugin(Plugin plugin) {
        InputLocation place = plugin.getLocation("");
        int length = "<plugin>".length();
        boolean begins = place != null
                && place.getSource() != null
                && isUri(place.getSource().getLocation());
        return begins ? location(place, 0, length) : location(place, length, 0);
    }

    private static boolean isUri(@Nullable String location) {
        return location != null && location.startsWith(FILE_URI);
    }

    private static Path path(String location) {
        return isUri(location) ? Path.of(URI.create(location)) : Path.of(location);
    }

    private Optional<Location> location(@Nullable InputLocation end, int before, int after) {
        if (end == null || end.getSource() == null || end.getSource().getLocation() == null) {
            return Optional.empty();
        }
        Path pom = path(end.getSource().getLocation()).toAbsolutePath().normalize();
        if (!pom.startsWith(root)) {
            return Optional.empty();
        }
        String name = SourceFile.nameOf(start.relativize(pom));
        int line = Math.max(1, end.getLineNumber());
        int column = Math.max(1, end.getColumnNumber() - before);
        return Optional.of(new Location(name, line, column, line, Math.max(column, end.getColumnNumber() + after)));
    }

    /** Maven keeps the place behind an element's start tag. */
    @Nullable
    private static InputLocation endOfTag(Xpp3Dom element) {
        return element.getInputLocation() instanceof InputLocation location ? location : null;
    }
}
