// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.observe.WrittenPlaces.FileProbe.Entry;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.PublicText;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The directories to mount for what a container wrote: with the owners and modes of its image they are writable by whom they
 * were writable in the image.
 *
 * @param root whether its start runs as root, which may create directories anywhere
 */
record WrittenPlaces(FileProbe image, boolean root) {

    /** What is at a path of an image or of a container that has ended; symbolic links in its parents are followed. */
    interface FileProbe {

        /** An entry of a file system, with the target of a symbolic link. */
        record Entry(EntryKind kind, String target) {

            static final Entry MISSING = new Entry(EntryKind.MISSING, "");

            /** It has been asked so much that it does not answer any more. */
            static final Entry UNKNOWN = new Entry(EntryKind.UNKNOWN, "");
        }

        Entry at(ContainerPath path);
    }

    /** As many links as Linux follows. */
    private static final int MAX_LINKS = 40;

    /** More directories are united in their parents. */
    private static final int MAX_PLACES = 24;

    private static final int MAX_CHANGES = 20_000;

    private static final Pattern NUMBER = Pattern.compile("\\d{3,}|[0-9a-f]{8,}");

    /** Directories in which many programs have one. */
    private static final Set<String> SHARED =
            words("/ /etc /home /media /mnt /opt /run /srv /usr /usr/lib /usr/local /usr/local/share "
                    + "/usr/share /var /var/cache /var/lib /var/log /var/opt /var/spool");

    /** Directories of the system itself, in whose place nobody mounts anything. */
    private static final Set<String> SYSTEM =
            words("/bin /boot /lib /lib64 /sbin /usr /usr/bin /usr/lib /usr/sbin /usr/share");

    /** Files that engines make in every container. */
    private static final Set<String> OF_ENGINE =
            words("/.dockerenv /run/.containerenv /etc /etc/hosts /etc/hostname /etc/resolv.conf " + "/etc/mtab");

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    /** The directory to mount for a written file or directory; empty if nothing can be mounted for it. */
    Optional<ContainerPath> of(ContainerPath written, boolean isDirectory) {
        return of(written, isDirectory, 0)
                .filter(place -> !place.isRoot() && !place.isNoStorage() && !SYSTEM.contains(place.toString()));
    }

    private Optional<ContainerPath> of(ContainerPath written, boolean isDirectory, int links) {
        ContainerPath at = ContainerPath.ROOT;
        List<String> names = written.segments();
        for (int i = 0; i < names.size(); i++) {
            ContainerPath child = at.resolve(names.get(i));
            Entry entry = image.at(child);
            if (entry.kind() == EntryKind.UNKNOWN || links > MAX_LINKS) {
                return Optional.empty();
            }
            if (entry.kind() == EntryKind.SYMLINK) {
                String rest = String.join("/", names.subList(i + 1, names.size()));
                return of(at.resolve(entry.target()).resolve("./" + rest), isDirectory, links + 1);
            }
            if (entry.kind() != EntryKind.DIRECTORY) {
                boolean isMade = root && entry.kind() == EntryKind.MISSING;
                return Optional.of(isMade ? missing(names, i, isDirectory) : at);
            }
            at = child;
        }
        return Optional.of(at);
    }

    /** The directory that root makes: the one that there is keeps what belongs together, unless others share it. */
    private static ContainerPath missing(List<String> names, int first, boolean isDirectory) {
        ContainerPath made = ContainerPath.of(names.subList(0, first));
        for (String name : names.subList(first, isDirectory ? names.size() : names.size() - 1)) {
            // The next start would choose another name.
            boolean isRandom = NUMBER.matcher(name).find() || PublicText.looksRandom(name);
            if (isRandom || !SHARED.contains(made.toString())) {
                break;
            }
            made = made.resolve(name);
        }
        return made;
    }

    /** The directories to mount for the changes that an engine lists, a line for each entry, of a container that has ended. */
    Set<ContainerPath> of(String changes, FileProbe ended) {
        TreeMap<ContainerPath, Character> entries = new TreeMap<>();
        changes.lines()
                .limit(MAX_CHANGES)
                .filter(line -> line.length() > 3 && "ACD".indexOf(line.charAt(0)) >= 0 && line.startsWith(" /", 1))
                .forEach(line -> entries.put(ContainerPath.of(line.substring(2)), line.charAt(0)));
        Set<ContainerPath> places = new TreeSet<>();
        Set<ContainerPath> parents = new TreeSet<>();
        entries.keySet().forEach(path -> path.parent().upwards().forEach(parents::add));
        for (Map.Entry<ContainerPath, Character> entry : entries.entrySet()) {
            ContainerPath path = entry.getKey();
            boolean isLeaf = !parents.contains(path) && !OF_ENGINE.contains(path.toString()) && !path.isNoStorage();
            if (isLeaf && places.stream().noneMatch(place -> isCovered(path, place))) {
                boolean isDirectory = entry.getValue() != 'D' && ended.at(path).kind() == EntryKind.DIRECTORY;
                of(path, isDirectory).ifPresent(places::add);
            }
        }
        return united(places, MAX_PLACES);
    }

    /** Whether a place is the one of a path, without asking for each of a thousand files of a directory. */
    private boolean isCovered(ContainerPath path, ContainerPath place) {
        return path.parent().equals(place)
                || (path.isAtOrBelow(place) && image.at(place).kind() == EntryKind.MISSING);
    }

    /** At most so many places: the deepest are united in their parents first. */
    static Set<ContainerPath> united(Collection<ContainerPath> places, int most) {
        Set<ContainerPath> left = new TreeSet<>(places);
        while (left.size() > most) {
            ContainerPath parent = Collections.max(left, Comparator.comparingInt(ContainerPath::depth))
                    .parent();
            if (parent.isRoot()) {
                return left;
            }
            left.removeIf(place -> place.isAtOrBelow(parent));
            left.add(parent);
        }
        return left;
    }
}
