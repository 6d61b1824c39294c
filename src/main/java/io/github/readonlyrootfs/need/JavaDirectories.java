// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.need.start.Command;
import io.github.readonlyrootfs.need.start.Environment;
import io.github.readonlyrootfs.need.start.JavaVersion;
import io.github.readonlyrootfs.need.start.Jvm;
import io.github.readonlyrootfs.need.start.JvmOptions;
import io.github.readonlyrootfs.need.start.StartCommand;
import io.github.readonlyrootfs.need.start.StartContext;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The directories that a JVM has names for.
 *
 * @param jvms the JVMs that the container starts, as far as the files say
 * @param temporary {@code java.io.tmpdir}: {@code /tmp} unless an option says otherwise; {@code TMPDIR} does not count
 * @param home {@code user.home}: the home in the image's /etc/passwd unless an option says otherwise
 * @param current {@code user.dir}: the directory that the JVM is started in
 * @param assumption what may say otherwise and is taken not to, as in {@code , unless an environment file sets JVM
 *     options}, to be appended to a clause; empty where nothing may
 */
public record JavaDirectories(
        List<Jvm> jvms,
        Value<ContainerPath> temporary,
        Value<ContainerPath> home,
        Value<ContainerPath> current,
        String assumption) {

    private static final ContainerPath DEFAULT_TEMPORARY = ContainerPath.of("/tmp");

    /**
     * From this version on, a user without an entry in /etc/passwd, or whose home there is a single character such as
     * {@code /}, is at home where HOME says.
     *
     * @see <a href="https://bugs.openjdk.org/browse/JDK-8280357">JDK-8280357</a>
     */
    private static final int HOME_FROM_ENVIRONMENT = 19;

    static JavaDirectories of(StartContext context, StartCommand start) {
        Image image = context.image();
        Environment environment = context.environment();
        List<Jvm> jvms = Jvm.of(start, image);
        List<JvmOptions> options = new ArrayList<>();
        List<Value<ContainerPath>> started = new ArrayList<>();
        for (Jvm jvm : jvms) {
            options.add(jvm.options());
            started.add(jvm.command().directory());
        }
        Location location = context.container().metadata().nameLocation();
        if (jvms.isEmpty()) {
            // Whatever starts one may give it options.
            String gap = start.gaps().isEmpty()
                    ? "how the JVM is started is not known"
                    : start.gaps().get(0);
            options.add(JvmOptions.of(environment, true, List.of(JvmOptions.Part.unknown(gap, location))));
        }
        Value<ContainerPath> current =
                common(jvms.isEmpty() ? List.of(context.directories().workdir()) : started);
        return new JavaDirectories(
                jvms,
                directory(options, "java.io.tmpdir", current, new Value.Known<>(DEFAULT_TEMPORARY, location)),
                directory(options, "user.home", current, userHome(context, user(jvms, context), current)),
                directory(options, "user.dir", current, current),
                (jvms.isEmpty() ? environment : jvms.get(0).command().environment())
                        .unseenSetter("_JAVA_OPTIONS")
                        .map(setter -> ", unless " + setter + " sets JVM options")
                        .orElse(""));
    }

    private static Value<ContainerPath> directory(
            List<JvmOptions> options, String property, Value<ContainerPath> current, Value<ContainerPath> otherwise) {
        List<Value<ContainerPath>> each = new ArrayList<>();
        for (JvmOptions of : options) {
            each.add(directory(of.property(property), current, otherwise));
        }
        return common(each);
    }

    private static Value<ContainerPath> directory(
            Value<String> written, Value<ContainerPath> current, Value<ContainerPath> otherwise) {
        return written.isAbsent()
                ? otherwise
                : written.flatMap(known -> Command.path(Argument.of(known.value(), known.location()), current));
    }

    /** What all of them agree on. */
    private static Value<ContainerPath> common(List<Value<ContainerPath>> values) {
        Value<ContainerPath> first = values.get(0);
        Set<Optional<ContainerPath>> different = new HashSet<>();
        for (Value<ContainerPath> value : values) {
            different.add(value.known());
        }
        return different.size() == 1
                ? first
                : new Value.Unknown<>(
                        "the container starts several JVMs, which have it in different places",
                        first.where().or(() -> values.get(1).where()).orElseThrow());
    }

    /** Whom the JVMs run as. */
    private static Value<String> user(List<Jvm> jvms, StartContext context) {
        for (Jvm jvm : jvms) {
            Value<String> user = jvm.command().writer().user();
            if (!user.isAbsent()) {
                return user;
            }
        }
        return context.container().process().user().or(context.image().config().user());
    }

    /** Where the JVM takes the user's home from. */
    private static Value<ContainerPath> userHome(
            StartContext context, Value<String> chosen, Value<ContainerPath> current) {
        Image image = context.image();
        Environment environment = context.environment();
        Location location = chosen.where().orElse(context.container().metadata().nameLocation());
        if (chosen.isUnknown()) {
            return new Value.Unknown<>("the container's user is not known", location);
        }
        UserSpec spec = new UserSpec(chosen.known().orElse("root"));
        Optional<Accounts.User> account = spec.account(image.accounts());
        OptionalInt version = JavaVersion.of(image, environment);
        if (account.isPresent()) {
            Accounts.User user = account.get();
            Optional<String> home = user.home();
            boolean isNone = home.isPresent() && home.get().length() < 2;
            if (isNone && !environment.get("HOME").isAbsent()) {
                return version.isEmpty()
                        ? new Value.Unknown<>("the version of Java is not known", location)
                        : version.getAsInt() < HOME_FROM_ENVIRONMENT
                                ? new Value.Known<>(ContainerPath.of(home.get()), location)
                                : directory(environment.get("HOME"), current, current);
            }
            return home.isPresent()
                    ? new Value.Known<>(ContainerPath.of(home.get()), location)
                    : new Value.Unknown<>("the home of user " + user.name() + " is not known", location);
        }
        if (!spec.isMissing(image.accounts()) || version.isEmpty()) {
            return new Value.Unknown<>("the home of the container's user is not known", location);
        }
        Value<String> variable = environment.get("HOME");
        if (version.getAsInt() >= HOME_FROM_ENVIRONMENT && !variable.isAbsent()) {
            return directory(variable, current, current);
        }
        // With no entry, the engine sets HOME to /, and the JVM of old takes a question mark for the home.
        return version.getAsInt() >= HOME_FROM_ENVIRONMENT
                ? new Value.Known<>(ContainerPath.ROOT, location)
                : Command.path(Argument.of("?", location), current);
    }
}
