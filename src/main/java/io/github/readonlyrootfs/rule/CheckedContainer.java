package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.UnresolvedNeed;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container with its image, what it needs, and what each platform makes of it.
 *
 * @param context what it is made of, and what it runs
 * @param build the build its image comes from; empty where no Dockerfile of the project explains it
 * @param described what describes its image instead; empty where nothing of the project does
 * @param needs declared, inferred and observed
 * @param implied what the project's own writable mounts imply; not in the JSON report's needs
 * @param unresolvedNeeds declared paths of which the files do not tell where they are
 * @param runtimes one for each platform judged
 */
public record CheckedContainer(
        ContainerContext context,
        Optional<ImageBuild> build,
        Optional<ImageSource.Described> described,
        List<Need> needs,
        List<Need> implied,
        List<UnresolvedNeed> unresolvedNeeds,
        Map<Platform, ContainerRuntime> runtimes) {

    /** A container whose image a Dockerfile explains, or nothing of the project. */
    public CheckedContainer(
            ContainerContext context,
            Optional<ImageBuild> build,
            List<Need> needs,
            List<Need> implied,
            List<UnresolvedNeed> unresolvedNeeds,
            Map<Platform, ContainerRuntime> runtimes) {
        this(context, build, Optional.empty(), needs, implied, unresolvedNeeds, runtimes);
    }

    /**
     * What a need gets on a platform: of its alternatives, the first with the best answer.
     *
     * @param path the alternative that decided
     */
    public record Verdict(Need need, ContainerPath path, Access access) {}

    public ContainerDefinition definition() {
        return context.definition();
    }

    public Image image() {
        return context.image();
    }

    /** What the project puts into its image. */
    List<ImageBuild.Copied> copied() {
        return build.map(ImageBuild::copied)
                .or(() -> described.map(source -> source.description().copied()))
                .orElse(List.of());
    }

    /** Judges a need on a platform. */
    public Verdict judge(Need need, Platform platform) {
        ContainerRuntime runtime = runtimes.get(platform);
        if (runtime == null) {
            throw new IllegalArgumentException(platform + " was not judged");
        }
        return need.alternatives().stream()
                .map(path -> new Verdict(need, path, access(runtime, need, path)))
                .min(Comparator.comparingInt(verdict -> rank(verdict.access().verdict())))
                .orElseThrow();
    }

    /** How a need's writer can write one of its paths. */
    static Access access(ContainerRuntime runtime, Need need, ContainerPath path) {
        return need.directory() ? runtime.accessIn(path) : runtime.access(path, need.createsParents());
    }

    private static int rank(WriteAccess access) {
        return switch (access) {
            case WRITABLE -> 0;
            case UNKNOWN -> 1;
            case NOT_PERMITTED -> 2;
            case READ_ONLY -> 3;
            case CANNOT_START -> 4;
        };
    }
}
