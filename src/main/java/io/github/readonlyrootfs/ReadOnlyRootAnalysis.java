package io.github.readonlyrootfs;

import io.github.readonlyrootfs.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.CheckRequest.NamedFile;
import io.github.readonlyrootfs.image.ImageFacts;
import io.github.readonlyrootfs.rule.CheckedContainer;
import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.rule.Ignore;
import io.github.readonlyrootfs.rule.Judgement;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.SchemaProblem;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks a task: which paths can its containers write under a read-only root, and is that what they need? */
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
        TaskDefinitionReader.Result read = readTaskDefinition(request.taskDefinition(), sources);
        Optional<TaskDefinition> definition = read.taskDefinition();

        ImageFacts facts = StatedFacts.of(request, definition);
        ImageBuilds builds = new ImageBuilds(request.builder(), facts);
        if (request.dockerfile().isPresent()) {
            builds.build(request.dockerfile().get());
        }
        for (ContainerSettings settings : request.containers()) {
            if (settings.dockerfile().isPresent()) {
                builds.build(settings.dockerfile().get());
            }
        }
        List<Platform> named = !request.platforms().isEmpty()
                ? request.platforms().stream().distinct().sorted().toList()
                : definition.map(ReadOnlyRootAnalysis::required).orElse(List.of());
        List<Platform> platforms = !named.isEmpty()
                ? named
                : definition.map(ReadOnlyRootAnalysis::assumed).orElse(List.of());
        List<CheckedContainer> containers = List.of();
        if (definition.isPresent()) {
            ContainerAssembly assembly = new ContainerAssembly(request, definition.get(), builds, facts);
            containers = assembly.assemble(platforms);
            assembly.sources().forEach(source -> sources.put(source.name(), source));
        }
        builds.sources().forEach(source -> sources.put(source.name(), source));

        CheckedTask task = new CheckedTask(
                request.taskDefinition().name(),
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
        List<Ignore> ignores = new ArrayList<>(request.ignores());
        ignores.addAll(builds.ignores());
        return new CheckResult(task, Judgement.of(task, request.severities(), request.rulesOff(), ignores));
    }

    private static TaskDefinitionReader.Result readTaskDefinition(NamedFile file, Map<String, SourceFile> sources) {
        try {
            SourceFile source = SourceFile.read(file.file(), file.name());
            sources.put(source.name(), source);
            return TaskDefinitionReader.read(source);
        } catch (UnreadableSourceException e) {
            return new TaskDefinitionReader.Result(
                    Optional.empty(),
                    List.of(new SchemaProblem(SchemaProblem.Kind.INVALID, e.problem(), Optional.empty())));
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
