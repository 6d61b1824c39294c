// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.observed.ObservedContainer.Run;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What runs of a task's containers showed; a file beside the task definition, to be checked in. */
public record NeedsRecord(List<ObservedContainer> containers) {

    public static final String FILE_NAME = "readonly-rootfs-needs.json";

    public static final NeedsRecord EMPTY = new NeedsRecord(List.of());

    private static final int VERSION = 1;

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** Its classes are loaded only where there is a record. */
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    public NeedsRecord {
        containers = containers.stream().sorted().toList();
    }

    /** A text is not a record of this version; the message says why, as half a sentence, and quotes nothing of it. */
    public static final class NotARecordException extends Exception {
        private static final long serialVersionUID = 1L;

        NotARecordException(String message) {
            super(message);
        }
    }

    public static NeedsRecord parse(String text) throws NotARecordException {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new NotARecordException("it is not JSON");
        }
        if (!root.path("schemaVersion").isInt()) {
            throw new NotARecordException("it has no schemaVersion");
        }
        if (root.path("schemaVersion").intValue() != VERSION) {
            throw new NotARecordException(
                    "this version of the plugin reads records of schemaVersion " + VERSION + " only");
        }
        List<ObservedContainer> containers = new ArrayList<>();
        for (JsonNode each : array(root, "containers")) {
            containers.add(container(each));
        }
        return new NeedsRecord(containers);
    }

    private static ObservedContainer container(JsonNode node) throws NotARecordException {
        Map<String, String> inputs = new TreeMap<>();
        for (Map.Entry<String, JsonNode> input : node.path("inputs").properties()) {
            inputs.put(input.getKey(), input.getValue().asText());
        }
        List<ObservedNeed> needs = new ArrayList<>();
        for (JsonNode each : array(node, "needs")) {
            String path = text(each, "path");
            if (!path.startsWith("/")) {
                throw new NotARecordException("a path of a need does not begin with /");
            }
            needs.add(new ObservedNeed(
                    ContainerPath.of(path),
                    impact(text(each, "impact")),
                    text(each, "without"),
                    date(each),
                    text(each, "seenBy"),
                    optional(each, "writer")));
        }
        return new ObservedContainer(
                optional(node, "task"),
                text(node, "name"),
                new Run(
                        text(node, "image"),
                        text(node, "base"),
                        text(node, "engine"),
                        date(node),
                        text(node, "ready"),
                        names(node, "given"),
                        text(node, "asTask")),
                inputs,
                needs);
    }

    private static Set<String> names(JsonNode node, String key) throws NotARecordException {
        Set<String> names = new TreeSet<>();
        for (JsonNode each : array(node, key)) {
            names.add(each.asText());
        }
        return names;
    }

    private static Optional<String> optional(JsonNode node, String key) {
        return Optional.of(node.path(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private static Iterable<JsonNode> array(JsonNode node, String key) throws NotARecordException {
        if (!node.path(key).isArray()) {
            throw new NotARecordException("an object has no array \"" + key + "\"");
        }
        return node.path(key);
    }

    private static String text(JsonNode node, String key) throws NotARecordException {
        return optional(node, key).orElseThrow(() -> new NotARecordException("an object has no text \"" + key + "\""));
    }

    private static String date(JsonNode node) throws NotARecordException {
        String date = text(node, "date");
        if (!DATE.matcher(date).matches()) {
            throw new NotARecordException("a date is not like 2026-11-30");
        }
        return date;
    }

    private static Impact impact(String word) throws NotARecordException {
        for (Impact impact : Impact.values()) {
            if (impact.word().equals(word)) {
                return impact;
            }
        }
        throw new NotARecordException("the impact of a need is fatal, feature or optional");
    }

    /** What it has of a container; where its file had no name for its task then, its own name is enough. */
    public Optional<ObservedContainer> of(Optional<String> task, String name) {
        ObservedContainer unnamed = null;
        for (ObservedContainer container : containers) {
            if (container.name().equals(name) && container.task().equals(task)) {
                return Optional.of(container);
            }
            boolean fits = container.name().equals(name) && container.task().isEmpty();
            unnamed = unnamed == null && fits ? container : unnamed;
        }
        return Optional.ofNullable(unnamed);
    }

    /** This record with a container that was run now. */
    public NeedsRecord with(ObservedContainer now) {
        List<ObservedContainer> all = new ArrayList<>(containers);
        Optional<ObservedContainer> earlier =
                of(now.task(), now.name()).filter(each -> each.task().equals(now.task()));
        earlier.ifPresent(all::remove);
        all.add(earlier.map(now::after).orElse(now));
        return new NeedsRecord(all);
    }

    /** The text of the file: sorted, and the same for the same record. */
    public String text() {
        ObjectNode root = Json.MAPPER.createObjectNode().put("schemaVersion", VERSION);
        ArrayNode all = root.putArray("containers");
        for (ObservedContainer container : containers) {
            ObjectNode node = all.addObject();
            container.task().ifPresent(task -> node.put("task", task));
            Run run = container.run();
            node.put("name", container.name())
                    .put("image", run.image())
                    .put("base", run.base())
                    .put("engine", run.engine())
                    .put("date", run.date())
                    .put("ready", run.ready());
            run.given().forEach(node.putArray("given")::add);
            node.put("asTask", run.asTask());
            ObjectNode inputs = node.putObject("inputs");
            container.inputs().forEach(inputs::put);
            ArrayNode needs = node.putArray("needs");
            for (ObservedNeed need : container.needs()) {
                ObjectNode written = needs.addObject()
                        .put("path", need.path().toString())
                        .put("impact", need.impact().word())
                        .put("without", need.without())
                        .put("date", need.date())
                        .put("seenBy", need.seenBy());
                need.writer().ifPresent(uid -> written.put("writer", uid));
            }
        }
        ObjectWriter writer = Json.MAPPER.writerWithDefaultPrettyPrinter();
        try {
            return writer.writeValueAsString(root).replace(System.lineSeparator(), "\n") + "\n";
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree of texts can be written", e);
        }
    }
}
