package io.github.readonlyrootfs.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What people can read about a rule.
 *
 * @param id the rule's
 * @param summary what it finds, in one sentence
 * @param markdown the whole page: title, summary, What, Why, How to fix, Example
 */
public record RulePage(String id, String summary, String markdown) {

    /** Reads a rule's page, which stands among this plugin's resources. */
    static RulePage of(Rule rule) {
        String resource = "pages/" + rule.id() + ".md";
        try (InputStream in = RulePage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource);
            }
            return parse(rule.id(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RulePage parse(String id, String markdown) {
        String summary = markdown.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the page of " + id + " has no summary"));
        return new RulePage(id, summary, markdown);
    }
}
