package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a shell knows while it goes through its text: variables, arguments, the working directory. */
final class Scope {

    private static final int MAX_ARGUMENTS = 5_000;

    private final Environment inherited;
    private final Value<ContainerPath> home;
    private final Map<String, Value<String>> assigned = new HashMap<>();
    private final Set<String> exported = new HashSet<>();
    private final Map<String, ShellNode> functions = new HashMap<>();
    private Value<ContainerPath> directory;
    /** Null where a condition decided about them. */
    private @Nullable List<Argument> arguments;

    private boolean stopsAtErrors;

    /**
     * A shell that has just started.
     *
     * @param arguments what {@code $1} and the following stand for
     */
    Scope(
            Environment inherited,
            Value<ContainerPath> home,
            Value<ContainerPath> directory,
            @Nullable List<Argument> arguments) {
        this.inherited = inherited;
        this.home = home;
        this.directory = directory;
        this.arguments = arguments;
    }

    /** What a variable stands for. */
    Value<String> get(String name) {
        Value<String> own = assigned.get(name);
        Value<String> value = own == null ? inherited.get(name) : own;
        if (own == null && value.isAbsent() && name.equals("HOME")) {
            return home.map(ContainerPath::toString);
        }
        return own == null && value.isAbsent() && name.equals("PWD") ? directory.map(ContainerPath::toString) : value;
    }

    /** Sets a variable; where a condition decides whether that happens, nothing is known of it any more. */
    void assign(String name, Value<String> value, boolean certain, Location location) {
        assigned.put(name, certain ? value : new Value.Unknown<>("a condition decides about its value", location));
        if (!inherited.get(name).isAbsent()) {
            exported.add(name);
        }
    }

    void export(String name) {
        exported.add(name);
    }

    /** What a program that the shell starts sees. */
    Environment environment(Map<String, Value<String>> ownAssignments) {
        Map<String, Value<String>> changed = new HashMap<>();
        for (String name : exported) {
            Value<String> value = assigned.get(name);
            if (value != null) {
                changed.put(name, value);
            }
        }
        changed.putAll(ownAssignments);
        return inherited.with(changed);
    }

    Value<ContainerPath> home() {
        return home;
    }

    Value<ContainerPath> directory() {
        return directory;
    }

    void changeDirectory(Value<ContainerPath> changed) {
        directory = changed;
    }

    Optional<List<Argument>> arguments() {
        return Optional.ofNullable(arguments);
    }

    /** What {@code set --} makes of the arguments; with more than anybody gives, they are not known any more. */
    void setArguments(@Nullable List<Argument> changed) {
        arguments = changed == null || changed.size() > MAX_ARGUMENTS ? null : List.copyOf(changed);
    }

    boolean stopsAtErrors() {
        return stopsAtErrors;
    }

    void setStopsAtErrors(boolean changed) {
        stopsAtErrors = changed;
    }

    Map<String, ShellNode> functions() {
        return functions;
    }
}
