// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.CodeSetting;
import io.github.readonlyrootfs.bytecode.CodeSetting.When;
import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.partial.Hole.Variable;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds to a launch what the application's own code sets before its framework reads its settings. */
final class CodeLaunch {

    private final ContainerContext container;
    private final Launch launch;
    private final Map<String, Value<String>> properties;
    private final Map<String, Value<String>> defaults = new LinkedHashMap<>();
    private final Map<String, Value<String>> overrides = new LinkedHashMap<>();
    private final List<Value.Known<String>> arguments = new ArrayList<>();
    private final List<Value<String>> profiles = new ArrayList<>();
    private final List<Value<String>> defaultProfiles = new ArrayList<>();

    /** What the code sets, by kind and key. */
    private final Set<String> set = new HashSet<>();

    private Optional<String> computing = Optional.empty();
    private boolean replacesArguments;

    private CodeLaunch(ContainerContext container, Launch launch) {
        this.container = container;
        this.launch = launch;
        this.properties = new HashMap<>(launch.systemProperties());
    }

    static Launch of(ContainerContext container, Launch launch) {
        List<CodeSetting> settings = container.application().code().settings();
        if (settings.isEmpty()) {
            return launch;
        }
        CodeLaunch made = new CodeLaunch(container, launch);
        settings.stream().filter(setting -> setting.when() != When.LATER).forEach(made::add);
        return new Launch(
                launch.environment(),
                made.properties,
                made.replacesArguments ? made.arguments : launch.arguments(),
                launch.incomplete().or(() -> made.computing),
                new Launch.Code(made.defaults, made.overrides, made.profiles, made.defaultProfiles));
    }

    private void add(CodeSetting setting) {
        Location location = container.application().location(setting.place());
        Value<String> value = setting.when() == When.PERHAPS
                ? perhaps(setting, location)
                : evaluated(setting.value()).at(location);
        switch (setting.kind()) {
            case PROPERTY -> put(setting, value, location, properties);
            case DEFAULT -> put(setting, value, location, defaults);
            case OVERRIDE -> put(setting, value, location, overrides);
            case PROFILE -> profiles.add(value);
            case DEFAULT_PROFILE -> defaultProfiles.add(value);
            case ARGUMENT -> {
                replacesArguments = true;
                if (value instanceof Value.Known<String> known) {
                    arguments.add(known);
                } else {
                    computing = Optional.of("the code computes arguments in " + location);
                }
            }
        }
    }

    /** What a setting makes of its key where it is unknown whether the code makes it. */
    static Value<String> perhaps(CodeSetting setting, Location location) {
        return new Value.Unknown<>(setting.call() + " in " + location + " may set it", location);
    }

    private void put(CodeSetting setting, Value<String> value, Location location, Map<String, Value<String>> into) {
        Optional<String> key = evaluated(setting.key()).known();
        if (key.isEmpty()) {
            computing = Optional.of(setting.call() + " in " + location + " may set it");
            return;
        }
        Value<String> before = into.getOrDefault(key.get(), Value.absent());
        if (setting.when() == When.UNLESS_SET && !before.isAbsent()) {
            return;
        }
        boolean again = !set.add(setting.kind() + key.get());
        into.put(
                key.get(),
                again && !before.known().equals(value.known())
                        ? new Value.Unknown<>("the code sets it in several ways", location)
                        : value);
    }

    private Text evaluated(Text text) {
        return CodePath.of(text, this::value);
    }

    private Value<String> value(Variable variable) {
        return switch (variable.kind()) {
            case SYSTEM_PROPERTY -> launch.property(variable.name());
            case ENVIRONMENT_VARIABLE -> launch.variable(variable.name());
            case KEY ->
                new Value.Unknown<>(
                        "the code computes it",
                        container.definition().metadata().nameLocation());
        };
    }
}
