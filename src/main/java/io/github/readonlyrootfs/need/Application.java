// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;

/**
 * What decides whether, and where, a library writes.
 *
 * @param settings what the application is configured with
 * @param code what its classes use
 */
public record Application(ContainerContext container, ApplicationSettings settings, ApplicationCode code) {

    /** A variable of the environment. */
    public Value<String> variable(String name) {
        return container.environment().get(name);
    }

    /** A system property of the container's JVM; unknown where several JVMs have it differently. */
    public Value<String> property(String name) {
        List<Value<String>> values = container.java().jvms().stream()
                .map(jvm -> jvm.options().property(name))
                .toList();
        if (values.isEmpty()) {
            return new Value.Unknown<>("how the JVM is started is not known", location());
        }
        Value<String> first = values.get(0);
        boolean agree = values.stream().allMatch(value -> value.known().equals(first.known()));
        return agree ? first : new Value.Unknown<>("the container starts several JVMs, which differ in it", location());
    }

    private Location location() {
        return container.definition().metadata().nameLocation();
    }

    /** How the project is packaged; nothing where the image is built from none. */
    public String packaging() {
        return container.project().map(ProjectFacts::packaging).orElse("");
    }

    /** Whether the application is started by itself, and not by a servlet container that finds its war. */
    public Answer startsItself() {
        return container.startsItself();
    }

    /** Whether a program is started with a word. */
    public Answer starts(String wanted) {
        boolean found = container.start().commands().stream()
                .flatMap(command -> command.words().stream())
                .anyMatch(word -> word.is(wanted));
        if (found) {
            return Answer.YES;
        }
        List<String> gaps = container.start().gaps();
        return gaps.isEmpty() ? Answer.NO : Answer.unknown(gaps.get(0));
    }
}
