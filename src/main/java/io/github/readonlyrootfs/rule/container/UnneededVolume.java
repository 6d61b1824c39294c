// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.UnusableMounts;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.ExecAgent;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A writable mount of the project's own that nothing is declared to need. */
public final class UnneededVolume implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSEQUENCE);
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        // Another container that takes this one's volumes may be the one that writes there.
        if (!on.declaresNeeds()) {
            return;
        }
        List<JudgedContainer> users = Stream.concat(Stream.of(on), takers(on)).toList();
        if (users.stream().allMatch(JudgedContainer::declaresNeeds)) {
            check(on, users.stream().flatMap(UnneededVolume::needed).toList(), remedies, findings);
        }
    }

    private void check(JudgedContainer on, List<NeededPath> needed, Remedies remedies, Consumer<Finding> findings) {
        Set<Location> reported = remedies.nearMisses();
        Set<ContainerPath> misplaced = UnusableMounts.misplaced(on);
        on.runtime().mounts().stream()
                .filter(mount -> mount.isOfProject() && !mount.readOnly())
                .filter(mount -> !mount.is(Mount.Kind.VOLUMES_FROM) && !on.lacksVolume(mount))
                .filter(mount -> needed.stream().noneMatch(path -> path.touches(mount)))
                .filter(mount -> !misplaced.contains(mount.path()))
                .filter(mount -> mount.declaration()
                        .location()
                        .filter(reported::contains)
                        .isEmpty())
                .map(mount -> finding(on, mount, remedies))
                .forEach(findings);
    }

    private static Stream<NeededPath> needed(JudgedContainer on) {
        ImageFileSystem files = on.container().image().files();
        Stream<ContainerPath> byExec = on.task().executeCommand() ? ExecAgent.PATHS.stream() : Stream.empty();
        Stream<ContainerPath> byNeeds =
                on.container().needs().stream().map(Need::alternatives).flatMap(List::stream);
        return Stream.concat(byExec, byNeeds).map(path -> new NeededPath(path, files.real(path)));
    }

    private static Stream<JudgedContainer> takers(JudgedContainer on) {
        return on.onSamePlatform()
                .filter(other -> !other.name().equals(on.name())
                        && other.container().definition().fileSystem().takesVolumesOf(on.name()));
    }

    /**
     * A path that is needed.
     *
     * @param real with the symbolic links followed
     */
    private record NeededPath(ContainerPath path, ContainerPath real) {

        /** Whether it is on the mount, or the mount is inside what it asks for. */
        boolean touches(Mount mount) {
            return real.isAtOrBelow(mount.target())
                    || mount.target().isAtOrBelow(real)
                    || path.isAtOrBelow(mount.path())
                    || mount.path().isAtOrBelow(path);
        }
    }

    private Finding finding(JudgedContainer on, Mount mount, Remedies remedies) {
        String message = "no declared path needs the writable mount at " + mount.path();
        return finding(on, on.locationOf(mount), message, remedy(on, mount, remedies))
                .at(mount.path());
    }

    private static Remedy remedy(JudgedContainer on, Mount mount, Remedies remedies) {
        return remedies.editor()
                .mountPointAt(on.container().definition(), mount.declaration().location())
                .map(point -> remedies.editor().mountPoint(point).set("readOnly", Fragment.of(true)))
                .orElseGet(() -> remedies.remove(on, mount))
                .advising("declare " + mount.path() + " as needed, or");
    }
}
