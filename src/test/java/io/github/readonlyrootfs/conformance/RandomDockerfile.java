// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A random Dockerfile, and what is known of the image that it builds. */
final class RandomDockerfile {
    /** The build context that every case has: path and mode. */
    static final Map<String, String> CONTEXT = Map.of(
            "app.txt", "0644",
            "run.sh", "0755",
            "conf/", "0755",
            "conf/a.conf", "0600",
            "conf/sub/", "0775",
            "conf/sub/b.conf", "0664",
            "html/", "0700",
            "html/index.html", "0644");

    private final Pick pick;
    private final RandomNames names;
    private final boolean buildkit;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Sketch> stages = new LinkedHashMap<>();
    private final List<String> volumes = new ArrayList<>();
    private Sketch image = new Sketch(false);
    private boolean scratch;

    RandomDockerfile(Pick pick, boolean buildkit) {
        this.pick = pick;
        this.names = new RandomNames(pick);
        this.buildkit = buildkit;
        int count = pick.one(1, 1, 1, 2, 2, 3);
        for (int i = 0; i < count; i++) {
            stage(i, i == count - 1);
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    /** Of the target stage. */
    Sketch image() {
        return image;
    }

    /** The paths of the VOLUME instructions of all stages. */
    List<String> volumes() {
        return volumes;
    }

    private void stage(int index, boolean last) {
        from(index, last);
        int count = pick.between(last ? 4 : 2, last ? 9 : 5);
        for (int i = 0; i < count; i++) {
            lines.add(instruction());
        }
        if (last && pick.chance(80)) {
            lines.add(volume());
        }
        if (last && pick.chance(50)) {
            lines.add(user());
        }
        stages.put("s" + index, image);
    }

    private void from(int index, boolean last) {
        String name = "";
        if (index > 0 && pick.chance(30)) {
            String parent = pick.of(stages.keySet());
            image = stages.get(parent).child();
            name = parent;
        } else {
            scratch = index > 0 && last && pick.chance(12);
            boolean debian12 = pick.chance(30);
            image = new Sketch(debian12);
            name = scratch ? "scratch" : debian12 ? "debian:12" : pick.one("debian:13", "debian:13-slim");
        }
        if (index == 0 && pick.chance(15)) {
            lines.add("ARG BASE=" + name);
            name = pick.one("$BASE", "${BASE}", "${BASE:-debian:12}");
        }
        lines.add("FROM " + name + pick.one(" AS ", " as ") + "s" + index);
    }

    private String instruction() {
        int kind = pick.between(0, 29);
        if (kind <= 13 && !scratch) {
            String run = new RandomScript(pick, image, names).run(buildkit);
            return buildkit && pick.chance(10) ? run.replaceFirst("RUN ", "RUN " + mount() + " ") : run;
        }
        if (kind <= 18) {
            return copy();
        }
        if (kind <= 21) {
            return workdir();
        }
        if (kind <= 23) {
            return user();
        }
        if (kind <= 25) {
            return volume();
        }
        if (kind <= 28) {
            return variable();
        }
        if (pick.chance(50) && !scratch) {
            image.bash = true;
            return "SHELL [\"/bin/bash\", \"" + pick.one("-c", "-ec", "-euxo\", \"pipefail\", \"-c") + "\"]";
        }
        if (pick.chance(30)) {
            return "ONBUILD "
                    + pick.one("RUN mkdir -p /onbuild/a", "VOLUME /onbuild", "USER 1000", "WORKDIR /onbuild/w");
        }
        return pick.one("LABEL a=b", "EXPOSE 8080", "CMD [\"sleep\", \"1\"]", "STOPSIGNAL SIGTERM", "# a comment");
    }

    /** What a RUN mounts, and so does not leave in the image. */
    private String mount() {
        String target = pick.chance(50) ? names.made(image) + "/" + names.segment() : names.fresh(image);
        return "--mount="
                + pick.one(
                        "type=cache,target=" + target,
                        "type=cache,sharing=locked,uid=1000,mode=0770,dst=" + target,
                        "type=tmpfs,target=" + target,
                        "target=" + target,
                        "type=bind,source=conf,target=" + target,
                        "type=bind,rw,target=" + target,
                        "type=secret,id=none,target=" + target);
    }

    private String copy() {
        boolean fromStage = !stages.isEmpty() && pick.chance(60);
        String to = target();
        StringBuilder text = new StringBuilder(fromStage || pick.chance(80) ? "COPY " : "ADD ");
        String owner = "root";
        if (pick.chance(50)) {
            owner = scratch ? pick.one("1000", "2000:3000", "0:33") : chownFlag();
            text.append("--chown=").append(owner).append(' ');
        }
        if (buildkit && pick.chance(25)) {
            text.append("--chmod=")
                    .append(pick.one("0770", "755", "0644", "1777", "700"))
                    .append(' ');
        }
        if (buildkit && pick.chance(8)) {
            // The result for an existing directory depends on how the builder stores its layers.
            text.append("--link ");
            to = "/linked" + lines.size();
        }
        if (fromStage) {
            String stage = pick.of(stages.keySet());
            Sketch source = stages.get(stage);
            String path = !source.files.isEmpty() && pick.chance(15)
                    ? pick.of(source.files)
                    : !source.links.isEmpty() && pick.chance(10) ? pick.of(source.links) : names.made(source);
            text.append("--from=").append(pick.one(stage, stage.substring(1))).append(' ');
            text.append(path).append(pick.one("", "/")).append(' ').append(to);
            for (String known : source.directories.keySet()) {
                if (known.startsWith(path + "/")) {
                    image.made(absolute(to) + known.substring(path.length()), "root");
                }
            }
        } else if (buildkit && pick.chance(5)) {
            return text + "<<one.txt <<two.txt " + to + "/\n1\none.txt\n2\ntwo.txt";
        } else if (buildkit && pick.chance(12)) {
            return text + "<<EOF " + to + pick.one("", "/f.txt") + "\nhello\nEOF";
        } else {
            text.append(pick.one(
                    "app.txt " + to + "/",
                    "app.txt run.sh " + to + "/",
                    "conf " + to,
                    "conf/ " + to + "/",
                    ". " + to,
                    "conf/*.conf " + to + "/",
                    "html " + to,
                    "app.txt " + to + "/renamed.txt",
                    "conf html " + to + "/",
                    "./conf/sub " + to,
                    "[\"app.txt\", \"" + to + "/\"]"));
        }
        image.made(absolute(to), owner);
        return text.toString().replaceFirst("^(.*?) (\\[.*])$", "$1 $2");
    }

    private String chownFlag() {
        if (!image.ids.isEmpty() && pick.chance(60)) {
            return id() + pick.one("", ":0", ":" + id());
        }
        String user = names.user(image);
        boolean hasGroup = user.matches("\\d+|root|www-data|daemon") || image.groups.contains(user);
        return hasGroup && pick.chance(50) ? user : user + ":" + names.group(image);
    }

    /** A place to copy to. */
    private String target() {
        String path = pick.chance(40) ? names.made(image) : names.fresh(image);
        if (!image.workdir.equals("/") && pick.chance(20)) {
            return pick.one(".", "./" + names.segment(), names.segment());
        }
        return written(path);
    }

    private String workdir() {
        String path = pick.chance(35) ? names.made(image) : names.fresh(image);
        String text = pick.chance(20) ? names.segment() : written(path);
        image.workdir = absolute(text);
        image.made(image.workdir, image.user);
        return "WORKDIR " + text + pick.one("", "", "", "/");
    }

    private String user() {
        if (!image.ids.isEmpty() && pick.chance(60)) {
            image.user = image.ids.values().iterator().next();
            return "USER " + id() + pick.one("", ":0", ":1000");
        }
        String user =
                scratch ? pick.one("1000", "2000:3000", "0") : image.isRoot() || pick.chance(50) ? some() : "root";
        image.user = user;
        return "USER " + user;
    }

    /** A variable that holds a number of a user. */
    private String id() {
        return pick.one("$%s", "${%s}").formatted(pick.of(image.ids.keySet()));
    }

    private String some() {
        String user = names.user(image);
        return switch (pick.between(0, 4)) {
            case 0 -> user + ":" + names.group(image);
            case 1 -> pick.one("1000", "1000:1000", "1234", "1000:0");
            default -> user;
        };
    }

    private String volume() {
        String one = volumePath();
        String two = volumePath();
        return switch (pick.between(0, 9)) {
            case 0, 1 -> "VOLUME " + one + " " + two;
            case 2, 3 -> "VOLUME [\"" + one + "\"]";
            case 4 -> "VOLUME [\"" + one + "\", \"" + two + "\"]";
            case 5 -> "VOLUME [ \"" + one + "\" ,\"" + two + "\" ]";
            case 6 -> "VOLUME " + one + "/";
            case 7 ->
                pick.chance(25) ? "VOLUME ['" + one + "', '" + two + "']" : "VOLUME \\\n  " + one + " \\\n  " + two;
            default -> "VOLUME " + one;
        };
    }

    private String volumePath() {
        String path = volumeSpelling();
        volumes.add(absolute(path));
        return path;
    }

    private String volumeSpelling() {
        if (!image.links.isEmpty() && pick.chance(10)) {
            return pick.of(image.links);
        }
        return switch (pick.between(0, 19)) {
            case 0 -> names.segment();
            case 1 -> "/srv/../" + names.segment();
            case 2 -> pick.of(RandomNames.STANDARD);
            case 6, 7, 8, 9, 10, 11 -> above(names.made(image));
            case 3, 4, 5 -> names.fresh(image);
            default -> written(names.made(image));
        };
    }

    /** Its parent, unless that is a directory of the base image. */
    private static String above(String path) {
        String parent = path.substring(0, Math.max(path.lastIndexOf('/'), 1));
        return parent.equals("/") || RandomNames.isStandard(parent) ? path : parent;
    }

    private String variable() {
        if (pick.chance(25)) {
            String name = pick.one("APP_UID", "UID_GID");
            image.ids.put(name, String.valueOf(pick.between(1000, 4999)));
            return pick.one("ARG ", "ENV ") + name + "=" + image.ids.get(name);
        }
        String name = pick.one("APP_DIR", "DATA", "HOME_DIR");
        String path = pick.chance(60) ? names.made(image) : names.fresh(image);
        image.variables.put(name, path);
        return switch (pick.between(0, 4)) {
            case 0 -> "ARG " + name + "=" + path;
            case 1 -> "ENV " + name + " " + path;
            case 2 -> "ENV OTHER=1 " + name + "=\"" + path + "\"";
            default -> "ENV " + name + "=" + path;
        };
    }

    /** A path as an instruction writes it, perhaps with a variable. */
    private String written(String path) {
        for (Map.Entry<String, String> variable : image.variables.entrySet()) {
            if (Sketch.isAtOrBelow(path, variable.getValue()) && pick.chance(60)) {
                String rest = path.substring(variable.getValue().length());
                return pick.one(
                                "$" + variable.getKey(),
                                "${" + variable.getKey() + "}",
                                "${" + variable.getKey() + ":-/x}")
                        + rest;
            }
        }
        return path;
    }

    private String absolute(String written) {
        String text = written;
        for (Map.Entry<String, String> variable : image.variables.entrySet()) {
            text = text.replaceFirst(
                    "^\\$(\\{" + variable.getKey() + "(:-/x)?}|" + variable.getKey() + "(?=/|$))", variable.getValue());
        }
        if (text.equals(".")) {
            return image.workdir;
        }
        text = text.startsWith("./") ? text.substring(2) : text;
        return text.startsWith("/") ? text : (image.workdir.equals("/") ? "" : image.workdir) + "/" + text;
    }
}
