// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.VersionedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * What instructions did, beside what the files tell.
 *
 * @param packages that they have installed or removed, and whether these are certainly there
 * @param made the paths of directories that they make, or make sure of
 * @param scattered the directories in which, or below which, a command made entries that nothing lists
 * @param unsure the paths of files that may be directories with that file in them
 */
public record Journal(
        VersionedMap<Boolean> packages,
        VersionedMap<Boolean> made,
        VersionedMap<Boolean> scattered,
        VersionedMap<Boolean> unsure) {

    static final Journal EMPTY =
            new Journal(VersionedMap.empty(), VersionedMap.empty(), VersionedMap.empty(), VersionedMap.empty());

    Journal withPackage(String name, boolean isThere) {
        return new Journal(packages.with(name, isThere), made, scattered, unsure);
    }

    Journal withMade(ContainerPath directory) {
        return new Journal(packages, made.with(directory.toString(), true), scattered, unsure);
    }

    Journal withScattered(ContainerPath directory) {
        return new Journal(packages, made, scattered.with(directory.toString(), true), unsure);
    }

    Journal withUnsure(ContainerPath file) {
        return new Journal(packages, made, scattered, unsure.with(file.toString(), true));
    }

    /** What both have in common of what is certain, and all that may be. */
    Journal either(Journal other) {
        return new Journal(
                packages.merge(other.packages, false, false, Boolean::logicalAnd),
                made.merge(other.made, false, false, Boolean::logicalOr),
                scattered.merge(other.scattered, false, false, Boolean::logicalOr),
                unsure.merge(other.unsure, false, false, Boolean::logicalOr));
    }

    /** Whether a command may have made a path without a word about it. */
    boolean mayHave(ContainerPath path) {
        for (ContainerPath at = path; !at.isRoot(); at = at.parent()) {
            if (scattered.get(at.parent().toString()) != null) {
                return true;
            }
        }
        return false;
    }

    public Set<String> certainPackages() {
        Set<String> certain = new TreeSet<>();
        packages.forEach((name, isThere) -> {
            if (isThere) {
                certain.add(name);
            }
        });
        return certain;
    }

    /** The keys of one of the parts. */
    public static Set<String> paths(VersionedMap<Boolean> part) {
        Set<String> paths = new TreeSet<>();
        part.forEach((path, is) -> paths.add(path));
        return paths;
    }
}
