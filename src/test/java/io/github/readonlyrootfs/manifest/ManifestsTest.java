// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

    private static final String TOMCAT = "org.apache.tomcat.embed:tomcat-embed-core";

    @TempDir
    Path root;

    private void write(String name, String text) throws IOException {
        TestFiles.write(root.resolve(name), text);
    }

    private ProjectFacts project(String directory) {
        return Manifests.project(root.resolve(directory), root, Optional.of(root))
                .orElseThrow();
    }

    private static List<String> names(Dependencies dependencies) {
        return dependencies.resolved().stream()
                .map(library -> library.coordinates().toString())
                .toList();
    }

    private List<String> names(String directory) {
        return names(project(directory).dependencies().get());
    }

    @Test
    void aDirectoryWithoutAManifestHasNoProject() throws Exception {
        write("a/package.json", "{}");
        assertThat(Manifests.project(root.resolve("a"), root, Optional.empty())).isEmpty();
    }

    @Test
    void aPomHasItsParentsDependenciesVersionsAndProperties() throws Exception {
        write("pom.xml", """
                <project><groupId>com.acme</groupId><artifactId>all</artifactId><version>7</version><packaging>pom</packaging>
                  <modules><module>shop</module></modules>
                  <properties><sqlite>3.45</sqlite></properties>
                  <dependencyManagement><dependencies><dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId>
                    <version>${sqlite}</version></dependency></dependencies></dependencyManagement>
                  <dependencies><dependency><groupId>a</groupId><artifactId>shared</artifactId><version>${project.version}</version>
                    <scope>test</scope></dependency></dependencies>
                </project>""");
        write("shop/pom.xml", """
                <project><parent><groupId>com.acme</groupId><artifactId>all</artifactId><version>7</version></parent>
                  <artifactId>shop</artifactId>
                  <dependencies><dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId></dependency></dependencies>
                </project>""");

        ProjectFacts shop = project("shop");

        assertThat(shop.coordinates()).hasToString("com.acme:shop:7");
        assertThat(names(shop.dependencies().get())).containsExactly("org.xerial:sqlite-jdbc:3.45", "a:shared:7");
        assertThat(shop.dependencies().get().unresolved()).containsExactly("org.xerial:sqlite-jdbc");
        assertThat(shop.dependencies().get().manifest()).contains("shop/pom.xml");
        assertThat(project("").others())
                .extracting(other -> other.coordinates().artifactId())
                .containsExactly("shop");
    }

    @Test
    void aStarterBringsItsLibrariesUnlessTheyAreExcluded() throws Exception {
        String web = """
                <project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId>
                  <version>3.5.9</version><relativePath/></parent><artifactId>shop</artifactId>
                  <dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId>
                  %s</dependency></dependencies></project>""";
        write("with/pom.xml", web.formatted(""));
        write(
                "without/pom.xml",
                web.formatted("<exclusions><exclusion><groupId>*</groupId>"
                        + "<artifactId>spring-boot-starter-tomcat</artifactId></exclusion></exclusions>"));

        assertThat(names("with"))
                .contains(
                        "org.springframework.boot:spring-boot-starter-web:3.5.9",
                        TOMCAT,
                        "ch.qos.logback:logback-classic");
        assertThat(project("with").dependencies().get().unresolved())
                .describedAs("what else it brings")
                .containsExactly("org.springframework.boot:spring-boot-starter-web");
        assertThat(names("without")).contains("ch.qos.logback:logback-classic").doesNotContain(TOMCAT);
    }

    @Test
    void aGradleBuildInGroovyIsRead() throws Exception {
        write("build.gradle", """
                plugins {
                  id 'war'
                  id 'org.springframework.boot' version '3.4.1'
                }
                dependencies {
                  // implementation 'x:commented:1'
                  /* implementation 'x:too:1' */
                  implementation 'org.springframework.boot:spring-boot-starter-web'
                  runtimeOnly("org.postgresql:postgresql:42.7.4")
                  implementation group: 'org.xerial', name: 'sqlite-jdbc', version: '3.45'
                  testImplementation 'x:test:1'
                  annotationProcessor 'x:processor:1'
                  compileOnly 'x:provided:1'
                }
                """);

        ProjectFacts project = project("");

        assertThat(project.packaging()).isEqualTo("war");
        assertThat(names(project.dependencies().get()))
                .contains(
                        "org.springframework.boot:spring-boot-starter-web:3.4.1",
                        TOMCAT,
                        "org.postgresql:postgresql:42.7.4",
                        "org.xerial:sqlite-jdbc:3.45")
                .doesNotContain("x:commented:1", "x:too:1", "x:test:1", "x:processor:1");
        assertThat(project.dependencies().get().resolved())
                .filteredOn(library -> library.coordinates().artifactId().equals("provided"))
                .singleElement()
                .matches(library -> !library.isAtRunTime());
    }

    @Test
    void aGradleBuildInKotlinUsesItsCatalogItsRootAndOtherProjects() throws Exception {
        write("settings.gradle.kts", "include(\":app\", \":core:db\")");
        write("gradle/libs.versions.toml", """
                [versions]
                boot = "3.4.1"
                [libraries]
                starter-web = { module = "org.springframework.boot:spring-boot-starter-web" }
                sqlite = "org.xerial:sqlite-jdbc:3.45"
                lz4_java = { group = "org.lz4", name = "lz4-java", version = "1.8" }
                [bundles]
                data = ["sqlite", "lz4_java"]
                """);
        write("build.gradle.kts", """
                plugins { id("org.springframework.boot") version "3.4.1" apply false }
                subprojects { dependencies { "implementation"("a:b:1"); implementation("org.slf4j:slf4j-api:2") } }
                """);
        write("app/build.gradle.kts", """
                dependencies {
                  implementation(libs.starter.web) { exclude(group = "org.springframework.boot", module = "spring-boot-starter-tomcat") }
                  implementation(project(":core:db"))
                }
                """);
        write("core/db/build.gradle.kts", "dependencies { api(libs.bundles.data) }");

        assertThat(names("app"))
                .contains(
                        "org.springframework.boot:spring-boot-starter-web:3.4.1",
                        "org.slf4j:slf4j-api:2",
                        "org.xerial:sqlite-jdbc",
                        "org.lz4:lz4-java")
                .doesNotContain(TOMCAT);
    }

    @Test
    void aManifestThatCannotBeReadIsNone() throws Exception {
        write("pom.xml", "<project><artifactId>a</project>");
        assertThat(Manifests.project(root, root, Optional.empty())).isEmpty();
    }
}
