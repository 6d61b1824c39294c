package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Ownership;
import io.github.readonlyrootfs.runtime.Mount;
import org.junit.jupiter.api.Test;

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
                                    + "on storage that ends with the task");
                    assertThat(finding.help())
                            .isEqualTo("mount an EFS or EBS volume at /data, or use a database service");
                    assertThat(finding.toString()).doesNotContain("secret");
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                });
    }

    @Test
    void onAFileSystemThatStaysItIsFine() {
        assertThat(task().container(
                                "app",
                                app -> app.environment("SPRING_DATASOURCE_URL", SECRET_URL, 30)
                                        .mount(data(Mount.Kind.EFS)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aDatabaseServiceHasNoFile() {
        assertThat(task().container(
                                "app",
                                app -> app.environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://db/data", 30)
                                        .mount(data(Mount.Kind.TASK_VOLUME)))
                        .findings(rule))
                .isEmpty();
    }
}
