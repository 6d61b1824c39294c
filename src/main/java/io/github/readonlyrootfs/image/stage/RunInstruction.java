// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.MountOptions;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.image.command.ImageHost;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.shell.run.Interpreter;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.Shebang;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Shells;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code RUN}: in shell form, as a list of words, or as a here-document that is the script. */
final class RunInstruction {

    private static final Pattern ONLY_HEREDOC = Pattern.compile("\\s*<<-?\\s*['\"]?[^\\s<'\"]+['\"]?\\s*");

    private final Instruction.Run run;
    private final StageState state;

    RunInstruction(Instruction.Run run, StageState state) {
        this.run = run;
        this.state = state;
    }

    void evaluate() {
        FileTree tree = state.files().tree();
        Map<ContainerPath, TreeNode> mounted = new LinkedHashMap<>();
        for (Instruction.Flag flag : run.flags()) {
            if (flag.name().equals("mount")) {
                Optional<ContainerPath> target = target(flag);
                if (target.isPresent()) {
                    mounted.put(target.get(), tree.at(target.get()));
                }
            }
        }
        if (run.command() instanceof Instruction.Command.Exec exec) {
            List<Field> words =
                    exec.words().stream().map(word -> Field.of(word.text())).toList();
            Interpreter.exec(words, Place.whole(run.location()), shell("sh"), true);
        } else {
            script(((Instruction.Command.ShellForm) run.command()).text());
        }
        // Mounts exist only while the command runs, with all that it writes there.
        for (Map.Entry<ContainerPath, TreeNode> mount : mounted.entrySet()) {
            tree.set(mount.getKey(), mount.getValue());
        }
    }

    private Optional<ContainerPath> target(Instruction.Flag mount) {
        return MountOptions.value(mount, "target")
                .filter(path -> !path.text().isEmpty() && path.text().indexOf('$') < 0)
                .flatMap(path -> state.directory().map(start -> start.resolve(path.text())));
    }

    private void script(JoinedText text) {
        List<String> words = state.shell();
        String name = Call.baseName(words.get(0));
        if (!Shells.isShell(name)) {
            return;
        }
        Shell shell = shell(name);
        Shells.configure(shell, words.subList(1, words.size()));
        if (run.heredocs().size() == 1 && ONLY_HEREDOC.matcher(text.text()).matches()) {
            heredoc(run.heredocs().get(0).body(), shell);
            return;
        }
        List<String> bodies = new ArrayList<>();
        for (Instruction.Heredoc heredoc : run.heredocs()) {
            bodies.add(heredoc.body().text());
        }
        Interpreter.run(new Script(text.text(), bodies, text::location), shell, true);
    }

    private void heredoc(JoinedText body, Shell shell) {
        Script script = new Script(body.text(), body::location);
        Optional<Shebang> shebang = Shebang.of(body.text());
        if (shebang.isEmpty()) {
            Interpreter.run(script, shell, true);
        } else if (shebang.get().isShells()) {
            Shell own = shell(shebang.get().interpreter());
            Shells.configure(own, shebang.get().options());
            Interpreter.run(script, own, true);
        }
    }

    private Shell shell(String name) {
        ImageHost host = new ImageHost(state.files(), state.runIdentity(), state::shellVariable);
        return Shell.start(host, name, state.directory().orElse(null));
    }
}
