// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Finding.Related;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.GapText;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** It is not known what a container writes, so that it may fail although nothing was found. */
public final class NeedsUnknown implements TaskRule {

    /** The gaps that are listed; explain and the reports have all of them. */
    private static final int MAX_LISTED = 5;

    /** What is not known of containers, of which it may be known that they fail anyway. */
    private record Doubt(boolean fails, List<Gap> gaps) {

        // The generated one takes tens of milliseconds to link.
        @Override
        public int hashCode() {
            return gaps.hashCode();
        }

        boolean couldBeFatal() {
            return gaps.get(0).couldBeFatal();
        }

        String effect() {
            return !couldBeFatal() ? "lose a function" : fails ? "need more paths" : "fail";
        }
    }

    @Override
    public boolean judgesContainers() {
        return true;
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public boolean saysWhatIsUnknown() {
        return true;
    }

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        if (task.isWindows()) {
            return;
        }
        List<ContainerAnalysis> published = new ArrayList<>();
        Map<Doubt, List<ContainerAnalysis>> alike = new LinkedHashMap<>();
        for (ContainerAnalysis container : task.containers()) {
            if (!container.isBuilt()) {
                // There is an error about its Dockerfile; what such an image would write is nobody's question.
                continue;
            }
            List<Gap> fatal = container.gaps(true);
            List<Gap> lesser = container.gaps(false);
            if (!fatal.isEmpty() && !container.isOfProject()) {
                published.add(container);
            } else if (!fatal.isEmpty() || !lesser.isEmpty()) {
                boolean fails = false;
                for (JudgedContainer on : JudgedContainer.all(task, container)) {
                    fails |= !fatal.isEmpty() && !on.fatal().isEmpty();
                }
                Doubt doubt = new Doubt(fails, merged(fatal.isEmpty() ? lesser : fatal));
                alike.putIfAbsent(doubt, new ArrayList<>());
                alike.get(doubt).add(container);
            }
        }
        for (Map.Entry<Doubt, List<ContainerAnalysis>> entry : alike.entrySet()) {
            findings.accept(finding(entry.getKey(), entry.getValue()));
        }
        if (!published.isEmpty()) {
            findings.accept(ofPublished(published));
        }
    }

    private Finding finding(Doubt doubt, List<ContainerAnalysis> containers) {
        List<Gap> gaps = doubt.gaps();
        Gap first = gaps.get(0);
        List<Related> more = new ArrayList<>();
        for (Gap gap : gaps.subList(1, Math.min(MAX_LISTED, gaps.size()))) {
            more.add(new Related(
                    "unknown", GapText.withReason(gap), gap.evidence().location()));
        }
        String rest = gaps.size() > MAX_LISTED
                ? " (and " + (gaps.size() - MAX_LISTED) + (gaps.size() == MAX_LISTED + 1 ? " more gap)" : " more gaps)")
                : "";
        List<String> names = new ArrayList<>();
        for (ContainerAnalysis container : containers) {
            names.add(container.name());
        }
        Finding finding = finding(
                        location(containers.get(0), first),
                        named(names) + " may " + doubt.effect() + " with a read-only root: " + GapText.withReason(first)
                                + rest,
                        Remedy.advice(GapText.closing(gaps, doubt.fails())))
                .in(names, List.of(), more)
                .about(first.subject());
        // That the project's own code writes is certain, as of a path that is known and refused.
        boolean writes = false;
        for (Gap gap : gaps) {
            writes |= gap.kind() == Gap.Kind.COMPUTED;
        }
        return doubt.couldBeFatal() || writes ? finding : finding.as(Severity.INFO);
    }

    private static String named(List<String> containers) {
        return (containers.size() == 1 ? "container " : "containers ") + String.join(", ", containers);
    }

    /** Paths that one unknown thing decides are one gap, as those of a server whose configuration is not known. */
    private static List<Gap> merged(List<Gap> gaps) {
        Map<List<Object>, Gap> merged = new LinkedHashMap<>();
        for (Gap gap : gaps) {
            List<Object> about = gap.kind() == Gap.Kind.PLACE && gap.subject().startsWith("/")
                    ? List.of(gap.reason(), gap.evidence().location())
                    : List.of(gap);
            Gap one = merged.get(about);
            merged.put(
                    about,
                    one == null
                            ? gap
                            : new Gap(
                                    one.kind(),
                                    one.subject() + ", " + gap.subject(),
                                    one.reason(),
                                    one.hides(),
                                    one.evidence()));
        }
        return List.copyOf(merged.values());
    }

    /** Nobody here can change what a published image writes: all of them are one line. */
    private Finding ofPublished(List<ContainerAnalysis> containers) {
        List<String> names = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (ContainerAnalysis container : containers) {
            Gap first = container.gaps(true).get(0);
            names.add(container.name());
            gaps.add(first);
        }
        return finding(
                        location(containers.get(0), gaps.get(0)),
                        named(names) + " may fail with a read-only root: "
                                + (names.size() > 1
                                        ? "nothing is known about what their images write"
                                        : gaps.get(0).kind() == Gap.Kind.IMAGE
                                                ? GapText.of(gaps.get(0))
                                                : GapText.withReason(gaps.get(0))),
                        Remedy.advice(GapText.closing(gaps, false)))
                .in(names, List.of(), List.of())
                .about(gaps.get(0).subject())
                .as(Severity.INFO);
    }

    private static Location location(ContainerAnalysis container, Gap gap) {
        return gap.evidence()
                .location()
                .orElse(container.definition().metadata().nameLocation());
    }
}
