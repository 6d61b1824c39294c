package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import io.github.readonlyrootfs.conformance.EngineAnswers.BuildFailedException;
import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import io.github.readonlyrootfs.conformance.Recording.RecordedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the engine about random cases, compares, and counts. */
final class RandomRun {
    private static final String UNKNOWN = "UNKNOWN";

    private final EngineAnswers engine;
    private final VerdictUnderTest product;

    private int asked;
    private int failedBuilds;
    private int paths;
    private int agreements;
    private int unknown;
    private final List<String> disagreements = new ArrayList<>();

    RandomRun(EngineAnswers engine, VerdictUnderTest product) {
        this.engine = engine;
        this.product = product;
    }

    private record Answer(AskedPath path, String engines, String ours) {
        boolean disagrees() {
            return !ours.equals(UNKNOWN) && !Recording.agree(engines, ours, false);
        }
    }

    void compare(String name, String text) {
        Optional<List<Answer>> answers = answers(name, text);
        if (answers.isEmpty()) {
            failedBuilds++;
            return;
        }
        asked++;
        Optional<Answer> wrong = Optional.empty();
        for (Answer answer : answers.get()) {
            paths++;
            if (answer.ours().equals(UNKNOWN)) {
                unknown++;
            } else if (answer.disagrees()) {
                wrong = Optional.of(answer);
            } else {
                agreements++;
            }
        }
        wrong.ifPresent(answer -> disagreements.add(report(name, text, answer)));
    }

    /** Empty where a Dockerfile cannot be built. */
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

    /** A case that can be saved as it is, no larger than it has to be. */
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
            // What was left out made it no case at all.
            return false;
        }
    }

    /** The cases that the engine built and answered. */
    int asked() {
        return asked;
    }

    List<String> disagreements() {
        return disagreements;
    }

    double unknownShare() {
        return paths == 0 ? 0 : (double) unknown / paths;
    }

    String summary() {
        return "%d cases (%d more do not build), %d paths: %d agree, %d UNKNOWN (%.1f %%); %d cases disagree"
                .formatted(asked, failedBuilds, paths, agreements, unknown, 100 * unknownShare(), disagreements.size());
    }
}
