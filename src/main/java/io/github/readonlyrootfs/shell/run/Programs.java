// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.util.Optional;

/** Where a shell finds the program of a name. */
final class Programs {

    private Programs() {}

    /** Prints the path of the first program of a name along PATH, as {@code which} and {@code command -v} do. */
    static Status which(Call call, String name) {
        Shell shell = call.shell();
        Optional<String> path = shell.lookup("PATH").value().flatMap(Text::known);
        if (name.contains("/") || path.isEmpty()) {
            call.out().addUnknown();
            return Status.UNKNOWN;
        }
        for (String directory : path.get().split(":", -1)) {
            if (!directory.startsWith("/")) {
                call.out().addUnknown();
                return Status.UNKNOWN;
            }
            ContainerPath file = ContainerPath.of(directory).resolve(name);
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
