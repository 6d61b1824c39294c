// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.expand.Expander;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Input;
import io.github.readonlyrootfs.shell.state.Output;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.state.Streams;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The redirections of one command: the files are opened before it runs, and its output is written to them afterwards. */
final class Redirections {

    /** A file that is open for writing, and what has been printed to it. */
    private record Opened(Field target, boolean appends, Output out) {}

    private final Expander expander;
    private final List<Opened> opened = new ArrayList<>();
    private Streams streams;

    Redirections(Expander expander, Streams streams) {
        this.expander = expander;
        this.streams = streams;
    }

    /** The streams that the command gets. */
    Streams streams() {
        return streams;
    }

    /** Opens the files in their order, and stops at one that certainly cannot be opened. */
    Status open(Call call) {
        Status status = Status.SUCCESS;
        for (ShellNode.Redirect redirect : call.redirects()) {
            Status one = redirect.writes() ? write(redirect, call) : read(redirect, call);
            if (one == Status.FAILURE) {
                close(call);
                return one;
            }
            status = one == Status.SUCCESS ? status : one;
        }
        return status;
    }

    private Status write(ShellNode.Redirect redirect, Call call) {
        Field target = expander.one(redirect.target()).at(expander.location(redirect.target()));
        if (hasNoName(target, call)) {
            return Status.FAILURE;
        }
        boolean appends =
                redirect.operator().contains(">>") || redirect.operator().equals("<>");
        Status status = expander.shell().host().open(target, call);
        if (status == Status.FAILURE) {
            return status;
        }
        Output out = new Output();
        if (redirect.takesOutput() && !redirect.operator().equals("<>")) {
            streams = streams.writing(out);
        } else {
            out.addUnknown();
        }
        opened.add(new Opened(target, appends, out));
        return status;
    }

    private Status read(ShellNode.Redirect redirect, Call call) {
        Shell shell = expander.shell();
        if (redirect.isDocument()) {
            streams = streams.reading(new Input(document(redirect, call)));
        } else if (redirect.operator().equals("<<<")) {
            streams = streams.reading(new Input(expander.text(redirect.target()).plus(Text.of("\n"))));
        } else if (redirect.operator().equals("<")) {
            Field source = expander.one(redirect.target());
            Optional<ContainerPath> path = shell.path(source);
            boolean lacking = path.isPresent() && shell.lacks(path.get());
            if (hasNoName(source, call) || (lacking && !isNeeded(call))) {
                return Status.FAILURE;
            }
            if (redirect.descriptor() <= 0) {
                streams = streams.reading(new Input(path.map(shell::content).orElse(Text.UNKNOWN)));
            }
        } else if (redirect.operator().equals(">&") && redirect.descriptor() != 2) {
            // Nothing that is followed here reads another descriptor.
            streams = streams.writing(new Output());
        }
        return Status.SUCCESS;
    }

    /** No file has the empty name that a failed substitution leaves. */
    private static boolean hasNoName(Field file, Call call) {
        return file.is("") && !isNeeded(call);
    }

    /** Whether the command is known to succeed, so that its files can be opened. */
    private static boolean isNeeded(Call call) {
        return call.must() && call.shell().host().succeeds();
    }

    private Text document(ShellNode.Redirect redirect, Call call) {
        if (!redirect.expands()) {
            return Text.of(redirect.body());
        }
        try {
            return expander.document(redirect.body(), call.location());
        } catch (ShellSyntaxException e) {
            return Text.UNKNOWN;
        }
    }

    /** Writes to the files what the command has printed. */
    void close(Call call) {
        for (Opened file : opened) {
            expander.shell().host().print(file.target, file.appends, file.out.text(), call);
        }
        opened.clear();
    }
}
