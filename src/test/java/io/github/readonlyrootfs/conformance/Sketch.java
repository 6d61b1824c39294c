// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a random Dockerfile has probably made so far. It helps to write lines that are likely to build; only the engine
 * knows what really exists.
 */
final class Sketch {
    /** The probable owner of each path, as a user is spelled. */
    final Map<String, String> directories = new LinkedHashMap<>();

    final Set<String> files = new LinkedHashSet<>();
    final Set<String> links = new LinkedHashSet<>();
    final Set<String> users = new LinkedHashSet<>();
    final Set<String> groups = new LinkedHashSet<>();
    final Map<String, String> variables = new LinkedHashMap<>();
    /** The variables that hold a number of a user. */
    final Map<String, String> ids = new LinkedHashMap<>();

    final boolean debian12;
    String workdir = "/";
    String user = "root";
    boolean bash;

    Sketch(boolean debian12) {
        this.debian12 = debian12;
    }

    /** What a stage that starts from this one has; ARGs, and so variables, end with their stage. */
    Sketch child() {
        Sketch child = new Sketch(debian12);
        child.directories.putAll(directories);
        child.files.addAll(files);
        child.links.addAll(links);
        child.users.addAll(users);
        child.groups.addAll(groups);
        child.workdir = workdir;
        child.user = user;
        child.bash = bash;
        return child;
    }

    boolean isRoot() {
        return user.equals("root") || user.matches("0(:.*)?");
    }

    void made(String directory, String owner) {
        for (int slash = directory.indexOf('/', 1); slash > 0; slash = directory.indexOf('/', slash + 1)) {
            String parent = directory.substring(0, slash);
            if (!RandomNames.isStandard(parent)) {
                directories.putIfAbsent(parent, owner);
            }
        }
        if (!directory.equals("/")) {
            directories.putIfAbsent(directory, owner);
        }
    }

    void removed(String path) {
        directories.keySet().removeIf(known -> isAtOrBelow(known, path));
        files.removeIf(known -> isAtOrBelow(known, path));
        links.removeIf(known -> isAtOrBelow(known, path));
    }

    void copied(String from, String to) {
        for (Map.Entry<String, String> entry : new LinkedHashMap<>(directories).entrySet()) {
            if (isAtOrBelow(entry.getKey(), from)) {
                directories.put(to + entry.getKey().substring(from.length()), entry.getValue());
            }
        }
        for (String file : List.copyOf(files)) {
            if (isAtOrBelow(file, from)) {
                files.add(to + file.substring(from.length()));
            }
        }
    }

    /** The directories that the current USER probably owns. */
    List<String> own() {
        List<String> own = new ArrayList<>();
        String name = user.replaceFirst(":.*", "");
        directories.forEach((path, owner) -> {
            if (owner.replaceFirst(":.*", "").equals(name)) {
                own.add(path);
            }
        });
        return own;
    }

    static boolean isAtOrBelow(String path, String top) {
        return path.equals(top) || path.startsWith(top + "/");
    }
}
