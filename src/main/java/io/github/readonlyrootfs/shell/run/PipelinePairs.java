// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Two commands of a pipeline that do what one command does: {@code find … -print0 | xargs -0 chmod g+w} is {@code find
 * … -exec chmod g+w {} +}.
 */
final class PipelinePairs {

    private PipelinePairs() {}

    /** The commands of a pipeline, with one command for each such pair. */
    static List<ShellNode> joined(List<ShellNode> nodes) {
        List<ShellNode> joined = new ArrayList<>();
        for (ShellNode node : nodes) {
            ShellNode before = joined.isEmpty() ? node : joined.get(joined.size() - 1);
            if (before instanceof ShellNode.Simple find
                    && node instanceof ShellNode.Simple xargs
                    && isPair(find, xargs)) {
                joined.set(joined.size() - 1, one(find, xargs));
            } else {
                joined.add(node);
            }
        }
        return joined;
    }

    private static boolean isPair(ShellNode.Simple find, ShellNode.Simple xargs) {
        List<Word> words = xargs.words();
        if (find.words().isEmpty()
                || words.size() < 2
                || !find.words().get(0).bare().equals("find")
                || !words.get(0).bare().equals("xargs")
                || !find.redirects().stream().allMatch(redirect -> redirect.descriptor() == 2)
                || !xargs.redirects().stream().allMatch(redirect -> redirect.descriptor() == 2)) {
            return false;
        }
        boolean acts =
                find.words().stream().anyMatch(word -> word.bare().matches("-(exec|ok|delete|printf|quit|fprint).*"));
        Word command = words.get(command(words));
        return !acts && !command.bare().startsWith("-") && !command.parts().isEmpty();
    }

    private static boolean beginsExpression(Word word) {
        return !word.parts().isEmpty()
                && word.parts().get(0) instanceof Word.Literal literal
                && literal.text().matches("[-(!].*");
    }

    private static int command(List<Word> words) {
        int at = 1;
        while (at < words.size() - 1 && words.get(at).bare().matches("-[0r]+|--null|--no-run-if-empty")) {
            at++;
        }
        return at;
    }

    private static ShellNode one(ShellNode.Simple find, ShellNode.Simple xargs) {
        List<Word> words = new ArrayList<>(find.words());
        words.removeIf(word -> word.bare().matches("-print0?"));
        if (words.stream().anyMatch(word -> word.bare().matches("-o|-or"))) {
            int expression = 1;
            while (!beginsExpression(words.get(expression))) {
                expression++;
            }
            words.add(expression, Word.literal("("));
            words.add(Word.literal(")"));
        }
        words.add(Word.literal("-exec"));
        words.addAll(xargs.words().subList(command(xargs.words()), xargs.words().size()));
        words.add(Word.literal("{}"));
        words.add(Word.literal("+"));
        return new ShellNode.Simple(List.of(), words, List.of(), xargs.start(), xargs.end());
    }
}
