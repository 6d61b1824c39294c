// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that match a pattern, if all entries of the directories on the way are known. */
final class FileNames {

    private static final int MAX_NAMES = 2_000;

    private final Shell shell;

    FileNames(Shell shell) {
        this.shell = shell;
    }

    /** Their paths as the pattern spells them; empty if there may be others. */
    Optional<List<String>> matching(String pattern) {
        boolean absolute = pattern.startsWith("/");
        ContainerPath start = absolute ? ContainerPath.ROOT : shell.directory().orElse(null);
        if (start == null) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        String[] segments = (absolute ? pattern.substring(1) : pattern).split("/", -1);
        boolean known = collect(start, absolute ? "/" : "", segments, 0, found);
        return known && found.size() < MAX_NAMES ? Optional.of(found) : Optional.empty();
    }

    private boolean collect(ContainerPath directory, String spelled, String[] segments, int at, List<String> found) {
        if (found.size() >= MAX_NAMES) {
            return false;
        }
        if (at == segments.length) {
            found.add(spelled);
            return true;
        }
        String segment = segments[at];
        boolean last = at == segments.length - 1;
        if (Glob.isPlain(segment)) {
            String name = segment.replaceAll("\\\\(.)", "$1");
            FileStatus entry = shell.host().entry(directory.resolve(name.isEmpty() ? "." : name), true);
            if (entry.is(EntryKind.MISSING)) {
                return true;
            }
            if (entry.is(EntryKind.UNKNOWN)) {
                return false;
            }
            return collect(directory.resolve(name), spelled + name + (last ? "" : "/"), segments, at + 1, found);
        }
        FileStatus entry = shell.host().entry(directory, true);
        if (!entry.is(EntryKind.DIRECTORY)) {
            return !entry.is(EntryKind.UNKNOWN);
        }
        Optional<List<String>> names = shell.host().names(shell.host().real(directory));
        if (names.isEmpty()) {
            return false;
        }
        Glob glob = new Glob(segment);
        boolean known = true;
        for (String name : names.get()) {
            if (!glob.matchesEntry(name)) {
                continue;
            }
            boolean goesOn =
                    last || shell.host().entry(directory.resolve(name), true).is(EntryKind.DIRECTORY);
            if (goesOn) {
                known &= collect(directory.resolve(name), spelled + name + (last ? "" : "/"), segments, at + 1, found);
            }
        }
        return known;
    }
}
