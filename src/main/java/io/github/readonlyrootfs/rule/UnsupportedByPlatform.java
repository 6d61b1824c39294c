package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.rule.PlatformLimit.Place;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.Fragment;
import io.github.readonlyrootfs.taskdef.Parameters.Parameter;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
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
final class UnsupportedByPlatform implements Rule {

    private static final String EFS = "volumes.efsVolumeConfiguration";

    private static final String REFUSES = ": ECS refuses the task definition";

    /** A key or an edit in a text of {@code platform-limits.txt}. */
    private static final Pattern BRACES = Pattern.compile("\\{(set )?([\\w.]+)\\}");

    @Override
    public String id() {
        return "unsupported-by-platform";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        task.definition().ifPresent(definition -> {
            for (PlatformLimit limit : PlatformLimit.all()) {
                check(task, definition, limit, findings);
            }
            networkMode(task, definition).ifPresent(findings);
            secondAtLaunch(definition).ifPresent(findings);
            definition.volumes().forEach(volume -> accessPoint(definition, volume, findings));
            if (!definition.isWindows()) {
                definition.containerDefinitions().forEach(container -> tmpfs(definition, container, findings));
            }
        });
    }

    private void check(CheckedTask task, TaskDefinition definition, PlatformLimit limit, Consumer<Finding> findings) {
        List<Place> places = new ArrayList<>(limit.refused());
        places.addAll(limit.unsupported());
        List<Platform> platforms = holding(places, task, definition);
        boolean inParent =
                definition.isWindows() && limit.parameter().startsWith("containerDefinitions.linuxParameters.");
        if (platforms.isEmpty() || inParent) {
            return;
        }
        boolean windows = places.stream()
                .anyMatch(place -> place.isEverywhere() && place.holds(platforms.get(0), said(task, definition)));
        boolean refused =
                !windows && !holding(limit.refused(), task, definition).isEmpty();
        String subject = windows ? operatingSystem(definition) + " containers do" : subject(platforms);
        String consequence =
                refused ? REFUSES : windows ? ": the task does not start" : ": ECS does not run the task there";
        for (Parameter parameter : definition.parameters().at(limit.parameter())) {
            if (limit.concernsValues()) {
                for (Located<String> value :
                        parameter.certain() ? limit.offending(parameter) : List.<Located<String>>of()) {
                    findings.accept(finding(definition, limit, parameter, Optional.of(value), subject, consequence)
                            .on(windows ? List.of() : platforms));
                }
            } else if (parameter.certain()) {
                findings.accept(finding(definition, limit, parameter, Optional.empty(), subject, consequence)
                        .on(windows ? List.of() : platforms));
            }
        }
    }

    /** Where Fargate is only assumed, what it lacks says that the task is meant for another platform. */
    private static List<Platform> holding(List<Place> places, CheckedTask task, TaskDefinition definition) {
        Set<String> said = said(task, definition);
        return task.platforms().stream()
                .filter(platform -> places.stream()
                        .anyMatch(place ->
                                (task.platformsNamed() || place.isEverywhere()) && place.holds(platform, said)))
                .toList();
    }

    private static Set<String> said(CheckedTask task, TaskDefinition definition) {
        Set<String> said = new HashSet<>();
        task.platforms().forEach(platform -> said.add(platform.name()));
        definition.operatingSystemFamily().known().ifPresent(os -> said.add(definition.isWindows() ? "WINDOWS" : os));
        return said;
    }

    private static String operatingSystem(TaskDefinition definition) {
        return definition.isWindows() ? "Windows" : "Linux";
    }

