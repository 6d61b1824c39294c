// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.PomEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.Optional;

/** What to do to know whether a path can be written. A person decides, since the files may be right as they are. */
record UnknownAccessRemedy(ContainerRemedies here, RefusedNeed need) {

    private static final String TO_KNOW = "for a definite answer,";

    private JudgedContainer on() {
        return need.on();
    }

    Remedy remedy() {
        Access access = need.access();
        Optional<String> given = access.reason().unknownValue().flatMap(value -> GivenValue.help(value, "…"));
        if (given.isPresent()) {
            return advice(given.get());
        }
        if (access.cause() == Access.Cause.UNKNOWN_USER) {
            return user();
        }
        if (access.cause() == Access.Cause.UNKNOWN_START) {
            return Remedy.advice("check on an instance whether the container starts");
        }
        Optional<Mount> mount = access.mount();
        if (mount.isPresent() && isOutside(mount.get())) {
            return new MountOwner(here).own(mount.get(), need.path());
        }
        Optional<String> option = mount.flatMap(at -> writeOut(at, access.reason()));
        if (option.isPresent()) {
            return advice(option.get());
        }
        Optional<String> shared = mount.flatMap(at -> SharedVolume.help(on(), at, need.path()));
        if (shared.isPresent()) {
            return Remedy.advice(shared.get());
        }
        Optional<Remedy> spelled = mount.flatMap(at -> SpelledVolume.remedy(here, at));
        if (spelled.isPresent()) {
            return spelled.get();
        }
        if (mount.isPresent() && mount.get().is(Mount.Kind.VOLUMES_FROM)) {
            return new MountOwner(here).own(mount.get(), need.path()).advising(TO_KNOW);
        }
        if (!isStatedHere(mount)) {
            return stating();
        }
        Remedy known = mount.map(at -> access.decidedAt().isAtOrBelow(at.target())
                        ? new MountOwner(here).makeKnown(at, need.path(), access, need.need())
                        : new MountOwner(here).enter(need.path(), access))
                .orElseGet(() -> new NewMount(here).mount(need))
                .advising(TO_KNOW);
        // Nothing can be given to a user that is not known, and to open it to everybody is no answer.
        boolean opens = here.user().unknownBecause().isPresent()
                && known.changes().stream().anyMatch(Change.Own.class::isInstance);
        return opens ? stating() : known;
    }

    private Remedy stating() {
        return advice(
                "state with imageFacts what image " + on().container().image().base() + " contains");
    }

    private static Remedy advice(String text) {
        return Remedy.advice(TO_KNOW + " " + text);
    }

    /** Whether it is these files that decide, and not those of an image from elsewhere. */
    private boolean isStatedHere(Optional<Mount> mount) {
        return on().container().build().isPresent()
                || (on().container().described().isPresent()
                        && mount.filter(at -> !at.isOfProject()).isEmpty())
                || mount.filter(at -> at.is(Mount.Kind.TMPFS)).isPresent();
    }

    private Remedy user() {
        String key = here.editor()
                .writer(on().container().definition().metadata().location())
                .writtenKey("containerDefinitions.user");
        Optional<ImageSource.Described> described = on().container().described();
        Optional<String> inPom =
                described.flatMap(source -> new PomEditor(source, on().task().sources()).user());
        if (inPom.isPresent()) {
            return Remedy.advice("set the user: " + inPom.get() + ", or `" + key + "` in container " + on().name());
        }
        Optional<String> undefined = described.flatMap(UnknownAccessRemedy::undefined);
        if (undefined.isPresent()) {
            return advice(undefined.get());
        }
        return Remedy.advice(
                on().container().build().isPresent()
                        ? "set the user: a numeric USER in the Dockerfile, or `" + key + "` in container " + on().name()
                        : "set the user: `" + key + "` in container " + on().name() + ", or imageFacts for its image");
    }

    /** The help for a user in the pom that is an undefined property. */
    private static Optional<String> undefined(ImageSource.Described source) {
        return source.description().start().user() instanceof Value.Unknown<String> unknown
                ? unknown.pomProperty().map(name -> "define property " + name + " in the pom or with -D")
                : Optional.empty();
    }

    /** What to do about the tmpfs option that is the reason, where there is one. */
    private Optional<String> writeOut(Mount mount, Reason reason) {
        return here.tmpfs(mount).stream()
                .flatMap(tmpfs -> tmpfs.mountOptions().stream())
                .filter(option -> reason instanceof AccessReason.TmpfsOptionUnknown unknown
                        && unknown.option().equals(option.location()))
                .findFirst()
                .map(option -> option.value().contains(",")
                        ? "write each option of the tmpfs at " + mount.path() + " as a separate string"
                        : "write out the option of the tmpfs at " + mount.path());
    }

    /** Whether the owner of what is mounted, even through another container, is decided outside the files read here. */
    private boolean isOutside(Mount mount) {
        return switch (mount.declaration().kind()) {
            case HOST_PATH, EFS, S3FILES, FSX, EBS -> true;
            case VOLUMES_FROM ->
                on().volume(mount)
                        .map(Volume::storage)
                        .filter(storage -> !(storage instanceof Volume.Storage.Empty
                                || storage instanceof Volume.Storage.Docker
                                || storage instanceof Volume.Storage.Unknown))
                        .isPresent();
            default -> false;
        };
    }
}
