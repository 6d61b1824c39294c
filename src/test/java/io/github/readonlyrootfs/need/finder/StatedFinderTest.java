// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Situation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedFinderTest {

    @TempDir
    Path project;

    /** The paths that are stated, each with what it keeps. */
    private static String stated(ContainerContext container) {
        List<String> stated = new ArrayList<>();
        for (Need need :
                ContainerNeeds.of(container, List.of(), Set.of("stated")).needs()) {
            assertThat(need.evidence()).allMatch(evidence -> evidence.kind() == Evidence.Kind.STATED);
            stated.add(need.alternatives().get(0)
                    + need.keeping()
                            .map(it -> " " + it.keeps().map(Keeps::name).orElse(""))
                            .orElse(""));
        }
        return String.join(", ", stated);
    }

    private static ContainerContext dockerfile(String lines) {
        return Contexts.built(lines.replace(" / ", "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            RUN useradd app && mkdir -p /srv/box && chown app /srv/box / USER app          => /srv/box
            RUN mkdir -p /srv/box/a /srv/box/b && chown -R 1001 /srv/box / USER 1001       => /srv/box
            RUN install -d -o 1001 /srv/box / USER 1001                                    => /srv/box
            RUN mkdir -p /srv/box && chmod 777 /srv/box / USER 1001                        => /srv/box
            RUN mkdir -p /srv/box && chgrp 0 /srv/box && chmod g+w /srv/box / USER 1001    => /srv/box
            WORKDIR /srv/box / RUN chown 1001 /srv/box / USER 1001                         => /srv/box
            WORKDIR /usr/src/app / RUN mkdir log && chown 1001 log / USER 1001             => /usr/src/app/log
            WORKDIR /usr/src/app / ENV UPLOAD_DIR=/usr/src/app/files                       => /usr/src/app/files FILES
            USER 1001 / RUN mkdir /tmp/x                                                   => /tmp/x
            RUN mkdir -p /srv/media && chown 1001 /srv/media / USER 1001                   => /srv/media FILES
            RUN mkdir -p /srv/box/uploads && chown -R 1001 /srv / USER 1001                => /srv/box FILES
            """)
    void aDirectoryMadeForTheContainersUserIsStated(String lines, String needs) {
        assertThat(stated(dockerfile("FROM debian:13 / " + lines))).isEqualTo(needs);
    }

    @Test
    void aDirectoryThatALineNamesAfterAnUnknownProgramIsNotMissing() {
        String lines = "FROM debian:13 / ENV JOBS_DATA_DIR=/opt/jobs / RUN fetch-jobs%s / RUN useradd app / USER app";

        assertThat(stated(dockerfile(lines.formatted("")))).isEqualTo("/opt/jobs");
        assertThat(stated(dockerfile(lines.formatted(" && chmod -R a+rX /opt/jobs"))))
                .isEmpty();
    }

    @Test
    void anEmptyDirectoryCopiedFromAnotherStageForTheUserIsStated() {
        assertThat(
                        stated(
                                dockerfile(
                                        "FROM debian:13 AS build / RUN mkdir /empty / FROM scratch"
                                                + " / COPY --from=build --chown=65532 /empty /box / COPY --from=build /bin/true /server / USER 65532")))
                .isEqualTo("/box");
    }

    @Test
    void aDirectoryOfTheProjectThatHasOnlyAPlaceholderIsStatedByItsName() throws Exception {
        TestFiles.write(project.resolve("app.py"), "");
        TestFiles.write(project.resolve("uploads/.gitkeep"), "");
        TestFiles.write(project.resolve("pages/.gitkeep"), "");
        assertThat(stated(Contexts.built(
                        project, "FROM debian:13\nWORKDIR /app\nCOPY --chown=1001 . .\nUSER 1001\n", "")))
                .isEqualTo("/app/uploads FILES");
    }

    @Test
    void aCopiedEmptyDirectoryThatALineMakesSureOfIsStated() throws Exception {
        TestFiles.write(project.resolve("app.py"), "");
        TestFiles.write(project.resolve("box/a/.gitkeep"), "");
        TestFiles.write(project.resolve(".dockerignore"), "**/.gitkeep\n");
        String lines = "WORKDIR /app\nCOPY . .\nRUN mkdir -p box && chown -R 1001 box\nUSER 1001\n";
        assertThat(stated(Contexts.built(project, "FROM debian:13\n" + lines, "")))
                .isEqualTo("/app/box");
        assertThat(stated(Contexts.built(project, "FROM unknown/base:1\n" + lines, "")))
                .isEqualTo("/app/box");
    }

    @ParameterizedTest
    @CsvSource({"/srv/broker,''", "/srv/broker/a/samples/queue,/srv/broker/a/samples/queue QUEUE"})
    void anEmptyDirectoryOfACopiedDistributionIsStatedOnlyByALineThatNamesIt(String changed, String needs) {
        assertThat(stated(dockerfile("""
                        FROM debian:13 AS build
                        RUN mkdir -p /d/a/samples/queue && touch /d/a/lib
                        FROM debian:13
                        RUN useradd broker
                        COPY --from=build /d /srv/broker
                        RUN chown -R broker %s
                        USER broker
                        """.formatted(changed)))).isEqualTo(needs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN mkdir -p /srv/box && touch /srv/box/x && chown -R 1001 /srv/box / USER 1001",
                "WORKDIR /srv/box / COPY . . / RUN chown -R 1001 /srv/box / USER 1001",
                "WORKDIR /srv/box / USER 1001",
                "RUN useradd -m app / USER app",
                "ARG DIR / RUN chown 1001 $DIR / USER 1001",
                "RUN useradd app && mkdir /home/app && chown app /home/app / USER app",
                "RUN mkdir -p /srv/box && chown 1002 /srv/box / USER 1001",
                "RUN mkdir -p /srv/box / USER 1001",
                "RUN mkdir -p /srv/config",
                "RUN mkdir -p /run/sshd /docker-entrypoint-initdb.d",
                "RUN mkdir -p /box/app / WORKDIR /box/app",
                "RUN mkdir -p /srv/config && chown 1001 /srv/config / USER 1001",
                "RUN mkdir -p /etc/box && chown 1001 /etc/box / USER 1001",
                "RUN mkdir -p /usr/share/man/man1",
                "WORKDIR / / RUN mkdir -p /usr/src/app/log && chown 1001 /usr/src/app/log / USER 1001",
                "RUN chown -R 1001 /var/lib / USER 1001",
                "RUN chown -R 1001 /var / USER 1001",
                "RUN chmod 755 $(find /x -type d)",
                "RUN mkdir -p /home/www-data && chown -R 1001 /home/www-data / USER 1001",
                "WORKDIR /workspace",
                "RUN git clone https://example.org/a.git /srv/box / USER 1001",
                "RUN mkdir /srv/a && chmod 777 /srv/a / USER 1001 / RUN git clone https://example.org/a.git /srv/a/box"
                        + " && git clone https://example.org/b.git /srv/a/b && (cd /srv/a/b || exit 1; git apply /x)",
                "WORKDIR /work / RUN chown 1001 /work / COPY target/*-runner /work/application / USER 1001",
                "FROM unknown/base:1 / WORKDIR /work / COPY target/*-runner /work/x / RUN chmod 775 /work /work/x"
                        + " && chown -R 1001 /work / USER 1001",
                "COPY --from=unknown /zap /srv/zap / ENV ZAP_HOME=/srv/zap"
            })
    void otherDirectoriesAreNotStated(String lines) {
        assertThat(stated(dockerfile("FROM debian:13 / " + lines))).isEmpty();
    }

    @Test
    void anEmptyDirectoryThatALineMakesIsRootsWhateverItsName() {
        assertThat(stated(dockerfile("FROM debian:13 / RUN mkdir -p /srv/box /srv/logs /srv/www && chown 33 /srv/www")))
                .isEqualTo("/srv/box, /srv/logs, /srv/www");
    }

    @Test
    void whatAServerManagesIsNotStated() {
        assertThat(stated(dockerfile("FROM nginx:1.27 / RUN mkdir -p /var/cache/nginx/client_temp"
                        + " && chown -R nginx /var/cache/nginx /var/run / USER nginx")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            UPLOAD_DIR=/srv/files/                       => /srv/files FILES
            app.upload.path=/srv/files                   => /srv/files FILES
            SESSION_FILE_PATH=/srv/s                     => /srv/s SESSIONS
            LOG_PATH=/var/log/shop                       => /var/log/shop
            APP_LOGDIR=/var/log/shop                     => /var/log/shop
            LOG_FILE_NAME=/var/log/shop/a.log            => /var/log/shop
            DATABASE_URL=sqlite:////srv/db/shop.db?x=1   => /srv/db/shop.db DATABASE
            DATABASE_URL=file:/srv/db/shop.db            => /srv/db/shop.db DATABASE
            SPRING_DATASOURCE_URL=jdbc:h2:file:/srv/d/a  => /srv/d DATABASE
            NUXT_HOME=/srv/nuxt                          => /srv/nuxt
            APP_BASEDIR=/var/shop                        => /var/shop
            """)
    void aVariableWhoseNameSaysThatSomethingIsKeptIsStated(String variable, String needs) {
        String[] parts = variable.split("=", 2);
        assertThat(stated(Contexts.built(
                        "FROM debian:13\n",
                        "\"environment\": [{\"name\": \"" + parts[0] + "\", \"value\": \"" + parts[1] + "\"}]")))
                .isEqualTo(needs);
        assertThat(stated(Contexts.built("FROM debian:13\nENV " + variable + "\n")))
                .isEqualTo(needs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPLOAD_URL=/srv/files",
                "UPLOAD_DIR=srv/files",
                "UPLOAD_DIR=s3://bucket/files",
                "UPLOAD_DIRS=/srv/a:/srv/b",
                "UPLOAD_DIR=/usr/share/files",
                "KEYSTORE_PATH=/srv/store.p12",
                "DATA_TRUSTSTORE=/srv/store",
                "LOG_CONFIG=/srv/log.xml",
                "CACHE_SOCKET=/srv/cache.sock",
                "TEMPLATE_DIR=/srv/templates",
                "JAVA_HOME=/srv/java",
                "HOME=/srv/home",
                "HELM_HOME=/opt/helm",
                "DOCUMENT_ROOT=/srv/www",
                "LOG_DIR=/app/full",
                "ACCESS_LOG=/dev/stdout",
                "DATABASE_URL=sqlite:///shop.db"
            })
    void otherVariablesAreNotStated(String variable) {
        assertThat(stated(Contexts.built(
                        "FROM debian:13\nRUN mkdir -p /app/full && touch /app/full/x\nENV " + variable + "\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            /server --data-dir /srv/d                      => /srv/d
            /server --storage.path=/srv/d                  => /srv/d
            /pushgateway --persistence.file=/push/metrics  => /push FILES
            /server --config /srv/d                        =>
            /server -d /srv/d                              =>
            java -Dapp.data.basedir=/srv/d -jar a.jar      => /srv/d
            """)
    void anOptionOfTheStartCommandIsStated(String command, String needs) {
        assertThat(stated(Contexts.built("FROM debian:13\nCMD [\"" + command.replace(" ", "\", \"") + "\"]\n")))
                .isEqualTo(needs == null ? "" : needs);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            app.upload-dir: /srv/files     => /srv/files FILES
            app.uploadPath: /srv/files     => /srv/files FILES
            app.uploadPath: /files         =>
            app.uploadDir: /files          => /files FILES
            app.upload.path: /api/upload   =>
            server.tomcat.basedir: /srv/t  =>
            """)
    void aSettingOfTheApplicationIsStated(String line, String needs) throws Exception {
        Situation.resource(project, "application.yml", line + "\n");
        Situation spring = new Situation()
                .in(project)
                .library("org.springframework.boot:spring-boot:3.5.7")
                .library("org.springframework:spring-web:6.2.12");
        assertThat(stated(spring.context())).isEqualTo(needs == null ? "" : needs);
    }

    @Test
    void betterEvidenceForThePathDecidesTheImpact() throws Exception {
        Situation.resource(project, "application.properties", "logging.file.name=/srv/box/a.log\n");
        ContainerContext container = new Situation()
                .in(project)
                .library("org.springframework.boot:spring-boot:3.5.7")
                .in(Contexts.built("""
                        FROM eclipse-temurin:21-jre
                        RUN mkdir /srv/box && chown 1001 /srv/box
                        USER 1001
                        CMD ["java", "-jar", "/app.jar"]
                        """));
        assertThat(ContainerNeeds.of(container, List.of(), Set.copyOf(NeedFinders.names()))
                        .needs())
                .filteredOn(need -> need.alternatives().get(0).toString().equals("/srv/box"))
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.impact()).isEqualTo(Need.Impact.TOLERATED);
                    assertThat(need.evidence())
                            .extracting(Evidence::kind)
                            .containsExactly(Evidence.Kind.INFERRED, Evidence.Kind.STATED);
                });
    }

    @Test
    void whatTheBaseImageSetsIsNotTheProjectsStatement() {
        assertThat(stated(Contexts.published("postgres:17", ""))).isEmpty();
        assertThat(stated(dockerfile("FROM grafana/grafana:11.0.0"))).isEmpty();
    }
}
