// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Small Dockerfiles and what BuildKit answered to each. {@code src/test/grammar/record.go} describes the notation of
 * the case files and makes {@code recorded.json}.
 */
final class GrammarTable {

    /**
     * One Dockerfile.
     *
     * @param recorded BuildKit's answer
     */
    record Case(String name, byte[] text, JsonNode recorded) {

        boolean failedIn(String... phases) {
            return Arrays.asList(phases).contains(recorded.at("/failure/phase").asText());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One word and its expansion, or the error. */
    record Word(String word, char escape, JsonNode recorded) {

        @Override
        public String toString() {
            return escape + " " + word;
        }
    }

    private static final Path DIRECTORY = Path.of("src/test/resources/grammar");
    private static final Pattern NOTATION = Pattern.compile("⟦(?:([0-9A-F]{2})|(.)\\*(\\d+)|END)⟧");

    private static final JsonNode RECORDED = recorded();

    private GrammarTable() {}

    static List<Case> cases() {
        Map<String, JsonNode> answers = new HashMap<>();
        RECORDED.get("cases").forEach(answer -> answers.put(answer.get("name").asText(), answer));
        List<Case> cases = new ArrayList<>();
        for (Path file : caseFiles()) {
            String group = file.getFileName().toString().replace(".dockerfile", "");
            List<String> parts = List.of(("\n" + read(file)).split("\n==== ", -1));
            for (String part : parts.subList(1, parts.size())) {
                int end = part.indexOf('\n');
                String text = part.substring(end + 1);
                String name = group + "/" + part.substring(0, end).split(" ")[0];
                JsonNode answer = answers.get(name);
                if (answer == null) {
                    throw new IllegalStateException(name + " is not recorded: run src/test/grammar/record.sh");
                }
                cases.add(new Case(name, decode(text.endsWith("\n") ? text : text + "\n"), answer));
            }
        }
        return cases;
    }

    static List<Word> words() {
        List<Word> words = new ArrayList<>();
        RECORDED.get("expansions")
                .forEach(node -> words.add(new Word(
                        node.get("word").asText(), node.get("escape").asText().charAt(0), node)));
        return words;
    }

    static Map<String, String> variables() {
        return strings(RECORDED.get("expansionVariables"));
    }

    /** The configuration of the base image of a case; an empty one for images that are not listed. */
    static JsonNode base(String image) {
        return RECORDED.get("bases").path(image);
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new HashMap<>();
        object.properties()
                .forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
        return strings;
    }

    private static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher notation = NOTATION.matcher(text);
        int copied = 0;
        while (notation.find()) {
            bytes.writeBytes(text.substring(copied, notation.start()).getBytes(StandardCharsets.UTF_8));
            copied = notation.end();
            if (notation.group(1) != null) {
                bytes.write(HexFormat.fromHexDigits(notation.group(1)));
            } else if (notation.group(2) != null) {
                String repeated = notation.group(2).repeat(Integer.parseInt(notation.group(3)));
                bytes.writeBytes(repeated.getBytes(StandardCharsets.UTF_8));
            } else {
                return bytes.toByteArray();
            }
        }
        bytes.writeBytes(text.substring(copied).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static List<Path> caseFiles() {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("cases"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode recorded() {
        try {
            return new ObjectMapper().readTree(read(DIRECTORY.resolve("recorded.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
