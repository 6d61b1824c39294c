package io.github.readonlyrootfs.rule;

import java.util.function.Consumer;

/** A statement that certain findings do not count, where there are none. */
final class UnusedIgnore implements Rule {

    @Override
    public String id() {
        return "unused-ignore";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    /** Finds nothing by itself: only when all other rules have spoken is it known which statements matched. */
    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {}

    /** The finding about one that matched nothing. */
    Finding finding(Ignore ignore) {
        return said(ignore).about(ignore.rule());
    }

    private Finding said(Ignore ignore) {
        if (!Rules.ids().contains(ignore.rule())) {
            return Finding.of(
                    this,
                    ignore.location(),
                    ignore.label() + " names the rule " + ignore.rule() + ", which does not exist: it ignores nothing",
                    "write the id that stands in brackets behind the finding");
        }
        return Judgement.isAlwaysAnError(ignore.rule())
                ? Finding.of(
                        this,
                        ignore.location(),
                        ignore.label() + " names " + ignore.rule() + ", which cannot be ignored: it ignores nothing",
                        "remove it, and mend the file")
                : Finding.of(
                        this,
                        ignore.location(),
                        ignore.label() + " matches no finding of " + ignore.rule() + ": it is out of date or misspelt",
                        "remove it");
    }
}
