// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Environment;
import io.github.readonlyrootfs.start.Jvm;
import io.github.readonlyrootfs.start.StartGap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how a container starts its application: with the last JVM that certainly starts, else with the last JVM. */
final class LaunchReader {

    private final ContainerContext container;
    private final Optional<Jvm> jvm;

    private LaunchReader(ContainerContext container) {
        this.container = container;
        this.jvm = last(container.java().jvms());
    }

    private static Optional<Jvm> last(List<Jvm> jvms) {
        for (int i = jvms.size() - 1; i >= 0; i--) {
            if (jvms.get(i).certain()) {
                return Optional.of(jvms.get(i));
            }
        }
        return jvms.isEmpty() ? Optional.empty() : Optional.of(jvms.get(jvms.size() - 1));
    }

    static Launch read(ContainerContext container) {
        LaunchReader reader = new LaunchReader(container);
        return CodeLaunch.of(
                container,
                new Launch(
                        reader.environment().named(),
                        reader.systemProperties(),
                        reader.arguments(),
                        reader.incomplete()));
    }

    private Environment environment() {
        return jvm.isPresent() ? jvm.get().command().environment() : container.environment();
    }

    private Map<String, Value<String>> systemProperties() {
        Map<String, Value<String>> properties = new LinkedHashMap<>();
        properties.put("java.io.tmpdir", container.java().temporary().map(ContainerPath::toString));
        properties.put("user.home", container.java().home().map(ContainerPath::toString));
        properties.put("user.dir", container.java().current().map(ContainerPath::toString));
        for (Field option : jvm.isPresent() ? jvm.get().options().arguments() : List.<Field>of()) {
            add(option, properties);
        }
        return properties;
    }

    private static void add(Field option, Map<String, Value<String>> properties) {
        String text = option.text();
        int equals = text.indexOf('=');
        if (!text.startsWith("-D") || (equals < 0 && !option.known())) {
            return;
        }
        String key = text.substring(2, equals < 0 ? text.length() : equals);
        // The JVM's own directories are already set as absolute paths.
        boolean own = key.equals("java.io.tmpdir") || key.equals("user.home") || key.equals("user.dir");
        if (!own) {
            properties.put(
                    key,
                    option.from(equals < 0 ? text.length() : equals + 1).value().at(option.where()));
        }
    }

    private List<Value.Known<String>> arguments() {
        List<Value.Known<String>> known = new ArrayList<>();
        for (Field argument : jvm.isPresent() ? jvm.get().applicationArguments() : List.<Field>of()) {
            if (argument.known()) {
                known.add(new Value.Known<>(argument.text(), argument.where()));
            }
        }
        return known;
    }

    private Optional<String> incomplete() {
        Optional<String> variables = environment().incomplete();
        if (variables.isPresent()) {
            return variables;
        }
        if (jvm.isEmpty()) {
            List<StartGap> gaps = container.start().gaps();
            return Optional.of(
                    gaps.isEmpty()
                            ? "how the JVM is started is not known"
                            : gaps.get(0).reason());
        }
        Optional<String> options = jvm.get().options().incomplete();
        return options.isPresent() || jvm.get().command().isKnown()
                ? options
                : Optional.of("not all of the command line is known");
    }
}
