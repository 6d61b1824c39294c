package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pipeline in which {@code xargs} may run a command with what another one prints. */
final class XargsPipeline {

    private final List<ShellNode> nodes;
    private final ShellInterpreter interpreter;
    private final Shell shell;

    XargsPipeline(List<ShellNode> nodes, ShellInterpreter interpreter, Shell shell) {
        this.nodes = nodes;
        this.interpreter = interpreter;
        this.shell = shell;
    }

    /**
     * {@code find … -print0 | xargs -0 chmod g+w} does what {@code find … -exec chmod g+w {} +} does, and
     * {@code echo /a /b | xargs mkdir -p} what {@code mkdir -p /a /b} does. Empty where it is no such pair.
     */
    Optional<Status> asOneCommand(boolean must) {
        if (nodes.size() != 2
                || !(nodes.get(0) instanceof ShellNode.Simple source)
                || !(nodes.get(1) instanceof ShellNode.Simple xargs)) {
            return Optional.empty();
        }
        WordExpander expander = new WordExpander(shell);
        List<Field> words = new ArrayList<>(expander.expand(source.words()));
        List<Field> command = new ArrayList<>(expander.expand(xargs.words()));
        if (words.isEmpty() || command.isEmpty() || !command.remove(0).is("xargs")) {
            return Optional.empty();
        }
        while (!command.isEmpty() && command.get(0).text().matches("-[0r]+|--null|--no-run-if-empty")) {
            command.remove(0);
        }
        if (command.isEmpty() || command.get(0).text().startsWith("-")) {
            return Optional.empty();
        }
        Provenance by = Provenance.at("RUN xargs", interpreter.place(nodes.get(1)));
        Field producer = words.remove(0);
        if (producer.is("echo")) {
            return echoed(words, command, by, must);
        }
        boolean acts = words.stream().anyMatch(word -> word.text().matches("-(exec|ok|delete).*"));
        if (acts || !producer.is("find")) {
            return Optional.empty();
        }
        words.removeIf(word -> word.text().matches("-print0?"));
        words.add(Field.of("-exec"));
        words.addAll(command);
        words.add(Field.of("{}"));
        words.add(Field.of("+"));
        return Optional.of(TreeCommands.find(new Invocation("find", words, shell, by)));
    }

    private Optional<Status> echoed(List<Field> words, List<Field> command, Provenance by, boolean must) {
        // What is quoted or escaped, xargs would take apart once more.
        if (words.stream().anyMatch(word -> !word.isExact() || word.text().matches("-.*|.*[\\s\\\\'\"].*"))) {
            return Optional.empty();
        }
        command.addAll(words);
        return Optional.of(interpreter.command(command, List.of(), by, must));
    }

    /** What the first command names may be among what it prints, and be changed by the others. */
    void taintInput() {
        if (nodes.stream().skip(1).anyMatch(XargsPipeline::changesItsInput)
                && nodes.get(0) instanceof ShellNode.Simple source
                && !source.words().isEmpty()) {
            List<Field> words = new WordExpander(shell).expand(source.words());
            Provenance by = Provenance.at("RUN xargs", interpreter.place(source));
            Invocation call = new Invocation("", List.of(), shell, by);
            for (Field word : words.subList(1, words.size())) {
                if (word.text().matches("[./].*")) {
                    call.taintNamed(word);
                }
            }
        }
    }

    /** {@code xargs} with a command that changes what it is given. */
    private static boolean changesItsInput(ShellNode node) {
        if (!(node instanceof ShellNode.Simple simple) || simple.words().isEmpty()) {
            return false;
        }
        if (!simple.words().get(0).bare().equals("xargs")) {
            return false;
        }
        return simple.words().stream()
                .skip(1)
                .map(Word::bare)
                .filter(word -> word.matches("[a-z][\\w.+-]*"))
                .findFirst()
                .map(command -> !Commands.isHarmless(command))
                .orElse(false);
    }
}
