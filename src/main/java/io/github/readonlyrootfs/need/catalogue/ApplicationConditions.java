// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.source.Answer;
import java.util.List;
import java.util.function.UnaryOperator;

/** What {@code when} and {@code unless} of an entry say: all of the former must hold, none of the latter may. */
record ApplicationConditions(List<ApplicationCondition> when, List<ApplicationCondition> unless) {

    static ApplicationConditions read(Json entry) {
        return new ApplicationConditions(
                ApplicationCondition.all(entry.strings("when")), ApplicationCondition.all(entry.strings("unless")));
    }

    /** The same with each condition changed. */
    ApplicationConditions map(UnaryOperator<ApplicationCondition> change) {
        return new ApplicationConditions(
                when.stream().map(change).toList(), unless.stream().map(change).toList());
    }

    Answer hold(Application application) {
        Answer all = Answer.YES;
        for (ApplicationCondition condition : when) {
            all = all.and(() -> condition.holds(application));
        }
        for (ApplicationCondition condition : unless) {
            all = all.and(() -> condition.holds(application).not());
        }
        return all;
    }
}
