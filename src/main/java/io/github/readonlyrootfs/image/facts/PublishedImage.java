// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a published image, from a file below {@code published}. The file is called by one of its {@link
 * ImageReference#names() names}. Its keys:
 *
 * <ul>
 *   <li>{@code source}: where this information comes from
 *   <li>{@code common}: what all entries have in common, in the keys of an entry
 *   <li>{@code entries}: one for each family of tags; the first one that fits counts
 * </ul>
 *
 * The keys of an entry, in addition to those of a {@link Layout}, which add to what it extends:
 *
 * <ul>
 *   <li>{@code tags}: a regular expression for the whole tag, which is empty for none, and {@code @} for a digest alone
 *   <li>{@code extends}: the image it is built from, as {@code name}, which takes the same tag, or {@code name:tag}
 *   <li>{@code layout}: a file below {@code layouts}; it replaces the files and accounts of what the entry extends. Without
 *       either, {@code linux}
 *   <li>{@code user}, {@code workdir}, {@code entrypoint}, {@code cmd}, {@code shell}, {@code labels}: as {@code docker image
 *       inspect} has them
 *   <li>{@code environment}: the variables; null for a value that differs between versions
 *   <li>{@code volumes}: its VOLUMEs
 *   <li>{@code script}: the start script that ends with running its own arguments: its {@code name}, the directories whose
 *       shell scripts it {@code runs} first, the {@code program} that it puts before arguments that match {@code options} (those
 *       with a dash in front where that is left out), the {@code variables} and {@code properties} that it gives to a JVM, the
 *       {@code server} that it starts with neither those properties nor the options that {@code drops} has the beginnings of, by
 *       the name of its {@code jar}; its {@code source}
 *   <li>{@code java}: a regular expression for the whole tag, in which the first group is the version of Java; of the image
 *       itself alone
 *   <li>{@code partial}: true if the entry may lack settings or variables. It still lists all VOLUMEs. Without it, what
 *       is absent here is absent from every version of the image
 * </ul>
 */
final class PublishedImage {

    /** The name of the file with the facts about Windows images. */
    private static final String WINDOWS = "windows";

    /** Windows variants are recognized by their tags alone: {@code 3.12-windowsservercore-ltsc2022}. */
    private static final Pattern WINDOWS_TAG = Pattern.compile(".*(?:windowsservercore|nanoserver|windows).*");

    /** The number of layers from the image's own file. */
    private static final int OWN = 2;

    /** FROM lines, start commands and all modules of a build need the same few images. */
    private static final Map<String, Optional<PublishedImage>> READ = new ConcurrentHashMap<>();

    /** More than a build has; a Dockerfile can name as many tags as it has lines. */
    private static final int MOST_READ = 200;

    /** The entries of the images it is built from, then its own; before each entry are the common facts of its file. */
    private final List<Json> layers;

    private final BaseImage base;
    private final StartFacts start;

    private PublishedImage(ImageReference reference, List<Json> layers) {
        this.layers = layers;
        this.base = base(reference.written());
        this.start = start(reference.tag());
    }

    /** The image of that reference, as FROM lines and task definitions write it; empty if nothing is known about it. */
    static Optional<PublishedImage> of(String reference) {
        Optional<PublishedImage> known = READ.get(reference);
        if (known == null) {
            known = read(ImageReference.parse(reference));
            if (READ.size() < MOST_READ) {
                READ.put(reference, known);
            }
        }
        return known;
    }

