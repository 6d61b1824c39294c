// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.image.Builds;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The names and modes are those that Maven 3.9.9 made with version 3.7.1 of the plugin. */
@DisabledOnOs(OS.WINDOWS)
class AssembliesTest {

    private static final Dependency LOGGING =
            new Dependency(new Coordinates("org.slf4j", "slf4j-api", "1.7.36"), "compile", false, Optional.empty());
    private static final Dependency PROVIDED =
            new Dependency(new Coordinates("jakarta", "servlet", "6"), "provided", false, Optional.empty());

    @TempDir
    Path directory;

    private PomFixture project;

    @BeforeEach
    void files() throws IOException {
        project = new PomFixture(directory)
                .file("README.txt", "hi\n")
                .file("src/main/scripts/run.sh", "#!/bin/sh\n")
                .file("src/main/data/a.txt", "v=${project.version} n=${nothing}\n")
                .file("src/main/data/sub/b.sh", "x\n")
                .file("src/main/data/sub/b.bak", "x\n")
                .file("src/main/data/c.txt~", "x\n");
        Files.createDirectories(directory.resolve("src/main/data/sub/empty"));
        for (String file : List.of("README.txt", "src/main/scripts/run.sh", "src/main/data/a.txt")) {
            Files.setPosixFilePermissions(directory.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
        }
        for (String file :
                List.of(".", "src/main/scripts", "src/main/data", "src/main/data/sub", "src/main/data/sub/empty")) {
            Files.setPosixFilePermissions(directory.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private PomFixture assembled(String configuration) {
        return project.plugin(
                "org.apache.maven.plugins",
                "maven-assembly-plugin",
                "<executions><execution><phase>package</phase><goals><goal>single</goal></goals><configuration>"
                        + configuration + "</configuration></execution></executions>");
    }

    private Assembly described(String descriptor) {
        project.file(
                "src/assembly/dist.xml",
                "<assembly><id>dist</id><formats><format>tar.gz</format></formats>" + descriptor + "</assembly>");
        List<Assembly> made = assembled("<descriptors><descriptor>src/assembly/dist.xml</descriptor></descriptors>")
                .assemblies(LOGGING, PROVIDED);
        assertThat(made).hasSize(1);
        return made.get(0);
    }

    /** Their names, with a slash behind those of directories, and their modes. */
    private static List<String> entries(Assembly assembly) {
        return assembly.files().entries().stream()
                .map(entry -> entry.name()
                        + switch (entry.kind()) {
                            case DIRECTORY -> "/ " + Integer.toOctalString(entry.mode());
                            case UNKNOWN -> " ?";
                            default -> " " + Integer.toOctalString(entry.mode());
                        })
                .toList();
    }

    @Test
    void anArchiveIsNamedByTheProjectAndTheDescriptorsId() {
        project.file("src/assembly/dist.xml", """
                <assembly xmlns="http://maven.apache.org/ASSEMBLY/2.1.1"><id>dist</id>
                <formats><format>tar.gz</format><format>dir</format><format>zip</format><format>jar</format></formats></assembly>""");
        String descriptor = "<descriptors><descriptor>src/assembly/dist.xml</descriptor></descriptors>";

        assertThat(assembled(descriptor).assemblies())
                .extracting(
                        made -> directory.resolve("target").relativize(made.path()) + (made.isDirectory() ? "/" : ""))
                .containsExactly("shop-1-dist.tar.gz", "shop-1-dist/", "shop-1-dist.zip");
        assertThat(new PomFixture(directory)
                        .plugin(
                                "org.apache.maven.plugins",
                                "maven-assembly-plugin",
                                "<configuration><finalName>other</finalName><appendAssemblyId>false</appendAssemblyId>"
                                        + descriptor + "</configuration>")
                        .assemblies())
                .extracting(made ->
                        directory.resolve("target").relativize(made.path()).toString())
                .containsExactly("other.tar.gz", "other", "other.zip");
    }

    @Test
    void fileSetsKeepTheModesThatTheDescriptorDoesNotSay() {
        Assembly made = described("""
                <fileSets>
                <fileSet><directory>src/main/scripts</directory><outputDirectory>bin</outputDirectory></fileSet>
                <fileSet><directory>src/main/scripts</directory><outputDirectory>/sbin</outputDirectory><fileMode>0755</fileMode>
                <directoryMode>0750</directoryMode></fileSet>
                <fileSet><directory>src/none</directory><outputDirectory>none</outputDirectory></fileSet>
                <fileSet><directory>.</directory><outputDirectory>logs</outputDirectory><excludes><exclude>**/*</exclude></excludes>
                </fileSet></fileSets>""");

        assertThat(entries(made))
                .containsExactly(
                        "shop-1/ 755",
                        "shop-1/bin/ 755",
                        "shop-1/bin/run.sh 644",
                        "shop-1/sbin/ 750",
                        "shop-1/sbin/run.sh 755",
                        "shop-1/logs/ 755");
    }

    @Test
    void patternsDecideWhatAFileSetTakes() {
        Assembly made = described("""
                <baseDirectory>${project.artifactId}</baseDirectory>
                <fileSets>
                <fileSet><directory>src/main/data</directory></fileSet>
                <fileSet><directory>${basedir}/src/main/data</directory><outputDirectory>five</outputDirectory>
                <includes><include>sub/**</include></includes><excludes><exclude>**/*.bak</exclude></excludes></fileSet>
                </fileSets>""");

        assertThat(entries(made))
                .containsExactly(
                        "shop/ 755",
                        "shop/src/ 755",
                        "shop/src/main/ 755",
                        "shop/src/main/data/ 755",
                        "shop/src/main/data/a.txt 644",
                        "shop/src/main/data/sub/ 755",
                        "shop/src/main/data/sub/b.bak 644",
                        "shop/src/main/data/sub/b.sh 644",
                        "shop/src/main/data/sub/empty/ 755",
                        "shop/five/ 755",
                        "shop/five/sub/ 755",
                        "shop/five/sub/b.sh 644",
                        "shop/five/sub/empty/ 755");
    }

    @Test
    void singleFilesAreRenamedAndFiltered() {
        Assembly made = described("""
                <includeBaseDirectory>false</includeBaseDirectory>
                <files><file><source>src/main/data/a.txt</source><outputDirectory>/</outputDirectory><filtered>true</filtered>
                <destName>${project.version}.txt</destName></file>
                <file><source>README.txt</source><outputDirectory>doc</outputDirectory><fileMode>0600</fileMode></file></files>""");

        assertThat(entries(made)).containsExactly("1.txt 644", "doc/ 755", "doc/README.txt 600");
        assertThat(made.files().entries().get(0).text()).contains("v=1 n=${nothing}\n");
    }

    @Test
    void dependencySetsTakeTheLibrariesOfTheirScopeAndTheProjectsOwnArtifact() {
        Assembly made = described("""
                <includeBaseDirectory>false</includeBaseDirectory>
                <dependencySets><dependencySet><outputDirectory>lib</outputDirectory></dependencySet>
                <dependencySet><outputDirectory>l1</outputDirectory><useProjectArtifact>false</useProjectArtifact>
                <scope>provided</scope><fileMode>0640</fileMode></dependencySet>
                <dependencySet><outputDirectory>l2</outputDirectory><includes><include>com.acme:shop</include></includes>
                <outputFileNameMapping>${artifact.artifactId}.${artifact.extension}</outputFileNameMapping></dependencySet>
                <dependencySet><outputDirectory>l3</outputDirectory><unpack>true</unpack></dependencySet></dependencySets>""");

        assertThat(entries(made))
                .containsExactly(
                        "lib/ 755",
                        "lib/shop-1.jar 644",
                        "lib/slf4j-api-1.7.36.jar 644",
                        "l1/ 755",
                        "l1/servlet-6.jar 640",
                        "l2/ 755",
                        "l2/shop.jar 644",
                        "l3 ?");
    }

    @Test
    void theProjectsArtifactIsTakenFromADirectoryThatIsNotThereYet() {
        Assembly made = described("""
                <includeBaseDirectory>false</includeBaseDirectory>
                <fileSets><fileSet><directory>${project.build.directory}</directory><outputDirectory>/</outputDirectory>
                <includes><include>*.jar</include></includes></fileSet>
                <fileSet><directory>target/classes/conf</directory><outputDirectory>conf</outputDirectory></fileSet></fileSets>""");

        assertThat(entries(made)).containsExactly("shop-1.jar 644", "conf ?");
    }

    @Test
    void thePluginsOwnDescriptorsAreKnown() {
        List<Assembly> made = assembled("""
                        <descriptorRefs><descriptorRef>bin</descriptorRef><descriptorRef>jar-with-dependencies</descriptorRef>
                        </descriptorRefs>""").assemblies();

        assertThat(made)
                .extracting(one -> String.valueOf(one.path().getFileName()))
                .containsExactly("shop-1-bin.tar.gz", "shop-1-bin.zip");
        assertThat(entries(made.get(0)))
                .containsExactly("shop-1/ 755", "shop-1/README.txt 644", "shop-1/shop-1.jar 644");
    }

    @Test
    void whatComesFromModulesIsNotKnown() {
        assertThat(entries(described("<moduleSets><moduleSet><useAllReactorProjects/></moduleSet></moduleSets>")))
                .isEmpty();
    }

    /** A directory with one script. */
    private Assembly unpacked() {
        project.file("src/assembly/dist.xml", """
                <assembly><id>dist</id><formats><format>dir</format></formats><includeBaseDirectory>false</includeBaseDirectory>
                <fileSets><fileSet><directory>src/main/scripts</directory><outputDirectory>bin</outputDirectory>
                <fileMode>0755</fileMode></fileSet></fileSets></assembly>""");
        return assembled("<descriptors><descriptor>src/assembly/dist.xml</descriptor></descriptors>")
                .assemblies(LOGGING, PROVIDED)
                .get(0);
    }

    @Test
    void copyBringsWhatIsNotThereYetFromTheContextAndFromAStageThatBuilds() {
        List<Assembly> made = List.of(unpacked());
        for (String copy : List.of(
                "FROM debian:13\nCOPY target/shop-1-dist /opt/app\n",
                "FROM debian:13\nCOPY target/shop*/ /opt/app\n",
                "FROM debian:13\nCOPY target/shop-1-dist/bin /opt/app/bin\n",
                """
                FROM maven:3 AS b
                WORKDIR /src
                COPY . .
                RUN mvn package
                FROM debian:13
                COPY --from=b /src/target/shop-1-dist /opt/app
                """)) {
            ImageBuild build = Builds.of(copy, directory, made);

            assertThat(Builds.at(build, "/opt/app/bin/run.sh")).as(copy).isEqualTo("f root:root 0755");
            assertThat(FileContent.text(build.image()
                                    .files()
                                    .content(ContainerPath.of("/opt/app/bin/run.sh"))
                                    .orElseThrow())
                            .known()
                            .orElseThrow())
                    .isEqualTo("#!/bin/sh\n");
        }
    }

    @Test
    void addUnpacksAnArchiveThatIsNotThereYetAndRunDoesToo() {
        List<Assembly> made = List.of(described("""
                <fileSets><fileSet><directory>src/main/scripts</directory><outputDirectory>bin</outputDirectory></fileSet>
                </fileSets>"""));

        assertThat(Builds.at(
                        Builds.of("FROM debian:13\nADD target/shop-1-dist.tar.gz /opt\n", directory, made),
                        "/opt/shop-1/bin/run.sh"))
                .isEqualTo("f ?:? 0644");
        assertThat(Builds.at(
                        Builds.of(
                                "FROM debian:13\nCOPY target/*.tar.gz /x/\nRUN tar xzf /x/shop-1-dist.tar.gz -C /opt\n",
                                directory,
                                made),
                        "/opt/shop-1/bin/run.sh"))
                .endsWith("0644");
    }

    @Test
    void tarTakesTheUmaskOfAUserWhoIsNotRoot() {
        List<Assembly> made = List.of(described("""
                <fileSets><fileSet><directory>src/main/scripts</directory><outputDirectory>bin</outputDirectory>
                <fileMode>0666</fileMode></fileSet></fileSets>"""));

        assertThat(Builds.at(Builds.of("""
                                FROM debian:13
                                RUN install -d -o 1000 /opt/own
                                COPY target/*.tar.gz /x/
                                USER 1000
                                RUN tar xzf /x/shop-1-dist.tar.gz -C /opt/own
                                """, directory, made), "/opt/own/shop-1/bin/run.sh"))
                .startsWith("f 1000:")
                .endsWith("0644");
    }

    @Test
    void whatIsThereOrKeptFromTheBuilderIsNotReplaced() throws IOException {
        List<Assembly> made = List.of(unpacked());
        String dockerfile = "FROM debian:13\nCOPY target/shop-1-dist /opt/app\n";
        Files.createDirectories(directory.resolve("target/shop-1-dist/bin"));

        assertThat(Builds.at(Builds.of(dockerfile, directory, made), "/opt/app/bin/run.sh"))
                .isEqualTo("missing");

        Files.delete(directory.resolve("target/shop-1-dist/bin"));
        Files.delete(directory.resolve("target/shop-1-dist"));
        project.file(".dockerignore", "target\n");

        assertThat(Builds.at(Builds.of(dockerfile, directory, made), "/opt/app/bin/run.sh"))
                .isEqualTo("unknown");
    }
}
