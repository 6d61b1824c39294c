package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.FragmentWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines to add to a Dockerfile, and where.
 *
 * @param entered a directory that everybody must be able to enter
 * @param owned a directory, or a file of the image, that the user must own
 * @param volumes paths to declare as VOLUME
 * @param before the VOLUME that the lines must precede: the classic builder forgets what comes later
 */
record DockerfileEdit(
        Optional<ContainerPath> entered,
        Optional<ContainerPath> owned,
        List<ContainerPath> volumes,
        Optional<Location> before) {

    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9/._@%+:,-]+");

    static DockerfileEdit own(ContainerPath path, Optional<Location> before) {
        return new DockerfileEdit(Optional.empty(), Optional.of(path), List.of(), before);
    }

    static DockerfileEdit declare(List<ContainerPath> volumes) {
        return new DockerfileEdit(Optional.empty(), Optional.empty(), volumes, Optional.empty());
    }

    DockerfileEdit owning(ContainerPath path) {
        return new DockerfileEdit(entered, Optional.of(path), volumes, before);
    }

    DockerfileEdit entering(ContainerPath path) {
        return new DockerfileEdit(Optional.of(path), owned, volumes, before);
    }

    DockerfileEdit declaring(ContainerPath volume) {
        return new DockerfileEdit(entered, owned, List.of(volume), before);
    }

    /** The help text that asks for a VOLUME line, for whoever reads that Dockerfile. */
    static String declareIn(ImageBuild build, ContainerPath volume) {
        DockerfileEdit edit = declare(List.of(volume));
        InsertionPoint point = InsertionPoint.in(build, Optional.empty(), Optional.empty());
        return "put `" + edit.volumeLine() + "`" + (point.above() ? " above line " : " below line ") + point.line();
    }

    /** The help text that asks for it; a fragment that begins with a verb. */
    String help(ImageBuild build, ContainerUser user, Location reader) {
        return help(build, user, false, reader);
    }

    /**
     * The same.
     *
     * @param withOthers whether other users write there too, so that it can be nobody's own
     */
    String help(ImageBuild build, ContainerUser user, boolean withOthers, Location reader) {
        boolean asRoot = entered.isPresent() || owned.isPresent();
        InsertionPoint point = InsertionPoint.in(build, asRoot ? Optional.of(user) : Optional.empty(), before);
        List<String> lines = new ArrayList<>();
        if (asRoot) {
            point.restoredUser().ifPresent(restored -> lines.add("USER root"));
            lines.add("RUN " + String.join(" && ", commands(build, user, withOthers, point)));
            point.restoredUser().ifPresent(restored -> lines.add("USER " + restored));
        }
        if (!volumes.isEmpty()) {
            lines.add(volumeLine());
        }
        String where = (point.above() ? " above " : " below ")
                + LineNumber.of(point.line(), build.dockerfile().name(), reader);
        return lines.size() == 1
                ? "put `" + lines.get(0) + "`" + where
                : "put these lines" + where + ":\n" + String.join("\n", lines);
    }

    private List<String> commands(ImageBuild build, ContainerUser user, boolean withOthers, InsertionPoint point) {
        List<String> commands = new ArrayList<>();
        // What a symbolic mode makes of an unknown one stays unknown.
        entered.ifPresent(
                path -> commands.add((hasKnownMode(build, path) ? "chmod a+x " : "chmod 755 ") + quoted(path)));
        owned.ifPresent(path -> {
            if (!existsAt(build, path, point)) {
                commands.add("mkdir -p " + quoted(path));
            }
            List<ContainerPath> closed = perhapsClosed(build, user, path);
            if (withOthers) {
                boolean file = RealPath.at(build.image().files(), path) instanceof FileNode.RegularFile;
                commands.add("chmod " + (file ? "666 " : "1777 ") + quoted(path));
                closed.remove(path);
            } else {
                commands.add("chown " + operand(build, user) + " " + quoted(path));
            }
            if (!closed.isEmpty()) {
                commands.add("chmod 755 "
                        + closed.stream().map(DockerfileEdit::quoted).collect(Collectors.joining(" ")));
            }
        });
        return commands;
    }

    /** The owned directory and those above it of which it is not certain that their mode lets the user in. */
    private List<ContainerPath> perhapsClosed(ImageBuild build, ContainerUser user, ContainerPath path) {
        List<ContainerPath> closed = new ArrayList<>();
        if (!hasOwnersMode(build, path)) {
            closed.add(path);
        }
        for (ContainerPath at = RealPath.of(build.image().files(), path).parent(); !at.isRoot(); at = at.parent()) {
            boolean opened = entered.filter(at::equals).isPresent();
            if (!opened && !Admission.mayEnter(user, build.image().files().at(at))) {
                closed.add(0, at);
            }
        }
        return closed;
    }

    /** Whether the path is certainly there before the inserted lines run, so that {@code mkdir} can be left out. */
    private static boolean existsAt(ImageBuild build, ContainerPath path, InsertionPoint point) {
        FileNode node = RealPath.at(build.image().files(), path);
        if (node instanceof FileNode.RegularFile) {
            return true;
        }
        return node instanceof FileNode.Directory directory
                && directory
                        .provenance()
                        .location()
                        .map(made -> made.line() < point.line())
                        .orElse(true);
    }

    private static boolean hasKnownMode(ImageBuild build, ContainerPath path) {
        return RealPath.at(build.image().files(), path) instanceof FileNode.Directory directory
                && directory.ownership().mode() != null;
    }

    /** Whether its mode will certainly let its owner in; what {@code mkdir} makes has such a mode. */
    private static boolean hasOwnersMode(ImageBuild build, ContainerPath path) {
        FileNode node = RealPath.at(build.image().files(), path);
        return node instanceof FileNode.Missing
                || node instanceof FileNode.RegularFile
                || (node instanceof FileNode.Directory directory
                        && directory.ownership().ownerMayWrite());
    }

    /** The name where the image knows it, since {@code chown} looks it up there; else the number. */
    private static String operand(ImageBuild build, ContainerUser user) {
        Integer number = user.uid().map(UnixId::number).orElse(null);
        return number == null || build.image().accounts().user(user.name()).isPresent()
                ? user.name()
                : number.toString();
    }

    private String volumeLine() {
        boolean plain = volumes.stream()
                .allMatch(path -> PLAIN_PATH.matcher(path.toString()).matches());
        List<String> words = volumes.stream().map(ContainerPath::toString).toList();
        return plain ? "VOLUME " + String.join(" ", words) : volumeArray(words);
    }

    /** A VOLUME line with a JSON array. */
    static String volumeArray(List<String> paths) {
        return paths.stream().map(FragmentWriter::quoted).collect(Collectors.joining(", ", "VOLUME [", "]"));
    }

    private static String quoted(ContainerPath path) {
        String text = path.toString();
        return PLAIN_PATH.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