    private static String subject(List<Platform> platforms) {
        List<String> names = platforms.stream().map(UnsupportedByPlatform::name).toList();
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
        String value = offending.map(Located::value).orElse("");
        TaskDefinitionText text = new TaskDefinitionText(task, location);
        String what = BRACES.matcher(limit.what())
                .replaceAll(part -> Matcher.quoteReplacement(keys(text, limit.parameter(), part.group(2))));
        String message = subject + " not support " + what.replace("%", value)
                + (parameter.name().isPresent() ? " (" + owner + ")" : "") + consequence;
        Location removed = offending.map(Located::location).orElse(parameter.value());
        String help = BRACES.matcher(limit.help())
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group(1) != null
                                ? set(text, limit.parameter(), parameter, part.group(2))
                                : switch (part.group(2)) {
                                    case "owner" -> owner;
                                    case "remove" -> remove(text, limit.parameter(), removed);
                                    default -> "`" + keys(text, limit.parameter(), part.group(2)) + "`";
                                }));
        Finding finding = Finding.of(this, location, message, help.replace("%", value))
                .about(Stream.of(ofVolume ? parameter.name().orElse("") : "", limit.parameter(), value)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" ")));
        return ofVolume ? finding : parameter.name().map(finding::in).orElse(finding);
    }

    /** Keys that are the end of a parameter's path, stand in it, or beside its last one. */
    private static String keys(TaskDefinitionText text, String parameter, String keys) {
        if (parameter.equals(keys)) {
            return text.task().key(keys);
        }
        if (parameter.endsWith("." + keys)) {
            return text.writer().keys(parameter.substring(0, parameter.length() - keys.length() - 1), keys);
        }
        int within = parameter.indexOf("." + keys + ".");
        int end = within < 0 ? parameter.lastIndexOf('.') : within;
        return parameter.startsWith(keys + ".")
                ? text.task().key(keys)
                : text.task().key(parameter.substring(0, end + 1) + keys);
    }

    private static String remove(TaskDefinitionText text, String parameter, Location value) {
        return text.remove(value).orElseGet(() -> "remove `" + text.task().key(parameter) + "`");
    }

    private static String set(TaskDefinitionText text, String path, Parameter parameter, String value) {
        return text.set(parameter.value(), path, Fragment.of(value));
    }

    /** Without the key a task is in the network mode bridge, which Fargate does not have either. */
    private Optional<Finding> networkMode(CheckedTask task, TaskDefinition definition) {
        boolean forFargate = task.platforms().contains(Platform.FARGATE)
                && definition
                        .requiresCompatibilities()
                        .known()
                        .filter(all -> all.contains("FARGATE"))
                        .isPresent();
        return definition
                .requiresCompatibilities()
                .where()
                .filter(where -> forFargate && definition.networkMode().isAbsent())
                .map(where -> Finding.of(
                                this,
                                where,
                                "the task has no " + definition.key("networkMode")
                                        + ", and Fargate supports only awsvpc" + REFUSES,
                                new TaskDefinitionText(definition, where)
                                        .root()
                                        .set("networkMode", Fragment.of("awsvpc"))
                                        .inline())
                        .about("networkMode")
                        .on(List.of(Platform.FARGATE)));
    }

    /** A task definition can leave one volume at most to be configured at launch (API reference, type Volume). */
    private Optional<Finding> secondAtLaunch(TaskDefinition definition) {
        List<Volume> atLaunch = definition.volumes().stream()
                .filter(volume -> volume.storage() instanceof Volume.Storage.Ebs)
                .toList();
        if (atLaunch.size() < 2) {
            return Optional.empty();
        }
        Volume first = atLaunch.get(0);
        Volume second = atLaunch.get(1);
        return Optional.of(Finding.of(
                        this,
                        ((Volume.Storage.Ebs) second.storage()).location(),
                        "the task has more than one volume that is configured at launch" + REFUSES,
                        "keep the one in " + LineNumber.of(first.location(), second.location())
                                + ", and make another volume of this one")
                .about("configuredAtLaunch"));
    }

    /**
     * With an access point or IAM the transit has to be encrypted, and an access point has a root of its own (API
     * reference, EFSVolumeConfiguration and EFSAuthorizationConfig).
     */
    private void accessPoint(TaskDefinition task, Volume volume, Consumer<Finding> findings) {
        if (!(volume.storage() instanceof Volume.Storage.Efs efs)
                || volume.name().known().isEmpty()) {
            return;
        }
        String name = "volume " + volume.name().known().get();
        boolean accessPoint = efs.accessPointId() instanceof Value.Known<String>;
        boolean iam = efs.iam().known().filter("ENABLED"::equals).isPresent();
        if (accessPoint
                && efs.rootDirectory() instanceof Value.Known<String> root
                && !root.value().equals("/")) {
            findings.accept(Finding.of(
                            this,
                            root.location(),
                            name + " has an access point, and a " + task.key(EFS + ".rootDirectory") + " beside it"
                                    + REFUSES,
                            remove(
                                            new TaskDefinitionText(task, root.location()),
                                            EFS + ".rootDirectory",
                                            root.location())
                                    + ": the access point has one of its own")
                    .about(name + " rootDirectory"));
        }
        boolean perhapsEncrypted = task.parameters().at(EFS + ".transitEncryption").stream()
                .filter(parameter -> parameter.name().equals(volume.name().known()))
                .anyMatch(parameter ->
                        parameter.known().stream().map(Located::value).allMatch("ENABLED"::equals));
        if ((accessPoint || iam) && !perhapsEncrypted) {
            Location location =
                    (accessPoint ? efs.accessPointId() : efs.iam()).where().orElse(efs.location());
            findings.accept(Finding.of(
                            this,
                            location,
                            name + " has " + (accessPoint ? "an access point" : "IAM authorization")
                                    + ", which requires encryption in transit" + REFUSES,
                            new TaskDefinitionText(task, location)
                                    .object(EFS, efs.location(), "the `" + task.key(EFS) + "` of " + name)
                                    .set("transitEncryption", Fragment.of("ENABLED"))
                                    .inline())
                    .about(name + " transitEncryption"));
        }
    }

    private void tmpfs(TaskDefinition task, ContainerDefinition container, Consumer<Finding> findings) {
        for (Tmpfs tmpfs : container.linuxParameters().tmpfs()) {
            Optional<String> path = tmpfs.containerPath().known();
            String where = "the tmpfs" + path.map(at -> " at " + at).orElse("") + " of container " + container.name();
            if (tmpfs.containerPath().isAbsent()) {
                String key = task.key("containerDefinitions.linuxParameters.tmpfs.containerPath");
                findings.accept(Finding.of(
                                this,
                                tmpfs.location(),
                                "a tmpfs of container " + container.name() + " has no " + key + REFUSES,
                                "add the `" + key + "` that is meant, or remove the tmpfs")
                        .in(container.name())
                        .about("containerPath"));
            }
            if (tmpfs.size().isAbsent()) {
                findings.accept(at(
                        path,
                        Finding.of(
                                        this,
                                        tmpfs.location(),
                                        where + " has no size" + REFUSES,
                                        TaskDefinitionEdit.setSize(
                                                new TaskDefinitionText(task, tmpfs.location()), tmpfs))
                                .in(container.name())
                                .about("size")));
            }
        }
    }

    private static Finding at(Optional<String> path, Finding finding) {
        return path.map(ContainerPath::of).map(finding::at).orElse(finding);
    }
}
