// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.StartProblem.OptionFault;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TmpfsOptionsTest {

    private static TmpfsOptions of(String... options) {
        String quoted = Arrays.stream(options).map(option -> "'" + option + "'").collect(Collectors.joining(","));
        TestTask task =
                TestTask.of("{'containerDefinitions':[{'name':'app','linuxParameters':{'tmpfs':[{'containerPath':"
                        + "'/t','size':16,'mountOptions':[" + quoted + "]}]}}]}");
        return TmpfsOptions.of(
                task.definition()
                        .containerDefinitions()
                        .get(0)
                        .linuxParameters()
                        .tmpfs()
                        .get(0),
                ContainerPath.of("/t"));
    }

    private static Optional<StartProblem> rejection(String option) {
        return of(option).rejected().map(StartFailure::problem);
    }

    @ParameterizedTest
    @CsvSource({
        "mode,mode,NO_VALUE",
        "size,size,NO_VALUE",
        "bind,bind,UNKNOWN_OPTION",
        "nosuidd,nosuidd,UNKNOWN_OPTION",
        "ro=1,ro,UNKNOWN_OPTION",
        "uid=abc,uid,BAD_VALUE",
        "uid=-1,uid,BAD_VALUE",
        "uid=4294967295,uid,BAD_VALUE",
        "gid=x,gid,BAD_VALUE",
        "uid=08,uid,BAD_VALUE",
        "mode=9,mode,BAD_VALUE",
        "mode=abc,mode,BAD_VALUE",
        "mode=,mode,BAD_VALUE",
        "mode=0x1ff,mode,BAD_VALUE",
        "mode=77777777777,mode,BAD_VALUE",
        "nr_inodes=x,nr_inodes,BAD_VALUE",
        "nr_inodes=-1,nr_inodes,BAD_VALUE",
        "nr_blocks=,nr_blocks,BAD_VALUE",
        "size=1x,size,BAD_VALUE"
    })
    void aRejectedOptionIsNamed(String option, String named, OptionFault fault) {
        assertThat(rejection(option)).contains(new StartProblem.TmpfsOptionRejected(named, fault));
        assertThat(rejection(option).flatMap(StartProblem::subject)).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "=hunter2", "Xk29vQ=1"})
    void textThatDoesNotLookLikeAnOptionIsNotQuoted(String option) {
        assertThat(rejection(option).flatMap(StartProblem::subject).orElse("")).doesNotContain("hunter2", "Xk29vQ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noexec",
                "size=1m",
                "size=50%",
                "size=0",
                "nr_inodes=1k",
                "nr_inodes=0",
                "nr_blocks=1k",
                "mpol=default",
                "relatime",
                "uid=4294967294",
                "uid=0x10",
                "mode=7777",
                "mode=17777",
                "uid=APP_UID",
                "uid=<UID>"
            })
    void optionsThatDockerAcceptsAreNotRejected(String option) {
        assertThat(rejection(option)).isEmpty();
    }

    @Test
    void theFirstRejectedOptionIsReported() {
        assertThat(of("bind", "remount").rejected().map(StartFailure::problem))
                .contains(new StartProblem.TmpfsOptionRejected("bind", OptionFault.UNKNOWN_OPTION));
    }

    /** Measured on a Docker engine. */
    @Test
    void numbersAreReadAsTheKernelReadsThem() {
        assertThat(of("uid=010").owner()).isEqualTo(UnixId.of(8));
        assertThat(of("uid=0x10").owner()).isEqualTo(UnixId.of(16));
        assertThat(of("gid=10").group()).isEqualTo(UnixId.of(10));
        assertThat(of("uid=2147483647").owner()).isEqualTo(UnixId.of(Integer.MAX_VALUE));
        assertThat(of("mode=17777").mode()).isEqualTo(07777);
        assertThat(of("uid=<UID>").owner()).isNull();
        assertThat(of("uid=4294967294").owner()).isNull();
    }

    @Test
    void defaultsDoesNotResetAnEarlierExec() {
        assertThat(of("exec", "defaults").noexec()).isFalse();
        assertThat(of("exec", "noexec").noexec()).isTrue();
        assertThat(of("defaults").noexec()).isTrue();
    }

    @Test
    void severalOptionsInOneStringAreUnknown() {
        assertThat(of("rw,mode=1777").unknown().map(AccessReason.TmpfsOptionUnknown::mayBeSeveral))
                .contains(true);
        assertThat(of("rw,<MODE>").unknown().map(AccessReason.TmpfsOptionUnknown::mayBeSeveral))
                .contains(false);
        assertThat(of("mode=<MODE>").unknown().map(AccessReason.TmpfsOptionUnknown::mayBeSeveral))
                .contains(false);
    }
}
