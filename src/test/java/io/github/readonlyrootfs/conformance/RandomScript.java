// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The text of one random RUN instruction: commands that decide ownership, put together in the shapes people write. */
final class RandomScript {
    private static final String[] OCTAL = {
        "0755", "755", "0700", "750", "0770", "0775", "777", "1777", "2775", "02770", "0555", "0", "0711", "00755"
    };
    private static final String[] SYMBOLIC = {
        "g+w",
        "o-rwx",
        "u=rwx,g=rx,o=",
        "a+rwX",
        "g=u",
        "+x",
        "o+w",
        "g+s",
        "+t",
        "go=",
        "u+rwx,go-w",
        "ug+rw,o=rX",
        "=rx",
        "-w",
        "a=rx,u+w",
        "g-s"
    };

    private final Pick pick;
    private final Sketch image;
    private final RandomNames names;
    private final Map<String, String> assigned = new LinkedHashMap<>();
    private String directory;
    private boolean plain;
    private boolean bash;

    RandomScript(Pick pick, Sketch image, RandomNames names) {
        this.pick = pick;
        this.image = image;
        this.names = names;
        this.directory = image.workdir;
        this.bash = image.bash;
    }

    /** A RUN instruction. */
    String run(boolean buildkit) {
        int shape = pick.between(0, 19);
        if (shape == 0) {
            plain = true;
            return "RUN [\"" + String.join("\", \"", simple().replace("'", "").split(" +")) + "\"]";
        }
        if (shape == 1) {
            bash = pick.chance(50);
            String body = String.join(pick.one(" && ", "; "), commands());
            String shell = bash ? "bash" : "sh";
            if (body.contains("'")) {
                return "RUN " + body;
            }
            return pick.chance(50)
                    ? "RUN " + shell + " -c '" + body + "'"
                    : body.matches("(?s).*[\"$\\\\].*")
                            ? "RUN " + body
                            : "RUN [\"" + shell + "\", \"" + pick.one("-c", "-ec") + "\", \"" + body + "\"]";
        }
        if (shape <= 4 && buildkit) {
            return heredoc();
        }
        List<String> commands = commands();
        return "RUN "
                + switch (shape) {
                    case 5, 6 -> "set -" + pick.one("e", "eu", "eux", "ex") + "; " + String.join("; ", commands);
                    case 7 -> String.join("; ", commands);
                    case 8 -> "{ " + String.join("; ", commands) + "; }";
                    case 9 -> "(" + String.join(" && ", commands) + ")";
                    case 10 -> String.join("; \\\n    ", commands);
                    case 11 -> "true && (" + String.join(" && ", commands) + ") && " + outside();
                    case 12 -> "set -eux; \\\n    " + String.join("; \\\n# a comment\n    ", commands);
                    case 13 -> String.join(" \\\n && ", commands);
                    default -> String.join(pick.one(" && ", " && \\\n    "), commands);
                };
    }

    private String heredoc() {
        String mark = pick.one("EOF", "SCRIPT");
        String quote = pick.one("", "", "\"");
        String start = "RUN <<" + quote + mark + quote + "\n" + pick.one("", "set -e\n", "set -eux\n");
        String end = "\n" + mark;
        if (pick.chance(20)) {
            bash = true;
            return "RUN bash <<" + "'" + mark + "'\n" + pick.one("", "set -e\n") + String.join("\n", commands()) + end;
        }
        if (pick.chance(15)) {
            bash = true;
            return "RUN <<" + mark + "\n#!/bin/bash\n" + String.join("\n", commands()) + end;
        }
        return start + String.join("\n", commands()) + end;
    }

    /** The state after a subshell, without its directory and variables. */
    private String outside() {
        directory = image.workdir;
        assigned.clear();
        return command();
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        int count = pick.between(1, 4);
        for (int i = 0; i < count; i++) {
            commands.add(command());
        }
        return commands;
    }

    private String command() {
        if (!image.isRoot()) {
            return asUser();
        }
        return switch (pick.between(0, 43)) {
            case 0, 1, 2, 3, 4, 5 -> mkdir();
            case 6, 7, 8 -> chown();
            case 9, 10, 11 -> chmod();
            case 12, 13 -> installDirectory();
            case 14, 15 -> account();
            case 16 -> file();
            case 17 -> link();
            case 18 -> move();
            case 19, 20 -> copy();
            case 21 -> remove();
            case 22 -> cd();
            case 23 -> assign();
            case 24 -> umask();
            case 25 -> loop();
            case 26 -> condition();
            case 27 -> alternative();
            case 28 -> find();
            case 29 -> braces();
            case 30 -> asAnother();
            case 31, 32, 33, 34, 35, 37, 38, 39, 40 -> trick();
            case 36 -> "(cd " + spelled(existing()) + " && " + relative() + ")";
            default -> harmless();
        };
    }

