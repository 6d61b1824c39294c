// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.ImageCode;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where to mount something for a need that is on the read-only root.
 *
 * @param file the file of the image that is written there, if it is one
 * @param objection what to do instead, where nothing must be mounted there
 */
record MountPlace(ContainerPath directory, Optional<ContainerPath> file, Optional<String> objection) {

    /** Endings that directories do not have: of sockets, data, configuration, keys, archives, dumps. */
    private static final Pattern FILE_NAME = Pattern.compile(
            ".+\\.(pid|sock|socket|lock|log|tmp|db|sqlite3?|dat|csv|txt|pdf|html"
                    + "|conf|cfg|ini|json|ya?ml|xml|toml|properties|env|pem|key|crt|jks|p12|jar|war|zip|t?gz|hprof|jfr)");

    /** The drive in a path of Windows, which is a name like others on Linux. */
    private static final Pattern DRIVE = Pattern.compile("(?<=/)[A-Za-z]:(?=[/\\\\])");

    /** An application that writes below it usually writes more there, under names that nobody knows. */
    private static final ContainerPath TEMPORARY = ContainerPath.of("/tmp");

    static MountPlace of(RefusedNeed need, ImageCode code) {
        ContainerPath directory = directory(need.on(), need.path(), need.need());
        boolean temporary = directory.isAtOrBelow(TEMPORARY)
                && need.need().createsParents()
                && !need.need().isDeclared()
                && need.access().mount().isEmpty()
                && need.need().keeping().isEmpty();
        MountPlace wider = of(need, temporary ? TEMPORARY : directory, code);
        return wider.objection().isEmpty() ? wider : of(need, directory, code);
    }

    private static MountPlace of(RefusedNeed need, ContainerPath directory, ImageCode code) {
        ContainerPath path = need.path();
        Optional<ContainerPath> file = at(need.on(), path).isFile() ? Optional.of(path) : Optional.empty();
        return new MountPlace(directory, file, objection(need.on(), need, directory, code));
    }

    private static Optional<String> objection(
            JudgedContainer on, RefusedNeed need, ContainerPath directory, ImageCode code) {
        ContainerPath path = need.path();
        Matcher drive = DRIVE.matcher(path.toString());
        // What ends the start is mounted all the same: H2 makes such a directory.
        if (drive.find() && need.need().impact() != Need.Impact.FATAL) {
            return Optional.of("have it write to a path of Linux, where " + drive.group() + " is no drive");
        }
        boolean whole = directory.equals(path);
        String instead = instead(path, need.need(), whole);
        if (directory.isRoot()) {
            return Optional.of(instead + ": nothing can be mounted at /");
        }
        ContainerPath real = on.container().image().files().real(directory);
        Optional<ContainerPath> exposed = code.within(real).or(() -> whole ? Optional.empty() : code.putInto(real));
        return exposed.map(file -> instead + ": a mount at " + directory + " would make "
                + (file.equals(real) ? "everything in it" : file) + " writable as well");
    }

    /** What to do where nothing must be mounted. */
    private static String instead(ContainerPath path, Need need, boolean whole) {
        if (need.advice().isPresent()) {
            return need.advice().get().text();
        }
        if (whole) {
            return need.isDeclared()
                    ? "name the directories below " + path + " that it writes"
                    : "have it write elsewhere, or mount only the directories below " + path + " that it writes";
        }
        return need.keeping().isPresent()
                ? "write it to a separate directory and mount EFS or EBS there, or use a database service"
                : "write it to a directory that has nothing else, such as "
                        + Stream.of("/run", "/tmp")
                                .filter(other -> !other.equals(path.parent().toString()))
                                .collect(Collectors.joining(" or "))
                        + ", and mount that";
    }

    /** The directory to mount: the one that is written, or the one that contains the written file. */
    private static ContainerPath directory(JudgedContainer on, ContainerPath path, Need need) {
        return isDirectory(on, path, need) ? path : path.parent();
    }

    /** Whether the path is or may become a directory. */
    static boolean isDirectory(JudgedContainer on, ContainerPath path, Need need) {
        TreeNode node = at(on, path);
        return node.isDirectory()
                || switch (need.kind()) {
                    case DIRECTORY, ENTRIES -> true;
                    case FILE -> false;
                    // It may be a file that the application creates, which a directory of that name would prevent.
                    case EITHER, REFUSED_OWNER ->
                        !node.isFile() && !FILE_NAME.matcher(path.name()).matches();
                };
    }

    private static TreeNode at(JudgedContainer on, ContainerPath path) {
        return on.container().image().files().resolved(path);
    }

    /** A name for a new volume that no volume of the task has, nor a new one of another container. */
    static String volumeName(TaskAnalysis task, String container, ContainerPath directory) {
        boolean first = task.containers().get(0).name().equals(container);
        String name =
                ((first ? "" : container) + directory).replaceFirst("^/", "").replaceAll("[^A-Za-z0-9_-]+", "-");
        Set<String> taken = task.definition().map(TaskDefinition::volumes).stream()
                .flatMap(volumes -> volumes.stream())
                .flatMap(volume -> volume.name().known().stream())
                .collect(Collectors.toSet());
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }
}
