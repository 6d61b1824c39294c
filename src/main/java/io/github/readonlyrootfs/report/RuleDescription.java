package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.Severity;

/**
 * What a report says of a rule itself.
 *
 * @param summary one sentence: what is wrong
 * @param description plain text: what it means at run time
 * @param markdown the rule's whole page
 */
public record RuleDescription(
        String id, Severity defaultSeverity, String summary, String description, String markdown) {}
