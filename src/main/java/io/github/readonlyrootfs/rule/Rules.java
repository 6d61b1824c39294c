// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.rule.container.ContainerCannotStart;
import io.github.readonlyrootfs.rule.container.ExecNeedsWritablePaths;
import io.github.readonlyrootfs.rule.container.LogToFile;
import io.github.readonlyrootfs.rule.container.MountHidesImageContent;
import io.github.readonlyrootfs.rule.container.MountNotUsable;
import io.github.readonlyrootfs.rule.container.OverlappingMounts;
import io.github.readonlyrootfs.rule.container.PathAccessUnknown;
import io.github.readonlyrootfs.rule.container.PathNotExecutable;
import io.github.readonlyrootfs.rule.container.PathNotPermitted;
import io.github.readonlyrootfs.rule.container.PathNotWritable;
import io.github.readonlyrootfs.rule.container.ReadOnlyRootDefeated;
import io.github.readonlyrootfs.rule.container.StaleNeedsRecord;
import io.github.readonlyrootfs.rule.container.StateOnEphemeralVolume;
import io.github.readonlyrootfs.rule.container.UnneededVolume;
import io.github.readonlyrootfs.rule.container.WritableCode;
import io.github.readonlyrootfs.rule.dockerfile.ChangeAfterVolume;
import io.github.readonlyrootfs.rule.dockerfile.DiscardedVolume;
import io.github.readonlyrootfs.rule.dockerfile.RelativeVolume;
import io.github.readonlyrootfs.rule.dockerfile.UnresolvedVariable;
import io.github.readonlyrootfs.rule.engine.InvalidDockerfile;
import io.github.readonlyrootfs.rule.engine.InvalidTaskDefinition;
import io.github.readonlyrootfs.rule.engine.OutdatedBaseline;
import io.github.readonlyrootfs.rule.engine.Rule;
import io.github.readonlyrootfs.rule.engine.RulePage;
import io.github.readonlyrootfs.rule.engine.UnusedIgnore;
import io.github.readonlyrootfs.rule.taskdef.DuplicateKey;
import io.github.readonlyrootfs.rule.taskdef.NeedsUnknown;
import io.github.readonlyrootfs.rule.taskdef.OptionsWithoutEffect;
import io.github.readonlyrootfs.rule.taskdef.ReadOnlyRootUnsupported;
import io.github.readonlyrootfs.rule.taskdef.RootNotReadOnly;
import io.github.readonlyrootfs.rule.taskdef.RootReadOnlyUnknown;
import io.github.readonlyrootfs.rule.taskdef.UndefinedVolume;
import io.github.readonlyrootfs.rule.taskdef.UndefinedVolumesFrom;
import io.github.readonlyrootfs.rule.taskdef.UnknownField;
import io.github.readonlyrootfs.rule.taskdef.UnsupportedByPlatform;
import io.github.readonlyrootfs.rule.taskdef.UnusedVolume;
import io.github.readonlyrootfs.rule.taskdef.WrongType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules there are. */
public final class Rules {

    /** Sorted by id. */
    private static final List<Rule> ALL = List.of(
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
            new NeedsUnknown(),
            new OptionsWithoutEffect(),
            new OutdatedBaseline(),
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
            new StaleNeedsRecord(),
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
            new WrongType());

    private Rules() {}

    /** All rules, sorted by id. */
    public static List<Rule> all() {
        return ALL;
    }

    public static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (Rule rule : ALL) {
            ids.add(rule.id());
        }
        return List.copyOf(ids);
    }

    public static Set<String> ids(Rule.Trait trait) {
        return ALL.stream()
                .filter(rule -> rule.traits().contains(trait))
                .map(Rule::id)
                .collect(Collectors.toSet());
    }

    /** Whether a rule judges containers, not the task or its files. */
    public static boolean judgesContainers(String id) {
        return ALL.stream().anyMatch(rule -> rule.id().equals(id) && rule.judgesContainers());
    }

    /** What people can read about the rules, sorted by id. */
    public static List<RulePage> pages() {
        return ids().stream().map(RulePage::of).toList();
    }
}
