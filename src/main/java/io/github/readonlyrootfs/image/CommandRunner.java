package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.shell.ShellNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Does what a simple command does, once its words are expanded: what a shell does itself, what runs another command,
 * and what {@link Commands} knows. What an unknown one names may be anything afterwards.
 */
final class CommandRunner {

    private static final int LOGIN_UMASK = 002;
    static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");
    /** They run the command that follows their own options. */
    private static final Set<String> WRAPPERS = Set.of(
            "sudo",
            "env",
            "exec",
            "time",
            "nice",
            "nohup",
            "eatmydata",
            "busybox",
            "command",
            "builtin",
            "setsid",
            "ionice");

    /** They leave the content of files alone. */
    private static final Set<String> ATTRIBUTES = Set.of("chown", "chgrp", "chmod", "touch");

    /** They leave the content of every file alone that they are told: of those that do not, it is not known any more. */
    private static final Set<String> KEEP_CONTENT = Set.of(
            "chown", "chgrp", "chmod", "touch", "cp", "mv", "ln", "rm", "install", "cat", "ls", "stat", "file", "test",
            "[", "[[", "echo", "printf", "mkdir", "cd", "grep", "head", "tail", "wc", "find", "command", "which",
            "type");

    private static final Pattern CARRIAGE_RETURN = Pattern.compile("s/\\\\r(\\$)?//g?");

    private static final Map<String, Jumps.Kind> JUMPS = Map.of(
            "exit", Jumps.Kind.EXIT,
            "return", Jumps.Kind.RETURN,
            "break", Jumps.Kind.BREAK,
            "continue", Jumps.Kind.CONTINUE);

    private static final Set<String> USER_SWITCHES = Set.of("su-exec", "gosu", "runuser", "setpriv");

    private final ShellInterpreter interpreter;
    private final Shell shell;

    /** @param interpreter for what a command hands back to a shell: functions and scripts */
    CommandRunner(ShellInterpreter interpreter, Shell shell) {
        this.interpreter = interpreter;
        this.shell = shell;
    }

    /** Runs a command, its name first. */
    Status run(List<Field> words, List<ShellNode.Redirect> redirects, Provenance by, boolean must) {
        Field first = words.get(0);
        List<Field> rest = words.subList(1, words.size());
        if (!first.isExact()) {
            new Invocation("", words, shell, by).taintWords();
            return Status.UNKNOWN;
        }
        ShellNode function = shell.functions().get(first.text());
        if (function != null) {
            return interpreter.function(function, rest, must);
        }
        String name = baseName(first.text());
        Invocation call = new Invocation(name, rest, shell, by);
        if (SHELLS.contains(name)) {
            return subshell(call, redirects, must);
        }
        if (name.equals("eval")) {
            return eval(call, must);
        }
        if (name.equals("su") || USER_SWITCHES.contains(name)) {
            return otherUser(call, must);
        }
        if (name.equals("command") && !rest.isEmpty() && rest.get(0).text().matches("-[vV]")) {
            return Status.UNKNOWN;
        }
        if (WRAPPERS.contains(name)) {
            return wrapped(call, redirects, must);
        }
        if (name.equals("xargs")) {
            return Status.ASSUMED_SUCCESS;
        }
        Jumps.Kind jump = JUMPS.get(name);
        if (jump != null) {
            boolean success = jump.compareTo(Jumps.Kind.RETURN) < 0
                    || (!rest.isEmpty() && rest.get(0).is("0"));
            return interpreter.jump(jump, success ? Status.SUCCESS : Status.FAILURE);
        }
        Optional<ShellCommand> known = Commands.find(name);
        if (!KEEP_CONTENT.contains(name) && !stripsCarriageReturns(name, rest)) {
            rest.forEach(call::rewrite);
        }
        if (known.isPresent()) {
            FileTree tree = shell.tree();
            Node passwd = tree.at(AccountFiles.PASSWD);
            Node group = tree.at(AccountFiles.GROUP);
            Status status = known.get().run(call);
            if (!ATTRIBUTES.contains(name)) {
                AccountFiles.compare(shell.files(), passwd, group);
            }
            // The build goes on, so it has succeeded, whatever is believed here.
            return must && status != Status.SUCCESS ? Status.ASSUMED_SUCCESS : status;
        }
        if (!Commands.isHarmless(name)) {
            call.taintWords();
        }
        return Status.ASSUMED_SUCCESS;
    }

    /** Files that were written on Windows are mended so; a script's reader does not mind these characters. */
    private static boolean stripsCarriageReturns(String name, List<Field> words) {
        return name.equals("dos2unix")
                || (name.equals("sed")
                        && words.stream()
                                .anyMatch(word -> word.isExact()
                                        && CARRIAGE_RETURN.matcher(word.text()).matches()));
    }

    /** {@code sh -c text}, {@code sh <<EOF}; a script file is unknown, but for the words it is given. */
    private Status subshell(Invocation call, List<ShellNode.Redirect> redirects, boolean must) {
        boolean bash = call.name().equals("bash") || call.name().equals("zsh");
        List<Field> words = call.words();
        Shell child = shell.child(bash);
        int at = 0;
        boolean text = false;
        while (at < words.size() && words.get(at).text().matches("[-+][A-Za-z]+|--[a-z-]+")) {
            String option = words.get(at).text();
            boolean letters = !option.startsWith("--");
            text |= letters && option.contains("c");
            if (letters && option.contains("e")) {
                child.setStopsAtErrors(true);
            }
            if (letters && option.endsWith("o") && at + 1 < words.size()) {
                at++;
                if (words.get(at).is("errexit")) {
                    child.setStopsAtErrors(true);
                }
            }
            at++;
        }
        if (text) {
            if (at >= words.size() || !words.get(at).known()) {
                return Status.ASSUMED_SUCCESS;
            }
            if (at + 2 <= words.size()) {
                child.setArguments(List.copyOf(words.subList(Math.min(at + 2, words.size()), words.size())));
            }
            return interpreter.handed(words.get(at).text(), child, call.by(), must);
        }
        if (at < words.size() && !words.get(at).is("-")) {
            call.with(call.name(), words.subList(at + 1, words.size())).taintWords();
            return Status.ASSUMED_SUCCESS;
        }
        for (ShellNode.Redirect redirect : redirects) {
            if (redirect.operator().startsWith("<<") && !redirect.operator().equals("<<<")) {
                return interpreter.handed(redirect.body(), child, call.by(), must);
            }
        }
        return Status.ASSUMED_SUCCESS;
    }

