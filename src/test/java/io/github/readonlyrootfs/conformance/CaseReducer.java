// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Removes from a case's text the lines that it does not need. */
final class CaseReducer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_TRIES = 80;

    private static final List<String> OPTIONAL_FIELDS =
            List.of("mountPoints", "linuxParameters", "volumesFrom", "user", "workingDirectory", "privileged");

    private final Predicate<String> showsTheSame;
    private List<String> lines;
    private int tries;

    private CaseReducer(String text, Predicate<String> showsTheSame) {
        this.lines = List.of(text.split("\n", -1));
        this.showsTheSame = showsTheSame;
    }

    /** @param showsTheSame whether a shorter text still shows the same */
    static String reduce(String text, Predicate<String> showsTheSame) {
        CaseReducer reducer = new CaseReducer(text, showsTheSame);
        reducer.dropSections();
        reducer.dropFields();
        reducer.dropLines();
        return String.join("\n", reducer.lines);
    }

    private boolean accept(List<String> candidate) {
        if (tries++ >= MAX_TRIES || !showsTheSame.test(String.join("\n", candidate))) {
            return false;
        }
        lines = List.copyOf(candidate);
        return true;
    }

    /** The task definition, the files of the context and other images. */
    private void dropSections() {
        for (int i = lines.size() - 1; i > 0; i--) {
            if (lines.get(i).matches("--- (taskdef|context|Dockerfile ).*")) {
                accept(without(i, sectionEnd(i)));
            }
        }
    }

    private void dropFields() {
        Optional<Integer> start = taskDefinition();
        if (start.isEmpty()) {
            return;
        }
        int containers = task(start.get()).path("containerDefinitions").size();
        for (int container = 0; container < containers; container++) {
            for (String field : OPTIONAL_FIELDS) {
                JsonNode task = task(start.get());
                ObjectNode changed =
                        (ObjectNode) task.path("containerDefinitions").get(container);
                if (changed.remove(field) != null) {
                    List<String> candidate = without(start.get() + 1, sectionEnd(start.get()));
                    candidate.addAll(
                            start.get() + 1, List.of(task.toPrettyString().split("\n")));
                    accept(candidate);
                }
            }
        }
    }

    private JsonNode task(int start) {
        try {
            return JSON.readTree(String.join("\n", lines.subList(start + 1, sectionEnd(start))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Integer> taskDefinition() {
        int at = lines.indexOf("--- taskdef.json");
        return at < 0 ? Optional.empty() : Optional.of(at);
    }

    /** Lines of Dockerfiles, the last ones first, since no other line needs them. */
    private void dropLines() {
        for (int i = lines.size() - 1; i > 0; i--) {
            if (isOfDockerfile(i)) {
                accept(without(i, i + 1));
            }
        }
    }

    private boolean isOfDockerfile(int line) {
        for (int i = line; i >= 0; i--) {
            if (lines.get(i).startsWith("--- ")) {
                return i < line && lines.get(i).startsWith("--- Dockerfile");
            }
        }
        return false;
    }

    private int sectionEnd(int start) {
        int end = start + 1;
        while (end < lines.size() && !lines.get(end).startsWith("--- ")) {
            end++;
        }
        return end;
    }

    private List<String> without(int from, int to) {
        List<String> rest = new ArrayList<>(lines.subList(0, from));
        rest.addAll(lines.subList(to, lines.size()));
        return rest;
    }
}
