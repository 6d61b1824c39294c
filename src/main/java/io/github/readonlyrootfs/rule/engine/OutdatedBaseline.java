// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.source.Location;
import java.util.Set;

/** A finding that the baseline lists is gone: its entry would hide the next one that is about the same. */
public final class OutdatedBaseline implements Rule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.OPTIONAL_INPUT);
    }

    /**
     * The finding about an entry that can go.
     *
     * @param words the subject of the entry
     */
    public Finding finding(String words, Location location) {
        return finding(
                        location,
                        "the baseline lists " + words + ", which is fixed",
                        Remedy.advice("remove the entry: fix does, and so does updateBaseline"))
                .about(words);
    }
}
