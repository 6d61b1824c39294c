// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.Helps;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RepositoryUri;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The findings as SARIF 2.1.0, in the shape that GitHub code scanning shows. */
public final class SarifReport {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "%SRCROOT%";

    private static final List<String> TAGS = List.of("security", "amazon-ecs", "containers");

    private final JsonGenerator json;
    private final Analysis tasks;
    private final ReportSettings settings;
    private final Helps helps;

    private SarifReport(JsonGenerator json, Analysis tasks, ReportSettings settings) {
        this.json = json;
        this.tasks = tasks;
        this.settings = settings;
        this.helps = new Helps(tasks, new PublicTexts(tasks));
    }

    /**
     * The report's text, to be written as UTF-8.
     *
     * @param findings sorted; suppressed ones included
     */
    public static void write(Analysis tasks, List<Finding> findings, ReportSettings settings, Writer text)
            throws IOException {
        PrettyJson.write(json -> new SarifReport(json, tasks, settings).write(findings), text);
    }

    private void write(List<Finding> findings) throws IOException {
        TreeMap<String, Optional<RuleDescription>> rules = new TreeMap<>();
        findings.forEach(finding -> rules.put(finding.rule(), Optional.empty()));
        settings.rules().get().forEach(rule -> rules.put(rule.id(), Optional.of(rule)));
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        tool(rules);
        json.writeStringField("columnKind", "utf16CodeUnits");
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart(ROOT);
        text("description", "The root of the repository");
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("results");
        List<String> ids = new ArrayList<>(rules.keySet());
        Fingerprints fingerprints = new Fingerprints(settings.repositoryPrefix());
        for (Finding finding : findings) {
            result(finding, ids.indexOf(finding.rule()), fingerprints.next(finding));
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void tool(Map<String, Optional<RuleDescription>> rules) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", ReportSettings.PLUGIN_NAME);
        json.writeStringField("version", settings.pluginVersion());
        json.writeStringField("informationUri", ReportSettings.PLUGIN_URL);
        json.writeArrayFieldStart("rules");
        for (Map.Entry<String, Optional<RuleDescription>> rule : rules.entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", rule.getKey());
            if (rule.getValue().isPresent()) {
                describe(rule.getValue().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void describe(RuleDescription rule) throws IOException {
        text("shortDescription", rule.summary());
        text("fullDescription", rule.description());
        json.writeObjectFieldStart("help");
        json.writeStringField("text", rule.description());
        json.writeStringField("markdown", rule.markdown());
        json.writeEndObject();
        json.writeStringField("helpUri", rule.url());
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", level(rule.defaultSeverity()));
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeArrayFieldStart("tags");
        for (String tag : TAGS) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeStringField("security-severity", securitySeverity(rule.defaultSeverity()));
        json.writeEndObject();
    }

    private void result(Finding finding, int ruleIndex, String fingerprint) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", finding.rule());
        json.writeNumberField("ruleIndex", ruleIndex);
        json.writeStringField("level", level(finding.severity()));
        boolean tooMuch = helps.isTooMuch(finding);
        String help = helps.bounded(finding);
        text("message", message(finding, help));
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        physicalLocation(finding.location());
        json.writeEndObject();
        json.writeEndArray();
        json.writeArrayFieldStart("relatedLocations");
        int id = 0;
        for (Finding.Related related : finding.related()) {
            if (related.location().isPresent()) {
                json.writeStartObject();
                json.writeNumberField("id", ++id);
                physicalLocation(related.location().get());
                text("message", related.label() + " " + related.text());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        // Under a name of our own: the one that GitHub knows is reserved for the hash that its upload action makes.
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("readonlyRootfs/v1", fingerprint);
        json.writeEndObject();
        if (!tooMuch) {
            fixes(finding, help);
        }
        suppressions(finding.suppressed());
        properties(finding);
        json.writeEndObject();
    }

    /** What GitHub shows beside the line, and all that it shows. */
    private String message(Finding finding, String help) {
        StringBuilder message = new StringBuilder(finding.message()).append(Wording.scope(finding, tasks));
        for (Finding.Related related : finding.related()) {
            message.append('\n').append(Wording.related(related));
        }
        if (!help.isBlank()) {
            message.append("\nhelp: ").append(help);
        }
        return message.toString();
    }

    private void physicalLocation(Location location) throws IOException {
        json.writeObjectFieldStart("physicalLocation");
        artifact(location.file());
        region("region", location);
        json.writeEndObject();
    }

    private void artifact(String file) throws IOException {
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", RepositoryUri.of(settings.repositoryPrefix(), file));
        json.writeStringField("uriBaseId", ROOT);
        json.writeEndObject();
    }

    private void region(String key, Location location) throws IOException {
        json.writeObjectFieldStart(key);
        json.writeNumberField("startLine", location.line());
        json.writeNumberField("startColumn", location.column());
        json.writeNumberField("endLine", location.endLine());
        json.writeNumberField("endColumn", location.endColumn());
        json.writeEndObject();
    }

    /** The edits that a program may make; the message has what a person must decide. */
    private void fixes(Finding finding, String help) throws IOException {
        if (!finding.remedy().isApplicable()
                || !finding.remedy().edits().stream().allMatch(helps::mayShow)) {
            return;
        }
        Map<String, List<TextEdit>> byFile = finding.remedy().edits().stream()
                .collect(Collectors.groupingBy(edit -> edit.location().file(), TreeMap::new, Collectors.toList()));
        json.writeArrayFieldStart("fixes");
        json.writeStartObject();
        text("description", help);
        json.writeArrayFieldStart("artifactChanges");
        for (Map.Entry<String, List<TextEdit>> change : byFile.entrySet()) {
            json.writeStartObject();
            artifact(change.getKey());
            json.writeArrayFieldStart("replacements");
            for (TextEdit edit : change.getValue()) {
                json.writeStartObject();
                region("deletedRegion", edit.location());
                text("insertedContent", edit.replacement());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** Always there: a run in which some results have the key and others do not is not valid. */
    private void suppressions(Optional<Suppression> suppression) throws IOException {
        json.writeArrayFieldStart("suppressions");
        if (suppression.isPresent()) {
            json.writeStartObject();
            json.writeStringField("kind", "external");
            json.writeStringField("justification", suppression.get().reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void properties(Finding finding) throws IOException {
        json.writeObjectFieldStart("properties");
        if (finding.resource().isPresent()) {
            json.writeStringField("resource", finding.resource().get());
        }
        if (finding.container().isPresent()) {
            json.writeStringField("container", finding.container().get());
        }
        Optional<ContainerPath> path = finding.path();
        if (path.isPresent()) {
            json.writeStringField("path", path.get().toString());
        }
        json.writeArrayFieldStart("platforms");
        for (Platform platform : finding.platforms()) {
            json.writeString(platform.name());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void text(String key, String text) throws IOException {
        json.writeObjectFieldStart(key);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    /** On the scale of CVSS, as GitHub reads it: high, medium and low. */
    private static String securitySeverity(Severity severity) {
        return switch (severity) {
            case ERROR -> "7.0";
            case WARNING -> "5.0";
            case INFO -> "2.0";
        };
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }
}
