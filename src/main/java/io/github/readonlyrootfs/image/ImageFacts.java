package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/** What is known about published images, and what the user states about private ones. */
public final class ImageFacts {

    private ImageFacts() {}

    /** The facts that come with this plugin. */
    public static ImageFacts builtIn() {
        return new ImageFacts();
    }

    /**
     * The image of that reference, whatever registry it comes from ({@code node:22}, {@code
     * public.ecr.aws/docker/library/node:22}); empty where nothing is known about it.
     *
     * @param location the place that names it, for what it brings along
     */
    public Optional<Image> image(String reference, Location location) {
        throw new UnsupportedOperationException(reference + location);
    }

    /** An image of which only the standard directories of a Linux system are taken for granted. */
    public static Image unknown(String reference, Location location) {
        throw new UnsupportedOperationException(reference + location);
    }
}
