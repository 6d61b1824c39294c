// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.need.observed.Observed;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A container with its image, its needs and the verdicts on each platform. Each need is judged once. */
public final class ContainerAnalysis {

    private final ContainerContext context;
    private final Optional<ImageBuild> build;
    private final Optional<ImageSource.Described> described;
    private final boolean replacesPublished;
    private final ContainerNeeds found;
    private final Map<Platform, ContainerRuntime> runtimes;
    private final StartedFiles started;
    private final ImageCode code = new ImageCode(this);
    private final Map<Platform, List<Verdict>> verdicts = new EnumMap<>(Platform.class);
    private final Map<Platform, List<Verdict>> implied = new EnumMap<>(Platform.class);

    /**
     * A container.
     *
     * @param context what it is made of, and what it runs
     * @param build the build its image comes from; empty where no Dockerfile of the project explains it
     * @param described what describes its image instead; empty where nothing of the project does
     * @param replacesPublished see {@link #replacesPublished()}
     * @param found the needs, and what is not known about them
     * @param impliedNeeds what the project's own writable mounts imply
     * @param runtimes one for each platform judged
     */
    public ContainerAnalysis(
            ContainerContext context,
            Optional<ImageBuild> build,
            Optional<ImageSource.Described> described,
            boolean replacesPublished,
            ContainerNeeds found,
            List<Need> impliedNeeds,
            Map<Platform, ContainerRuntime> runtimes) {
        this.context = context;
        this.build = build;
        this.described = described;
        this.replacesPublished = replacesPublished;
        this.found = found;
        this.started = new StartedFiles(context);
        this.runtimes = Collections.unmodifiableMap(new TreeMap<>(runtimes));
        for (Map.Entry<Platform, ContainerRuntime> entry : runtimes.entrySet()) {
            verdicts.put(entry.getKey(), judged(found.needs(), entry.getValue()));
            implied.put(entry.getKey(), judged(impliedNeeds, entry.getValue()));
        }
    }

    private List<Verdict> judged(List<Need> needs, ContainerRuntime runtime) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Need need : needs) {
            verdicts.add(Verdict.of(need, runtime, found.observed()));
        }
        return List.copyOf(verdicts);
    }

    public ContainerContext context() {
        return context;
    }

    public ContainerDefinition definition() {
        return context.definition();
    }

    public String name() {
        return definition().name();
    }

    public Image image() {
        return context.image();
    }

    public ImageCode code() {
        return code;
    }

    /** The files that it certainly executes. */
    public StartedFiles started() {
        return started;
    }

    public Optional<ImageBuild> build() {
        return build;
    }

    /** Whether no Dockerfile with an error is to build its image. */
    public boolean isBuilt() {
        return build.isEmpty() || build.get().diagnostics().problems().isEmpty();
    }

    /** The name of the Dockerfile of the project that builds its image. */
    public Optional<String> dockerfile() {
        return build.map(known -> known.dockerfile().name());
    }

    public Optional<ImageSource.Described> described() {
        return described;
    }

    /**
     * Whether the task definition names a published image, and the project's image is assumed to replace it when the task is
     * deployed.
     */
    public boolean replacesPublished() {
        return replacesPublished;
    }

    /** Declared, inferred and observed. */
    public List<Need> needs() {
        return found.needs();
    }

    /** Whether the team declared its needs, even that there are none. */
    public boolean declaresNeeds() {
        return found.declared();
    }

    /** What a run of it showed, if it was run. */
    public Optional<Observed> observed() {
        return found.observed();
    }

    /** Whether a run answers what else would not be known about its needs. */
    boolean isClosedByRun() {
        return found.closed();
    }

    /** The needed paths for which only a run speaks: nothing is declared, stated or inferred at, above or below them. */
    public List<ContainerPath> onlyObserved() {
        List<ContainerPath> known = new ArrayList<>();
        List<ContainerPath> only = new ArrayList<>();
        for (Need need : needs()) {
            (need.isOnlyObserved() ? only : known).addAll(need.alternatives());
        }
        only.removeIf(path -> known.stream().anyMatch(other -> path.isAtOrBelow(other) || other.isAtOrBelow(path)));
        return only;
    }

    /** What is not known about its needs, whatever the platform. */
    public List<Gap> gaps() {
        return found.gaps();
    }

    /** What is not known of what nobody declared: what could hide a fatal need, or what could not. */
    public List<Gap> gaps(boolean fatal) {
        List<Gap> some = new ArrayList<>();
        for (Gap gap : gaps()) {
            if (!gap.isDeclared() && gap.couldBeFatal() == fatal) {
                some.add(gap);
            }
        }
        return some;
    }

    /** Whether the project builds its image, or the project's configuration describes it. */
    public boolean isOfProject() {
        return build.isPresent()
                || described.isPresent()
                || context.application().project().isPresent();
    }

    public Map<Platform, ContainerRuntime> runtimes() {
        return runtimes;
    }

    /** The files that the project puts into its image. */
    public List<ImageBuild.Copied> copied() {
        if (build.isPresent()) {
            return build.get().chain().copied();
        }
        return described.isPresent() ? described.get().description().copied() : List.of();
    }

    /** The verdicts on the {@link #needs} on a platform, in their order. */
    public List<Verdict> verdicts(Platform platform) {
        return on(platform, verdicts);
    }

    /** What the project's own writable mounts give the container's user on a platform. */
    public List<Verdict> implied(Platform platform) {
        return on(platform, implied);
    }

    private static List<Verdict> on(Platform platform, Map<Platform, List<Verdict>> verdicts) {
        List<Verdict> judged = verdicts.get(platform);
        if (judged == null) {
            throw new IllegalArgumentException(platform + " was not judged");
        }
        return judged;
    }
}
