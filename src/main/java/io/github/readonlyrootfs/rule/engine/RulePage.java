// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a rule, for people and for the rule itself.
 *
 * @param id the rule's
 * @param summary the problem that it finds, in one sentence
 * @param severity of its findings unless the user sets another one
 * @param markdown the whole page: title, summary, severity, What, Why, How to fix, Example
 */
public record RulePage(String id, String summary, Severity severity, String markdown) {

    private static final Pattern START =
            Pattern.compile("# (?<id>[a-z-]+)\n\n(?<summary>[^\n]+(?:\n[^\n]+)*)\n\nSeverity: (?<severity>[a-z]+)\n");

    private static final Map<String, RulePage> READ = new ConcurrentHashMap<>();

    /** A rule's page, which is among this plugin's resources. */
    public static RulePage of(String id) {
        return READ.computeIfAbsent(id, RulePage::read);
    }

    /** The page for a terminal: without Markdown's marks, and with the examples indented. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        boolean isCode = false;
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                isCode = !isCode;
            } else {
                lines.add(isCode ? "    " + line : line.replaceFirst("^#+ ", ""));
            }
        }
        return lines;
    }

    private static RulePage read(String id) {
        String markdown = DataFiles.text(RulePage.class, "/io/github/readonlyrootfs/rule/pages/" + id + ".md");
        Matcher start = START.matcher(markdown);
        if (!start.lookingAt() || !start.group("id").equals(id)) {
            throw new IllegalStateException("the page of " + id + " does not begin with its id, summary and severity");
        }
        return new RulePage(
                id,
                start.group("summary"),
                Severity.valueOf(start.group("severity").toUpperCase(Locale.ROOT)),
                markdown);
    }
}
