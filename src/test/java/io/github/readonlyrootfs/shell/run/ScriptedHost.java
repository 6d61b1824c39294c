// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Host;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;

/** A host with a few directories, which keeps the text that is printed to a file. */
final class ScriptedHost implements Host {

    private final Effort effort = new Effort(1_000_000);

    private Text printed = Text.EMPTY;

    /** The text that was printed last; a question mark for each unknown part. */
    String printed() {
        return printed.raw().replace(Text.HOLE, '?');
    }

    @Override
    public Effort effort() {
        return effort;
    }

    @Override
    public ShellVariable variable(String name) {
        return name.equals("PATH") ? ShellVariable.inherited(Text.of("/usr/bin:/bin"), null) : ShellVariable.UNSET;
    }

    @Override
    public Text home() {
        return Text.of("/root");
    }

    @Override
    public Text id(String what, Optional<String> user) {
        return Text.of(what.endsWith("n") ? "root" : "0");
    }

    @Override
    public Truth hasUser(String name) {
        return Truth.of(name.equals("root"));
    }

    @Override
    public Text account(String database, String key) {
        return key.equals("root") ? Text.of("root:x:0:0::/root:/bin/sh") : Text.EMPTY;
    }

    @Override
    public FileStatus entry(ContainerPath path, boolean follow) {
        boolean directory = List.of("/", "/usr", "/tmp").contains(path.toString());
        return directory
                ? new FileStatus(
                        EntryKind.DIRECTORY,
                        "",
                        0755,
                        Text.of(0),
                        Text.of("root"),
                        Text.of(0),
                        Text.of("root"),
                        Truth.UNKNOWN)
                : FileStatus.MISSING;
    }

    @Override
    public Text content(ContainerPath file) {
        return file.toString().equals("/dev/null") ? Text.EMPTY : Text.UNKNOWN;
    }

    @Override
    public Optional<ScriptFile> script(ContainerPath file, Location caller) {
        return file.toString().equals("/dev/null")
                ? Optional.of(new ScriptFile(new Script("", Place.whole(caller)), ""))
                : Optional.empty();
    }

    @Override
    public Status open(Field target, Call by) {
        return target.text().startsWith("/no/") ? Status.FAILURE : Status.SUCCESS;
    }

    @Override
    public void print(Field target, boolean appends, Text text, Call by) {
        if (target.is("/out")) {
            printed = text;
        }
    }

    @Override
    public Status run(Call call) {
        call.out().addUnknown();
        return Status.ASSUMED_SUCCESS;
    }
}
