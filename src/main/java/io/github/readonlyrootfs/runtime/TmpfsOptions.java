// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code mountOptions} of a tmpfs come to. Docker starts from {@code noexec,nosuid,nodev}; of contrary options
 * the later one wins.
 *
 * @param mode null where no option sets it
 * @param owner root where no option sets it, null where an option sets it to what is no number
 * @param group likewise
 * @param unknown the option because of which it cannot be told what they come to: it is a placeholder, or its mode is,
 *     or several stand in one text
 * @param rejected the option or size that the engine refuses, which stops the container from starting
 */
record TmpfsOptions(
        boolean readOnly,
        boolean noexec,
        @Nullable Integer mode,
        @Nullable UnixId owner,
        @Nullable UnixId group,
        Optional<AccessReason.TmpfsOptionUnknown> unknown,
        Optional<StartFailure> rejected) {

    private static final Set<String> FLAGS = Set.of(
            "defaults",
            "ro",
            "rw",
            "suid",
            "nosuid",
            "dev",
            "nodev",
            "exec",
            "noexec",
            "sync",
            "async",
            "dirsync",
            "mand",
            "nomand",
            "atime",
            "noatime",
            "diratime",
            "nodiratime",
            "unbindable",
            "runbindable",
            "private",
            "rprivate",
            "shared",
            "rshared",
            "slave",
            "rslave",
            "relatime",
            "norelatime",
            "strictatime",
            "nostrictatime");

    private static final Pattern OPTION = Pattern.compile("[A-Za-z_0-9]+(=[^,]*)?");

    private static final Set<String> KEYS = Set.of("mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol", "size");

    /** Options of mounts that Docker takes for no tmpfs. */
    private static final Set<String> FOREIGN = Set.of(
            "bind", "rbind", "remount", "move", "auto", "noauto", "user", "nouser", "huge", "lazytime", "nosymfollow");

    static TmpfsOptions of(Tmpfs tmpfs, ContainerPath path) {
        boolean readOnly = false;
        boolean noexec = true;
        Integer mode = null;
        UnixId owner = UnixId.ROOT;
        UnixId group = UnixId.ROOT;
        Optional<AccessReason.TmpfsOptionUnknown> unknown = Optional.empty();
        Optional<StartFailure> rejected = negative(tmpfs, path);
        for (Located<String> option : tmpfs.mountOptions()) {
            String text = option.value();
            int equals = text.indexOf('=');
            String key = key(text);
            String value = equals < 0 ? "" : text.substring(equals + 1);
            switch (key) {
                case "ro" -> readOnly = true;
                case "rw" -> readOnly = false;
                case "exec" -> noexec = false;
                case "noexec", "defaults" -> noexec = key.equals("noexec") || noexec;
                case "mode" -> mode = parse(value, 8);
                case "uid" -> owner = id(value);
                case "gid" -> group = id(value);
                default -> {
                    // The others decide nothing here; those Docker refuses are found below.
                }
            }
            // What is spelled otherwise is a placeholder.
            boolean placeholder = !OPTION.matcher(text).matches();
            if (placeholder || (key.equals("mode") && equals >= 0 && mode == null)) {
                // Docker takes all options in one text, with commas between them; what ECS makes of it, AWS does not
                // say.
                boolean several = Arrays.stream(text.split(",", -1))
                        .allMatch(part -> OPTION.matcher(part).matches());
                unknown = Optional.of(new AccessReason.TmpfsOptionUnknown(option.location(), placeholder && several));
            }
            boolean accepted = placeholder || (equals < 0 ? FLAGS.contains(key) : KEYS.contains(key));
            if (!accepted && rejected.isEmpty()) {
                rejected = Optional.of(refusal(option.location(), text, equals < 0 && KEYS.contains(key), path));
            }
        }
        return new TmpfsOptions(readOnly, noexec, mode, owner, group, unknown, rejected);
    }

    /** The kernel mounts none with a size below 0. */
    private static Optional<StartFailure> negative(Tmpfs tmpfs, ContainerPath path) {
        return tmpfs.size() instanceof Value.Known<Integer> size && size.value() < 0
                ? Optional.of(new StartFailure(
                        new StartProblem.NegativeTmpfsSize(size.value()), size.location(), Optional.of(path)))
                : Optional.empty();
    }

    private static StartFailure refusal(Location location, String option, boolean needsValue, ContainerPath path) {
        return new StartFailure(
                new StartProblem.TmpfsOptionRejected(shown(key(option)), needsValue), location, Optional.of(path));
    }

    /** What nobody takes for an option may be a value that a template filled in. */
    private static String shown(String key) {
        boolean option = FOREIGN.contains(key)
                || NearestName.of(key, FLAGS).isPresent()
                || NearestName.of(key, KEYS).isPresent();
        return option ? key : PublicText.MASK;
    }

    private static String key(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    private static @Nullable UnixId id(String digits) {
        Integer number = parse(digits, 10);
        return number == null ? null : UnixId.numbered(number);
    }

    static @Nullable Integer parse(String digits, int radix) {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
