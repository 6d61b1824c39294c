// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.PomEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes that are made together: one edit for all that share a line, a list or a block. Remedies that share an edit
 * are one remedy: each has the edits of all of them, so that no half of it is made alone.
 */
final class Plan {

    /** MiB: enough for pid files, sockets and small caches; the size is shown, so that a user can change it. */
    private static final int TMPFS_SIZE = 64;

    private final TaskAnalysis task;
    private final TaskDefinitionEditor editor;

    /** What is edited for each change, by the change. */
    private final Map<Change, Set<Remedy>> made = new HashMap<>();

    /** By a remedy, all that share an edit with it, directly or through others. */
    private final Map<Remedy, Set<Remedy>> groups = new HashMap<>();

    /** Containers that take a mount from one another have the same remedy. */
    private final Map<Remedy, Remedy> remedies = new HashMap<>();

    /** The edits of each of these, put together once: a group may have a thousand remedies. */
    private final IdentityHashMap<Set<Remedy>, Remedy> joined = new IdentityHashMap<>();

    private Plan(TaskAnalysis task, TaskDefinitionEditor editor) {
        this.task = task;
        this.editor = editor;
    }

    static Plan of(TaskAnalysis task, TaskDefinitionEditor editor, Collection<Remedy> needed) {
        Plan plan = new Plan(task, editor);
        Map<String, Set<Change>> changes = new LinkedHashMap<>();
        for (Remedy remedy : needed) {
            for (Change change : remedy.changes()) {
                changes.computeIfAbsent(change.container(), name -> new LinkedHashSet<>())
                        .add(change);
            }
        }
        plan.make(changes);
        plan.unite(needed);
        return plan;
    }

    private void make(Map<String, Set<Change>> changes) {
        List<Change.MountPoint> defining = changes.values().stream()
                .flatMap(Set::stream)
                .filter(change -> change instanceof Change.MountPoint point && point.define())
                .map(Change.MountPoint.class::cast)
                .toList();
        if (!defining.isEmpty()) {
            List<Fragment> elements = new ArrayList<>();
            defining.stream()
                    .map(Change.MountPoint::volume)
                    .distinct()
                    .forEach(name -> elements.add(Fragment.object("name", name)));
            made(defining, editor.root().add("volumes", elements));
        }
        // Containers of one image share its Dockerfile or pom.
        Map<Optional<String>, Set<Change>> images = new LinkedHashMap<>();
        Map<Optional<String>, ContainerAnalysis> built = new HashMap<>();
        for (ContainerAnalysis container : task.containers()) {
            Set<Change> its = changes.getOrDefault(container.name(), Set.of());
            mount(container, its);
            Optional<String> image = container
                    .build()
                    .map(build ->
                            build.dockerfile().name() + " " + build.target().orElse(""))
                    .or(() -> container
                            .described()
                            .map(source -> source.location().file()));
            for (Change change : its) {
                if (change instanceof Change.Run || change instanceof Change.Declare) {
                    images.computeIfAbsent(image, key -> new LinkedHashSet<>()).add(change);
                    built.putIfAbsent(image, container);
                }
            }
        }
        images.forEach((image, its) -> build(known(built, image), its));
    }

    private void made(Collection<? extends Change> changes, Remedy edited) {
        for (Change change : changes) {
            made.computeIfAbsent(change, key -> new LinkedHashSet<>()).add(edited);
        }
    }

    /** The image of a container. */
    private void build(ContainerAnalysis container, Set<Change> changes) {
        if (container.build().isPresent()) {
            new DockerfileEditor(container.build().get())
                    .edits(changes)
                    .forEach((change, edits) -> edits.forEach(edit -> made(List.of(change), Remedy.of(edit))));
        } else {
            List<ContainerPath> paths =
                    changes.stream().map(Change::path).distinct().toList();
            made(
                    changes,
                    new PomEditor(container.described().orElseThrow(), task.sources())
                            .declare(paths)
                            .orElse(Remedy.NONE));
        }
    }

    private void mount(ContainerAnalysis container, Set<Change> changes) {
        Map<ContainerPath, Set<String>> tmpfs = new TreeMap<>();
        Map<ContainerPath, String> points = new TreeMap<>();
        List<Change> ofTmpfs = new ArrayList<>();
        List<Change> ofPoints = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Tmpfs one) {
                ofTmpfs.add(one);
                tmpfs.computeIfAbsent(one.path(), key -> new LinkedHashSet<>()).addAll(one.options());
            } else if (change instanceof Change.MountPoint one) {
                ofPoints.add(one);
                points.put(one.path(), one.volume());
            }
        }
        List<Fragment> elements = new ArrayList<>();
        if (!tmpfs.isEmpty()) {
            tmpfs.forEach((path, options) -> elements.add(tmpfs(path, List.copyOf(options))));
            made(ofTmpfs, editor.addTmpfs(container.definition(), elements).noting("the size is in MiB"));
        }
        if (!points.isEmpty()) {
            elements.clear();
            points.forEach((path, volume) ->
                    elements.add(Fragment.object("sourceVolume", volume).with("containerPath", path.toString())));
            made(ofPoints, editor.container(container.definition()).add("mountPoints", elements));
        }
    }

    private static Fragment tmpfs(ContainerPath path, List<String> options) {
        Fragment.Members tmpfs =
                Fragment.object("containerPath", path.toString()).with("size", Fragment.of(TMPFS_SIZE));
        return options.isEmpty() ? tmpfs : tmpfs.with("mountOptions", Fragment.array(options));
    }

    private void unite(Collection<Remedy> needed) {
        Map<TextEdit, Remedy> sharing = new HashMap<>();
        for (Remedy remedy : needed) {
            groups.computeIfAbsent(remedy, key -> new LinkedHashSet<>(Set.of(key)));
            // Edits that a person must decide on are not made with the others.
            if (remedy.isForAProgram()) {
                for (Change change : remedy.changes()) {
                    for (Remedy edited : known(made, change)) {
                        edited.edits().forEach(edit -> join(sharing.computeIfAbsent(edit, key -> remedy), remedy));
                    }
                }
            }
        }
    }

    private void join(Remedy one, Remedy other) {
        Set<Remedy> group = known(groups, one);
        Set<Remedy> joining = known(groups, other);
        if (group != joining) {
            group.addAll(joining);
            for (Remedy remedy : joining) {
                groups.put(remedy, group);
            }
        }
    }

    /** The edits of a remedy and of those that share edits with it; their notes are said with their own findings. */
    Remedy remedy(Remedy remedy) {
        return remedies.computeIfAbsent(
                remedy,
                key -> edited(key)
                        .and(joined.computeIfAbsent(
                                known(groups, key),
                                group -> Remedy.of(group.stream()
                                        .flatMap(other -> edited(other).edits().stream())
                                        .distinct()
                                        .toArray(TextEdit[]::new)))));
    }

    /** A remedy with its changes made. */
    private Remedy edited(Remedy remedy) {
        Remedy edited = remedy.with(List.of(), remedy.edits());
        for (Change change : remedy.changes()) {
            for (Remedy edit : known(made, change)) {
                edited = edited.and(edit);
            }
        }
        return edited;
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("not planned: " + key);
        }
        return value;
    }
}
