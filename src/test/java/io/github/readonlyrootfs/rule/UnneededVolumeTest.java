package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Ownership;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnneededVolumeTest {

    private static final Mount DATA = mount("/data", Mount.Kind.IMAGE_VOLUME, Ownership.ROOT_0755, inDockerfile(2));

    private final UnneededVolume rule = new UnneededVolume();

    @Test
    void aVolumeThatNoDeclaredPathNeedsIsAWarning() {
        assertThat(task().container("app", app -> app.need(declared("/tmp")).mount(DATA))
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                inDockerfile(2),
                                "no declared path needs the writable mount at /data",
                                "remove `/data` in line 2, or declare /data as needed")
                        .in("app")
                        .at(ContainerPath.of("/data"))
                        .on(List.of(Platform.FARGATE)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aMountPointCanBeReadOnlyInstead() {
        Mount mount = mount("/data", Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));

        assertThat(task().container(
                                "app",
                                app -> app.need(declared("/tmp"))
                                        .mountPoint("data", "/data", 20)
                                        .mount(mount))
                        .findings(rule))
                .extracting(Finding::help)
                .containsExactly("add `\"readOnly\": true` to the mount point in line 20, or remove it");
    }

    @Test
    void whereNothingIsDeclaredNothingIsKnown() {
        assertThat(task().container("app", app -> app.mount(DATA)).findings(rule))
                .isEmpty();
    }

    @Test
    void aNeedAtBelowOrAboveItIsOne() {
        assertThat(List.of("/data", "/data/deep/er", "/"))
                .allSatisfy(path -> assertThat(task().container(
                                        "app", app -> app.need(declared(path)).mount(DATA))
                                .findings(rule))
                        .isEmpty());
    }

    @Test
    void ecsExecNeedsItsPaths() {
        Mount agents = mount("/managed-agents", Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));

        assertThat(task().executeCommand()
                        .container("app", app -> app.need(declared("/tmp")).mount(agents))
                        .findings(rule))
                .isEmpty();
    }
}
