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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What reports may quote of the files of an analysis, each by its grammar. */
public final class PublicTexts {

    /** Files other than the Dockerfile and the task definition, from which few findings quote. */
    private static final class Languages {

        /** Scripts that others read may have no first line, but functions. */
        static final Pattern SCRIPT = Pattern.compile(
                "\\A#![ \\t]*+/(?:\\S*env[ \\t]++)?\\S*sh\\b|(?m)^[ \\t]*+(?:function[ \\t]++)?[\\w-]++[ \\t]*+\\(\\)");

        /** The keys and elements of configuration files; not those in comments. */
        static final Pattern KEY = Pattern.compile(
                "(?ms)<!--.*?(?:-->|\\z)|(?:</?(?=[A-Za-z])|^[ \\t-]*+\"?"
                        + "(?=[A-Za-z][\\w.-]*+(?:\"?[ \\t]*+[:=]|[ \\t]++[^\\n]*[;{][ \\t]*$)))([\\w.-]++(?::[A-Za-z][\\w.-]*+)?+)");

        static final Pattern SETTINGS = Pattern.compile(".*\\.(?:conf|cnf|cfg|ini|properties|ya?ml|toml|xml|json)");

        /** Literals, in which nothing is public. */
        private static final String LITERALS = "(?s)(\"\"\"|''')(?:(?!\\1)[^\\\\]|\\\\.)*+\\1?"
                + "|(?<=[fF]|[fF][rR])[\"'](?:(?!\"\"\"|''')[^\\n\\\\]|\\\\.)*+|([\"'])(?:[^\"'\\\\\\n]|\\\\.|(?!\\2)[\"'])*+\\2?"
                + "|(?<![\\w$])\\d[\\w.]*+|";

        private static final String COMMENTS = "//[^\\n]*+|/\\*.*?(?:\\*/|\\z)";

        /** A regular expression, and a text in backquotes, in which another may be. */
        private static final String UNQUOTED = "(?<=[(,=:\\[!&|?{};]|[(,=:\\[!&|?{};] )/(?![*/])"
                + "(?:[^/\\\\\\n\\[]|\\\\.|\\[(?:[^\\]\\\\\\n]|\\\\.)*+])++/|`(?:[^\\n]*`|(?:[^`\\\\]|\\\\.)*+`?)|";

        /** What is code in files with these ends, but for these parts. */
        static final Map<String, Pattern> CODE = new HashMap<>();

        static {
            Pattern script = Pattern.compile(LITERALS + UNQUOTED + COMMENTS);
            List.of("js", "mjs", "cjs", "ts", "go").forEach(end -> CODE.put(end, script));
            CODE.put("java", Pattern.compile(LITERALS + COMMENTS));
            CODE.put("py", Pattern.compile(LITERALS + "#[^\\n]*+"));
        }
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
            Pattern.compile(".*\\.(?:tf|tofu|tpl|tftpl|tmpl|(?<!package\\.)json)");

    private final String taskDefinition;
    private final Set<String> dockerfiles = new HashSet<>();

    public PublicTexts(Analysis tasks) {
        this.taskDefinition = tasks.taskDefinitionFile();
        tasks.builds().forEach(build -> dockerfiles.add(build.dockerfile().name()));
    }

    /** The public text of a file of the analysis, also after edits. */
    public PublicText of(SourceFile source) {
        return source.publicText(this::withCommands);
    }

    private PublicText withCommands(SourceFile source) {
        String name = source.name();
        boolean task =
                name.equals(taskDefinition) || TASK_DEFINITION.matcher(name).matches();
        PublicText text = task
                ? TaskDefinitionReader.publicText(source)
                : dockerfiles.contains(name) ? dockerfile(source) : other(source);
        text.commands().forEach(command -> CommandWords.show(text, command, CommandWords.Kind.COMMAND));
        return text;
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
                CommandWords.show(text, new Span(line.start(2), line.end(2)), CommandWords.Kind.COMMAND);
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
            CommandWords.show(
                    text,
                    new Span(text.source().start(place) + keyword, text.source().end(place)),
                    Lines.NAMES.matcher(written).matches() ? CommandWords.Kind.NAMES : CommandWords.Kind.COMMAND);
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
        String name = source.name();
        PublicText text = new PublicText(source);
        Pattern literals = Languages.CODE.get(name.substring(name.lastIndexOf('.') + 1));
        if (literals != null) {
            showAllBut(literals, text);
            return text;
        }
        boolean settings = Languages.SETTINGS.matcher(name).matches();
        if (settings) {
            Languages.KEY
                    .matcher(source.text())
                    .results()
                    .filter(key -> key.group(1) != null)
                    .forEach(key -> text.showName(source.location(key.start(1), key.end(1))));
        }
        if (settings || Languages.SCRIPT.matcher(source.text()).find()) {
            CommandWords.show(text, new Span(0, source.text().length()), CommandWords.Kind.SCRIPT);
        }
        return text;
    }

    private static void showAllBut(Pattern hidden, PublicText text) {
        Matcher literal = hidden.matcher(text.source().text());
        int shown = 0;
        while (literal.find()) {
            text.show(shown, literal.start());
            shown = literal.end();
        }
        text.show(shown, text.source().text().length());
    }
}
