// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.engine.MountTable.End;
import io.github.readonlyrootfs.runtime.engine.MountTable.Walk;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Optional;

/** The file that the engine starts, if the command names it by a path. */
record StartedFile(ContainerPath path, Location location) {

    private static final int EXECUTE = 0111;

    static Optional<StartedFile> of(
            ContainerDefinition definition, Image image, Optional<WorkingDirectory> workingDirectory) {
        ContainerPath from = workingDirectory.map(WorkingDirectory::path).orElse(ContainerPath.ROOT);
        return StartCommand.program(definition, image)
                .filter(program -> program.value().contains("/"))
                .map(program -> new StartedFile(from.resolve(program.value()), program.location()));
    }

    /**
     * Measured: not even root can start a file that nobody may execute. Only what the Dockerfile writes or unpacks certainly has its
     * mode: a file of the build context may have another one where the image is built.
     */
    Optional<StartFailure> refusal(MountTable table) {
        Walk walk = table.walk(path);
        boolean written = walk.end() == End.FILE && walk.last().content() instanceof FileContent.Written;
        Integer mode = written ? walk.last().ownership().mode() : null;
        return mode != null && (mode & EXECUTE) == 0
                ? Optional.of(new StartFailure(new StartProblem.NotExecutable(path, mode), location, Optional.of(path)))
                : Optional.empty();
    }
}
