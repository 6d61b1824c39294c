// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.text.Expansion;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.image.facts.BaseImage;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.facts.ImageReference;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Evaluates the target stage of a Dockerfile, the stages it descends from, and those it copies from. */
final class BuildEvaluation implements CopyInstruction.Sources {

    /**
     * The limit for one build. The largest Dockerfiles that people write need some hundred thousand steps; a loop in a
     * script, or copies of copies, may need any number.
     */
    static final long MAX_STEPS = 20_000_000;

    private final ImageBuilder.Request request;
    private final Dockerfile dockerfile;
    private final GlobalScope globals;
    private final StageReferences references;
    private final List<Problem> problems;
    private final Effort effort = new Effort(MAX_STEPS);
    private final List<Origin> origins = new ArrayList<>();
    private final Map<String, NavigableSet<Integer>> stagesByName = new HashMap<>();
    private final Map<Integer, StageState> states = new HashMap<>();
    private final Map<Integer, StageLog> logs = new HashMap<>();
    private final BuildContexts contexts;
    private @Nullable BuildContext context;
    private boolean gaveUp;

    /**
     * What a stage starts from.
     *
     * @param stage the index of an earlier stage; -1 for an image
     * @param image the image's reference; empty if unknown
     * @param reason why it is unknown
     * @param windows whether the image for Windows is requested
     */
    private record Origin(int stage, Optional<String> image, String reason, boolean windows) {

        static Origin unknown(String reason) {
            return new Origin(-1, Optional.empty(), reason, false);
        }
    }

