// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.text.Variables;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.BaseImage;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Journal;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SearchPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state of a stage: the image's configuration, its files, and the variables in scope. */
final class StageState implements Variables {

    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");
    private static final List<String> WINDOWS_SHELL = List.of("cmd", "/S", "/C");

    private final String base;
    private final Location from;
    private final boolean windows;
    private boolean complete;
    private boolean volumesComplete;
    private Value<String> user;
    private Value<ContainerPath> workdir;
    private Value<List<CommandWord>> entrypoint;
    private Value<List<CommandWord>> cmd;
    /** CMD was set in this stage, so a later ENTRYPOINT keeps it. */
    private boolean cmdIsOwn;

    private List<String> shell;
    private final List<Image.ImageVolume> volumes;
    private final Set<String> volumesAsWritten = new HashSet<>();
    private final Map<String, Value<String>> environment;
    private final Map<String, Value<String>> labels;
    private final Map<String, State> scope;
    private final List<Instruction> triggers = new ArrayList<>();
    private final RootFileSystem files;

    private StageState(
            String base,
            Location from,
            boolean windows,
            Image.Config config,
            List<String> shell,
            Map<String, State> scope,
            RootFileSystem files) {
        this.base = base;
        this.from = from;
        this.windows = windows;
        this.complete = config.complete();
        this.volumesComplete = config.volumes().complete();
        this.user = config.user();
        this.workdir = config.workdir();
        this.entrypoint = config.entrypoint();
        this.cmd = config.cmd();
        this.shell = shell;
        this.volumes = new ArrayList<>(config.volumes().declared());
        for (Image.ImageVolume volume : volumes) {
            volumesAsWritten.add(volume.written());
        }
        this.environment = new LinkedHashMap<>(config.environment());
        this.labels = new LinkedHashMap<>(config.labels());
        this.scope = new LinkedHashMap<>(scope);
        this.files = files;
    }

    /**
     * A stage on a published image.
     *
     * @param windows whether {@code --platform} requests the image for Windows
     * @param effort the limit for it and for all others of its build
     */
    static StageState on(BaseImage image, boolean windows, Location from, Effort effort) {
        StageState state = new StageState(
                image.reference(),
                from,
                windows,
                image.config(from),
                image.config().process().shell().orElse(windows ? WINDOWS_SHELL : DEFAULT_SHELL),
                Map.of(),
                new RootFileSystem(image.root(), image.accounts(), image.distribution(), effort));
        if (state.complete && !windows) {
            state.environment.putIfAbsent("PATH", new Value.Known<>(SearchPath.DEFAULT, from));
        }
        for (Map.Entry<String, Value<String>> variable : state.environment.entrySet()) {
            state.scope.put(variable.getKey(), state(variable.getValue()));
        }
        return state;
    }

    /** A stage on this one: it inherits everything but the ONBUILD triggers. */
    StageState child() {
        return new StageState(base, from, windows, config(), shell, scope, files.fork());
    }

    private static State state(Value<String> value) {
        if (value instanceof Value.Known<String> known) {
            return new State.Set(known.value());
        }
        return value instanceof Value.Unknown<String> unknown ? new State.Unknown(unknown.reason()) : new State.Unset();
    }

    @Override
    public State lookup(String name) {
        State state = scope.get(name);
        if (state != null) {
            return state;
        }
        return complete ? new State.Unset() : new State.Unknown("base image " + base + " may define it");
    }

    /** Whether it is an ARG without a value. */
    boolean isArgWithoutValue(String name) {
        return GlobalScope.isArgWithoutValue(scope.get(name));
    }

    /** The variable in the shell of a RUN; an ARG without a value is unknown there, since a build argument may set it. */
    ShellVariable shellVariable(String name) {
        if (isArgWithoutValue(name)) {
            return ShellVariable.withDefault();
        }
        State state = lookup(name);
        if (state instanceof State.Set set) {
            return ShellVariable.inherited(Text.of(set.value()), null);
        }
        return state instanceof State.Unset ? ShellVariable.UNSET : ShellVariable.UNKNOWN;
    }

