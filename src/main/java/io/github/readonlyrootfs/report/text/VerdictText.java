// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.ContainerVerdict;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.message.GapText;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.QuotedWords;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The verdicts on containers, in words. */
public final class VerdictText {

    /** The most containers, and paths of one of them, that a sentence names. */
    private static final int MAX_NAMED = 3;

    private VerdictText() {}

    /** {@code fails}, {@code unproven} or {@code proven}. */
    public static String of(ContainerVerdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    /** The same of a container, with the run that proves it, if one does. */
    public static String of(JudgedContainer on, ContainerVerdict verdict) {
        return of(verdict) + (verdict == ContainerVerdict.PROVEN ? runs(List.of(on)) : "");
    }

    /** {@code (observed 2026-11-29)}, with a blank before it, or {@code (2 observed)}; empty if no run proves any. */
    private static String runs(List<JudgedContainer> proven) {
        List<String> dates = new ArrayList<>();
        for (JudgedContainer on : proven) {
            if (on.provenByRun().isPresent()) {
                dates.add(on.provenByRun().get());
            }
        }
        return dates.isEmpty()
                ? ""
                : " ("
                        + (dates.size() == 1 && proven.size() == 1
                                ? "observed " + dates.get(0)
                                : dates.size() + " observed")
                        + ")";
    }

    /** What a run showed and inference missed, each as a line for a report of it: program, image and path, no values. */
    public static List<String> onlyObserved(ContainerAnalysis container) {
        List<Command> commands = container.context().start().commands();
        String program = commands.isEmpty()
                ? "the program"
                : PublicText.name(commands.get(commands.size() - 1).program());
        return container.onlyObserved().stream()
                .map(path -> "only a run showed that " + program + " on "
                        + PublicText.name(container.image().base()) + " needs " + path
                        + ": report this line, so that the next version infers it")
                .toList();
    }

    /** What keeps a container from being proven; the first thing if there are several. */
    static Optional<String> why(JudgedContainer on) {
        for (Gap gap : on.container().gaps()) {
            if (gap.couldBeFatal()) {
                return Optional.of(GapText.of(gap));
            }
        }
        return undecided(on)
                .or(() -> on.perhapsFatal().stream()
                        .findFirst()
                        .map(need -> GapText.ofPerhaps(need.verdict().paths())));
    }

    /** That the root of a container was not made read-only, and why. */
    public static String whyNotReadOnly(JudgedContainer on) {
        String name = PlainText.of(on.name());
        return "left to you: " + on.task().readOnlyRootKey() + " of container " + name + ", because "
                + (on.verdict().equals(Optional.of(ContainerVerdict.FAILS))
                        ? "it would fail: fix the other findings first"
                        : "it is unproven: " + why(on).orElse("something is unknown")
                                + "; close the gap, or set it nevertheless with -Dreadonly-rootfs.fixContainers="
                                + QuotedWords.forShell(name));
    }

    /** That classes are missing, so that nothing of the application can be known; empty if none is missing. */
    public static Optional<String> missingClasses(Analysis tasks) {
        for (ContainerAnalysis container : tasks.containers()) {
            for (Gap gap : container.gaps()) {
                if (gap.kind() == Gap.Kind.NOT_BUILT && container.isBuilt()) {
                    return Optional.of("compile the project first: " + GapText.withReason(gap));
                }
            }
        }
        return Optional.empty();
    }

    /** {@code whether user app can write /data is unknown}. */
    public static String undecided(RefusedNeed need) {
        return "whether " + need.user().shortly() + " can write "
                + need.verdict().paths() + " is unknown";
    }

    /** The same of the first such need of a container, and of all others of its user. */
    private static Optional<String> undecided(JudgedContainer on) {
        return on.undecided().stream()
                .map(need -> need.user().shortly())
                .findFirst()
                .map(user -> "whether " + user + " can write "
                        + few(on.undecided().stream()
                                .filter(need -> need.user().shortly().equals(user))
                                .map(need -> need.verdict().paths())
                                .toList())
                        + " is unknown");
    }

    /**
     * What becomes of the containers with a read-only root, in a sentence; empty if none is judged: {@code 1 of 2 containers
     * fails with a read-only root: app cannot write /tmp}.
     */
    static Optional<String> headline(Analysis tasks) {
        return headline(tasks, false);
    }

    /** The same; does not say that a container runs where something else may prevent that. */
    static Optional<String> headline(Analysis tasks, boolean prevented) {
        return headline(worst(tasks), tasks, prevented);
    }

    /** The same, if a container fails. */
    static Optional<String> failing(Analysis tasks) {
        Map<ContainerVerdict, List<JudgedContainer>> worst = worst(tasks);
        return worst.containsKey(ContainerVerdict.FAILS) ? headline(worst, tasks, false) : Optional.empty();
    }

    private static Optional<String> headline(
            Map<ContainerVerdict, List<JudgedContainer>> worst, Analysis tasks, boolean prevented) {
        if (worst.isEmpty()) {
            return Optional.empty();
        }
        int all = judged(worst);
        boolean several = haveEqualNames(tasks);
        Map.Entry<ContainerVerdict, List<JudgedContainer>> first =
                worst.entrySet().iterator().next();
        return Optional.of(subject(first.getValue(), all, several)
                + sentence(first.getKey(), first.getValue(), all == 1, several, prevented));
    }

    private static int judged(Map<ContainerVerdict, List<JudgedContainer>> worst) {
        int judged = 0;
        for (List<JudgedContainer> containers : worst.values()) {
            judged += containers.size();
        }
        return judged;
    }

    private static String subject(List<JudgedContainer> alike, int all, boolean several) {
        return all == 1
                ? "container " + name(alike.get(0), several)
                : alike.size() == all
                        ? (all == 2 ? "both" : "all " + all) + " containers"
                        : alike.size() + " of " + all + " containers";
    }

    private static String sentence(
            ContainerVerdict verdict, List<JudgedContainer> alike, boolean single, boolean several, boolean prevented) {
        boolean one = alike.size() == 1;
        Optional<String> lost = lost(alike, single, several);
        List<JudgedContainer> writable = new ArrayList<>();
        boolean unset = true;
        for (JudgedContainer on : alike) {
            if (hasWritableRoot(on)) {
                writable.add(on);
                unset &= flag(on).isAbsent();
            }
        }
        if (verdict == ContainerVerdict.PROVEN && !writable.isEmpty()) {
            return (prevented ? " can write what " + (one ? "it" : "they") + " must" : " can run")
                    + " with a read-only root (proven), but "
                    + lost.map(words -> words + ", and ").orElse("")
                    + writable.get(0).task().readOnlyRootKey()
                    + (unset ? " is not set" : " is not true")
                    + (writable.size() == alike.size() ? "" : " for " + named(writable, several));
        }
        if (verdict == ContainerVerdict.FAILS && single && startsNowhere(alike.get(0))) {
            return " " + failure(alike.get(0));
        }
        if (verdict == ContainerVerdict.FAILS
                && alike.stream().noneMatch(on -> on.runtime().startFailures().isEmpty())) {
            return " cannot start";
        }
        String verb = switch (verdict) {
            case FAILS -> one ? " fails" : " fail";
            case UNPROVEN -> one ? " is unproven" : " are unproven";
            case PROVEN -> prevented ? " can write what " + (one ? "it" : "they") + " must" : one ? " runs" : " run";
        };
        List<String> reasons = new ArrayList<>();
        if (verdict != ContainerVerdict.PROVEN) {
            for (JudgedContainer on : alike.subList(0, Math.min(alike.size(), MAX_NAMED))) {
                boolean fails = verdict == ContainerVerdict.FAILS;
                String why = fails ? failure(on) : why(on).orElse("something is unknown");
                reasons.add(single ? (fails ? "it " : "") + why : name(on, several) + (fails ? " " : ": ") + why);
            }
            if (alike.size() > MAX_NAMED) {
                reasons.add(Wording.count(alike.size() - MAX_NAMED, "more container"));
            }
        }
        return verb + " with a read-only root"
                + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons))
                + (verdict == ContainerVerdict.FAILS
                        ? ""
                        : lost.map(words -> (reasons.isEmpty() ? ", but " : "; ") + words)
                                .orElse(prevented && reasons.isEmpty() ? ", but there is another error" : ""));
    }

    /** What the first container that loses a function does not do, or may not do, and how many others lose one. */
    private static Optional<String> lost(List<JudgedContainer> containers, boolean single, boolean several) {
        List<String> first = new ArrayList<>();
        int others = 0;
        for (JudgedContainer on : containers) {
            List<String> paths = refused(on, Need.Impact.FEATURE);
            if (!first.isEmpty()) {
                others += paths.isEmpty() ? 0 : 1;
                continue;
            }
            if (!paths.isEmpty()) {
                first.add((single ? "it" : name(on, several)) + " cannot write " + few(paths));
            }
            for (Gap gap : on.container().gaps()) {
                if (gap.kind() == Gap.Kind.COMPUTED && on.verdict().equals(Optional.of(ContainerVerdict.PROVEN))) {
                    first.add((single ? "" : "in " + name(on, several) + " ") + GapText.of(gap));
                    break;
                }
            }
        }
        String more = others == 0
                ? ""
                : ", and " + Wording.count(others, "more container") + (others == 1 ? " loses" : " lose")
                        + " a function";
        return first.isEmpty() ? Optional.empty() : Optional.of(String.join(", and ", first) + more);
    }

    /** The paths in the order of their findings, without those below another one. */
    private static List<String> refused(JudgedContainer on, Need.Impact impact) {
        Set<ContainerPath> paths = new HashSet<>();
        for (WriteAccess answer : List.of(WriteAccess.READ_ONLY, WriteAccess.NOT_PERMITTED)) {
            for (RefusedNeed refused : on.needs(answer).toList()) {
                if (refused.need().impact() == impact) {
                    paths.add(refused.path());
                }
            }
        }
        List<String> outermost = new ArrayList<>();
        for (ContainerPath path : ContainerPath.outermost(paths)) {
            outermost.add(path.toString());
        }
        return outermost;
    }

    private static String few(List<String> paths) {
        List<String> shown = new ArrayList<>(paths.subList(0, Math.min(paths.size(), MAX_NAMED)));
        if (paths.size() > MAX_NAMED) {
            shown.add(Wording.count(paths.size() - MAX_NAMED, "more path"));
        }
        return Wording.and(shown);
    }

    private static boolean hasWritableRoot(JudgedContainer on) {
        return !flag(on).isUnknown() && !flag(on).known().orElse(false);
    }

    private static Value<Boolean> flag(JudgedContainer on) {
        return on.container().definition().fileSystem().readonlyRootFilesystem();
    }

    private static String named(List<JudgedContainer> containers, boolean several) {
        List<String> names = new ArrayList<>();
        for (JudgedContainer on : containers.subList(0, Math.min(containers.size(), MAX_NAMED))) {
            names.add(name(on, several));
        }
        if (containers.size() > MAX_NAMED) {
            names.add(Wording.count(containers.size() - MAX_NAMED, "more container"));
        }
        return Wording.and(names);
    }

    /** Whether a name of a container says only with its task which one is meant. */
    private static boolean haveEqualNames(Analysis tasks) {
        Set<String> names = new HashSet<>();
        for (ContainerAnalysis container : tasks.containers()) {
            if (!names.add(container.name())) {
                return true;
            }
        }
        return false;
    }

    /** @param several whether containers of several tasks have one name */
    private static String name(JudgedContainer on, boolean several) {
        return PlainText.of(several ? on.task().nameOf(on.container()) : on.name());
    }

    /** Whether it cannot be built or started, with a read-only root or without. */
    private static boolean startsNowhere(JudgedContainer on) {
        return !on.runtime().startFailures().isEmpty()
                || refused(on, Need.Impact.FATAL).isEmpty();
    }

    /** What a container that fails does not do. */
    private static String failure(JudgedContainer on) {
        if (!on.runtime().startFailures().isEmpty()) {
            return "cannot start";
        }
        List<String> paths = refused(on, Need.Impact.FATAL);
        return paths.isEmpty() ? "has a Dockerfile that cannot be built" : "cannot write " + few(paths);
    }

    /**
     * The verdicts on all containers, each with its worst one: {@code : 1 fails (app), 2 proven}; nothing if none is judged.
     */
    static String of(Analysis tasks) {
        Map<ContainerVerdict, List<JudgedContainer>> worst = worst(tasks);
        int judged = judged(worst);
        List<String> parts = new ArrayList<>();
        for (Map.Entry<ContainerVerdict, List<JudgedContainer>> entry : worst.entrySet()) {
            boolean all = entry.getValue().size() == judged;
            parts.add((judged == 1 ? "" : all ? "all " : entry.getValue().size() + " ")
                    + (entry.getKey() == ContainerVerdict.FAILS
                                    && entry.getValue().size() > 1
                            ? "fail"
                            : of(entry.getKey()))
                    + details(entry.getKey(), entry.getValue(), all, haveEqualNames(tasks)));
        }
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    }

    private static String details(
            ContainerVerdict verdict, List<JudgedContainer> containers, boolean all, boolean several) {
        if (verdict == ContainerVerdict.PROVEN) {
            return runs(containers);
        }
        if (all) {
            return "";
        }
        Optional<String> why = verdict == ContainerVerdict.UNPROVEN ? why(containers.get(0)) : Optional.empty();
        List<String> names = new ArrayList<>();
        for (JudgedContainer on : containers) {
            names.add(name(on, several));
        }
        return " ("
                + (why.isPresent() && names.size() == 1 ? names.get(0) + ": " + why.get() : String.join(", ", names))
                + ")";
    }

    /** Each container once, on the platform on which it does worst: by its verdict there, the worst first. */
    private static Map<ContainerVerdict, List<JudgedContainer>> worst(Analysis tasks) {
        Map<ContainerVerdict, List<JudgedContainer>> worst = new EnumMap<>(ContainerVerdict.class);
        for (TaskAnalysis task : tasks.all()) {
            for (ContainerAnalysis container : task.containers()) {
                JudgedContainer worstOn = null;
                for (JudgedContainer on : JudgedContainer.all(task, container)) {
                    boolean worse = on.verdict().isPresent()
                            && (worstOn == null
                                    || on.verdict()
                                                    .get()
                                                    .compareTo(worstOn.verdict().orElseThrow())
                                            < 0);
                    worstOn = worse ? on : worstOn;
                }
                if (worstOn != null) {
                    worst.putIfAbsent(worstOn.verdict().orElseThrow(), new ArrayList<>());
                    worst.get(worstOn.verdict().orElseThrow()).add(worstOn);
                }
            }
        }
        return worst;
    }
}
