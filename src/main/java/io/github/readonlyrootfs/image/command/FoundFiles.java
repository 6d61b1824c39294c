// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that {@code find} finds, if all that it looks at is known. */
final class FoundFiles {

    /** More files than these are not treated one by one. */
    private static final int MAX_FOUND = 2_000;

    private static final int DEEP = 10_000;

    /** A condition of the expression. */
    @FunctionalInterface
    private interface Test {
        Truth of(Visited file);
    }

    /** A file that find visits. */
    private static final class Visited {
        final String spelled;
        final String name;
        final TreeNode node;
        /** Whether the expression has reached its action. */
        boolean chosen;
        /** Whether what is below it is left out. */
        boolean pruned;

        Visited(String spelled, String name, TreeNode node) {
            this.spelled = spelled;
            this.name = name;
            this.node = node;
        }
    }

    private final Invocation call;
    private final List<String> found = new ArrayList<>();
    private List<Field> words = List.of();
    private int at;
    private int open;
    private boolean understood = true;
    private boolean acts;
    /** It prints only the first file, which may be any: directories have no order. */
    private boolean quits;

    private int minDepth;
    private int maxDepth = DEEP;
    private boolean depthFirst;
    private boolean followsLinks;
    private boolean known = true;

    private FoundFiles(Invocation call) {
        this.call = call;
    }

    /** Their paths as the command spells them; empty if there may be others, or if the expression is not understood. */
    static Optional<List<String>> of(Invocation call) {
        return new FoundFiles(call).paths();
    }

    /** Where the expression begins, after the starting points. */
    static int expression(List<Field> words) {
        int at = 0;
        while (at < words.size() && !words.get(at).text().matches("[-(!].*")) {
            at++;
        }
        return at;
    }

    private Optional<List<String>> paths() {
        List<Field> all = call.words();
        int expression = expression(all);
        words = all.subList(expression, all.size());
        Test question = words.isEmpty() ? file -> Truth.TRUE : either();
        boolean ends = at == words.size() || (acts && open == 0);
        if (!understood || !ends) {
            return Optional.empty();
        }
        List<Field> starts = expression == 0 ? List.of(Field.of(".")) : all.subList(0, expression);
        for (Field start : starts) {
            Optional<ContainerPath> path = call.path(start);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            ContainerPath real = call.tree().followParents(path.get());
            real = start.text().endsWith("/") ? call.tree().follow(real) : real;
            visit(question, start.text(), real.name(), call.tree().at(real), 0);
        }
        return known && found.size() < (quits ? 2 : MAX_FOUND) ? Optional.of(found) : Optional.empty();
    }

    private boolean take(String... tokens) {
        for (String token : tokens) {
            if (at < words.size() && words.get(at).is(token)) {
                at++;
                return true;
            }
        }
        return false;
    }

    private Test either() {
        Test one = both();
        while (!acts && understood && take("-o", "-or")) {
            Test left = one;
            Test right = both();
            one = file -> {
                // What follows may be the action, and is reached only if the first condition is certainly false.
                Truth first = left.of(file);
                return first.isFalse() ? right.of(file) : first;
            };
        }
        return one;
    }

    private Test both() {
        Test one = not();
        while (!acts && understood && at < words.size() && !words.get(at).text().matches("-o|-or|\\)")) {
            take("-a", "-and");
            Test left = one;
            Test right = not();
            one = file -> {
                Truth first = left.of(file);
                return first.isTrue() ? right.of(file) : first;
            };
        }
        return one;
    }

    private Test not() {
        if (take("!", "-not")) {
            Test one = not();
            return file -> one.of(file).not();
        }
        if (take("(")) {
            open++;
            Test one = either();
            understood &= acts || take(")");
            open -= acts ? 0 : 1;
            return one;
        }
        return primary();
    }