    private static Optional<PublishedImage> read(ImageReference reference) {
        for (String name : reference.names()) {
            if (file(name).isPresent()) {
                boolean windows = WINDOWS_TAG.matcher(reference.tag()).matches();
                List<Json> layers = new ArrayList<>();
                return addLayers(windows ? WINDOWS : name, reference.tag(), layers)
                        ? Optional.of(new PublishedImage(reference, layers))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The image as the base of a build. */
    BaseImage base() {
        return base;
    }

    /** Facts besides its configuration. */
    StartFacts start() {
        return start;
    }

    private static Optional<Json> file(String name) {
        return DataFiles.read(PublishedImage.class, "published/" + name + ".json");
    }

    /** Adds the facts of a file about a tag; false if it has none. */
    private static boolean addLayers(String name, String tag, List<Json> layers) {
        Json file = file(name).orElseThrow();
        for (Json entry : file.get("entries").elements()) {
            if (Pattern.matches(entry.get("tags").string(), tag)) {
                Json common = file.get("common");
                Optional<String> parent =
                        (entry.has("extends") ? entry : common).get("extends").text();
                boolean known = parent.isEmpty() || addParent(parent.get(), tag, layers);
                layers.add(common);
                layers.add(entry);
                return known;
            }
        }
        return false;
    }

    private static boolean addParent(String written, String tag, List<Json> layers) {
        int colon = written.indexOf(':');
        return colon < 0
                ? addLayers(written, tag, layers)
                : addLayers(written.substring(0, colon), written.substring(colon + 1), layers);
    }

    private BaseImage base(String reference) {
        Layout layout = layout();
        return new BaseImage(reference, config(), layout.accounts(), layout.root(reference), layout.distribution());
    }

    private StartFacts start(String tag) {
        List<StartFacts.Script> scripts = new ArrayList<>();
        OptionalInt java = OptionalInt.empty();
        for (int i = layers.size() - 1; i >= 0; i--) {
            Json script = layers.get(i).get("script");
            if (layers.get(i).has("script")) {
                Optional<String> program = script.get("program").text();
                Json server = script.get("server");
                scripts.add(new StartFacts.Script(
                        script.get("name").string(),
                        program.isPresent() ? List.of(program.get()) : script.strings("program"),
                        script.get("options").text().orElse("-.*"),
                        script.strings("runs"),
                        script.strings("variables"),
                        script.texts("properties"),
                        script.has("server")
                                ? Optional.of(
                                        new StartFacts.Server(server.get("jar").string(), server.strings("drops")))
                                : Optional.empty()));
            }
            Matcher version =
                    Pattern.compile(layers.get(i).get("java").text().orElse("")).matcher(tag);
            if (i >= layers.size() - OWN && layers.get(i).has("java") && version.matches()) {
                java = OptionalInt.of(Integer.parseInt(version.group(1)));
            }
        }
        return new StartFacts(List.copyOf(scripts), java);
    }

    private Layout layout() {
        int named = layers.size() - 1;
        while (named > 0 && !layers.get(named).has("layout")) {
            named--;
        }
        Layout layout = Layout.load(layers.get(named).get("layout").text().orElse("linux"));
        for (Json layer : layers.subList(named - named % 2, layers.size())) {
            layout.extend(layer);
        }
        return layout;
    }

    private BaseConfig config() {
        Map<String, @Nullable String> environment = new LinkedHashMap<>();
        Map<String, @Nullable String> labels = new LinkedHashMap<>();
        List<String> volumes = new ArrayList<>();
        boolean complete = true;
        for (Json layer : layers) {
            addAll(environment, layer.get("environment"));
            addAll(labels, layer.get("labels"));
            volumes.addAll(layer.strings("volumes"));
            complete &= !layer.get("partial").isTrue();
        }
        BaseConfig.BaseProcess process = new BaseConfig.BaseProcess(
                last("user").get("user").text(),
                last("workdir").get("workdir").text(),
                strings(last("entrypoint"), "entrypoint"),
                // An ENTRYPOINT removes the CMD of the base image.
                strings(last("cmd", "entrypoint"), "cmd"),
                strings(last("shell"), "shell"));
        return new BaseConfig(complete, true, process, environment, labels, volumes, false);
    }

    /** The last layer that has one of these keys, or any layer. */
    private Json last(String... keys) {
        for (int i = layers.size() - 1; i > 0; i--) {
            for (String key : keys) {
                if (layers.get(i).has(key)) {
                    return layers.get(i);
                }
            }
        }
        return layers.get(0);
    }

    private static Optional<List<String>> strings(Json layer, String key) {
        return layer.has(key) ? Optional.of(layer.strings(key)) : Optional.empty();
    }

    private static void addAll(Map<String, @Nullable String> all, Json more) {
        for (Map.Entry<String, Json> member : more.members().entrySet()) {
            all.put(member.getKey(), member.getValue().text().orElse(null));
        }
    }
}
