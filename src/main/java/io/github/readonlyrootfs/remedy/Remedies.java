// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.analysis.UnusableMounts;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to do about the paths that a task's containers need and cannot write. The edits of all of them are made together:
 * each has the whole list, line or block that it is a part of, so that they fit together.
 */
public final class Remedies {

    private final TaskAnalysis task;
    private final MountWith mountWith;
    private final List<Rejection> rejected;
    private final TaskDefinitionEditor editor;

    /** A verdict is known by its identity: each is made once. */
    private final IdentityHashMap<Verdict, NearMiss> nearMisses = new IdentityHashMap<>();

    /** How the near miss at a place is corrected. */
    private final Map<Location, Remedy> corrections = new HashMap<>();

    private final IdentityHashMap<Verdict, Remedy> remedies = new IdentityHashMap<>();

    /** What lets ECS Exec's agent write, by container and platform. */
    private final Map<ExecAccess, Remedy> execs = new HashMap<>();

    /** All of them in the order of the task definition, which is the order of what the edits write. */
    private final List<Remedy> inOrder = new ArrayList<>();

    /** Made on first use. */
    private @Nullable Plan together;

    /** The same with optional changes, made on first use. */
    private final Map<Optionally, Additional> additional = new EnumMap<>(Optionally.class);

    private Remedies(TaskAnalysis task, MountWith mountWith, List<Rejection> rejected) {
        this.task = task;
        this.mountWith = mountWith;
        this.rejected = rejected;
        this.editor = new TaskDefinitionEditor(task.definition().orElseThrow());
        for (JudgedContainer on : JudgedContainer.linux(task).toList()) {
            remedy(on);
        }
    }

    /**
     * The remedies of a task that could be read.
     *
     * @param rejected the remedies that did not help
     */
    public static Remedies of(TaskAnalysis task, MountWith mountWith, List<Rejection> rejected) {
        return new Remedies(task, mountWith, rejected);
    }

    /** How the task definition is edited. */
    public TaskDefinitionEditor editor() {
        return editor;
    }

    private void remedy(JudgedContainer on) {
        List<RefusedNeed> readOnly = on.needs(WriteAccess.READ_ONLY).toList();
        List<RefusedNeed> notPermitted = on.needs(WriteAccess.NOT_PERMITTED).toList();
        Optional<ExecAccess> exec = ExecAccess.refused(on);
        List<RefusedNeed> unusable = UnusableMounts.of(on).toList();
        if (readOnly.isEmpty() && notPermitted.isEmpty() && exec.isEmpty() && unusable.isEmpty()) {
            return;
        }
        ContainerRemedies here = ContainerRemedies.of(on, editor, mountWith);
        for (RefusedNeed need : readOnly) {
            Optional<NearMiss> nearMiss =
                    need.access().mount().isPresent() ? Optional.empty() : guardedNearMiss(need, here);
            if (nearMiss.isPresent()) {
                nearMisses.put(need.verdict(), correctedOnce(nearMiss.get()));
            }
            if (isToBeFixed(need.need())) {
                plan(need, here);
            }
        }
        for (RefusedNeed need : notPermitted) {
            if (isToBeFixed(need.need())) {
                plan(need, here);
            }
        }
        if (exec.isPresent()) {
            Remedy remedy = guarded(() -> new NewMount(here).letExecWrite(exec.get()));
            execs.put(exec.get(), remedy);
            inOrder.add(remedy);
        }
        for (RefusedNeed implied : unusable) {
            plan(implied, here);
        }
    }

    /**
     * A declaration that several paths may have been meant by is corrected for one of them: the others get the usual
     * remedy.
     */
    private NearMiss correctedOnce(NearMiss miss) {
        return miss.remedy()
                .filter(remedy -> !withoutChanges(remedy)
                        .equals(withoutChanges(corrections.computeIfAbsent(miss.location(), place -> remedy))))
                .map(other -> miss.withoutRemedy())
                .orElse(miss);
    }

    private static Remedy withoutChanges(Remedy remedy) {
        return remedy.with(List.of(), remedy.edits());
    }

    private synchronized Plan together() {
        if (together == null) {
            together = Plan.of(task, editor, inOrder);
        }
        return together;
    }

    private void plan(RefusedNeed need, ContainerRemedies here) {
        Remedy remedy = refused(need, here);
        remedies.put(need.verdict(), remedy);
        inOrder.add(remedy);
    }

    /** A tolerated need has its own, optional remedy. */
    private static boolean isToBeFixed(Need need) {
        return need.impact() != Need.Impact.TOLERATED && need.instead().isEmpty();
    }

    private Remedy refused(RefusedNeed need, ContainerRemedies container) {
        Optional<String> advice = need.need().instead();
        if (advice.isPresent()) {
            return Remedy.advice(advice.get());
        }
        Remedy remedy = guarded(() -> tried(need, container.forUser(need.user())));
        for (Rejection rejection : rejected) {
            if (rejection.concerns(need.path(), remedy)) {
                return Remedy.advice(rejection.advice());
            }
        }
        return remedy;
    }

    // If a defect of the plugin prevents a fix, the finding is reported without it.

