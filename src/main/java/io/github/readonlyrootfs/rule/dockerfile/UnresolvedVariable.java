// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.rule.engine.DockerfileRule;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A VOLUME, USER or WORKDIR that depends on a variable without a value. */
public final class UnresolvedVariable implements DockerfileRule {

    @Override
    public void check(Analysis analysis, Set<Location> spokenOf, Consumer<Finding> findings) {
        for (ImageBuild build : analysis.builds()) {
            for (ImageBuild.UnresolvedVariable unresolved : build.diagnostics().unresolved()) {
                findings.accept(finding(unresolved, build).about(unresolved.variable()));
            }
        }
    }

    private Finding finding(ImageBuild.UnresolvedVariable unresolved, ImageBuild build) {
        String variable = unresolved.variable();
        int line = unresolved.location().line();
        String uses = unresolved.instruction() + " uses $" + variable + ", ";
        String undefined = uses + "which no ARG or ENV of this stage defines: the builder replaces it with nothing";
        return switch (unresolved.cause()) {
            case UNDEFINED ->
                finding(
                        unresolved.location(),
                        undefined,
                        Remedy.advice("give it a value above line " + line + "\nARG " + variable + "="));
            case OUTSIDE_OF_STAGE ->
                finding(
                        unresolved.location(),
                        undefined,
                        new DockerfileEditor(build)
                                .insertAbove(line, "ARG " + variable)
                                .noting("an ARG above FROM has no value in a stage that does not repeat it"));
            case ARG_WITHOUT_VALUE ->
                finding(
                        unresolved.location(),
                        uses + "an ARG without a default that no build argument sets: its value is unknown",
                        Remedy.advice("set the value that the build uses in buildArgs\n<buildArgs>\n  <" + variable
                                + "></" + variable + ">\n</buildArgs>"));
            case HOME_AT_BUILD_TIME ->
                finding(
                        unresolved.location(),
                        uses + "which is not set while the image is built: the builder replaces it with nothing",
                        home(build.image())
                                .map(home -> new DockerfileEditor(build).insertAbove(line, "ENV HOME=" + home))
                                .orElseGet(() -> Remedy.advice("write the home directory itself")));
        };
    }

    private static Optional<String> home(Image image) {
        return image.config()
                .user()
                .known()
                .map(user -> user.split(":", 2)[0])
                .flatMap(image.accounts()::user)
                .flatMap(Accounts.User::home);
    }
}