    /** A command that needs no shell. */
    private String simple() {
        if (!image.isRoot()) {
            return "id";
        }
        return switch (pick.between(0, 3)) {
            case 0 -> mkdir();
            case 1 -> chown();
            case 2 -> chmod();
            default -> installDirectory();
        };
    }

    private String asUser() {
        List<String> own = image.own();
        if (own.isEmpty()) {
            return pick.one(harmless(), "mkdir " + names.fresh(image) + " || true");
        }
        String mine = pick.of(own);
        String child = mine + "/" + names.segment();
        return switch (pick.between(0, 11)) {
            case 7 -> "{ chmod 0777 " + spelled(anything()) + " || true; }";
            case 8 -> "{ rm -rf " + names.fresh(image) + " || true; }";
            case 9 -> "{ mkdir " + spelled(child) + " > " + spelled(anything()) + "/log || true; }";
            case 10 -> "{ chown " + names.owner(image) + " " + spelled(anything()) + " || true; }";
            case 11 -> "{ cp -r " + spelled(mine) + " " + names.fresh(image) + " || true; }";
            case 0, 1 -> {
                image.made(child, image.user);
                yield "mkdir -p " + pick.one("", "-m 0770 ") + spelled(child);
            }
            case 2 -> "chmod " + mode() + " " + spelled(mine);
            case 3 -> "touch " + spelled(child + ".txt");
            case 4 -> "umask 027";
            case 5 -> "mkdir -p " + spelled(names.fresh(image)) + " || true";
            default -> harmless();
        };
    }

    private String mkdir() {
        String path = names.fresh(image);
        String child = existing() + "/" + names.segment();
        boolean parents = image.directories.containsKey(child) || pick.chance(75);
        path = parents ? path : child;
        String option = parents ? pick.one("-p ", "-p ", "--parents ", "-pv ") : "";
        if (pick.chance(30)) {
            String mode = pick.one("0770", "1777", "700", "u=rwx,g=rwx,o=", "g+w", "2775");
            option += pick.one("-m " + mode, "-m" + mode, "--mode=" + mode, "-m '" + mode + "'") + " ";
            option = plain ? option.replace("'", "") : option;
        }
        String words = spelled(path);
        image.made(path, "root");
        if (pick.chance(30)) {
            String second = parents ? names.fresh(image) : path + "/" + names.segment();
            words += " " + spelled(second);
            image.made(second, "root");
        }
        return "mkdir " + option + words;
    }

    private String chown() {
        String path = anything();
        String owner = !plain && !image.ids.isEmpty() && pick.chance(30)
                ? "$" + pick.of(image.ids.keySet())
                : names.owner(image);
        if (pick.chance(15)) {
            return "chgrp " + pick.one("", "-R ") + names.group(image) + " " + spelled(path);
        }
        String option = pick.one("", "", "-R ", "-R ", "-h ", "-v ", "--recursive ", "--from=0 ", "--from=0:0 -R ");
        image.directories.computeIfPresent(path, (key, old) -> owner);
        String second = pick.chance(25) ? " " + spelled(anything()) : "";
        return "chown " + option + (owner.startsWith("$") ? "\"" + owner + "\"" : owner) + " " + spelled(path) + second;
    }

    private String chmod() {
        String path = anything();
        String second = pick.chance(20) ? " " + spelled(anything()) : "";
        return "chmod " + pick.one("", "", "-R ", "-v ") + mode() + " " + spelled(path) + second;
    }

    private String mode() {
        return pick.chance(60) ? pick.one(OCTAL) : pick.one(SYMBOLIC);
    }

    private String installDirectory() {
        String path = names.fresh(image);
        StringBuilder text = new StringBuilder("install -d ");
        String owner = "root";
        if (pick.chance(70)) {
            owner = names.user(image);
            text.append(pick.one("-o ", "--owner=", "-o")).append(owner).append(' ');
        }
        if (pick.chance(50)) {
            text.append(pick.one("-g ", "--group=")).append(names.group(image)).append(' ');
        }
        if (pick.chance(50)) {
            String mode = pick.one("0770", "700", "1777", "u=rwx,go=rx", "2750");
            text.append(pick.one("-m ", "--mode=", "-m")).append(mode).append(' ');
        }
        text.append(spelled(path));
        image.made(path, "root");
        image.directories.put(path, owner);
        return text.toString();
    }

    private String account() {
        return new RandomAccounts(pick, image, names).command();
    }

    private String file() {
        String path = existing() + "/" + names.segment() + ".txt";
        image.files.add(path);
        return switch (pick.between(0, 5)) {
            case 0 -> "echo hello > " + spelled(path);
            case 1 -> ": > " + spelled(path);
            case 2 -> "printf '%s' x >> " + spelled(path);
            case 3 -> "install -m 0640 -o " + names.user(image) + " /dev/null " + spelled(path);
            case 4 -> "install -D -m 664 /etc/passwd " + spelled(path);
            default -> "touch " + spelled(path);
        };
    }

