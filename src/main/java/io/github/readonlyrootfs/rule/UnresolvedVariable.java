package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Accounts;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.ImageBuild;
import java.util.Optional;
import java.util.function.Consumer;

/** A VOLUME, USER or WORKDIR that depends on a variable without a value. */
final class UnresolvedVariable implements Rule {

    @Override
    public String id() {
        return "unresolved-variable";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        for (ImageBuild build : task.builds()) {
            build.unresolved().stream()
                    .map(unresolved -> finding(unresolved, build.image()))
                    .forEach(findings);
        }
    }

    private Finding finding(ImageBuild.UnresolvedVariable unresolved, Image image) {
        String variable = unresolved.variable();
        String uses = unresolved.instruction() + " uses $" + variable + ", ";
        return switch (unresolved.cause()) {
            case UNDEFINED ->
                Finding.of(
                        this,
                        unresolved.location(),
                        uses + "which no ARG or ENV of this stage defines: the builder puts nothing in its place",
                        "declare it in this stage, above this line; an ARG above FROM has to be repeated\nARG "
                                + variable);
            case ARG_WITHOUT_VALUE ->
                Finding.of(
                        this,
                        unresolved.location(),
                        uses + "an ARG without a default that no build argument sets: what it stands for is unknown",
                        "set in buildArgs what the image is built with\n<buildArgs>\n  <" + variable + "></" + variable
                                + ">\n</buildArgs>");
            case HOME_AT_BUILD_TIME ->
                Finding.of(
                        this,
                        unresolved.location(),
                        uses + "which is not set while the image is built: the builder puts nothing in its place",
                        home(image)
                                .map(home -> "define it above this line\nENV HOME=" + home)
                                .orElse("write the home directory itself"));
        };
    }

    private static Optional<String> home(Image image) {
        return image.user()
                .known()
                .map(user -> user.split(":", 2)[0])
                .flatMap(image.accounts()::user)
                .flatMap(Accounts.User::home);
    }
}
