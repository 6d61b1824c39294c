// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

/** Commands that make and change users and groups. */
final class RandomAccounts {
    private final Pick pick;
    private final Sketch image;
    private final RandomNames names;

    RandomAccounts(Pick pick, Sketch image, RandomNames names) {
        this.pick = pick;
        this.image = image;
        this.names = names;
    }

    String command() {
        if (pick.chance(30)) {
            return group();
        }
        if (!image.users.isEmpty() && pick.chance(20)) {
            return changed();
        }
        return image.debian12 && pick.chance(40) ? adduser() : useradd();
    }

    private String group() {
        String option = pick.one("", "", "-r ", "--system ", "-g " + id() + " ", "--gid " + id() + " ", "-f ");
        return (image.debian12 && option.isEmpty() && pick.chance(30) ? "addgroup --quiet " : "groupadd " + option)
                + names.newGroup(image);
    }

    private String useradd() {
        StringBuilder text = new StringBuilder("useradd ");
        boolean ownGroup = true;
        if (pick.chance(30)) {
            text.append(pick.one("-r ", "--system "));
        }
        if (pick.chance(50)) {
            text.append(pick.one("-u ", "--uid ", "--uid=")).append(id()).append(' ');
        }
        if (pick.chance(30)) {
            text.append(pick.one("-g ", "--gid ")).append(existingGroup()).append(' ');
            ownGroup = false;
        } else if (pick.chance(15)) {
            text.append("-N ");
            ownGroup = false;
        }
        if (pick.chance(20)) {
            text.append("-G ").append(existingGroup()).append(' ');
        }
        String home = "";
        if (pick.chance(25)) {
            home = names.fresh(image);
            text.append(pick.one("-d ", "--home-dir ")).append(home).append(' ');
        }
        boolean makesHome = pick.chance(55);
        text.append(makesHome ? pick.one("-m ", "--create-home ") : pick.one("", "-M ", "--no-create-home "));
        text.append(pick.one("", "-s /bin/bash ", "--shell /usr/sbin/nologin ", "-c 'a user' "));
        String name = names.newUser(image);
        if (ownGroup) {
            image.groups.add(name);
        }
        if (makesHome) {
            image.made(home.isEmpty() ? "/home/" + name : home, name);
        }
        return text + name;
    }

    private String adduser() {
        String name = names.newUser(image);
        if (pick.chance(50)) {
            boolean group = pick.chance(50);
            if (group) {
                image.groups.add(name);
            }
            return "adduser --system " + (group ? "--group " : "") + pick.one("", "--no-create-home ", "--home /srv/h ")
                    + name;
        }
        image.groups.add(name);
        image.made("/home/" + name, name);
        return "adduser --disabled-password --gecos '' " + pick.one("", "--uid " + id() + " ") + name;
    }

    private String changed() {
        String name = pick.of(image.users);
        return pick.one(
                "usermod -aG " + existingGroup() + " " + name,
                "usermod -u " + id() + " " + name,
                "usermod -g " + existingGroup() + " " + name,
                "usermod -d " + names.fresh(image) + " " + name,
                "usermod --append --groups " + existingGroup() + " " + name,
                "usermod -G " + existingGroup() + ",users " + name,
                "usermod -s /bin/sh -c 'no one' " + name,
                "usermod -m -d " + names.fresh(image) + " " + name,
                "groupmod -g " + id() + " " + pick.one("staff", "users"));
    }

    private String existingGroup() {
        return image.groups.isEmpty() ? pick.one("users", "staff", "0", "www-data") : pick.of(image.groups);
    }

    private String id() {
        if (!image.ids.isEmpty() && pick.chance(60)) {
            return pick.one("$%s", "\"${%s}\"").formatted(pick.of(image.ids.keySet()));
        }
        return String.valueOf(pick.between(1000, 4999));
    }
}
