package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is to be told about a stage beside the image it makes. */
final class StageLog {

    final List<Problem> problems = new ArrayList<>();
    final List<ImageBuild.UnresolvedVariable> unresolved = new ArrayList<>();
    final List<ImageBuild.LateChange> lateChanges = new ArrayList<>();
    final List<ImageBuild.Copied> copied = new ArrayList<>();
    final List<ImageBuild.Step> steps = new ArrayList<>();
}
