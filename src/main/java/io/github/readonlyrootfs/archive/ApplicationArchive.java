// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import io.github.readonlyrootfs.archive.CentralDirectory.Entry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application archive with its libraries inside: Spring Boot's executable jars and wars, plain wars, and jars that
 * others were merged into.
 *
 * @param libraries in the archive's order
 * @param problems why single libraries could not be listed
 */
public record ApplicationArchive(List<PackedLibrary> libraries, List<String> problems) {

    private static final Pattern LIBRARY = Pattern.compile("(?:BOOT-INF/lib|WEB-INF/lib(-provided)?)/([^/]+)\\.jar");

    private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d.*)");

    /** Maven adds it to each jar, and it is kept when jars are merged. */
    private static final Pattern DESCRIPTOR = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");

    public ApplicationArchive {
        libraries = List.copyOf(libraries);
        problems = List.copyOf(problems);
    }

    /**
     * A library inside.
     *
     * @param groupId empty if unknown
     * @param version empty if unknown
     * @param provided whether it is there for {@code java -jar} only: a servlet container does not load it
     */
    public record PackedLibrary(String groupId, String artifactId, String version, boolean provided) {}

    /**
     * Reads the entries of the application and of its libraries.
     *
     * @throws UnreadableArchiveException if the entries of the application cannot be read
     */
    public static ApplicationArchive read(Path file) throws UnreadableArchiveException {
        try (FileChannel channel = FileChannel.open(file)) {
            CentralDirectory application = CentralDirectory.of(channel);
            Contents contents = Contents.of(application);
            List<PackedLibrary> libraries = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            for (Entry entry : contents.jars) {
                Matcher place = LIBRARY.matcher(entry.name());
                if (place.matches()) {
                    Contents inside = Contents.NONE;
                    try {
                        // A library that Boot's loader can find is not compressed.
                        inside = entry.stored() ? Contents.of(application.nested(entry)) : inside;
                    } catch (UnreadableArchiveException e) {
                        problems.add(entry.name() + ": " + e.getMessage());
                    }
                    libraries.add(library(place.group(2), place.group(1) != null, inside));
                }
            }
            contents.descriptors.forEach(
                    merged -> libraries.add(new PackedLibrary(merged.groupId, merged.artifactId, "", false)));
            return new ApplicationArchive(libraries, problems);
        } catch (IOException e) {
            throw UnreadableArchiveException.of(e);
        }
    }

    private static PackedLibrary library(String fileName, boolean provided, Contents inside) {
        // A jar that others were merged into has several; if none fits, the file name is used.
        Optional<Descriptor> own = inside.descriptors.stream()
                .filter(descriptor -> fileName.startsWith(descriptor.artifactId + "-"))
                .max(Comparator.comparingInt(descriptor -> descriptor.artifactId.length()));
        if (own.isPresent()) {
            String version = fileName.substring(own.get().artifactId.length() + 1);
            return new PackedLibrary(own.get().groupId, own.get().artifactId, version, provided);
        }
        Matcher versioned = VERSIONED.matcher(fileName);
        boolean hasVersion = versioned.matches();
        return new PackedLibrary(
                "", hasVersion ? versioned.group(1) : fileName, hasVersion ? versioned.group(2) : "", provided);
    }

    private record Descriptor(String groupId, String artifactId) {}

    /** The jars and descriptors among the entries of an archive. */
    private record Contents(List<Entry> jars, List<Descriptor> descriptors) {

        static final Contents NONE = new Contents(List.of(), List.of());

        static Contents of(CentralDirectory directory) throws IOException, UnreadableArchiveException {
            Contents contents = new Contents(new ArrayList<>(), new ArrayList<>());
            directory
                    .libraries(name -> name.endsWith(".jar") || descriptor(name).isPresent())
                    .forEach(contents::add);
            return contents;
        }

        private void add(Entry entry) {
            if (entry.name().endsWith(".jar")) {
                jars.add(entry);
            } else {
                descriptor(entry.name()).ifPresent(descriptors::add);
            }
        }

        private static Optional<Descriptor> descriptor(String name) {
            Matcher matcher = DESCRIPTOR.matcher(name);
            return matcher.matches()
                    ? Optional.of(new Descriptor(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
        }
    }
}
