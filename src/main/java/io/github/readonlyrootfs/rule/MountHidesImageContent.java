package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.ImageBuild.Copied;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A mount that starts out empty hides files that the Dockerfile puts there. */
final class MountHidesImageContent implements Rule {

    /** What is copied here is mostly an installer's, and done with when the image is built. */
    private static final Set<ContainerPath> SCRATCH = Set.of(ContainerPath.of("/tmp"), ContainerPath.of("/var/tmp"));

    @Override
    public String id() {
        return "mount-hides-image-content";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        JudgedContainer.linux(task)
                .forEach(on -> hidden(on).forEach((mount, copied) -> findings.accept(finding(on, mount, copied))));
    }

    /** The first thing that each hiding mount hides. */
    private static Map<Mount, Copied> hidden(JudgedContainer on) {
        Map<Mount, Copied> hidden = new LinkedHashMap<>();
        for (Copied copied : on.container().copied()) {
            ContainerPath path = RealPath.of(on.container().image().files(), copied.path());
            on.holder(path)
                    .filter(MountHidesImageContent::hides)
                    .filter(mount -> !SCRATCH.contains(mount.target()))
                    .ifPresent(mount -> hidden.putIfAbsent(mount, copied));
        }
        return hidden;
    }

    private static boolean hides(Mount mount) {
        return mount.origin() == Mount.Origin.PROJECT
                && (mount.content() == Mount.Content.EMPTY || mount.kind() == Mount.Kind.HOST_PATH);
    }

    private Finding finding(JudgedContainer on, Mount mount, Copied copied) {
        Location location = mount.location().orElseGet(on::nameLocation);
        String message = "the mount at " + mount.path() + " hides " + copied.path() + ", which the image brings";
        return on.finding(this, location, message, help(on, mount, location))
                .at(copied.path())
                .with(List.of(new Finding.Related("hidden", copied.path().toString(), Optional.of(copied.location()))));
    }

    private static String help(JudgedContainer on, Mount mount, Location reader) {
        boolean copiedWithVolume =
                mount.kind() == Mount.Kind.TASK_VOLUME && !on.platform().runsDocker();
        if (copiedWithVolume
                && on.container()
                        .build()
                        .filter(build -> !build.steps().isEmpty())
                        .isPresent()) {
            return DockerfileEdit.declare(List.of(mount.path()))
                    .help(on.container().build().get(), on.runtime().user(), reader);
        }
        return "mount it at a directory of its own, not at " + mount.path();
    }
}
