// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.build;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is to be said about a stage besides its image. */
final class StageLog {

    final List<Problem> problems = new ArrayList<>();
    final List<ImageBuild.UnresolvedVariable> unresolved = new ArrayList<>();
    final List<ImageBuild.LateChange> lateChanges = new ArrayList<>();
    final List<ImageBuild.Copied> copied = new ArrayList<>();
    final List<ImageBuild.Step> steps = new ArrayList<>();

    /** What BuildKit refuses to do in a Windows image. */
    static Problem otherDrive(Location location, String instruction) {
        return new Problem(
                location,
                instruction + " names a drive other than C:, which the image does not have",
                "name a path on C:");
    }

    /** What no builder makes for its length: it says {@code file name too long}. */
    static Problem tooLong(Location location, String instruction) {
        return new Problem(
                location,
                instruction + " names a path that is too long for Linux: the build fails",
                "a path has at most 4095 bytes, and each name in it at most 255");
    }
}
