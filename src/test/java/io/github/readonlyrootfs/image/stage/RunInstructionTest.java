// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.Thorough;
import io.github.readonlyrootfs.image.Builds;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunInstructionTest {

    /** The node at {@code /d} after a RUN on Debian 13. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "mkdir /d ~ d root:root 0755",
                "mkdir -m 0770 /d ~ d root:root 0770",
                "umask 027; mkdir /d ~ d root:root 0750",
                "mkdir -p /d/x/y ~ d root:root 0755",
                "mkdir /d && chown games /d ~ d games:root 0755",
                "mkdir /d && chown games: /d ~ d games:games 0755",
                "mkdir /d && chown :33 /d ~ d root:33 0755",
                "mkdir /d && chgrp www-data /d && chmod g+ws /d ~ d root:www-data 2775",
                "install -d -o 1000 -g 1001 -m 2750 /d ~ d 1000:1001 2750",
                "mkdir -p /a/d && mv /a/d /d ~ d root:root 0755",
                "mkdir /a && chown 5 /a && cp -a /a /d ~ d 5:root 0755",
                "mkdir /a && chown 5 /a && cp -r /a /d ~ d root:root 0755",
                "mkdir /d && rm -rf /d ~ missing",
                "mkdir /d && rmdir /d ~ missing",
                "ln -s /srv /d ~ l /srv",
                "mkdir /real && ln -s real /d && chown 7 /d ~ l real",
                "touch /d ~ f root:root 0644",
                "echo x > /d ~ f root:root 0644",
                "mkdir /d && (cd /d && chown 9 .) ~ d 9:root 0755",
                "X=/d; mkdir $X && chown 1000:1000 \"$X\" ~ d 1000:1000 0755",
                "for x in a d; do mkdir /$x && chown 8 /$x; done ~ d 8:root 0755",
                "if [ -d /srv ]; then mkdir /d; else mkdir -m 0700 /d; fi ~ d root:root 0755",
                "id -u nobody || mkdir /d ~ missing",
                "id -u nosuch || mkdir /d ~ d root:root 0755",
                "mkdir /d || true ~ d root:root 0755",
                "false && mkdir /d; true ~ missing",
                "wget -q x && mkdir /d ~ d root:root 0755",
                "mkdir /d && curl x | tar xz -C /d ~ d ?:? ?",
                "mkdir /a /d && chown 5 /a && tar -C /a -cf - . | tar -C /d -xf - ~ d ?:? ?",
                "mkdir -p /a/d && (cd /a && tar cf - d) | (cd / && tar xf -) ~ unknown",
                "mkdir /d && grep -q x /etc/passwd && chown 5 /d; true ~ d 5:root 0755",
                "mkdir /d && strange-tool --into=/d ~ unknown",
                "mkdir /d && strange-tool /d/x ~ d root:root 0755",
                "mkdir /d && chown $(stat -c %u /srv) /d ~ d root:root 0755",
                "mkdir /d && find /d -type d | xargs chown 5; true ~ d 5:root 0755",
                "mkdir -p /d && find /d -type d -exec chmod 0700 {} + ~ d root:root 0700",
                "sh -c 'mkdir /d && chmod 700 /d' ~ d root:root 0700",
                "strange-tool && chown 5:6 /d ~ d 5:6 ?",
                "strange-tool && chmod -R a+rX /srv/tool && mkdir /d ~ d root:root 0755",
                "chown 5:6 /d ~ missing",
                "useradd -m -d /d -u 1234 x ~ d x:x 0700",
                "useradd -r x && install -d -o x /d ~ d x:root 0755",
                "f() { mkdir \"$1\"; }; f /d ~ d root:root 0755",
                "case x in x) mkdir /d;; esac ~ d root:root 0755",
                "mkdir /d && chown -R nosuch /d || true ~ d root:root 0755",
            })
    void aRunInstructionDecidesTheOwner(String script, String expected) {
        assertThat(Builds.at("FROM debian:13\nRUN " + script + "\n", "/d")).isEqualTo(expected);
    }

    @Test
    void aDirectoryThatCannotBeRemovedLosesTheEntriesOfTheUser() {
        String dockerfile = """
                            FROM debian:13
                            RUN mkdir -p /d/e /d/f
                            USER 1234
                            WORKDIR /d/e/b/c
                            RUN touch x; rm -rf /d/e /d/f || true
                            """;
        assertThat(Builds.at(dockerfile, "/d/e/b/c")).isEqualTo("missing");
        assertThat(Builds.at(dockerfile, "/d/e/b")).startsWith("d 1234:");
        assertThat(Builds.at(dockerfile, "/d/e")).isEqualTo("d root:root 0755");
        assertThat(Builds.at(dockerfile, "/d/f")).isEqualTo("d root:root 0755");
    }

    /** A word with an unknown part may name any path that fits. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "d=/d.d && mkdir -p ${d%.d} && chown 5 ${d%.d} ~ d 5:root 0755",
                "mkdir /d && f=/d.d && chown root ${f%.d} ~ d root:root 0755",
                "mkdir /d && d=$(echo /d) && chmod 0500 $d ~ d root:root 0500",
                "mkdir /d && echo /d > /etc/target && chown 5 $(cat /etc/target) ~ d 5:root 0755",
                "mkdir /d && chmod 1777 `dirname /d/f` ~ d root:root 1777",
                "mkdir /d && rm -rf $(cat /unknown) ~ unknown",
                "mkdir /d && rm -rf /srv/$(cat /unknown) ~ d root:root 0755",
                "mkdir /d && rm -rf $(cat /unknown)/conf ~ d root:root 0755",
                "mkdir /d && rm -rf $(cat /unknown)/tmp.$(x) ~ d root:root 0755",
                "mkdir /d && rm -rf $(cat /unknown)/d$(x) ~ unknown",
                "mkdir /d && rm -rf $(cat /unknown)/$(x) ~ unknown",
                "mkdir /d && rm -rf $(cat /unknown)/.$(x) ~ unknown",
                "mkdir /d && chown 5 $(cat /unknown) ~ d ?:root 0755",
                "mkdir /d && chown 5 /$(cat /unknown) ~ d ?:root 0755",
                "mkdir /d && chown $(cat /unknown) /d ~ d ?:? 0755",
                "mkdir /d && chmod $(cat /unknown) /d ~ d root:root ?",
                "mkdir /d && t=$(mktemp -d) && rm -rf $t ~ d root:root 0755",
                "mkdir /d && rm -rf \"/$(cat /unknown || curl x)\" ~ unknown",
                "mkdir -p /d/e && chmod 1777 `dirname /d/f` ~ d root:root 1777",
                "mkdir /d && echo 'chown 5 /d' > /run.sh && sh /run.sh ~ d 5:root 0755",
                "mkdir /d && printf '#!/bin/sh\\nchown 5 /d\\n' > /run.sh && chmod +x /run.sh && /run.sh ~ d 5:root 0755",
                "mkdir /d && echo 'D=/d' > /env && . /env && chown 5 $D ~ d 5:root 0755",
                "printf '/d\\n/e\\n' | while read -r p; do mkdir $p; done ~ d root:root 0755",
                "printf '/d\\n' > /list && while read -r p; do mkdir $p; done < /list ~ d root:root 0755",
                "for i in $(seq 3); do mkdir -p /d/$i; done; chown 5 /d ~ d 5:root 0755",
                "mkdir /d && grep -q ^root: /etc/passwd && chown 5 /d ~ d 5:root 0755",
                "mkdir /d; grep -q ^nosuch: /etc/passwd && chown 5 /d; true ~ d root:root 0755",
                "mkdir /d && [ $((2 + 2)) -gt 3 ] && chown 5 /d ~ d 5:root 0755",
                "mkdir /d && chown $(id -u nobody) /d ~ d 65534:root 0755",
                "mkdir /a /d && chown 5:6 /a && chown --reference=/a /d ~ d 5:6 0755",
                "mkdir /a /d && chmod 1770 /a && chmod --reference=/a /d ~ d root:root 1770",
                "mkdir /a /d && chmod 1770 /a && chmod -R --reference /a /d ~ d root:root 1770",
                "mkdir /a /d && chmod 1770 /d && chmod --refer /a /d ~ d root:root 0755",
                "mkdir /d && chown --reference=/etc /d ~ d root:root 0755",
                "mkdir -p /s/d && chown 5 /s/d && rsync -a /s/d / ~ unknown",
                "mkdir -Z /d && chown 5 /d ~ d 5:root 0755",
                "mkdir -p /s/a /s/d && find /s -mindepth 1 -type d -name d -exec mv {} / \\; ~ d root:root 0755",
                "mkdir -p /d /s/a && find /s -type f -exec rm -rf /d \\; ~ d root:root 0755",
                "mkdir -p /d /s/a && find /s -type d -name a -exec sh -c 'chown 5 /d' \\; ~ d 5:root 0755",
                "mkdir /d && touch /d/f && find / -maxdepth 1 -name d -print0 | xargs -0 chown 5 ~ d 5:root 0755",
                "echo /d > /list && xargs mkdir < /list ~ d root:root 0755",
                "echo d e | tr ' ' '\\n' | xargs -n1 -I{} mkdir /{} ~ d root:root 0755",
                "echo /d | xargs -i sh -c 'mkdir {} && chown 5 {}' ~ d 5:root 0755",
                "echo /d | xargs -iX -t mkdir X ~ d root:root 0755",
                "echo /d | xargs --replace mkdir {} ~ d root:root 0755",
                "echo /d | xargs --replace=X mkdir X ~ d root:root 0755",
                "mkdir /d && useradd -u 77 app && chown app:$(cat /unknown) /d ~ d app:? 0755",
                "useradd $(cat /unknown); mkdir /d && id -u x && chown 5 /d; true ~ d ?:root 0755",
                "groupadd -g 7 g && useradd -u 8 u && gpasswd -a u g && mkdir /d && chown 8:7 /d ~ d 8:7 0755",
                "n=$(printf '%0300d' 0) && mkdir -p /d/$n || true ~ d root:root 0755",
                "mkdir -p /d/$(cat /unknown) ~ d root:root 0755",
                "n=$(printf '%0300d' 0) && mkdir /$n || mkdir /d ~ d root:root 0755",
                "mkdir /d && setfacl -m u:5:rwx /d ~ unknown",
                "mkdir /d && chmod --frob 700 /d ~ unknown",
                "mkdir /d && gzip -k /etc/hosts && touch /d/x ~ d root:root 0755",
                "touch /a && gzip -k /a && [ -f /a ] && [ -f /a.gz ] && mkdir /d ~ d root:root 0755",
                "touch /a && gzip /a && [ ! -e /a ] && [ -f /a.gz ] && mkdir /d ~ d root:root 0755",
                "git clone x:y/d.git && chown 5 /d ~ d 5:root 0755",
                "mkdir /d && sudo -u nobody touch /d/x; chown 5 /d ~ d 5:root 0755",
            })
    void wordsAreExpandedAsTheShellExpandsThem(String script, String expected) {
        assertThat(Builds.at("FROM debian:13\nRUN " + script + "\n", "/d")).isEqualTo(expected);
    }

    /** The nodes at {@code /opt/d} and {@code /opt/d/x} if the base image may have them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            value = {
                "mkdir /opt/d ~ d root:root 0755 ~ missing",
                "mkdir -m 700 /opt/d && chown 5 /opt/d ~ d 5:root 0700 ~ missing",
                "set -e; mkdir /opt/d; chown 5 /opt/d ~ d 5:root 0755 ~ missing",
                "mkdir /opt/d && mkdir -p /opt/d/x && chown 5 /opt/d/x ~ d root:root 0755 ~ d 5:root 0755",
                "mkdir /opt/d || true ~ unknown ~ unknown",
                "mkdir /opt/d; chown 5 /opt/d ~ d 5:? ? ~ unknown",
                "mkdir -m 700 /opt/d; true ~ d ?:? ? ~ unknown",
                "if mkdir /opt/d; then chown 5 /opt/d; fi ~ d ?:? ? ~ unknown",
                "mkdir -p /opt/d && chown 5 /opt/d ~ d 5:? ? ~ unknown",
            })
    void aMkdirThatMayFailMayMeetAnExistingDirectory(String script, String directory, String entry) {
        String dockerfile = "FROM registry.example/team/base:1\nUSER root\nRUN " + script + "\n";

        assertThat(Builds.at(dockerfile, "/opt/d")).isEqualTo(directory);
        assertThat(Builds.at(dockerfile, "/opt/d/x")).isEqualTo(entry);
    }

    @Test
    void aPackageMayAddAccountsAndDirectoriesOfItsName() {
        String install = "FROM alpine:3.20\nRUN apk add --no-cache curl %s\n";

        assertThat(Builds.of(install.formatted("tzdata")).image().accounts().complete())
                .isTrue();
        assertThat(Builds.of(install.formatted("nginx")).image().accounts().complete())
                .isFalse();
        assertThat(Builds.of(install.formatted("$(cat /packages)"))
                        .image()
                        .accounts()
                        .complete())
                .isFalse();
        assertThat(Builds.of("FROM debian:13\nCOPY a.deb /\nRUN dpkg -i /a.deb\n")
                        .image()
                        .accounts()
                        .complete())
                .isFalse();
        String debian = "FROM debian:13\nRUN apt-get install -y nginx-light\n";
        assertThat(Builds.at(debian, "/var/lib/nginx")).isEqualTo("unknown");
        assertThat(Builds.at(debian, "/var/lib/shop")).isEqualTo("missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"g+rwX\"", "g=u", "755"})
    void theOwnerKeepsWriteAccessWhenOthersGetMore(String mode) {
        String dockerfile = "FROM registry.access.redhat.com/ubi9/ubi-minimal:9.5\nWORKDIR /work\n"
                + "RUN chown 1001 /work && chmod %s /work && chown 1001:root /work\n".formatted(mode);

        TreeNode work = Builds.of(dockerfile).image().files().at(ContainerPath.of("/work"));

        assertThat(work.ownership().ownerMayWrite()).isTrue();
    }

    @Test
    void aPackagesLogThatIsLinkedToStandardOutputIsALink() {
        String log = "/var/log/nginx/access.log";
        String install = "FROM debian:13\nRUN apt-get install -y nginx\n";

        assertThat(Builds.at(install + "RUN ln -sf /dev/stdout " + log + "\n", log))
                .isEqualTo("l /dev/stdout");
        assertThat(Builds.at(install + "RUN ln -sf /dev/stdout " + log + "\n", "/var/log/nginx"))
                .isEqualTo("d ?:? ?");
        // A package may have created a directory there; then the link is inside it.
        assertThat(Builds.at(install + "RUN ln -sf /srv/log " + log + "\n", log))
                .isEqualTo("unknown");
    }

    @Test
    void bracesExpandUnderBashOnly() {
        assertThat(Builds.at("FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\nRUN mkdir -p /v/{a,b}\n", "/v/b"))
                .isEqualTo("d root:root 0755");
        assertThat(Builds.at("FROM debian:13\nRUN mkdir -p /v/{a,b}\n", "/v/b")).isEqualTo("missing");
    }

    @Test
    void aHereDocumentIsTheScript() {
        assertThat(Builds.at("FROM debian:13\nRUN <<EOF\nset -e\nmkdir /d\nchown 5:6 /d\nEOF\n", "/d"))
                .isEqualTo("d 5:6 0755");
    }

    @Test
    void theCurrentUserOwnsTheFilesItCreates() {
        assertThat(Builds.at("FROM debian:13\nRUN useradd -u 1500 app\nUSER app\nRUN mkdir /tmp/x\n", "/tmp/x"))
                .isEqualTo("d app:app 0755");
    }

    @Test
    void mountsOfARunInstructionDoNotExistAfterwards() {
        assertThat(Builds.at("FROM debian:13\nRUN --mount=type=cache,target=/srv chown 5 /srv\n", "/srv"))
                .isEqualTo("d root:root 0755");
    }

    @ParameterizedTest
    @CsvSource({"-u, 1000", "--user, 1000", "-g, 2000", "--group, 2000", "-un, app", "--group --name, web"})
    void idPrintsTheValueThatItsOptionSelects(String option, String printed) {
        String dockerfile = "FROM debian:13\nRUN groupadd -g 2000 web && useradd -u 1000 -g web app\nUSER app\n"
                + "RUN mkdir /tmp/$(id %s)\n".formatted(option);

        assertThat(Builds.at(dockerfile, "/tmp/" + printed)).startsWith("d ");
    }

    @Test
    void aNodeNamesTheLineThatDecidedItsOwner() {
        TreeNode node = Builds.of("FROM debian:13\nRUN true \\\n && chown 5 /srv\n")
                .image()
                .files()
                .at(ContainerPath.of("/srv"));
        assertThat(node.why().location().orElseThrow().line()).isEqualTo(3);
    }

    @Test
    void alpinesAddusersPickTheFirstFreeNumbers() {
        String dockerfile = "FROM alpine:3.20\nRUN addgroup -S app && adduser -S -G app app\n";
        Accounts accounts = Builds.of(dockerfile).image().accounts();
        assertThat(accounts.user("app").orElseThrow().uid().number()).isEqualTo(100);
        assertThat(accounts.group("app").orElseThrow().gid().number()).isEqualTo(101);
        assertThat(Builds.at(dockerfile, "/home/app")).isEqualTo("d app:app 2755");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian:12 useradd --frobnicate x app",
                "debian:12 adduser --frobnicate x app",
                "debian:12 addgroup -frob x g",
                "debian:12 adduser --gi 5 --g 5 app",
                "debian:12 usermod --frob app x",
                "debian:12 newusers /list",
                "alpine:3.20 adduser --disabled-login app",
                "alpine:3.20 addgroup --force g"
            })
    void anOptionThatIsNotUnderstoodLeavesTheAccountsUnknown(String command) {
        assertThat(accountsOf(command).complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpine:3.20 apk -U add postfix",
                "alpine:3.20 apk --cache-dir /c add postfix",
                "debian:12 apt-get -o a=b build-dep -y postfix",
                "redhat/ubi9-minimal microdnf --setopt a=b install -y postfix",
                "redhat/ubi9-minimal microdnf module install -y postfix",
                "opensuse/leap zypper -n in -y postfix"
            })
    void aPackageOfWhichNothingIsKnownMayBringAccounts(String command) {
        assertThat(accountsOf(command).complete()).isFalse();
    }

    private static Accounts accountsOf(String imageAndCommand) {
        String[] parts = imageAndCommand.split(" ", 2);
        return Builds.of("FROM " + parts[0] + "\nRUN " + parts[1] + "\n")
                .image()
                .accounts();
    }

    @Test
    void adduserTakesOptionsWithOneDashAndTheirBeginnings() {
        Accounts accounts =
                accountsOf("debian:12 addgroup -gid 70 grp && adduser -u 5678 --disabled-pass --geco '' -gid=70 app");

        assertThat(accounts.user("app").orElseThrow().uid().number()).isEqualTo(5678);
        assertThat(accounts.user("app").orElseThrow().gid().number()).isEqualTo(70);
        assertThat(accounts.complete()).isTrue();
    }

    @Test
    void anAccountCanBeAppendedToPasswd() {
        String appended = "FROM debian:13\nRUN echo 'app:x:1000:3000::/srv/app:/bin/sh' >>/etc/passwd\n";
        assertThat(Builds.of(appended)
                        .image()
                        .accounts()
                        .user("app")
                        .orElseThrow()
                        .uid()
                        .number())
                .isEqualTo(1000);
        Accounts edited = Builds.of("FROM debian:13\nRUN sed -i s/33/34/ /etc/passwd\n")
                .image()
                .accounts();
        assertThat(edited.user("www-data")).isEmpty();
        assertThat(edited.complete()).isFalse();
        Accounts opened =
                Builds.of("FROM debian:13\nRUN chmod g+w /etc/passwd\n").image().accounts();
        assertThat(opened.user("www-data")).isPresent();
    }

    @Test
    void onlyTheFirstOfVeryManyAccountsAreKnown() {
        String users = many("useradd u%d", 1000);
        String dockerfile = "FROM debian:13\nRUN <<EOF\n" + users + "\nEOF\n";
        Accounts accounts = Builds.of(dockerfile).image().accounts();
        assertThat(accounts.user("u99").orElseThrow().uid().number()).isEqualTo(1099);
        assertThat(accounts.user("u999")).isEmpty();
        assertThat(accounts.complete()).isFalse();

        String changed = dockerfile + "RUN userdel u1 && useradd -u 7 u1000 && groupmod -g 4000 u2\n";
        Accounts after = Builds.of(changed).image().accounts();
        assertThat(after.user("u1000").orElseThrow().uid().number()).isEqualTo(7);
        assertThat(after.user("u2").orElseThrow().gid().number()).isEqualTo(4000);
        assertThat(after.user("u3").orElseThrow().gid().number()).isEqualTo(1003);
    }

    @Test
    void theMembersOfAGroupWithVeryManyMembersAreUnknown() {
        String members = IntStream.range(0, 1000).mapToObj(i -> "u" + i).collect(Collectors.joining(","));
        Accounts accounts = Builds.of("FROM debian:13\nRUN echo crowd:x:4000:" + members + " >> /etc/group\n")
                .image()
                .accounts();
        assertThat(accounts.group("crowd").orElseThrow().gid().number()).isEqualTo(4000);
        assertThat(accounts.supplementaryGroups("u1")).isEmpty();
        assertThat(accounts.complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "useradd u%d",
                "useradd -r -G crowd u%d",
                "useradd u%d || true",
                "groupadd g%d",
                "adduser --ingroup crowd u%d",
                "usermod -aG crowd u%d",
                "useradd -g crowd u%d; groupmod -g %d crowd",
                "useradd u%d; userdel u%d"
            })
    void thousandsOfAccountCommandsAreFollowedInBoundedTime(String command) {
        String one = "FROM debian:13\nRUN groupadd crowd\nRUN <<EOF\n" + many(command, Thorough.rounds(3_000, 10_000))
                + "\nEOF\n";

        Builds.of(one);
    }

    /** Far more branches than fit on the stack. */
    @ParameterizedTest
    @CsvSource({
        "case $(x) in, %d) mkdir /d;;, *) mkdir /z;; esac, unknown",
        "case $(x) in, %d) mkdir -p /d;;, *) mkdir -p /d;; esac, d root:root 0755",
        "case $(x) in, %d) mkdir -p /d;;, esac, unknown",
        "if x; then mkdir /d;, elif x%d; then mkdir /d;, else mkdir /d; fi, d root:root 0755",
        "if x; then mkdir /d;, elif x%d; then mkdir /d;, fi, unknown",
        "'true &&', true && , mkdir /d, d root:root 0755",
        "'x ||', x || , mkdir /d, unknown",
    })
    void thousandsOfBranchesAreFollowedInBoundedTime(String first, String one, String last, String expected) {
        String dockerfile = "FROM debian:13\nRUN <<EOF\n" + first + "\n" + many(one, 10_000) + "\n" + last + "\nEOF\n";

        assertThat(Builds.at(dockerfile, "/d")).isEqualTo(expected);
    }

    @Test
    void theCostOfASubshellDoesNotGrowWithTheNumberOfVariables() {
        String dockerfile = "FROM debian:13\nRUN <<EOF\n" + many("V%d=/d; (V%d=/e); x && W=/e", 10_000)
                + "\nmkdir $V7\nmkdir $W\nEOF\n";

        assertThat(Builds.at(dockerfile, "/d")).isEqualTo("d root:root 0755");
    }

    @Test
    void manyNamesWithTheSameHashCodeAreReadInTime() {
        String names = IntStream.range(0, 1 << 14)
                .mapToObj(Integer::toBinaryString)
                .map(bits -> "touch /tmp/" + "Aa".repeat(14 - bits.length())
                        + bits.replace("0", "Aa").replace("1", "BB"))
                .collect(Collectors.joining("\n"));
        String dockerfile = "FROM debian:13\nRUN <<EOF\n" + names + "\nEOF\n";

        assertThat(Builds.at(dockerfile, "/tmp/" + "BB".repeat(14))).isEqualTo("f root:root 0644");
    }

    private static String many(String command, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> command.replace("%d", "" + i))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aHereDocumentMayBeLongerThanTheScriptThatReadsIt() {
        String body = "#".repeat(300) + " $HOME $(mkdir /d && chown 5 /d) ${X:=x}\n";

        assertThat(Builds.at("FROM debian:13\nRUN cat <<EOF > /srv/x\n" + body + "EOF\n", "/d"))
                .isEqualTo("d 5:root 0755");
    }
}
