// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Facts about published images, and what the user states about private ones. */
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
     * These facts and those that the user states about one image, which override all others.
     *
     * @param reference as FROM lines and task definitions write it
     */
    public ImageFacts with(String reference, StatedImage image) {
        Map<String, StatedImage> more = new LinkedHashMap<>(stated);
        more.put(reference, image);
        return new ImageFacts(more);
    }

    /** Whether the user states facts about the image of that reference. */
    public boolean isStated(String reference) {
        return stated.containsKey(reference);
    }

    /**
     * The image of that reference, whatever registry it comes from ({@code node:22}, {@code
     * public.ecr.aws/docker/library/node:22}); empty if nothing is known about it.
     *
     * @param location of the reference, for all values that come from the image
     */
    public Optional<Image> image(String reference, Location location) {
        return base(reference).map(base -> base.image(location));
    }

    /** An image without facts: only the standard directories of a Linux system are assumed. */
    public static Image unknown(String reference, Location location) {
        return BaseImage.unknown(reference).image(location);
    }

    /** The image that a FROM line starts from; of one without facts, the standard directories of a Linux system. */
    public BaseImage start(String reference) {
        if (reference.equals(BaseImage.SCRATCH)) {
            return BaseImage.scratch();
        }
        Optional<BaseImage> known = base(reference);
        return known.isPresent() ? known.get() : BaseImage.unknown(reference);
    }

    /** The published or stated image of that reference; empty if nothing is known about it. */
    public Optional<BaseImage> base(String reference) {
        Optional<PublishedImage> facts = PublishedImage.of(reference);
        Optional<BaseImage> published =
                facts.isPresent() ? Optional.of(facts.get().base()) : Optional.empty();
        StatedImage own = stated.get(reference);
        return own == null ? published : Optional.of(own.over(published.orElseGet(() -> BaseImage.unknown(reference))));
    }
}
