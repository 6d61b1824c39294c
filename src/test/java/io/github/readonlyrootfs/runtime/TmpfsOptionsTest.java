// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
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
    @CsvSource({"mode,mode,true", "size,size,true", "bind,bind,false", "nosuidd,nosuidd,false", "ro=1,ro,false"})
    void aRejectedOptionIsNamed(String option, String named, boolean needsValue) {
        assertThat(rejection(option)).contains(new StartProblem.TmpfsOptionRejected(named, needsValue));
        assertThat(rejection(option).flatMap(StartProblem::subject)).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "=hunter2", "Xk29vQ=1"})
    void whatNobodyTakesForAnOptionIsNotNamedSinceATemplateMayHaveFilledItIn(String option) {
        assertThat(rejection(option).flatMap(StartProblem::subject).orElse("")).doesNotContain("hunter2", "Xk29vQ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noexec", "size=1m", "nr_inodes=1k", "mpol=default", "relatime"})
    void whatDockerTakesIsNotRejected(String option) {
        assertThat(rejection(option)).isEmpty();
    }

    @Test
    void theFirstRejectedOptionIsTheOneToldOf() {
        assertThat(of("bind", "remount").rejected().map(StartFailure::problem))
                .contains(new StartProblem.TmpfsOptionRejected("bind", false));
    }

    @Test
    void anExecBeforeDefaultsStays() {
        assertThat(of("exec", "defaults").noexec()).isFalse();
        assertThat(of("exec", "noexec").noexec()).isTrue();
        assertThat(of("defaults").noexec()).isTrue();
    }

    @Test
    void severalOptionsInOneTextAreUnknownAsSuch() {
        assertThat(of("rw,mode=1777").unknown().map(AccessReason.TmpfsOptionUnknown::mayBeSeveral))
                .contains(true);
        assertThat(of("rw,<MODE>").unknown().map(AccessReason.TmpfsOptionUnknown::mayBeSeveral))
                .contains(false);
        assertThat(of("mode=abc").unknown().map(AccessReason.TmpfsOptionUnknown::mayBeSeveral))
                .contains(false);
    }
}
