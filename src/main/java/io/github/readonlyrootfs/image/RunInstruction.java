package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.JoinedText;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code RUN}: in shell form, as a list of words, or as a here-document that is the script. */
final class RunInstruction {

    private static final Pattern ONLY_HEREDOC = Pattern.compile("\\s*<<-?\\s*['\"]?[^\\s<'\"]+['\"]?\\s*");
    private static final Pattern SHEBANG = Pattern.compile("#!\\s*(?:\\S*/env\\s+)?(\\S+)([^\\n]*)\\n(?s:.*)");

    private final Instruction.Run run;
    private final StageState state;

    RunInstruction(Instruction.Run run, StageState state) {
        this.run = run;
        this.state = state;
    }

    void evaluate() {
        FileTree tree = state.files().tree();
        Map<ContainerPath, Node> mounted = new LinkedHashMap<>();
        for (Instruction.Flag flag : run.flags()) {
            if (flag.name().equals("mount")) {
                target(flag.value().text()).ifPresent(path -> mounted.put(path, tree.at(path)));
            }
        }
        if (run.command() instanceof Instruction.Command.Exec exec) {
            List<String> words = exec.words().stream().map(JoinedText::text).toList();
            ShellInterpreter.exec(words, run.location(), shell(false));
        } else {
            script(((Instruction.Command.ShellForm) run.command()).text());
        }
        // What is mounted for the command alone is gone afterwards, with what the command did there.
        mounted.forEach(tree::set);
    }

    private Optional<ContainerPath> target(String mount) {
        for (String option : mount.split(",", -1)) {
            if (option.matches("(target|dst|destination)=.+")) {
                String path = option.substring(option.indexOf('=') + 1);
                return path.contains("$") ? Optional.empty() : state.directory().map(start -> start.resolve(path));
            }
        }
        return Optional.empty();
    }

    private void script(JoinedText text) {
        List<String> words = state.shell();
        String name = CommandRunner.baseName(words.get(0));
        if (!CommandRunner.SHELLS.contains(name)) {
            return;
        }
        Shell shell = shell(name.equals("bash") || name.equals("zsh"));
        setOptions(shell, words.subList(1, words.size()));
        if (run.heredocs().size() == 1 && ONLY_HEREDOC.matcher(text.text()).matches()) {
            heredoc(run.heredocs().get(0).body(), shell);
            return;
        }
        List<String> bodies = new ArrayList<>();
        run.heredocs().forEach(heredoc -> bodies.add(heredoc.body().text()));
        ShellInterpreter.run(new Script.Written(text, bodies), shell);
    }

    private void heredoc(JoinedText body, Shell shell) {
        Matcher shebang = SHEBANG.matcher(body.text());
        if (!shebang.matches()) {
            ShellInterpreter.run(new Script.Written(body, List.of()), shell);
            return;
        }
        String name = CommandRunner.baseName(shebang.group(1));
        if (CommandRunner.SHELLS.contains(name)) {
            Shell own = shell(name.equals("bash") || name.equals("zsh"));
            setOptions(own, List.of(shebang.group(2).trim().split("\\s+", -1)));
            ShellInterpreter.run(new Script.Written(body, List.of()), own);
        }
    }

    private static void setOptions(Shell shell, List<String> words) {
        for (String word : words) {
            if (word.matches("-[a-z]*e[a-z]*") || word.equals("errexit")) {
                shell.setStopsAtErrors(true);
            }
        }
    }

    private Shell shell(boolean bash) {
        return new Shell(
                state.files(),
                state.runIdentity(),
                state::lookupInShell,
                state.directory().orElse(null),
                bash);
    }
}
