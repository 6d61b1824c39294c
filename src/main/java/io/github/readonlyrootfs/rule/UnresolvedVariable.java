package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Accounts;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.ImageBuild;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A VOLUME, USER or WORKDIR that depends on a variable without a value. */
final class UnresolvedVariable implements Rule {

    private static final Pattern FROM = Pattern.compile("(?im)^\\s*FROM\\s");

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
                Finding.of(
                        this,
                        unresolved.location(),
                        uses + "which no ARG or ENV of this stage defines: the builder puts nothing in its place",
                        isGlobal(variable, build)
                                ? "put `ARG " + variable + "` above line " + line
                                        + ": the one above FROM counts only where a stage repeats it"
                                : "give it a value above line " + line + "\nARG " + variable + "=");
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
                        home(build.image())
                                .map(home -> "put `ENV HOME=" + home + "` above line " + line)
                                .orElse("write the home directory itself"));
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
        return image.user()
                .known()
                .map(user -> user.split(":", 2)[0])
                .flatMap(image.accounts()::user)
                .flatMap(Accounts.User::home);
    }
}
