package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import io.github.readonlyrootfs.conformance.EngineAnswers.BuildFailedException;
import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import io.github.readonlyrootfs.conformance.Recording.RecordedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the engine about random cases, compares, and counts. */
final class RandomRun {
    private static final String UNKNOWN = "UNKNOWN";

    private final EngineAnswers engine = new EngineAnswers(DockerEngine.standard());
    private final VerdictUnderTest product;
    private final Path found;

    private int asked;
    private int failedBuilds;
    private int paths;
    private int agreements;
    private int unknown;
    private final List<String> disagreements = new ArrayList<>();

    /** @param found where cases are written that we do not answer as the engine does */
    RandomRun(VerdictUnderTest product, Path found) {
        this.product = product;
        this.found = found;
    }

    void compare(String name, String text) {
        compare(name, text, ask(name, text));
    }

    private Optional<RecordedCase> ask(String name, String text) {
        try {
            return Optional.of(engine.to(ConformanceCase.parse(name, text)));
        } catch (BuildFailedException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(String name, String text, Optional<RecordedCase> answer) {
        if (answer.isEmpty()) {
            failedBuilds++;
            return;
        }
        asked++;
        ConformanceCase conformanceCase = ConformanceCase.parse(name, text);
        List<Difference> differences = new ArrayList<>();
        answer.get().builders().forEach((builder, containers) -> {
            Map<String, Map<String, String>> verdicts = product.verdicts(conformanceCase, builder);
            for (AskedPath path : conformanceCase.paths()) {
                paths++;
                Difference difference = difference(path, containers, verdicts);
                if (difference.ours().equals(UNKNOWN)) {
                    unknown++;
                    differences.add(difference);
                } else if (Recording.agree(difference.engines(), difference.ours(), false)) {
                    agreements++;
                } else {
                    disagreements.add(name + " " + difference);
                    differences.add(difference);
                }
            }
        });
        if (!differences.isEmpty()) {
            write(name, text, differences);
        }
    }

    private record Difference(AskedPath path, String engines, String ours) {
        @Override
        public String toString() {
            return "%s @%s: the engine says %s, we say %s".formatted(path.path(), path.container(), engines, ours);
        }
    }

    private static Difference difference(
            AskedPath path, Map<String, RecordedContainer> engines, Map<String, Map<String, String>> ours) {
        RecordedContainer container = engines.get(path.container());
        return new Difference(
                path,
                container.outcome(path.path()).orElseThrow(),
                ours.get(path.container()).get(path.path()));
    }

    private void write(String name, String text, List<Difference> differences) {
        StringBuilder lines = new StringBuilder();
        differences.forEach(difference -> lines.append(difference).append("; "));
        try {
            Path file = found.resolve(name + ".case");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.replaceFirst("\n", " — " + lines + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> disagreements() {
        return disagreements;
    }

    double unknownShare() {
        return paths == 0 ? 0 : (double) unknown / paths;
    }

    String summary() {
        return "%d cases (%d more do not build), %d paths: %d agree, %d UNKNOWN (%.1f %%), %d disagree"
                .formatted(asked, failedBuilds, paths, agreements, unknown, 100 * unknownShare(), disagreements.size());
    }
}
