// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.runtime.Mount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateOnEphemeralVolumeTest {

    private static final String SECRET_URL = "jdbc:h2:file:/data/shop;USER=sa;PASSWORD=secret";

    private final StateOnEphemeralVolume rule = new StateOnEphemeralVolume();

    private static Mount data(Mount.Kind kind) {
        return mount("/data", kind, Ownership.ROOT_0755, at(20));
    }

    @Test
    void aDatabaseFileOnATaskVolumeIsAnInfoThatShowsOnlyThePath() {
        assertThat(task().container(
                                "app",
                                app -> app.environment("SPRING_DATASOURCE_URL", SECRET_URL, 30)
                                        .mount(data(Mount.Kind.TASK_VOLUME)))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo("SPRING_DATASOURCE_URL keeps a database in /data/shop, "
                                    + "on storage that is lost when the task ends");
                    assertThat(help(finding))
                            .isEqualTo("mount an EFS or EBS volume at /data, or use a database service");
                    assertThat(finding.toString()).doesNotContain("secret");
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                });
    }

    @Test
    void aDatabaseFileOnAPersistentFileSystemIsNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.environment("SPRING_DATASOURCE_URL", SECRET_URL, 30)
                                        .mount(data(Mount.Kind.EFS)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aDatabaseServerIsNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://db/data", 30)
                                        .mount(data(Mount.Kind.TASK_VOLUME)))
                        .findings(rule))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL, sqlite:////data/shop.db, a database in /data/shop.db",
        "DATABASE_URL, sqlite+aiosqlite:////data/shop.db, a database in /data/shop.db",
        "UPLOAD_DIR, /data/uploads, files in /data/uploads",
        "APP_MEDIA_ROOT, /data/media, files in /data/media",
        "SERVER_SERVLET_SESSION_STORE_DIR, /data/sessions, files in /data/sessions"
    })
    void otherDatabaseFilesAndUploadsAreReported(String name, String value, String words) {
        assertThat(task().container(
                                "app", app -> app.environment(name, value, 30).mount(data(Mount.Kind.IMAGE_VOLUME)))
                        .findings(rule))
                .extracting(Finding::message)
                .containsExactly(name + " keeps " + words + ", on storage that is lost when the task ends");
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL, sqlite:///shop.db",
        "UPLOAD_DIR, s3://bucket/uploads",
        "MEDIA_TYPE, /data",
        "UPLOAD_URL, /data"
    })
    void otherSettingsAreNotReported(String name, String value) {
        assertThat(task().container(
                                "app", app -> app.environment(name, value, 30).mount(data(Mount.Kind.IMAGE_VOLUME)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aJvmOptionInAShellCommandIsReported() {
        assertThat(task().container(
                                "app",
                                app -> app.cmd(
                                                4,
                                                "sh",
                                                "-c",
                                                "exec java -Dspring.datasource.url=jdbc:h2:/data/x -jar a")
                                        .mount(data(Mount.Kind.TMPFS)))
                        .findings(rule))
                .extracting(Finding::message)
                .containsExactly(
                        "-Dspring.datasource.url keeps a database in /data/x, on storage that is lost when the task ends");
    }

    @ParameterizedTest
    @CsvSource({"KEYSTORE_PATH", "SSL_TRUSTSTORE_LOCATION", "server.ssl.keystore-location"})
    void aKeyStoreIsNotReported(String name) {
        assertThat(task().container(
                                "app",
                                app -> app.environment(name, "/data/store.p12", 30)
                                        .mount(data(Mount.Kind.TMPFS)))
                        .findings(rule))
                .isEmpty();
    }
}
