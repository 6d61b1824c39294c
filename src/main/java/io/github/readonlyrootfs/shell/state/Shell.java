// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.VersionedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The state of a shell while its script is followed. */
public final class Shell {

    private static final int DEFAULT_UMASK = 022;

    /** Those of {@code set -o} that matter here. */
    private static final Set<String> OPTIONS =
            Set.of("errexit", "errtrace", "nounset", "pipefail", "noglob", "nullglob", "inherit_errexit", "allexport");

    private static final Map<String, String> LETTERS =
            Map.of("e", "errexit", "E", "errtrace", "f", "noglob", "u", "nounset", "a", "allexport");

    /** The most arguments that are kept; Linux accepts more. */
    private static final int MAX_ARGUMENTS = 5_000;

    private final Host host;
    private final String kind;
    private final String name;
    /** The shell whose exported variables this one was started with; null if those are the host's. */
    private final @Nullable Shell parent;

    private ShellVariables variables = ShellVariables.NONE;
    private VersionedMap<Function> functions = VersionedMap.empty();
    private @Nullable List<Field> arguments = List.of();
    private ShellDirectory directory;
    private int umask = DEFAULT_UMASK;
    private Set<String> options = Set.of();
    private Status status = Status.SUCCESS;
    /** The exit status of the last failure. */
    private int code = 1;
    /** The exit status that an {@code exit} or {@code return} names; 0 if none does. */
    private int given;

    /** The output of each {@code <(command)}, by the path that it can be read from. */
    private final Map<ContainerPath, Text> processes;

    private Traps traps = Traps.NONE;
    /** How background commands end; null if there are none, unknown if they differ. */
    private @Nullable Status background;

    /** A function, with the script that defines it. */
    public record Function(ShellNode body, Script script) {}

    /** The state that a subshell gets a copy of; a part that is null is unknown. */
    public record Local(
            ShellVariables variables,
            VersionedMap<Function> functions,
            @Nullable List<Field> arguments,
            ShellDirectory directory,
            int umask,
            Set<String> options,
            Status status,
            Traps traps) {

        /** Whether nothing has been set, defined or changed since. */
        @SuppressWarnings("ReferenceEquality") // A map that is changed is another one.
        public boolean sameAs(Local other) {
            return variables.sameAs(other.variables)
                    && functions == other.functions
                    && Objects.equals(arguments, other.arguments)
                    && Objects.equals(directory.current(), other.directory.current())
                    && options.equals(other.options);
        }
    }

    private Shell(Host host, String kind, String name, @Nullable Shell parent, ShellDirectory directory) {
        this.host = host;
        this.kind = kind;
        this.name = name;
        this.parent = parent;
        this.directory = directory;
        this.processes = parent == null ? new HashMap<>() : parent.processes;
    }

    /**
     * A shell that has just been started.
     *
     * @param shell which one, such as {@code bash}
     * @param directory null if it cannot be determined
     */
    public static Shell start(Host host, String shell, @Nullable ContainerPath directory) {
        return new Shell(host, shell, shell, null, new ShellDirectory(directory, null));
    }

    /**
     * A shell that this one starts, perhaps as another user.
     *
     * @param shell which one
     * @param called the value of {@code $0}
     */
    public Shell child(String shell, String called, Host other) {
        Shell child = new Shell(other, shell, called, this, new ShellDirectory(directory.current(), null));
        child.umask = umask;
        return child;
    }

    /** This shell with its commands run by another user. */
    public Shell as(Host other) {
        Shell shell = new Shell(other, kind, name, parent, directory);
        shell.processes.putAll(processes);
        shell.restore(local());
        return shell;
    }

    public Host host() {
        return host;
    }

    /** Whether {@code .} passes arguments to its script; unknown for sh, which may be any shell. */
    public Truth sourcesWithArguments() {
        return switch (kind) {
            case "sh" -> Truth.UNKNOWN;
            case "dash" -> Truth.FALSE;
            default -> Truth.TRUE;
        };
    }

    public boolean isBash() {
        return kind.equals("bash") || kind.equals("zsh");
    }

    /** The value of {@code $0}. */
    public String name() {
        return name;
    }

    public Local local() {
        return new Local(variables, functions, arguments, directory, umask, options, status, traps);
    }

