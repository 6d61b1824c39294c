// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of building one target of a Dockerfile.
 *
 * @param target the name of the stage, if it has one
 * @param effort how many steps it took to find that out, see {@link io.github.readonlyrootfs.source.Effort}
 */
public record ImageBuild(
        SourceFile dockerfile,
        Optional<String> target,
        Image image,
        Chain chain,
        Diagnostics diagnostics,
        long effort) {

    /**
     * The stages that the target is built from, and its own.
     *
     * @param stages their indexes
     * @param steps their instructions, first to last
     * @param copied what COPY and ADD bring into them
     * @param context what they and the stages that they copy from read of the build context, by its name there
     */
    public record Chain(List<Integer> stages, List<Step> steps, List<Copied> copied, Map<String, TreeNode> context) {

        /** For a file without a stage to build. */
        public static final Chain NONE = new Chain(List.of(), List.of(), List.of(), Map.of());
    }

    /**
     * Problems of the Dockerfile, and lines that may not do what its author expects.
     *
     * @param problems why the builder would reject the file
     * @param unresolved variables in VOLUME, USER and WORKDIR that have no value
     * @param otherVolumes VOLUMEs of stages that the target is not built from
     * @param lateChanges RUN lines whose changes the classic builder loses
     */
    public record Diagnostics(
            List<Problem> problems,
            List<UnresolvedVariable> unresolved,
            List<OtherVolume> otherVolumes,
            List<LateChange> lateChanges) {

        /** For a file that the builder rejects. */
        static Diagnostics rejected(List<Problem> problems) {
            return new Diagnostics(problems, List.of(), List.of(), List.of());
        }
    }

    /**
     * A variable without a value on which a path or user depends.
     *
     * @param instruction VOLUME, USER or WORKDIR
     */
    public record UnresolvedVariable(Location location, String instruction, String variable, Cause cause) {

        public enum Cause {
            /** No ARG or ENV defines it, and the base image's environment is known. */
            UNDEFINED,
            /** Only an ARG above the first FROM defines it, which is not visible in stages. */
            OUTSIDE_OF_STAGE,
            /** An ARG without default that no build argument sets. */
            ARG_WITHOUT_VALUE,
            /** {@code HOME}, which only the container's start sets. */
            HOME_AT_BUILD_TIME
        }
    }

    /**
     * A VOLUME that the target does not inherit.
     *
     * @param copiedFrom whether the target's chain has a {@code COPY --from} of that stage
     */
    public record OtherVolume(
            Location location, ContainerPath path, int stage, Optional<String> stageName, boolean copiedFrom) {}

    /** A RUN that changes what is in a VOLUME declared above it. */
    public record LateChange(Location location, ContainerPath path, Location volume) {}

    /**
     * The destination of a COPY or ADD.
     *
     * @param path the destination, or the file in it if the source's name is known
     */
    public record Copied(ContainerPath path, Location location) {}

    /**
     * An instruction.
     *
     * @param keyword in upper case
     * @param user the current USER when it runs; absent for root
     * @param directory in which it runs; empty if that is unknown
     * @param lastLine of its heredocs, if it has any
     */
    public record Step(
            Location location,
            String keyword,
            int stage,
            Value<String> user,
            Optional<ContainerPath> directory,
            int lastLine) {

        /** An instruction without heredocs. */
        public Step(
                Location location, String keyword, int stage, Value<String> user, Optional<ContainerPath> directory) {
            this(location, keyword, stage, user, directory, location.endLine());
        }
    }
}
