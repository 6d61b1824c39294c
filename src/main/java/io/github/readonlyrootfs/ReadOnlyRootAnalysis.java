// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.FileHashes;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.assembly.ContainerAssembly;
import io.github.readonlyrootfs.assembly.IgnoreComments;
import io.github.readonlyrootfs.assembly.ImageBuilds;
import io.github.readonlyrootfs.assembly.OwnContainers;
import io.github.readonlyrootfs.assembly.RecordFile;
import io.github.readonlyrootfs.assembly.StatedFacts;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.BuildContexts;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.need.project.CodeBase;
import io.github.readonlyrootfs.remedy.Rejection;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.TerraformDirectory;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.Judgement;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.terraform.TerraformFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks whether the containers of tasks can write the paths they need under a read-only root. */
public final class ReadOnlyRootAnalysis {

    /** More names than this are not listed in a message. */
    private static final int MAX_LISTED = 30;

    /**
     * The limit for following the start commands of all containers together; a usual entrypoint script takes some
     * thousand steps.
     */
    private static final long MAX_START_STEPS = 20_000_000;

    /** A mount takes about as long to judge as so many steps of a build. */
    private static final long STEPS_PER_MOUNT = 50;

    /** What is read once for a check and all trials of edits. */
    private record Kept(FileHashes hashes, BuildContexts contexts, Map<List<Object>, CodeBase> codeBases) {

        Kept() {
            this(new FileHashes(), new BuildContexts(), new HashMap<>());
        }
    }

    private ReadOnlyRootAnalysis() {}

    /**
     * Runs a check. Mistakes in the user's files are findings.
     *
     * @throws ConfigurationException when it cannot be determined which container is built from the Dockerfile, or a
     *     configured name does not exist
     */
    public static CheckResult check(CheckRequest request) throws ConfigurationException {
        Kept kept = new Kept();
        Analysed analysed = analyse(request, kept);
        return new TriedRemedies(
                        request,
                        analysed.effort(),
                        rejected -> analysed.judge(request, rejected),
                        edited -> judge(edited, kept))
                .result();
    }

    /** A trial of the edits that a check of a request found. */
    public static EditTrial trial(CheckRequest request, CheckResult before) {
        Kept kept = new Kept();
        return new EditTrial(request, before, edited -> judge(edited, kept));
    }

    /** The same with edits that were not tried. */
    static CheckResult judge(CheckRequest request) throws ConfigurationException {
        return judge(request, new Kept());
    }

    private static CheckResult judge(CheckRequest request, Kept kept) throws ConfigurationException {
        return analyse(request, kept).judge(request, List.of());
    }

    /**
     * Tasks that no rule has judged yet.
     *
     * @param ignores those of the request and of the Dockerfiles
     * @param effort how many steps it took to follow the builds and the start commands, and to judge the mounts
     */
    record Analysed(Analysis tasks, List<Ignore> ignores, long effort) {

        /**
         * Runs the rules.
         *
         * @param rejected remedies that were tried in vain
         */
        CheckResult judge(CheckRequest request, List<Rejection> rejected) {
            return new CheckResult(
                    tasks,
                    Judgement.of(
                            Rules.all(),
                            tasks,
                            request.policy().severities(),
                            request.policy().off(),
                            ignores,
                            request.mountWith(),
                            rejected));
        }
    }