    public void restore(Local local) {
        variables = local.variables;
        functions = local.functions;
        arguments = local.arguments;
        directory = local.directory;
        umask = local.umask;
        options = local.options;
        status = local.status;
        traps = local.traps;
    }

    /** Keeps what this and the other state have in common; the rest becomes unknown. */
    public void either(Local other) {
        variables = variables.either(other.variables);
        arguments = Objects.equals(arguments, other.arguments) ? arguments : null;
        directory = directory.either(other.directory);
        Set<String> both = new TreeSet<>(options);
        both.retainAll(other.options);
        options = both;
        status = status == other.status ? status : Status.UNKNOWN;
        traps = traps.either(other.traps);
    }

    /** The value of a variable, and what else is known of it. */
    public ShellVariable lookup(String variable) {
        ShellVariable own = variables.known().get(variable);
        if (own != null) {
            return own;
        }
        if (variable.equals("PWD")) {
            return ShellVariable.inherited(directoryText(), null);
        }
        if (variable.equals("OLDPWD")) {
            Text previous =
                    previousDirectory().map(path -> Text.of(path.toString())).orElse(Text.UNKNOWN);
            return ShellVariable.inherited(previous, null);
        }
        ShellVariable inherited = inherited(variable);
        if (inherited.value().isPresent()) {
            return inherited;
        }
        return switch (variable) {
            case "HOME" -> ShellVariable.inherited(host.home(), null);
            case "IFS" -> new ShellVariable(Optional.of(Text.of(" \t\n")), Optional.empty(), false, false, null);
            default -> variables.open() ? ShellVariable.UNKNOWN : inherited;
        };
    }

    private ShellVariable inherited(String variable) {
        if (parent == null) {
            return host.variable(variable);
        }
        ShellVariable seen = parent.lookup(variable);
        return seen.exported() ? seen : ShellVariable.UNSET;
    }

    /**
     * The exported variables that a shell and those that it was started by have set.
     *
     * @param set what the shell itself has set
     * @param parent null for a shell that no other one has started
     */
    public record Exported(
            VersionedMap<ShellVariable> set, @Nullable Exported parent) {

        public void forEach(BiConsumer<String, ShellVariable> visitor) {
            if (parent != null) {
                parent.forEach((variable, value) -> {
                    if (set.get(variable) == null) {
                        visitor.accept(variable, value);
                    }
                });
            }
            set.forEach((variable, value) -> {
                if (value.exported()) {
                    visitor.accept(variable, value);
                }
            });
        }
    }

    public Exported exported() {
        return new Exported(variables.known(), parent == null ? null : parent.exported());
    }

    public void assign(String variable, Text value, @Nullable Location location) {
        ShellVariable changed = lookup(variable).with(value, location);
        put(variable, allexport() ? changed.export() : changed);
    }

    public void put(String variable, ShellVariable value) {
        variables = variables.with(variable, value);
    }

    public void unset(String variable) {
        put(variable, ShellVariable.UNSET);
    }

    /** An unknown script may have set any variable. Those that the shell was started with stay known. */
    public void forgetVariables() {
        variables = variables.forgotten();
    }

    /** These may have been set. */
    public void forget(Set<String> names) {
        names.forEach(variable -> put(variable, ShellVariable.UNKNOWN));
    }

    @Nullable
    public Function function(String functionName) {
        return functions.get(functionName);
    }

    public void define(String functionName, Function function) {
        functions = functions.with(functionName, function);
    }

    /** The values of {@code $1} and the following; empty if unknown. */
    public Optional<List<Field>> arguments() {
        return Optional.ofNullable(arguments);
    }

    public void setArguments(@Nullable List<Field> changed) {
        arguments = changed == null || changed.size() > MAX_ARGUMENTS ? null : new ArrayList<>(changed);
    }

    public Optional<ContainerPath> directory() {
        return Optional.ofNullable(directory.current());
    }

    public Text directoryText() {
        return directory().map(path -> Text.of(path.toString())).orElse(Text.UNKNOWN);
    }

    /** Where {@code cd -} leads; empty if unknown. */
    public Optional<ContainerPath> previousDirectory() {
        return Optional.ofNullable(directory.previous());
    }

    public void changeDirectory(@Nullable ContainerPath changed) {
        directory = directory.to(changed);
    }

    public int umask() {
        return umask;
    }

