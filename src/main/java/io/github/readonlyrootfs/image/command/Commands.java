// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.AccountFiles;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Effect;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.program.Program;
import io.github.readonlyrootfs.program.SedCommand;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The commands of a build: those whose effects need code, and those of which a row tells all. */
final class Commands {

    /** Where commands that change accounts write. */
    private static final String ACCOUNTS = "/etc";

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w.+-]{1,30}");

    private static final Pattern CARRIAGE_RETURN = Pattern.compile("s/\\\\r(\\$)?//g?");

    private final Invocation call;
    private final Operation operation;

    Commands(Invocation call) {
        this.call = call;
        this.operation = call.operation();
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
            if (operation.effects().stream().anyMatch(effect -> effect.path().is(ACCOUNTS))) {
                ShadowCommands.unknownAccounts(call);
            } else {
                call.taintWords();
            }
        }
        boolean onlyAttributes = operation.effects().stream().allMatch(effect -> effect.kind() == Effect.Kind.CHANGES);
        if (!onlyAttributes) {
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

    /** Whether the command prints nothing. */
    boolean isSilent() {
        return Program.isSilent(operation);
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
                    case "mv" -> CopyCommands.mv(call);
                    case "ln" -> CopyCommands.ln(call);
                    case "touch" -> FileCommands.touch(call);
                    case "mktemp" -> FileCommands.mktemp(call);
                    case "rm" -> FileCommands.rm(call);
                    case "install" -> FileCommands.install(call);
                    case "useradd" -> ShadowCommands.useradd(call);
                    case "groupadd" -> ShadowCommands.groupadd(call);
                    case "usermod" -> ShadowCommands.usermod(call);
                    case "groupmod" -> ShadowCommands.groupmod(call);
                    case "userdel" -> ShadowCommands.userdel(call);
                    case "adduser" -> AdduserCommands.adduser(call);
                    case "addgroup" -> AdduserCommands.addgroup(call);
                    case "deluser" -> AdduserCommands.deluser(call);
                    case "newusers", "gpasswd", "groupdel", "delgroup" -> ShadowCommands.unknownAccounts(call);
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