    BuildEvaluation(ImageBuilder.Request request, BuildContexts contexts) {
        this.request = request;
        this.contexts = contexts;
        this.dockerfile = request.dockerfile();
        this.globals = new GlobalScope(dockerfile.globalArgs(), request.buildArgs(), dockerfile.escape(), effort);
        this.references = new StageReferences(dockerfile);
        this.problems = new ArrayList<>(dockerfile.problems());
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            if (stage.name().isPresent()) {
                stagesByName
                        .computeIfAbsent(stage.name().get(), key -> new TreeSet<>())
                        .add(stage.index());
            }
        }
    }

    ImageBuild run() {
        for (Instruction.Arg arg : dockerfile.globalArgs()) {
            for (Instruction.Assignment assignment : arg.assignments()) {
                if (assignment.value().isPresent()
                        && !globals.isGiven(assignment.key().text())) {
                    reject(Expansion.of(assignment.value().get(), dockerfile.escape(), globals));
                }
            }
        }
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            origins.add(origin(stage));
        }
        if (!isClassic()) {
            problems.addAll(references.problems());
        }
        int target = target();
        if (target < 0) {
            return nothing();
        }
        List<Integer> chain = chain(target);
        for (int index : reachable(target)) {
            evaluate(dockerfile.stages().get(index));
        }
        return result(target, chain);
    }

    /** The classic builder checks an instruction only when it runs it. */
    private boolean isClassic() {
        return request.builder() == ImageBuilder.Builder.CLASSIC;
    }

    private void reject(Expansion expansion) {
        if (expansion instanceof Expansion.Rejected rejected) {
            problems.add(rejected.problem());
        }
    }

    /** The platform that a FROM line requests; empty if unknown. */
    private String platform(JoinedText written) {
        Expansion expansion = Expansion.of(written, dockerfile.escape(), globals);
        reject(expansion);
        if (expansion instanceof Expansion.Known known
                && globals.lacksValue(known.unset()).isEmpty()) {
            return known.text();
        }
        return "";
    }

    private Origin origin(Dockerfile.Stage stage) {
        Optional<JoinedText> platform = stage.from().platform();
        boolean windows = platform.isPresent()
                && !platform.get().text().isEmpty()
                && platform(platform.get()).toLowerCase(Locale.ROOT).startsWith("windows");
        JoinedText written = stage.from().image();
        Expansion expansion = Expansion.of(written, dockerfile.escape(), globals);
        if (expansion instanceof Expansion.Rejected rejected) {
            problems.add(rejected.problem());
            return Origin.unknown("it cannot be expanded");
        }
        if (expansion instanceof Expansion.Unknown unknown) {
            return Origin.unknown(unknown.reason());
        }
        Expansion.Known known = (Expansion.Known) expansion;
        String name = known.text();
        Optional<String> open = globals.lacksValue(known.unset());
        if (open.isPresent()) {
            return Origin.unknown("its ARG " + open.get() + " has no value");
        }
        if (name.isEmpty()) {
            problems.add(new Problem(
                    written.location(),
                    "base name (" + written.text() + ") should not be blank",
                    "give the ARG above the first FROM a default, or name the image"));
            return Origin.unknown("its name is blank");
        }
        String asStage = isClassic() ? name.toLowerCase(Locale.ROOT) : name;
        int parent = stageNamed(asStage, stage.index());
        if (parent < 0 && !ImageReference.isValid(name)) {
            problems.add(badName(stage, name, known.unset()));
        }
        return new Origin(parent, Optional.of(name), "", windows);
    }

    private Problem badName(Dockerfile.Stage stage, String name, Set<String> unset) {
        JoinedText written = stage.from().image();
        String lowerCase = name.toLowerCase(Locale.ROOT);
        String help = stageNamed(lowerCase, stage.index()) >= 0
                ? "stage names are lower case: write FROM " + lowerCase
                : unset.isEmpty()
                        ? "write it like registry.example.org/team/name:tag, all but the tag in lower case"
                        : "give " + String.join(", ", unset) + " a value: an ARG above the first FROM";
        return new Problem(
                written.location(),
                (PublicText.isName(written.text()) ? "`" + written.text() + "`" : "this")
                        + " cannot be the name of an image",
                help);
    }

    /** The last stage of that name above an index; -1 for none. */
    private int stageNamed(String name, int before) {
        Integer last =
                stagesByName.getOrDefault(name, Collections.emptyNavigableSet()).lower(before);
        return last == null ? -1 : last;
    }

    private int target() {
        List<Dockerfile.Stage> stages = dockerfile.stages();
        if (request.target().isEmpty()) {
            return stages.size() - 1;
        }
        String name = request.target().get();
        int found = stageNamed(name.toLowerCase(Locale.ROOT), stages.size());
        if (found < 0 && !stages.isEmpty()) {
            List<String> names =
                    stages.stream().flatMap(stage -> stage.name().stream()).toList();
            problems.add(new Problem(
                    stages.get(stages.size() - 1).from().location(),
                    "target stage \"" + name + "\" could not be found",
                    names.isEmpty()
                            ? "no stage of this file has a name; add `AS " + name + "` to its FROM line"
                            : "the stages are called " + String.join(", ", names)));
            // It is unknown what another frontend makes a stage of, and which one is meant.
            return dockerfile.hasKnownGrammar() ? stages.size() - 1 : -1;
        }
        return found;
    }

    private ImageBuild nothing() {
        Location location = Location.of(dockerfile.source().name());
        return new ImageBuild(
                dockerfile.source(),
                Optional.empty(),
                ImageFacts.unknown("", location),
                ImageBuild.Chain.NONE,
                ImageBuild.Diagnostics.rejected(ReportedProblems.of(dockerfile, problems)),
                effort.spent());
    }

    private List<Integer> chain(int target) {
        List<Integer> chain = new ArrayList<>();
        for (int stage = target; stage >= 0; stage = origins.get(stage).stage) {
            chain.add(stage);
        }
        Collections.reverse(chain);
        return chain;
    }

    /** The stages that have to be built, first to last. */
    private List<Integer> reachable(int target) {
        Set<Integer> found = new HashSet<>();
        Set<Integer> triggering = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.push(target);
        while (!open.isEmpty()) {
            int index = open.pop();
            if (index < 0 || !found.add(index)) {
                continue;
            }
            open.push(origins.get(index).stage);
            for (Instruction instruction : dockerfile.stages().get(index).instructions()) {
                if (!(instruction instanceof Instruction.Onbuild)) {
                    open.addAll(references.stages(instruction));
                }
            }
            int parent = origins.get(index).stage;
            if (parent >= 0 && triggering.add(parent)) {
                for (Instruction instruction : dockerfile.stages().get(parent).instructions()) {
                    if (instruction instanceof Instruction.Onbuild onbuild) {
                        open.addAll(references.stages(onbuild.trigger()));
                    }
                }
            }
        }
        List<Integer> sorted = new ArrayList<>(found);
        Collections.sort(sorted);
        return sorted;
    }

    private void evaluate(Dockerfile.Stage stage) {
        StageLog log = new StageLog();
        Origin origin = origins.get(stage.index());
        StageState parent = states.get(origin.stage);
        List<Instruction> triggers;
        StageState state;
        if (parent == null) {
            BaseImage base = base(origin);
            state = StageState.on(
                    base,
                    origin.windows && !origin.image.equals(Optional.of(BaseImage.SCRATCH)),
                    stage.from().image().location(),
                    effort);
            triggers = triggers(base, stage);
        } else {
            state = parent.child();
            triggers = parent.triggers();
        }
        states.put(stage.index(), state);
        logs.put(stage.index(), log);
        StageEvaluator evaluator =
                new StageEvaluator(stage.index(), state, log, globals, dockerfile.escape(), request.builder(), this);
        log.steps.add(
                new ImageBuild.Step(stage.from().location(), "FROM", stage.index(), state.user(), state.directory()));
        for (Instruction trigger : triggers) {
            log.problems.addAll(references.problems(trigger));
            log.add(references.later(trigger, stage.index()));
            evaluator.evaluate(trigger);
        }
        for (Instruction instruction : stage.instructions()) {
            if (isClassic()) {
                log.problems.addAll(references.problems(instruction));
            }
            log.add(references.later(instruction, stage.index() - 1));
            evaluator.evaluate(instruction);
        }
        if (evaluator.gaveUpAt().isPresent()) {
            gaveUp(evaluator.gaveUpAt().get());
        }
    }

    private void gaveUp(Instruction instruction) {
        if (!gaveUp) {
            gaveUp = true;
            problems.add(new Problem(
                    instruction.location(),
                    "this build has more than " + MAX_STEPS / 1_000_000
                            + " million steps to follow: its files are unknown from here on",
                    "move what repeats into a script that is copied in, or list the image's facts in imageFacts"));
        }
    }

    /** The ONBUILD instructions of a published image are not available. */
    private static List<Instruction> triggers(BaseImage base, Dockerfile.Stage stage) {
        return base.config().triggers()
                ? List.of(new Instruction.Unknown(
                        stage.from().image().location(),
                        "base image " + base.reference() + " has ONBUILD instructions, which are not followed",
                        Optional.empty()))
                : List.of();
    }

    private BaseImage base(Origin origin) {
        return origin.image.isEmpty()
                ? BaseImage.unknown("(" + origin.reason + ")")
                : request.facts().start(origin.image.get());
    }

    @Override
    public Optional<Accounts> accounts(Optional<JoinedText> from) {
        if (from.isEmpty()) {
            return Optional.empty();
        }
        StageState state = states.get(references.stage(from.get()));
        return state != null
                ? Optional.of(state.files().accounts())
                : request.facts().base(from.get().text()).map(BaseImage::accounts);
    }

    @Override
    public Optional<TreeNode> root(Optional<JoinedText> from) {
        if (from.isEmpty()) {
            return context();
        }
        int stage = references.stage(from.get());
        if (stage < 0) {
            return request.facts().base(from.get().text()).map(BaseImage::root);
        }
        StageState state = states.get(stage);
        return state == null
                ? Optional.empty()
                : Optional.of(state.files().tree().root());
    }

    private Optional<TreeNode> context() {
        return request.context().map(directory -> context(directory).root());
    }

    private BuildContext context(Path directory) {
        BuildContext known = context;
        if (known == null) {
            String name = dockerfile.source().name();
            known = contexts.of(directory, name.substring(name.lastIndexOf('/') + 1), request.contextName());
            problems.addAll(known.problems());
            context = known;
        }
        return known;
    }

    @Override
    public Map<ContainerPath, Assembly> assemblies(Optional<JoinedText> from) {
        Map<ContainerPath, Assembly> byPath = new LinkedHashMap<>();
        if (request.context().isEmpty() || (from.isPresent() && references.stage(from.get()) < 0)) {
            return byPath;
        }
        Path directory = request.context().get();
        Path absolute = directory.toAbsolutePath().normalize();
        for (Assembly assembly : request.assemblies().get()) {
            if (assembly.path().startsWith(absolute)) {
                String path = SourceFile.nameOf(absolute.relativize(assembly.path()));
                if (from.isPresent() || !context(directory).excludes(path)) {
                    byPath.put(ContainerPath.of("/" + path), assembly);
                }
            }
        }
        return byPath;
    }

    private ImageBuild result(int target, List<Integer> chain) {
        List<ImageBuild.UnresolvedVariable> unresolved = new ArrayList<>();
        List<ImageBuild.LateChange> lateChanges = new ArrayList<>();
        List<ImageBuild.Copied> copied = new ArrayList<>();
        List<ImageBuild.Step> steps = new ArrayList<>();
        for (int stage : chain) {
            StageLog log = log(stage);
            unresolved.addAll(log.unresolved);
            lateChanges.addAll(log.lateChanges);
            copied.addAll(log.copied);
            steps.addAll(log.steps);
        }
        List<Problem> all = new ArrayList<>(problems);
        Map<String, TreeNode> read = new TreeMap<>();
        for (int stage : new TreeSet<>(logs.keySet())) {
            all.addAll(log(stage).problems);
            read.putAll(log(stage).context);
        }
        if (dockerfile.mountsContext()) {
            read.put(".", context().orElseGet(() -> TreeNode.unknown(Provenance.of("the build context"))));
        }
        StageState state = states.get(target);
        if (state == null) {
            throw new IllegalStateException("stage " + target + " was not evaluated");
        }
        return new ImageBuild(
                dockerfile.source(),
                dockerfile.stages().get(target).name(),
                state.image(),
                new ImageBuild.Chain(
                        List.copyOf(chain), List.copyOf(steps), List.copyOf(copied), Collections.unmodifiableMap(read)),
                new ImageBuild.Diagnostics(
                        ReportedProblems.of(dockerfile, all),
                        List.copyOf(unresolved),
                        otherVolumes(chain),
                        List.copyOf(lateChanges)),
                effort.spent());
    }

    private StageLog log(int stage) {
        StageLog log = logs.get(stage);
        if (log == null) {
            throw new IllegalStateException("stage " + stage + " was not evaluated");
        }
        return log;
    }

    private List<ImageBuild.OtherVolume> otherVolumes(List<Integer> chain) {
        Set<Integer> copiedFrom = new HashSet<>();
        for (int index : chain) {
            for (Instruction instruction : dockerfile.stages().get(index).instructions()) {
                if (instruction instanceof Instruction.Copy) {
                    copiedFrom.addAll(references.stages(instruction));
                }
            }
        }
        List<ImageBuild.OtherVolume> others = new ArrayList<>();
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            if (chain.contains(stage.index())) {
                continue;
            }
            StageState state = states.get(stage.index());
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Volume volume) {
                    for (JoinedText path : volume.paths()) {
                        Expansion expansion = Expansion.of(path, dockerfile.escape(), state == null ? globals : state);
                        if (expansion instanceof Expansion.Known known
                                && !known.text().isEmpty()) {
                            others.add(new ImageBuild.OtherVolume(
                                    path.location(),
                                    ContainerPath.of(known.text()),
                                    stage.index(),
                                    stage.name(),
                                    copiedFrom.contains(stage.index())));
                        }
                    }
                }
            }
        }
        return others;
    }
}
