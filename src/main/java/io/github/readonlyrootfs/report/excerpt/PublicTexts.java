// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.Keyword;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What reports may quote of the files of an analysis, each by its grammar. */
public final class PublicTexts {

    /** What is not shown of code: literals, regular expressions, texts in backquotes, in which others may be, and comments. */
    private static final Pattern HIDDEN = Pattern.compile("(?s)(\"\"\"|''')(?:(?!\\1)[^\\\\]|\\\\.)*+\\1?"
            + "|(?<=[fF]|[fF][rR])[\"'](?:(?!\"\"\"|''')[^\\n\\\\]|\\\\.)*+|([\"'])(?:[^\"'\\\\\\n]|\\\\.|(?!\\2)[\"'])*+\\2?"
            + "|(?<![\\w$])\\d[\\w.]*+|(?<=[(,=:\\[!&|?{};]|[(,=:\\[!&|?{};] )/(?![*/])"
            + "(?:[^/\\\\\\n\\[]|\\\\.|\\[(?:[^\\]\\\\\\n]|\\\\.)*+])++/|`(?:[^\\n]*`|(?:[^`\\\\]|\\\\.)*+`?)"
            + "|(?://|(?<!\\.)#)[^\\n]*+|/\\*.*?(?:\\*/|\\z)");

    /** The first words of a line, and the rest of it; what is no instruction may look like one without telling anything. */
    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]*+(?:ONBUILD[ \\t]++)?([A-Za-z]++)(?![\\w./:=@-])([^\\n]*+)");

    /** What their lines have is a command even if it cannot be parsed. */
    private static final Set<String> COMMANDS = Set.of("CMD", "ENTRYPOINT", "RUN");

    /** What their lines have are names, unless a template engine fills them in. */
    private static final Pattern NAMES = Pattern.compile(
            "(?s)(?:FROM(?!.*\\sAS\\s++\\S++\\s++\\S)|USER|WORKDIR|VOLUME|COPY|ADD)\\b(?!.*(?:\\{[{%]|<%)).*",
            Pattern.CASE_INSENSITIVE);

    /** Files that may have a part of a task definition; the templates of Terraform have any ending. */
    private static final Pattern TASK_DEFINITION =
            Pattern.compile(".*\\.(?:tf|tofu|tfvars|tpl|tftpl|tmpl|(?<!package\\.)json)");

    private final String taskDefinition;
    private final Set<String> dockerfiles = new HashSet<>();

    public PublicTexts(Analysis tasks) {
        this.taskDefinition = tasks.taskDefinitionFile();
        for (ImageBuild build : tasks.builds()) {
            dockerfiles.add(build.dockerfile().name());
        }
    }

    /** The public text of a file of the analysis, also after edits. */
    public PublicText of(SourceFile source) {
        return source.publicText(this::read);
    }

    private PublicText read(SourceFile source) {
        String name = source.name();
        return name.equals(taskDefinition) || TASK_DEFINITION.matcher(name).matches()
                ? TaskDefinitionReader.publicText(source, CommandWords::show)
                : dockerfiles.contains(name) ? dockerfile(source) : other(source);
    }

    private static PublicText dockerfile(SourceFile source) {
        PublicText text = new PublicText(source);
        Dockerfile dockerfile = DockerfileParser.parse(source);
        for (Instruction arg : dockerfile.globalArgs()) {
            read(arg, text);
        }
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            read(stage.from(), text);
            for (Instruction instruction : stage.instructions()) {
                read(instruction, text);
            }
        }
        Matcher line = LINE.matcher(source.text());
        while (line.find()) {
            if (Keyword.isNear(line.group(1))) {
                text.show(line.start(), line.end(1));
            }
            if (COMMANDS.contains(line.group(1))) {
                CommandWords.show(text, new Span(line.start(2), line.end(2)));
            }
        }
        return text;
    }

    private static void read(Instruction instruction, PublicText text) {
        if (instruction instanceof Instruction.Onbuild onbuild) {
            read(onbuild.trigger(), text);
        } else if (!instruction.assignments().isEmpty()) {
            for (Instruction.Assignment assignment : instruction.assignments()) {
                if (assignment.key().text().startsWith("#")) {
                    break;
                }
                text.showName(assignment.key().location());
                if (assignment.value().isPresent()) {
                    text.hide(assignment.value().get().location());
                }
            }
        } else if (!(instruction instanceof Instruction.Unknown)) {
            Location place = instruction.location();
            String written = text.source().text(place);
            int keyword = written.replaceFirst("(?s)[^A-Za-z].*", "").length();
            Span operands =
                    new Span(text.source().start(place) + keyword, text.source().end(place));
            if (NAMES.matcher(written).matches()) {
                CommandWords.showNames(text, operands);
            } else {
                CommandWords.show(text, operands);
            }
        }
    }

    private static PublicText other(SourceFile source) {
        PublicText text = new PublicText(source);
        if (!source.name().matches(".*\\.(?:[mc]?js|ts|go|java|py)")) {
            CommandWords.show(text, new Span(0, source.text().length()));
            return text;
        }
        text.show(0, source.text().length());
        HIDDEN.matcher(source.text()).results().forEach(it -> text.hide(source.location(it.start(), it.end())));
        return text;
    }
}
