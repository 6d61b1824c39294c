// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.SearchPath;

/** Where a shell finds the program of a name. */
final class Programs {

    private Programs() {}

    /** The value of PATH; an unknown one is not absolute. */
    static SearchPath searchPath(Shell shell) {
        return SearchPath.of(shell.lookup("PATH").value().flatMap(Text::known).orElse(""));
    }

    /** Prints the path of the first program of a name along PATH, as {@code which} and {@code command -v} do. */
    static Status which(Call call, String name) {
        Shell shell = call.shell();
        SearchPath path = searchPath(shell);
        if (name.contains("/") || !path.isAbsolute()) {
            call.out().addUnknown();
            return Status.UNKNOWN;
        }
        for (ContainerPath file : path.candidates(name)) {
            FileStatus entry = shell.host().entry(file, true);
            if (entry.is(EntryKind.FILE)) {
                call.out().add(Text.of(file + "\n"));
                return Status.SUCCESS;
            }
            if (!entry.is(EntryKind.MISSING)) {
                call.out().addUnknown();
                return Status.UNKNOWN;
            }
        }
        return Status.FAILURE;
    }
}
