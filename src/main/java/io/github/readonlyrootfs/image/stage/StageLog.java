// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is reported about a stage besides its image. */
final class StageLog {

    final List<Problem> problems = new ArrayList<>();
    final List<ImageBuild.UnresolvedVariable> unresolved = new ArrayList<>();
    final List<ImageBuild.LateChange> lateChanges = new ArrayList<>();
    final List<ImageBuild.Copied> copied = new ArrayList<>();
    final List<ImageBuild.Step> steps = new ArrayList<>();

    /** What is read from the context, by its name there. */
    final Map<String, TreeNode> context = new TreeMap<>();

    void add(Optional<Problem> problem) {
        if (problem.isPresent()) {
            problems.add(problem.get());
        }
    }

    /** A path on a drive that a Windows image does not have. */
    static Problem otherDrive(Location location, String instruction) {
        return new Problem(
                location,
                instruction + " names a drive other than C:, which the image does not have",
                "name a path on C:");
    }

    /** A path that is too long for every builder: they fail with {@code file name too long}. */
    static Problem tooLong(Location location, String instruction) {
        return new Problem(
                location,
                instruction + " names a path that is too long for Linux: the build fails",
                "a path has at most 4095 bytes, and each name in it at most 255");
    }
}
