// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.BaseImage;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An image as the configuration of a build tool describes it, without a Dockerfile: a base and the differences from it.
 * What is absent does not differ from the base.
 *
 * @param base the base's reference, {@code scratch} for none
 * @param location of the description
 * @param entries the files and directories that are added to the base, in this order
 * @param changed what changes the files and accounts of the base in a way that is not followed
 * @param open why the tool may set more than this
 */
public record ImageDescription(
        Value<String> base,
        Location location,
        Start start,
        Volumes volumes,
        Map<String, Value<String>> labels,
        List<Entry> entries,
        Optional<Provenance> changed,
        Optional<String> open) {

    /**
     * The VOLUMEs besides those of the base.
     *
     * @param complete whether there are certainly no others, even if the base is unknown
     */
    public record Volumes(List<Value<String>> written, boolean complete) {}

    /**
     * The process of its containers.
     *
     * @param entrypoint if it is set, it removes the base's command, as ENTRYPOINT does
     */
    public record Start(
            Value<String> user,
            Value<ContainerPath> workdir,
            Map<String, Value<String>> environment,
            Value<List<CommandWord>> entrypoint,
            Value<List<CommandWord>> cmd) {}

    /** Files that keep an empty directory in a repository; no application reads them. */
    private static final Set<String> PLACEHOLDERS = Set.of(".gitkeep", ".keep", ".gitignore");

    /**
     * A directory or file that is added to those of the base.
     *
     * @param ownership empty for a directory that root makes if it is missing
     * @param complete whether a directory contains only what other entries and the base say
     */
    public record Entry(
            ContainerPath path,
            boolean directory,
            Optional<Ownership> ownership,
            boolean complete,
            Optional<FileContent> content,
            Provenance by) {

        /** A directory whose owner and mode replace those of an existing one. */
        public static Entry directory(ContainerPath path, Ownership ownership, boolean complete, Provenance by) {
            return new Entry(path, true, Optional.of(ownership), complete, Optional.empty(), by);
        }

        /** A directory that root makes with {@code mkdir -p}. */
        public static Entry made(ContainerPath path, boolean complete, Provenance by) {
            return new Entry(path, true, Optional.empty(), complete, Optional.empty(), by);
        }

        public static Entry file(ContainerPath path, Ownership ownership, FileContent content, Provenance by) {
            return new Entry(path, false, Optional.of(ownership), true, Optional.of(content), by);
        }

        private void layOver(RootFileSystem files) {
            if (ownership.isEmpty()) {
                ContainerPath made = files.makeDirectories(path, Identity.ROOT, 0755, by);
                if (!complete) {
                    files.tree().update(made, old -> old.withUnlisted(TreeNode.unknown(by)));
                }
                return;
            }
            FileTree tree = files.tree();
            ContainerPath parent = path.isRoot() ? path : files.makeDirectories(path.parent(), Identity.ROOT, 0755, by);
            ContainerPath real = path.isRoot() ? path : parent.resolve(path.name());
            tree.update(real, old -> directory ? over(old) : file());
        }

        private TreeNode file() {
            return TreeNode.file(ownership.orElseThrow(), by).withContent(content.orElse(null));
        }

        private TreeNode over(TreeNode old) {
            TreeNode fresh = TreeNode.directory(ownership.orElseThrow(), by);
            TreeNode kept = old.isDirectory() || old.isUnknown() ? fresh.withEntriesOf(old) : fresh;
            return complete ? kept : kept.withUnlisted(TreeNode.unknown(by));
        }
    }

    /** Whether it sets the owner of a directory itself. */
    public boolean owns(ContainerPath directory) {
        return entries.stream()
                .anyMatch(entry -> entry.directory()
                        && entry.ownership().isPresent()
                        && entry.path().equals(directory));
    }

    /** What it adds to the base: files, and directories with unknown files. */
    public List<ImageBuild.Copied> copied() {
        return entries.stream()
                .filter(entry -> entry.directory()
                        ? !entry.complete()
                        : !PLACEHOLDERS.contains(entry.path().name()))
                .map(entry -> new ImageBuild.Copied(
                        entry.path(), entry.by().location().orElse(location)))
                .toList();
    }

    /** The names of the files that contain the description. */
    public Set<String> files() {
        Stream<Value<?>> values = Stream.of(
                        Stream.<Value<?>>of(base, start.user, start.workdir),
                        volumes.written.stream(),
                        start.environment.values().stream(),
                        labels.values().stream())
                .flatMap(part -> part);
        Stream<Location> words = Stream.of(start.entrypoint, start.cmd)
                .flatMap(command -> command.known().stream())
                .flatMap(List::stream)
                .map(CommandWord::location);
        Stream<Location> places = Stream.concat(values.flatMap(value -> value.where().stream()), words);
        return Stream.concat(Stream.of(location), places).map(Location::file).collect(Collectors.toSet());
    }

    public Image image(ImageFacts facts) {
        StageState state = StageState.on(
                baseImage(facts), false, base.where().orElse(location), new Effort(BuildEvaluation.MAX_STEPS));
        entries.forEach(entry -> entry.layOver(state.files()));
        if (!start.user.isAbsent()) {
            state.setUser(start.user);
        }
        if (!start.workdir.isAbsent()) {
            state.setWorkdir(start.workdir);
        }
        start.environment.forEach(state::setEnvironment);
        labels.forEach(state::setLabel);
        if (!start.entrypoint.isAbsent()) {
            state.setEntrypoint(start.entrypoint);
        }
        if (!start.cmd.isAbsent()) {
            state.setCmd(start.cmd);
        }
        if (open.isPresent()) {
            state.setIncomplete();
        }
        if (volumes.complete) {
            state.setVolumesComplete();
        }
        volumes.written.forEach(volume -> declare(volume, state));
        return state.image();
    }

    private BaseImage baseImage(ImageFacts facts) {
        if (!(base instanceof Value.Known<String> known)) {
            String reason = base instanceof Value.Unknown<String> unknown ? unknown.reason() : "none is named";
            return BaseImage.unknown("(" + reason + ")");
        }
        BaseImage start = facts.start(known.value());
        return changed.map(start::changedBy).orElse(start);
    }

    private static void declare(Value<String> volume, StageState state) {
        if (volume instanceof Value.Known<String> known) {
            state.addVolume(
                    new Image.ImageVolume(known.value(), ContainerPath.of(known.value()), known.location(), false));
        } else {
            state.addUnknownVolume();
        }
    }
}
