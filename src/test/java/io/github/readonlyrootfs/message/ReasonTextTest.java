// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTextTest {

    private static final Location PLACE = new Location("taskdef.json", 3, 5, 3, 9);

    private static final ContainerUser UNKNOWN = new ContainerUser(
            "unknown",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            Optional.of(new UnknownUser.BaseMaySetUser("node:22")),
            false,
            Optional.empty());

    /** A value for each type of the components of reasons. */
    private static final Map<Class<?>, Object> PARTS = Map.ofEntries(
            Map.entry(String.class, "name"),
            Map.entry(boolean.class, true),
            Map.entry(int.class, -1),
            Map.entry(List.class, List.of("app", "web")),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(ContainerPath.class, ContainerPath.of("/data")),
            Map.entry(Location.class, PLACE),
            Map.entry(Ownership.class, Ownership.ROOT_0755),
            Map.entry(Provenance.class, Provenance.of("RUN chown")),
            Map.entry(Platform.class, Platform.FARGATE),
            Map.entry(Mount.Kind.class, Mount.Kind.TMPFS),
            Map.entry(Value.Unknown.class, new Value.Unknown<String>("no one says", PLACE)),
            Map.entry(ContainerUser.class, UNKNOWN),
            Map.entry(AccessReason.class, new AccessReason.NoMount()),
            Map.entry(StartFailure.class, new StartFailure(new StartProblem.MountAtRoot(), PLACE, Optional.empty())));

    static Stream<Class<?>> kinds() {
        return kinds(Reason.class);
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(ReasonTextTest::kinds);
        }
        return type.isInterface() ? Stream.empty() : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyReasonIsAClause(Class<?> kind) throws ReflectiveOperationException {
        for (Object reason : kind.isEnum() ? kind.getEnumConstants() : new Object[] {made(kind)}) {
            assertThat(ReasonText.of((Reason) reason))
                    .isNotBlank()
                    .doesNotContain("Optional", "[", "null")
                    .doesNotEndWith(".");
        }
    }

    static Stream<Class<?>> startProblems() {
        return kinds(StartProblem.class);
    }

    @ParameterizedTest
    @MethodSource("startProblems")
    void everyStartProblemHasAMessageAndAHelp(Class<?> kind) throws ReflectiveOperationException {
        StartProblem problem = (StartProblem) made(kind);
        for (String words : List.of(StartText.of(problem), StartText.help(problem))) {
            assertThat(words)
                    .isNotBlank()
                    .doesNotContain("Optional", "[", "null")
                    .doesNotEndWith(".");
        }
    }

    private static Object made(Class<?> kind) throws ReflectiveOperationException {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return kind.getDeclaredConstructor(types)
                .newInstance(Arrays.stream(types).map(PARTS::get).toArray());
    }
}