    public void setUmask(int changed) {
        umask = changed;
    }

    public boolean errexit() {
        return options.contains("errexit");
    }

    /** Whether each variable that it sets is exported. */
    public boolean allexport() {
        return options.contains("allexport");
    }

    public boolean pipefail() {
        return options.contains("pipefail");
    }

    /** Whether bash keeps {@code errexit} in command substitutions. */
    public boolean inheritsErrexit() {
        return options.contains("inherit_errexit");
    }

    /** Whether a pattern without matches is left out. */
    public boolean nullglob() {
        return options.contains("nullglob");
    }

    public boolean noglob() {
        return options.contains("noglob");
    }

    /** Whether the shell ends where a variable is used that is not set. */
    public boolean nounset() {
        return options.contains("nounset");
    }

    /** Sets an option by its long name; one that does not matter here is ignored. */
    public void setOption(String option, boolean on) {
        Set<String> changed = new TreeSet<>(options);
        if (on ? OPTIONS.contains(option) && changed.add(option) : changed.remove(option)) {
            options = changed;
        }
    }

    /** Sets options by their letters, as in {@code -eu}. */
    public void setOptions(String letters, boolean on) {
        LETTERS.forEach((letter, option) -> {
            if (letters.contains(letter)) {
                setOption(option, on);
            }
        });
    }

    /** How the last command has ended. */
    public Status status() {
        return status;
    }

    public void setStatus(Status status) {
        this.status = status;
        code = given == 0 ? 1 : given;
        given = 0;
    }

    /** The exit status of the command that is about to end. */
    public void setCode(int number) {
        given = number;
    }

    /** The value of {@code $?}; empty if unknown. */
    public Optional<Text> statusText() {
        return switch (status) {
            case SUCCESS, ASSUMED_SUCCESS -> Optional.of(Text.of("0"));
            case FAILURE -> Optional.of(Text.of(code));
            case UNKNOWN -> Optional.empty();
        };
    }

    /** Makes the output of a command readable as a file, and returns its path. */
    public Text addProcess(Text printed) {
        String path = "/dev/fd/" + (63 + processes.size());
        processes.put(ContainerPath.of(path), printed);
        return Text.of(path);
    }

    /** What the process that is readable as a file has printed; empty if the file is no process. */
    public Optional<Text> printed(ContainerPath file) {
        return Optional.ofNullable(processes.get(file));
    }

    public Text content(ContainerPath file) {
        return printed(file).orElseGet(() -> host.content(file));
    }

    /** Whether a file certainly does not exist. */
    public boolean lacks(ContainerPath file) {
        return !processes.containsKey(file) && host.entry(file, true).is(EntryKind.MISSING);
    }

    /** A command runs in the background. */
    public void started(Status status) {
        background = background == null || background == status ? status : Status.UNKNOWN;
    }

    /** How {@code wait} ends for a background command. */
    public Status background() {
        return background == null ? Status.UNKNOWN : background;
    }

    /** The commands that run when the shell ends. */
    public Optional<Text> exitTrap() {
        return Optional.ofNullable(traps.exit());
    }

    public void setExitTrap(@Nullable Text commands) {
        traps = new Traps(commands, traps.error());
    }

    /** The commands that bash runs when a command fails and {@code set -e} would end the shell. */
    public Optional<Text> errorTrap() {
        return Optional.ofNullable(traps.error());
    }

    public void setErrorTrap(@Nullable Text commands) {
        traps = new Traps(traps.exit(), commands);
    }

    /** Functions and subshells do not inherit the trap for failures, except under {@code set -E}. */
    public void leaveErrorTrapBehind() {
        if (!options.contains("errtrace")) {
            setErrorTrap(null);
        }
    }

    /** The path that a word names, if that is one certain path. */
    public Optional<ContainerPath> path(Field word) {
        if (!word.isExact() || word.text().isEmpty()) {
            return Optional.empty();
        }
        if (word.text().startsWith("/")) {
            return Optional.of(ContainerPath.of(word.text()));
        }
        Optional<ContainerPath> start = directory();
        return start.isPresent() ? Optional.of(start.get().resolve(word.text())) : Optional.empty();
    }

    /** The home of the shell's user, as in {@code ~} and {@code HOME}. */
    public Text home() {
        return lookup("HOME").value().orElseGet(host::home);
    }
}
