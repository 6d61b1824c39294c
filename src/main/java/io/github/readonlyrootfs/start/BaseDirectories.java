// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Optional;

/**
 * The directories from which relative paths of an application start.
 *
 * @param home the environment's HOME, else the home in the image's /etc/passwd, else {@code /}, as Docker sets it
 * @param workdir the task definition's {@code workingDirectory}, else the image's WORKDIR, else {@code /}
 */
public record BaseDirectories(Value<ContainerPath> home, Value<ContainerPath> workdir) {

    public static BaseDirectories of(ContainerDefinition container, Image image, Environment environment) {
        return new BaseDirectories(home(container, image, environment), workdir(container, image));
    }

    /** Whether a text is a path in a container: absolute, or below {@code ~} or {@code .}. */
    public static boolean isPath(String written) {
        return written.startsWith("/")
                || written.equals("~")
                || written.startsWith("~/")
                || written.equals(".")
                || written.startsWith("./");
    }

    /** The absolute path for such a text; empty if the directory that it starts from is unknown. */
    public Optional<ContainerPath> resolve(String written) {
        return written.startsWith("/")
                ? Optional.of(ContainerPath.of(written))
                : base(written).known().map(directory -> directory.resolve(written.replaceFirst("^~/?", "")));
    }

    /** Why the absolute path for such a text is unknown. */
    public String unknown(String written) {
        return base(written) instanceof Value.Unknown<ContainerPath> unknown ? unknown.reason() : "it is not known";
    }

    private Value<ContainerPath> base(String written) {
        return written.startsWith("~") ? home : workdir;
    }

    /** Whether a path is in the working directory, if that is not the root, or on the way to it. */
    public boolean isAtWork(ContainerPath path) {
        return workdir.known()
                .filter(work -> !work.isRoot() && (path.isAtOrBelow(work) || work.isAtOrBelow(path)))
                .isPresent();
    }

    private static Value<ContainerPath> workdir(ContainerDefinition container, Image image) {
        Value<String> set = container.process().workingDirectory();
        if (!set.isAbsent()) {
            return set.map(ContainerPath::of);
        }
        Value<ContainerPath> ofImage = image.config().workdir();
        if (!ofImage.isAbsent()) {
            return ofImage;
        }
        Location location = container.metadata().nameLocation();
        return image.config().complete()
                ? new Value.Known<>(ContainerPath.ROOT, location)
                : new Value.Unknown<>(
                        "base image " + image.base() + " may set WORKDIR: its configuration is not known", location);
    }

    private static Value<ContainerPath> home(ContainerDefinition container, Image image, Environment environment) {
        Value<String> variable = environment.get("HOME");
        return variable.isAbsent() ? homeOfUser(container, image) : variable.map(ContainerPath::of);
    }

    private static Value<ContainerPath> homeOfUser(ContainerDefinition container, Image image) {
        Value<String> chosen = container.process().user().or(image.config().user());
        Location location = chosen.where().orElse(container.metadata().nameLocation());
        if (chosen.isUnknown() || (chosen.isAbsent() && !image.config().complete())) {
            return new Value.Unknown<>("the container's user is not known", location);
        }
        UserSpec user = new UserSpec(chosen.known().orElse("root"));
        Accounts accounts = image.accounts();
        Optional<Accounts.User> account = user.account(accounts);
        if (account.isPresent()) {
            Optional<String> home = account.get().home();
            return home.isPresent()
                    ? new Value.Known<>(ContainerPath.of(home.get()), location)
                    : new Value.Unknown<>("the home of user " + account.get().name() + " is not known", location);
        }
        return user.isMissing(accounts)
                ? new Value.Known<>(ContainerPath.ROOT, location)
                : new Value.Unknown<>("the home of user " + user.user() + " is not known", location);
    }
}