    private String link() {
        String target = pick.chance(85) ? anything() : names.fresh(image);
        String link = existing() + "/" + names.segment() + "-link";
        image.links.add(link);
        String written = pick.chance(25) ? relativeTo(link, target) : target;
        return "ln " + pick.one("-s", "-sf", "-sfn", "-snf", "-s -T") + " " + written + " " + spelled(link);
    }

    private static String relativeTo(String link, String target) {
        int depth = (int) link.chars().filter(c -> c == '/').count() - 1;
        return "../".repeat(depth) + target.substring(1);
    }

    private String move() {
        String from = anything();
        String to = pick.chance(60) ? names.fresh(image) : existing();
        if (RandomNames.isStandard(from)
                || Sketch.isAtOrBelow(to, from)
                || parent(from).equals(to)
                || Sketch.isAtOrBelow(directory, from)) {
            return harmless();
        }
        boolean into = image.directories.containsKey(to);
        String prefix = into ? "" : "mkdir -p " + parent(to) + " && ";
        image.made(parent(to), "root");
        image.copied(from, into ? to + from.substring(from.lastIndexOf('/')) : to);
        image.removed(from);
        return prefix + "mv " + from + " " + to + pick.one("", into ? "/" : "");
    }

    private String copy() {
        String from = anything();
        String to = pick.chance(60) ? names.fresh(image) : existing();
        if (RandomNames.isStandard(from)
                || Sketch.isAtOrBelow(to, from)
                || parent(from).equals(to)) {
            return harmless();
        }
        boolean into = image.directories.containsKey(to);
        String prefix = into ? "" : "mkdir -p " + parent(to) + " && ";
        image.made(parent(to), "root");
        String option =
                pick.one("-a ", "-a ", "-r ", "-R ", "-rp ", "-p -r ", "--archive ", "-aT ", "-dR --preserve=mode ");
        boolean contents = image.directories.containsKey(from) && pick.chance(30);
        image.copied(from, into && !contents ? to + from.substring(from.lastIndexOf('/')) : to);
        return prefix + "cp " + option + spelled(from) + (contents ? "/." : "") + " " + spelled(to);
    }

    private String remove() {
        String path = anything();
        if (RandomNames.isStandard(path) || Sketch.isAtOrBelow(directory, path)) {
            return harmless();
        }
        if (pick.chance(25)) {
            List.copyOf(image.directories.keySet()).stream()
                    .filter(known -> known.startsWith(path + "/"))
                    .forEach(image::removed);
            return "rm -rf " + path + "/*";
        }
        image.removed(path);
        return pick.one("rm -rf ", "rm -r ", "rm -fr ", "rm -r -f ") + spelled(path);
    }

    private String cd() {
        String to = existing();
        String text = "cd " + spelled(to);
        directory = to;
        return text;
    }

    private String relative() {
        String name = names.segment();
        return pick.one(
                "mkdir -p " + name,
                "mkdir -p ./" + name + "/deep && chmod 0770 " + name,
                "install -d -o " + names.user(image) + " " + name,
                "chown " + names.owner(image) + " .",
                "chmod " + mode() + " .");
    }

    private String assign() {
        String name = pick.one("DIR", "D", "BASE");
        String value = existing();
        assigned.put(name, value);
        return pick.one("", "", "export ") + name + "=" + pick.one(value, "\"" + value + "\"", "'" + value + "'");
    }

    private String umask() {
        return "umask " + pick.one("027", "0077", "002", "0", "u=rwx,g=rwx,o=", "077");
    }

    private String loop() {
        String top = names.fresh(image);
        String one = names.segment();
        String two = names.segment();
        image.made(top + "/" + one, "root");
        image.made(top + "/" + two, "root");
        String body = pick.one(
                "mkdir -p %s/$d",
                "install -d -o " + names.user(image) + " %s/\"$d\"",
                "mkdir -p \"%s/${d}\"; chmod " + mode() + " \"%s/$d\"",
                "mkdir -p %s/$d && chown " + names.owner(image) + " %s/$d");
        return "for d in " + one + " " + two + "; do " + body.replace("%s", top) + "; done";
    }

    private String condition() {
        String path = pick.chance(60) ? anything() : names.fresh(image);
        String made = names.fresh(image);
        String test = pick.one("[ -d %s ]", "[ ! -e %s ]", "test -d %s", "[ -e %s ]", "[ -L %s ]", "[ ! -d %s ]")
                .formatted(path);
        if (pick.chance(50)) {
            return "if " + test + "; then mkdir -p " + made + "; fi";
        }
        image.made(made, "root");
        return "if " + test + "; then install -d -o 1000 " + made + "; else install -d -o 2000 " + made + "; fi";
    }

