// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A random init container and one that waits for it: both mount one volume at {@code /v}. */
final class RandomInit {

    private static final List<String> PATHS =
            List.of("/v", "/v/x", "/v/a", "/v/a/x", "/v/b/x", "/v/f", "/v/g", "/v/c/d/x");

    private final Pick pick;
    private final String title;

    private RandomInit(long seed, int index) {
        this.pick = new Pick(seed, index);
        this.title = "init " + index + " of seed " + seed;
    }

    static String text(long seed, int index) {
        return new RandomInit(seed, index).text();
    }

    private String text() {
        boolean complete = pick.chance(30);
        boolean script = pick.chance(30);
        List<String> lines = new ArrayList<>();
        for (int i = pick.between(1, 5); i > 0; i--) {
            lines.add(pick.chance(25) ? condition() : command());
        }
        lines.add("true");
        String joined = lines.stream().collect(Collectors.joining(script ? "\n" : "; "));
        String user = pick.one("", "", "", "\"user\": \"2000\", ", "\"user\": \"app\", ");
        String command = script
                ? "\"command\": [\"/init.sh\"], "
                : "\"command\": [\"sh\", \"-c\", \"" + joined.replace("\"", "\\\"") + "\"], ";
        return "# sentence: " + title + "\nbuilder: buildkit\n--- Dockerfile\nFROM debian:13\nRUN useradd -u 1000 app\n"
                + pick.one("", "", "RUN mkdir /v\n", "RUN install -d -o 1000 /v\n", "RUN install -d -m 1777 /v/a\n")
                + "USER 1000\n--- Dockerfile init\nFROM debian:13\nRUN useradd -u 2000 app\n"
                + pick.one(
                        "",
                        "",
                        "",
                        "RUN install -d -o 2000 /v\n",
                        "RUN mkdir /v\n",
                        "RUN install -d -o 2000 /v/a && touch /v/g\n")
                + (script ? "COPY init.sh /init.sh\n" : "")
                + "--- taskdef.json\n{\"family\": \"random\", \"volumes\": [{\"name\": \"v\"}], \"containerDefinitions\": [\n"
                + "{\"name\": \"init\", \"image\": \"init:1\", \"essential\": false, \"readonlyRootFilesystem\": true, "
                + user
                + command + "\"mountPoints\": [{\"sourceVolume\": \"v\", \"containerPath\": \"/v\"}]},\n"
                + "{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\", \"readonlyRootFilesystem\": true, "
                + "\"dependsOn\": [{\"containerName\": \"init\", \"condition\": \""
                + (complete ? "COMPLETE" : "SUCCESS")
                + "\"}], \"mountPoints\": [{\"sourceVolume\": \"v\", \"containerPath\": \"/v\"}]}]}\n"
                + (script ? "--- context init.sh 0755\n#!/bin/sh\n" + joined + "\n" : "")
                + "--- paths\n" + String.join("\n", PATHS) + "\n";
    }

    private String condition() {
        return pick.one(
                "[ -d " + place() + " ] && " + command(),
                "[ -e " + place() + " ] || " + command(),
                "if [ \"$(id -u)\" = 0 ]; then " + command() + "; else " + command() + "; fi",
                command() + " && " + command(),
                command() + " || " + command(),
                "for d in a b; do mkdir -p /v/$d; done",
                "(cd " + place() + " && touch f)",
                "test -w /v && " + command(),
                "[ -z \"$(ls -A /v)\" ] && " + command());
    }

    private String command() {
        return pick.one(
                "chown " + owner() + " " + place(),
                "chown -R " + owner() + " " + place(),
                "chgrp 1000 " + place(),
                "chmod " + pick.one("777", "0700", "g+w", "o+w", "1777", "2775", "a+rwx", "u=rwx,go=") + " " + place(),
                "chmod -R " + pick.one("777", "a+rwX", "755") + " " + place(),
                "mkdir " + place(),
                "mkdir -p " + place(),
                "mkdir -m 777 " + place(),
                "install -d -o 1000 " + place(),
                "install -d -m 0777 " + place(),
                "install -o 1000 -m 600 /etc/hostname /v/g",
                "touch " + place(),
                "echo x > " + place(),
                "cp /etc/passwd " + place(),
                "cp -a /etc/skel/. " + place(),
                "rm -rf " + place(),
                "rm -rf /v/*",
                "rm -f /v/f",
                "rmdir " + place(),
                "mv /v/a /v/b",
                "ln -s /v/a /v/b",
                "umask 0",
                "cd /v",
                "mktemp -d /v/tmp.XXXX > /dev/null",
                "find /v -type d -exec chmod 755 {} +",
                "setpriv --reuid 1000 --clear-groups touch " + place());
    }

    private String owner() {
        return pick.one("1000", "app", "1000:1000", "0", "2000:0", ":1000", "app:app");
    }

    private String place() {
        return pick.one("/v", "/v", "/v", "/v/a", "/v/a", "/v/b", "/v/f", "/v/c/d");
    }
}
