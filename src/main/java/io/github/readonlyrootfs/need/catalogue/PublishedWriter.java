// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.Catalogue.Entry;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.image.facts.ImageReference;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.StartCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The known writes of a published image or a program, from the files in {@code programs/}. The keys of an entry, besides those of
 * all entries:
 *
 * <ul>
 *   <li>{@code images}: the names of its images, see {@link ImageReference#names()}
 *   <li>{@code packages}: packages that install the program in any image, see {@link
 *       io.github.readonlyrootfs.image.Image#packages()}; without these and images, the program is the same in any image
 *   <li>{@code tags}: a regular expression for the image's tags
 *   <li>{@code programs}: the programs; without them, any arguments of the image's start script
 *   <li>{@code library}: a library that a manifest beside the code names, see {@link LibraryPattern}; without programs, whatever
 *       runs code of its ecosystem
 *   <li>{@code ecosystem}: whatever runs code of it, see {@code ecosystems.txt}
 *   <li>{@code script}: the start script of the image
 *   <li>{@code serves}: whether it runs web applications
 *   <li>{@code complete}: whether {@code writes} are all, so that nothing else of it can be refused; never of a program
 *       that runs code of others
 *   <li>{@code when}, {@code unless}: further conditions, see {@link Condition}
 *   <li>{@code configuration}: its configuration files, see {@link ConfigurationPaths}
 *   <li>{@code writes}: see {@link WriteFact}
 *   <li>{@code options}, {@code variable}: see {@link CommandOptions}
 *   <li>{@code launch}: how it starts a JVM
 * </ul>
 *
 * <p>An asterisk in names of programs and packages stands for any text.
 */
public final class PublishedWriter {

    private static final Map<Entry, PublishedWriter> READ = new ConcurrentHashMap<>();

    private final Entry entry;
    private final List<String> images;
    private final List<Wildcard> packages;
    private final List<Wildcard> programs;
    private final Optional<LibraryPattern> library;

    /** The language of the code whose programs are meant where none is named; empty if there is none. */
    private final String ecosystem;

    private @Nullable Conditions conditions;
    private @Nullable List<WriteFact> writes;

    private PublishedWriter(Entry entry) {
        this.entry = entry;
        this.images = entry.json().strings("images");
        this.packages = Wildcard.exact(entry.json().strings("packages"));
        this.programs = Wildcard.exact(entry.json().strings("programs"));
        this.library = LibraryPattern.parse(entry.json().get("library").text());
        this.ecosystem = entry.json()
                .get("ecosystem")
                .text()
                .or(() -> library.map(pattern -> pattern.choices().get(0).name().split(":", 2)[0]))
                .orElse("");
    }

    /** The writer of an entry with writes. */
    static PublishedWriter read(Entry entry) {
        PublishedWriter known = READ.get(entry);
        if (known == null) {
            known = new PublishedWriter(entry);
            READ.put(entry, known);
        }
        return known;
    }

    /** The conditions; parsed only if a container may have this writer. */
    private Conditions conditions() {
        Conditions known = conditions;
        if (known == null) {
            known = entry.as(json -> Conditions.read(json, ConfigurationPaths.read(json)));
            conditions = known;
        }
        return known;
    }

    /** The writes; parsed only if a container may have this writer. */
    List<WriteFact> writes() {
        List<WriteFact> known = writes;
        if (known == null) {
            known = entry.as(WriteFact::all);
            writes = known;
        }
        return known;
    }

    /** The writers that may be in a container: its image, or a program that it runs. */
    public static List<PublishedWriter> about(ContainerContext container) {
        Set<String> subjects = new LinkedHashSet<>(
                ImageReference.parse(container.image().base()).names());
        subjects.addAll(ImageReference.parse(container.start().scriptImage(container.image()))
                .names());
        for (Command command : container.start().commands()) {
            subjects.add(command.program());
            for (String language : container.sourceCode().ecosystems(command)) {
                subjects.add("ecosystem=" + language);
            }
        }
        subjects.addAll(container.codeBase().libraries().names());
        List<PublishedWriter> writers = new ArrayList<>();
        for (Entry entry : Catalogue.about(subjects)) {
            if (entry.json().has("writes")) {
                writers.add(read(entry));
            }
        }
        return writers;
    }

    /** The paths that the writers of a container are known to write, whether they write them in this one or not. */
    public static List<ContainerPath> paths(ContainerContext container) {
        List<ContainerPath> paths = new ArrayList<>();
        for (PublishedWriter writer : about(container)) {
            for (WriteFact write : writer.writes()) {
                for (String path : write.paths()) {
                    if (path.startsWith("/")) {
                        paths.add(ContainerPath.of(path));
                    }
                }
            }
        }
        return paths;
    }

    /** Whether a container certainly or perhaps starts a server that runs web applications. */
    public static boolean servesIn(ContainerContext container) {
        for (PublishedWriter writer : about(container)) {
            if (writer.entry.json().get("serves").isTrue()) {
                for (WriterCircumstances circumstances : writer.matches(container)) {
                    if (!writer.conditions().hold(circumstances).isNo()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Whether a complete entry is about a program of a container.
     *
     * @param program empty for whatever its published image starts
     */
    public static Truth knowsAll(ContainerContext container, Optional<Command> program) {
        return knows(container, program, true);
    }

    /** Whether an entry is about a program of a container, even if the program writes more. */
    public static boolean isAbout(ContainerContext container, Command program) {
        return knows(container, Optional.of(program), false).isTrue();
    }

    private static Truth knows(ContainerContext container, Optional<Command> program, boolean all) {
        Truth knows = Truth.FALSE;
        for (PublishedWriter writer : about(container)) {
            if (!all || writer.entry.json().get("complete").isTrue()) {
                for (WriterCircumstances circumstances : writer.matches(container)) {
                    boolean meant =
                            program.isEmpty() || circumstances.invocation().isOf(program.get());
                    if (meant) {
                        knows = knows.or(writer.conditions().hold(circumstances).truth());
                    }
                }
            }
        }
        return knows;
    }

    /** The matching programs of a container with their circumstances. */
    List<WriterCircumstances> matches(ContainerContext container) {
        Optional<String> script = entry.json().get("script").text();
        ImageReference reference = ImageReference.parse(
                script.isPresent()
                        ? container.start().scriptImage(container.image())
                        : container.image().base());
        boolean everywhere = images.isEmpty() && packages.isEmpty();
        boolean image = everywhere || isInstalled(container) || !Collections.disjoint(images, reference.names());
        boolean uses = library.isEmpty() || container.codeBase().libraries().has(library.get());
        if (!image || !uses || !hasVersion(reference)) {
            return List.of();
        }
        boolean runs = script.isEmpty() || container.startsScript(script.get()).isTrue();
        List<WriterCircumstances> matches = new ArrayList<>();
        for (Command command : runs ? container.start().commands() : List.<Command>of()) {
            boolean meant = !programs.isEmpty()
                    ? Wildcard.any(programs, command.program())
                    : ecosystem.isEmpty()
                            ? script.isPresent()
                            : container.sourceCode().isRunBy(command, ecosystem);
            // A script finally runs only one of them.
            if (meant && (script.isEmpty() || matches.isEmpty())) {
                matches.add(WriterCircumstances.of(container, command));
            }
        }
        // A published image does not start a program from a package.
        if (!images.isEmpty() && packages.isEmpty() && startsItself(container)) {
            arguments(container).ifPresent(arguments -> matches.add(WriterCircumstances.ofImage(container, arguments)));
        }
        return matches;
    }

    private boolean isInstalled(ContainerContext container) {
        return !packages.isEmpty()
                && container.image().packages().stream().anyMatch(name -> Wildcard.any(packages, name));
    }

    private boolean hasVersion(ImageReference reference) {
        Optional<String> tags = entry.json().get("tags").text();
        return tags.isEmpty() || Pattern.matches(tags.get(), reference.tag());
    }

    /** Whether the container starts the unknown program of its published image. */
    private static boolean startsItself(ContainerContext container) {
        return container.start().words().isEmpty()
                && container.image().config().entrypoint().isUnknown()
                && container.definition().process().entryPoint().isAbsent();
    }

    /** The arguments of the start script; empty if they run another program. */
    private Optional<List<Field>> arguments(ContainerContext container) {
        List<Field> words = StartCommand.commandWords(container.definition(), container.image());
        if (words.isEmpty() || words.get(0).text().startsWith("-")) {
            return Optional.of(words);
        }
        return Wildcard.any(programs, words.get(0).baseName())
                ? Optional.of(words.subList(1, words.size()))
                : Optional.empty();
    }

    /** Adds the needs of a container that follow from this entry. */
    public void find(ContainerContext container, FoundNeeds found) {
        for (WriterCircumstances application : matches(container)) {
            Answer holds = conditions().hold(application);
            if (!holds.isNo()) {
                for (WriteFact write : writes()) {
                    new PublishedWrite(write).find(application, holds.isYes(), found.by(application.writer()));
                }
            }
        }
    }
}
