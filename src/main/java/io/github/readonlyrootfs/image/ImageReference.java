package io.github.readonlyrootfs.image;

import java.util.List;

/** An image's name taken apart: registry, repository, tag. */
final class ImageReference {

    private final String written;
    private final String repository;
    private final String tag;

    private ImageReference(String written, String repository, String tag) {
        this.written = written;
        this.repository = repository;
        this.tag = tag;
    }

    static ImageReference parse(String written) {
        String name = written.contains("@") ? written.substring(0, written.indexOf('@')) : written;
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        String tag = tagged ? name.substring(colon + 1) : "";
        String repository = tagged ? name.substring(0, colon) : name;
        int slash = repository.indexOf('/');
        if (slash > 0) {
            String first = repository.substring(0, slash);
            if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
                repository = repository.substring(slash + 1);
            }
        }
        // A tag is what a digest was chosen by; without one, nothing tells which version it is.
        return new ImageReference(written, repository, tag.isEmpty() && written.contains("@") ? "@" : tag);
    }

    /** As in the Dockerfile. */
    String written() {
        return written;
    }

    /** Empty for none; {@code @} for a digest alone. */
    String tag() {
        return tag;
    }

    /**
     * The names of the files that may hold its facts. An official image is {@code node}, wherever a mirror has it below
     * {@code library/}; others go by their last two segments, or by the first of those where all of a house are alike.
     */
    List<String> factFiles() {
        int library = repository.lastIndexOf("library/");
        String name = library == 0 || (library > 0 && repository.charAt(library - 1) == '/')
                ? repository.substring(library + "library/".length())
                : repository;
        if (!name.matches("[a-z0-9._/-]+")) {
            return List.of();
        }
        String[] segments = name.split("/", -1);
        if (segments.length == 1) {
            return List.of(name);
        }
        String house = segments[segments.length - 2];
        return List.of(house + "_" + segments[segments.length - 1], house + "_");
    }
}
