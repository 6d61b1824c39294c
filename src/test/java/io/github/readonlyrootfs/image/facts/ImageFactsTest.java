// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.image.Builds;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFactsTest {

    private static final Location HERE = Location.of("Dockerfile");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node",
                "node:22",
                "docker.io/library/node:22-bookworm-slim",
                "public.ecr.aws/docker/library/node:22",
                "docker.io/node:22",
                "arm64v8/node:22",
                "docker.io/amd64/node:22-alpine",
                "mcr.microsoft.com/mirror/docker/library/node:22",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/node:22",
                "mirror.example:5000/hub/library/node:22-alpine@sha256:0123",
            })
    void anOfficialImageIsKnownFromEveryRegistry(String reference) {
        Image image = ImageFacts.builtIn().image(reference, HERE).orElseThrow();
        assertThat(image.accounts().user("node").orElseThrow().uid().number()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example/node:22",
                "registry.example/team/node",
                "team/node",
                "registry.example/amd64/node:22",
                "nosuch",
                "../layouts/linux",
                "a b",
                ""
            })
    void otherImagesOfThatNameAreUnknown(String reference) {
        assertThat(ImageFacts.builtIn().image(reference, HERE)).isEmpty();
    }

    /** Images of these versions run as root, or differ, so their user is unknown. */
    /** As their starters, quickstarts and build plugins name them, see docs/inputs.md. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bellsoft/liberica-openjre-debian:25-cds",
                "bellsoft/liberica-runtime-container:jre-21-slim-musl",
                "registry.access.redhat.com/ubi9/openjdk-21:1.23",
                "registry.access.redhat.com/ubi9/openjdk-21-runtime:1.23",
                "registry.access.redhat.com/ubi9/ubi-minimal:9.6",
                "quay.io/quarkus/ubi9-quarkus-micro-image:2.0",
                "eclipse-temurin:21-jre",
                "ghcr.io/graalvm/native-image-community:21-ol9",
                "ghcr.io/graalvm/graalvm-community:21",
                "ghcr.io/graalvm/jdk-community:21",
                "container-registry.oracle.com/graalvm/jdk:21",
                "container-registry.oracle.com/graalvm/native-image:25",
                "cgr.dev/chainguard/wolfi-base:latest",
                "container-registry.oracle.com/java/jdk-no-fee-term:21",
                "container-registry.oracle.com/java/openjdk:21-oraclelinux9",
                "debian:stable-slim",
                "icr.io/appcafe/open-liberty:kernel-slim-java21-openj9-ubi-minimal",
                "quay.io/wildfly/wildfly:35.0.0.Final-jdk21",
                "quay.io/wildfly/wildfly-runtime:latest-jdk21",
                "quay.io/wildfly/wildfly-runtime-jdk17",
                "payara/server-full:6.2025.1-jdk21",
                "payara/micro:6.2025.1-jdk21",
                "ghcr.io/eclipse-ee4j/glassfish:7.1.0",
                "tomee:10-jre17",
                "jetty:12-jdk21",
                "amazoncorretto:21",
                "openjdk:17-jdk-slim"
            })
    void theBaseImagesOfQuickstartsAreKnown(String reference) {
        Image image = ImageFacts.builtIn().image(reference, HERE).orElseThrow();
        assertThat(image.config().user().isUnknown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch:7.9.3", "hashicorp/vault:1.17-ubi", "amazon/aws-otel-collector:v0.23.0"})
    void theUserOfAnImageMayBeUnknown(String reference) {
        assertThat(ImageFacts.builtIn()
                        .image(reference, HERE)
                        .orElseThrow()
                        .config()
                        .user()
                        .isUnknown())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"haproxy:2.2", "grafana/k6:1.0.0-with-browser", "openresty/openresty:bookworm-debug", "solr:7.7"
            })
    void aVersionThatIsNotListedIsUnknown(String reference) {
        assertThat(ImageFacts.builtIn().image(reference, HERE)).isEmpty();
    }

    @ParameterizedTest(name = "{0} runs as {1}")
    @CsvSource({
        "nginxinc/nginx-unprivileged:1.27, 101",
        "mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled, 1654",
        "gcr.io/distroless/java17-debian12:nonroot, 65532",
        "cgr.dev/chainguard/jre, 65532",
        "cgr.dev/chainguard/node:latest-dev, 65532",
        "prom/prometheus, nobody",
        "prom/alertmanager, nobody",
        "prom/node-exporter, nobody",
        "eclipse-mosquitto:2.0, root",
        "otel/opentelemetry-collector-contrib:0.130.0, 10001",
        "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:latest, root",
        "registry.access.redhat.com/ubi9/openjdk-21-runtime:1.21, 185",
        "registry.access.redhat.com/ubi8/openjdk-17:1.18, 185",
        "quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-21, 1001",
        "icr.io/appcafe/open-liberty:kernel-slim-java21-openj9-ubi-minimal, 1001",
        "quay.io/wildfly/wildfly:35.0.1.Final-jdk21, jboss",
        "payara/server-full:6.2024.1, payara",
        "quay.io/jupyter/scipy-notebook, 1000",
        "fluent/fluentd:v1.16-debian-1, fluent",
        "openresty/openresty:1.27.1.2-alpine, root",
        "envoyproxy/envoy:v1.34-latest, root",
        "envoyproxy/envoy:distroless-v1.34-latest, 65532",
        "grafana/k6:1.0.0, 12345",
        "amazon/aws-otel-collector:v0.43.0, aoc",
        "public.ecr.aws/aws-observability/aws-otel-collector:v0.30.0, root",
        "newrelic/nri-ecs:1.12.0, root",
        "newrelic/k8s-events-forwarder:1.60.0, nri-agent",
        "splunk/universalforwarder:9.3, ansible",
        "quay.io/signalfx/splunk-otel-collector:0.110.0, splunk-otel-collector",
        "timberio/vector:0.41.1-alpine, root",
        "public.ecr.aws/hashicorp/consul-ecs:0.8.3, consul-ecs",
        "hashicorp/consul-dataplane:1.6, 100",
        "hashicorp/vault:1.18, root",
        "fluent/fluent-bit:3.2, root",
        "hseeberger/scala-sbt:11.0.14.1_1.6.2_2.12.15, root",
        "gcr.io/google.com/cloudsdktool/google-cloud-cli:slim, root",
        "selenium/standalone-chrome:4.25, 1200",
        "selenium/node-firefox:3.141.59, seluser",
        "public.ecr.aws/lambda/python:3.12, root",
        "amazon/aws-lambda-nodejs:20, root",
        "apache/airflow:2.10.2-python3.12, 50000",
        "metabase/metabase:v0.50.10, root",
        "denoland/deno:2.1.4, root",
        "public.ecr.aws/opensearchproject/opensearch:2, 1000",
        "bitnami/redis:7.2, 1001",
        "bitnamilegacy/postgresql:16, 1001",
        "haproxy:3.2, haproxy",
        "mariadb:11.8-ubi, mysql",
        "elasticsearch:8.14.0, 1000:0",
    })
    void theUserOfAnImageIsKnown(String reference, String user) {
        assertThat(ImageFacts.builtIn()
                        .image(reference, HERE)
                        .orElseThrow()
                        .config()
                        .user()
                        .known())
                .contains(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6\nUSER 1001\n",
                "FROM ubuntu:22.04\nRUN apt-get install -y curl\nUSER 1001\n",
                "FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0\nUSER 1001\n",
            })
    void aUidOutsideTheRangeOfPackagesHasNoAccount(String dockerfile) {
        Image image = built(Map.of(), dockerfile);
        assertThat(new UserSpec(image.config().user().known().orElseThrow()).isMissing(image.accounts()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6\nUSER 185\n",
                "FROM ubuntu:any\nUSER 1000\n",
                "FROM ubuntu:22.04\nARG NAME\nRUN useradd $NAME\nUSER 1001\n",
                "FROM ubuntu:22.04\nRUN useradd app\nUSER 1000\n",
            })
    void aUidThatAPackageMayUseMayHaveAnAccount(String dockerfile) {
        Image image = built(Map.of(), dockerfile);
        assertThat(new UserSpec(image.config().user().known().orElseThrow()).isMissing(image.accounts()))
                .isFalse();
    }

    @Test
    void aBaseImageThatABuildArgumentNamesIsReported() {
        Image image = built(Map.of(), "ARG RUNTIME\nFROM ${RUNTIME}\nENV A=b\n");
        assertThat(image.config().user())
                .isInstanceOfSatisfying(
                        Value.Unknown.class,
                        user -> assertThat(user.reason()).contains("its ARG RUNTIME has no value"));
    }

    @Test
    void theHomeOptionOfUseraddIsRead() {
        Image image = built(Map.of(), "FROM debian:12\nRUN useradd --home /app --create-home app\n");
        assertThat(image.accounts().user("app").orElseThrow().home()).contains("/app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mcr.microsoft.com/windows/servercore:ltsc2022",
                "mcr.microsoft.com/dotnet/framework/aspnet:4.8",
                "python:3.12-windowsservercore-ltsc2022",
                "eclipse-temurin:21-jre-nanoserver",
            })
    void aWindowsImageHasNoVolumeAndNoLinuxDirectories(String reference) {
        Image image = ImageFacts.builtIn().image(reference, HERE).orElseThrow();
        assertThat(image.config().volumes().complete()).isTrue();
        assertThat(image.files().at(ContainerPath.of("/tmp")).kind()).isEqualTo(EntryKind.UNKNOWN);
        assertThat(image.accounts().users()).isEmpty();
    }

    @Test
    void anEntrypointRemovesTheCommandOfTheBaseImage() {
        Image image = ImageFacts.builtIn().image("cypress/included:13", HERE).orElseThrow();
        assertThat(image.config().entrypoint().known().orElseThrow())
                .map(CommandWord::text)
                .containsExactly("cypress", "run");
        assertThat(image.config().cmd().isAbsent()).isTrue();
    }

    @ParameterizedTest(name = "{0} has its data in {1}")
    @CsvSource({
        "postgres, /var/lib/postgresql",
        "postgres:latest, /var/lib/postgresql",
        "postgres:alpine, /var/lib/postgresql",
        "postgres:18.1-alpine3.23, /var/lib/postgresql",
        "postgres:17rc1, /var/lib/postgresql/data",
        "postgres:9.6, /var/lib/postgresql/data",
        "mysql, /var/lib/mysql",
        "mysql:8-debian, /var/lib/mysql",
        "google/cloud-sdk:slim, /root/.config",
    })
    void theVolumesOfADatabaseAreKnownForAnyTag(String reference, String volume) {
        Image image = ImageFacts.builtIn().image(reference, HERE).orElseThrow();
        assertThat(image.config().volumes().declared())
                .map(Image.ImageVolume::path)
                .containsExactly(ContainerPath.of(volume));
    }

    @Test
    void tomcatsWorkingDirectoriesAreSticky() {
        ImageFileSystem files =
                ImageFacts.builtIn().image("tomcat:10", HERE).orElseThrow().files();
        assertThat(files.at(ContainerPath.of("/usr/local/tomcat/work"))
                        .ownership()
                        .mode())
                .isEqualTo(01777);
    }

    @Test
    void anUnknownImageHasOnlyTheStandardDirectories() {
        Image image = ImageFacts.unknown("registry.example/x", HERE);
        assertThat(image.config().complete()).isFalse();
        assertThat(image.config().user()).isInstanceOf(Value.Unknown.class);
        assertThat(image.files().at(ContainerPath.of("/app")).kind()).isEqualTo(EntryKind.UNKNOWN);
        assertThat(image.files().at(ContainerPath.of("/usr/share")).kind()).isEqualTo(EntryKind.DIRECTORY);
    }

    @Test
    void factsOfAPrivateImageCanBeStated() {
        StatedImage stated = new StatedImage(
                new BaseConfig(
                        true,
                        true,
                        new BaseConfig.BaseProcess(
                                Optional.of("app"),
                                Optional.of("/srv"),
                                Optional.empty(),
                                Optional.of(List.of("run")),
                                Optional.empty()),
                        Map.of("A", "b"),
                        Map.of(),
                        List.of("/data"),
                        false),
                List.of("app:1500:1501:/home/app"),
                List.of("app:1501"),
                Map.of("/data", "app:app 0750"));
        Image image = ImageFacts.builtIn()
                .with("registry.example/x:1", stated)
                .image("registry.example/x:1", HERE)
                .orElseThrow();
        assertThat(image.config().complete()).isTrue();
        assertThat(image.config().user().known()).contains("app");
        assertThat(image.config().entrypoint().isAbsent()).isTrue();
        TreeNode data = image.files().at(ContainerPath.of("/data"));
        assertThat(data.kind()).isEqualTo(EntryKind.DIRECTORY);
        assertThat(data.ownership()).hasToString("app:app 0750");
    }

    @Test
    void theShellAndTriggersOfAStatedImageAreUsed() {
        Map<String, StatedImage> stated = StatedImage.fromInspect("""
                [{"RepoTags": ["bash:1"], "Config": {"User": "app", "Shell": ["/bin/bash", "-c"]}},
                 {"RepoTags": ["triggers:1"], "Config": {"User": "app", "OnBuild": ["USER root"]}}]
                """);

        assertThat(built(stated, "FROM bash:1\nCMD x\n").config().cmd().known().orElseThrow())
                .map(CommandWord::text)
                .containsExactly("/bin/bash", "-c", "x");
        assertThat(built(stated, "FROM bash:1\n").config().user().known()).contains("app");
        assertThat(built(stated, "FROM triggers:1\n").config().user()).isInstanceOf(Value.Unknown.class);
        assertThat(built(stated, "FROM triggers:1\n").config().complete()).isFalse();
        assertThat(built(stated, "FROM triggers:1\nUSER 1000\n").config().user().known())
                .contains("1000");
    }

    private static Image built(Map<String, StatedImage> stated, String dockerfile) {
        ImageFacts facts = ImageFacts.builtIn();
        for (Map.Entry<String, StatedImage> image : stated.entrySet()) {
            facts = facts.with(image.getKey(), image.getValue());
        }
        return Builds.of(dockerfile, facts).image();
    }

    @Test
    void aMalformedFactIsRejected() {
        assertThatThrownBy(() -> new StatedImage(BaseConfig.UNKNOWN, List.of("app"), List.of(), Map.of()))
                .hasMessageStartingWith("app is not of the form name:uid:gid");
    }

    @Test
    void theConfigurationIsReadFromDockerImageInspect() {
        Map<String, StatedImage> stated = StatedImage.fromInspect("""
                [{"RepoTags": ["registry.example/x:1"], "RepoDigests": [],
                  "Config": {"User": "1000", "Env": ["A=b=c"], "Volumes": {"/data": {}}, "Cmd": null,
                             "Entrypoint": ["/run"], "WorkingDir": "", "Labels": {"k": "v"}}}]
                """);
        StatedImage image = stated.get("registry.example/x:1");
        assertThat(image.config().process().user()).contains("1000");
        assertThat(image.config().environment()).containsEntry("A", "b=c");
        assertThat(image.config().volumes()).containsExactly("/data");
        assertThat(image.config().process().workdir()).isEmpty();
        assertThatThrownBy(() -> StatedImage.fromInspect("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StatedImage.fromInspect("[{}]")).hasMessageContaining("docker image inspect");
    }
}
