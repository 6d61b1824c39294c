// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.rule.engine.DockerfileRule;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A VOLUME, USER or WORKDIR that depends on a variable without a value. */
public final class UnresolvedVariable implements DockerfileRule {

    private static final Pattern FROM = Pattern.compile("(?im)^\\s*FROM\\s");

    @Override
    public void check(Analysis analysis, Set<Location> spokenOf, Consumer<Finding> findings) {
        for (ImageBuild build : analysis.builds()) {
            build.unresolved().stream()
                    .map(unresolved -> finding(unresolved, build).about(unresolved.variable()))
                    .forEach(findings);
        }
    }

    private Finding finding(ImageBuild.UnresolvedVariable unresolved, ImageBuild build) {
        String variable = unresolved.variable();
        int line = unresolved.location().line();
        String uses = unresolved.instruction() + " uses $" + variable + ", ";
        return switch (unresolved.cause()) {
            case UNDEFINED ->
                finding(
                        unresolved.location(),
                        uses + "which no ARG or ENV of this stage defines: the builder replaces it with nothing",
                        isGlobal(variable, build)
                                ? new DockerfileEditor(build)
                                        .insertAbove(line, "ARG " + variable)
                                        .noting("the one above FROM counts only where a stage repeats it")
                                : Remedy.advice("give it a value above line " + line + "\nARG " + variable + "="));
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

    /** Whether an ARG stands above the first FROM. */
    private static boolean isGlobal(String variable, ImageBuild build) {
        Matcher from = FROM.matcher(build.dockerfile().text());
        String above = from.find() ? build.dockerfile().text().substring(0, from.start()) : "";
        return Pattern.compile("(?im)^\\s*ARG\\s(.*\\s)?" + Pattern.quote(variable) + "(=|\\s|$)")
                .matcher(above)
                .find();
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