    private static Analysed analyse(CheckRequest written, Kept kept) throws ConfigurationException {
        Reading reading = Reading.of(written);
        TaskDefinitionReader.Result result = reading.result();
        rejectUnknownNames(result, written.taskDefinition().file().name());
        List<TaskDefinitionReader.Task> read = result.tasks();
        List<TaskDefinition> definitions = new ArrayList<>();
        for (TaskDefinitionReader.Task task : read) {
            if (task.definition().isPresent()) {
                definitions.add(task.definition().get());
            }
        }

        ImageFacts facts = StatedFacts.of(written, definitions);
        CheckRequest request = OwnContainers.named(written, definitions, facts);
        ImageBuilds builds = ImageBuilds.of(request, facts, kept.contexts());
        OwnContainers own = new OwnContainers(request, definitions, builds, kept.codeBases());
        if (!definitions.isEmpty()) {
            own.find(facts, definitions.size() == read.size());
        }
        NeedsRecord record = RecordFile.of(written).read();
        List<Assembled> assembled = new ArrayList<>();
        Effort starts = new Effort(MAX_START_STEPS);
        for (TaskDefinitionReader.Task task : read) {
            assembled.add(Assembled.of(request, task, own, facts, record, kept.hashes(), starts));
        }
        List<SourceFile> files = new ArrayList<>(reading.files());
        files.addAll(builds.sources());
        files.addAll(descriptionSources(request));
        for (Assembled task : assembled) {
            files.addAll(task.sources());
        }
        Map<String, SourceFile> sources = new TreeMap<>();
        for (SourceFile file : files) {
            sources.put(file.name(), file);
        }
        List<TaskAnalysis> analyses = new ArrayList<>();
        for (Assembled task : assembled) {
            analyses.add(task.analysis(request, builds, sources));
        }
        Analysis analysis = new Analysis(List.copyOf(analyses));
        List<Ignore> ignores = new ArrayList<>(request.policy().ignores());
        ignores.addAll(builds.ignores());
        for (SourceFile file : reading.files()) {
            ignores.addAll(IgnoreComments.in(file, definitions));
        }
        long mounts = 0;
        for (ContainerAnalysis container : analysis.containers()) {
            for (ContainerRuntime runtime : container.runtimes().values()) {
                mounts += runtime.mounts().size();
            }
        }
        return new Analysed(analysis, ignores, builds.effort() + starts.spent() + STEPS_PER_MOUNT * mounts);
    }

    /** The files that describe the application's image, as far as they have been read. */
    private static List<SourceFile> descriptionSources(CheckRequest request) {
        List<SourceFile> sources = new ArrayList<>();
        if (request.application().described().isPresent()
                && request.application().project().isPresent()) {
            Path directory = request.application().project().get().directories().project();
            for (String name :
                    request.application().described().get().description().files()) {
                try {
                    sources.add(SourceFile.read(directory.resolve(name), name));
                } catch (UnreadableSourceException e) {
                    // Its lines are not shown beside the findings that point into it.
                }
            }
        }
        return sources;
    }

    /**
     * A task with its containers.
     *
     * @param named the platforms that the configuration or the task definition names
     * @param sources the files that the needs' evidence points into
     */
    private record Assembled(
            TaskDefinitionReader.Task read,
            List<Platform> named,
            List<Platform> platforms,
            List<ContainerAnalysis> containers,
            List<SourceFile> sources) {

        static Assembled of(
                CheckRequest request,
                TaskDefinitionReader.Task read,
                OwnContainers own,
                ImageFacts facts,
                NeedsRecord record,
                FileHashes hashes,
                Effort starts)
                throws ConfigurationException {
            try {
                return read.definition().isPresent()
                        ? known(request, read, own, facts, record, hashes, starts)
                        : unknown(request, read);
            } catch (RuntimeException | StackOverflowError e) {
                Problem problem = Problem.ofOurOwn(
                        Location.of(request.taskDefinition().file().name()), e);
                return unknown(request, TaskDefinitionReader.Task.invalid(read.resource(), problem));
            }
        }

        private static Assembled unknown(CheckRequest request, TaskDefinitionReader.Task read) {
            List<Platform> configured = inOrder(request.platforms());
            return new Assembled(read, configured, configured, List.of(), List.of());
        }

        private static Assembled known(
                CheckRequest request,
                TaskDefinitionReader.Task read,
                OwnContainers own,
                ImageFacts facts,
                NeedsRecord record,
                FileHashes hashes,
                Effort starts)
                throws ConfigurationException {
            TaskDefinition definition = read.definition().orElseThrow();
            List<Platform> configured = inOrder(request.platforms());
            List<Platform> named = configured.isEmpty() ? required(definition) : configured;
            List<Platform> platforms = named.isEmpty() ? assumed(definition) : named;
            ContainerAssembly assembly = new ContainerAssembly(request, definition, own, facts, record, hashes, starts);
            return new Assembled(read, named, platforms, assembly.assemble(platforms), assembly.sources());
        }

        TaskAnalysis analysis(CheckRequest request, ImageBuilds builds, Map<String, SourceFile> all) {
            return new TaskAnalysis(
                    new TaskAnalysis.Definition(
                            request.taskDefinition().file().name(),
                            read.resource(),
                            read.definition(),
                            read.problems()),
                    new TaskAnalysis.Platforms(platforms, !named.isEmpty()),
                    containers,
                    new TaskAnalysis.Builds(
                            builds.all(),
                            builds.problems(),
                            request.application().builder()),
                    request.executeCommand()
                            || (read.definition().isPresent()
                                    && read.definition()
                                            .get()
                                            .launch()
                                            .executeCommand()
                                            .isPresent()),
                    all);
        }
    }

