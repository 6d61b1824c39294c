// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known about published images, and what the user states about private ones. */
public final class ImageFacts {

    private final Map<String, StatedImage> stated;

    private ImageFacts(Map<String, StatedImage> stated) {
        this.stated = stated;
    }

    /** The facts that come with this plugin. */
    public static ImageFacts builtIn() {
        return new ImageFacts(Map.of());
    }

    /**
     * These facts and what somebody states about one image, which override all other facts.
     *
     * @param reference as FROM lines and task definitions write it
     */
    public ImageFacts with(String reference, StatedImage image) {
        Map<String, StatedImage> more = new LinkedHashMap<>(stated);
        more.put(reference, image);
        return new ImageFacts(more);
    }

    /** Whether somebody states something about the image of that reference. */
    public boolean isStated(String reference) {
        return stated.containsKey(reference);
    }

    /**
     * The image of that reference, whatever registry it comes from ({@code node:22}, {@code
     * public.ecr.aws/docker/library/node:22}); empty where nothing is known about it.
     *
     * @param location the place that names it, for what it brings along
     */
    public Optional<Image> image(String reference, Location location) {
        return base(reference).map(base -> base.image(location));
    }

    /** An image of which only the standard directories of a Linux system are taken for granted. */
    public static Image unknown(String reference, Location location) {
        return BaseImage.unknown(reference).image(location);
    }

    /** The image that a FROM line starts from; empty where nothing is known about it. */
    public Optional<BaseImage> base(String reference) {
        Optional<BaseImage> published = published(ImageReference.parse(reference));
        StatedImage own = stated.get(reference);
        return own == null ? published : Optional.of(own.over(published.orElseGet(() -> BaseImage.unknown(reference))));
    }

    private static Optional<BaseImage> published(ImageReference reference) {
        for (String file : reference.names()) {
            Optional<Json> facts = DataFiles.read(ImageFacts.class, "published/" + file + ".json");
            if (facts.isPresent()) {
                return entry(facts.get(), reference);
            }
        }
        return Optional.empty();
    }

    private static Optional<BaseImage> entry(Json file, ImageReference reference) {
        for (Json entry : file.get("entries").elements()) {
            if (Pattern.matches(entry.get("tags").string(), reference.tag())) {
                return Optional.of(base(entry, reference.written()));
            }
        }
        return Optional.empty();
    }

    private static BaseImage base(Json entry, String reference) {
        Layout layout = Layout.load(entry.get("layout").text().orElse("linux")).extend(entry);
        boolean complete = !entry.get("partial").isTrue();
        return new BaseImage(
                reference,
                new BaseConfig(
                        complete,
                        complete || entry.has("volumes"),
                        new BaseConfig.BaseProcess(
                                entry.get("user").text(),
                                entry.get("workdir").text(),
                                strings(entry, "entrypoint"),
                                strings(entry, "cmd"),
                                strings(entry, "shell")),
                        nullable(entry, "environment"),
                        nullable(entry, "labels"),
                        entry.strings("volumes"),
                        false),
                layout.accounts(),
                layout.root(
                        Provenance.of("base image " + reference),
                        Provenance.of("the files of base image " + reference + " are only partly known")),
                layout.distribution());
    }

    private static Optional<List<String>> strings(Json entry, String key) {
        return entry.has(key) ? Optional.of(entry.strings(key)) : Optional.empty();
    }

    private static Map<String, @Nullable String> nullable(Json entry, String key) {
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        entry.get(key)
                .members()
                .forEach((name, value) -> map.put(name, value.text().orElse(null)));
        return map;
    }
}
