// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.UnusableMounts;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.stage.ImageBuild.Copied;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A mount that starts out empty hides files that the Dockerfile puts there. */
public final class MountHidesImageContent implements ContainerRule {

    /** Files copied here are mostly an installer's, and no longer needed once the image is built. */
    private static final Set<ContainerPath> SCRATCH = Set.of(ContainerPath.of("/tmp"), ContainerPath.of("/var/tmp"));

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (Map.Entry<Mount, Copied> hidden : hidden(on).entrySet()) {
            findings.accept(finding(on, remedies, hidden.getKey(), hidden.getValue()));
        }
    }

    /** The first thing that each hiding mount hides. */
    private static Map<Mount, Copied> hidden(JudgedContainer on) {
        Map<Mount, Copied> hidden = new LinkedHashMap<>();
        for (Copied copied : on.container().copied()) {
            ContainerPath path = on.container().image().files().real(copied.path());
            Optional<Mount> mount = on.holder(path);
            if (mount.isPresent()
                    && hides(mount.get())
                    && !SCRATCH.contains(mount.get().target())) {
                hidden.putIfAbsent(mount.get(), copied);
            }
        }
        return hidden;
    }

    private static boolean hides(Mount mount) {
        return mount.isOfProject() && (mount.root().content() == Mount.Content.EMPTY || mount.is(Mount.Kind.HOST_PATH));
    }

    private Finding finding(JudgedContainer on, Remedies remedies, Mount mount, Copied copied) {
        String message = "the mount at " + mount.path() + " hides " + copied.path() + ", which is part of the image";
        return finding(on, on.locationOf(mount), message, remedy(on, remedies, mount))
                .at(copied.path())
                .with(List.of(new Finding.Related("hidden", copied.path().toString(), Optional.of(copied.location()))));
    }

    private static Remedy remedy(JudgedContainer on, Remedies remedies, Mount mount) {
        boolean copiedWithVolume =
                mount.is(Mount.Kind.TASK_VOLUME) && !on.platform().runsDocker();
        // A VOLUME behind a symbolic link does not get the image's files.
        if (copiedWithVolume
                && mount.path().equals(mount.target())
                && on.container()
                        .build()
                        .filter(build -> !build.chain().steps().isEmpty())
                        .isPresent()) {
            // Who cannot write it either gets it by the same VOLUME.
            return UnusableMounts.of(on)
                    .filter(unusable -> unusable.path().equals(mount.path()))
                    .findFirst()
                    .map(remedies::of)
                    .orElseGet(() -> new DockerfileEditor(on.container().build().get()).declare(mount.path()));
        }
        return Remedy.advice("mount it at a separate directory, not at " + mount.path());
    }
}
