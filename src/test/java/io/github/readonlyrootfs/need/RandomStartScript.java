// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The text of a random start script: writes below {@code /v}, in the shapes that people give them, and then the main
 * command, {@code shop}. It knows the shell from POSIX and from scripts as people write them, not from what follows them.
 */
final class RandomStartScript {

    private final Random random;
    private final boolean bash;
    private int names;

    RandomStartScript(long seed, boolean bash) {
        this.random = new Random(seed);
        this.bash = bash;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        switch (random.nextInt(bash ? 5 : 4)) {
            case 0, 1 -> lines.add("set -e");
            case 2 -> lines.add("set -eu");
            case 4 -> lines.add("set -eo pipefail");
            default -> {}
        }
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            lines.add(statement());
        }
        lines.add(one("exec shop", "exec shop", "shop"));
        return String.join("\n", lines);
    }

    private String one(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private String path() {
        return one("/v/f" + names++, "/v/dir/f" + names++, "/v/file", "\"/v/g" + names++ + "\"", "/v/none/x");
    }

    private String write() {
        return one(
                "echo x > " + path(),
                "echo x >> " + path(),
                "printf x > " + path(),
                "touch " + path(),
                "mkdir -p /v/d" + names++ + "/deep",
                "mkdir /v/d" + names++,
                ": > " + path(),
                "> " + path(),
                "true > " + path(),
                "cp /etc/hosts " + path(),
                "echo a | tee " + path(),
                "{ echo a; echo b; } > " + path(),
                "(echo a) > " + path(),
                "rm /v/file",
                "mv /v/file /v/moved",
                "sed -i s/x/y/ /v/file",
                "ln -s /x /v/l" + names++,
                "dd if=/etc/hosts of=/v/f" + names++,
                "cd /v && touch rel" + names++,
                "chmod 600 /v/file",
                "export X=1 > " + path(),
                "exec 3> /v/f" + names++,
                "test -d /v/dir",
                "[ -f /v/none ]",
                "tar -C /etc -cf - hosts | tar -C /v/dir -xf -",
                "find /v -name file -exec touch {} +",
                "find /v -type f -o -name dir | xargs touch",
                "find /v/dir -maxdepth 0 -empty -delete",
                "echo /v/x" + names++ + " | xargs touch",
                "xargs -n 1 mkdir /v/d" + names++ + " < /dev/null",
                "chmod --reference=/etc/hosts /v/file",
                "chown --reference=/etc/hosts /v/file",
                "chown -R 1000:1000 /v",
                "install -d -m 0750 /v/d" + names++,
                "install -m 600 /etc/hosts " + path(),
                "cp -a /etc/hosts " + path(),
                "truncate -s 0 " + path(),
                "mkfifo /v/p" + names++,
                "echo a | tee -a " + path() + " > /dev/null",
                "rm -f /v/none/x",
                "awk \"{print \\$1}\" /v/file > " + path(),
                "sed -i s/x/y/ /v/file && grep -q y /v/file",
                "sed s/x/y/ /v/file > " + path(),
                "mktemp -p /v",
                "t=$(mktemp -d /v/t.XXXXXX) && echo x > \"$t/x\"",
                "echo x > $(mktemp /v/XXXXXX)",
                "TMPDIR=/v/dir mktemp -d",
                ". /hooks/write.sh",
                "sh /hooks/write.sh",
                "/hooks/write.sh",
                "/hooks/quiet.sh",
                "echo quiet",
                "false");
    }

    private String statement() {
        String w = write();
        String v = write();
        String f = "f" + names++;
        String shell = bash ? "bash" : "sh";
        return one(
                w,
                w,
                w + " || true",
                w + " || exit 1",
                w + " || { echo no; exit 1; }",
                w + " && echo ok",
                w + " && " + v,
                w + " || " + v,
                "if " + w + "; then echo y; fi",
                "if " + w + "; then :; else exit 3; fi",
                "if ! " + w + "; then exit 1; fi",
                "if false; then :; elif " + w + "; then echo e; else exit 2; fi",
                "( " + w + " )",
                "( " + w + "; echo in )",
                "{ " + w + "; echo in; }",
                f + "() { " + w + "; echo in; }; " + f,
                f + "() { " + w + "; }; " + f + " || true",
                f + "() { " + w + "; return 0; }; " + f + " || exit 1",
                f + "() { " + w + " || return 1; }; " + f,
                w + " | cat",
                "true | " + w,
                w + " &",
                "x=$(" + w + ")",
                "export x=$(" + w + ")",
                "echo $(" + w + ")",
                "! " + w,
                shell + " -c '" + w + "'",
                shell + " -ec '" + w + "; echo in'",
                shell + " -c '" + w + "; echo in'",
                "eval '" + w + "'",
                "for i in 1 2; do " + w + "; done",
                "case a in b) false;; a) " + w + ";; esac",
                "[ -d /v/dir ] && " + w,
                "[ -e /v/none ] || " + w,
                "[ -f /v/none ] && " + w,
                "[ ! -f /v/none ] && { " + w + "; }",
                w + "; rc=$?; [ $rc = 0 ] || exit 1",
                "while ! " + w + "; do break; done",
                "until " + w + "; do exit 1; done",
                "set +e; " + w + "; set -e",
                "trap 'echo bye' EXIT; " + w,
                "D=/v/dir; touch \"$D/x\"",
                "die() { echo no >&2; exit 1; }; " + w + " || die",
                "cat <<E > " + path() + "\ntext\nE",
                "for d in a b; do mkdir -p /v/$d; done",
                "if [ -w / ]; then echo w; fi; " + w,
                "(cd /v/dir && touch rel" + names++ + ") || true",
                "{ " + w + " || " + v + "; } && echo fine",
                "for f in /hooks/*.sh; do . \"$f\"; done",
                "for f in /hooks/*.sh; do sh \"$f\" || exit 1; done",
                "for f in /hooks/*; do [ -x \"$f\" ] && \"$f\"; done",
                "for f in /hooks/none/*.sh; do [ -e \"$f\" ] || continue; " + w + "; done",
                "find /hooks -name '*.sh' | sort | while read -r f; do sh $f; done",
                w + " 2> /dev/null",
                w + " & wait $!",
                w + " & wait",
                "(set -e; " + w + "; echo in)",
                "(" + w + ") || exit 1",
                w + " && " + v + " || exit 1",
                "! " + w + " || exit 1",
                "x=$(" + w + ") || exit 1",
                "if [ \"$(" + w + " && echo ok)\" = ok ]; then :; else exit 1; fi",
                f + "() { local x=$(" + w + "); }; " + f,
                f + "() { local x; x=$(" + w + "); echo in; }; " + f,
                "test -f /v/file && " + w + " || " + v,
                "set -- a b; for i; do touch /v/$i; done",
                "set -- -qd g" + names++ + "; while getopts qd: o; do case $o in d) touch /v/$OPTARG;; esac; done",
                bash
                        ? "n=P; P=/v/q" + names++ + "; touch \"${!n:-/v/r}\"; " + w
                        : "P=/v/file; touch \"${P:-/v/r}\"; " + w,
                "while read -r l; do touch /v/$l; done < /v/file",
                "cat /v/file | while read -r l; do touch /v/$l; done",
                "printf '%s\\n' a b | xargs -I{} touch /v/{}",
                "[ -n \"$NOSUCH\" ] || " + w,
                "umask 077; " + w,
                "case $(id -u) in 0) " + w + ";; *) :;; esac",
                "env A=b touch " + path(),
                "timeout 5 touch " + path(),
                "command touch " + path(),
                "exec 2>&1; " + w,
                "u=$(awk -F: '$1==\"nobody\"{print $3}' /etc/passwd); [ \"$u\" = 65534 ] && " + w,
                "{ " + w + "; } 2>&1 | cat",
                "sed -i s/x/quiet/ /v/file; grep -q quiet /v/file || exit 1",
                bash ? "trap 'exit 3' ERR; " + w : "trap 'exit 3' INT; " + w,
                bash ? "[[ -f /v/file ]] && " + w : "[ -f /v/file ] && " + w,
                bash
                        ? "while read -r l; do " + w + "; done < <(echo a)"
                        : "echo a | while read -r l; do " + w + "; done");
    }
}
