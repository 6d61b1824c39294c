// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One end of {@code tar -C a -cf - . | tar -C b -xf -}, or of {@code (cd a && tar c .) | (cd b && tar x)}.
 *
 * @param directory its working directory; empty for the shell's
 * @param operands what it packs
 */
record TarEnd(char mode, Optional<Word> directory, List<Word> operands, ShellNode.Simple command) {

    /** Other letters that are allowed: owner and mode are copied anyway. */
    private static final String LETTERS = "pv";

    /** The {@code cp -a} that does what two commands of a pipeline do; empty if none does. */
    static Optional<ShellNode> copy(ShellNode packing, ShellNode unpacking) {
        Optional<TarEnd> from = of(packing).filter(end -> end.mode == 'c' && end.packsOwn());
        Optional<TarEnd> to = of(unpacking).filter(end -> end.mode == 'x' && end.operands.isEmpty());
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        List<Word> words = new ArrayList<>(List.of(
                Word.literal("cp"),
                Word.literal("-a"),
                Word.literal("-t"),
                to.get().directory.orElseGet(() -> Word.literal("."))));
        from.get().operands.forEach(operand -> words.add(from.get().within(operand)));
        return Optional.of(new ShellNode.Simple(
                List.of(),
                words,
                List.of(),
                from.get().command.start(),
                to.get().command.end()));
    }

    /**
     * Whether it packs only entries of its directory, or the directory itself: a path with more names is unpacked below
     * those.
     */
    private boolean packsOwn() {
        return !operands.isEmpty()
                && operands.stream().allMatch(word -> word.bare().matches("\\./?|(?:\\./)?[\\w@+][\\w.@+-]*"));
    }

    private Word within(Word operand) {
        if (directory.isEmpty()) {
            return operand;
        }
        List<Word.Part> parts = new ArrayList<>(directory.get().parts());
        parts.add(new Word.Literal("/" + operand.bare(), true));
        return new Word(parts, directory.get().start(), operand.end());
    }

    private static Optional<TarEnd> of(ShellNode node) {
        if (node instanceof ShellNode.Simple simple) {
            return of(simple, Optional.empty());
        }
        boolean entered = node instanceof ShellNode.Group group
                && group.subshell()
                && group.redirects().isEmpty()
                && group.body() instanceof ShellNode.AndOr;
        if (!entered) {
            return Optional.empty();
        }
        List<ShellNode.AndOr.Link> links = ((ShellNode.AndOr) ((ShellNode.Group) node).body()).links();
        return links.size() == 2
                        && links.get(1).operator().equals("&&")
                        && links.get(0).node() instanceof ShellNode.Simple cd
                        && cd.words().size() == 2
                        && cd.words().get(0).bare().equals("cd")
                        && links.get(1).node() instanceof ShellNode.Simple tar
                ? of(tar, Optional.of(cd.words().get(1)))
                : Optional.empty();
    }

    private static Optional<TarEnd> of(ShellNode.Simple tar, Optional<Word> around) {
        List<Word> words = tar.words();
        if (words.size() < 2
                || !words.get(0).bare().equals("tar")
                || !tar.assignments().isEmpty()
                || !tar.redirects().stream().allMatch(redirect -> redirect.descriptor() == 2)) {
            return Optional.empty();
        }
        char mode = 0;
        Optional<Word> directory = around;
        List<Word> operands = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String text = words.get(i).bare();
            if (i > 1 && !text.startsWith("-")) {
                operands.add(words.get(i));
                continue;
            }
            for (char letter : (text.startsWith("-") ? text.substring(1) : text).toCharArray()) {
                if (letter == 'c' || letter == 'x') {
                    mode = letter;
                } else if (letter == 'f'
                        && i + 1 < words.size()
                        && words.get(i + 1).bare().equals("-")) {
                    i++;
                } else if (letter == 'C' && directory.isEmpty() && i + 1 < words.size()) {
                    i++;
                    directory = Optional.of(words.get(i));
                } else if (LETTERS.indexOf(letter) < 0) {
                    return Optional.empty();
                }
            }
        }
        return mode == 0 ? Optional.empty() : Optional.of(new TarEnd(mode, directory, operands, tar));
    }
}
