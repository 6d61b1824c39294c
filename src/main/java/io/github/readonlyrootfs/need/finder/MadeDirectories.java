// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Write;
import java.util.ArrayList;
import java.util.List;

/** The directories that a start command certainly creates before the main command runs; they need not be in the image. */
final class MadeDirectories {

    private MadeDirectories() {}

    /** The deepest directories; their parents are created too. */
    static List<ContainerPath> of(ContainerContext container) {
        List<ContainerPath> made = new ArrayList<>();
        for (Command command : container.start().commands()) {
            boolean makes =
                    command.program().equals("mkdir") || command.program().equals("install");
            if (command.certain() && makes) {
                for (Write write : command.writes()) {
                    if (write.createsParents() && write.path() instanceof Value.Known<ContainerPath> known) {
                        made.add(known.value());
                    }
                }
            }
        }
        return made;
    }

    /** Whether the directories that a need's paths lie in are among them. */
    static boolean holdParents(List<ContainerPath> made, Need need) {
        for (ContainerPath path : need.alternatives()) {
            if (path.isRoot() || !holdParent(made, path)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdParent(List<ContainerPath> made, ContainerPath path) {
        for (ContainerPath directory : made) {
            if (directory.isAtOrBelow(path.parent()) && !directory.equals(path)) {
                return true;
            }
        }
        return false;
    }
}
