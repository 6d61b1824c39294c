// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.RulePage;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The description of a rule in a report.
 *
 * @param summary one sentence: the problem
 * @param description plain text: what it means at run time
 * @param markdown the rule's whole page
 */
public record RuleDescription(
        String id, Severity defaultSeverity, String summary, String description, String markdown) {

    private static final Pattern WHY = Pattern.compile("\n## Why\n+(?<text>.*?)(?=\n## |\\z)", Pattern.DOTALL);

    /** Where the page can be read. */
    public String url() {
        return ReportSettings.PLUGIN_URL + "/blob/main/src/main/resources/io/github/readonlyrootfs/rule/pages/" + id
                + ".md";
    }

    /** The rules that are not switched off, sorted by id, as their pages describe them. */
    public static List<RuleDescription> allBut(Set<String> off) {
        return Rules.pages().stream()
                .filter(page -> !off.contains(page.id()))
                .map(RuleDescription::of)
                .toList();
    }

    private static RuleDescription of(RulePage page) {
        Matcher why = WHY.matcher(page.markdown());
        String description = why.find() ? why.group("text").strip().replaceAll("\\s+", " ") : page.summary();
        return new RuleDescription(page.id(), page.severity(), page.summary(), description, page.markdown());
    }
}