    private static Optional<NearMiss> guardedNearMiss(RefusedNeed need, ContainerRemedies here) {
        try {
            return NearMiss.of(need, here);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private Remedy guarded(Supplier<Remedy> remedy) {
        try {
            return remedy.get();
        } catch (RuntimeException | StackOverflowError e) {
            return Remedy.advice(noFix(e));
        }
    }

    private String noFix(Throwable e) {
        Problem problem = Problem.ofOurOwn(Location.of(task.taskDefinitionFile()), "there is no fix to offer", e);
        return problem.message() + "; " + problem.help();
    }

    private Remedy tried(RefusedNeed need, ContainerRemedies here) {
        return switch (need.access().verdict()) {
            case READ_ONLY -> readOnly(need, here);
            case NOT_PERMITTED -> new MountOwner(here).permit(need.path(), need.access(), need.need());
            case UNKNOWN -> new UnknownAccessRemedy(here, need).remedy();
            case WRITABLE, CANNOT_START -> Remedy.NONE;
        };
    }

    private Remedy readOnly(RefusedNeed need, ContainerRemedies here) {
        Optional<Mount> mount = need.access().mount();
        if (mount.isPresent()) {
            return here.makeWritable(mount.get(), need.path());
        }
        NearMiss nearMiss = nearMisses.get(need.verdict());
        Remedy remedy = nearMiss != null && nearMiss.remedy().isPresent()
                ? nearMiss.remedy().get()
                : new NewMount(here).mount(need);
        Optional<Keeps> keeps = need.need().keeping().flatMap(Evidence::keeps);
        return keeps.isPresent() && remedy.advice().isEmpty()
                ? remedy.noting("data there is lost when the task ends; to keep it, mount EFS or EBS there, or "
                        + KeepsText.instead(keeps.get()))
                : remedy;
    }

    /** Optional changes. */
    private enum Optionally {
        TOLERATED,
        /** Unknown needs that {@linkplain RefusedNeed#matters matter}. */
        UNKNOWN,
        /** All that is unknown. */
        UNLIKELY
    }

    /** Remedies that fit together with those of all other needs. */
    private record Additional(IdentityHashMap<Verdict, Remedy> remedies, Plan plan) {}

    /** The remedy for a refused or unknown need. */
    public Remedy of(RefusedNeed need) {
        return guarded(() -> planned(need));
    }

    private Remedy planned(RefusedNeed need) {
        Remedy known = remedies.get(need.verdict());
        if (known != null) {
            return together().remedy(known);
        }
        Optionally why = need.access().verdict() != WriteAccess.UNKNOWN
                ? Optionally.TOLERATED
                : need.matters() ? Optionally.UNKNOWN : Optionally.UNLIKELY;
        Additional more = additional.computeIfAbsent(why, this::additional);
        Remedy remedy = more.remedies().get(need.verdict());
        return remedy == null ? Remedy.NONE : more.plan().remedy(remedy);
    }

    private Additional additional(Optionally why) {
        IdentityHashMap<Verdict, Remedy> more = new IdentityHashMap<>();
        List<Remedy> all = new ArrayList<>(inOrder);
        JudgedContainer.linux(task).forEach(on -> {
            ContainerRemedies here = ContainerRemedies.of(on, editor, mountWith);
            Stream<RefusedNeed> needs = switch (why) {
                case TOLERATED ->
                    Stream.concat(on.needs(WriteAccess.READ_ONLY), on.needs(WriteAccess.NOT_PERMITTED))
                            .filter(need -> !isToBeFixed(need.need()));
                case UNKNOWN -> on.needs(WriteAccess.UNKNOWN).filter(RefusedNeed::matters);
                case UNLIKELY -> on.needs(WriteAccess.UNKNOWN);
            };
            needs.forEach(need -> {
                Remedy remedy = refused(need, here);
                more.put(need.verdict(), remedy);
                all.add(remedy);
            });
        });
        return new Additional(more, Plan.of(task, editor, all));
    }

    /** The mistaken declaration that was probably meant to make a path writable. */
    public Optional<NearMiss> nearMiss(RefusedNeed need) {
        return Optional.ofNullable(nearMisses.get(need.verdict()));
    }

    /** The places of near misses that errors and warnings are about. */
    public Set<Location> nearMisses() {
        Set<Location> places = new HashSet<>();
        for (Map.Entry<Verdict, NearMiss> entry : nearMisses.entrySet()) {
            if (entry.getKey().need().impact() != Need.Impact.TOLERATED) {
                places.add(entry.getValue().location());
            }
        }
        return places;
    }

    /** Removes a mount of the project from a container. */
    public Remedy remove(JudgedContainer on, Mount mount) {
        return guarded(() -> ContainerRemedies.of(on, editor, mountWith).remove(mount));
    }

    /** Lets code be loaded from a mount. */
    public Remedy makeExecutable(JudgedContainer on, Mount mount) {
        return guarded(() -> ContainerRemedies.of(on, editor, mountWith)
                .tmpfs(mount)
                .map(tmpfs -> editor.tmpfs(tmpfs).add("mountOptions", List.of(Fragment.of("exec"))))
                .orElseGet(() -> Remedy.advice("let the application write native code elsewhere: " + mount.path()
                        + " is mounted noexec, and a VOLUME or a task volume is not")));
    }

    /** Moves a mount of a container to another path. */
    public Remedy respell(JudgedContainer on, Mount mount, ContainerPath path) {
        return guarded(() -> ContainerRemedies.of(on, editor, mountWith).respell(mount, path));
    }

    /** What lets ECS Exec's agent write. */
    public Remedy of(ExecAccess exec) {
        Remedy remedy = execs.get(exec);
        return remedy == null ? Remedy.NONE : guarded(() -> together().remedy(remedy));
    }
}
