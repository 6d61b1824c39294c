// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.message.GapText;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.Helps;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuntimeWords;
import io.github.readonlyrootfs.report.text.VerdictText;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
        String image = container.definition().image().written().known().orElse(null);
        string("image", image == null ? null : PublicText.name(image));
        ImageBuild build = container.build().orElse(null);
        string("dockerfile", build == null ? null : build.dockerfile().name());
        ImageSource.Described described = container.described().orElse(null);
        string("builtBy", described == null ? null : described.plugin());
        string("target", build == null ? Optional.empty() : build.target());
        readOnlyRoot(container.definition().fileSystem().readonlyRootFilesystem());
        Iterator<ContainerRuntime> runtimes = container.runtimes().values().iterator();
        user(runtimes.hasNext() ? runtimes.next().user() : null);
        json.writeArrayFieldStart("platforms");
        for (JudgedContainer on : JudgedContainer.all(task, container)) {
            platform(on);
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

    private void user(@Nullable ContainerUser user) throws IOException {
        UnixId uid = user == null ? null : user.uid().orElse(null);
        UnixId gid = user == null ? null : user.gid().orElse(null);
        json.writeObjectFieldStart("user");
        string("name", user == null || uid == null ? null : user.name());
        number("uid", uid);
        number("gid", gid);
        json.writeEndObject();
    }

    private void number(String key, @Nullable UnixId id) throws IOException {
        Integer number = id == null ? null : id.number();
        if (number == null) {
            json.writeNullField(key);
        } else {
            json.writeNumberField(key, number);
        }
    }

    private void platform(JudgedContainer on) throws IOException {
        json.writeStartObject();
        json.writeStringField("platform", on.platform().name());
        string("verdict", on.verdict().map(VerdictText::of));
        gaps(on);
        json.writeArrayFieldStart("mounts");
        List<Mount> mounts = new ArrayList<>(on.runtime().mounts());
        mounts.sort((one, other) -> one.path().compareTo(other.path()));
        for (Mount mount : mounts) {
            mount(mount);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("needs");
        List<Verdict> verdicts = new ArrayList<>(on.verdicts());
        if (verdicts.size() > 1) {
            verdicts.sort(Comparator.comparing(Verdict::path)
                    .thenComparing(verdict -> verdict.need().impact()));
        }
        for (Verdict verdict : verdicts) {
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
        Integer mode = mount.root().ownership().mode();
        string("mode", mode == null ? null : Ownership.octal(mode));
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

    private void gap(String hides, String subject, String reason, Optional<Location> location) throws IOException {
        json.writeStartObject();
        json.writeStringField("hides", hides);
        json.writeStringField("unknown", subject);
        json.writeStringField("reason", reason);
        location(location);
        json.writeEndObject();
    }

    /** What is not known, the fatal first; an access that is unknown for a fatal need is one of them. */
    private void gaps(JudgedContainer on) throws IOException {
        json.writeArrayFieldStart("gaps");
        List<Gap> gaps = on.container().gaps();
        for (Need.Impact impact : Need.Impact.values()) {
            for (Gap gap : gaps) {
                if (gap.hides() == impact) {
                    gap(
                            RuntimeWords.lowerCase(impact),
                            GapText.of(gap),
                            gap.reason(),
                            gap.evidence().location());
                }
            }
            for (RefusedNeed need : impact == Need.Impact.FATAL ? on.undecided() : List.<RefusedNeed>of()) {
                gap(
                        RuntimeWords.lowerCase(impact),
                        VerdictText.undecided(need),
                        ReasonText.of(need.access().reason()),
                        Optional.of(need.location()));
            }
        }
        json.writeEndArray();
    }

    private void need(Verdict verdict) throws IOException {
        Need need = verdict.need();
        json.writeStartObject();
        json.writeStringField("path", verdict.path().toString());
        json.writeStringField("impact", RuntimeWords.lowerCase(need.impact()));
        json.writeStringField("access", verdict.access().verdict().name());
        json.writeStringField("reason", ReasonText.of(verdict.access().reason()));
        Mount mount = verdict.access().mount().orElse(null);
        string("mount", mount == null ? null : mount.path().toString());
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
        ContainerPath path = finding.path().orElse(null);
        string("path", path == null ? null : path.toString());
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
            if (!helps.mayShow(edit)) {
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
        string(key, value.orElse(null));
    }

    private void string(String key, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(key);
        } else {
            json.writeStringField(key, value);
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
