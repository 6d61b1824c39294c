// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.StartProblem.OptionFault;
import io.github.readonlyrootfs.source.ContainerPath;
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
 * The effect of the {@code mountOptions} of a tmpfs. Docker starts from {@code noexec,nosuid,nodev}; of contrary options
 * the later one wins.
 *
 * @param mode null where no option sets it
 * @param owner root where no option sets it, null where an option sets it to a placeholder
 * @param group root where no option sets it, null where an option sets it to a placeholder
 * @param unknown an option whose effect is unknown: a placeholder, a mode with a placeholder, or several options in one
 *     text
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

    /** A size or a count as the kernel reads it, see memparse() in lib/cmdline.c. */
    private static final Pattern AMOUNT = Pattern.compile("(0[xX][0-9a-fA-F]+|[0-9]+)?[kKmMgGtTpPeE]?%?(?<!^)");

    /** A text that no template tool replaces. */
    private static final Pattern LITERAL = Pattern.compile("[-+]?[0-9a-z.]*");

    private static final long MAX_UNSIGNED = 0xffff_ffffL;

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
                case "mode" -> mode = mode(value);
                case "uid" -> owner = id(value);
                case "gid" -> group = id(value);
                default -> {
                    // The others decide nothing here; those Docker refuses are found below.
                }
            }
            // Any other spelling is a placeholder.
            boolean placeholder = !OPTION.matcher(text).matches();
            if (placeholder || (key.equals("mode") && equals >= 0 && mode == null)) {
                // Docker takes all options in one text, with commas between them; what ECS makes of it, AWS does not
                // say.
                boolean several = Arrays.stream(text.split(",", -1))
                        .allMatch(part -> OPTION.matcher(part).matches());
                unknown = Optional.of(new AccessReason.TmpfsOptionUnknown(option.location(), placeholder && several));
            }
            if (!placeholder && rejected.isEmpty()) {
                rejected = fault(key, equals < 0 ? null : value)
                        .map(fault -> new StartFailure(
                                new StartProblem.TmpfsOptionRejected(shown(key), fault),
                                option.location(),
                                Optional.of(path)));
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

    private static Optional<OptionFault> fault(String key, @Nullable String value) {
        if (value == null) {
            return FLAGS.contains(key)
                    ? Optional.empty()
                    : Optional.of(KEYS.contains(key) ? OptionFault.NO_VALUE : OptionFault.UNKNOWN_OPTION);
        }
        if (!KEYS.contains(key)) {
            return Optional.of(OptionFault.UNKNOWN_OPTION);
        }
        boolean number = switch (key) {
            case "mode" -> mode(value) != null;
            case "uid", "gid" -> idNumber(value) != null;
            case "mpol" -> true;
            default -> AMOUNT.matcher(value).matches();
        };
        return number || !LITERAL.matcher(value).matches() ? Optional.empty() : Optional.of(OptionFault.BAD_VALUE);
    }

    /** An unknown option may be a value that a template filled in. */
    private static String shown(String key) {
        boolean option = FOREIGN.contains(key)
                || NearestName.of(key, FLAGS).isPresent()
                || NearestName.of(key, KEYS).isPresent();
        return option ? key : PublicText.MASK;
    }

    /** Whether Docker takes an option of this name for a tmpfs. */
    static boolean isOption(String key) {
        return FLAGS.contains(key) || KEYS.contains(key);
    }

    /** What precedes {@code =}, as in {@code uid=1000}. */
    static String key(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    /** The kernel keeps the last four octal digits. */
    static @Nullable Integer mode(String digits) {
        Long number = unsigned(digits, 8);
        return number == null ? null : (int) (number & 07777);
    }

    static @Nullable UnixId id(String digits) {
        Long number = idNumber(digits);
        return number == null || number > Integer.MAX_VALUE ? null : UnixId.of(number.intValue());
    }

    /** Octal after 0 and hexadecimal after 0x, as in C; 2^32-1 is not an id. */
    private static @Nullable Long idNumber(String digits) {
        Long number = digits.startsWith("0x") || digits.startsWith("0X")
                ? unsigned(digits.substring(2), 16)
                : unsigned(digits, digits.startsWith("0") ? 8 : 10);
        return number == null || number == MAX_UNSIGNED ? null : number;
    }

    private static @Nullable Long unsigned(String digits, int radix) {
        try {
            long number = Character.isLetterOrDigit(digits.isEmpty() ? ' ' : digits.charAt(0))
                    ? Long.parseLong(digits, radix)
                    : -1;
            return number < 0 || number > MAX_UNSIGNED ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
