package io.github.readonlyrootfs.rule;

import java.util.List;
import java.util.stream.Stream;

/** The rules there are. */
public final class Rules {

    private static final List<Rule> ALL = Stream.of(
                    new ChangeAfterVolume(),
                    new ContainerCannotStart(),
                    new DiscardedVolume(),
                    new DuplicateKey(),
                    new ExecNeedsWritablePaths(),
                    new InvalidDockerfile(),
                    new InvalidTaskDefinition(),
                    new LogToFile(),
                    new MountHidesImageContent(),
                    new MountNotUsable(),
                    new OptionsWithoutEffect(),
                    new OverlappingMounts(),
                    new PathAccessUnknown(),
                    new PathNotExecutable(),
                    new PathNotPermitted(),
                    new PathNotWritable(),
                    new ReadOnlyRootDefeated(),
                    new ReadOnlyRootUnsupported(),
                    new RelativeVolume(),
                    new RootNotReadOnly(),
                    new RootReadOnlyUnknown(),
                    new StateOnEphemeralVolume(),
                    new UndefinedVolume(),
                    new UndefinedVolumesFrom(),
                    new UnknownField(),
                    new UnneededVolume(),
                    new UnresolvedVariable(),
                    new UnsupportedByPlatform(),
                    new UnusedIgnore(),
                    new UnusedVolume(),
                    new WritableCode(),
                    new WrongType())
            .sorted((one, other) -> one.id().compareTo(other.id()))
            .toList();

    private Rules() {}

    /** All rules, sorted by id. */
    public static List<Rule> all() {
        return ALL;
    }

    /** The ids of all rules, sorted. */
    public static List<String> ids() {
        return ALL.stream().map(Rule::id).toList();
    }

    /** What people can read about the rules, sorted by id. */
    public static List<RulePage> pages() {
        return ids().stream().map(RulePage::of).toList();
    }
}
