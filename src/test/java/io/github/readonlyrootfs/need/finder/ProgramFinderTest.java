// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.Contexts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramFinderTest {

    private static List<String> gaps(String dockerfile, String members) throws Exception {
        return Contexts.found("program", Contexts.built(dockerfile, members));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "debian:12; ./server; ? ./server: this check does not know the program",
                "node:22; node server.js; ? node server.js: this check does not read the code that it runs",
                "node:22; nodemon server.js; ? nodemon server.js: this check does not read the code that it runs",
                "python:3.13; gunicorn shop:app; ? gunicorn shop:app: this check does not read the code that it runs",
                "python:3.13; python -m shop; ? python -m shop: this check does not read the code that it runs",
                "eclipse-temurin:21; java -jar /app.jar; ? java /app.jar: no Maven or Gradle project that builds it was found",
            })
    void aProgramWhoseWritesNobodyToldIsAGap(String base, String command, String gap) throws Exception {
        assertThat(gaps("FROM " + base + "\nWORKDIR /srv\nCMD [\"" + command.replace(" ", "\", \"") + "\"]\n", ""))
                .containsExactly(gap);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx:1.27",
                "redis:7",
                "postgres:17",
                "httpd:2.4",
                "memcached:1.6",
                "eclipse-mosquitto:2",
                "prom/alertmanager:v0.27.0",
                "prom/node-exporter:v1.7.0",
                "public.ecr.aws/xray/aws-xray-daemon:latest",
                "public.ecr.aws/aws-observability/aws-otel-collector:latest"
            })
    void aServerThatTheCatalogueKnowsCompletelyIsNoGap(String image) throws Exception {
        assertThat(Contexts.found("program", Contexts.published(image, ""))).isEmpty();
        assertThat(gaps("FROM " + image + "\n", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', false", "'\"options\": {\"config-file-value\": \"/my.conf\"},', true"})
    void aLogRouterWithTheConfigurationOfEcsIsNoGap(String options, boolean gap) throws Exception {
        String firelens = "\"firelensConfiguration\": {" + options + " \"type\": \"fluentbit\"}";
        assertThat(Contexts.found(
                                "program",
                                Contexts.published(
                                        "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable", firelens))
                        .isEmpty())
                .isNotEqualTo(gap);
    }

    @ParameterizedTest
    @CsvSource({"cloudwatch_logs, false", "s3, false", "file, true", "$OUTPUT, true"})
    void aLogRouterThatMayWriteWhatNothingTellsIsAGap(String output, boolean gap) throws Exception {
        String members = "\"firelensConfiguration\": {\"type\": \"fluentbit\"}, \"logConfiguration\":"
                + " {\"logDriver\": \"awsfirelens\", \"options\": {\"Name\": \"" + output + "\"}}";
        assertThat(Contexts.found("program", Contexts.published("amazon/aws-for-fluent-bit:stable", members))
                        .isEmpty())
                .isNotEqualTo(gap);
    }

    @Test
    void theStartScriptOfAwsForFluentBitIsFollowedWithoutALogRouter() throws Exception {
        assertThat(gaps("FROM amazon/aws-for-fluent-bit:3.0.0\n", "")).isEmpty();
        assertThat(gaps(
                        "FROM amazon/aws-for-fluent-bit:3.0.0\nRUN echo '  Name file' > /fluent-bit/etc/fluent-bit.conf\n",
                        ""))
                .singleElement()
                .asString()
                .endsWith("fluent-bit: this check does not read the code that it runs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | false", ", \"transparentProxy\": {\"enabled\": true} | true"})
    void consulsMeshInitIsKnownUnlessItRedirectsTraffic(String more, boolean gap) throws Exception {
        String json = "{\"bootstrapDir\": \"/consul\"" + more + "}";
        String members = "\"command\": [\"mesh-init\"], \"environment\": [{\"name\": \"CONSUL_ECS_CONFIG_JSON\","
                + " \"value\": \"" + json.replace("\"", "\\\"") + "\"}]";
        assertThat(gaps("FROM hashicorp/consul-ecs:0.8.3\n", members).isEmpty()).isNotEqualTo(gap);
    }

    @Test
    void aServerWhoseConfigurationIsNotKnownIsAGap() throws Exception {
        String secret = "\"secrets\": [{\"name\": \"AOT_CONFIG_CONTENT\", \"valueFrom\": \"x\"}]";
        assertThat(gaps("FROM public.ecr.aws/aws-observability/aws-otel-collector:latest\n", secret))
                .containsExactly("? /awscollector: its configuration is not known");
    }

    @Test
    void aServerThatRunsCodeOfOthersIsAGap() throws Exception {
        assertThat(gaps("FROM openresty/openresty:1.27\n", "\"command\": [\"openresty\"]"))
                .isNotEmpty();
        assertThat(Contexts.found("program", Contexts.published("tomcat:11", "")))
                .isNotEmpty();
    }

    @Test
    void aPublishedImageWithoutFactsIsAGap() throws Exception {
        assertThat(Contexts.found("program", Contexts.published("registry.example.com/agent:1", "")))
                .containsExactly("? image registry.example.com/agent:1: the configuration of the image is unknown");
    }

    @Test
    void aToolThatAnUnknownPublishedImageIsGivenAsCommandIsFollowed() throws Exception {
        assertThat(Contexts.found(
                        "start-command",
                        Contexts.published(
                                "registry.example.com/agent:1", "\"command\": [\"touch\", \"/otel/ready\"]")))
                .containsExactly("/otel/ready fatal");
        assertThat(Contexts.found(
                        "start-command",
                        Contexts.published("registry.example.com/agent:1", "\"command\": [\"serve\"]")))
                .isEmpty();
    }

    @Test
    void aProgramThatOnlyTheDeploymentKnowsIsAGap() throws Exception {
        assertThat(gaps(
                        "FROM debian:13\nCMD [\"sh\", \"-c\", \"[ -w /etc ] && touch /etc/x; exec $CRED\"]\n",
                        "\"secrets\": [{\"name\": \"CRED\", \"valueFrom\": \"x\"}]"))
                .contains("? the start command: the program that it runs is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtualenv venv", "python3 -m venv venv", "python -m pip install -t venv flask"})
    void whatPythonsModulesMakeInTheBuildIsThere(String makes) throws Exception {
        String script = " && printf '. venv/bin/activate\\nexec nginx\\n' > /boot.sh\nCMD [\"sh\", \"/boot.sh\"]\n";
        assertThat(gaps("FROM python:3.13\nWORKDIR /srv\nRUN " + makes + script, ""))
                .contains(
                        "? the start command: what venv/bin/activate sets is not known, because of line 3 of Dockerfile")
                .noneMatch(gap -> gap.contains("not among") || gap.contains("it fails before"));
    }

    @Test
    void anUnknownBaseMayRunSomethingElseFirst() throws Exception {
        assertThat(gaps("FROM registry.example.com/base:1\nCMD [\"sleep\", \"10\"]\n", ""))
                .containsExactly("? the start command: base image registry.example.com/base:1 may have an ENTRYPOINT");
    }

    @Test
    void aScriptThatIsNotAmongTheFilesIsAGap() throws Exception {
        assertThat(gaps("FROM debian:12\nCOPY start.sh /start.sh\nCMD [\"/start.sh\"]\n", ""))
                .anySatisfy(gap -> assertThat(gap).contains("what /start.sh runs is not known"));
    }
}
