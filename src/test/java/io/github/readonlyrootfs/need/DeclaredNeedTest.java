// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.BaseDirectories;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredNeedTest {

    private static final Evidence POM = new Evidence(Evidence.Kind.DECLARED, "<writablePaths>", Optional.empty());
    private static final Location AT = Location.of("Dockerfile");

    private static final BaseDirectories KNOWN = new BaseDirectories(
            new Value.Known<>(ContainerPath.of("/home/node"), AT), new Value.Known<>(ContainerPath.of("/app"), AT));

    private static Need need(String text) throws DeclaredNeed.MalformedException {
        return DeclaredNeed.parse(text, POM).in(KNOWN).orElseThrow();
    }

    @Test
    void aPathIsFatalUnlessAQuestionMarkFollows() throws Exception {
        assertThat(need("/tmp").impact()).isEqualTo(Impact.FATAL);
        assertThat(need(" /tmp? ").impact()).isEqualTo(Impact.TOLERATED);
        assertThat(need("/tmp?").alternatives()).containsExactly(ContainerPath.of("/tmp"));
    }

    @Test
    void aBarSeparatesAlternatives() throws Exception {
        assertThat(need("/tmp|/var/tmp").alternatives())
                .containsExactly(ContainerPath.of("/tmp"), ContainerPath.of("/var/tmp"));
    }

    @Test
    void aPathCanStartAtTheContainersHomeOrWorkingDirectory() throws Exception {
        assertThat(need("~/.cache").alternatives()).containsExactly(ContainerPath.of("/home/node/.cache"));
        assertThat(need("~").alternatives()).containsExactly(ContainerPath.of("/home/node"));
        assertThat(need("./work").alternatives()).containsExactly(ContainerPath.of("/app/work"));
        assertThat(need(".").alternatives()).containsExactly(ContainerPath.of("/app"));
    }

    @Test
    void anAlternativeBelowAnUnknownHomeIsIgnoredIfThereAreOthers() throws Exception {
        BaseDirectories unknown =
                new BaseDirectories(new Value.Unknown<>("no passwd", AT), new Value.Unknown<>("no WORKDIR", AT));
        assertThat(DeclaredNeed.parse("~/.cache", POM).in(unknown)).isEmpty();
        assertThat(DeclaredNeed.parse("~/.cache", POM).gapIn(unknown))
                .contains(Gap.place("~/.cache", "no passwd", Need.Impact.FATAL, POM));
        assertThat(DeclaredNeed.parse("./x", POM).gapIn(unknown))
                .contains(Gap.place("./x", "no WORKDIR", Need.Impact.FATAL, POM));
        assertThat(DeclaredNeed.parse("~/.cache|/tmp", POM).gapIn(unknown)).isEmpty();
        assertThat(DeclaredNeed.parse("~/.cache|/tmp", POM)
                        .in(unknown)
                        .orElseThrow()
                        .alternatives())
                .containsExactly(ContainerPath.of("/tmp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tmp", "?", "/tmp|", "~user/x", "C:\\tmp", "../x"})
    void aTextThatIsNotAContainerPathIsRejected(String text) {
        assertThatExceptionOfType(DeclaredNeed.MalformedException.class)
                .isThrownBy(() -> DeclaredNeed.parse(text, POM))
                .withMessage((text.contains("/") || text.equals("tmp") ? "'" + text + "'" : "an entry")
                        + " is not a path in a container: write /tmp, ~/.cache (below the user's home) or"
                        + " ./work (below the working directory)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/*", "~/.cache/*.lck", "/data|/var/*/x"})
    void anAsteriskIsRejected(String text) {
        assertThatExceptionOfType(DeclaredNeed.MalformedException.class)
                .isThrownBy(() -> DeclaredNeed.parse(text, POM))
                .withMessage("'" + text
                        + "' has a *, which has no meaning here: write the directory that contains them all");
    }
}
