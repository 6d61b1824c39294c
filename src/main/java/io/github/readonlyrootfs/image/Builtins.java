package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.Variables;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/** Commands that change the shell itself. */
final class Builtins {

    private Builtins() {}

    static Status cd(Invocation call) {
        List<Field> words = call.words().stream()
                .filter(word -> !word.text().startsWith("-") || word.is("-"))
                .toList();
        Shell shell = call.shell();
        if (words.isEmpty()) {
            shell.changeDirectory(shell.home().map(ContainerPath::of).orElse(null));
            return Status.ASSUMED_SUCCESS;
        }
        Optional<ContainerPath> path = words.get(0).is("-")
                ? shell.previousDirectory()
                : call.path(words.get(0)).map(call.tree()::follow);
        if (path.isEmpty()) {
            shell.changeDirectory(null);
            return Status.ASSUMED_SUCCESS;
        }
        Node target = call.tree().at(path.get());
        if (!target.isDirectory() && !target.isUnknown()) {
            return Status.FAILURE;
        }
        shell.changeDirectory(path.get());
        return target.isDirectory() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    static Status umask(Invocation call) {
        if (!call.words().isEmpty()) {
            Field word = call.words().get(0);
            if (word.isExact() && word.text().matches("[0-7]{1,4}")) {
                call.shell().setUmask(Integer.parseInt(word.text(), 8) & 0777);
            } else if (word.isExact()) {
                ModeChange.parse(word.text())
                        .map(change -> change.apply(0777 & ~call.shell().umask(), false, 0))
                        .ifPresent(mode -> call.shell().setUmask(0777 & ~mode));
            }
        }
        return Status.SUCCESS;
    }

    static Status set(Invocation call) {
        List<Field> words = call.words();
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if (text.equals("--")) {
                call.shell().setArguments(List.copyOf(words.subList(i + 1, words.size())));
                break;
            }
            if (text.length() < 2 || (text.charAt(0) != '-' && text.charAt(0) != '+')) {
                call.shell().setArguments(List.copyOf(words.subList(i, words.size())));
                break;
            }
            boolean on = text.charAt(0) == '-';
            if (text.indexOf('e') > 0) {
                call.shell().setStopsAtErrors(on);
            }
            if (text.endsWith("o") && i + 1 < words.size()) {
                i++;
                if (words.get(i).is("errexit")) {
                    call.shell().setStopsAtErrors(on);
                }
            }
        }
        return Status.SUCCESS;
    }

    static Status assign(Invocation call) {
        for (Field word : call.words()) {
            int equals = word.text().indexOf('=');
            if (equals > 0) {
                Field value = word.from(equals + 1);
                call.shell()
                        .assign(
                                word.text().substring(0, equals),
                                value.known()
                                        ? new Variables.State.Set(value.text())
                                        : new Variables.State.Unknown("its value is not known"));
            }
        }
        return Status.SUCCESS;
    }

    static Status unset(Invocation call) {
        for (Field word : call.words()) {
            call.shell().assign(word.text(), new Variables.State.Unset());
        }
        return Status.SUCCESS;
    }

    static Status shift(Invocation call) {
        List<Field> arguments = call.shell().arguments();
        if (!arguments.isEmpty()) {
            call.shell().setArguments(arguments.subList(1, arguments.size()));
        }
        return Status.SUCCESS;
    }

    static Status read(Invocation call) {
        for (Field word : call.words()) {
            call.shell().assign(word.text(), new Variables.State.Unknown("it is read from input"));
        }
        return Status.UNKNOWN;
    }
}
