// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.AccountFiles;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.shell.text.Field;
import io.github.readonlyrootfs.shell.text.InPlaceEdit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The commands whose effects are known: those that decide ownership, and those that change no directory. */
final class Commands {

    /** They leave the content of files alone. */
    private static final Set<String> ATTRIBUTES = Set.of("chown", "chgrp", "chmod", "touch");

    /** They leave the content of every file alone that they are told: of those that do not, it is not known any more. */
    private static final Set<String> KEEP_CONTENT = Set.of(
            "chown", "chgrp", "chmod", "touch", "cp", "mv", "ln", "rm", "install", "mkdir", "find", "tee", "which",
            "type");

    /** They print nothing unless they are told to. */
    private static final Set<String> SILENT = Set.of(
            "chown",
            "chgrp",
            "chmod",
            "touch",
            "cp",
            "mv",
            "ln",
            "rm",
            "install",
            "mkdir",
            "rmdir",
            "useradd",
            "groupadd",
            "usermod",
            "groupmod",
            "userdel",
            "groupdel",
            "tee");

    private static final Pattern CARRIAGE_RETURN = Pattern.compile("s/\\\\r(\\$)?//g?");

    private final Invocation call;

    Commands(Invocation call) {
        this.call = call;
    }

    /** Does what the command does; what an unknown one names may be anything afterwards. */
    Status run() {
        String name = call.name();
        Optional<InPlaceEdit> edit =
                name.equals("sed") && !stripsCarriageReturns() ? InPlaceEdit.of(call.words()) : Optional.empty();
        if (edit.isPresent()) {
            return TreeCommands.edit(call, edit.get());
        }
        if (!KEEP_CONTENT.contains(name) && !stripsCarriageReturns()) {
            call.words().forEach(call::rewrite);
        }
        TreeNode passwd = call.tree().at(AccountFiles.PASSWD);
        TreeNode group = call.tree().at(AccountFiles.GROUP);
        Optional<Status> status = run(name, call);
        if (status.isEmpty()) {
            if (!isHarmless(name)) {
                call.taintWords();
            }
            return Status.ASSUMED_SUCCESS;
        }
        if (!ATTRIBUTES.contains(name)) {
            AccountFiles.compare(call.files(), passwd, group);
        }
        return status.get();
    }

    /** This repairs files that were written on Windows; the shell's parser ignores these characters. */
    private boolean stripsCarriageReturns() {
        return call.name().equals("dos2unix")
                || (call.name().equals("sed")
                        && call.words().stream()
                                .anyMatch(word -> word.isExact()
                                        && CARRIAGE_RETURN.matcher(word.text()).matches()));
    }

    /** Whether what a command prints is nothing. */
    static boolean isSilent(Invocation call) {
        return SILENT.contains(call.name())
                && call.words().stream().noneMatch(word -> word.text().matches("-[A-Za-z]*v[A-Za-z]*|--verbose"));
    }

    /** What did something, for display: {@code RUN chown}. */
    static String label(List<Field> words) {
        if (words.isEmpty() || !words.get(0).isExact()) {
            return "RUN";
        }
        String name = Call.baseName(words.get(0).text());
        return name.matches("[\\w.+-]{1,30}") ? "RUN " + name : "RUN";
    }

    /** Read when it is first asked. */
    private static final class Harmless {
        static final Set<String> NAMES = read();

        private static Set<String> read() {
            Set<String> names = new HashSet<>();
            try (InputStream in = Commands.class.getResourceAsStream("harmless-commands.txt")) {
                if (in == null) {
                    throw new IllegalStateException("harmless-commands.txt is missing");
                }
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.startsWith("#")) {
                        names.addAll(Arrays.asList(line.trim().split(" ", -1)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return names;
        }
    }

    /** Whether it never changes the owner or mode of a directory that exists, even one that it is told. */
    static boolean isHarmless(String name) {
        return Harmless.NAMES.contains(name);
    }

    /** What a command does; empty where that is not known. */
    private static Optional<Status> run(String name, Invocation call) {
        return Optional.ofNullable(
                switch (name) {
                    case "mkdir" -> DirectoryCommands.mkdir(call);
                    case "rmdir" -> DirectoryCommands.rmdir(call);
                    case "chown" -> OwnershipCommands.chown(call);
                    case "chgrp" -> OwnershipCommands.chgrp(call);
                    case "chmod" -> OwnershipCommands.chmod(call);
                    case "cp" -> CopyCommands.cp(call);
                    case "rsync" -> CopyCommands.rsync(call);
                    case "gpasswd" -> ShadowCommands.gpasswd(call);
                    case "mv" -> CopyCommands.mv(call);
                    case "ln" -> CopyCommands.ln(call);
                    case "touch" -> FileCommands.touch(call);
                    case "rm" -> FileCommands.rm(call);
                    case "install" -> FileCommands.install(call);
                    case "useradd" -> ShadowCommands.useradd(call);
                    case "groupadd" -> ShadowCommands.groupadd(call);
                    case "usermod" -> ShadowCommands.usermod(call);
                    case "groupmod" -> ShadowCommands.groupmod(call);
                    case "userdel" -> ShadowCommands.userdel(call);
                    case "groupdel", "delgroup" -> ShadowCommands.groupdel(call);
                    case "adduser" -> AdduserCommands.adduser(call);
                    case "addgroup" -> AdduserCommands.addgroup(call);
                    case "deluser" -> AdduserCommands.deluser(call);
                    case "find" -> TreeCommands.find(call);
                    case "tar" -> TreeCommands.tar(call);
                    case "unzip" -> TreeCommands.unzip(call);
                    case "sed" -> TreeCommands.sed(call);
                    case "apt", "apt-get", "aptitude" -> PackageCommands.apt(call);
                    case "apk" -> PackageCommands.apk(call);
                    case "yum", "dnf", "microdnf", "zypper" -> PackageCommands.yum(call);
                    case "dpkg", "rpm" -> PackageCommands.file(call);
                    case "tee" -> TreeCommands.tee(call);
                    default -> null;
                });
    }
}
