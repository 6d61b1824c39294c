package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens to the accounts when their files are written by other means than the account commands. */
final class AccountFiles {

    static final ContainerPath PASSWD = ContainerPath.of("/etc/passwd");
    static final ContainerPath GROUP = ContainerPath.of("/etc/group");

    private static final Set<String> WRITERS = Set.of("echo", "printf");

    private AccountFiles() {}

    /** A redirection to one of them: a line that is appended is an account, if all of it is known. */
    static void redirected(RootFileSystem files, ContainerPath target, boolean appends, List<Field> words) {
        if (!target.equals(PASSWD) && !target.equals(GROUP)) {
            return;
        }
        Optional<String> line = appends ? line(words) : Optional.empty();
        String[] fields = line.orElse("").split(":", -1);
        Accounts accounts = files.accounts();
        if (target.equals(PASSWD) && fields.length == 7 && fields[2].matches("\\d{1,9}")) {
            UnixId gid = OwnerChange.group(fields[3], accounts).orElseGet(() -> UnixId.named(fields[3]));
            files.setAccounts(accounts.with(new Accounts.User(
                    fields[0],
                    new UnixId(Integer.valueOf(fields[2]), fields[0]),
                    gid,
                    Optional.of(fields[5]).filter(home -> !home.isEmpty()))));
        } else if (target.equals(GROUP) && fields.length == 4 && fields[2].matches("\\d{1,9}")) {
            Set<String> members = Set.copyOf(List.of(fields[3].split(",", -1)));
            files.setAccounts(accounts.with(
                    new Accounts.Group(fields[0], new UnixId(Integer.valueOf(fields[2]), fields[0]), members)));
        } else {
            files.setAccounts(appends ? accounts.incomplete() : replaced(accounts, target));
        }
    }

    private static Optional<String> line(List<Field> words) {
        if (words.size() < 2 || !WRITERS.contains(words.get(0).text())) {
            return Optional.empty();
        }
        Field last = words.get(words.size() - 1);
        boolean options = words.subList(1, words.size() - 1).stream()
                .allMatch(word -> word.text().startsWith("-"));
        String text = last.text().replaceFirst("(\\\\n|\n)$", "");
        return last.known() && options && !text.contains("\n") && !text.contains("\\n")
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Nothing is known any more but that there is a root. */
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

    /** After something that may have put another file in its place. */
    static void compare(RootFileSystem files, Node passwdBefore, Node groupBefore) {
        if (differs(files.tree().at(PASSWD), passwdBefore)) {
            files.setAccounts(replaced(files.accounts(), PASSWD));
        }
        if (differs(files.tree().at(GROUP), groupBefore)) {
            files.setAccounts(replaced(files.accounts(), GROUP));
        }
    }

    @SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
    static boolean differs(Node now, Node before) {
        return now != before && !(now.isMissing() && before.isMissing());
    }
}
