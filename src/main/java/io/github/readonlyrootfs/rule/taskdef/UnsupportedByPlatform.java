// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.rule.taskdef.PlatformLimit.Place;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.Parameters.Parameter;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import io.github.readonlyrootfs.taskdef.schema.FragmentWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that the platform does not have: ECS refuses the task definition, or the task does not start. */
public final class UnsupportedByPlatform implements TaskRule {

    /** MiB. */
    private static final int TMPFS_SIZE = 64;

    private static final String REFUSES = ": ECS refuses the task definition";

    /** A key in a text of {@code platform-limits.txt}. */
    private static final Pattern BRACES = Pattern.compile("\\{([\\w.]+)\\}");

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        if (task.definition().isEmpty()) {
            return;
        }
        TaskDefinition definition = task.definition().get();
        TaskDefinitionEditor editor = remedies.orElseThrow().editor();
        for (PlatformLimit limit : PlatformLimit.all()) {
            check(task, definition, editor, limit, findings);
        }
        if (!definition.launch().isWindows()) {
            for (ContainerDefinition container : definition.containerDefinitions()) {
                tmpfs(definition, editor, container, findings);
            }
        }
    }

    private void check(
            TaskAnalysis task,
            TaskDefinition definition,
            TaskDefinitionEditor editor,
            PlatformLimit limit,
            Consumer<Finding> findings) {
        List<Parameter> parameters = definition.parameters().at(limit.parameter());
        if (parameters.isEmpty()) {
            return;
        }
        List<Place> places = new ArrayList<>(limit.refused());
        places.addAll(limit.unsupported());
        List<Platform> platforms = holding(places, task, definition);
        boolean inParent = definition.launch().isWindows()
                && limit.parameter().startsWith("containerDefinitions.linuxParameters.");
        if (platforms.isEmpty() || inParent) {
            return;
        }
        boolean windows = false;
        for (Place place : places) {
            windows |= place.isEverywhere() && place.holds(platforms.get(0), said(task, definition));
        }
        boolean refused =
                !windows && !holding(limit.refused(), task, definition).isEmpty();
        String subject = windows ? operatingSystem(definition) + " containers do" : subject(platforms);
        String consequence =
                refused ? REFUSES : windows ? ": the task does not start" : ": ECS does not run the task there";
        for (Parameter parameter : parameters) {
            if (limit.concernsValues()) {
                for (Located<String> value :
                        parameter.certain() ? limit.offending(parameter) : List.<Located<String>>of()) {
                    findings.accept(
                            finding(definition, editor, limit, parameter, Optional.of(value), subject, consequence)
                                    .on(windows ? List.of() : platforms));
                }
            } else if (parameter.certain()) {
                findings.accept(finding(definition, editor, limit, parameter, Optional.empty(), subject, consequence)
                        .on(windows ? List.of() : platforms));
            }
        }
    }

    /** If Fargate is only assumed, a parameter that it does not support shows that the task is for another platform. */
    private static List<Platform> holding(List<Place> places, TaskAnalysis task, TaskDefinition definition) {
        Set<String> said = said(task, definition);
        List<Platform> holding = new ArrayList<>();
        for (Platform platform : task.platforms().judged()) {
            for (Place place : places) {
                if ((task.platforms().named() || place.isEverywhere()) && place.holds(platform, said)) {
                    holding.add(platform);
                    break;
                }
            }
        }
        return holding;
    }

    private static Set<String> said(TaskAnalysis task, TaskDefinition definition) {
        Set<String> said = new HashSet<>();
        for (Platform platform : task.platforms().judged()) {
            said.add(platform.name());
        }
        Optional<String> system = definition.launch().operatingSystemFamily().known();
        if (system.isPresent()) {
            said.add(definition.launch().isWindows() ? "WINDOWS" : system.get());
        }
        return said;
    }

    private static String operatingSystem(TaskDefinition definition) {
        return definition.launch().isWindows() ? "Windows" : "Linux";
    }

    private static String subject(List<Platform> platforms) {
        List<String> names = new ArrayList<>();
        for (Platform platform : platforms) {
            names.add(name(platform));
        }
        String last = names.get(names.size() - 1);
        String all = names.size() == 1 ? last : String.join(", ", names.subList(0, names.size() - 1)) + " and " + last;
        boolean one = platforms.equals(List.of(Platform.EC2)) || platforms.equals(List.of(Platform.FARGATE));
        return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1) + (one ? " does" : " do");
    }

    private static String name(Platform platform) {
        return switch (platform) {
            case EC2 -> "EC2";
            case EXTERNAL -> "external instances";
            case FARGATE -> "Fargate";
            case MANAGED_INSTANCES -> "Managed Instances";
        };
    }

    private Finding finding(
            TaskDefinition task,
            TaskDefinitionEditor editor,
            PlatformLimit limit,
            Parameter parameter,
            Optional<Located<String>> offending,
            String subject,
            String consequence) {
        boolean ofVolume = limit.parameter().startsWith("volumes.");
        String owner = parameter
                .name()
                .map(name -> (ofVolume ? "volume " : "container ") + name)
                .orElse(ofVolume ? "the volume" : "the container");
        Location location = offending.map(Located::location).orElse(parameter.key());
        String value = offending.map(Located::value).map(PublicText::valueName).orElse("");
        String message = subject + " not support "
                + keys(task, limit).replace("%", value)
                + (parameter.name().isPresent() ? " (" + owner + ")" : "") + consequence;
        Location removed = offending.map(Located::location).orElse(parameter.value());
        Remedy remedy = editor.remove(removed, "`" + task.key(limit.parameter()) + "`")
                .advising("if the task does not need it,");
        Finding finding = finding(location, message, limit.note().isEmpty() ? remedy : remedy.noting(limit.note()))
                .about(Stream.of(ofVolume ? parameter.name().orElse("") : "", limit.parameter(), value)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" ")));
        return ofVolume ? finding : parameter.name().map(finding::in).orElse(finding);
    }

    /** What a limit is about, with the keys spelled as in the file. */
    private static String keys(TaskDefinition task, PlatformLimit limit) {
        return BRACES.matcher(limit.what())
                .replaceAll(part -> Matcher.quoteReplacement(keys(task, limit.parameter(), part.group(1))));
    }

    /** Keys at the end of a parameter's path. */
    private static String keys(TaskDefinition task, String parameter, String keys) {
        FragmentWriter writer = new FragmentWriter(task.document().notation());
        return parameter.equals(keys)
                ? writer.key(keys)
                : writer.keys(parameter.substring(0, parameter.length() - keys.length() - 1), keys);
    }

    private void tmpfs(
            TaskDefinition task,
            TaskDefinitionEditor editor,
            ContainerDefinition container,
            Consumer<Finding> findings) {
        for (Tmpfs tmpfs : container.linuxParameters().tmpfs()) {
            Optional<String> path = tmpfs.containerPath().known();
            String where = "the tmpfs" + path.map(at -> " at " + at).orElse("") + " of container " + container.name();
            if (tmpfs.containerPath().isAbsent()) {
                String key = task.key("containerDefinitions.linuxParameters.tmpfs.containerPath");
                findings.accept(finding(
                                tmpfs.location(),
                                "a tmpfs of container " + container.name() + " has no " + key + REFUSES,
                                Remedy.advice("add the `" + key + "` that is meant, or remove the tmpfs"))
                        .in(container.name())
                        .about("containerPath"));
            }
            if (tmpfs.size().isAbsent()) {
                findings.accept(at(
                        path,
                        finding(
                                        tmpfs.location(),
                                        where + " has no size" + REFUSES,
                                        editor.tmpfs(tmpfs)
                                                .set("size", Fragment.of(TMPFS_SIZE))
                                                .noting("the size is in MiB"))
                                .in(container.name())
                                .about("size")));
            }
        }
    }

    private static Finding at(Optional<String> path, Finding finding) {
        return path.map(ContainerPath::of).map(finding::at).orElse(finding);
    }
}
