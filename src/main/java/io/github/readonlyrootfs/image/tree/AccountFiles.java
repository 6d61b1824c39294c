// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens to the accounts if their files are written without account commands. */
public final class AccountFiles {

    public static final ContainerPath PASSWD = ContainerPath.of("/etc/passwd");
    public static final ContainerPath GROUP = ContainerPath.of("/etc/group");

    private AccountFiles() {}

    /** The content of one of the files, as far as the accounts are known. */
    public static Text content(Accounts accounts, ContainerPath file) {
        StringBuilder text = new StringBuilder();
        if (file.equals(PASSWD)) {
            accounts.users()
                    .values()
                    .forEach(user -> text.append(line(user).raw()).append('\n'));
        } else {
            accounts.groups()
                    .values()
                    .forEach(group -> text.append(line(group).raw()).append('\n'));
        }
        Text known = new Text(text.toString());
        return accounts.complete() ? known : known.plus(Text.UNKNOWN);
    }

    /** A line of /etc/passwd. */
    public static Text line(Accounts.User user) {
        return joined(
                Text.of(user.name()),
                Text.of("x"),
                number(user.uid()),
                number(user.gid()),
                Text.UNKNOWN,
                user.home().map(Text::of).orElse(Text.UNKNOWN),
                Text.UNKNOWN);
    }

    public static Text line(Accounts.Group group) {
        Text members = Text.of(String.join(",", group.members()));
        return joined(Text.of(group.name()), Text.of("x"), number(group.gid()), members);
    }

    private static Text number(UnixId id) {
        Integer number = id.number();
        return number == null ? Text.UNKNOWN : Text.of(number);
    }

    private static Text joined(Text... fields) {
        Text line = fields[0];
        for (Text field : Arrays.asList(fields).subList(1, fields.length)) {
            line = line.plus(Text.of(":")).plus(field);
        }
        return line;
    }

    /** A text is written to a file, which may be one of these: known lines that are appended are accounts. */
    public static void written(RootFileSystem files, ContainerPath target, boolean appends, Text text) {
        if (!target.equals(PASSWD) && !target.equals(GROUP)) {
            return;
        }
        Accounts accounts = appends ? files.accounts() : replaced(files.accounts(), target);
        for (String line : text.raw().split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (target.equals(PASSWD)
                    && fields.length == 7
                    && (fields[0] + fields[2] + fields[3]).matches("[\\w.-]+")) {
                accounts = accounts.with(user(fields, accounts));
            } else if (target.equals(GROUP) && fields.length == 4 && UnixId.isNumber(fields[2])) {
                Set<String> members = Set.copyOf(List.of(fields[3].split(",", -1)));
                accounts = accounts.with(
                        new Accounts.Group(fields[0], new UnixId(Integer.valueOf(fields[2]), fields[0]), members));
            } else if (!line.isEmpty()) {
                accounts = accounts.incomplete();
            }
        }
        files.setAccounts(accounts);
    }

    private static Accounts.User user(String[] fields, Accounts accounts) {
        UnixId gid = accounts.groupId(fields[3]).orElseGet(() -> UnixId.named(fields[3]));
        UnixId uid = UnixId.isNumber(fields[2])
                ? new UnixId(Integer.valueOf(fields[2]), fields[0])
                : UnixId.named(fields[0]);
        boolean hasHome = !fields[5].isEmpty() && Text.of(fields[5]).isKnown();
        return new Accounts.User(fields[0], uid, gid, hasHome ? Optional.of(fields[5]) : Optional.empty());
    }

    /** All that is known of the accounts in the file is that root is one of them. */
    static Accounts replaced(Accounts accounts, ContainerPath file) {
        return new Accounts(
                file.equals(PASSWD)
                        ? Map.of("root", new Accounts.User("root", UnixId.ROOT, UnixId.ROOT, Optional.of("/root")))
                        : accounts.users(),
                file.equals(GROUP)
                        ? Map.of("root", new Accounts.Group("root", UnixId.ROOT, Set.of()))
                        : accounts.groups(),
                false);
    }

    /** After a command that may have replaced the files. */
    public static void compare(RootFileSystem files, TreeNode passwdBefore, TreeNode groupBefore) {
        if (differs(files.tree().at(PASSWD), passwdBefore)) {
            files.setAccounts(replaced(files.accounts(), PASSWD));
        }
        if (differs(files.tree().at(GROUP), groupBefore)) {
            files.setAccounts(replaced(files.accounts(), GROUP));
        }
    }

    @SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
    public static boolean differs(TreeNode now, TreeNode before) {
        return now != before && !(now.isMissing() && before.isMissing());
    }
}