    /**
     * What the task definition's file has, or the directory of Terraform's files.
     *
     * @param files those that have been read
     */
    private record Reading(List<SourceFile> files, TaskDefinitionReader.Result result) {

        static Reading of(CheckRequest request) {
            NamedFile file = request.taskDefinition().file();
            try {
                boolean maybe = Notation.isTerraform(file.name()) || Files.isDirectory(file.file());
                Optional<TerraformFiles> terraform = maybe ? TerraformDirectory.at(file) : Optional.empty();
                if (terraform.isPresent()) {
                    return terraform(request, terraform.get());
                }
                SourceFile source = file.read();
                return new Reading(List.of(source), result(request, source));
            } catch (UnreadableSourceException e) {
                return new Reading(List.of(), TaskDefinitionReader.Result.invalid(e.problem()));
            }
        }

        private static Reading terraform(CheckRequest request, TerraformFiles files) {
            try {
                TaskDefinitionReader.Result result = TaskDefinitionReader.read(
                        files,
                        request.taskDefinition().resource(),
                        request.taskDefinition().templateValues());
                return new Reading(List.copyOf(files.sources()), result);
            } catch (RuntimeException | StackOverflowError e) {
                Location place = Location.of(request.taskDefinition().file().name());
                return new Reading(List.of(), TaskDefinitionReader.Result.invalid(Problem.ofOurOwn(place, e)));
            }
        }

        private static TaskDefinitionReader.Result result(CheckRequest request, SourceFile source) {
            try {
                return TaskDefinitionReader.read(
                        source,
                        request.taskDefinition().resource(),
                        request.taskDefinition().templateValues());
            } catch (RuntimeException | StackOverflowError e) {
                return TaskDefinitionReader.Result.invalid(Problem.ofOurOwn(Location.of(source.name()), e));
            }
        }
    }

    /** A misspelt name would leave its placeholder without a value, unnoticed. */
    private static void rejectUnknownNames(TaskDefinitionReader.Result read, String file)
            throws ConfigurationException {
        if (read.unknownNames().isEmpty()) {
            return;
        }
        String first = read.unknownNames().iterator().next();
        Set<String> placeholders = read.placeholders();
        String known = placeholders.isEmpty()
                ? "it has none."
                : NearestName.of(first, placeholders)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "there are " + listed(placeholders) + ".");
        throw new ConfigurationException(
                "templateValues: " + file + " has no placeholder " + first + "; " + known
                        + " Put values for several files into templateValuesFile: names that a file does not use are allowed there");
    }

    private static String listed(Set<String> names) {
        String list = names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
        return names.size() > MAX_LISTED ? list + " and " + (names.size() - MAX_LISTED) + " more" : list;
    }

    private static List<Platform> required(TaskDefinition task) {
        Collection<String> compatible =
                task.launch().requiresCompatibilities().known().orElse(List.of());
        // Without the list, ECS checks nothing: what the services say is what runs.
        Collection<String> required = task.launch().requiresCompatibilities().isAbsent()
                ? task.launch().launchTypes()
                : compatible;
        List<Platform> platforms = new ArrayList<>();
        for (Platform platform : Platform.values()) {
            if (required.contains(platform.name())) {
                platforms.add(platform);
            }
        }
        return List.copyOf(platforms);
    }

    /** Each once. */
    private static List<Platform> inOrder(List<Platform> platforms) {
        return List.copyOf(new TreeSet<>(platforms));
    }

    /** Where nothing names a platform: EC2, and FARGATE too where the task has what Fargate asks for. */
    private static List<Platform> assumed(TaskDefinition task) {
        boolean fitsFargate = task.launch().networkMode().known().orElse("").equals("awsvpc")
                && !task.launch().cpu().isAbsent()
                && !task.launch().memory().isAbsent();
        return fitsFargate ? List.of(Platform.EC2, Platform.FARGATE) : List.of(Platform.EC2);
    }
}
