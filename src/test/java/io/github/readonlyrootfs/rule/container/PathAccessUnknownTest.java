// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.need;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.runtime.Users.unknownUser;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathAccessUnknownTest {

    private static final Mount VOLUME = mount("/data", Mount.Kind.IMAGE_VOLUME, Ownership.UNKNOWN, inDockerfile(2));

    private final PathAccessUnknown rule = new PathAccessUnknown();

    private static Access unknown(Access.Cause cause, Mount mount) {
        return refused(WriteAccess.UNKNOWN, cause, "a script decides", mount);
    }

    @Test
    void anUnknownOwnerOfADeclaredPathIsAWarningThatSaysHowToStateIt() {
        assertThat(task().container(
                                "app",
                                app -> app.runsAs(user("node", 1000))
                                        .account("node", 1000, "/home/node")
                                        .need(declared("/data"))
                                        .access("/data", unknown(Access.Cause.UNKNOWN_OWNER, VOLUME))
                                        .step("FROM", 1, 0, Value.absent())
                                        .step("VOLUME", 2, 0, Value.absent()))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.message())
                            .isEqualTo(
                                    "cannot determine whether user node (uid 1000) can write /data: a script decides");
                    assertThat(help(finding))
                            .isEqualTo("for a definite answer, "
                                    + "put `RUN mkdir -p /data && chown node /data` above line 2");
                    assertThat(finding.location()).isEqualTo(inDockerfile(2));
                });
    }

    @Test
    void anUnknownOwnerOfAnOptionalPathIsAnInfo() {
        assertThat(task().container(
                                "app",
                                app -> app.runsAs(user("node", 1000))
                                        .need(need("/data", Need.Impact.FEATURE))
                                        .access("/data", unknown(Access.Cause.UNKNOWN_OWNER, VOLUME)))
                        .findings(rule))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void forAPathBelowAnUnknownHomeTheHelpSuggestsAnAbsolutePath() {
        Evidence evidence = new Evidence(Evidence.Kind.DECLARED, "<writablePaths>", Optional.of(at(9)));
        assertThat(task().container(
                                "app",
                                app -> app.gap(Gap.place(
                                        "~/.cache", "the home of user app is not known", Need.Impact.FATAL, evidence)))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(9),
                                "cannot determine where ~/.cache is in container app: the home of user app is not known",
                                "declare the absolute path")
                        .in("app")
                        .about("~/.cache"));
    }

    @Test
    void forAnUnknownUserTheHelpSuggestsToNameOne() {
        assertThat(task().container(
                                "app",
                                app -> app.runsAs(unknownUser("no ARG or ENV defines APP_UID"))
                                        .need(declared("/data"))
                                        .access("/data", unknown(Access.Cause.UNKNOWN_USER, VOLUME))
                                        .built())
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("set the user: a numeric USER in the Dockerfile, or `\"user\"` in container app");
    }

    @Test
    void forAnUnknownImageTheHelpSuggestsToStateFacts() {
        assertThat(task().container(
                                "app",
                                app -> app.base("example/team:1")
                                        .need(declared("/data"))
                                        .access("/data", unknown(Access.Cause.UNKNOWN_OWNER, VOLUME)))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("for a definite answer, state with imageFacts what image example/team:1 contains");
    }

    @Test
    void forAnExternalFileSystemTheHelpNamesThePermissionsThere() {
        Mount efs = mount("/data", Mount.Kind.EFS, Ownership.UNKNOWN, at(20));

        assertThat(task().container(
                                "app",
                                app -> app.need(declared("/data"))
                                        .access("/data", unknown(Access.Cause.UNKNOWN_OWNER, efs)))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly(
                        "make sure that root may write there: the effect of the task role and the access point is not"
                                + " in these files");
    }
}
