// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.mojo.JudgingMojo.IgnoreEntry;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.LegalValues;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the policy from the user's severities and ignores. */
final class PolicyFactory {

    private final MavenBuild place;

    PolicyFactory(MavenBuild place) {
        this.place = place;
    }

    /** @param severities by rule id, as written */
    Policy policy(Map<String, String> severities, List<IgnoreEntry> ignores) throws ConfigurationException {
        LegalValues<String> rules = LegalValues.of("severities", Rules.ids());
        LegalValues<Optional<Severity>> levels = severityChoices();
        Map<String, Severity> set = new LinkedHashMap<>();
        Set<String> off = new HashSet<>();
        for (Map.Entry<String, String> entry : severities.entrySet()) {
            String rule = rules.parse(entry.getKey());
            if (Finding.isAlwaysAnError(rule)) {
                throw new ConfigurationException("severities: " + rule + " is always an error; remove the entry");
            }
            Optional<Severity> severity = levels.parse(entry.getValue());
            severity.ifPresentOrElse(level -> set.put(rule, level), () -> off.add(rule));
        }
        return new Policy(set, off, ignores(ignores));
    }

    private static LegalValues<Optional<Severity>> severityChoices() {
        Map<String, Optional<Severity>> legal = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            legal.put(severity.label(), Optional.of(severity));
        }
        legal.put("off", Optional.empty());
        return new LegalValues<>("severities", legal);
    }

    private List<Ignore> ignores(List<IgnoreEntry> entries) throws ConfigurationException {
        LegalValues<String> rules = LegalValues.of("ignores: <rule>", Rules.ids());
        List<Ignore> ignores = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            IgnoreEntry entry = entries.get(i);
            String rule = rules.parse(entry.rule);
            Optional<String> reason = RequestFactory.text(entry.reason);
            if (reason.isEmpty()) {
                throw new ConfigurationException("ignores: the entry for " + rule + " has no <reason>; add one");
            }
            ignores.add(new Ignore(
                    rule,
                    Optional.empty(),
                    RequestFactory.text(entry.container),
                    path(entry),
                    Optional.empty(),
                    reason.get(),
                    "<ignores>",
                    place.entry("ignores", i).flatMap(place.pomLocations()::tag).orElseGet(place::pomLocation)));
        }
        return ignores;
    }

    private static Optional<ContainerPath> path(IgnoreEntry entry) throws ConfigurationException {
        Optional<String> path = RequestFactory.text(entry.path);
        if (path.isPresent() && !path.get().startsWith("/")) {
            throw new ConfigurationException(
                    "ignores: <path> \"" + path.get() + "\" is not absolute; write it as /" + path.get());
        }
        return path.map(ContainerPath::of);
    }
}
