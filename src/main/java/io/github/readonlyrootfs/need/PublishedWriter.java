package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.image.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a published image or a well-known program writes, as the data files tell it.
 *
 * @param images the names of the images it is about, see {@link ImageReference#names()}
 * @param packages those that bring the program into any image, see {@link io.github.readonlyrootfs.image.Image#packages()};
 *     without these and images, the program is the same in any image
 * @param tags the image's versions
 * @param programs the programs; empty for whatever the image's start script is given
 * @param script the start script of the image
 * @param condition what else must hold
 * @param source where that is known from
 */
record PublishedWriter(
        String name,
        List<String> images,
        Optional<Pattern> packages,
        Optional<Pattern> tags,
        Optional<Pattern> programs,
        Optional<String> script,
        WriterCondition condition,
        List<PublishedWrite> writes,
        String source) {

    /** Read when it is first wanted. */
    private static final class All {
        static final List<PublishedWriter> ENTRIES = read();

        private static List<PublishedWriter> read() {
            List<PublishedWriter> entries = new ArrayList<>();
            for (String file : List.of("image-writes.json", "command-writes.json")) {
                DataFiles.read(PublishedWriter.class, file).orElseThrow().get("entries").elements().stream()
                        .map(PublishedWriter::of)
                        .forEach(entries::add);
            }
            return List.copyOf(entries);
        }
    }

    static List<PublishedWriter> all() {
        return All.ENTRIES;
    }

    private static PublishedWriter of(Json json) {
        return new PublishedWriter(
                json.get("name").string(),
                json.strings("images"),
                json.get("packages").text().map(Pattern::compile),
                json.get("tags").text().map(Pattern::compile),
                json.get("program").text().map(Pattern::compile),
                json.get("script").text(),
                WriterCondition.of(json),
                json.get("writes").elements().stream().map(PublishedWrite::of).toList(),
                json.get("source").string());
    }

    /** The programs of a container that it is about, each with what it finds there. */
    List<WriterCircumstances> matches(ContainerContext container) {
        ImageReference reference = ImageReference.parse(container.image().base());
        boolean everywhere = images.isEmpty() && packages.isEmpty();
        boolean image = everywhere
                || isInstalled(container)
                || reference.names().stream().anyMatch(images::contains);
        boolean version = tags.isEmpty() || tags.get().matcher(reference.tag()).matches();
        if (!image || !version) {
            return List.of();
        }
        List<WriterCircumstances> matches = new ArrayList<>();
        if (script.isEmpty()) {
            container.start().commands().stream()
                    .filter(command -> programs.filter(pattern ->
                                    pattern.matcher(command.program()).matches())
                            .isPresent())
                    .map(command -> WriterCircumstances.of(container, command))
                    .forEach(matches::add);
        } else if (runsScript(container, script.get())) {
            container.start().commands().stream()
                    .filter(command -> programs.isEmpty()
                            || programs.get().matcher(command.program()).matches())
                    .limit(1)
                    .map(command -> WriterCircumstances.of(container, command))
                    .forEach(matches::add);
        }
        if (!images.isEmpty() && startsItself(container)) {
            arguments(container).ifPresent(arguments -> matches.add(WriterCircumstances.ofImage(container, arguments)));
        }
        return matches;
    }

    private boolean isInstalled(ContainerContext container) {
        return packages.isPresent()
                && container.image().packages().stream()
                        .anyMatch(name -> packages.get().matcher(name).matches());
    }

    /** Whether the script of the image is among what the engine starts. */
    private static boolean runsScript(ContainerContext container, String script) {
        return container.start().words().orElse(List.of()).stream()
                .anyMatch(word -> word.complete() && word.baseName().equals(script));
    }

    /** Whether the container starts what its published image starts, of which only this entry tells. */
    private static boolean startsItself(ContainerContext container) {
        return container.start().words().isEmpty()
                && container.image().entrypoint().isUnknown()
                && container.definition().entryPoint().isAbsent();
    }

    /** What the start script is given; empty where that is something else to run. */
    private Optional<List<Argument>> arguments(ContainerContext container) {
        List<Argument> words = StartCommand.commandWords(container.definition(), container.image());
        if (words.isEmpty() || words.get(0).text().startsWith("-")) {
            return Optional.of(words);
        }
        boolean own = programs.filter(
                        pattern -> pattern.matcher(words.get(0).baseName()).matches())
                .isPresent();
        return own ? Optional.of(words.subList(1, words.size())) : Optional.empty();
    }

    /** Puts what follows from this entry for one container among what was found. */
    void find(ContainerContext container, Found found) {
        for (WriterCircumstances application : matches(container)) {
            found.by(application.writer());
            Optional<Boolean> holds = condition.holds(application);
            if (holds.orElse(true)) {
                writes.forEach(write -> write.find(application, holds.isPresent(), found));
            }
        }
    }

    /** How a fact is known. */
    enum Certainty {
        /** The program was run on a read-only root. */
        MEASURED,
        /** It stands in the program's or image's own source. */
        READ,
        /** Its makers say so. */
        DOCUMENTED,
        /** Several users say so. */
        REPORTED,
        /** It is generally believed. */
        ASSUMED
    }
}
