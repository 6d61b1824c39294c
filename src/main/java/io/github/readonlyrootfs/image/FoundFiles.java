package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.shell.run.Field;
import io.github.readonlyrootfs.shell.run.Glob;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code find} finds, where all that it looks at is known. */
final class FoundFiles {

    /** More than that are not told one by one. */
    private static final int MAX_FOUND = 2_000;

    private static final int DEEP = 10_000;

    /** What is asked of each file. */
    private record Test(String name, String value, boolean negated) {}

    private final Invocation call;
    private final List<Test> tests = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private int minDepth;
    private int maxDepth = DEEP;
    private boolean depthFirst;
    private boolean known = true;

    private FoundFiles(Invocation call) {
        this.call = call;
    }

    /** Their paths as the command spells them; empty where there may be others, or where the expression asks for more. */
    static Optional<List<String>> of(Invocation call) {
        return new FoundFiles(call).paths();
    }

    private Optional<List<String>> paths() {
        List<Field> words = call.words();
        int expression = 0;
        while (expression < words.size() && !words.get(expression).text().matches("[-(!].*")) {
            expression++;
        }
        if (!parse(words.subList(expression, words.size()))) {
            return Optional.empty();
        }
        List<Field> starts = expression == 0 ? List.of(Field.of(".")) : words.subList(0, expression);
        for (Field start : starts) {
            Optional<ContainerPath> path = call.path(start);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            ContainerPath real = call.tree().followParents(path.get());
            real = start.text().endsWith("/") ? call.tree().follow(real) : real;
            visit(start.text(), real.name(), call.tree().at(real), 0);
        }
        return known && found.size() < MAX_FOUND ? Optional.of(found) : Optional.empty();
    }

    private boolean parse(List<Field> expression) {
        boolean negated = false;
        for (int i = 0; i < expression.size(); i++) {
            String word = expression.get(i).text();
            if (word.matches("-(exec|print|print0|delete)")) {
                return true;
            }
            if (word.equals("!") || word.equals("-not")) {
                negated = !negated;
                continue;
            }
            if (word.equals("-depth")) {
                depthFirst = true;
                continue;
            }
            boolean hasValue =
                    i + 1 < expression.size() && expression.get(i + 1).known();
            if (!hasValue || !word.matches("-(type|name|iname|path|user|group|mindepth|maxdepth)")) {
                return false;
            }
            String value = expression.get(++i).value().raw();
            if (!add(word, value, negated)) {
                return false;
            }
            negated = false;
        }
        return true;
    }

    private boolean add(String word, String value, boolean negated) {
        if (word.endsWith("depth")) {
            if (!value.matches("\\d{1,3}")) {
                return false;
            }
            minDepth = word.equals("-mindepth") ? Integer.parseInt(value) : minDepth;
            maxDepth = word.equals("-maxdepth") ? Integer.parseInt(value) : maxDepth;
            return true;
        }
        tests.add(new Test(word, value, negated));
        return !word.equals("-type") || value.matches("[fdl](,[fdl])*");
    }

    private void visit(String spelled, String name, Node node, int depth) {
        if (node.isMissing() || !known) {
            return;
        }
        if (node.isUnknown() || found.size() >= MAX_FOUND) {
            known = false;
            return;
        }
        boolean matches = depth >= minDepth && matches(spelled, name, node);
        if (matches && !depthFirst) {
            found.add(spelled);
        }
        if (node.isDirectory() && depth < maxDepth) {
            known &= node.anyUnlisted().isMissing();
            String prefix = spelled.endsWith("/") ? spelled : spelled + "/";
            node.children().forEach((child, entry) -> visit(prefix + child, child, entry, depth + 1));
        }
        if (matches && depthFirst) {
            found.add(spelled);
        }
    }

    private boolean matches(String spelled, String name, Node node) {
        for (Test test : tests) {
            Optional<Boolean> answer = answer(test, spelled, name, node);
            if (answer.isEmpty()) {
                known = false;
                return false;
            }
            if (answer.get() == test.negated) {
                return false;
            }
        }
        return true;
    }

    private Optional<Boolean> answer(Test test, String spelled, String name, Node node) {
        return switch (test.name) {
            case "-type" -> Optional.of(test.value.indexOf(letter(node)) >= 0);
            case "-name" -> Optional.of(new Glob(test.value).matches(name));
            case "-path" -> Optional.of(new Glob(test.value).matches(spelled));
            case "-user" ->
                same(
                        node.ownership().owner(),
                        OwnerChange.user(test.value, call.files().accounts()));
            case "-group" ->
                same(
                        node.ownership().group(),
                        OwnerChange.group(test.value, call.files().accounts()));
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> same(@Nullable UnixId actual, Optional<UnixId> wanted) {
        return actual == null || wanted.isEmpty() ? Optional.empty() : actual.same(wanted.get());
    }

    private static char letter(Node node) {
        return switch (node.kind()) {
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            default -> 'f';
        };
    }
}
