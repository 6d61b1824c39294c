// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the engine answered: {@code recorded.json}, which {@link ConformanceRecorder} writes. */
record Recording(String platform, Map<String, String> engine, Map<String, RecordedCase> cases) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The answers to one case, by builder and container. */
    record RecordedCase(String digest, Map<String, Map<String, RecordedContainer>> builders) {}

    /**
     * The answers for one container.
     *
     * @param cannotStart the engine's message, null if the container started
     * @param paths the outcome of each path, then in parentheses the deepest part of the path that exists, its owner and
     *     mode
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RecordedContainer(String user, String cannotStart, Map<String, String> paths) {
        Optional<String> outcome(String path) {
            return Optional.ofNullable(paths.get(path)).map(answer -> answer.replaceFirst(" .*", ""));
        }
    }

    static Recording read() {
        return read(ConformanceCase.resource("/conformance/recorded.json"));
    }

    static Recording read(Path file) {
        try {
            return JSON.readValue(file.toFile(), Recording.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        try {
            JsonNode sorted = JSON.valueToTree(new Recording(platform, new TreeMap<>(engine), new TreeMap<>(cases)));
            Files.writeString(file, JSON.writer(printer).writeValueAsString(sorted) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> outcome(ConformanceCase asked, String builder, String container, String path) {
        return Optional.ofNullable(cases.get(asked.name()))
                .map(recorded -> recorded.builders().get(builder))
                .map(containers -> containers.get(container))
                .flatMap(recorded -> recorded.outcome(path));
    }

    /**
     * The differences between the verdicts and what the engine did, one line each. UNKNOWN agrees if the case says so.
     * An outcome that no verdict can name (ENOTDIR, EEXIST) agrees with everything but WRITABLE.
     */
    List<String> disagreements(ConformanceCase asked, String builder, VerdictUnderTest product) {
        Map<String, Map<String, String>> verdicts = product.verdicts(asked, builder);
        List<String> disagreements = new ArrayList<>();
        for (ConformanceCase.AskedPath path : asked.paths()) {
            String outcome =
                    outcome(asked, builder, path.container(), path.path()).orElse("not recorded");
            String verdict = verdicts.getOrDefault(path.container(), Map.of()).getOrDefault(path.path(), "no verdict");
            if (!agree(outcome, verdict, path.unknownAccepted())) {
                disagreements.add("%s [%s] %s @%s: the engine says %s, we say %s"
                        .formatted(asked.name(), builder, path.path(), path.container(), outcome, verdict));
            }
        }
        return disagreements;
    }

    static boolean agree(String outcome, String verdict, boolean unknownAccepted) {
        if (verdict.equals("UNKNOWN")) {
            return unknownAccepted;
        }
        if (Outcome.NAMES.contains(outcome)) {
            return outcome.equals(verdict);
        }
        return Outcome.NAMES.contains(verdict) && !verdict.equals(Outcome.WRITABLE);
    }

    /** What can happen to a write; anything else that is recorded is the name of an errno. */
    static final class Outcome {
        static final String WRITABLE = "WRITABLE";
        static final String CANNOT_START = "CANNOT_START";
        static final Set<String> NAMES = Set.of(WRITABLE, "READ_ONLY", "NOT_PERMITTED", CANNOT_START);

        private Outcome() {}
    }
}
