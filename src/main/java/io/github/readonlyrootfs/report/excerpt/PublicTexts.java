// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What reports may quote of the files of an analysis, each by its grammar. */
public final class PublicTexts {

    /** Files other than the Dockerfile and the task definition, from which few findings quote. */
    private static final class Languages {

        /** Scripts that others read may have no first line, but functions. */
        static final Pattern SCRIPT = Pattern.compile(
                "\\A#![ \\t]*+/(?:\\S*env[ \\t]++)?\\S*sh\\b|(?m)^[ \\t]*+(?:function[ \\t]++)?[\\w-]++[ \\t]*+\\(\\)");

        /** The keys and elements of configuration files; not those in comments. */
        static final Pattern KEY = Pattern.compile("(?ms)<!--.*?(?:-->|\\z)|^[ \\t-]*+\"?([A-Za-z][\\w.:-]*+)"
                + "(?=\"?[ \\t]*+[:=]|[ \\t]++[^\\n]*[;{][ \\t]*$)|</?([A-Za-z][\\w.:-]*+)");

        static final Pattern SETTINGS = Pattern.compile(".*\\.(?:conf|cnf|cfg|ini|properties|ya?ml|toml|xml|json)");

        /** Literals of Java and Python, in which nothing is public. */
        private static final String LITERALS = "(?s)(\"\"\"|''')(?:(?!\\1)[^\\\\]|\\\\.)*+\\1?"
                + "|(?<=[fF]|[fF][rR])[\"'](?:(?!\"\"\"|''')[^\\n\\\\]|\\\\.)*+|([\"'])(?:[^\"'\\\\\\n]|\\\\.|(?!\\2)[\"'])*+\\2?"
                + "|(?<![\\w$])\\d[\\w.]*+|";

        static final Pattern JAVA = Pattern.compile(LITERALS + "//[^\\n]*+|/\\*.*?(?:\\*/|\\z)");

        static final Pattern PYTHON = Pattern.compile(LITERALS + "#[^\\n]*+");
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
                : dockerfiles.contains(name) ? DockerfileWords.of(source) : other(source);
        text.commands().forEach(command -> CommandWords.show(text, command, false));
        return text;
    }

    private static PublicText other(SourceFile source) {
        String name = source.name();
        PublicText text = new PublicText(source);
        if (name.endsWith(".java") || name.endsWith(".py")) {
            showAllBut(name.endsWith(".py") ? Languages.PYTHON : Languages.JAVA, text);
        } else if (Languages.SETTINGS.matcher(name).matches()) {
            Languages.KEY
                    .matcher(source.text())
                    .results()
                    .forEach(key -> IntStream.of(1, 2)
                            .filter(group -> key.group(group) != null)
                            .forEach(group -> text.showName(source.location(key.start(group), key.end(group)))));
            CommandWords.show(text, new Span(0, source.text().length()), true);
        } else if (Languages.SCRIPT.matcher(source.text()).find()) {
            CommandWords.show(text, new Span(0, source.text().length()), true);
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
