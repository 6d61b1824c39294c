package io.github.readonlyrootfs.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the rules over a task and applies what the user says of severities and ignores. */
public final class Judgement {

    private Judgement() {}

    /**
     * The findings of all rules, sorted, suppressed ones included.
     *
     * @param severities by rule id
     * @param off the ids of the rules that do not run
     */
    public static List<Finding> of(
            CheckedTask task, Map<String, Severity> severities, Set<String> off, List<Ignore> ignores) {
        throw new UnsupportedOperationException(task + " " + severities + " " + off + " " + ignores);
    }
}