    private Test primary() {
        String word = at < words.size() ? words.get(at++).text() : "";
        switch (word) {
            case "-exec", "-print", "-print0", "-delete" -> {
                acts = true;
                depthFirst |= word.equals("-delete");
                quits = word.startsWith("-print") && take("-quit");
                understood &= word.equals("-exec") || at == words.size();
                return file -> {
                    file.chosen = true;
                    return Truth.TRUE;
                };
            }
            case "-depth", "-xdev", "-mount" -> {
                depthFirst |= word.equals("-depth");
                return file -> Truth.TRUE;
            }
            case "-follow" -> {
                followsLinks = true;
                return file -> Truth.TRUE;
            }
            case "-prune" -> {
                return file -> {
                    file.pruned = !depthFirst;
                    return Truth.TRUE;
                };
            }
            case "-empty" -> {
                return file -> isEmpty(file.node);
            }
            case "-true" -> {
                return file -> Truth.TRUE;
            }
            case "-executable", "-readable", "-writable", "-nouser", "-nogroup" -> {
                return file -> Truth.UNKNOWN;
            }
            default -> {
                return valued(word);
            }
        }
    }

    private Test valued(String word) {
        boolean hasValue = at < words.size() && words.get(at).known();
        if (!hasValue
                || !word.matches(
                        "-(type|name|iname|path|wholename|user|group|perm|mindepth|maxdepth|regex|size|newer|links"
                                + "|[acm]time|[acm]min)")) {
            understood = false;
            return file -> Truth.UNKNOWN;
        }
        String value = words.get(at++).value().raw();
        if (word.endsWith("depth")) {
            understood &= value.matches("\\d{1,3}");
            int depth = understood ? Integer.parseInt(value) : 0;
            minDepth = word.equals("-mindepth") ? depth : minDepth;
            maxDepth = word.equals("-maxdepth") ? depth : maxDepth;
            return file -> Truth.TRUE;
        }
        understood &= !word.equals("-type") || value.matches("[fdl](,[fdl])*");
        return file -> answer(word, value, file);
    }

    private void visit(Test question, String spelled, String name, TreeNode node, int depth) {
        if (node.isMissing() || !known) {
            return;
        }
        if (node.isUnknown() || (followsLinks && node.isSymlink()) || found.size() >= MAX_FOUND) {
            known = false;
            return;
        }
        Visited file = new Visited(spelled, name, node);
        boolean matches = depth >= minDepth && matches(question, file);
        if (matches && !depthFirst) {
            found.add(spelled);
        }
        if (node.isDirectory() && depth < maxDepth && !file.pruned) {
            known &= node.anyUnlisted().isMissing();
            String prefix = spelled.endsWith("/") ? spelled : spelled + "/";
            node.children().forEach((child, entry) -> visit(question, prefix + child, child, entry, depth + 1));
        }
        if (matches && depthFirst) {
            found.add(spelled);
        }
    }

    private boolean matches(Test question, Visited file) {
        Truth answer = question.of(file);
        known &= !answer.isUnknown();
        return acts ? file.chosen : answer.isTrue();
    }

    private Truth answer(String test, String value, Visited file) {
        Ownership ownership = file.node.ownership();
        Integer mode = ownership.mode();
        return switch (test) {
            case "-type" -> Truth.of(value.indexOf(letter(file.node)) >= 0);
            case "-name" -> Truth.of(new Glob(value).matches(file.name));
            case "-path", "-wholename" -> Truth.of(new Glob(value).matches(file.spelled));
            case "-user" ->
                UnixId.same(
                        ownership.owner(), call.files().accounts().userId(value).orElse(null));
            case "-group" ->
                UnixId.same(
                        ownership.group(),
                        call.files().accounts().groupId(value).orElse(null));
            case "-perm" -> mode == null || file.node.isSymlink() ? Truth.UNKNOWN : hasMode(mode, value);
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth hasMode(int mode, String wanted) {
        if (!wanted.matches("[-/]?[0-7]{1,4}")) {
            return Truth.UNKNOWN;
        }
        int bits = Integer.parseInt(wanted.replaceFirst("^[-/]", ""), 8);
        return Truth.of(
                switch (wanted.charAt(0)) {
                    case '-' -> (mode & bits) == bits;
                    case '/' -> bits == 0 || (mode & bits) != 0;
                    default -> mode == bits;
                });
    }

    private static Truth isEmpty(TreeNode node) {
        if (node.isDirectory()) {
            return node.isEmpty();
        }
        return node.isSymlink()
                ? Truth.FALSE
                : Truth.of(FileContent.text(node.content()).known(), String::isEmpty);
    }

    private static char letter(TreeNode node) {
        return switch (node.kind()) {
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            default -> 'f';
        };
    }
}
