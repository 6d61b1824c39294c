// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.alternatives;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.writable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathNotExecutableTest {

    private static final Mount TMPFS = mount("/tmp", Mount.Kind.TMPFS, Ownership.of(0, 0, 01777), at(20));
    private static final Mount VOLUME = mount("/lib", Mount.Kind.IMAGE_VOLUME, Ownership.ROOT_0755, inDockerfile(2));

    private final PathNotExecutable rule = new PathNotExecutable();

    private static Need executable(Need need) {
        return new Need(need.alternatives(), need.impact(), true, need.createsParents(), need.evidence());
    }

    @Test
    void nativeCodeOnATmpfsIsAWarning() {
        assertThat(task().container(
                                "app",
                                app -> app.tmpfs("/tmp", 20, "mode=1777")
                                        .need(executable(declared("/tmp")))
                                        .access("/tmp", writable(TMPFS)))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo("native code that is written to /tmp cannot be loaded: "
                                    + "the tmpfs at /tmp is mounted noexec");
                    assertThat(help(finding)).isEqualTo("add `\"mountOptions\": [\"exec\"]` to the tmpfs at /tmp");
                    assertThat(finding.location()).isEqualTo(at(20));
                    assertThat(finding.path()).contains(ContainerPath.of("/tmp"));
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                });
    }

    @Test
    void anotherAlternativeThatCanExecuteIsEnough() {
        assertThat(task().container(
                                "app",
                                app -> app.need(executable(alternatives("/tmp", "/lib")))
                                        .access("/tmp", writable(TMPFS))
                                        .access("/lib", writable(VOLUME)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void pathsThatAreNotExecutedAreNotReported() {
        assertThat(List.of(TMPFS, VOLUME))
                .allSatisfy(mount -> assertThat(task().container(
                                        "app", app -> app.need(declared("/tmp")).access("/tmp", writable(mount)))
                                .findings(rule))
                        .isEmpty());
    }
}
