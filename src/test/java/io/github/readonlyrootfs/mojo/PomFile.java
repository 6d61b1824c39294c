// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.pom.PomBuild;
import io.github.readonlyrootfs.pom.PomImages;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.model.InputSource;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3ReaderEx;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** A pom in a test: without inheritance and interpolation, with Maven's locations. */
public final class PomFile {

    private PomFile() {}

    /** The images that its plugins build. */
    public static List<PomImages.PomImage> images(Path pom, Map<String, String> userProperties) {
        return PomImages.in(build(pom, userProperties));
    }

    public static PomBuild build(Path pom, Map<String, String> userProperties) {
        MavenProject project = project(pom);
        Path directory = project.getBasedir().toPath();
        return PomBuilds.of(
                project,
                new PomLocations(directory, directory),
                name -> Optional.ofNullable(userProperties.get(name))
                        .or(() -> Optional.ofNullable(project.getProperties().getProperty(name))));
    }

    private static MavenProject project(Path pom) {
        InputSource source = new InputSource();
        source.setLocation(pom.toAbsolutePath().toString());
        try (Reader reader = Files.newBufferedReader(pom)) {
            Model model = new MavenXpp3ReaderEx().read(reader, true, source);
            MavenProject project = new MavenProject(model);
            project.getBuild().setDirectory("target");
            project.setFile(pom.toAbsolutePath().toFile());
            return project;
        } catch (IOException | XmlPullParserException e) {
            throw new AssertionError(pom + ": " + e.getMessage(), e);
        }
    }
}
