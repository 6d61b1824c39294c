package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the application in a container is started with: by the last JVM that is started in any case, else the last one. */
final class LaunchReader {

    private final ContainerContext container;
    private final Optional<Jvm> jvm;

    private LaunchReader(ContainerContext container) {
        this.container = container;
        List<Jvm> jvms = container.java().jvms();
        this.jvm = jvms.stream()
                .filter(Jvm::certain)
                .reduce((first, last) -> last)
                .or(() -> jvms.stream().reduce((first, last) -> last));
    }

    static Launch read(ContainerContext container) {
        LaunchReader reader = new LaunchReader(container);
        return new Launch(
                reader.environment().named(), reader.systemProperties(), reader.arguments(), reader.incomplete());
    }

    private Environment environment() {
        return jvm.map(it -> it.command().environment()).orElse(container.environment());
    }

    private Map<String, Value<String>> systemProperties() {
        Map<String, Value<String>> properties = new LinkedHashMap<>();
        properties.put("java.io.tmpdir", text(container.java().temporary()));
        properties.put("user.home", text(container.java().home()));
        properties.put("user.dir", text(container.java().current()));
        jvm.ifPresent(it -> it.options().arguments().forEach(option -> add(option, properties)));
        return properties;
    }

    private static void add(Argument option, Map<String, Value<String>> properties) {
        String text = option.text();
        int equals = text.indexOf('=');
        if (!text.startsWith("-D") || (equals < 0 && !option.complete())) {
            return;
        }
        String key = text.substring(2, equals < 0 ? text.length() : equals);
        // The JVM's own directories have been made absolute.
        boolean own = key.equals("java.io.tmpdir") || key.equals("user.home") || key.equals("user.dir");
        if (!own) {
            properties.put(
                    key,
                    option.complete()
                            ? new Value.Known<>(equals < 0 ? "" : text.substring(equals + 1), option.location())
                            : new Value.Unknown<>("part of " + "-D" + key + " is not known", option.location()));
        }
    }

    private static Value<String> text(Value<ContainerPath> path) {
        if (path instanceof Value.Known<ContainerPath> known) {
            return new Value.Known<>(known.value().toString(), known.location());
        }
        return path instanceof Value.Unknown<ContainerPath> unknown
                ? new Value.Unknown<>(unknown.reason(), unknown.location())
                : Value.absent();
    }

    private List<Value.Known<String>> arguments() {
        List<Value.Known<String>> known = new ArrayList<>();
        jvm.ifPresent(it -> it.applicationArguments().stream()
                .filter(Argument::complete)
                .forEach(argument -> known.add(new Value.Known<>(argument.text(), argument.location()))));
        return known;
    }

    private Optional<String> incomplete() {
        if (jvm.isEmpty()) {
            return environment()
                    .incomplete()
                    .or(() -> container.start().gaps().stream().findFirst())
                    .or(() -> Optional.of("how the JVM is started is not known"));
        }
        boolean whole = jvm.get().command().isKnown();
        return environment()
                .incomplete()
                .or(() -> jvm.get().options().incomplete())
                .or(() -> whole ? Optional.empty() : Optional.of("not all of the command line is known"));
    }
}
