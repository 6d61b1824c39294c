package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.UnresolvedNeed;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The files do not tell whether a needed path can be written. */
final class PathAccessUnknown implements Rule {

    @Override
    public String id() {
        return "path-access-unknown";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.INFO;
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        JudgedContainer.linux(task).forEach(on -> {
            RefusedNeed.of(on, WriteAccess.UNKNOWN)
                    .filter(need -> !isOnUndefinedVolume(need))
                    .map(this::finding)
                    .forEach(findings);
        });
        for (CheckedContainer container : task.containers()) {
            container.unresolvedNeeds().forEach(need -> findings.accept(finding(container, need)));
        }
    }

    /** Another rule speaks of the volume; with it the answer will come. */
    private static boolean isOnUndefinedVolume(RefusedNeed need) {
        return need.access()
                .mount()
                .flatMap(Mount::volume)
                .filter(volume -> need.on().task().definition().stream()
                        .allMatch(definition -> definition.volume(volume).isEmpty()))
                .isPresent();
    }

    private Finding finding(CheckedContainer container, UnresolvedNeed need) {
        ContainerDefinition definition = container.definition();
        boolean isPlace = need.gap() == UnresolvedNeed.Gap.PLACE;
        String question = isPlace ? "where " + need.written() + " is" : "what " + need.written() + " writes";
        Finding finding = Finding.of(
                        this,
                        need.evidence().location().orElse(definition.nameLocation()),
                        "cannot tell " + question + " in container " + definition.name() + ": " + need.reason(),
                        isPlace ? help(container, need) : "declare the paths that it needs")
                .in(definition.name())
                .about(need.written());
        // What is declared says itself who needs it.
        return isPlace && need.evidence().kind() == Evidence.Kind.INFERRED
                ? finding.with(List.of(new Finding.Related(
                        "needed by", need.evidence().words(), need.evidence().location())))
                : finding;
    }

    private static String help(CheckedContainer container, UnresolvedNeed need) {
        if (need.evidence().kind() == Evidence.Kind.DECLARED) {
            return "declare the absolute path";
        }
        return container.image().complete()
                ? "to make it known, say it in these files: in container "
                        + container.definition().name()
                        + container
                                .described()
                                .map(source -> ", or in " + source.location().file())
                                .orElse(", in the Dockerfile, or in what that copies")
                : "to make it known, state with imageFacts what base image "
                        + container.image().base() + " sets";
    }

    private Finding finding(RefusedNeed need) {
        Location location = need.location();
        String message = "cannot tell whether " + need.on().runtime().user().shortly() + " can write " + need.paths()
                + ": " + ReasonText.of(need.access().reason());
        return need.finding(this, location, message, help(need, location));
    }

    private static String help(RefusedNeed need, Location reader) {
        Access access = need.access();
        JudgedContainer on = need.on();
        Optional<String> given = access.reason().unknownValue().flatMap(value -> GivenValue.help(value, "…"));
        if (given.isPresent()) {
            return "to make it known, " + given.get();
        }
        if (access.cause() == Access.Cause.UNKNOWN_USER) {
            String key = TaskDefinitionEdit.text(on, reader).writer().writtenKey("containerDefinitions.user");
            Optional<String> inPom = on.container().described().flatMap(source -> new PomEdit(source, reader).user());
            if (inPom.isPresent()) {
                return "say who runs it: " + inPom.get() + ", or `" + key + "` in container " + on.name();
            }
            Optional<String> undefined = on.container().described().flatMap(source -> undefined(source));
            if (undefined.isPresent()) {
                return "to make it known, " + undefined.get();
            }
            return on.container().build().isPresent()
                    ? "say who runs it: a USER with a number in the Dockerfile, or `" + key + "` in container "
                            + on.name()
                    : "say who runs it: `" + key + "` in container " + on.name() + ", or imageFacts for its image";
        }
        if (access.cause() == Access.Cause.UNKNOWN_START) {
            return "see on an instance whether the container starts: these files do not tell";
        }
        Optional<Mount> mount = access.mount();
        if (mount.isPresent() && isOutside(on, mount.get())) {
            return Remedy.of(on, reader).own(mount.get(), need.path());
        }
        Optional<String> option = mount.flatMap(at -> writeOut(on, at, access.reason(), reader));
        if (option.isPresent()) {
            return "to make it known, " + option.get();
        }
        Optional<String> shared = mount.flatMap(at -> SharedVolume.help(on, at, need.path()));
        if (shared.isPresent()) {
            return shared.get();
        }
        Optional<String> spelled = mount.flatMap(at -> SpelledVolume.help(on, at, reader));
        if (spelled.isPresent()) {
            return spelled.get();
        }
        if (mount.isPresent() && mount.get().kind() == Mount.Kind.VOLUMES_FROM) {
            return "to make it known, " + Remedy.of(on, reader).own(mount.get(), need.path());
        }
        boolean stated = on.container().build().isPresent()
                || (on.container().described().isPresent()
                        && mount.filter(at -> at.origin() != Mount.Origin.PROJECT)
                                .isEmpty())
                || mount.filter(at -> at.kind() == Mount.Kind.TMPFS).isPresent();
        if (!stated) {
            return "to make it known, state with imageFacts what image "
                    + on.container().image().base() + " contains";
        }
        Remedy remedy = Remedy.of(on, reader);
        return "to make it known, "
                + mount.map(at -> access.decidedAt().isAtOrBelow(at.target())
                                ? remedy.makeKnown(at, need.path(), need.need())
                                : remedy.enter(need.path(), access))
                        .orElseGet(() -> remedy.mount(need.path(), need.need()));
    }

    /** What to say of a user in the pom that is not known: that of a property is. */
    private static Optional<String> undefined(ImageSource.Described source) {
        return source.description().user() instanceof Value.Unknown<String> unknown
                ? unknown.pomProperty().map(name -> "define that property in the pom or with -D: " + name)
                : Optional.empty();
    }

    /** What to do about the tmpfs option that is the reason, where there is one. */
    private static Optional<String> writeOut(JudgedContainer on, Mount mount, Reason reason, Location reader) {
        return TaskDefinitionEdit.tmpfs(on.container().definition(), mount).stream()
                .flatMap(tmpfs -> tmpfs.mountOptions().stream())
                .filter(option -> reason instanceof AccessReason.TmpfsOptionUnknown unknown
                        && unknown.option().equals(option.location()))
                .findFirst()
                .map(option -> (option.value().contains(",")
                                ? "write each of the tmpfs options as a string of its own in "
                                : "write out the tmpfs option in ")
                        + LineNumber.of(option.location(), reader));
    }

    /** Whether the owner of what is mounted, be it through another container, is decided outside the files read here. */
    private static boolean isOutside(JudgedContainer on, Mount mount) {
        return switch (mount.kind()) {
            case HOST_PATH, EFS, S3FILES, FSX, EBS -> true;
            case VOLUMES_FROM ->
                mount.volume()
                        .flatMap(name -> on.task().definition().flatMap(task -> task.volume(name)))
                        .map(Volume::storage)
                        .filter(storage -> !(storage instanceof Volume.Storage.Empty
                                || storage instanceof Volume.Storage.Docker
                                || storage instanceof Volume.Storage.Unknown))
                        .isPresent();
            default -> false;
        };
    }
}
