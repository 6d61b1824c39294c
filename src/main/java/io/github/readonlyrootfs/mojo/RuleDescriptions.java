package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.report.RuleDescription;
import io.github.readonlyrootfs.rule.Rule;
import io.github.readonlyrootfs.rule.RulePage;
import io.github.readonlyrootfs.rule.Rules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What reports say of the rules: taken from their pages. */
final class RuleDescriptions {

    private static final String WHY = "## Why";

    private RuleDescriptions() {}

    static List<RuleDescription> all() {
        Map<String, Rule> rules = Rules.all().stream().collect(Collectors.toMap(Rule::id, Function.identity()));
        return Rules.pages().stream()
                .map(page -> new RuleDescription(
                        page.id(), rules.get(page.id()).defaultSeverity(), page.summary(), why(page), page.markdown()))
                .toList();
    }

    /** What it means at run time, which is what the page's section of that name says. */
    private static String why(RulePage page) {
        return page.markdown()
                .lines()
                .dropWhile(line -> !line.equals(WHY))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining(" "));
    }
}
