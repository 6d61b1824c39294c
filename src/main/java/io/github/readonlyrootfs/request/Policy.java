// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The user's settings for rules and findings.
 *
 * @param severities by rule id
 * @param off the ids of the rules that do not run
 */
public record Policy(Map<String, Severity> severities, Set<String> off, List<Ignore> ignores) {

    /** All rules as they are. */
    public static final Policy DEFAULT = new Policy(Map.of(), Set.of(), List.of());
}
