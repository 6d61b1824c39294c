// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An image's name taken apart: registry, repository, tag. */
public final class ImageReference {

    private static final String DOCKER_HUB = "docker.io";

    /** The account in whose registries AWS keeps the images of App Mesh, in every region. */
    private static final String APP_MESH = "840364872350.dkr.ecr.";

    /** Registries whose images without a namespace are the well-known ones of that name. */
    private static final Set<String> OF_THE_MAKERS = Set.of(
            DOCKER_HUB,
            "index.docker.io",
            "registry-1.docker.io",
            "registry.access.redhat.com",
            "registry.redhat.io",
            "registry.fedoraproject.org",
            "docker.elastic.co");

    /** Where Docker Hub keeps the official images of one architecture. */
    private static final Set<String> ARCHITECTURES = Set.of(
            "amd64", "arm32v5", "arm32v6", "arm32v7", "arm64v8", "i386", "mips64le", "ppc64le", "riscv64", "s390x");

    /** What BuildKit takes for the name of an image. */
    private static final Pattern VALID =
            Pattern.compile("(?<host>(?:\\[[0-9a-fA-F:]+]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
                    + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*+)(?::\\d+)?/)?"
                    + "(?<path>[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+)*+)"
                    + "(?::\\w[\\w.-]{0,127})?(?:@(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}))?");

    /** More than a repository, a tag and a digest may have. */
    private static final int LONGEST = 600;

    private static final int LONGEST_REPOSITORY = 255;
    /** The prefix of a name without a namespace. */
    private static final String LIBRARY = "library/";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final String written;
    private final String registry;
    private final String repository;
    private final String tag;

    private ImageReference(String written, String registry, String repository, String tag) {
        this.written = written;
        this.registry = registry;
        this.repository = repository;
        this.tag = tag;
    }

    public static boolean isValid(String name) {
        Matcher matcher = VALID.matcher(name);
        if (name.length() > LONGEST || ID.matcher(name).matches() || !matcher.matches()) {
            return false;
        }
        String host = matcher.group("host");
        String path = matcher.group("path");
        boolean registry = host != null
                && (host.matches(".*[.:\\[].*")
                        || !host.equals(host.toLowerCase(Locale.ROOT))
                        || host.equals("localhost/"));
        String repository = registry ? path : host == null ? path.contains("/") ? path : LIBRARY + path : host + path;
        return repository.length() <= LONGEST_REPOSITORY;
    }

    /** Takes a reference apart, as FROM lines and task definitions write it. */
    public static ImageReference parse(String written) {
        String name = written.contains("@") ? written.substring(0, written.indexOf('@')) : written;
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        String tag = tagged ? name.substring(colon + 1) : "";
        String repository = tagged ? name.substring(0, colon) : name;
        String registry = DOCKER_HUB;
        int slash = repository.indexOf('/');
        if (slash > 0) {
            String first = repository.substring(0, slash);
            if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
                registry = first;
                repository = repository.substring(slash + 1);
            }
        }
        // The tag names the version of a digest; without a tag the version is unknown.
        return new ImageReference(written, registry, repository, tag.isEmpty() && written.contains("@") ? "@" : tag);
    }

    String written() {
        return written;
    }

    /** Empty for none; {@code @} for a digest alone. */
    public String tag() {
        return tag;
    }

    /**
     * The names under which facts about it may be filed, the most specific one first. An official image is {@code
     * node}, also if a mirror has it below {@code library/}, or Docker Hub below {@code amd64/} or another
     * architecture. Other images have their last two segments as name, or the first of these if all images of a
     * namespace are alike. Each name is followed by the one that it is an alias of.
     */
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : ownNames()) {
            names.add(name);
            names.add(Aliases.resolve(name));
        }
        return List.copyOf(names);
    }

    private List<String> ownNames() {
        String name = official().orElse(repository);
        if (!name.matches("[a-z0-9._/-]+")) {
            return List.of();
        }
        String[] segments = name.split("/", -1);
        if (segments.length == 1) {
            // A private registry may have an image of its own with this name.
            boolean ofMakers = OF_THE_MAKERS.contains(registry) || registry.startsWith(APP_MESH);
            return !name.equals(repository) || ofMakers ? List.of(name) : List.of();
        }
        String house = segments[segments.length - 2];
        if (registry.equals("public.ecr.aws") && house.equals(segments[segments.length - 1])) {
            return List.of(house, house + "_" + house);
        }
        return List.of(house + "_" + segments[segments.length - 1], house + "_");
    }

    private Optional<String> official() {
        int library = repository.lastIndexOf("library/");
        if (library == 0 || (library > 0 && repository.charAt(library - 1) == '/')) {
            return Optional.of(repository.substring(library + "library/".length()));
        }
        int slash = repository.indexOf('/');
        return OF_THE_MAKERS.contains(registry) && slash > 0 && ARCHITECTURES.contains(repository.substring(0, slash))
                ? Optional.of(repository.substring(slash + 1))
                : Optional.empty();
    }
}
