// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.mojo.PomFile;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A project with a pom in a directory. */
public final class PomFixture {

    private final Path directory;
    private final Map<String, String> userProperties = new LinkedHashMap<>();
    private String packaging = "jar";
    private String properties = "";
    private String dependencies = "";
    private String plugins = "";
    private String managed = "";

    public PomFixture(Path directory) {
        this.directory = directory;
    }

    PomFixture with(String property, String value) {
        userProperties.put(property, value);
        return this;
    }

    PomFixture packaging(String changed) {
        packaging = changed;
        return this;
    }

    PomFixture property(String name, String value) {
        properties += "<" + name + ">" + value + "</" + name + ">";
        return this;
    }

    PomFixture dependency(String group, String artifact) {
        dependencies += "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact
                + "</artifactId><version>1</version></dependency>";
        return this;
    }

    /** @param rest the elements of the plugin after its coordinates */
    public PomFixture plugin(String group, String artifact, String rest) {
        plugins += plugin(group + ":" + artifact, rest);
        return this;
    }

    PomFixture managedPlugin(String group, String artifact, String rest) {
        managed += plugin(group + ":" + artifact, rest);
        return this;
    }

    private static String plugin(String key, String rest) {
        String[] parts = key.split(":");
        return "<plugin><groupId>" + parts[0] + "</groupId><artifactId>" + parts[1] + "</artifactId>" + rest
                + "</plugin>\n";
    }

    public PomFixture jib(String configuration) {
        return plugin(
                "com.google.cloud.tools", "jib-maven-plugin", "<configuration>" + configuration + "</configuration>");
    }

    public PomFixture file(String name, String text) {
        try {
            TestFiles.write(directory.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ImageSource> sources() {
        return PomFile.images(written(), userProperties).stream()
                .map(PomImages.PomImage::source)
                .toList();
    }

    /** What its plugins make of files, with these libraries. */
    List<Assembly> assemblies(Dependency... libraries) {
        userProperties.putIfAbsent("project.groupId", "com.acme");
        userProperties.putIfAbsent("project.artifactId", "shop");
        userProperties.putIfAbsent("project.version", "1");
        userProperties.putIfAbsent("project.build.finalName", "shop-1");
        return Assemblies.of(PomFile.build(written(), userProperties), () -> List.of(libraries));
    }

    Path written() {
        file("pom.xml", """
                <project>
                <modelVersion>4.0.0</modelVersion>
                <groupId>com.acme</groupId><artifactId>shop</artifactId><version>1</version>
                <packaging>%s</packaging>
                <properties>%s</properties>
                <dependencies>%s</dependencies>
                <build>
                <pluginManagement><plugins>%s</plugins></pluginManagement>
                <resources><resource><directory>src/main/resources</directory></resource></resources>
                <plugins>
                %s</plugins></build>
                </project>
                """.formatted(packaging, properties, dependencies, managed, plugins));
        return directory.resolve("pom.xml");
    }

    /** The only image, which the pom describes. */
    public ImageSource.Described described() {
        List<ImageSource> sources = sources();
        assertThat(sources).hasSize(1);
        return (ImageSource.Described) sources.get(0);
    }

    /** The only Dockerfile that is built. */
    ImageSource.FromDockerfile dockerfile() {
        List<ImageSource> sources = sources();
        assertThat(sources).hasSize(1);
        return (ImageSource.FromDockerfile) sources.get(0);
    }

    Image image() {
        return described().description().image(ImageFacts.builtIn());
    }

    static String entrypoint(Image image) {
        return String.join(
                " ",
                image.config().entrypoint().known().orElseThrow().stream()
                        .map(CommandWord::text)
                        .toList());
    }

    static List<String> volumes(Image image) {
        return image.config().volumes().declared().stream()
                .map(Image.ImageVolume::written)
                .toList();
    }

    static Ownership ownership(Image image, String path) {
        TreeNode node = image.files().at(ContainerPath.of(path));
        assertThat(node.exists()).as(path).isTrue();
        return node.ownership();
    }
}
