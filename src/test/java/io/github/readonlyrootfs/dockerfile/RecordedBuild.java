// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.facts.StatedImage;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The image of a case as we build it, in a form that is comparable with BuildKit's. */
final class RecordedBuild {

    private static final String UNKNOWN = "(unknown)";

    private RecordedBuild() {}

    /** Builds with the base images, target and build arguments of the recording. */
    static ImageBuild of(Dockerfile file, JsonNode recorded) {
        ImageFacts nothing = ImageFacts.builtIn();
        String base = build(file, recorded, nothing).image().base();
        return build(file, recorded, base.isEmpty() ? nothing : nothing.with(base, stated(base)));
    }

    private static StatedImage stated(String base) {
        ObjectNode image = JsonNodeFactory.instance.objectNode();
        image.putArray("RepoTags").add(base);
        JsonNode config = GrammarTable.base(base);
        image.set("Config", config.isMissingNode() ? JsonNodeFactory.instance.objectNode() : config);
        return StatedImage.fromInspect(image.toString()).values().iterator().next();
    }

    private static ImageBuild build(Dockerfile file, JsonNode recorded, ImageFacts facts) {
        return ImageBuilder.build(new ImageBuilder.Request(
                file,
                Optional.ofNullable(recorded.path("target").textValue()),
                GrammarTable.strings(recorded.path("buildArgs")),
                ImageBuilder.Builder.BUILDKIT,
                Optional.empty(),
                "",
                facts,
                List::of));
    }

    /** Whether nothing in the configuration is unknown. */
    static boolean isKnown(Image image) {
        return image.config().volumes().complete()
                && !describe(image).toString().contains(UNKNOWN);
    }

    /** An image whose unknown parts are taken for the expected ones. */
    static Map<String, Object> describe(Image image, Map<String, Object> expected) {
        Map<String, Object> result = describe(image);
        result.replaceAll((key, value) -> fill(value, expected.get(key)));
        if (!image.config().volumes().complete()) {
            result.put("Volumes", expected.get("Volumes"));
        }
        return result;
    }

    private static Object fill(Object value, Object expected) {
        if (value instanceof Map<?, ?> map && expected instanceof Map<?, ?> other) {
            Map<String, Object> filled = new TreeMap<>();
            map.forEach((name, one) -> filled.put(name.toString(), fill(one, other.get(name))));
            return filled;
        }
        return value.equals(UNKNOWN) ? expected : value;
    }

    private static Map<String, Object> describe(Image image) {
        Map<String, Object> result = new TreeMap<>();
        result.put("Env", strings(image.config().environment()));
        result.put("Labels", strings(image.config().labels()));
        result.put(
                "Volumes",
                new TreeSet<>(image.config().volumes().declared().stream()
                        .map(Image.ImageVolume::written)
                        .toList()));
        result.put("User", text(image.config().user(), ""));
        result.put("WorkingDir", text(image.config().workdir(), ContainerPath.ROOT));
        result.put("Entrypoint", words(image.config().entrypoint()));
        result.put("Cmd", words(image.config().cmd()));
        return result;
    }

    private static Map<String, Object> strings(Map<String, Value<String>> values) {
        Map<String, Object> strings = new TreeMap<>();
        values.forEach((name, value) -> strings.put(name, text(value, UNKNOWN)));
        return strings;
    }

    private static Object words(Value<List<CommandWord>> command) {
        return command.isAbsent()
                ? List.of()
                : command.known()
                        .<Object>map(
                                words -> words.stream().map(CommandWord::text).toList())
                        .orElse(UNKNOWN);
    }

    private static <T> Object text(Value<T> value, T absent) {
        return value.isAbsent()
                ? absent
                : value.known().<Object>map(known -> known).orElse(UNKNOWN);
    }

    static Map<String, Object> describe(JsonNode config) {
        Map<String, Object> result = new TreeMap<>();
        Map<String, Object> environment = new TreeMap<>();
        for (String pair : list(config.path("Env"))) {
            int equals = pair.indexOf('=');
            environment.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        result.put("Env", environment);
        result.put("Labels", new TreeMap<>(GrammarTable.strings(config.path("Labels"))));
        result.put(
                "Volumes",
                new TreeSet<>(GrammarTable.strings(config.path("Volumes")).keySet()));
        result.put("User", config.path("User").asText());
        // BuildKit keeps the spelling of a path, and uses the separators of Windows for images of Windows.
        String workdir = config.path("WorkingDir").asText();
        result.put("WorkingDir", ContainerPath.of(workdir.startsWith("\\") ? workdir.replace('\\', '/') : workdir));
        result.put("Entrypoint", list(config.path("Entrypoint")));
        result.put("Cmd", list(config.path("Cmd")));
        return result;
    }

    private static List<String> list(JsonNode array) {
        List<String> list = new ArrayList<>();
        array.forEach(node -> list.add(node.asText()));
        return list;
    }
}
