package io.github.readonlyrootfs.report;

import java.util.HashMap;
import java.util.Map;

/** What YAML's anchors stand for, which the aliases tell that come later. */
final class AnchoredSecrets {

    private final Map<String, Holding> holdings = new HashMap<>();
    private Holding unknown = Holding.OPEN;
    private boolean changed;

    /** What the value behind an anchor holds. */
    Holding anchored(String name) {
        return unknown.and(holdings.getOrDefault(name, Holding.OPEN));
    }

    /** Notes that an anchor's value stands where something holds this. */
    void alias(String name, Holding holding) {
        Holding before = holdings.getOrDefault(name, Holding.OPEN);
        Holding now = before.and(holding);
        changed |= now != before;
        holdings.put(name, now);
    }

    /** Whether something was noted since this was asked last. */
    boolean hasChanged() {
        boolean result = changed;
        changed = false;
        return result;
    }

    /** From now on, every anchor has secrets. */
    void hideAll() {
        unknown = Holding.SECRET;
    }
}