    private String alternative() {
        String path = anything();
        String fresh = names.fresh(image);
        image.made(fresh, "root");
        if (pick.chance(15)) {
            String user = names.newUser(image);
            image.groups.add(user);
            return "{ id " + user + " || useradd -u 4321 " + user + "; }";
        }
        return pick.one(
                "{ mkdir " + path + " || true; mkdir -p " + fresh + "; }",
                "{ [ -d " + path + " ] || mkdir -p " + path + "; } && mkdir -p " + fresh,
                "{ test -e " + fresh + " || mkdir -p " + fresh + "; }",
                "{ getent group staff || groupadd staff; } && mkdir -p " + fresh);
    }

    private String find() {
        String path = existing();
        if (RandomNames.isStandard(path)) {
            return harmless();
        }
        return pick.one(
                "find " + path + " -type d -exec chmod " + pick.one("0750", "g+w", "1777") + " {} +",
                "find " + path + " -exec chown " + names.owner(image) + " {} \\;",
                "find " + path + " -type f -delete",
                "find " + path + " -type d -print0 | xargs -0 chmod g+rwx");
    }

    private String braces() {
        String top = names.fresh(image);
        String one = names.segment();
        String two = names.segment();
        if (bash) {
            image.made(top + "/" + one, "root");
            image.made(top + "/" + two, "root");
        } else {
            image.made(top, "root");
        }
        String word = top + "/{" + one + "," + two + "}";
        return "mkdir -p " + word + (bash && pick.chance(40) ? " && chown " + names.owner(image) + " " + word : "");
    }

    private String asAnother() {
        if (image.users.isEmpty()) {
            return harmless();
        }
        String user = pick.of(image.users);
        String path = pick.of(image.directories.keySet().isEmpty() ? List.of("/tmp") : image.directories.keySet());
        return "{ su -s /bin/sh " + user + " -c 'mkdir -p " + path + "/" + names.segment() + "' || true; }";
    }

    /** Idioms of experienced shell users. */
    private String trick() {
        String top = names.fresh(image);
        String one = names.segment();
        String two = one + "2";
        String made = names.made(image);
        String owner = names.owner(image);
        String[] idioms = !image.debian12 && pick.chance(10)
                ? ShellIdioms.TOOLS
                : bash && pick.chance(40) ? ShellIdioms.BASH : ShellIdioms.POSIX;
        String text = pick.one(idioms);
        image.made(top + "/" + one, "root");
        image.made(top + "/" + two, "root");
        String first = one.substring(0, 1);
        return text.replace("[O-z]", "[" + first + "]")
                .replace("TOP", top)
                .replace("ONE", one)
                .replace("TWO", two)
                .replace("MADE", made)
                .replace("OWNER", owner);
    }

    private String harmless() {
        return pick.one(
                "echo done",
                "true",
                "ls -la " + existing(),
                "apt-get --version",
                "id",
                "stat " + existing(),
                "date",
                "du -sh " + existing(),
                "echo \"built in " + existing() + "\"",
                "cat /etc/os-release",
                "sleep 0");
    }

    private String existing() {
        return image.directories.isEmpty() || pick.chance(12)
                ? pick.of(RandomNames.STANDARD)
                : pick.of(image.directories.keySet());
    }

    /** A directory, sometimes a file or a link. */
    private String anything() {
        if (!image.files.isEmpty() && pick.chance(12)) {
            return pick.of(image.files);
        }
        if (!image.links.isEmpty() && pick.chance(15)) {
            return pick.of(image.links);
        }
        return names.made(image);
    }

    private String spelled(String path) {
        if (plain) {
            return path;
        }
        if (path.startsWith(directory + "/") && !directory.equals("/") && pick.chance(50)) {
            return pick.one("", "./") + path.substring(directory.length() + 1);
        }
        Map<String, String> variables = new LinkedHashMap<>(image.variables);
        variables.putAll(assigned);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (Sketch.isAtOrBelow(path, variable.getValue()) && pick.chance(70)) {
                String rest = path.substring(variable.getValue().length());
                return pick.one("$%s" + rest, "${%s}" + rest, "\"$%s" + rest + "\"", "\"${%s}\"" + rest)
                        .replace("%s", variable.getKey());
            }
        }
        return switch (pick.between(0, 19)) {
            case 0 -> "\"" + path + "\"";
            case 1 -> "'" + path + "'";
            case 2 -> path.replaceFirst("(.)/", "$1//");
            case 3 -> path.replaceFirst("(.)/", "$1/./");
            case 4 -> path.length() > 2 ? path.substring(0, 2) + "\\" + path.substring(2) : path;
            default -> path;
        };
    }

    private static String parent(String path) {
        return path.lastIndexOf('/') == 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
    }
}
