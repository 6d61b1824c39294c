// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.need.observed.Observed;
import io.github.readonlyrootfs.need.observed.ObservedContainer;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.source.PublicText;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A container was run when it was made from something else. */
public final class StaleNeedsRecord implements ContainerRule {

    private static final int MAX_SHOWN = 3;

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.OPTIONAL_INPUT);
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        on.container()
                .observed()
                .filter(observed -> !observed.isCurrent())
                .ifPresent(observed -> findings.accept(finding(on, observed)));
    }

    private Finding finding(JudgedContainer on, Observed observed) {
        boolean isTooLarge =
                ObservedContainer.UNKNOWN.equals(observed.container().inputs().get(ObservedContainer.APPLICATION));
        String message = "container " + on.name() + " was observed on "
                + observed.container().run().date()
                + (isTooLarge && observed.isLikely()
                        ? ", and its application is too large to see whether it changed since"
                        : ", and is now made from something else: " + changed(observed.changed()) + " changed");
        return finding(
                on, on.nameLocation(), message, Remedy.advice("observe it again, and commit " + NeedsRecord.FILE_NAME));
    }

    private static String changed(List<String> names) {
        List<String> shown = names.stream()
                .limit(MAX_SHOWN)
                .map(name -> switch (name) {
                    case "task" -> "its part of the task definition";
                    case ObservedContainer.APPLICATION -> "its application";
                    default -> PublicText.name(name);
                })
                .toList();
        String more = names.size() > MAX_SHOWN ? " and " + (names.size() - MAX_SHOWN) + " more" : "";
        return String.join(", ", shown) + more;
    }
}
