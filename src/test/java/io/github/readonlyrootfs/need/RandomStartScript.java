// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.conformance.Pick;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a random start script, which is called with {@code shop}: writes below {@code /v} and {@code /w}, in the shapes that
 * people give them, and then the main command, {@code shop}. It knows the shell from POSIX and from scripts as people write them,
 * such as those of the official images, not from what follows them.
 */
final class RandomStartScript {

    private final Pick pick;
    private final boolean bash;
    private int names;

    RandomStartScript(long seed, int index, boolean bash) {
        this.pick = new Pick(seed, index);
        this.bash = bash;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(pick.one(
                "", "", "set -e", "set -e", "set -eu", bash ? "set -eo pipefail" : "set -o errexit -o nounset"));
        lines.add(pick.chance(15) ? arguments() : "");
        int count = pick.between(1, 3);
        for (int i = 0; i < count; i++) {
            lines.add(pick.chance(30) ? idiom() : statement());
        }
        lines.add(pick.one("exec shop", "exec shop", "shop", "exec \"$@\"", "exec \"$@\"", "\"$@\"", "shop & wait $!"));
        lines.removeIf(String::isEmpty);
        return String.join("\n", lines);
    }

    private String path() {
        return pick.one("/v/f" + names++, "/v/dir/f" + names++, "/v/file", "\"/v/g" + names++ + "\"", "/v/none/x");
    }

    /** A command that mostly writes. */
    private String write() {
        String text = pick.chance(25) ? tool() : command();
        return pick.chance(50) ? text : elsewhere(text);
    }

    /** The same in the other directory. */
    private static String elsewhere(String text) {
        return text.replaceAll("/v(?=[/ ;)]|$)", "/w");
    }

