package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;

/** The directories that a start command certainly makes before the main command runs: they need not be in the image. */
final class MadeDirectories {

    private MadeDirectories() {}

    /** The deepest ones; those above them are made too. */
    static List<ContainerPath> of(ContainerContext container) {
        return container.start().commands().stream()
                .filter(command -> command.certain()
                        && (command.program().equals("mkdir")
                                || command.program().equals("install")))
                .flatMap(command -> FileCommands.of(command, container.image()).stream())
                .filter(FileCommands.Write::createsParents)
                .flatMap(write -> write.path().known().stream())
                .toList();
    }

    /** Whether the directories that a need's paths lie in are among them. */
    static boolean holdParents(List<ContainerPath> made, Need need) {
        return need.alternatives().stream()
                .allMatch(path -> !path.isRoot()
                        && made.stream()
                                .anyMatch(
                                        directory -> directory.isAtOrBelow(path.parent()) && !directory.equals(path)));
    }
}
