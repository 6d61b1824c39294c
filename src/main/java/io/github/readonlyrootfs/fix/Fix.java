// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fix;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.EditTrial;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.ContainerVerdict;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Patch;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.edit.UnifiedDiff;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.fix.EditableFile.NotEditableException;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.observe.ContainerRun;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Edits files until a check has no more error or warning whose remedy a program may apply. Nothing is written before
 * {@link #write()}.
 */
public final class Fix {

    /** One edit may reveal the next finding; more than a few in a row would be edits that undo each other. */
    private static final int MAX_ROUNDS = 20;

    /** The rule about what a run, or a compiled project, shows. */
    private static final String NEEDS_UNKNOWN = "needs-unknown";

    /** The rule about values that ECS does not take. */
    private static final String WRONG_TYPE = "wrong-type";

    private final CheckRequest request;
    private final Path root;
    private final Set<String> containers;

    private final Map<String, Optional<EditableFile>> files = new HashMap<>();
    private final Map<String, String> objections = new HashMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<Finding, String> refused = new LinkedHashMap<>();
    private final List<Finding> fixed = new ArrayList<>();

    /** Findings that were still there after their edits. */
    private final List<Finding> useless = new ArrayList<>();

    private int edits;
    private final CheckResult before;
    private CheckResult result;

    /** Edits of files that no check reads anew, such as a pom's. */
    private final Patch unread = new Patch();

    private Fix(CheckRequest request, Path root, Set<String> containers) throws ConfigurationException {
        this.request = request;
        this.root = root;
        this.containers = containers;
        this.before = ReadOnlyRootAnalysis.check(request);
        this.result = before;
    }

    /**
     * Works out the edits.
     *
     * @param root the directory that no edit may leave
     * @param containers the names of the containers to fix; empty for all
     * @throws ConfigurationException as {@link ReadOnlyRootAnalysis#check} does
     */
    public static Fix of(CheckRequest request, Path root, Set<String> containers) throws ConfigurationException {
        Fix fix = new Fix(request, root, containers);
        fix.run();
        return fix;
    }

    /** The findings in the files as they were. */
    public CheckResult before() {
        return before;
    }

    /**
     * A finding that was not fixed.
     *
     * @param reason as half a sentence
     * @param unproven the container that is not proven to run with a read-only root, if that is the reason
     */
    public record Refused(Finding finding, String reason, Optional<JudgedContainer> unproven) {}

    private void run() throws ConfigurationException {
        Set<Map<String, String>> seen = new HashSet<>();
        boolean retried = false;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            EditTrial trial = ReadOnlyRootAnalysis.trial(request.with(texts), result);
            EditTrial.Best best = trial.best(candidates(round, trial));
            useless.addAll(best.useless());
            EditTrial.Outcome all = best.outcome();
            if (all.patch().isEmpty()) {
                // What did not help at first may help now that all else is fixed.
                if (retried || useless.isEmpty()) {
                    break;
                }
                retried = true;
                useless.clear();
                continue;
            }
            if (!seen.add(all.texts())) {
                break;
            }
            retried = false;
            fixed.addAll(all.made());
            for (String file : all.patch().files()) {
                edits += all.patch().edits(file).size();
            }
            texts.putAll(all.texts());
            // What the trial found has edits that were not tried: one that helps may share a line with one that does
            // not.
            result = ReadOnlyRootAnalysis.check(request.with(texts));
        }
        refuseTheRest();
    }

    /** The findings whose edits may be made, the worst first. */
    private List<Finding> candidates(int round, EditTrial trial) {
        List<Finding> candidates = new ArrayList<>();
        result.findings().stream()
                .filter(finding -> isWanted(finding) && isFixable(finding, result, containers))
                .filter(finding -> useless.stream().noneMatch(known -> known.isSame(finding)))
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Comparator.naturalOrder()))
                .forEach(finding -> {
                    List<TextEdit> all = finding.remedy().edits();
                    Optional<String> objection = all.stream()
                            .flatMap(edit -> objection(edit.location().file()).stream())
                            .findFirst();
                    if (objection.isPresent()) {
                        refused.put(finding, objection.get());
                    } else if (trial.covers(finding)) {
                        candidates.add(finding);
                    } else if (round == 0 && unread.add(all)) {
                        fixed.add(finding);
                    }
                });
        return candidates;
    }

    private boolean isWanted(Finding finding) {
        return finding.isProblem()
                && (containers.isEmpty() || finding.containers().stream().anyMatch(containers::contains));
    }

    private void refuseTheRest() {
        left().stream()
                .filter(finding -> isWanted(finding) && !refused.containsKey(finding))
                .forEach(finding -> refused.put(finding, reason(finding)));
        Set<Finding> left = new HashSet<>(result.findings());
        refused.keySet().removeIf(finding -> !left.contains(finding));
    }

    /**
     * Whether the edits of a finding may be made without a person: the root of a container is made read-only only where it is
     * proven that it runs so.
     *
     * @param told the names of the containers that are made read-only nevertheless
     */
    private static boolean isFixable(Finding finding, CheckResult result, Set<String> told) {
        boolean isTold = EditTrial.makesRootReadOnly(finding)
                && finding.containers().stream().anyMatch(told::contains);
        return isTold
                ? !finding.remedy().edits().isEmpty()
                : finding.remedy().isApplicable()
                        && unproven(finding, result, told).isEmpty();
    }

    /**
     * The errors and warnings of a check that this goal is likely to fix: those of a root once those are that keep its
     * container from running.
     *
     * @param editable whether a file of this name may be edited
     */
    public static List<Finding> fixable(CheckResult check, Predicate<String> editable) {
        List<Finding> problems =
                check.findings().stream().filter(Finding::isProblem).toList();
        Predicate<Finding> here = finding -> finding.remedy().edits().stream()
                .allMatch(edit -> editable.test(edit.location().file()));
        Predicate<Finding> mended = here.and(finding -> isFixable(finding, check, Set.of()));
        return problems.stream()
                .filter(finding -> mended.test(finding)
                        || (EditTrial.makesRootReadOnly(finding)
                                && here.test(finding)
                                && sourcesLeftToAPerson(finding, check).isEmpty()
                                && containers(finding, check)
                                        .allMatch(on -> on.isProven()
                                                && on.runtime().startFailures().isEmpty())
                                && problems.stream()
                                        .filter(other -> EditTrial.isRefusal(other)
                                                && !Collections.disjoint(other.containers(), finding.containers()))
                                        .allMatch(mended)))
                .toList();
    }

    /** Those that a finding is about, and the others that its edits make read-only. */
    private static Stream<JudgedContainer> containers(Finding finding, CheckResult check) {
        Set<Location> places = places(finding);
        return check.findings().stream()
                .filter(other -> other.equals(finding)
                        || (EditTrial.makesRootReadOnly(other) && !Collections.disjoint(places(other), places)))
                .flatMap(other -> check.tasks().task(other.resource()).stream()
                        .flatMap(JudgedContainer::linux)
                        .filter(on -> other.containers().contains(on.name())));
    }

    private static Set<Location> places(Finding finding) {
        return finding.remedy().edits().stream().map(TextEdit::location).collect(Collectors.toSet());
    }

    /** The sources of a tool that the task definition comes from, which are not edited: its help says what to write there. */
    private static Optional<String> sourcesLeftToAPerson(Finding finding, CheckResult check) {
        return check.tasks()
                .task(finding.resource())
                .flatMap(TaskAnalysis::definition)
                .flatMap(TaskDefinition::toolSources);
    }

    private Optional<JudgedContainer> unproven(Finding finding) {
        return unproven(finding, result, containers);
    }

    private static Optional<JudgedContainer> unproven(Finding finding, CheckResult result, Set<String> told) {
        if (!EditTrial.makesRootReadOnly(finding)
                || sourcesLeftToAPerson(finding, result).isPresent()
                || finding.containers().stream().anyMatch(told::contains)) {
            return Optional.empty();
        }
        return containers(finding, result)
                .filter(on -> !on.verdict().equals(Optional.of(ContainerVerdict.PROVEN)))
                .findFirst();
    }

    private String reason(Finding finding) {
        Optional<String> objection = finding.remedy().edits().stream()
                .flatMap(edit -> objection(edit.location().file()).stream())
                .findFirst();
        if (objection.isPresent()) {
            return objection.get();
        }
        if (useless.stream().anyMatch(known -> known.isSame(finding))) {
            return "its edit does not fix it";
        }
        Optional<String> sources = sourcesLeftToAPerson(finding, result);
        if (EditTrial.makesRootReadOnly(finding) && sources.isPresent()) {
            return "this goal does not edit " + sources.get();
        }
        if (finding.rule().equals(NEEDS_UNKNOWN)) {
            Set<Gap.Kind> kinds = containers(finding, result)
                    .flatMap(on -> on.container().gaps().stream())
                    .filter(Gap::couldBeFatal)
                    .map(Gap::kind)
                    .collect(Collectors.toSet());
            boolean builds = !kinds.isEmpty()
                    && kinds.stream().allMatch(EnumSet.of(Gap.Kind.NOT_BUILT, Gap.Kind.LIBRARY)::contains);
            return builds && kinds.contains(Gap.Kind.NOT_BUILT)
                    ? "the project is not compiled"
                    : builds
                            ? "Maven did not find all dependencies"
                            : "only a run with `observe`, or you, can tell what is written";
        }
        if (finding.rule().equals(WRONG_TYPE)) {
            return "the file does not tell which value is meant";
        }
        return finding.remedy().advice().isPresent() || finding.remedy().lead().isPresent()
                ? "only you can decide it"
                : "no edit fixes it";
    }

    /** Why a file must not be edited. */
    private Optional<String> objection(String name) {
        editable(name);
        return Optional.ofNullable(objections.get(name));
    }

    private Optional<EditableFile> editable(String name) {
        return files.computeIfAbsent(name, key -> {
            try {
                Path path = Optional.ofNullable(request.files().get(name))
                        .or(() -> request.application()
                                .project()
                                .map(facts -> facts.directories().project())
                                .map(of -> of.resolve(name)))
                        .orElseGet(() -> root.resolve(name));
                EditableFile file = EditableFile.open(name, path, root);
                SourceFile read = result.tasks().sources().get(name);
                if (read == null || (!texts.containsKey(name) && !read.text().equals(file.text()))) {
                    throw new NotEditableException(name + " is filtered by a plugin before it is used");
                }
                return Optional.of(file);
            } catch (NotEditableException e) {
                objections.put(name, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    /** The fixed findings, in the order in which they were fixed. */
    public List<Finding> fixed() {
        return List.copyOf(fixed);
    }

    /** What is mounted in which container at paths where nothing was mounted, and why that; a line each. */
    public List<String> choices() {
        Map<String, Set<String>> edited = new HashMap<>();
        for (Finding finding : fixed.stream().filter(EditTrial::mounts).toList()) {
            List<String> files = finding.remedy().edits().stream()
                    .map(edit -> edit.location().file())
                    .toList();
            for (String container : finding.containers()) {
                edited.computeIfAbsent(container, key -> new TreeSet<>()).addAll(files);
            }
        }
        Map<Choice, Set<String>> chosen = new LinkedHashMap<>();
        for (ContainerAnalysis container : result.tasks().containers()) {
            Set<String> files = edited.getOrDefault(container.name(), Set.of());
            for (String file : files) {
                chosen.computeIfAbsent(choice(container, file, files), key -> new LinkedHashSet<>())
                        .add(container.name());
            }
        }
        List<String> lines = new ArrayList<>();
        chosen.forEach((choice, containers) -> lines.add(choice.what() + " (container"
                + (containers.size() == 1 ? " " : "s ") + String.join(", ", containers)
                + "); other ways: -Dreadonly-rootfs.fixWith=" + choice.others()));
        return lines;
    }

    /** @param others the ways that the user may set instead */
    private record Choice(String what, String others) {

        private static final Choice VOLUME = volume("the Dockerfile");

        static Choice volume(String where) {
            return new Choice("declares a VOLUME in " + where, "volume or tmpfs");
        }

        static Choice tmpfs(String why) {
            return new Choice("mounts a tmpfs" + why, "volume");
        }
    }

    private Choice choice(ContainerAnalysis container, String edited, Set<String> all) {
        return switch (request.mountWith()) {
            case DOCKERFILE -> Choice.VOLUME;
            case VOLUME -> {
                boolean declared = container.dockerfile().filter(all::contains).isPresent();
                String owner = declared ? ", with a VOLUME in the Dockerfile for its owner" : "";
                yield new Choice("mounts an empty volume of the task" + owner, "dockerfile or tmpfs");
            }
            case TMPFS -> Choice.tmpfs("");
            case AUTO -> {
                if (container.dockerfile().isPresent()) {
                    yield container.dockerfile().get().equals(edited)
                            ? Choice.VOLUME
                            : Choice.tmpfs(" where a VOLUME would need a RUN, since the image has no shell");
                }
                yield container.described().isPresent()
                        ? Choice.volume("the pom where the image's user owns the directory, else mounts a tmpfs")
                        : Choice.tmpfs(", since no Dockerfile of this project builds the image");
            }
        };
    }

    /** For each container that an edit was made for, how to start it with a read-only root. */
    public List<ContainerRun> runs() {
        return runs(on -> fixed.stream()
                .anyMatch(finding -> finding.containers().contains(on.name())
                        && result.tasks().task(finding.resource()).equals(Optional.of(on.task()))));
    }

    /** The same; where no edit was made, for each container whose root is read-only already. */
    public List<ContainerRun> toTry() {
        return fixed.isEmpty()
                ? runs(on -> on.container()
                        .definition()
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .known()
                        .orElse(false))
                : runs();
    }

    private List<ContainerRun> runs(Predicate<JudgedContainer> wanted) {
        Map<String, ContainerRun> runs = new LinkedHashMap<>();
        result.tasks().all().stream()
                .flatMap(JudgedContainer::linux)
                .filter(wanted)
                .forEach(on ->
                        runs.computeIfAbsent(on.task().nameOf(on.container()), name -> ContainerRun.of(on, request)));
        return List.copyOf(runs.values());
    }

    /** The errors and warnings that are left, and why; the flags of containers come last. */
    public List<Refused> refused() {
        List<Refused> all = new ArrayList<>();
        refused.forEach((finding, reason) -> all.add(new Refused(finding, reason, unproven(finding))));
        all.sort(Comparator.<Refused, Boolean>comparing(it -> it.unproven().isPresent())
                .thenComparing(it -> it.finding().severity())
                .thenComparing(Refused::finding));
        return all;
    }

    /** Suppressed findings that have edits. */
    public List<Finding> ignored() {
        return result.findings().stream()
                .filter(finding -> finding.isSuppressed() && finding.remedy().isApplicable())
                .toList();
    }

    /** How many places are edited. */
    public int edits() {
        return edits
                + unread.files().stream()
                        .mapToInt(file -> unread.edits(file).size())
                        .sum();
    }

    /** The result of a check after the edits, except those of files that a check does not read. */
    public CheckResult result() {
        return result;
    }

    /** The findings of that check without those that are fixed in files that it does not read itself. */
    public List<Finding> left() {
        return result.findings().stream()
                .filter(finding -> unread.isEmpty() || fixed.stream().noneMatch(known -> known.isSame(finding)))
                .toList();
    }

    /** The names of the files that change, and that a check in this process does not read anew. */
    public Set<String> unreadFiles() {
        return unread.files();
    }

    /** The new texts by the names of the files, sorted. */
    private Map<EditableFile, String> changes() {
        Map<String, String> changed = new TreeMap<>(texts);
        for (String name : unread.files()) {
            changed.put(
                    name,
                    unread.apply(
                            SourceFile.of(name, editable(name).orElseThrow().text())));
        }
        Map<EditableFile, String> changes = new LinkedHashMap<>();
        changed.forEach((name, text) -> {
            EditableFile file = editable(name).orElseThrow();
            if (!file.text().equals(text)) {
                changes.put(file, text);
            }
        });
        return changes;
    }

    /** The names of the files that change, sorted. */
    public List<String> changedFiles() {
        return changes().keySet().stream().map(EditableFile::name).toList();
    }

    /**
     * What changes, as {@code git apply --unidiff-zero} takes it; a line each.
     *
     * @param bases directories in which it can be applied, the preferred one first: {@code git apply} changes only files
     *     below the directory in which it runs, so the first that all changed files are in is taken
     * @param texts the public parts of each file
     * @throws IOException when none of the directories can be read
     */
    public List<String> diff(List<Path> bases, Function<SourceFile, PublicText> texts) throws IOException {
        Map<EditableFile, String> changes = changes();
        Path base = bases.get(0).toRealPath();
        for (int i = 1; i < bases.size() && !areAllBelow(base, changes.keySet()); i++) {
            base = bases.get(i).toRealPath();
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<EditableFile, String> change : changes.entrySet()) {
            EditableFile file = change.getKey();
            lines.addAll(UnifiedDiff.of(
                    SourceFile.nameOf(base.relativize(file.file())),
                    file.mark(),
                    texts.apply(SourceFile.of(file.name(), file.text())),
                    change.getValue()));
        }
        return lines;
    }

    private static boolean areAllBelow(Path directory, Set<EditableFile> files) {
        return files.stream().allMatch(file -> file.file().startsWith(directory));
    }

    /**
     * Writes the files.
     *
     * @throws IOException with the name of the file that could not be written; it is as it was
     */
    public void write() throws IOException {
        for (Map.Entry<EditableFile, String> change : changes().entrySet()) {
            change.getKey().write(change.getValue());
        }
    }
}
