// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.Helps;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuntimeWords;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The outcome for programs: {@code schemaVersion} 1. The same input gives the same bytes. */
public final class JsonReport {

    private final JsonGenerator json;
    private final Helps helps;

    /** By an edit, the position of the finding that it is with: each is once. */
    private final Map<TextEdit, Integer> told = new HashMap<>();

    private JsonReport(JsonGenerator json, Helps helps) {
        this.json = json;
        this.helps = helps;
    }

    /**
     * Writes the report, as UTF-8.
     *
     * @param findings sorted; suppressed ones included
     */
    public static void write(Analysis tasks, List<Finding> findings, ReportSettings settings, Writer text)
            throws IOException {
        PrettyJson.write(
                json -> new JsonReport(json, new Helps(tasks, new PublicTexts(tasks))).write(tasks, findings, settings),
                text);
    }

    private void write(Analysis tasks, List<Finding> findings, ReportSettings settings) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", 1);
        json.writeStringField("plugin", ReportSettings.PLUGIN_NAME + " " + settings.pluginVersion());
        json.writeStringField("taskDefinition", tasks.taskDefinitionFile());
        json.writeArrayFieldStart("containers");
        for (TaskAnalysis task : tasks.all()) {
            for (ContainerAnalysis container : task.containers()) {
                container(task, container);
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (int i = 0; i < findings.size(); i++) {
            finding(findings.get(i), i);
        }
        json.writeEndArray();
        summary(findings);
        json.writeEndObject();
    }

    private void container(TaskAnalysis task, ContainerAnalysis container) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", container.definition().name());
        string("resource", task.resource());
        string("image", container.definition().image().written().known().map(PublicText::name));
        string("dockerfile", container.build().map(build -> build.dockerfile().name()));
        string("builtBy", container.described().map(ImageSource.Described::plugin));
        string("target", container.build().flatMap(ImageBuild::target));
        readOnlyRoot(container.definition().fileSystem().readonlyRootFilesystem());
        user(container.runtimes().values().stream().findFirst().map(ContainerRuntime::user));
        json.writeArrayFieldStart("platforms");
        for (ContainerRuntime runtime : container.runtimes().values()) {
            platform(container, runtime);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void readOnlyRoot(Value<Boolean> written) throws IOException {
        if (written.isUnknown()) {
            json.writeNullField("readOnlyRoot");
        } else {
            json.writeBooleanField("readOnlyRoot", written.known().orElse(false));
        }
    }

    private void user(Optional<ContainerUser> user) throws IOException {
        json.writeObjectFieldStart("user");
        string("name", user.filter(known -> known.uid().isPresent()).map(ContainerUser::name));
        number("uid", user.flatMap(ContainerUser::uid));
        number("gid", user.flatMap(ContainerUser::gid));
        json.writeEndObject();
    }

    private void number(String key, Optional<UnixId> id) throws IOException {
        Integer number = id.map(UnixId::number).orElse(null);
        if (number == null) {
            json.writeNullField(key);
        } else {
            json.writeNumberField(key, number);
        }
    }

    private void platform(ContainerAnalysis container, ContainerRuntime runtime) throws IOException {
        json.writeStartObject();
        json.writeStringField("platform", runtime.platform().name());
        json.writeArrayFieldStart("mounts");
        for (Mount mount : runtime.mounts().stream()
                .sorted(Comparator.comparing(Mount::path))
                .toList()) {
            mount(mount);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("needs");
        for (Verdict verdict : container.verdicts(runtime.platform()).stream()
                .sorted(Comparator.comparing(Verdict::path)
                        .thenComparing(verdict -> verdict.need().impact()))
                .toList()) {
            need(verdict);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void mount(Mount mount) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", mount.path().toString());
        json.writeStringField("kind", mount.declaration().kind().label());
        json.writeBooleanField("readOnly", mount.readOnly());
        json.writeBooleanField("noexec", mount.noexec());
        string("owner", owner(mount.root().ownership()));
        string("mode", Optional.ofNullable(mount.root().ownership().mode()).map(mode -> String.format("%04o", mode)));
        location(mount.declaration().location());
        json.writeEndObject();
    }

    private static Optional<String> owner(Ownership ownership) {
        UnixId owner = ownership.owner();
        UnixId group = ownership.group();
        return owner == null || group == null ? Optional.empty() : Optional.of(id(owner) + ":" + id(group));
    }

    /** The number; the name where only that is known. */
    private static String id(UnixId id) {
        return id.number() == null ? id.toString() : String.valueOf(id.number());
    }

    private void need(Verdict verdict) throws IOException {
        Need need = verdict.need();
        json.writeStartObject();
        json.writeStringField("path", verdict.path().toString());
        json.writeStringField("impact", RuntimeWords.lowerCase(need.impact()));
        json.writeStringField("access", verdict.access().verdict().name());
        json.writeStringField("reason", ReasonText.of(verdict.access().reason()));
        string("mount", verdict.access().mount().map(Mount::path).map(ContainerPath::toString));
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : need.evidence()) {
            json.writeStartObject();
            json.writeStringField("kind", RuntimeWords.lowerCase(evidence.kind()));
            json.writeStringField("detail", evidence.detail());
            location(evidence.location());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void finding(Finding finding, int position) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("severity", finding.severity().label());
        string("resource", finding.resource());
        string("container", finding.container());
        json.writeArrayFieldStart("containers");
        for (String container : finding.containers()) {
            json.writeString(container);
        }
        json.writeEndArray();
        string("path", finding.path().map(ContainerPath::toString));
        json.writeArrayFieldStart("platforms");
        for (Platform platform : finding.platforms()) {
            json.writeString(platform.name());
        }
        json.writeEndArray();
        json.writeStringField("message", finding.message());
        json.writeStringField("help", helps.next(finding));
        edits(finding.remedy(), position);
        location(Optional.of(finding.location()));
        json.writeArrayFieldStart("related");
        for (Finding.Related related : finding.related()) {
            json.writeStartObject();
            json.writeStringField("label", related.label());
            json.writeStringField("text", related.text());
            location(related.location());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (finding.suppressed().isPresent()) {
            json.writeObjectFieldStart("suppressed");
            json.writeStringField("reason", finding.suppressed().get().reason());
            json.writeStringField(
                    "kind", RuntimeWords.lowerCase(finding.suppressed().get().kind()));
            json.writeEndObject();
        } else {
            json.writeNullField("suppressed");
        }
        json.writeEndObject();
    }

    private void edits(Remedy remedy, int position) throws IOException {
        Set<Integer> others = new TreeSet<>();
        json.writeArrayFieldStart("edits");
        for (TextEdit edit : remedy.edits()) {
            Integer other = told.putIfAbsent(edit, position);
            if (other != null) {
                others.add(other);
                continue;
            }
            json.writeStartObject();
            location(Optional.of(edit.location()));
            json.writeStringField("replacement", edit.replacement());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("editsOf");
        for (int other : others) {
            json.writeNumber(other);
        }
        json.writeEndArray();
    }

    private void summary(List<Finding> findings) throws IOException {
        json.writeObjectFieldStart("summary");
        for (Severity severity : Severity.values()) {
            json.writeNumberField(severity.label(), Wording.number(findings, severity));
        }
        json.writeEndObject();
    }

    private void string(String key, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(key, value.get());
        } else {
            json.writeNullField(key);
        }
    }

    private void location(Optional<Location> location) throws IOException {
        if (location.isEmpty()) {
            json.writeNullField("location");
            return;
        }
        json.writeObjectFieldStart("location");
        json.writeStringField("file", location.get().file());
        json.writeNumberField("line", location.get().line());
        json.writeNumberField("column", location.get().column());
        json.writeNumberField("endLine", location.get().endLine());
        json.writeNumberField("endColumn", location.get().endColumn());
        json.writeEndObject();
    }
}
