// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A variable such as JAVA_OPTS, set where no script puts it on the JVM's command line. */
public final class OptionsWithoutEffect implements TaskRule {

    /** Start scripts expand these; the JVM itself reads none of them. */
    private static final List<String> FOR_SCRIPTS = List.of(
            "JAVA_OPTS", "JAVA_OPTIONS", "JAVA_ARGS", "CATALINA_OPTS", "JAVA_OPTS_APPEND", "EXTRA_JAVA_OPTIONS");

    private static final String FOR_EVERY_JVM = "JAVA_TOOL_OPTIONS";

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        for (ContainerAnalysis container : task.containers()) {
            StartCommand command = container.context().start();
            for (String variable : FOR_SCRIPTS) {
                if (command.startsJavaWithout(variable)) {
                    check(container, variable, findings);
                }
            }
        }
    }

    private void check(ContainerAnalysis container, String variable, Consumer<Finding> findings) {
        for (ContainerDefinition.KeyValue entry :
                container.definition().environment().variables()) {
            if (entry.key().equals(variable) && saysSomething(entry.value())) {
                findings.accept(finding(container, variable, entry.location()));
            }
        }
        Value<String> own = container.image().config().environment().getOrDefault(variable, Value.absent());
        if (saysSomething(own)) {
            own.where()
                    .filter(where -> isInEnv(container, where) || isInPom(container, variable))
                    .ifPresent(where -> findings.accept(finding(container, variable, where)));
        }
    }

    private static boolean saysSomething(Value<String> options) {
        return !options.isAbsent() && options.known().filter(String::isBlank).isEmpty();
    }

    /** The project cannot change what a base image sets. */
    private static boolean isInEnv(ContainerAnalysis container, Location where) {
        return container.build().map(build -> build.chain().steps()).orElse(List.of()).stream()
                .filter(step -> step.keyword().equals("ENV"))
                .map(ImageBuild.Step::location)
                .anyMatch(env -> env.file().equals(where.file())
                        && env.line() <= where.line()
                        && where.endLine() <= env.endLine());
    }

    private static boolean isInPom(ContainerAnalysis container, String variable) {
        return container.described().stream()
                .anyMatch(source -> source.description().start().environment().containsKey(variable));
    }

    private Finding finding(ContainerAnalysis container, String variable, Location location) {
        String name = container.definition().name();
        return finding(
                        location,
                        variable + " has no effect in container " + name
                                + ": its command starts java without it, and the JVM does not read it",
                        Remedy.advice(help(container, variable)))
                .in(name)
                .about(variable);
    }

    private static String help(ContainerAnalysis container, String variable) {
        boolean taken = container.image().config().environment().containsKey(FOR_EVERY_JVM)
                || container.definition().environment().variables().stream()
                        .map(ContainerDefinition.KeyValue::key)
                        .anyMatch(FOR_EVERY_JVM::equals);
        return taken
                ? "move its options into " + FOR_EVERY_JVM + ", which every JVM reads"
                : "rename " + variable + " to " + FOR_EVERY_JVM + ", which every JVM reads";
    }
}
