// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.Instruction.Assignment;
import io.github.readonlyrootfs.dockerfile.Keyword;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What reports may quote of the files of an analysis, each by its grammar. */
public final class PublicTexts {

    /** Files other than the Dockerfile and the task definition, from which few findings quote. */
    private static final class Languages {

        /** The keys and elements of configuration files; not those in comments. */
        static final Pattern KEY = Pattern.compile(
                "(?ms)<!--.*?(?:-->|\\z)|(?:</?(?=[A-Za-z])|^[ \\t-]*+\"?"
                        + "(?=[A-Za-z][\\w.-]*+(?:\"?[ \\t]*+[:=]|[ \\t]++[^\\n]*[;{][ \\t]*$)))([\\w.-]++(?::[A-Za-z][\\w.-]*+)?+)");

        static final Pattern CODE = Pattern.compile(".*\\.(?:[mc]?js|ts|go|java|py)");

        /** What is not shown of code: literals, regular expressions, texts in backquotes, in which others may be, and comments. */
        static final Pattern HIDDEN = Pattern.compile("(?s)(\"\"\"|''')(?:(?!\\1)[^\\\\]|\\\\.)*+\\1?"
                + "|(?<=[fF]|[fF][rR])[\"'](?:(?!\"\"\"|''')[^\\n\\\\]|\\\\.)*+|([\"'])(?:[^\"'\\\\\\n]|\\\\.|(?!\\2)[\"'])*+\\2?"
                + "|(?<![\\w$])\\d[\\w.]*+|(?<=[(,=:\\[!&|?{};]|[(,=:\\[!&|?{};] )/(?![*/])"
                + "(?:[^/\\\\\\n\\[]|\\\\.|\\[(?:[^\\]\\\\\\n]|\\\\.)*+])++/|`(?:[^\\n]*`|(?:[^`\\\\]|\\\\.)*+`?)"
                + "|(?://|(?<!\\.)#)[^\\n]*+|/\\*.*?(?:\\*/|\\z)");
    }

    /** The lines of Dockerfiles. */
    private static final class Lines {

        /** The first words of a line, and the rest of it; what is no instruction may look like one without telling anything. */
        static final Pattern LINE =
                Pattern.compile("(?m)^[ \\t]*+(?:ONBUILD[ \\t]++)?([A-Za-z]++)(?![\\w./:=@-])([^\\n]*+)");

        static final Pattern OWN_COMMENT = Pattern.compile("readonly-rootfs:ignore(?!\\S)");

        /** What their lines have is a command even if it cannot be parsed. */
        static final Set<String> COMMANDS = Set.of("CMD", "ENTRYPOINT", "RUN");

        /** What their lines have are names, unless a template engine fills them in. */
        static final Pattern NAMES = Pattern.compile(
                "(?s)(?:FROM(?!.*\\sAS\\s++\\S++\\s++\\S)|USER|WORKDIR|VOLUME|COPY|ADD)\\b(?!.*(?:\\{[{%]|<%)).*",
                Pattern.CASE_INSENSITIVE);
    }

    /** Files that may have a part of a task definition; the templates of Terraform have any ending. */
    private static final Pattern TASK_DEFINITION =
            Pattern.compile(".*\\.(?:tf|tofu|tfvars|tpl|tftpl|tmpl|(?<!package\\.)json)");

    private final String taskDefinition;
    private final Set<String> dockerfiles = new HashSet<>();

    public PublicTexts(Analysis tasks) {
        this.taskDefinition = tasks.taskDefinitionFile();
        tasks.builds().forEach(build -> dockerfiles.add(build.dockerfile().name()));
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
        dockerfile.globalArgs().forEach(arg -> read(arg, text));
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            read(stage.from(), text);
            stage.instructions().forEach(instruction -> read(instruction, text));
        }
        Matcher line = Lines.LINE.matcher(source.text());
        while (line.find()) {
            if (Keyword.isNear(line.group(1))) {
                text.show(line.start(), line.end(1));
            }
            if (Lines.COMMANDS.contains(line.group(1))) {
                CommandWords.show(text, new Span(line.start(2), line.end(2)));
            }
        }
        Lines.OWN_COMMENT.matcher(source.text()).results().forEach(own -> text.show(own.start(), own.end()));
        return text;
    }

    private static void read(Instruction instruction, PublicText text) {
        if (instruction instanceof Instruction.Arg arg) {
            assignments(arg.assignments(), text);
        } else if (instruction instanceof Instruction.Env env) {
            assignments(env.assignments(), text);
        } else if (instruction instanceof Instruction.Label label) {
            assignments(label.assignments(), text);
        } else if (instruction instanceof Instruction.Onbuild onbuild) {
            read(onbuild.trigger(), text);
        } else if (!(instruction instanceof Instruction.Unknown)) {
            Location place = instruction.location();
            String written = text.source().text(place);
            int keyword = written.replaceFirst("(?s)[^A-Za-z].*", "").length();
            Span operands =
                    new Span(text.source().start(place) + keyword, text.source().end(place));
            if (Lines.NAMES.matcher(written).matches()) {
                CommandWords.showNames(text, operands);
            } else {
                CommandWords.show(text, operands);
            }
        }
    }

    private static void assignments(List<Assignment> assignments, PublicText text) {
        for (Assignment assignment : assignments) {
            if (assignment.key().text().startsWith("#")) {
                return;
            }
            text.showName(assignment.key().location());
            assignment.value().ifPresent(value -> text.hide(value.location()));
        }
    }

    private static PublicText other(SourceFile source) {
        PublicText text = new PublicText(source);
        if (!Languages.CODE.matcher(source.name()).matches()) {
            Matcher key = Languages.KEY.matcher(source.text());
            while (key.find()) {
                if (key.group(1) != null) {
                    text.showName(source.location(key.start(1), key.end(1)));
                }
            }
            CommandWords.show(text, new Span(0, source.text().length()));
            return text;
        }
        Matcher hidden = Languages.HIDDEN.matcher(source.text());
        int shown = 0;
        while (hidden.find()) {
            text.show(shown, hidden.start());
            shown = hidden.end();
        }
        text.show(shown, source.text().length());
        return text;
    }
}
