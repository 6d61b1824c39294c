package io.github.readonlyrootfs.rule;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The mount options of a tmpfs, as the Docker engine takes them. */
final class TmpfsOption {

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
            "remount",
            "mand",
            "nomand",
            "atime",
            "noatime",
            "diratime",
            "nodiratime",
            "bind",
            "rbind",
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

    /** AWS lists these among the flags, but Docker wants a value. */
    private static final Set<String> WITH_VALUE =
            Set.of("mode", "uid", "gid", "size", "nr_inodes", "nr_blocks", "mpol");

    /** What is spelled otherwise is a placeholder. */
    private static final Pattern OPTION = Pattern.compile("[A-Za-z_]+(=.*)?");

    private TmpfsOption() {}

    /** How to mend an option that Docker rejects; empty for one that it takes. */
    static Optional<String> rejection(String option) {
        if (!OPTION.matcher(option).matches()) {
            return Optional.empty();
        }
        String name = name(option);
        boolean hasValue = name.length() < option.length();
        if (hasValue ? WITH_VALUE.contains(name) : FLAGS.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (name) {
                    case "uid", "gid" -> "give it the number of the container's user\n\"" + name + "=1000\"";
                    case "mode" -> "give it the mode\n\"mode=1777\"";
                    default ->
                        WITH_VALUE.contains(name)
                                ? "write it as `" + name + "=value`, or remove it"
                                : FLAGS.contains(name) ? "write it without a value\n\"" + name + "\"" : "remove it";
                });
    }

    /** The option without its value. */
    static String name(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }
}
