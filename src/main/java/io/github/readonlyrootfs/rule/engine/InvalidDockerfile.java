// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The builder would reject the Dockerfile, or it cannot be read at all. */
public final class InvalidDockerfile implements DockerfileRule {

    @Override
    public void check(Analysis analysis, Set<Location> spokenOf, Consumer<Finding> findings) {
        List<Problem> problems = new ArrayList<>(analysis.dockerfileProblems());
        for (ImageBuild build : analysis.builds()) {
            problems.addAll(build.diagnostics().problems());
        }
        for (Problem problem : problems) {
            findings.accept(finding(problem));
        }
    }
}
