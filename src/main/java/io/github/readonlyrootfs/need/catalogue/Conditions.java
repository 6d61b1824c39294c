// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.source.Answer;
import java.util.List;

/** The keys {@code when}, of which all must hold, and {@code unless}, of which none may. */
public record Conditions(List<Condition> when, List<Condition> unless) {

    /**
     * Reads the conditions of an entry, or of one of its writes.
     *
     * @param files the configuration files of the entry's program
     */
    static Conditions read(Json json, ConfigurationPaths files) {
        return new Conditions(Condition.all(json.strings("when"), files), Condition.all(json.strings("unless"), files));
    }

    Answer hold(Circumstances circumstances) {
        Answer all = Answer.YES;
        for (Condition condition : when) {
            all = all.isNo() ? all : all.and(condition.holds(circumstances));
        }
        for (Condition condition : unless) {
            all = all.isNo() ? all : all.and(condition.holds(circumstances).not());
        }
        return all;
    }
}
