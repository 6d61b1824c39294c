// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Paths, users and groups of random cases. There are few, so that lines often have the same ones. */
final class RandomNames {
    /** Directories that every Linux base has. */
    static final List<String> STANDARD = List.of(
            "/tmp", "/var/lib", "/var/cache", "/opt", "/srv", "/var/log", "/run", "/usr/local", "/home", "/mnt");

    private static final String[] TOPS = {
        "/data",
        "/srv/app",
        "/opt/app",
        "/var/lib/app",
        "/var/cache/app",
        "/var/log/app",
        "/app",
        "/work",
        "/run/app",
        "/tmp/app",
        "/var/run/svc",
        "/var/lock/app",
        "/usr/local/app",
        "/home/team",
        "/media/app",
        "/var/tmp/x"
    };
    private static final String[] SEGMENTS = {"cache", "logs", "tmp", "db", "a", "b", "x-y", "deep", "1"};

    private final Pick pick;

    RandomNames(Pick pick) {
        this.pick = pick;
    }

    /** Whether the base image needs it at its place. */
    static boolean isStandard(String path) {
        return Stream.concat(STANDARD.stream(), Stream.of("/bin", "/var/run", "/var/lock", "/var/tmp"))
                .anyMatch(known -> Sketch.isAtOrBelow(known, path));
    }

    String segment() {
        return pick.one(SEGMENTS);
    }

    /** A path that may not exist yet. */
    String fresh(Sketch image) {
        if (!image.directories.isEmpty() && pick.chance(45)) {
            return pick.of(image.directories.keySet()) + "/" + segment();
        }
        return pick.one(TOPS) + pick.one("", "", "/" + segment(), "/" + segment() + "/" + segment());
    }

    /** A directory that exists, for lines that need one before any was made. */
    String made(Sketch image) {
        return image.directories.isEmpty() ? pick.of(STANDARD.subList(0, 3)) : pick.of(image.directories.keySet());
    }

    String user(Sketch image) {
        return image.users.isEmpty() || pick.chance(35)
                ? pick.one("1000", "2000", "0", "root", "www-data", "nobody", "65534", "33", "daemon")
                : pick.of(image.users);
    }

    String group(Sketch image) {
        return image.groups.isEmpty() || pick.chance(35)
                ? pick.one("1000", "3000", "0", "root", "staff", "www-data", "users")
                : pick.of(image.groups);
    }

    /** As {@code chown} takes it. */
    String owner(Sketch image) {
        String user = user(image);
        return switch (pick.between(0, 6)) {
            case 0, 1 -> user;
            case 2 -> user.matches("\\d+") ? user + ":" + user : user + ":";
            case 3 -> ":" + group(image);
            default -> user + ":" + group(image);
        };
    }

    String newUser(Sketch image) {
        return noted(image.users, pick.one("app", "svc", "web", "runner"));
    }

    String newGroup(Sketch image) {
        return noted(image.groups, pick.one("team", "ops", "shared"));
    }

    private static String noted(Set<String> taken, String name) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + i;
        }
        return free;
    }
}