    private String command() {
        return pick.one(
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

    /** Commands of which a start knows whether they write: what is there already, conditions, and programs that are not as usual. */
    private String tool() {
        return pick.one(
                "mkdir -p /v/dir",
                "ln -sf /x /v/l" + names++,
                "ln -sfn /x /v/dir/l" + names++,
                "cp -n /etc/hosts /v/file",
                "cp -f /etc/hosts /v/file",
                "cp -r /hooks /v/dir/h" + names++,
                "mv -f /v/file /v/dir/",
                "rm -rf /v/none",
                "rm -f /v/*.pid",
                "rm -rf /v/dir/*",
                "rm -f /v/file /v/none",
                "rmdir /v/dir",
                "grep -q x /v/file",
                "grep -q nosuch /v/file || echo y >> /v/file",
                "echo a | tee /v/t" + names++ + " /v/u" + names + " > /dev/null",
                "sed -e s/x/y/ /v/file > /v/file.tmp && mv /v/file.tmp /v/file",
                "sed s/x/y/ /v/file | tee " + path(),
                "sed -n 1p /v/file",
                "sed -i.bak -e s/x/y/ /v/file",
                "cat /v/file",
                "cat /etc/hosts /v/file > " + path(),
                "env | sort > " + path(),
                "date > " + path(),
                "printf '%s\\n' \"$@\" > " + path(),
                "head -c 8 /dev/zero > " + path(),
                "tr a-z A-Z < /v/file > " + path(),
                "echo eA== | base64 -d > " + path(),
                "nice -n 1 touch " + path(),
                "nohup touch " + path(),
                "setsid -w touch " + path(),
                "touch -c /v/none",
                "[ -w /v ]",
                "[ -w /v/file ]",
                "test -w /v/dir",
                "[ -r /v/file ]",
                "[ -s /v/file ]",
                "[ -x /hooks/write.sh ]",
                "[ -z \"$(ls -A /v/dir)\" ]",
                "[ \"$(cat /v/file)\" = x ]",
                "chmod g+w /v/dir",
                "chown root /v/file",
                "chgrp -R 0 /v/dir",
                "find /v \\! -user 1000 -exec chown 1000 '{}' +",
                "find /v/dir -type f -exec chmod 600 {} \\;",
                "find /v -name none -delete",
                "cp --parents /etc/hosts /v/dir",
                "install -D -m 644 /etc/hosts /v/dir/i" + names++ + "/hosts",
                "gzip -kf /v/file",
                "gzip -c /v/file > " + path(),
                "bzip2 -kf /v/file",
                "tar -cf /v/t" + names++ + ".tar -C /etc hosts",
                "tar czf /v/t" + names++ + ".tgz /etc/hosts",
                "git init -q /v/r" + names++,
                "git config --file /v/g" + names++ + " a.b c",
                "sort -o /v/s" + names++ + " /v/file",
                "uniq /v/file /v/u" + names++,
                "sqlite3 /v/db" + names++ + " \"create table t (x)\"",
                "zip -q /v/z" + names++ + ".zip /etc/hosts",
                "perl -pi -e s/x/y/ /v/file",
                "split -b 1 /v/file /v/part" + names++,
                "curl -so /v/c" + names++ + " file:///etc/hosts",
                "rsync -a /etc/hosts /v/dir/r" + names++,
                "dos2unix -q /v/file",
                "openssl rand -out /v/o" + names++ + " 8",
                "cd /v/dir",
                "cd /v/none",
                "echo x >| " + path(),
                "echo x 1>&2 2> " + path(),
                "setpriv --reuid=0 touch " + path(),
                "runuser -u root -- touch " + path(),
                "su -s /bin/sh root -c 'touch /v/su" + names++ + "'");
    }

    /** What official entrypoints do with their arguments before anything else. */
    private String arguments() {
        return pick.one(
                "[ \"${1#-}\" = \"$1\" ] || set -- shop \"$@\"",
                "if [ \"${1#-}\" != \"$1\" ] || [ \"${1%.conf}\" != \"$1\" ]; then set -- shop \"$@\"; fi",
                "if [ $# -eq 0 ]; then set -- shop; fi",
                "case \"$1\" in -*) set -- shop \"$@\";; esac",
                "if [ \"$1\" = shop -a \"$(id -u)\" = 0 ]; then chown -R www-data /v /w; exec runuser -u www-data -- "
                        + (bash ? "bash" : "sh") + " \"$0\" \"$@\"; fi",
                "if [ \"$1\" = shop ] && [ \"$(id -u)\" = 0 ]; then find /v \\! -user www-data -exec chown www-data '{}' +;"
                        + " exec setpriv --reuid=33 --regid=33 --clear-groups " + (bash ? "bash" : "sh")
                        + " \"$0\" \"$@\"; fi",
                "while [ $# -gt 1 ]; do case $1 in -d) shift;; esac; shift; done",
                "cmd=$1; shift; set -- \"$cmd\" \"$@\"");
    }

    /** Longer shapes, as official entrypoints have them. */
    private String idiom() {
        String w = write();
        String v = write();
        String f = "f" + names++;
        String text = pick.one(
                "if " + w + " 2> /dev/null; then " + v + "; else echo 'not writable' >&2; fi",
                "[ -w /v ] || { echo 'not writable' >&2; exit 1; }",
                "if [ ! -w /v/dir ]; then exit 2; fi; " + w,
                "if [ -w /v/file ]; then " + w + "; fi",
                "log() { printf '%s\\n' \"$*\" >&2; }; log start; " + w + " || { log failed; exit 1; }",
                f + "() { " + w + " || return $?; " + v + "; }; if ! " + f + "; then exit 1; fi",
                f + "() { " + w + "; }; " + f + "b() { " + f + " && " + v + "; }; " + f + "b",
                f + "() ( set -e; cd /v; " + w + " ); " + f,
                "i=0; while [ $i -lt 2 ]; do i=$((i + 1)); " + w + "; done",
                "i=0; until " + w + "; do i=$((i + 1)); [ $i -ge 3 ] && exit 1; done",
                "n=0; until [ -f /v/file ] || [ $n -gt 2 ]; do n=$((n + 1)); done; " + w,
                ": \"${DIR:=/v/dir}\"; echo x > \"$DIR/d\"; " + w,
                "export DIR=\"${DIR:-/v/dir}\"; [ -d \"$DIR\" ] && " + w,
                "DIR=${DIR-/v}; touch \"${DIR%/}/p\"",
                "cat > /v/here <<-'E'\n\ta $b\n\tE",
                "cat >> /v/dir/here <<E\n$(echo a)\nE",
                "set -- \"$@\" --flag; " + w + "; set -- shop",
                "trap 'rm -f /v/pid' EXIT INT TERM; " + w,
                "trap 'echo ended' TERM; " + w,
                "(" + w + ") & p=$!; wait $p || exit 1",
                w + " & p=$!; wait $p || true",
                "if ! x=$(" + w + " 2>&1); then echo \"$x\" >&2; exit 1; fi",
                "x=$(" + w + "); [ -n \"$x\" ] || " + v,
                "set +e; " + w + "; rc=$?; set -e; if [ \"$rc\" -ne 0 ]; then exit \"$rc\"; fi",
                w + " || rc=$?; [ \"${rc:-0}\" -eq 0 ] || exit \"$rc\"",
                "case ${MODE:-auto} in auto|on) " + w + ";; off) ;; *) exit 1;; esac",
                "cd /v || exit 1; touch rel" + names++ + "; cd - > /dev/null",
                "cd /v/dir && { " + w + "; cd /; }",
                "exec 3>&1; " + w + " >&3; exec 3>&-",
                "exec >> /v/log" + names++ + "; " + w,
                "exec 9> /v/lock && flock -n 9 && " + w,
                "ls /v/file | while read -r l; do " + w + "; done",
                "for f in /v/*; do [ -f \"$f\" ] || continue; touch \"$f\"; done",
                "for f in /hooks/*; do case \"$f\" in *quiet.sh) . \"$f\";; *.sh) if [ -x \"$f\" ]; then \"$f\"; fi;; esac; done",
                "find /hooks -follow -type f -print | sort -V | while read -r f; do case \"$f\" in *.sh) \"$f\";; esac; done",
                "find /v -maxdepth 1 -type f -print0 | xargs -0 -r chmod 600",
                "for d in /v /w; do mkdir -p \"$d/dir\"; done; " + w,
                "for o in DIR HOME; do eval \"val=\\${$o:-}\"; [ -n \"$val\" ] || " + w + "; done",
                "[ \"$(id -u)\" -ne 0 ] || " + w,
                "if [ \"$(id -u)\" != 0 ]; then exit 1; else " + w + "; fi",
                "[ \"$(stat -c %u /v)\" = 0 ] && " + w,
                "t=/v/tmp.$$; echo x > \"$t\" && mv \"$t\" /v/moved" + names++,
                "IFS=:; for d in a:b; do " + w + "; done; unset IFS",
                "while IFS='=' read -r k rest; do [ \"$k\" = nosuch ] && " + w + "; done < /etc/hosts; true",
                "while :; do " + w + "; break; done",
                "echo 'touch /v/sourced' > /v/env.sh; . /v/env.sh",
                "printf '#!/bin/sh\\ntouch /v/made\\n' > /v/s.sh; chmod +x /v/s.sh; /v/s.sh",
                "{ echo a; " + w + "; } | while read -r l; do " + v + "; done",
                "x=$(cat /v/file) && [ \"$x\" = x ] && " + w);
        String own = bash && pick.chance(50) ? ofBash(w, v, f) : text;
        return pick.chance(50) ? own : elsewhere(own);
    }

    private String ofBash(String w, String v, String f) {
        return pick.one(
                "a=(/v/a1 /v/a2); touch \"${a[@]}\"",
                "a=(); a+=(/v/a3); for p in \"${a[@]}\"; do echo x > \"$p\"; done",
                "((n++)); " + w,
                "n=1; ((n++)); " + w,
                "((n += 1)) || true; " + w,
                "let n=0; " + w,
                "exec > >(tee /v/out); " + w,
                w + " > >(cat)",
                "{ " + w + "; } 2> >(cat >&2)",
                "read -r a b <<< 'x y'; [[ $b == y ]] && " + w,
                "mapfile -t l < /v/file; [[ ${#l[@]} -eq 1 ]] && " + w,
                "shopt -s nullglob; for f in /v/*.none; do " + w + "; done",
                "shopt -s inherit_errexit; x=$(" + w + "; echo in)",
                "[[ ! -f /v/none && -d /v/dir ]] && " + w,
                "[[ -w /v ]] || exit 1",
                "[[ /v/file =~ ^/v/(.*)$ ]] && touch \"/v/${BASH_REMATCH[1]}\"",
                "if [[ ${1-} == shop* ]]; then " + w + "; fi",
                "local_() { local -r d=/v; " + w + "; local x=$(" + v + "); }; local_",
                "function " + f + " { " + w + "; return; }; " + f,
                "pushd /v > /dev/null; touch pushed; popd > /dev/null",
                "printf -v p '/v/%s' pv; touch \"$p\"",
                "set -o errexit; trap 'exit 4' ERR; " + w,
                "trap 'echo line $LINENO >&2' ERR; " + w,
                "for ((i = 0; i < 2; i++)); do " + w + "; done",
                "for i in {1..2}; do touch /v/n$i; done",
                w + " &> /dev/null",
                w + " |& cat",
                "source <(echo 'D=/v/dir'); touch \"$D/sourced\"",
                "while read -r l; do touch \"/v/$l\"; done <<< 'one'",
                "x=$(< /v/file); [[ $x = x ]] && " + w,
                w + " & wait -n",
                "[ \"${BASH_SOURCE[0]}\" = \"$0\" ] && " + w,
                "n=$(( ${N:-2} > 1 ? 1 : 0 )); (( n )) && " + w,
                "case $1 in shop) ;& x) " + w + ";; esac",
                "until (( ++k > 1 )); do " + w + "; done",
                "for v in \"${!NOSUCH@}\"; do exit 1; done; " + w,
                "p=/v/file; touch \"${p/file/sub}\"; touch \"${p^^}\" || true",
                "! [[ -e /v/none ]] && { " + w + "; }");
    }

    private String statement() {
        String w = write();
        String v = write();
        String f = "f" + names++;
        String shell = bash ? "bash" : "sh";
        return pick.one(
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