    private Status eval(Invocation call, boolean must) {
        StringBuilder text = new StringBuilder();
        for (Field word : call.words()) {
            if (!word.known()) {
                return Status.UNKNOWN;
            }
            text.append(word.text()).append(' ');
        }
        return interpreter.handed(text.toString(), shell, call.by(), must);
    }

    /** {@code su user -c text}, {@code gosu user command}: somebody else runs it. */
    private Status otherUser(Invocation call, boolean must) {
        Options options =
                Options.parse(call.words(), call.name().equals("su") ? "cs" : "cu", Set.of("command", "shell", "user"));
        Optional<Field> text = options.value("c", "command");
        List<Field> operands = new ArrayList<>(options.operands());
        operands.removeIf(word -> word.is("-"));
        if (call.name().equals("setpriv")) {
            return reduced(call, must);
        }
        Field name = options.value("u", "user").orElse(operands.isEmpty() ? Field.of("root") : operands.get(0));
        Identity identity = name.isExact()
                ? new UserSpec(name.text()).identity(shell.files().accounts())
                : Identity.UNKNOWN;
        Shell other = shell.as(identity);
        if (text.isPresent()) {
            if (!text.get().known()) {
                return Status.ASSUMED_SUCCESS;
            }
            String command = text.get().text();
            // A login may change the umask.
            Shell login = shell.as(identity);
            login.setUmask(LOGIN_UMASK);
            return interpreter.oneBranch(
                    () -> interpreter.handed(command, login, call.by(), must),
                    () -> interpreter.handed(command, other, call.by(), must),
                    call.by().location().orElseGet(interpreter::beginning));
        }
        boolean named = options.value("u", "user").isEmpty();
        int from = named ? 1 : 0;
        if (call.name().equals("su") || operands.size() <= from) {
            return Status.ASSUMED_SUCCESS;
        }
        int at = call.words().indexOf(name) + 1;
        List<Field> words = call.words().subList(at, call.words().size());
        return words.isEmpty()
                ? Status.ASSUMED_SUCCESS
                : interpreter.in(other).command(words, List.of(), call.by(), must);
    }

    /** {@code setpriv --reuid=… --regid=… command}. */
    private Status reduced(Invocation call, boolean must) {
        Accounts accounts = shell.files().accounts();
        Identity identity = shell.identity();
        List<Field> words = call.words();
        int at = 0;
        while (at < words.size() && words.get(at).text().startsWith("--")) {
            String option = words.get(at).text();
            boolean separate = !option.contains("=") && option.matches("--(re|r|e)?[ug]id|--groups");
            Field value = separate && at + 1 < words.size()
                    ? words.get(at + 1)
                    : words.get(at).from(option.indexOf('=') + 1);
            Optional<UnixId> user = value.isExact() ? OwnerChange.user(value.text(), accounts) : Optional.empty();
            Optional<UnixId> group = value.isExact() ? OwnerChange.group(value.text(), accounts) : Optional.empty();
            if (option.startsWith("--reuid")) {
                identity = new Identity(user.orElse(null), identity.group());
            } else if (option.startsWith("--regid")) {
                identity = new Identity(identity.user(), group.orElse(null));
            }
            at += separate ? 2 : 1;
        }
        return at >= words.size()
                ? Status.SUCCESS
                : interpreter
                        .in(shell.as(identity))
                        .command(words.subList(at, words.size()), List.of(), call.by(), must);
    }

    private Status wrapped(Invocation call, List<ShellNode.Redirect> redirects, boolean must) {
        List<Field> words = call.words();
        int at = 0;
        Shell runner = shell;
        while (at < words.size()) {
            String text = words.get(at).text();
            if (call.name().equals("sudo") && text.equals("-u") && at + 1 < words.size()) {
                Field user = words.get(at + 1);
                runner = shell.as(
                        user.isExact()
                                ? new UserSpec(user.text())
                                        .identity(shell.files().accounts())
                                : Identity.UNKNOWN);
                at += 2;
            } else if (text.matches("-[nu]") && !call.name().equals("sudo") && at + 1 < words.size()) {
                at += 2;
            } else if (text.startsWith("-") || text.matches("\\w+=.*")) {
                at++;
            } else {
                break;
            }
        }
        if (at >= words.size()) {
            return Status.SUCCESS;
        }
        List<Field> rest = words.subList(at, words.size());
        return (runner == shell ? interpreter : interpreter.in(runner)).command(rest, redirects, call.by(), must);
    }

    /** What did something, for people: {@code RUN chown}. */
    static String label(List<Field> words) {
        if (words.isEmpty() || !words.get(0).isExact()) {
            return "RUN";
        }
        String name = baseName(words.get(0).text());
        return name.matches("[\\w.+-]{1,30}") ? "RUN " + name : "RUN";
    }

    static String baseName(String command) {
        return command.substring(command.lastIndexOf('/') + 1);
    }
}
