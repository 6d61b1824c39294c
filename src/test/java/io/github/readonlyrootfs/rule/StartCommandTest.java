package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StartCommandTest {

    private static Optional<List<String>> words(Consumer<CheckedTaskFixture.Container> with) {
        CheckedContainer container =
                task().container("app", with).build().containers().get(0);
        return StartCommand.of(container.definition(), container.image()).map(StartCommand::words);
    }

    @Test
    void theImagesEntrypointAndCmdCountWhereTheTaskDefinitionIsSilent() {
        assertThat(words(app -> app.entrypoint(1, "java").cmd(2, "-version"))).contains(List.of("java", "-version"));
    }

    @Test
    void theTaskDefinitionsCommandReplacesTheCmd() {
        assertThat(words(app -> app.entrypoint(1, "java").cmd(2, "-version").command("-help")))
                .contains(List.of("java", "-help"));
    }

    @Test
    void theTaskDefinitionsEntryPointDropsTheCmdToo() {
        assertThat(words(app -> app.entrypoint(1, "java").cmd(2, "-version").entryPoint("sh")))
                .contains(List.of("sh"));
    }

    @Test
    void whatAnUnknownBaseStartsIsUnknown() {
        assertThat(words(app -> app.baseUnknown().cmd(2, "java"))).isEmpty();
        assertThat(words(app -> app.cmd(2, "java"))).contains(List.of("java"));
    }

    @Test
    void anUnknownCommandIsUnknown() {
        assertThat(words(app -> app.entrypoint(1, "java").command(unknown("${CMD} is a placeholder", 10))))
                .isEmpty();
    }

    @Test
    void wrappersThatRunTheirArgumentsAreLookedThrough() {
        assertThat(new StartCommand(List.of("/sbin/tini", "--", "java", "-jar", "a.jar"))
                        .startsJavaWithout("JAVA_OPTS"))
                .isTrue();
        assertThat(new StartCommand(List.of("/__cacert_entrypoint.sh", "java")).startsJavaWithout("JAVA_OPTS"))
                .isTrue();
        assertThat(new StartCommand(List.of("tini", "--")).startsJavaWithout("JAVA_OPTS"))
                .isFalse();
        assertThat(new StartCommand(List.of("docker-entrypoint.sh", "java")).startsJavaWithout("JAVA_OPTS"))
                .isFalse();
    }
}
