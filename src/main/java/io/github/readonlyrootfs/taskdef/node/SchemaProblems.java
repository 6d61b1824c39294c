// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers problems. */
public final class SchemaProblems {

    /** More of one kind are not reported: a hostile file has a million. */
    private static final int MAX_OF_ONE_KIND = 300;

    /** No key of ECS is half as long. */
    private static final int MAX_NAME = 100;

    /** More names than this are not listed in a message. */
    private static final int MAX_LISTED = 12;

    private final List<SchemaProblem> list = new ArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    /** A name from the file in backticks, cut and without control characters. */
    public static String quoted(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "\uFFFD");
        return "`" + (line.length() > MAX_NAME ? line.substring(0, MAX_NAME) + "…" : line) + "`";
    }

    /** Names from the file in a line of output. */
    public static String listed(List<String> names) {
        String list =
                names.stream().limit(MAX_LISTED).map(SchemaProblems::quoted).collect(Collectors.joining(", "));
        return names.size() > MAX_LISTED ? list + " and " + (names.size() - MAX_LISTED) + " more" : list;
    }

    public void add(SchemaProblem problem) {
        if (counts.merge(problem.kind(), 1, Integer::sum) <= MAX_OF_ONE_KIND) {
            list.add(problem);
        }
    }

    /** Whether more of a kind would be left out. */
    public boolean isFull(Kind kind) {
        return counts.getOrDefault(kind, 0) >= MAX_OF_ONE_KIND;
    }

    /** All of them, from the top of the file to its end. */
    public List<SchemaProblem> sorted() {
        List<SchemaProblem> sorted = new ArrayList<>(list);
        if (sorted.size() > 1) {
            sorted.sort(Comparator.comparing(problem -> problem.problem().location()));
        }
        return List.copyOf(sorted);
    }
}
