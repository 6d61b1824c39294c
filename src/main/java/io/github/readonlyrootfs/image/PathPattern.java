package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A word with a pattern in it, or with something unknown, matched against the tree. */
final class PathPattern {

    private final Invocation call;
    private final Field word;

    PathPattern(Invocation call, Field word) {
        this.call = call;
        this.word = word;
    }

    void change(UnaryOperator<Node> change) {
        String pattern = word.pattern();
        if (pattern == null) {
            return;
        }
        List<String> segments = Arrays.stream(pattern.split("/", -1))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        int fixed = 0;
        while (fixed < segments.size() && isPlain(segments.get(fixed))) {
            fixed++;
        }
        // A pattern that is unknown from its start names anything or nothing: no path can be blamed on it.
        boolean absolute = pattern.startsWith("/");
        if (fixed == 0 && !word.known()) {
            return;
        }
        ContainerPath start =
                absolute ? ContainerPath.ROOT : call.shell().directory().orElse(null);
        if (start == null) {
            return;
        }
        for (String segment : segments.subList(0, fixed)) {
            start = start.resolve(segment.replace("\\", ""));
        }
        List<String> rest = segments.subList(fixed, segments.size());
        call.tree().update(call.tree().follow(start), node -> descend(node, rest, change));
    }

    private static boolean isPlain(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == '\\') {
                i++;
            } else if (Glob.isSpecial(segment.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private Node descend(Node node, List<String> segments, UnaryOperator<Node> change) {
        if (segments.isEmpty()) {
            return word.known() ? change.apply(node) : perhaps(node, change);
        }
        Glob glob = new Glob(segments.get(0));
        List<String> rest = segments.subList(1, segments.size());
        Node changed = node;
        List<String> names = new ArrayList<>();
        node.children().forEach((name, child) -> names.add(name));
        for (String name : names) {
            Node child = node.child(name);
            if (!glob.matchesEntry(name)) {
                continue;
            }
            if (!child.isMissing()) {
                changed = changed.withChild(name, descend(child, rest, change));
            } else if (!word.known()) {
                changed = changed.withChild(name, perhaps(child, change));
            }
        }
        // A pattern finds only what is there; a name that is not known may be that of something new.
        if (word.known() ? rest.isEmpty() && node.anyUnlisted().isUnknown() : node.isDirectory()) {
            changed = changed.withUnlisted(perhaps(node.anyUnlisted(), change));
        }
        return changed;
    }

    private Node perhaps(Node node, UnaryOperator<Node> change) {
        return Node.either(node, change.apply(node), call.by());
    }
}
