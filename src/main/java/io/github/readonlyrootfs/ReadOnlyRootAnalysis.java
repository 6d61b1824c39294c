package io.github.readonlyrootfs;

import io.github.readonlyrootfs.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.CheckRequest.NamedFile;
import io.github.readonlyrootfs.image.ImageFacts;
import io.github.readonlyrootfs.rule.CheckedContainer;
import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.rule.CheckedTasks;
import io.github.readonlyrootfs.rule.Ignore;
import io.github.readonlyrootfs.rule.Judgement;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks tasks: which paths can their containers write under a read-only root, and is that what they need? */
public final class ReadOnlyRootAnalysis {

    private ReadOnlyRootAnalysis() {}

    /**
     * Runs a check. What is wrong with the user's files is a finding.
     *
     * @throws ConfigurationException when it cannot be told which container is built from the Dockerfile, or a
     *     configured name does not exist
     */
    public static CheckResult check(CheckRequest request) throws ConfigurationException {
        Map<String, SourceFile> sources = new TreeMap<>();
        List<TaskDefinitionReader.Task> read =
                readTaskDefinitions(request, sources).tasks();
        List<TaskDefinition> definitions =
                read.stream().flatMap(task -> task.definition().stream()).toList();

        ImageFacts facts = StatedFacts.of(request, definitions);
        ImageBuilds builds = new ImageBuilds(request.builder(), facts);
        if (request.dockerfile().isPresent()) {
            builds.build(request.dockerfile().get());
        }
        for (ContainerSettings settings : request.containers()) {
            if (settings.dockerfile().isPresent()) {
                builds.build(settings.dockerfile().get());
            }
        }
        builds.sources().forEach(source -> sources.put(source.name(), source));
        OwnContainers own = new OwnContainers(request, definitions);
        if (!definitions.isEmpty()) {
            own.find(builds, facts, definitions.size() == read.size());
        }
        List<CheckedTask> tasks = new ArrayList<>();
        for (TaskDefinitionReader.Task task : read) {
            tasks.add(task(request, task, own, facts, builds, sources));
        }
        CheckedTasks checked = new CheckedTasks(tasks);
        List<Ignore> ignores = new ArrayList<>(request.ignores());
        ignores.addAll(builds.ignores());
        return new CheckResult(checked, Judgement.of(checked, request.severities(), request.rulesOff(), ignores));
    }

    private static CheckedTask task(
            CheckRequest request,
            TaskDefinitionReader.Task read,
            OwnContainers own,
            ImageFacts facts,
            ImageBuilds builds,
            Map<String, SourceFile> sources)
            throws ConfigurationException {
        Optional<TaskDefinition> definition = read.definition();
        List<Platform> named = !request.platforms().isEmpty()
                ? request.platforms().stream().distinct().sorted().toList()
                : definition.map(ReadOnlyRootAnalysis::required).orElse(List.of());
        List<Platform> platforms = !named.isEmpty()
                ? named
                : definition.map(ReadOnlyRootAnalysis::assumed).orElse(List.of());
        List<CheckedContainer> containers = definition.isPresent()
                ? new ContainerAssembly(request, definition.get(), own, facts).assemble(platforms)
                : List.of();
        return new CheckedTask(
                request.taskDefinition().name(),
                read.resource(),
                definition,
                read.problems(),
                platforms,
                !named.isEmpty(),
                containers,
                builds.all(),
                builds.problems(),
                request.builder(),
                request.executeCommand(),
                sources);
    }

    private static TaskDefinitionReader.Result readTaskDefinitions(
            CheckRequest request, Map<String, SourceFile> sources) {
        NamedFile file = request.taskDefinition();
        try {
            SourceFile source = SourceFile.read(file.file(), file.name());
            sources.put(source.name(), source);
            return TaskDefinitionReader.read(source, request.taskDefinitionResource());
        } catch (UnreadableSourceException e) {
            return TaskDefinitionReader.Result.invalid(e.problem());
        }
    }

    private static List<Platform> required(TaskDefinition task) {
        List<String> required = task.requiresCompatibilities().known().orElse(List.of());
        return List.of(Platform.values()).stream()
                .filter(platform -> required.contains(platform.name()))
                .toList();
    }

    /** Where nothing names a platform: EC2, and FARGATE too where the task has what Fargate asks for. */
    private static List<Platform> assumed(TaskDefinition task) {
        boolean fitsFargate =
                task.networkMode().known().filter("awsvpc"::equals).isPresent()
                        && !task.taskCpu().isAbsent()
                        && !task.taskMemory().isAbsent();
        return fitsFargate ? List.of(Platform.EC2, Platform.FARGATE) : List.of(Platform.EC2);
    }
}
