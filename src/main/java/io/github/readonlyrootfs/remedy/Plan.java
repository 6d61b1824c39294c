// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.DockerfileAddition;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.PomEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.pom.ImageSource;
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

    /** Additions to the Dockerfile of one build, whichever containers run its image. */
    private static final class Additions {

        private final ImageBuild build;
        private final Set<DockerfileAddition> all = new LinkedHashSet<>();
        private Map<DockerfileAddition, List<TextEdit>> edits = Map.of();

        Additions(ImageBuild build) {
            this.build = build;
        }
    }

    /** The edits for one container. */
    private static final class Mounts {

        private final Map<ContainerPath, Set<String>> tmpfs = new TreeMap<>();
        private final Map<ContainerPath, String> points = new TreeMap<>();
        private final Set<String> defined = new LinkedHashSet<>();
        private Remedy tmpfsEdit = Remedy.NONE;
        private Remedy pointsEdit = Remedy.NONE;
    }

    private final TaskAnalysis task;
    private final TaskDefinitionEditor editor;
    private final Map<String, ContainerAnalysis> containers = new HashMap<>();
    private final Map<String, Additions> dockerfiles = new LinkedHashMap<>();
    private final Map<String, Mounts> mounts = new LinkedHashMap<>();
    private final Map<String, Set<ContainerPath>> pomPaths = new LinkedHashMap<>();
    private final Map<String, Remedy> poms = new HashMap<>();
    private Remedy volumes = Remedy.NONE;

    /** By a remedy, all that share an edit with it, directly or through others. */
    private final Map<NeedRemedy, Set<NeedRemedy>> groups = new HashMap<>();

    /** Containers that take a mount from one another have the same remedy. */
    private final Map<NeedRemedy, Remedy> remedies = new HashMap<>();

    /** The edits of each of these, put together once: a group may have a thousand remedies. */
    private final IdentityHashMap<Set<NeedRemedy>, Remedy> joined = new IdentityHashMap<>();

    private Plan(TaskAnalysis task, TaskDefinitionEditor editor) {
        this.task = task;
        this.editor = editor;
        for (ContainerAnalysis container : task.containers()) {
            containers.put(container.name(), container);
        }
    }

    static Plan of(TaskAnalysis task, TaskDefinitionEditor editor, Collection<NeedRemedy> needed) {
        Plan plan = new Plan(task, editor);
        for (NeedRemedy remedy : needed) {
            for (Change change : remedy.changes()) {
                plan.add(change);
            }
        }
        plan.make();
        plan.unite(needed);
        return plan;
    }

    private ContainerAnalysis container(Change change) {
        return known(containers, change.container());
    }

    private static String key(ImageBuild build) {
        return build.dockerfile().name() + " " + build.target().orElse("");
    }

    private String build(Change change) {
        Optional<ImageBuild> build = container(change).build();
        return build.isPresent() ? key(build.get()) : "";
    }

    private String pom(Change change) {
        Optional<ImageSource.Described> source = container(change).described();
        return source.isPresent() ? source.get().location().file() : "";
    }

    private void add(Change change) {
        if (change instanceof Change.Dockerfile lines) {
            Optional<ImageBuild> build = container(change).build();
            if (build.isPresent()) {
                String key = key(build.get());
                Additions additions = dockerfiles.get(key);
                if (additions == null) {
                    additions = new Additions(build.get());
                    dockerfiles.put(key, additions);
                }
                additions.all.add(lines.addition());
            }
        } else if (change instanceof Change.Tmpfs tmpfs) {
            mounts(change)
                    .tmpfs
                    .computeIfAbsent(tmpfs.path(), key -> new LinkedHashSet<>())
                    .addAll(tmpfs.options());
        } else if (change instanceof Change.MountPoint point) {
            mounts(change).points.put(point.path(), point.volume());
            if (point.define()) {
                mounts(change).defined.add(point.volume());
            }
        } else if (change instanceof Change.PomVolume volume) {
            pomPaths.computeIfAbsent(pom(change), key -> new LinkedHashSet<>()).add(volume.path());
        }
    }

    private Mounts mounts(Change change) {
        return mounts.computeIfAbsent(change.container(), key -> new Mounts());
    }

    private void make() {
        for (Additions of : dockerfiles.values()) {
            of.edits = new DockerfileEditor(of.build).edits(of.all);
        }
        Set<String> defined = new LinkedHashSet<>();
        for (Mounts of : mounts.values()) {
            defined.addAll(of.defined);
        }
        List<Fragment> elements = new ArrayList<>();
        for (String name : defined) {
            elements.add(Fragment.object("name", name));
        }
        if (!elements.isEmpty()) {
            volumes = editor.root().add("volumes", elements);
        }
        for (Map.Entry<String, Mounts> of : mounts.entrySet()) {
            make(known(containers, of.getKey()), of.getValue());
        }
        for (ContainerAnalysis container : task.containers()) {
            ImageSource.Described source = container.described().orElse(null);
            String pom = source == null ? "" : source.location().file();
            if (source != null && pomPaths.containsKey(pom)) {
                PomEditor pomEditor = new PomEditor(source, task.sources());
                poms.put(
                        pom,
                        pomEditor.declare(List.copyOf(known(pomPaths, pom))).orElse(Remedy.NONE));
            }
        }
    }

    private void make(ContainerAnalysis container, Mounts of) {
        if (!of.tmpfs.isEmpty()) {
            List<Fragment> elements = new ArrayList<>();
            of.tmpfs.forEach((path, options) -> elements.add(tmpfs(path, List.copyOf(options))));
            of.tmpfsEdit = editor.addTmpfs(container.definition(), elements).noting("the size is in MiB");
        }
        if (!of.points.isEmpty()) {
            List<Fragment> elements = new ArrayList<>();
            of.points.forEach((path, volume) ->
                    elements.add(Fragment.object("sourceVolume", volume).with("containerPath", path.toString())));
            of.pointsEdit = editor.container(container.definition()).add("mountPoints", elements);
        }
    }

    private static Fragment tmpfs(ContainerPath path, List<String> options) {
        Fragment.Members tmpfs =
                Fragment.object("containerPath", path.toString()).with("size", Fragment.of(TMPFS_SIZE));
        return options.isEmpty() ? tmpfs : tmpfs.with("mountOptions", Fragment.array(options));
    }

    /** The edits that contain a change, by the need that they are for. */
    private Map<Object, Remedy> edits(Change change) {
        Map<Object, Remedy> edits = new LinkedHashMap<>();
        if (change instanceof Change.Dockerfile lines) {
            for (TextEdit edit : known(known(dockerfiles, build(change)).edits, lines.addition())) {
                edits.put(edit, Remedy.of(edit));
            }
        } else if (change instanceof Change.Tmpfs) {
            edits.put("tmpfs of " + change.container(), mounts(change).tmpfsEdit);
        } else if (change instanceof Change.MountPoint point) {
            if (point.define()) {
                edits.put("volumes", volumes);
            }
            edits.put("mount points of " + change.container(), mounts(change).pointsEdit);
        } else {
            edits.put("volumes in " + pom(change), known(poms, pom(change)));
        }
        return edits;
    }

    private void unite(Collection<NeedRemedy> needed) {
        Map<Object, NeedRemedy> sharing = new HashMap<>();
        for (NeedRemedy remedy : needed) {
            if (!groups.containsKey(remedy)) {
                groups.put(remedy, new LinkedHashSet<>(Set.of(remedy)));
            }
            // Edits that a person must decide on are not made with the others.
            if (remedy.rest().advice().isEmpty() && remedy.rest().lead().isEmpty()) {
                for (Change change : remedy.changes()) {
                    for (Object edit : edits(change).keySet()) {
                        NeedRemedy first = sharing.putIfAbsent(edit, remedy);
                        if (first != null) {
                            join(first, remedy);
                        }
                    }
                }
            }
        }
    }

    private void join(NeedRemedy one, NeedRemedy other) {
        Set<NeedRemedy> group = known(groups, one);
        Set<NeedRemedy> joining = known(groups, other);
        if (group != joining) {
            group.addAll(joining);
            for (NeedRemedy remedy : joining) {
                groups.put(remedy, group);
            }
        }
    }

    /** The edits of a remedy and of those that share edits with it. */
    Remedy remedy(NeedRemedy remedy) {
        Remedy known = remedies.get(remedy);
        if (known == null) {
            known = made(remedy);
            remedies.put(remedy, known);
        }
        return known;
    }

    private Remedy made(NeedRemedy remedy) {
        Remedy made = remedy.rest();
        for (Change change : remedy.changes()) {
            for (Remedy edit : edits(change).values()) {
                made = made.and(edit);
            }
        }
        Set<NeedRemedy> group = known(groups, remedy);
        Remedy together = joined.get(group);
        if (together == null) {
            together = editsOf(group);
            joined.put(group, together);
        }
        return made.and(together);
    }

    /** The edits of remedies that go together; their notes are said with their own findings. */
    private Remedy editsOf(Set<NeedRemedy> group) {
        Set<TextEdit> edits = new LinkedHashSet<>();
        for (NeedRemedy remedy : group) {
            edits.addAll(remedy.rest().edits());
            for (Change change : remedy.changes()) {
                for (Remedy made : edits(change).values()) {
                    edits.addAll(made.edits());
                }
            }
        }
        return Remedy.of(edits.toArray(new TextEdit[0]));
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("not planned: " + key);
        }
        return value;
    }
}
