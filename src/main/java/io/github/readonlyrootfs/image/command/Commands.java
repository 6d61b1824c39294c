// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.AccountFiles;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.program.SedCommand;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The commands of a build: those whose effects need code, and those of which a row tells all. */
final class Commands {

    /** An option of these that is not known may say which account is meant. */
    private static final Pattern ACCOUNTS = Pattern.compile("(?:user|group)(?:add|mod|del)|delgroup|gpasswd");

    /** They do not change the content of files. */
    private static final Set<String> ATTRIBUTES = Set.of("chown", "chgrp", "chmod", "touch");

    /** They print nothing without an option for it. */
    private static final Pattern SILENT = Pattern.compile(
            "ch(?:own|grp|mod)|touch|cp|mv|ln|rm|install|mkdir|rmdir|tee|(?:user|group)(?:add|mod|del)");

    private static final Pattern VERBOSE = Pattern.compile("-[A-Za-z]*v[A-Za-z]*|--verbose");

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w.+-]{1,30}");

    private static final Pattern CARRIAGE_RETURN = Pattern.compile("s/\\\\r(\\$)?//g?");

    private final Invocation call;

    Commands(Invocation call) {
        this.call = call;
    }

    /** Applies the effects of the command; the operands of an unknown command are unknown afterwards. */
    Status run() {
        String name = call.name();
        boolean stripsCarriageReturns = stripsCarriageReturns();
        if (name.equals("sed") && !stripsCarriageReturns) {
            SedCommand sed = SedCommand.of(call.words());
            if (sed.inPlace()
                    && !sed.silent()
                    && sed.script().isPresent()
                    && !sed.files().isEmpty()) {
                return TreeCommands.edit(call, sed.script().get(), sed.files());
            }
        }
        Operation operation = call.operation();
        boolean unknown = operation.unknown().isPresent();
        if (unknown && operation.unknown().get().reason() != Operation.Reason.OPTION) {
            call.files().scatter(ContainerPath.ROOT);
        }
        if (unknown && !stripsCarriageReturns) {
            call.words().forEach(call::rewrite);
        }
        TreeNode passwd = call.tree().at(AccountFiles.PASSWD);
        TreeNode group = call.tree().at(AccountFiles.GROUP);
        Optional<Status> status = run(name, call);
        if (status.isEmpty()) {
            if (unknown && operation.unknown().get().reason() == Operation.Reason.PROGRAM) {
                call.taintWords();
            } else if (!stripsCarriageReturns) {
                new RowEffects(call).apply(operation);
            }
            return Status.ASSUMED_SUCCESS;
        }
        if (unknown && operation.unknown().get().reason() == Operation.Reason.OPTION) {
            if (ACCOUNTS.matcher(name).matches()) {
                ShadowCommands.unknownAccounts(call);
            } else {
                call.taintWords();
            }
        }
        if (!ATTRIBUTES.contains(name)) {
            AccountFiles.compare(call.files(), passwd, group);
        }
        return status.get();
    }

    /** Such a command repairs files that were written on Windows; the shell's parser ignores these characters. */
    private boolean stripsCarriageReturns() {
        return call.name().equals("dos2unix")
                || (call.name().equals("sed")
                        && call.words().stream()
                                .anyMatch(word -> word.isExact()
                                        && CARRIAGE_RETURN.matcher(word.text()).matches()));
    }

    /** Whether a command prints nothing. */
    static boolean isSilent(Invocation call) {
        if (!SILENT.matcher(call.name()).matches()) {
            return false;
        }
        for (Field word : call.words()) {
            if (VERBOSE.matcher(word.text()).matches()) {
                return false;
            }
        }
        return true;
    }

    /** The name of a command for display: {@code RUN chown}. */
    static String label(List<Field> words) {
        if (words.isEmpty() || !words.get(0).isExact()) {
            return "RUN";
        }
        String name = words.get(0).baseName();
        return PLAIN_NAME.matcher(name).matches() ? "RUN " + name : "RUN";
    }

    /** Applies a command; empty if its effects are unknown. */
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
                    case "newusers" -> ShadowCommands.unknownAccounts(call);
                    case "find" -> TreeCommands.find(call);
                    case "tar" -> TreeCommands.tar(call);
                    case "unzip" -> TreeCommands.unzip(call);
                    case "apt", "apt-get", "aptitude" -> PackageCommands.apt(call);
                    case "apk" -> PackageCommands.apk(call);
                    case "yum", "dnf", "microdnf", "tdnf", "zypper" -> PackageCommands.yum(call);
                    case "dpkg", "rpm" -> PackageCommands.file(call);
                    case "tee" -> TreeCommands.tee(call);
                    default -> null;
                });
    }
}
