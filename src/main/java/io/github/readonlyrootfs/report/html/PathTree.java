// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The mounts and needs of a container by path: the part of its file system that matters here.
 *
 * @param nodes directories before their content, the root first
 * @param engine the engine's own mounts that nothing needs, which are not among them
 * @param left how many paths are left out, as there are too many
 */
record PathTree(List<Node> nodes, List<Mount> engine, int left) {

    /** A directory precedes its content, which precedes the directory's siblings. */
    private static final Comparator<ContainerPath> ORDER = (one, other) -> order(one.toString(), other.toString());

    /** How a path's mounts and needs get on, what matters most first. */
    enum Standing {
        /** Needed, and the container's user cannot write it. */
        REFUSED,
        /** Needed, and it is unknown whether it can be written. */
        UNKNOWN,
        /** Written if possible, and the container's user cannot. */
        OPTIONAL,
        /** The project mounts it writable, and the container's user cannot write it. */
        UNUSABLE,
        /** Writable, and nothing is known that needs it. */
        SPARE,
        /** Needed and writable. */
        MET,
        /** A writable mount, with needed paths below. */
        HOLDER,
        /** A read-only mount, or the root. */
        READ_ONLY,
        /** A mount of the engine's own. */
        ENGINE,
        /** Neither mounted nor needed, but it contains such paths, or a finding is about it. */
        PLAIN
    }

    /**
     * A path.
     *
     * @param above the nearest path above that is in the tree; empty for the root
     * @param depth how many of the tree's paths it is in
     * @param mounts at the path; the last one is in effect
     * @param verdicts on what needs the path
     * @param implied on whether the container's user can write what the project mounts there, where nothing needs it
     */
    record Node(
            ContainerPath path,
            Optional<ContainerPath> above,
            int depth,
            Standing standing,
            List<Mount> mounts,
            List<Verdict> verdicts,
            Optional<Verdict> implied,
            List<Finding> findings) {

        String name() {
            String whole = path.toString();
            return above.filter(directory -> !directory.isRoot())
                    .map(directory -> whole.substring(directory.toString().length() + 1))
                    .orElse(whole);
        }
    }

    /** The mount and the needs of one path. */
    private static final class Place {
        final List<Mount> mounts = new ArrayList<>();
        final List<Verdict> verdicts = new ArrayList<>();
        final List<Finding> findings = new ArrayList<>();
        Optional<Verdict> implied = Optional.empty();
        boolean holder;

        Standing standing() {
            if (!verdicts.isEmpty()) {
                return verdicts.stream()
                        .map(Place::standing)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
            }
            if (mounts.isEmpty()) {
                return Standing.PLAIN;
            }
            Mount mount = mounts.get(mounts.size() - 1);
            if (mount.declaration().origin() == Mount.Origin.ENGINE) {
                return Standing.ENGINE;
            }
            if (mount.readOnly()) {
                return Standing.READ_ONLY;
            }
            WriteAccess access =
                    implied.map(verdict -> verdict.access().verdict()).orElse(WriteAccess.WRITABLE);
            return switch (access) {
                case WRITABLE -> holder ? Standing.HOLDER : Standing.SPARE;
                case UNKNOWN -> Standing.UNKNOWN;
                case READ_ONLY, NOT_PERMITTED, CANNOT_START -> Standing.UNUSABLE;
            };
        }

        boolean isEngines() {
            return !holder && findings.isEmpty() && standing() == Standing.ENGINE;
        }

        private static Standing standing(Verdict verdict) {
            return switch (verdict.access().verdict()) {
                case WRITABLE -> Standing.MET;
                case UNKNOWN -> Standing.UNKNOWN;
                case READ_ONLY, NOT_PERMITTED, CANNOT_START ->
                    verdict.need().impact() == Need.Impact.TOLERATED ? Standing.OPTIONAL : Standing.REFUSED;
            };
        }
    }

    /**
     * The tree.
     *
     * @param mounts in the order in which they are mounted
     * @param implied the verdicts on what the mounts imply
     * @param findings those about the container's paths
     * @param limit the number of mounted and needed paths that are shown, those that matter most
     */
    static PathTree of(
            List<Mount> mounts, List<Verdict> verdicts, List<Verdict> implied, List<Finding> findings, int limit) {
        Map<ContainerPath, Place> places = new TreeMap<>(ORDER);
        for (Mount mount : mounts) {
            at(mount.path(), places).mounts.add(mount);
        }
        for (Verdict verdict : verdicts) {
            at(verdict.path(), places).verdicts.add(verdict);
            verdict.access().mount().ifPresent(mount -> at(mount.path(), places).holder = true);
        }
        for (Verdict verdict : implied) {
            Place place = places.get(verdict.path());
            if (place != null) {
                place.implied = Optional.of(verdict);
            }
        }
        for (Finding finding : findings) {
            finding.path().ifPresent(path -> at(path, places).findings.add(finding));
        }
        List<Mount> engine = new ArrayList<>();
        places.values().removeIf(place -> place.isEngines() && engine.addAll(place.mounts));
        int all = places.size();
        if (all > limit) {
            places.entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<ContainerPath, Place> entry) ->
                            entry.getValue().standing()))
                    .skip(limit)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(places::remove);
        }
        int left = all - places.size();
        List<ContainerPath> marked = List.copyOf(places.keySet());
        at(ContainerPath.ROOT, places);
        for (int i = 1; i < marked.size(); i++) {
            at(common(marked.get(i - 1), marked.get(i)), places);
        }
        return new PathTree(nodes(places), engine, left);
    }

    /** There may be very many: nothing is made to compare two. */
    private static int order(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char c = one.charAt(i);
            char d = other.charAt(i);
            if (c != d) {
                return c == '/' ? -1 : d == '/' ? 1 : Character.compare(c, d);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    private static Place at(ContainerPath path, Map<ContainerPath, Place> places) {
        return places.computeIfAbsent(path, key -> new Place());
    }

    /** The deepest directory that both are in, or one of them. */
    private static ContainerPath common(ContainerPath one, ContainerPath other) {
        List<String> names = one.segments();
        List<String> others = other.segments();
        int same = 0;
        while (same < names.size() && same < others.size() && names.get(same).equals(others.get(same))) {
            same++;
        }
        return ContainerPath.of(names.subList(0, same));
    }

    private static List<Node> nodes(Map<ContainerPath, Place> places) {
        List<Node> nodes = new ArrayList<>();
        Deque<ContainerPath> above = new ArrayDeque<>();
        places.forEach((path, place) -> {
            while (!above.isEmpty() && !path.isAtOrBelow(above.peek())) {
                above.pop();
            }
            Standing standing = place.standing();
            nodes.add(new Node(
                    path,
                    Optional.ofNullable(above.peek()),
                    above.size(),
                    path.isRoot() && standing == Standing.PLAIN ? Standing.READ_ONLY : standing,
                    place.mounts,
                    place.verdicts,
                    place.implied.filter(verdict -> place.verdicts.isEmpty()),
                    place.findings));
            above.push(path);
        });
        return nodes;
    }
}
