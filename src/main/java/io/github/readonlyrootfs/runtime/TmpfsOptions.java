package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code mountOptions} of a tmpfs come to. Docker starts from {@code noexec,nosuid,nodev}; of contrary options
 * the later one wins.
 *
 * @param mode null where no option sets it
 * @param uid 0 where no option sets it
 * @param gid 0 where no option sets it
 * @param rejected the option that Docker refuses, which stops the container from starting
 */
record TmpfsOptions(
        boolean readOnly, boolean noexec, @Nullable Integer mode, int uid, int gid, Optional<StartFailure> rejected) {

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

    private static final Set<String> KEYS = Set.of("mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol", "size");

    static TmpfsOptions of(Tmpfs tmpfs, ContainerPath path) {
        boolean readOnly = false;
        boolean noexec = true;
        Integer mode = null;
        int uid = 0;
        int gid = 0;
        Optional<StartFailure> rejected = Optional.empty();
        for (Located<String> option : tmpfs.mountOptions()) {
            String text = option.value();
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? "" : text.substring(equals + 1);
            switch (key) {
                case "ro" -> readOnly = true;
                case "rw" -> readOnly = false;
                case "exec" -> noexec = false;
                case "noexec", "defaults" -> noexec = key.equals("noexec") || noexec;
                case "mode" -> mode = parse(value, 8);
                case "uid" -> uid = orZero(parse(value, 10));
                case "gid" -> gid = orZero(parse(value, 10));
                default -> {
                    // The others decide nothing here; those Docker refuses are found below.
                }
            }
            boolean accepted = equals < 0 ? FLAGS.contains(key) : KEYS.contains(key);
            if (!accepted && rejected.isEmpty()) {
                rejected = Optional.of(refusal(option.location(), text, equals < 0 && KEYS.contains(key), path));
            }
        }
        return new TmpfsOptions(readOnly, noexec, mode, uid, gid, rejected);
    }

    private static StartFailure refusal(Location location, String option, boolean needsValue, ContainerPath path) {
        String help = needsValue
                ? "give it a value, such as \"" + option + "=" + (option.equals("mode") ? "1777" : "1000") + "\""
                : "remove it";
        return new StartFailure(
                "Docker rejects the tmpfs option " + option + ", so the container does not start",
                help,
                location,
                Optional.of(path));
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static @Nullable Integer parse(String digits, int radix) {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
