// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JibImageTest {

    private static final String OWNERSHIP = """
            <pluginExtensions><pluginExtension>
            <implementation>com.google.cloud.tools.jib.maven.extension.ownership.JibOwnershipExtension</implementation>
            <configuration><rules><rule><glob>%s</glob><ownership>%s</ownership></rule></rules></configuration>
            </pluginExtension></pluginExtensions>
            """;

    @TempDir
    Path directory;

    private PomFixture pom() {
        return new PomFixture(directory);
    }

    @ParameterizedTest
    @CsvSource({"1.8, 8", "8, 8", "9, 11", "11, 11", "17, 17", "18, 21", "21, 21", "22, 25", "25, 25"})
    void theDefaultBaseDependsOnTheProjectsJavaVersion(String release, String base) {
        Image image = pom().property("maven.compiler.release", release).jib("").image();

        assertThat(image.base()).isEqualTo("eclipse-temurin:" + base + "-jre");
    }

    @Test
    void theJavaVersionMayComeFromTheCompilerPluginsTarget() {
        Image image = pom().plugin(
                        "org.apache.maven.plugins",
                        "maven-compiler-plugin",
                        "<configuration><release>17</release></configuration>")
                .jib("")
                .image();

        assertThat(image.base()).isEqualTo("eclipse-temurin:17-jre");
    }

    @Test
    void aJavaVersionWithoutADefaultBaseMakesTheImageUnknown() {
        Image image = pom().property("maven.compiler.release", "26").jib("").image();

        assertThat(image.config().complete()).isFalse();
        assertThat(image.config().user()).isInstanceOf(Value.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "eclipse-temurin:21-jre, eclipse-temurin:21-jre",
        "docker://eclipse-temurin:21-jre, eclipse-temurin:21-jre",
        "registry://eclipse-temurin:21-jre, eclipse-temurin:21-jre"
    })
    void aBaseMayBePrefixedWithItsSource(String written, String base) {
        assertThat(pom().jib("<from><image>" + written + "</image></from>")
                        .image()
                        .base())
                .isEqualTo(base);
    }

    @Test
    void anArchiveAsBaseIsUnknown() {
        Image image = pom().jib("<from><image>tar://base.tar</image></from>").image();

        assertThat(image.config().complete()).isFalse();
    }

    @Test
    void theImageStartsTheMainClassWithTheJvmFlags() {
        Image image = pom().property("maven.compiler.release", "17")
                .jib("<container><mainClass>com.acme.Shop</mainClass>"
                        + "<jvmFlags><jvmFlag>-Xmx1g</jvmFlag><jvmFlag>-Da=b</jvmFlag></jvmFlags>"
                        + "<args><arg>serve</arg></args></container>")
                .image();

        assertThat(PomFixture.entrypoint(image))
                .isEqualTo("java -Xmx1g -Da=b -cp /app/resources:/app/classes:/app/libs/* com.acme.Shop");
        assertThat(image.config().cmd().known().orElseThrow())
                .extracting(CommandWord::text)
                .containsExactly("serve");
    }

    @Test
    void aPackagedApplicationHasAnotherClassPath() {
        Image image = pom().jib("<containerizingMode>packaged</containerizingMode>"
                        + "<container><appRoot>/srv</appRoot><mainClass>Main</mainClass>"
                        + "<extraClasspath><path>/etc/shop</path></extraClasspath></container>")
                .image();

        assertThat(PomFixture.entrypoint(image)).isEqualTo("java -cp /etc/shop:/srv/classpath/*:/srv/libs/* Main");
    }

    @Test
    void theMainClassIsReadFromTheJarPlugin() {
        Image image = pom().plugin(
                        "org.apache.maven.plugins",
                        "maven-jar-plugin",
                        "<configuration><archive><manifest><mainClass>com.acme.Jar</mainClass></manifest></archive></configuration>")
                .jib("")
                .image();

        assertThat(PomFixture.entrypoint(image)).endsWith(" com.acme.Jar");
    }

    @Test
    void withoutAConfiguredMainClassJibFindsIt() {
        // As in the parent pom of Spring Boot.
        Image image = pom().plugin(
                        "org.apache.maven.plugins",
                        "maven-jar-plugin",
                        "<configuration><archive><manifest><mainClass>${start-class}</mainClass></manifest></archive></configuration>")
                .jib("<container><jvmFlags><jvmFlag>-Xmx1g</jvmFlag></jvmFlags></container>")
                .image();

        assertThat(PomFixture.entrypoint(image)).startsWith("java -Xmx1g -cp ");
    }

    @Test
    void aConfiguredEntrypointReplacesTheFlags() {
        Image image = pom().jib("<container><jvmFlags><f>-Xlog:gc:file=/x</f></jvmFlags>"
                        + "<entrypoint><shell>sh</shell><option>-c</option><arg>run</arg></entrypoint></container>")
                .image();

        assertThat(PomFixture.entrypoint(image)).isEqualTo("sh -c run");
        assertThat(image.config().cmd().isAbsent()).isTrue();
    }

    @Test
    void anInheritedEntrypointIsThatOfTheBase() {
        Image image = pom().jib("<from><image>eclipse-temurin:21-jre</image></from>"
                        + "<container><entrypoint>INHERIT</entrypoint></container>")
                .image();

        assertThat(PomFixture.entrypoint(image)).isEqualTo("/__cacert_entrypoint.sh");
    }

    @Test
    void aWarRunsOnJettyAsJettysUser() {
        Image image = pom().packaging("war").jib("").image();

        assertThat(image.base()).isEqualTo("jetty");
        assertThat(image.config().user().known()).contains("jetty");
        assertThat(PomFixture.entrypoint(image)).isEqualTo("java -jar /usr/local/jetty/start.jar --module=ee10-deploy");
        assertThat(PomFixture.ownership(image, "/var/lib/jetty/webapps/ROOT")).isEqualTo(Ownership.ROOT_0755);
    }

    @Test
    void aWarOnAnotherBaseStartsTheCommandOfThatBase() {
        Image image = pom().packaging("war")
                .jib("<from><image>tomcat:10</image></from>")
                .image();

        assertThat(image.config().entrypoint().known())
                .isNotEqualTo(image.config().cmd().known());
        assertThat(image.config().cmd().known().orElseThrow())
                .extracting(CommandWord::text)
                .containsExactly("catalina.sh", "run");
    }

    @Test
    void theConfigurationIsThatOfTheImage() {
        Image image = pom().jib("<container><user>app:0</user><workingDirectory>/work</workingDirectory>"
                        + "<volumes><volume>/tmp</volume><volume>/data</volume></volumes>"
                        + "<environment><TZ>UTC</TZ><EMPTY/></environment>"
                        + "<labels><a.b>c</a.b></labels></container>")
                .image();

        assertThat(image.config().user().known()).contains("app:0");
        assertThat(image.config().workdir().known()).contains(ContainerPath.of("/work"));
        assertThat(PomFixture.volumes(image)).containsExactly("/tmp", "/data");
        assertThat(image.config().environment().get("TZ").known()).contains("UTC");
        assertThat(image.config().environment().get("EMPTY").known()).contains("");
        assertThat(image.config().labels().get("a.b").known()).contains("c");
    }

    @Test
    void aPropertyOverridesTheElement() {
        PomFixture pom = pom().with("jib.container.user", "1000")
                .with("jib.container.volumes", "/a,/b\\,c")
                .with("jib.container.environment", "A=1,B=x=y")
                .with("jib.from.image", "busybox")
                .jib("<container><user>0</user><volumes>/tmp</volumes></container>");
        Image image = pom.image();

        assertThat(image.config().user().known()).contains("1000");
        assertThat(PomFixture.volumes(image)).containsExactly("/a", "/b,c");
        assertThat(image.config().environment().get("B").known()).contains("x=y");
        assertThat(image.base()).isEqualTo("busybox");
        assertThat(pom.described().volume()).as("nothing to fix in the pom").isEmpty();
    }

    @Test
    void aPropertyThatNothingDefinesIsUnknownAndNotAbsent() {
        Image image = pom().jib(
                        "<container><user>${app.user}</user><volumes><v>${app.home}/x</v></volumes></container>")
                .image();

        assertThat(image.config().user())
                .isInstanceOfSatisfying(
                        Value.Unknown.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo("property app.user is not defined"));
        assertThat(image.config().volumes().complete()).isFalse();
    }

    @Test
    void settingsHaveTheirLocationInThePom() {
        ImageSource.Described source =
                pom().jib("\n<container>\n <user>1000</user>\n</container>\n").described();

        assertThat(source.description().start().user().where()).contains(new Location("pom.xml", 13, 8, 13, 12));
        assertThat(source.volume().orElseThrow().place()).isEqualTo(new Location("pom.xml", 12, 1, 12, 12));
        assertThat(source.volume().orElseThrow().xml(List.of("/tmp")))
                .isEqualTo("<volumes><volume>/tmp</volume></volumes>");
        assertThat(source.user()).as("there is one").isEmpty();
    }

    @Test
    void withoutAConfigurationAnEditAddsItToThePlugin() {
        Insertion insertion = pom().plugin("com.google.cloud.tools", "jib-maven-plugin", "")
                .described()
                .user()
                .orElseThrow();

        assertThat(insertion.parent()).isEqualTo("plugin");
        assertThat(insertion.xml(List.of("1")))
                .isEqualTo("<configuration><container><user>1</user></container></configuration>");
    }

    @Test
    void directoriesOfTheApplicationBelongToRoot() {
        Image image = pom().jib("").image();

        assertThat(PomFixture.ownership(image, "/app")).isEqualTo(Ownership.ROOT_0755);
        assertThat(PomFixture.ownership(image, "/app/classes")).isEqualTo(Ownership.ROOT_0755);
        assertThat(image.files().at(ContainerPath.of("/app/data")).kind()).isEqualTo(EntryKind.MISSING);
        assertThat(image.files().at(ContainerPath.of("/app/libs/x")).kind()).isEqualTo(EntryKind.UNKNOWN);
    }

    @Test
    void anExtraDirectoryInheritsThePermissionsOfItsParents() {
        Image image = pom().property("maven.compiler.release", "17")
                .file("src/main/jib/tmp/shop/file", "x")
                .jib("")
                .image();

        // Otherwise it would be root:root 1777.
        assertThat(PomFixture.ownership(image, "/tmp")).isEqualTo(Ownership.ROOT_0755);
        assertThat(PomFixture.ownership(image, "/tmp/shop")).isEqualTo(Ownership.ROOT_0755);
        assertThat(image.files()
                        .content(ContainerPath.of("/tmp/shop/file"))
                        .orElseThrow()
                        .read()
                        .orElseThrow()
                        .text())
                .isEqualTo("x");
    }

    @Test
    void extraDirectoriesGoWhereTheConfigurationSaysWithTheModesThatItGives() {
        Image image = pom().file("extra/data/a.txt", "")
                .file("extra/data/b.log", "")
                .file("extra/skipped/c", "")
                .jib(
                        "<extraDirectories><paths><path><from>extra</from><into>/srv</into>"
                                + "<includes>data,data/**</includes><excludes><e>**/*.log</e></excludes></path></paths>"
                                + "<permissions><permission><file>/srv/data</file><mode>777</mode></permission>"
                                + "<permission><file>/srv/**</file><mode>600</mode></permission></permissions></extraDirectories>")
                .image();

        assertThat(PomFixture.ownership(image, "/srv/data").mode()).isEqualTo(0777);
        assertThat(PomFixture.ownership(image, "/srv/data/a.txt").mode()).isEqualTo(0600);
        assertThat(image.files().at(ContainerPath.of("/srv/data/b.log")).kind()).isEqualTo(EntryKind.MISSING);
        assertThat(image.files().at(ContainerPath.of("/srv/skipped")).kind()).isNotEqualTo(EntryKind.DIRECTORY);
    }

    @Test
    void theOwnershipExtensionChangesTheOwnerOfDirectories() {
        Image image = pom().file("src/main/jib/srv/shop/.keep", "")
                .jib(OWNERSHIP.formatted("/srv/shop", "1000:2000"))
                .image();

        assertThat(PomFixture.ownership(image, "/srv/shop")).isEqualTo(Ownership.of(1000, 2000, 0755));
        assertThat(PomFixture.ownership(image, "/srv")).isEqualTo(Ownership.ROOT_0755);
        assertThat(PomFixture.ownership(image, "/app/classes").owner()).isNull();
    }

    @Test
    void aNameInTheOwnershipExtensionIsAnUnknownOwner() {
        Image image = pom().file("src/main/jib/srv/shop/.keep", "")
                .jib(OWNERSHIP.formatted("/srv/shop", "app:app"))
                .image();

        assertThat(PomFixture.ownership(image, "/srv/shop").owner()).isNull();
    }

    @Test
    void anUnknownExtensionMakesTheImageUnknown() {
        Image image = pom().jib("<container><user>1000</user></container><pluginExtensions><pluginExtension>"
                        + "<implementation>com.acme.Surprise</implementation></pluginExtension></pluginExtensions>")
                .image();

        assertThat(image.config().complete()).isFalse();
        assertThat(image.config().volumes().complete()).isFalse();
        assertThat(image.config().user())
                .isInstanceOfSatisfying(
                        Value.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains("extension Surprise"));
    }

    @Test
    void aNativeImageIsNotStartedByJava() {
        Image image = pom().jib(
                        "<container><user>1000</user></container><pluginExtensions><pluginExtension><implementation>"
                                + "com.google.cloud.tools.jib.maven.extension.nativeimage.JibNativeImageExtension"
                                + "</implementation></pluginExtension></pluginExtensions>")
                .image();

        assertThat(image.config().entrypoint().isUnknown()).isTrue();
        assertThat(image.config().user().known()).contains("1000");
    }

    @Test
    void aggregatorsAndModulesThatSkipJibHaveNoImage() {
        assertThat(pom().packaging("pom").jib("").sources()).isEmpty();
        assertThat(pom().jib("<skip>true</skip>").sources()).isEmpty();
        assertThat(pom().with("jib.skip", "true").jib("").sources()).isEmpty();
    }

    @Test
    void theConfigurationOfItsExecutionCounts() {
        Image image = pom().plugin(
                        "com.google.cloud.tools",
                        "jib-maven-plugin",
                        "<executions><execution><goals><goal>build</goal></goals>"
                                + "<configuration><container><user>7</user></container></configuration></execution></executions>")
                .image();

        assertThat(image.config().user().known()).contains("7");
    }
}
