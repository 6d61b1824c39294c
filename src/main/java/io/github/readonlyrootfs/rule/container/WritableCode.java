// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.StartedFiles;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.stage.ImageBuild.Copied;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A mount of the project's own lets the container's user replace what the container executes. */
public final class WritableCode implements ContainerRule {

    private static final ContainerPath ETC = ContainerPath.of("/etc");
    private static final int STICKY = 01000;

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        Map<Mount, Finding> worst = new LinkedHashMap<>();
        StartedFiles started = on.container().started();
        for (ContainerPath file : started.files()) {
            Mount mount = writableMount(on, file).orElse(null);
            if (mount != null && mount.root().content() != Mount.Content.EMPTY && !worst.containsKey(mount)) {
                String what = " can replace " + file + ", which the container runs";
                worst.put(mount, finding(on, mount, file, what, help(on, mount, file)));
            }
        }
        for (ContainerPath directory : started.searchPath().directories()) {
            Mount mount = writableMount(on, directory).orElse(null);
            if (mount != null && !worst.containsKey(mount)) {
                String what = " can put programs into " + directory + ", which is on the PATH";
                worst.put(mount, finding(on, mount, directory, what, directoryHelp(on, mount, directory)));
            }
        }
        Mount etc = writableMount(on, ETC).orElse(null);
        if (etc != null && !worst.containsKey(etc)) {
            String what = " can modify system configuration in " + ETC;
            worst.put(etc, finding(on, etc, ETC, what, directoryHelp(on, etc, ETC)));
        }
        for (Copied file : on.container().copied()) {
            Optional<ContainerPath> code = on.container().code().fileIn(file.path());
            ContainerPath path = code.orElse(file.path());
            Mount mount = writableMount(on, path).orElse(null);
            if (mount != null
                    && mount.root().content() == Mount.Content.IMAGE
                    && (code.isPresent() ? !isError(worst.get(mount)) : !worst.containsKey(mount))) {
                String what = code.isPresent()
                        ? " can replace " + path + ", which is code"
                        : " can change " + path + ", which is part of the image";
                worst.put(
                        mount,
                        finding(on, mount, path, what, help(on, mount, path))
                                .as(code.isPresent() ? Severity.ERROR : Severity.INFO)
                                .with(List.of(new Finding.Related(
                                        "copied by", path.toString(), Optional.of(file.location())))));
            }
        }
        for (Finding finding : worst.values()) {
            findings.accept(finding);
        }
    }

    private static boolean isError(@Nullable Finding finding) {
        return finding != null && finding.severity() == Severity.ERROR;
    }

    /** The project's mount that lets the user replace a path: by writing it, or any directory above it on the mount. */
    private static Optional<Mount> writableMount(JudgedContainer on, ContainerPath path) {
        ContainerPath real = on.container().image().files().real(path);
        Optional<Mount> holder = on.holder(real);
        return holder.isPresent() && isWritable(on, holder.get(), real) ? holder : Optional.empty();
    }

    private static boolean isWritable(JudgedContainer on, Mount mount, ContainerPath real) {
        if (!mount.isOfProject() || mount.readOnly() || isBaseVolume(on, mount)) {
            return false;
        }
        for (ContainerPath at = real; at.isAtOrBelow(mount.target()); at = at.parent()) {
            Access access = on.runtime().access(at, false);
            if (access.verdict() == WriteAccess.WRITABLE && (at.equals(real) || !isSticky(access))) {
                return true;
            }
            if (at.isRoot()) {
                return false;
            }
        }
        return false;
    }

    /** In a sticky directory, such as /tmp, users cannot rename or remove files of others. */
    private static boolean isSticky(Access access) {
        Integer mode = access.ownership().map(Ownership::mode).orElse(null);
        return mode != null && (mode & STICKY) != 0;
    }

    /** A mount at a path that a base image declares as VOLUME. */
    private static boolean isBaseVolume(JudgedContainer on, Mount mount) {
        return on.container().image().config().volumes().declared().stream()
                .anyMatch(volume -> volume.inherited() && volume.path().equals(mount.path()));
    }

    private Finding finding(JudgedContainer on, Mount mount, ContainerPath path, String what, String help) {
        String message = UserText.of(on.runtime().user()) + what + ": the mount at " + mount.path() + " is writable";
        return finding(on, on.locationOf(mount), message, Remedy.advice(help)).at(path);
    }

    private static String help(JudgedContainer on, Mount mount, ContainerPath path) {
        return path.equals(mount.path())
                ? "copy it to a separate directory; or ignore the finding if the application should change it"
                : deeper(on, mount, path)
                        .orElseGet(() -> "mount only the directory below " + mount.path() + " that is written, or keep "
                                + path + " outside " + mount.path());
    }

    private static String directoryHelp(JudgedContainer on, Mount mount, ContainerPath directory) {
        return deeper(on, mount, directory)
                .orElseGet(() ->
                        "mount only what is written below " + mount.path() + ", and not " + directory + " itself");
    }

    /** The deeper needs, whose directories can be mounted instead. */
    private static Optional<String> deeper(JudgedContainer on, Mount mount, ContainerPath path) {
        List<String> deeper = on.container().needs().stream()
                .map(need -> need.alternatives().get(0))
                .filter(need -> need.isAtOrBelow(mount.path()) && !need.equals(mount.path()))
                .filter(need -> !path.isAtOrBelow(need))
                .map(ContainerPath::toString)
                .distinct()
                .toList();
        return deeper.isEmpty()
                ? Optional.empty()
                : Optional.of("mount " + String.join(" and ", deeper) + " instead of " + mount.path());
    }
}
