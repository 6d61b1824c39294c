// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code apt-get install}, {@code apk add}, {@code dnf install} and their like. What a package contains is unknown: it
 * may add accounts, and directories of its name.
 */
final class PackageCommands {

    private static final Set<String> INSTALLING =
            Set.of("install", "in", "add", "reinstall", "localinstall", "groupinstall");
    private static final Set<String> REMOVING = Set.of("remove", "rm", "purge", "autoremove", "erase", "del");

    /** What brings no new package, or is not likely to. */
    private static final Pattern OTHER = Pattern.compile(
            "|update|up|upgrade|(?:dist|full)-upgrade|dup|patch|fix|distro-sync"
                    + "|(?:auto)?clean(?:-all)?|cc|makecache|refresh|ref|check(?:-update)?|download|source|fetch|cache|index"
                    + "|list|search|se|show|info|policy|provides|repolist|lr|addrepo|ar|config-manager|versionlock|changelog");

    /** {@code packages-without-accounts.txt}, read when it is first needed. */
    private static final class WithoutAccounts {

        static final Set<String> NAMES = DataFiles.words(PackageCommands.class, "packages-without-accounts.txt");
    }

    /** Where packages have their own directories to write to. */
    private static final List<ContainerPath> PARENTS = List.of(
            ContainerPath.of("/run"),
            ContainerPath.of("/usr/share"),
            ContainerPath.of("/var/cache"),
            ContainerPath.of("/var/lib"),
            ContainerPath.of("/var/log"),
            ContainerPath.of("/var/spool"));

    private PackageCommands() {}

    static Status apt(Invocation call) {
        return run(call, "apt");
    }

    static Status apk(Invocation call) {
        return run(call, "apk");
    }

    static Status yum(Invocation call) {
        return run(call, "rpm");
    }

    /** {@code dpkg -i}, {@code rpm -Uvh}: the names of the files do not say which packages they are. */
    static Status file(Invocation call) {
        if (call.words().stream()
                .anyMatch(word -> word.text().matches("-[a-zA-Z]*[iU][a-zA-Z]*|--install|--upgrade"))) {
            accounts(call);
        }
        return Status.ASSUMED_SUCCESS;
    }

    /**
     * Records the packages.
     *
     * @param kind of package, the prefix of its name
     */
    private static Status run(Invocation call, String kind) {
        List<Field> words = Options.of(call.name(), call.words()).operands();
        String action = words.isEmpty() ? "" : words.get(0).text();
        if (!INSTALLING.contains(action)
                && !REMOVING.contains(action)
                && !OTHER.matcher(action).matches()) {
            accounts(call);
        }
        for (Field word : words.subList(Math.min(1, words.size()), words.size())) {
            if (INSTALLING.contains(action)) {
                install(call, kind, word);
            } else if (REMOVING.contains(action)) {
                call.files().remove(kind + ":" + name(word));
            }
        }
        return Status.ASSUMED_SUCCESS;
    }

    /** Version, architecture or release may follow the name. */
    private static String name(Field word) {
        return word.text().split("[:/=<>~]", 2)[0];
    }

    private static void install(Invocation call, String kind, Field word) {
        String name = name(word);
        if (!word.known() || !name.matches("[A-Za-z0-9][\\w.+-]*")) {
            accounts(call);
            return;
        }
        call.files().install(kind + ":" + name);
        if (!WithoutAccounts.NAMES.contains(name)) {
            accounts(call);
        }
        // For example, nginx-light has the directories of nginx.
        for (String directory : new TreeSet<>(List.of(name, name.split("-", 2)[0]))) {
            for (ContainerPath parent : PARENTS) {
                ContainerPath path = call.tree().follow(parent).resolve(directory);
                if (call.tree().at(path).isMissing()
                        && call.tree().at(path.parent()).isDirectory()) {
                    call.tree().set(path, TreeNode.unknown(call.by()));
                }
            }
        }
    }

    private static void accounts(Invocation call) {
        RootFileSystem files = call.files();
        files.setAccounts(files.accounts().systemIncomplete());
    }
}
