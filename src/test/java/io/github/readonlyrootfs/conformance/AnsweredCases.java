// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import io.github.readonlyrootfs.conformance.EngineAnswers.BuildFailedException;
import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import io.github.readonlyrootfs.conformance.Recording.RecordedContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Random cases with the engine's answers, in one file: each begins with {@code === name}, has no build context, since
 * that is the same for all, and after each of its paths the result of a write there.
 */
final class AnsweredCases implements Answers {

    private static final String START = "=== ";
    private static final String PATHS = "--- paths\n";
    private static final String TASK = "--- taskdef.json\n";
    private static final String ANSWER = " = ";

    private final Map<String, String> texts = new LinkedHashMap<>();

    static AnsweredCases read(Path file) throws IOException {
        AnsweredCases cases = new AnsweredCases();
        for (String block : Files.readString(file).split("(?m)^(?==== )")) {
            if (!block.isBlank()) {
                int end = block.indexOf('\n');
                cases.texts.put(block.substring(START.length(), end), block.substring(end + 1));
            }
        }
        return cases;
    }

    /** The text of each case, by its name, without answers. */
    Map<String, String> asked() {
        Map<String, String> asked = new LinkedHashMap<>();
        texts.forEach((name, text) -> asked.put(name, withContext(text.replaceAll("(?m)" + ANSWER + "[A-Z_]+$", ""))));
        return asked;
    }

    /** Keeps a case with its answers. */
    void add(String name, String text, Map<AskedPath, String> answers) {
        StringBuilder kept =
                new StringBuilder(onOneLine(withoutContext(text.substring(0, text.indexOf(PATHS))))).append(PATHS);
        answers.forEach((path, answer) -> kept.append(path.path())
                .append(" @")
                .append(path.container())
                .append(ANSWER)
                .append(answer)
                .append('\n'));
        texts.put(name, kept.toString());
    }

    void write(Path file) throws IOException {
        StringBuilder all = new StringBuilder();
        texts.forEach(
                (name, text) -> all.append(START).append(name).append('\n').append(text));
        Files.writeString(file, all.toString());
    }

    @Override
    public RecordedCase to(ConformanceCase asked) {
        ConformanceCase recorded = ConformanceCase.parse(asked.name(), asked().get(asked.name()));
        if (!recorded.digest().equals(asked.digest())) {
            throw new BuildFailedException("only the engine knows");
        }
        Map<String, Map<String, String>> outcomes = new TreeMap<>();
        String text = texts.get(asked.name());
        for (String line : text.substring(text.indexOf(PATHS) + PATHS.length()).split("\n")) {
            String[] words = line.split(" ");
            outcomes.computeIfAbsent(words[1].substring(1), name -> new TreeMap<>())
                    .put(words[0], words[3]);
        }
        Map<String, RecordedContainer> containers = new TreeMap<>();
        outcomes.forEach((name, paths) -> containers.put(name, new RecordedContainer("", null, paths)));
        return new RecordedCase(asked.digest(), Map.of(asked.builders().get(0), containers));
    }

    /** The task definition without its line ends. */
    private static String onOneLine(String text) {
        int task = text.indexOf(TASK);
        return task < 0
                ? text
                : text.substring(0, task + TASK.length())
                        + text.substring(task + TASK.length()).strip().replaceAll("\\s*\\n\\s*", " ")
                        + "\n";
    }

    private static String withContext(String text) {
        int paths = text.indexOf(PATHS);
        return text.substring(0, paths) + RandomCase.context() + text.substring(paths);
    }

    private static String withoutContext(String text) {
        int context = text.indexOf("--- context ");
        return context < 0 ? text : text.substring(0, context);
    }
}
