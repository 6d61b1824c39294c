// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import io.github.readonlyrootfs.conformance.EngineAnswers.BuildFailedException;
import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import io.github.readonlyrootfs.conformance.Recording.RecordedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares random cases with an engine's answers, keeps these, and counts. */
final class RandomRun {
    private static final String UNKNOWN = "UNKNOWN";

    private final Answers engine;
    private final VerdictUnderTest product;

    private int asked;
    private int failedBuilds;
    private int paths;
    private int agreements;
    private int unknown;
    private final List<Wrong> wrong = new ArrayList<>();
    private final AnsweredCases answered = new AnsweredCases();

    RandomRun(Answers engine, VerdictUnderTest product) {
        this.engine = engine;
        this.product = product;
    }

    private record Answer(AskedPath path, String engines, String ours) {
        boolean disagrees() {
            return !ours.equals(UNKNOWN) && !Recording.agree(engines, ours, false);
        }
    }

    private record Wrong(String name, String text, Answer answer) {}

    void compare(String name, String text) {
        Optional<List<Answer>> answers = answers(name, text);
        if (answers.isEmpty()) {
            failedBuilds++;
            return;
        }
        asked++;
        Map<AskedPath, String> engines = new LinkedHashMap<>();
        answers.get().forEach(answer -> engines.put(answer.path(), answer.engines()));
        answered.add(name, text, engines);
        Optional<Answer> last = Optional.empty();
        for (Answer answer : answers.get()) {
            paths++;
            if (answer.ours().equals(UNKNOWN)) {
                unknown++;
            } else if (answer.disagrees()) {
                last = Optional.of(answer);
            } else {
                agreements++;
            }
        }
        last.ifPresent(answer -> wrong.add(new Wrong(name, text, answer)));
    }

    /** Empty if a Dockerfile cannot be built. */
    private Optional<List<Answer>> answers(String name, String text) {
        ConformanceCase conformanceCase = ConformanceCase.parse(name, text);
        RecordedCase recorded;
        try {
            recorded = engine.to(conformanceCase);
        } catch (BuildFailedException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Answer> answers = new ArrayList<>();
        recorded.builders().forEach((builder, containers) -> {
            Map<String, Map<String, String>> verdicts = product.verdicts(conformanceCase, builder);
            for (AskedPath path : conformanceCase.paths()) {
                RecordedContainer container = containers.get(path.container());
                answers.add(new Answer(
                        path,
                        container.outcome(path.path()).orElseThrow(),
                        verdicts.get(path.container()).get(path.path())));
            }
        });
        return Optional.of(answers);
    }

    /** A case that can be saved as it is, reduced to what is necessary. */
    private String report(String name, String text, Answer wrong) {
        String whole = text.substring(0, text.indexOf("--- paths\n")) + "--- paths\n"
                + wrong.path().path() + " @" + wrong.path().container() + "\n";
        String least = CaseReducer.reduce(whole, candidate -> stillWrong(name, candidate, wrong));
        return "%s: %s @%s: the engine says %s, we say %s%n%s"
                .formatted(name, wrong.path().path(), wrong.path().container(), wrong.engines(), wrong.ours(), least);
    }

    private boolean stillWrong(String name, String candidate, Answer wrong) {
        try {
            return answers(name, candidate).filter(all -> all.contains(wrong)).isPresent();
        } catch (RuntimeException e) {
            // Without these lines it is not a case.
            return false;
        }
    }

    /** The cases that the engine built and answered. */
    int asked() {
        return asked;
    }

    int paths() {
        return paths;
    }

    /** The cases that were answered, to compare them again without the engine. */
    AnsweredCases answered() {
        return answered;
    }

    /** Reduces each case, which needs the engine's answers to many more cases. */
    List<String> disagreements() {
        return wrong.stream()
                .map(one -> report(one.name(), one.text(), one.answer()))
                .toList();
    }

    double unknownShare() {
        return paths == 0 ? 0 : (double) unknown / paths;
    }

    String summary() {
        return "%d cases (%d more do not build), %d paths: %d agree, %d UNKNOWN (%.1f %%); %d cases disagree"
                .formatted(asked, failedBuilds, paths, agreements, unknown, 100 * unknownShare(), wrong.size());
    }
}
