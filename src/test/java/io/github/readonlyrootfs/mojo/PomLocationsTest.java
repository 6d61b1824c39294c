// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Location;
import java.nio.file.Path;
import org.apache.maven.model.InputLocation;
import org.apache.maven.model.InputSource;
import org.apache.maven.model.Plugin;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;

final class PomLocationsTest {

    private final Path root = Path.of("build").toAbsolutePath();
    private final PomLocations poms = new PomLocations(root.resolve("app"), root);

    @Test
    void aTextStartsAtTheEndOfItsStartTag() {
        Xpp3Dom element = element("writablePath", "/tmp", 41, 27, root.resolve("app/pom.xml"));

        assertThat(poms.text(element)).contains(new Location("pom.xml", 41, 27, 41, 31));
    }

    @Test
    void theStartOfATagIsComputedFromItsEnd() {
        Xpp3Dom element = element("ignore", null, 7, 20, root.resolve("app/pom.xml"));

        assertThat(poms.tag(element)).contains(new Location("pom.xml", 7, 12, 7, 20));
    }

    @Test
    void aTagOfSeveralLinesIsLocatedAtItsLastLine() {
        Xpp3Dom element = element("ignore", null, 7, 3, root.resolve("app/pom.xml"));

        assertThat(poms.tag(element)).contains(new Location("pom.xml", 7, 1, 7, 3));
    }

    @Test
    void aParentsPomIsNamedFromTheModule() {
        Xpp3Dom element = element("writablePath", "/tmp", 41, 27, root.resolve("pom.xml"));

        assertThat(poms.text(element)).map(Location::file).contains("../pom.xml");
    }

    @Test
    void aPomFromARepositoryHasNoLocation() {
        Xpp3Dom element = element("writablePath", "/tmp", 41, 27, root.resolveSibling("repository/parent-1.pom"));

        assertThat(poms.text(element)).isEmpty();
    }

    @Test
    void locationsThatMavenDoesNotRecordAreUnknown() {
        assertThat(poms.text(new Xpp3Dom("writablePath"))).isEmpty();
    }

    @Test
    void theStartOfAPluginIsComputedFromTheEndOfItsTag() {
        Plugin plugin = new Plugin();
        plugin.setLocation(
                "", new InputLocation(15, 15, source(root.resolve("app/pom.xml").toString())));

        assertThat(poms.plugin(plugin)).contains(new Location("pom.xml", 15, 7, 15, 15));
    }

    @Test
    void aPluginInMaven4StartsAtItsLocation() {
        Plugin plugin = new Plugin();
        String uri = root.resolve("app/pom.xml").toUri().toString();
        plugin.setLocation("", new InputLocation(15, 7, source(uri)));

        assertThat(poms.plugin(plugin)).contains(new Location("pom.xml", 15, 7, 15, 15));
    }

    @Test
    void aPluginWithoutALocationInMavenHasNone() {
        assertThat(poms.plugin(new Plugin())).isEmpty();
    }

    private static InputSource source(String location) {
        InputSource source = new InputSource();
        source.setLocation(location);
        return source;
    }

    private static Xpp3Dom element(String name, String value, int line, int column, Path pom) {
        InputSource source = source(pom.toString());
        Xpp3Dom element = new Xpp3Dom(name);
        element.setValue(value);
        element.setInputLocation(new InputLocation(line, column, source));
        return element;
    }
}
