// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Environment;
import io.github.readonlyrootfs.start.JavaVersion;
import io.github.readonlyrootfs.start.Jvm;
import io.github.readonlyrootfs.start.JvmOptions;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.start.StartContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The directories of a JVM.
 *
 * @param jvms the JVMs that the container starts, as far as the files show
 * @param temporary {@code java.io.tmpdir}: {@code /tmp} unless an option sets it; {@code TMPDIR} is ignored
 * @param home {@code user.home}: the home in the image's /etc/passwd unless an option sets it
 * @param current {@code user.dir}: the directory that the JVM is started in
 * @param assumption that these paths depend on, such as {@code , unless an environment file sets JVM options}, to be appended
 *     to a clause; empty for none
 */
public record JavaDirectories(
        List<Jvm> jvms,
        Value<ContainerPath> temporary,
        Value<ContainerPath> home,
        Value<ContainerPath> current,
        String assumption) {

    private static final ContainerPath DEFAULT_TEMPORARY = ContainerPath.of("/tmp");

    /**
     * From this version on, HOME is the home of a user that has no entry in /etc/passwd, or whose home there is a single character
     * such as {@code /}.
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
            // The unknown start may set options.
            String gap = start.gaps().isEmpty()
                    ? "how the JVM is started is not known"
                    : start.gaps().get(0).reason();
            options.add(JvmOptions.of(environment, true, List.of(JvmOptions.Part.unknown(gap, location))));
        }
        Value<ContainerPath> current =
                common(jvms.isEmpty() ? List.of(context.directories().workdir()) : started);
        Optional<String> setter =
                (jvms.isEmpty() ? environment : jvms.get(0).command().environment()).unseenSetter("_JAVA_OPTIONS");
        return new JavaDirectories(
                jvms,
                directory(options, "java.io.tmpdir", current, new Value.Known<>(DEFAULT_TEMPORARY, location)),
                directory(options, "user.home", current, userHome(context, user(jvms, context), current)),
                directory(options, "user.dir", current, current),
                setter.isPresent() ? ", unless " + setter.get() + " sets JVM options" : "");
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
        return written.isAbsent() ? otherwise : Text.resolve(written, current);
    }

    /** The value that all have; unknown if they differ. */
    private static Value<ContainerPath> common(List<Value<ContainerPath>> values) {
        Value<ContainerPath> first = values.get(0);
        Set<Optional<ContainerPath>> different = new HashSet<>();
        for (Value<ContainerPath> value : values) {
            different.add(value.known());
        }
        return different.size() == 1
                ? first
                : new Value.Unknown<>(
                        "the container starts several JVMs with different directories",
                        first.where().or(() -> values.get(1).where()).orElseThrow());
    }

    /** The user of the JVMs. */
    private static Value<String> user(List<Jvm> jvms, StartContext context) {
        for (Jvm jvm : jvms) {
            Value<String> user = jvm.command().writer().user();
            if (!user.isAbsent()) {
                return user;
            }
        }
        return context.container().process().user().or(context.image().config().user());
    }

    /** The value of {@code user.home} that the JVM determines. */
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
        // Without an entry, the engine sets HOME to /, and older JVMs use a question mark as the home.
        return version.getAsInt() >= HOME_FROM_ENVIRONMENT
                ? new Value.Known<>(ContainerPath.ROOT, location)
                : Text.of("?").resolve(current, location);
    }
}
