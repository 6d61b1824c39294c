// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.DirectoryAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.QuotedWords;
import io.github.readonlyrootfs.taskdef.schema.FragmentWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds lines to the Dockerfile of a build. */
public final class DockerfileEditor {

    /** They change neither files nor the user. */
    private static final Set<String> INERT =
            Set.of("VOLUME", "ENV", "ARG", "LABEL", "EXPOSE", "CMD", "ENTRYPOINT", "STOPSIGNAL", "HEALTHCHECK");

    /** Comments between the lines of an instruction, blanks, and the ends of lines that it goes on after. */
    private static final String BLANK = "(?:(?m:^[ \\t]*+#.*$)|[\\s\\\\`])";

    private static final Pattern GAP = Pattern.compile(BLANK);

    private static final Pattern GAP_AT_END = Pattern.compile("(?:" + BLANK + "|,)++\\z");

    private static final Pattern COMMA = Pattern.compile(BLANK + "*+," + BLANK + "*+");

    private static final Pattern NO_PATH = Pattern.compile("(?i)VOLUME(?:\\[])?");

    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9/._@%+:,-]+");

    private final ImageBuild build;

    /** @param build one with instructions: without any there is no line to put another one beside */
    public DockerfileEditor(ImageBuild build) {
        if (build.chain().steps().isEmpty()) {
            throw new IllegalArgumentException("no instruction in " + build.dockerfile());
        }
        this.build = build;
    }

    public Remedy declare(ContainerPath volume) {
        InsertionPoint point = InsertionPoint.in(build, Optional.empty(), Optional.empty(), List.of());
        return insertAbove(point.next(), volumeLine(List.of(volume)));
    }

    /** Lines that go to one place. */
    private static final class Block {

        private final Set<ContainerPath> enteredWithKnownMode = new LinkedHashSet<>();
        private final Set<ContainerPath> made = new LinkedHashSet<>();

        /** Those of them that the user in force can make, to whom they then belong. */
        private final Set<ContainerPath> madeByUser = new LinkedHashSet<>();

        private final Map<String, Set<ContainerPath>> owners = new LinkedHashMap<>();
        private final Map<String, Set<ContainerPath>> ownersOfContent = new LinkedHashMap<>();
        private final Map<String, Set<ContainerPath>> modes = new LinkedHashMap<>();
        private final Set<ContainerPath> volumes = new LinkedHashSet<>();
        private Optional<String> restoredUser = Optional.empty();

        private void mode(String mode, ContainerPath path) {
            modes.computeIfAbsent(mode, key -> new LinkedHashSet<>()).add(path);
        }

        List<String> lines() {
            if (restoredUser.isPresent() && !made.isEmpty() && madeByUser.containsAll(changed())) {
                restoredUser = Optional.empty();
                owners.clear();
            }
            List<String> commands = new ArrayList<>();
            command(commands, "chmod a+x", enteredWithKnownMode);
            // Another need may ask for the same directory alone.
            for (Set<ContainerPath> content : ownersOfContent.values()) {
                removeAll(content, owners);
                removeAll(content, modes);
            }
            installed(commands);
            command(commands, "mkdir -p", made);
            commands(commands, "chown ", owners);
            for (Set<ContainerPath> content : ownersOfContent.values()) {
                keepTopmost(content);
            }
            commands(commands, "chown -R ", ownersOfContent);
            for (Set<ContainerPath> content : ownersOfContent.values()) {
                command(commands, "chmod -R u+rwX", content);
            }
            commands(commands, "chmod ", modes);
            List<String> lines = new ArrayList<>();
            if (!commands.isEmpty()) {
                String run = "RUN " + String.join(" && ", commands);
                lines.addAll(
                        restoredUser.isPresent()
                                ? List.of("USER root", run, "USER " + restoredUser.get())
                                : List.of(run));
            }
            if (!volumes.isEmpty()) {
                lines.add(volumeLine(volumes));
            }
            return lines;
        }

        private Set<ContainerPath> changed() {
            return Stream.of(
                            Stream.of(made, enteredWithKnownMode),
                            owners.values().stream(),
                            ownersOfContent.values().stream(),
                            modes.values().stream())
                    .flatMap(sets -> sets)
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet());
        }

        /** Several new directories of one user, each with the mode that its owner needs. */
        private void installed(List<String> commands) {
            for (Map.Entry<String, Set<ContainerPath>> owned : owners.entrySet()) {
                Set<ContainerPath> directories = new LinkedHashSet<>(owned.getValue());
                directories.retainAll(made);
                if (directories.size() > 1) {
                    command(commands, "install -d -o " + owned.getKey(), directories);
                    made.removeAll(directories);
                    owned.getValue().removeAll(directories);
                    removeAll(directories, modes);
                }
            }
        }

        private static void removeAll(Set<ContainerPath> paths, Map<String, Set<ContainerPath>> from) {
            for (Set<ContainerPath> others : from.values()) {
                others.removeAll(paths);
            }
        }

        private static void keepTopmost(Set<ContainerPath> paths) {
            Set<ContainerPath> all = Set.copyOf(paths);
            paths.removeIf(path -> all.stream().anyMatch(other -> !path.equals(other) && path.isAtOrBelow(other)));
        }

        /** A command for each owner or mode. */
        private static void commands(List<String> commands, String command, Map<String, Set<ContainerPath>> operands) {
            for (Map.Entry<String, Set<ContainerPath>> operand : operands.entrySet()) {
                command(commands, command + operand.getKey(), operand.getValue());
            }
        }

        private static void command(List<String> commands, String command, Set<ContainerPath> paths) {
            if (!paths.isEmpty()) {
                StringBuilder line = new StringBuilder(command);
                for (ContainerPath path : paths) {
                    line.append(' ').append(QuotedWords.forShell(path.toString()));
                }
                commands.add(line.toString());
            }
        }
    }

    /**
     * The edits that make several changes together: with one RUN and one VOLUME, unless what is between their places
     * may undo the one that comes first.
     *
     * @return those that each of them is a part of
     */
    public Map<Change, List<TextEdit>> edits(Collection<? extends Change> changes) {
        List<Change.Run> runs = changes.stream()
                .filter(Change.Run.class::isInstance)
                .map(Change.Run.class::cast)
                .toList();
        Map<Change.Run, InsertionPoint> points = new LinkedHashMap<>();
        for (Change.Run run : runs) {
            points.put(
                    run, InsertionPoint.in(build, Optional.of(run.user()), run.before(), onTheWay(run.path(), runs)));
        }
        mergeNeighbours(points);
        Map<Integer, Block> blocks = new TreeMap<>();
        Map<Change, Integer> lines = new LinkedHashMap<>();
        int volumes = 0;
        for (Map.Entry<Change.Run, InsertionPoint> entry : points.entrySet()) {
            InsertionPoint point = entry.getValue();
            Block block = blocks.computeIfAbsent(point.next(), line -> new Block());
            lines.put(entry.getKey(), point.next());
            block.restoredUser = block.restoredUser.isPresent() ? block.restoredUser : point.restoredUser();
            fill(block, entry.getKey(), point, runs);
            if (entry.getKey().before().isEmpty()) {
                // The classic builder discards changes of a volume's directory after its declaration.
                volumes = Math.max(volumes, point.next());
            }
        }
        if (volumes == 0) {
            volumes = InsertionPoint.in(build, Optional.empty(), Optional.empty(), List.of())
                    .next();
        }
        Set<ContainerPath> declared = changes.stream()
                .filter(Change::mounts)
                .map(Change::path)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Change change : changes) {
            if (change.mounts()) {
                Block block = blocks.computeIfAbsent(volumes, line -> new Block());
                lines.put(change, volumes);
                if (!comesWithAnother(change.path(), declared, runs)) {
                    block.volumes.add(change.path());
                }
            }
        }
        Map<Integer, List<TextEdit>> made = new TreeMap<>();
        blocks.forEach((line, block) ->
                made.put(line, List.of(TextEdit.insertLines(build.dockerfile(), line, block.lines()))));
        Map<Change, List<TextEdit>> edits = new LinkedHashMap<>();
        lines.forEach((change, line) -> edits.put(change, Objects.requireNonNull(made.get(line))));
        return edits;
    }

    /** A path with those that are changed above and below it: what is done to them goes to one place. */
    private static List<ContainerPath> onTheWay(ContainerPath path, List<Change.Run> runs) {
        return runs.stream()
                .map(Change::path)
                .filter(other -> other.isAtOrBelow(path) || path.isAtOrBelow(other))
                .toList();
    }

    /** Whether it is below another new volume and in the image: what is there comes with that one, with its owner. */
    private boolean comesWithAnother(ContainerPath volume, Set<ContainerPath> declared, List<Change.Run> runs) {
        boolean there = build.image().files().resolved(volume).isDirectory()
                || runs.stream()
                        .anyMatch(run -> run instanceof Change.Own && run.path().equals(volume));
        return there && declared.stream().anyMatch(other -> !volume.equals(other) && volume.isAtOrBelow(other));
    }

    /** Moves what goes below instructions that change no file to where the first of its neighbours goes. */
    private void mergeNeighbours(Map<Change.Run, InsertionPoint> points) {
        if (points.size() < 2) {
            return;
        }
        List<InsertionPoint> sorted = points.values().stream()
                .distinct()
                .sorted(Comparator.comparingInt(InsertionPoint::line))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            InsertionPoint later = sorted.get(i);
            InsertionPoint first = sorted.stream()
                    .filter(earlier -> earlier.line() < later.line() && isInert(earlier, later))
                    .findFirst()
                    .orElse(later);
            points.replaceAll((run, point) -> point.equals(later) ? first : point);
        }
    }

    private boolean isInert(InsertionPoint from, InsertionPoint to) {
        return build.chain().steps().stream()
                .filter(step ->
                        step.location().line() < to.line() && step.location().line() >= from.line())
                .allMatch(step -> INERT.contains(step.keyword()));
    }

    private void fill(Block block, Change.Run run, InsertionPoint point, List<Change.Run> runs) {
        if (run instanceof Change.Own own) {
            own(block, own, point, runs);
        } else if (hasKnownMode(run.path())) {
            block.enteredWithKnownMode.add(run.path());
        } else {
            // A symbolic mode applied to an unknown mode stays unknown.
            block.mode("755", run.path());
        }
    }

    private void own(Block block, Change.Own own, InsertionPoint point, List<Change.Run> runs) {
        ContainerPath path = own.path();
        ContainerUser user = own.user();
        if (!existsAt(path, point)) {
            block.made.add(path);
            if (!own.shared() && isInForce(user, point) && mayMake(user, path)) {
                block.madeByUser.add(path);
            }
        }
        List<ContainerPath> closed = perhapsClosed(own, runs);
        TreeNode node = build.image().files().resolved(path);
        if (own.shared()) {
            block.mode(node.isFile() ? "666" : "1777", path);
            closed.remove(path);
        } else if (node.isFile() && user.is(node.ownership().owner()).isTrue()) {
            block.mode("644", path);
        } else {
            (own.content() ? block.ownersOfContent : block.owners)
                    .computeIfAbsent(operand(user), key -> new LinkedHashSet<>())
                    .add(path);
        }
        for (ContainerPath directory : closed) {
            block.mode("755", directory);
        }
    }

    private static boolean isInForce(ContainerUser user, InsertionPoint point) {
        return point.restoredUser()
                .filter(text -> text.equals(user.name())
                        || user.uid()
                                .filter(uid -> text.equals(String.valueOf(uid.number())))
                                .isPresent())
                .isPresent();
    }

    /** Whether nothing is at a path, and the user certainly owns the directory in which it is made. */
    private boolean mayMake(ContainerUser user, ContainerPath path) {
        TreeNode node = build.image().files().resolved(path);
        ContainerPath at = path;
        while (node.isMissing() && !at.isRoot()) {
            at = at.parent();
            node = build.image().files().resolved(at);
        }
        return !at.equals(path) && DirectoryAccess.isOwners(user, node);
    }

    /** The owned directory and its parents, if their modes may not let the user in. */
    private List<ContainerPath> perhapsClosed(Change.Own owned, List<Change.Run> runs) {
        ContainerPath path = owned.path();
        List<ContainerPath> closed = new ArrayList<>();
        if (!hasOwnersMode(path)) {
            closed.add(path);
        }
        for (ContainerPath at = build.image().files().real(path).parent(); !at.isRoot(); at = at.parent()) {
            TreeNode node = build.image().files().at(at);
            ContainerPath directory = at;
            boolean opened = runs.stream()
                    .anyMatch(run -> run instanceof Change.Enter && run.path().equals(directory));
            // A directory of its own lets it in, whatever else is not known of the mode, or whether a copy brings it.
            boolean own = (node.isDirectory() || node.isUnknown())
                    && node.ownership().mode() == null
                    && owned.user().is(node.ownership().owner()).isTrue();
            if (!opened && !own && !DirectoryAccess.mayEnter(owned.user(), node)) {
                closed.add(0, at);
            }
        }
        return closed;
    }

    /** Whether the path is certainly there before the inserted lines run, so that {@code mkdir} can be left out. */
    private boolean existsAt(ContainerPath path, InsertionPoint point) {
        TreeNode node = build.image().files().resolved(path);
        if (node.isFile()) {
            return true;
        }
        return node.isDirectory()
                && node.why().location().map(made -> made.line() < point.line()).orElse(true);
    }

    private boolean hasKnownMode(ContainerPath path) {
        TreeNode node = build.image().files().resolved(path);
        return node.isDirectory() && node.ownership().mode() != null;
    }

    /** Whether its mode will certainly let its owner in; what {@code mkdir} makes has such a mode. */
    private boolean hasOwnersMode(ContainerPath path) {
        TreeNode node = build.image().files().resolved(path);
        return node.isMissing()
                || node.isFile()
                || (node.isDirectory() && node.ownership().ownerMayWrite());
    }

    /** The name where the image knows it, since {@code chown} looks it up there; else the number. */
    private String operand(ContainerUser user) {
        Integer number = user.uid().map(UnixId::number).orElse(null);
        return number == null || build.image().accounts().user(user.name()).isPresent()
                ? user.name()
                : number.toString();
    }

    private static String volumeLine(Collection<ContainerPath> volumes) {
        List<String> words = new ArrayList<>();
        boolean plain = true;
        for (ContainerPath volume : volumes) {
            words.add(volume.toString());
            plain &= PLAIN_PATH.matcher(volume.toString()).matches();
        }
        return plain ? "VOLUME " + String.join(" ", words) : volumeArray(words);
    }

    /** A VOLUME line with a JSON array. */
    public static String volumeArray(List<String> paths) {
        return paths.stream().map(FragmentWriter::quoted).collect(Collectors.joining(", ", "VOLUME [", "]"));
    }

    /** Puts a line above an instruction. */
    public Remedy insertAbove(int line, String text) {
        return Remedy.of(TextEdit.insertLines(build.dockerfile(), line, List.of(text)));
    }

    /** Replaces the whole instruction at a place. */
    public Remedy replace(Location place, String text) {
        Location instruction = instruction(place);
        boolean last = instruction.endLine() == build.dockerfile().lineCount();
        return Remedy.of(
                wholeLines(instruction, last ? text : text + build.dockerfile().lineSeparator()));
    }

    private Location instruction(Location place) {
        return build.chain().steps().stream()
                .map(ImageBuild.Step::location)
                .filter(step -> step.line() <= place.line() && place.line() <= step.endLine())
                .findFirst()
                .orElse(place);
    }

    /** Moves the VOLUME instruction that a place is in, with all its lines, below another instruction. */
    public Remedy moveBelow(Location volume, Location other) {
        Location moved = instruction(volume);
        int last = build.chain().steps().stream()
                .filter(step -> step.location().equals(other))
                .mapToInt(ImageBuild.Step::lastLine)
                .findFirst()
                .orElse(other.endLine());
        List<String> lines = Stream.iterate(moved.line(), at -> at <= moved.endLine(), at -> at + 1)
                .map(at -> build.dockerfile().line(at))
                .toList();
        return Remedy.of(TextEdit.insertLines(build.dockerfile(), last + 1, lines), wholeLines(moved, ""));
    }

    private TextEdit wholeLines(Location place, String text) {
        int end = place.endLine() < build.dockerfile().lineCount()
                ? build.dockerfile().lineStart(place.endLine() + 1)
                : build.dockerfile().text().length();
        return TextEdit.replace(build.dockerfile(), build.dockerfile().lineStart(place.line()), end, text);
    }

    /** Replaces a word and keeps its quotes. */
    public Remedy replaceWord(Location word, String text) {
        String old = build.dockerfile().text(word);
        String quote = old.startsWith("\"") || old.startsWith("'") ? old.substring(0, 1) : "";
        return Remedy.of(new TextEdit(word, quote + text + quote));
    }

    /** Removes one path of a VOLUME, with the instruction if it has no other. */
    public Remedy removeVolume(Location path) {
        Location instruction = instruction(path);
        TextEdit whole = wholeLines(instruction, "");
        String text = build.dockerfile().text();
        int first = build.dockerfile().start(whole.location());
        int start = build.dockerfile().start(path);
        int end = build.dockerfile().end(path);
        if (start > first && text.charAt(start - 1) == '"') {
            start--;
            end++;
        }
        String before = text.substring(first, start);
        String behind = text.substring(end, build.dockerfile().end(whole.location()));
        if (NO_PATH.matcher(GAP.matcher(before + behind).replaceAll("")).matches()) {
            return Remedy.of(whole);
        }
        Matcher comma = COMMA.matcher(behind);
        if (comma.lookingAt()) {
            return Remedy.of(TextEdit.replace(build.dockerfile(), start, end + comma.end(), ""));
        }
        int kept = GAP_AT_END.matcher(before).replaceFirst("").length();
        return Remedy.of(TextEdit.replace(build.dockerfile(), first + kept, end, ""));
    }
}
