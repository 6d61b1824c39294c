// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.Compiled;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyFinderTest {

    private static final ContainerPath TMP = ContainerPath.of("/tmp");

    @TempDir
    private Path directory;

    private static Situation springBoot() {
        return new Situation()
                .library("org.springframework.boot:spring-boot:3.5.7")
                .library("org.springframework:spring-web:6.2.12");
    }

    private static Situation servlet() {
        return springBoot()
                .library("org.springframework:spring-webmvc:6.2.12")
                .library("org.apache.tomcat.embed:tomcat-embed-core:10.1.48");
    }

    private static List<String> details(Need need) {
        return need.evidence().stream().map(Evidence::detail).toList();
    }

    private static List<Need> fatal(Situation situation) {
        return situation.found().needs().stream()
                .filter(need -> need.impact() == Impact.FATAL)
                .toList();
    }

    @Test
    void springBootsTomcatNeedsTheTemporaryDirectory() {
        assertThat(fatal(servlet())).singleElement().satisfies(need -> {
            assertThat(need.alternatives()).containsExactly(TMP);
            assertThat(need.executable()).isFalse();
            assertThat(details(need))
                    .containsExactly("`org.apache.tomcat.embed:tomcat-embed-core:10.1.48` (Spring Boot web creates"
                            + " tomcat.*.port below java.io.tmpdir at start)");
        });
    }

    @Test
    void theTemporaryDirectoryIsThatOfTheJvmOption() {
        assertThat(fatal(servlet().option("-Djava.io.tmpdir=/work/tmp")))
                .singleElement()
                .satisfies(need -> assertThat(need.alternatives()).containsExactly(ContainerPath.of("/work/tmp")));
        assertThat(fatal(servlet().variable("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=scratch")))
                .singleElement()
                .satisfies(need -> assertThat(need.alternatives()).containsExactly(ContainerPath.of("/app/scratch")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
                    FROM registry.example/server:1                                          => WAR
                    FROM eclipse-temurin:21-jre\\nCMD ["java", "-jar", "/opt/server.jar"]   => WAR
                    FROM jetty:12                                                           =>
                    FROM tomcat:10.1-jre21                                                  =>
                    FROM eclipse-temurin:21-jre\\nCMD ["/opt/tomcat/bin/catalina.sh", "run"] =>
                    FROM icr.io/appcafe/open-liberty:full-java17-openj9-ubi                 =>
                    FROM eclipse-temurin:21-jre\\nCMD ["java", "-jar", "/app/shop.war"]     =>
                    """)
    void theWritesOfAnUnknownServerAreUnknown(String dockerfile, String packaging) {
        List<String> unknown = Contexts.found(
                        "dependencies",
                        new Situation().packaging("war").in(Contexts.built(dockerfile.replace("\\n", "\n") + "\n")))
                .stream()
                .filter(line -> line.contains("which server"))
                .toList();

        assertThat(unknown)
                .isEqualTo(
                        packaging == null
                                ? List.of()
                                : List.of(
                                        "? `com.acme:shop:1.0`: which server runs its " + packaging + " is not known"));
    }

    @Test
    void webFluxOnNettyNeedsNothing() {
        assertThat(springBoot()
                        .library("org.springframework:spring-webflux:6.2.12")
                        .library("io.projectreactor.netty:reactor-netty-http:1.2.11")
                        .found()
                        .needs())
                .noneMatch(need -> need.impact() != Impact.TOLERATED);
    }

    @Test
    void withBothStartersOnlyTheServletContainerStarts() {
        assertThat(fatal(servlet().library("org.springframework:spring-webflux:6.2.12")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--spring.main.web-application-type=none", "-D", "ENV"})
    void anApplicationWithoutAServerNeedsNoTemporaryDirectory(String where) {
        Situation situation = servlet();
        switch (where) {
            case "-D" -> situation.option("-Dspring.main.web-application-type=none");
            case "ENV" -> situation.variable("SPRING_MAIN_WEBAPPLICATIONTYPE", "none");
            default -> situation.argument(where);
        }

        assertThat(fatal(situation)).isEmpty();
    }

    @Test
    void anApplicationWithAConditionOnASecretMayNotStart() {
        Situation situation = servlet()
                .member("\"secrets\": [{\"name\": \"SPRING_MAIN_WEB_APPLICATION_TYPE\", \"valueFrom\": \"arn:x\"}]");

        assertThat(situation.found().needs()).anySatisfy(need -> {
            assertThat(need.impact()).isEqualTo(Impact.FEATURE);
            assertThat(need.perhapsFatal()).isTrue();
            assertThat(details(need))
                    .anyMatch(detail -> detail.endsWith(
                            "at start; the value of spring.main.web-application-type is not known: it is a secret)"));
        });
    }

    @Test
    void springBoot4HasAModuleForEachServer() {
        Situation four = new Situation()
                .library("org.springframework.boot:spring-boot:4.0.0")
                .library("org.springframework:spring-web:7.0.1")
                .library("org.apache.tomcat.embed:tomcat-embed-core:11.0.14");
        assertThat(fatal(four)).isEmpty();

        assertThat(fatal(four.library("org.springframework.boot:spring-boot-tomcat:4.0.0")))
                .hasSize(1);
    }

    @Test
    void jettyAndUndertowStartOnlyWithoutTomcat() {
        Situation jetty = springBoot()
                .library("org.springframework:spring-webmvc:6.2.12")
                .library("org.eclipse.jetty:jetty-server:12.0.16")
                .library("org.eclipse.jetty.ee10:jetty-ee10-webapp:12.0.16");

        assertThat(fatal(jetty))
                .singleElement()
                .satisfies(need -> assertThat(details(need))
                        .first()
                        .asString()
                        .startsWith("`org.eclipse.jetty:jetty-server:12.0.16`"));
        assertThat(fatal(jetty.library("org.apache.tomcat.embed:tomcat-embed-core:10.1.48")))
                .singleElement()
                .satisfies(need -> assertThat(details(need)).first().asString().contains("tomcat-embed-core"));
    }

    @Test
    void aWarInAServletContainerStartsNoServerOfItsOwn() {
        Situation war = servlet().packaging("war").from("tomcat:10.1-jre21").starting("start.jar");

        assertThat(fatal(war)).isEmpty();
    }

    @Test
    void anExecutableWarContainsProvidedLibraries() {
        Situation war = springBoot()
                .packaging("war")
                .library("org.apache.tomcat.embed:tomcat-embed-core:10.1.48", "provided", Optional.empty());

        assertThat(fatal(war.starting("/app/shop.war"))).hasSize(1);
        assertThat(fatal(war.starting("/opt/jetty/start.jar"))).isEmpty();
    }

    @Test
    void aLibraryThatIsNotInTheImageHasNoNeeds() {
        Situation situation = springBoot()
                .library("org.apache.tomcat.embed:tomcat-embed-core:10.1.48", "provided", Optional.empty())
                .library("org.xerial:sqlite-jdbc:3.47.1.0", "test", Optional.empty())
                .optional("io.vertx:vertx-core:4.5.11");

        assertThat(situation.found().needs()).isEmpty();
    }

    @Test
    void theEvidenceNamesTheSettingThatMovesAWrite() {
        Situation situation =
                new Situation().library("io.vertx:vertx-core:4.5.11").option("-Dvertx.cacheDirBase=/data/vertx");

        assertThat(fatal(situation)).singleElement().satisfies(need -> {
            assertThat(need.alternatives()).containsExactly(ContainerPath.of("/data/vertx"));
            assertThat(details(need))
                    .containsExactly("`io.vertx:vertx-core:4.5.11` (Vert.x creates vertx-cache-* where"
                            + " -Dvertx.cacheDirBase says at start)");
        });
    }

    @Test
    void librariesThatMayUnpackFilesShareOneToleratedNeed() {
        Situation kafka = servlet()
                .library("org.apache.kafka:kafka-clients:3.9.1")
                .library("org.xerial.snappy:snappy-java:1.1.10.7")
                .library("com.github.luben:zstd-jni:1.5.6-8")
                .library("org.lz4:lz4-java:1.8.0")
                .library("org.postgresql:postgresql:42.7.8");

        assertThat(kafka.found().needs()).extracting(Need::impact).containsExactly(Impact.FATAL, Impact.TOLERATED);
        assertThat(kafka.found().needs().get(1)).satisfies(need -> {
            assertThat(need.alternatives()).containsExactly(TMP);
            assertThat(need.executable()).isTrue();
            assertThat(details(need))
                    .contains("`org.xerial.snappy:snappy-java:1.1.10.7` (snappy-java unpacks its native library below"
                            + " java.io.tmpdir when it is first used; no use of it was found)");
        });
    }

    @Test
    void librariesThatTheConfigurationUsesHaveNeeds() {
        Situation kafka = new Situation()
                .library("org.xerial.snappy:snappy-java:1.1.10.7")
                .variable("SPRING_KAFKA_PRODUCER_COMPRESSIONTYPE", "snappy");

        assertThat(kafka.found().needs()).singleElement().satisfies(need -> {
            assertThat(need.impact()).isEqualTo(Impact.FEATURE);
            assertThat(need.executable()).isTrue();
        });
    }

    @Test
    void librariesThatTheApplicationsClassesUseHaveNeeds() {
        Situation streams =
                new Situation().library("org.apache.kafka:kafka-streams:3.9.0").library("org.rocksdb:rocksdbjni:9.7.4");
        assertThat(streams.found().needs()).extracting(Need::impact).containsOnly(Impact.TOLERATED);

        streams.uses("org.apache.kafka.streams.kstream.KTable");

        assertThat(fatal(streams))
                .extracting(need -> need.alternatives().get(0))
                .containsExactlyInAnyOrder(TMP, ContainerPath.of("/tmp/kafka-streams"));
    }

    @ParameterizedTest
    @CsvSource({"4.1.2,FEATURE", "4.2.0,TOLERATED"})
    void beforeHelidon42StaticContentOfJarsIsNotServedWhereItCannotBeUnpacked(String version, Impact impact) {
        Situation helidon = new Situation()
                .library("io.helidon.webserver:helidon-webserver-static-content:" + version)
                .uses("io.helidon.webserver.staticcontent.StaticContentService");
        assertThat(helidon.found().needs()).extracting(Need::impact).containsExactly(impact);
    }

    @Test
    void storesInMemoryNeedNoDirectory() {
        Situation streams = new Situation()
                .library("org.apache.kafka:kafka-streams:3.9.1")
                .uses("org.apache.kafka.streams.state.Stores");
        assertThat(fatal(streams)).isEmpty();

        streams.uses("org.apache.kafka.streams.state.Stores.persistent*");

        assertThat(fatal(streams)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
                    props.put("application.id", "x");                                       => /tmp/kafka-streams fatal parents
                    props.put("state.dir", "/data/ks");                                     => /data/ks fatal parents
                    props.setProperty("state.dir", System.getenv("KS") == null ? DIR : "/other"); => ? the path that state.dir names: the code computes it
                    props.put("state.dir", DIR + "/ks");                                    => /data/ks fatal parents
                    new HashMap<>(Map.of("state.dir", DIR));                                => /data fatal parents
                    props.put("state.dir", named());                                        => ? the path that state.dir names: the code computes it
                    if (System.nanoTime() > 0) props.put("state.dir", DIR);                       => ? the path that state.dir names: a condition decides whether the code sets it
                    props.put("state.dir", DIR); props.put("state.dir", "/other");          => ? the path that state.dir names: the code sets it in several ways
                    props.getProperty("state.dir", "/other");                               => /tmp/kafka-streams fatal parents
                    """)
    void theStateDirectoryIsWhereTheCodeSaysOrUnknown(String code, String found) throws IOException {
        Compiled.compile(
                Files.createDirectories(directory.resolve("target/classes")),
                List.of(),
                "package org.apache.kafka.streams.kstream; public interface KTable { }",
                "package com.acme; import java.util.*; public class Main { static final String DIR = \"/data\";"
                        + " org.apache.kafka.streams.kstream.KTable table;"
                        + " static String named() { return UUID.randomUUID().toString(); }"
                        + " public static void main(String[] args) { Properties props = new Properties(); "
                        + code
                        + " } }");

        assertThat(new Situation()
                        .in(directory)
                        .library("org.apache.kafka:kafka-streams:3.9.1")
                        .found("dependencies"))
                .containsExactly(found);
    }

    @Test
    void anEmbeddedTomcatsDirectoryIsThatWhichTheCodeSets() throws IOException {
        Compiled.compile(
                Files.createDirectories(directory.resolve("target/classes")),
                List.of(),
                "package org.apache.catalina.startup; public class Tomcat { public void setBaseDir(String d) { } }",
                "package com.acme; public class Main { public static void main(String[] args) {"
                        + " new org.apache.catalina.startup.Tomcat().setBaseDir(args.length > 9 ? null : \"work/tomcat\"); } }");

        assertThat(new Situation()
                        .in(directory)
                        .library("org.apache.tomcat.embed:tomcat-embed-core:10.1.48")
                        .found("dependencies"))
                .containsExactly("/app/work/tomcat fatal");
    }

    @Test
    void uploadsAreNotInTheTemporaryDirectoryWhereTheCodeNamesAnother() {
        Situation uploads = servlet().uses("org.springframework.web.multipart.MultipartFile");
        assertThat(uploads.found().needs()).extracting(Need::impact).contains(Impact.FEATURE);

        uploads.uses("org.springframework.boot.web.servlet.MultipartConfigFactory.setLocation*");

        assertThat(uploads.found().needs()).extracting(Need::impact).doesNotContain(Impact.FEATURE);
    }

    @Test
    void storesOfWhichSomeAreInMemoryMayNeedTheDirectory() {
        Situation streams = new Situation()
                .library("org.apache.kafka:kafka-streams:3.9.1")
                .uses("org.apache.kafka.streams.kstream.KTable")
                .uses("org.apache.kafka.streams.state.Stores.inMemory*");

        assertThat(streams.found().needs()).singleElement().satisfies(need -> {
            assertThat(need.impact()).isEqualTo(Impact.FEATURE);
            assertThat(need.evidence()).allMatch(Evidence::perhaps);
        });

        assertThat(fatal(streams.uses("org.apache.kafka.streams.state.Stores.persistent*")))
                .hasSize(1);
    }

    @Test
    void aJoinOfTwoStreamsKeepsItsWindowsInFiles() {
        Situation streams = new Situation()
                .library("org.apache.kafka:kafka-streams:2.6.0")
                .uses("org.apache.kafka.streams.kstream.JoinWindows");

        assertThat(fatal(streams))
                .singleElement()
                .satisfies(need ->
                        assertThat(need.alternatives()).containsExactly(ContainerPath.of("/tmp/kafka-streams")));
    }

    @Test
    void vertxBeforeItsVersion37KeepsItsCacheInTheWorkingDirectory() {
        assertThat(fatal(new Situation().library("io.vertx:vertx-core:3.5.0")))
                .extracting(need -> need.alternatives().get(0))
                .doesNotContain(TMP)
                .anySatisfy(path -> assertThat(path.toString()).endsWith("/.vertx"));
    }

    @Test
    void anAgentIsFoundOnTheCommandLine() {
        Situation situation = new Situation().option("-javaagent:/opt/pyroscope.jar=start");

        assertThat(fatal(situation))
                .singleElement()
                .satisfies(need -> assertThat(details(need))
                        .first()
                        .asString()
                        .startsWith("`-javaagent:/opt/pyroscope.jar` (Pyroscope"));
    }

    @Test
    void needsOfAnAgentOfAJvmThatMayNotStartAreTolerated() {
        ContainerContext container =
                Contexts.built("""
                FROM eclipse-temurin:21-jre
                ENTRYPOINT ["sh", "-c", "if [ \\"$PROFILE\\" = on ]; then java -javaagent:/opt/pyroscope.jar -jar a.jar; fi"]
                """, "\"secrets\": [{\"name\": \"PROFILE\", \"valueFrom\": \"arn:x\"}]");
        DependencyFinder finder = new DependencyFinder();
        FoundNeeds found = new FoundNeeds(finder.name());

        finder.find(container, found);

        assertThat(found.needs())
                .singleElement()
                .satisfies(need -> assertThat(need.impact()).isEqualTo(Impact.TOLERATED));
    }

    @Test
    void anUnknownLibraryIsJudgedByItsContent() throws IOException {
        Situation situation = new Situation()
                .library("com.acme:fast:1.0", "compile", Optional.of(jar("natives/linux-x86-64/libfast.so")))
                .library("com.acme:plain:1.0", "compile", Optional.of(jar("com/acme/Plain.class")))
                .library("com.acme:other-os:1.0", "compile", Optional.of(jar("natives/freebsd/libfast.so")));

        assertThat(situation.found().needs()).singleElement().satisfies(need -> {
            assertThat(need.impact()).isEqualTo(Impact.TOLERATED);
            assertThat(need.alternatives()).containsExactly(TMP);
            assertThat(need.executable()).isTrue();
            assertThat(details(need)).singleElement().asString().startsWith("`com.acme:fast:1.0` (");
        });
    }

    @Test
    void theContentOfAKnownLibraryIsNotRead() {
        Situation situation = new Situation()
                .library(
                        "io.netty:netty-tcnative-boringssl-static:2.0.69.Final",
                        "compile",
                        Optional.of(directory.resolve("gone.jar")));

        assertThat(situation.found().gaps()).isEmpty();
    }

    @Test
    void jvmOptionsOfAnUnknownBaseImageAreAssumedToBeUnset() {
        FoundNeeds found = servlet().from("registry.example.com/team/base:1").found();

        assertThat(found.gaps()).isEmpty();
        assertThat(found.needs().get(0).alternatives()).containsExactly(ContainerPath.of("/tmp"));
        assertThat(found.needs().get(0).evidence().get(0).detail())
                .startsWith("`org.apache.tomcat.embed:tomcat-embed-core:10.1.48` (")
                .endsWith(", unless base image registry.example.com/team/base:1 sets JVM options)");
    }

    @Test
    void anEmptySettingIsIgnored() {
        Situation situation =
                new Situation().library("io.vertx:vertx-core:4.5.11").option("-Dvertx.cacheDirBase=");

        assertThat(fatal(situation))
                .singleElement()
                .satisfies(need -> assertThat(need.alternatives()).containsExactly(TMP));
    }

    @Test
    void aBrokenJarIsReportedOnce() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.jar"), "<html>");
        Situation situation = new Situation().library("com.acme:broken:1.0", "runtime", Optional.of(broken));

        assertThat(situation.found().gaps())
                .singleElement()
                .satisfies(
                        need -> assertThat(need.reason()).isEqualTo("its jar cannot be read (it is not a zip file)"));
    }

    @Test
    void unresolvedDependenciesAreReportedOnce() {
        Situation situation = new Situation()
                .unresolved("com.acme:a:1")
                .unresolved("com.acme:b:1")
                .unresolved("com.acme:c:1");

        assertThat(situation.found().gaps()).singleElement().satisfies(need -> {
            assertThat(need.subject()).isEqualTo("`com.acme:a:1` or one of 2 other dependencies");
            assertThat(need.reason()).isEqualTo("the build could not resolve them");
        });
    }

    private Path jar(String entry) throws IOException {
        Path jar = Files.createTempFile(directory, "library", ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(entry));
        }
        return jar;
    }
}