    /** An ARG without a value does not change an ENV or an earlier ARG of its name. */
    void defineArg(String name, State value) {
        if (GlobalScope.isArgWithoutValue(value)) {
            scope.putIfAbsent(name, value);
        } else {
            scope.put(name, value);
        }
    }

    boolean hasEnvironment(String name) {
        return environment.containsKey(name);
    }

    void setEnvironment(String name, Value<String> value) {
        environment.put(name, value);
        scope.put(name, state(value));
    }

    void setLabel(String name, Value<String> value) {
        labels.put(name, value);
    }

    Value<String> user() {
        return user;
    }

    void setUser(Value<String> changed) {
        user = changed;
    }

    void setWorkdir(Value<ContainerPath> changed) {
        workdir = changed;
    }

    /** The working directory; empty if unknown. */
    Optional<ContainerPath> directory() {
        return workdir.isAbsent() ? Optional.of(ContainerPath.ROOT) : workdir.known();
    }

    void setEntrypoint(Value<List<CommandWord>> changed) {
        entrypoint = changed;
        if (!cmdIsOwn) {
            cmd = Value.absent();
        }
    }

    void setCmd(Value<List<CommandWord>> changed) {
        cmd = changed;
        cmdIsOwn = true;
    }

    /** The path in Linux notation; empty if it is on another drive than C: of a Windows image. */
    Optional<String> onSystemDrive(String written) {
        if (!windows) {
            return Optional.of(written);
        }
        String path = written.replace('\\', '/');
        if (!path.matches("[a-zA-Z]:.*")) {
            return Optional.of(path);
        }
        return path.matches("[cC]:.*") ? Optional.of(path.substring(2)) : Optional.empty();
    }

    List<String> shell() {
        return shell;
    }

    void setShell(List<String> changed) {
        shell = changed;
    }

    List<Image.ImageVolume> volumes() {
        return volumes;
    }

    void addVolume(Image.ImageVolume volume) {
        if (volumesAsWritten.add(volume.written())) {
            volumes.add(volume);
        }
    }

    /** A VOLUME with an unknown path was declared. */
    void addUnknownVolume() {
        volumesComplete = false;
    }

    /** The base certainly declares no other VOLUMEs than the known ones. */
    void setVolumesComplete() {
        volumesComplete = true;
    }

    /** Something was declared that cannot be read: there may be more volumes, variables and labels than the known ones. */
    void setIncomplete() {
        complete = false;
        volumesComplete = false;
    }

    /** Anything may have been declared. */
    void setUnknown(String reason, Location location) {
        Value.Unknown<String> unknown = new Value.Unknown<>(reason, location);
        setIncomplete();
        setUser(unknown);
        setWorkdir(unknown.as());
        setEntrypoint(unknown.as());
        setCmd(unknown.as());
    }

    List<Instruction> triggers() {
        return triggers;
    }

    RootFileSystem files() {
        return files;
    }

    /** The user and group of a RUN. */
    Identity runIdentity() {
        if (user instanceof Value.Known<String> known) {
            return new UserSpec(known.value()).identity(files.accounts());
        }
        return user.isAbsent() ? Identity.ROOT : Identity.UNKNOWN;
    }

    /** The owner that BuildKit gives the directories of a WORKDIR. */
    Identity ownerIdentity() {
        if (user instanceof Value.Known<String> known) {
            return new UserSpec(known.value()).owner(files.accounts());
        }
        return user.isAbsent() ? Identity.ROOT : Identity.UNKNOWN;
    }

    Image image() {
        Journal journal = files.journal();
        return new Image(
                base,
                from,
                config(),
                files.accounts(),
                files.tree().view(),
                journal.certainPackages(),
                Journal.paths(journal.made()),
                Journal.paths(journal.unsure()));
    }

    private Image.Config config() {
        return new Image.Config(
                complete,
                user,
                workdir,
                entrypoint,
                cmd,
                new LinkedHashMap<>(environment),
                new LinkedHashMap<>(labels),
                new Image.Volumes(List.copyOf(volumes), volumesComplete));
    }
}
