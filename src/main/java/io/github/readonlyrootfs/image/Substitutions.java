package io.github.readonlyrootfs.image;

import java.util.Optional;

/** The few command substitutions whose output the image itself tells. */
final class Substitutions {

    private final Shell shell;

    Substitutions(Shell shell) {
        this.shell = shell;
    }

    Field evaluate(String command) {
        String[] words = command.trim().split("\\s+", -1);
        Optional<String> output = switch (words[0]) {
            case "pwd" -> words.length == 1 ? shell.directory().map(Object::toString) : Optional.empty();
            case "whoami" -> words.length == 1 ? user().map(Accounts.User::name) : Optional.empty();
            case "id" -> id(words);
            default -> Optional.empty();
        };
        return output.map(Field::of).orElseGet(Field::unknown);
    }

    private Optional<String> id(String[] words) {
        if (words.length < 2 || words.length > 3 || !words[1].matches("-[ug]")) {
            return Optional.empty();
        }
        boolean wantsUser = words[1].equals("-u");
        if (words.length == 3) {
            return shell.files()
                    .accounts()
                    .user(words[2])
                    .map(wantsUser ? Accounts.User::uid : Accounts.User::gid)
                    .flatMap(Substitutions::number);
        }
        UnixId id = wantsUser ? shell.identity().user() : shell.identity().group();
        return Optional.ofNullable(id).flatMap(Substitutions::number);
    }

    private static Optional<String> number(UnixId id) {
        return Optional.ofNullable(id.number()).map(String::valueOf);
    }

    private Optional<Accounts.User> user() {
        UnixId id = shell.identity().user();
        return id == null || id.number() == null
                ? Optional.empty()
                : shell.files().accounts().user(id.number());
    }
}
