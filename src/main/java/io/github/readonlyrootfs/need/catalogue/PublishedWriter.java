// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.image.facts.ImageReference;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.need.start.Command;
import io.github.readonlyrootfs.need.start.StartCommand;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a published image or a well-known program writes, as the data files tell it. The keys of an entry:
 *
 * <ul>
 *   <li>{@code images}: the names of the images it is about, see {@link ImageReference#names()}
 *   <li>{@code packages}: those that bring the program into any image, see {@link
 *       io.github.readonlyrootfs.image.Image#packages()}; without these and images, the program is the same in any image
 *   <li>{@code tags}: the image's versions
 *   <li>{@code program}: the programs; without it, whatever the image's start script is given
 *   <li>{@code script}: the start script of the image
 *   <li>{@code serves}: whether it runs web applications
 *   <li>{@code when}, {@code unless}: what else must hold, see {@link WriterCondition}
 *   <li>{@code writes}: see {@link PublishedWrite}
 *   <li>{@code source}: where that is known from
 * </ul>
 */
public final class PublishedWriter {

    private final Json entry;
    private final List<String> images;
    private final Optional<Pattern> programs;
    private @Nullable List<PublishedWrite> writes;

    private PublishedWriter(Json entry) {
        this.entry = entry;
        this.images = entry.strings("images");
        this.programs = pattern("program");
    }

    private Optional<Pattern> pattern(String key) {
        Optional<String> pattern = entry.get(key).text();
        return pattern.isPresent() ? Optional.of(Pattern.compile(pattern.get())) : Optional.empty();
    }

    public String name() {
        return entry.get("name").string();
    }

    /** The programs; empty for whatever the image's start script is given. */
    public Optional<Pattern> programs() {
        return programs;
    }

    /** The start script of the image. */
    public Optional<String> script() {
        return entry.get("script").text();
    }

    /** Where it is known from. */
    public String source() {
        return entry.get("source").string();
    }

    /** What is written; read for those that a container has. */
    public List<PublishedWrite> writes() {
        List<PublishedWrite> known = writes;
        if (known == null) {
            known = new ArrayList<>();
            for (Json write : entry.get("writes").elements()) {
                known.addAll(PublishedWrite.all(write));
            }
            writes = known;
        }
        return known;
    }

    /** Read when it is first wanted. */
    private static final class All {
        static final List<PublishedWriter> ENTRIES = read();

        private static List<PublishedWriter> read() {
            List<PublishedWriter> entries = new ArrayList<>();
            for (String file : List.of("image-writes.json", "command-writes.json")) {
                Json content = DataFiles.read(PublishedWriter.class, file).orElseThrow();
                for (Json entry : content.get("entries").elements()) {
                    entries.add(new PublishedWriter(entry));
                }
            }
            return List.copyOf(entries);
        }
    }

    public static List<PublishedWriter> all() {
        return All.ENTRIES;
    }

    /** Whether a container certainly or perhaps starts a server that runs web applications. */
    public static boolean servesIn(ContainerContext container) {
        return all().stream()
                .filter(entry -> entry.entry.get("serves").isTrue())
                .anyMatch(entry -> {
                    WriterCondition condition = WriterCondition.of(entry.entry);
                    return entry.matches(container).stream()
                            .anyMatch(circumstances ->
                                    !condition.holds(circumstances).isFalse());
                });
    }

    /** The programs of a container that it is about, each with what it finds there. */
    public List<WriterCircumstances> matches(ContainerContext container) {
        ImageReference reference = ImageReference.parse(container.image().base());
        boolean everywhere = images.isEmpty() && !entry.has("packages");
        boolean image = everywhere || isInstalled(container) || !Collections.disjoint(images, reference.names());
        if (!image || !hasVersion(reference)) {
            return List.of();
        }
        Optional<String> script = script();
        boolean runs = script.isEmpty() || runsScript(container, script.get());
        List<WriterCircumstances> matches = new ArrayList<>();
        for (Command command : runs ? container.start().commands() : List.<Command>of()) {
            boolean meant = programs.isPresent()
                    ? programs.get().matcher(command.program()).matches()
                    : script.isPresent();
            // A script runs one of them in the end.
            if (meant && (script.isEmpty() || matches.isEmpty())) {
                matches.add(WriterCircumstances.of(container, command));
            }
        }
        if (!images.isEmpty() && startsItself(container)) {
            arguments(container).ifPresent(arguments -> matches.add(WriterCircumstances.ofImage(container, arguments)));
        }
        return matches;
    }

    private boolean isInstalled(ContainerContext container) {
        if (!entry.has("packages") || container.image().packages().isEmpty()) {
            return false;
        }
        Pattern packages = pattern("packages").orElseThrow();
        return container.image().packages().stream()
                .anyMatch(name -> packages.matcher(name).matches());
    }

    private boolean hasVersion(ImageReference reference) {
        Optional<Pattern> tags = pattern("tags");
        return tags.isEmpty() || tags.get().matcher(reference.tag()).matches();
    }

    /** Whether the script of the image is among what the engine starts. */
    private static boolean runsScript(ContainerContext container, String script) {
        return container.start().words().orElse(List.of()).stream()
                .anyMatch(word -> word.complete() && word.baseName().equals(script));
    }

    /** Whether the container starts what its published image starts, of which only this entry tells. */
    private static boolean startsItself(ContainerContext container) {
        return container.start().words().isEmpty()
                && container.image().config().entrypoint().isUnknown()
                && container.definition().process().entryPoint().isAbsent();
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
    public void find(ContainerContext container, FoundNeeds found) {
        List<WriterCircumstances> matches = matches(container);
        if (matches.isEmpty()) {
            return;
        }
        WriterCondition condition = WriterCondition.of(entry);
        for (WriterCircumstances application : matches) {
            found.by(application.writer());
            Truth holds = condition.holds(application);
            if (!holds.isFalse()) {
                for (PublishedWrite write : writes()) {
                    write.find(application, holds.isTrue(), found);
                }
            }
        }
    }

    /** How a fact is known. */
    public enum Certainty {
        /** The program was run on a read-only root. */
        MEASURED,
        /** It is in the program's or image's own source. */
        READ,
        /** Its makers say so. */
        DOCUMENTED,
        /** Several users say so. */
        REPORTED,
        /** It is generally believed. */
        ASSUMED
    }
}
