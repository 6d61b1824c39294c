// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.start.SpringEnvironment;
import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.ProfileExpression;
import io.github.readonlyrootfs.configuration.Profiles;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/** Spring's environment in a container, from its settings. */
record DeployedSpring(ContainerContext container) implements SpringEnvironment {

    private static final LibraryPattern OLD = LibraryPattern.parse("org.springframework.boot:spring-boot (,3)");

    private static final String ACTIVE = "spring.profiles.active";

    @Override
    public boolean isLazy() {
        return container.application().settings().hasLazySingletons();
    }

    @Override
    public boolean mayBeOld() {
        return container.application().libraries().mayHave(OLD);
    }

    @Override
    public Truth hasProfile(List<String> expressions) {
        ApplicationConfiguration settings = container.application().settings().configuration();
        Optional<Profiles> profiles = container.application().settings().isOn(Framework.SPRING_BOOT)
                ? Optional.of(settings.profiles())
                : withoutBoot(settings);
        Truth any = Truth.FALSE;
        for (String text : expressions) {
            Optional<ProfileExpression> expression = ProfileExpression.parse(text);
            any = any.or(
                    profiles.isEmpty() || expression.isEmpty()
                            ? Truth.UNKNOWN
                            : profiles.get().match(expression.get()));
        }
        return any;
    }

    /** Spring without Boot reads no files; a web application's own descriptor may name profiles too. */
    private Optional<Profiles> withoutBoot(ApplicationConfiguration settings) {
        if (!container.application().launch().code().profiles().isEmpty()) {
            return Optional.empty();
        }
        boolean named = settings.values(ACTIVE).known().isPresent();
        return named || container.application().startsItself().isYes()
                ? Optional.of(Profiles.named(settings, ACTIVE, List.of("default")))
                : Optional.empty();
    }

    @Override
    public Value<String> property(String key) {
        ApplicationConfiguration settings = container.application().settings().configuration();
        Value<String> value = settings.value(key);
        return value.isAbsent() && settings.incomplete().isPresent()
                ? new Value.Unknown<>(
                        settings.incomplete().get(),
                        container.definition().metadata().nameLocation())
                : value;
    }

    @Override
    public Text settled(Text text) {
        return CodePath.of(
                text,
                variable ->
                        variable.kind() == Kind.KEY ? property(variable.name()) : CodePath.value(variable, container));
    }
}
