package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.Rule;
import io.github.readonlyrootfs.rule.RulePage;
import io.github.readonlyrootfs.rule.Rules;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a report says of a rule itself.
 *
 * @param summary one sentence: what is wrong
 * @param description plain text: what it means at run time
 * @param markdown the rule's whole page
 */
public record RuleDescription(
        String id, Severity defaultSeverity, String summary, String description, String markdown) {

    private static final Pattern WHY = Pattern.compile("\n## Why\n+(?<text>.*?)(?=\n## |\\z)", Pattern.DOTALL);

    /** Where the page can be read. */
    String url() {
        return ReportSettings.PLUGIN_URL + "/blob/main/src/main/resources/io/github/readonlyrootfs/rule/pages/" + id
                + ".md";
    }

    /** All rules there are, sorted by id, as their pages describe them. */
    public static List<RuleDescription> all() {
        Map<String, Severity> severities =
                Rules.all().stream().collect(Collectors.toMap(Rule::id, Rule::defaultSeverity));
        return Rules.pages().stream()
                .map(page -> of(page, severities.getOrDefault(page.id(), Severity.WARNING)))
                .toList();
    }

    private static RuleDescription of(RulePage page, Severity defaultSeverity) {
        Matcher why = WHY.matcher(page.markdown());
        String description = why.find() ? why.group("text").strip().replaceAll("\\s+", " ") : page.summary();
        return new RuleDescription(page.id(), defaultSeverity, page.summary(), description, page.markdown());
    }
}
