// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What reports may quote of the files of an analysis, each by its grammar. */
public final class PublicTexts {

    /** Files other than the Dockerfile and the task definition, from which few findings quote. */
    private static final class Languages {

        static final Pattern SCRIPT = Pattern.compile("#![ \\t]*+/(?:\\S*env[ \\t]++)?\\S*sh\\b");

        /** Scripts that others read may have no such line, but functions. */
        static final Pattern SOURCED = Pattern.compile("(?:.*/)?[^./]+|.*\\.(?:ba)?sh");

        static final Pattern FUNCTION = Pattern.compile("(?m)^[ \\t]*+(?:function[ \\t]++)?[\\w-]++[ \\t]*+\\(\\)");

        /** A script of npm: its name and its command. */
        static final Pattern NPM = Pattern.compile("\"([\\w.:-]++)\"\\s*+:\\s*+\"((?:[^\"\\\\]|\\\\.)*+)\"");

        /** Comments and CDATA sections, in which nothing is public; the names of elements. */
        static final Pattern XML =
                Pattern.compile("(?s)<!--.*?(?:-->|\\z)|<!\\[CDATA\\[.*?(?:]]>|\\z)|(</?[A-Za-z][\\w.:-]*+)");

        /** A key with its value, as configuration files have it; a command as the value; a path. */
        static final Pattern SETTING =
                Pattern.compile("(?m)^[ \\t-]*+([A-Za-z][\\w.-]*+)(?=[ \\t]*+[:=]|[ \\t]++[^\\n]*[;{][ \\t]*$)"
                        + "|(?<=^command)[ \\t]*+=([^\\n]++)|(?<![^\\s:=])/[\\w./-]++(?![^\\s;])");

        static final Pattern SETTINGS = Pattern.compile(".*\\.(?:conf|cnf|cfg|ini|properties|ya?ml|toml)");

        /** Literals and comments of Java, in which nothing is public. */
        static final Pattern JAVA =
                Pattern.compile("(?s)\"\"\"(?:[^\"\\\\]|\\\\.|\"(?!\"\"))*+(?:\"\"\")?|\"(?:[^\"\\\\\\n]|\\\\.)*+\"?"
                        + "|'(?:[^'\\\\\\n]|\\\\.)*+'?|//[^\\n]*+|/\\*.*?(?:\\*/|\\z)|(?<![\\w$])\\d[\\w.]*+");

        /** The same of Python. */
        static final Pattern PYTHON = Pattern.compile("(?s)(\"\"\"|''')(?:(?!\\1)[^\\\\]|\\\\.)*+\\1?|#[^\\n]*+"
                + "|(?<=[fF]|[fF][rR])[\"'](?:(?!\"\"\"|''')[^\\n\\\\]|\\\\.)*+|([\"'])(?:[^\"'\\\\\\n]|\\\\.|(?!\\2)[\"'])*+\\2?"
                + "|(?<!\\w)\\d[\\w.]*+");
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
        boolean script = isScript(source);
        text.commands().forEach(command -> CommandWords.show(text, command, script));
        return text;
    }

    private static boolean isScript(SourceFile source) {
        return Languages.SCRIPT.matcher(source.text()).lookingAt()
                || (Languages.SOURCED.matcher(source.name()).matches()
                        && Languages.FUNCTION.matcher(source.text()).find());
    }

    private static PublicText other(SourceFile source) {
        String name = source.name();
        PublicText text = new PublicText(source);
        if (name.endsWith(".java") || name.endsWith(".py")) {
            showAllBut(name.endsWith(".py") ? Languages.PYTHON : Languages.JAVA, text);
        } else if (name.endsWith(".xml")) {
            showFound(Languages.XML, text);
        } else if (name.endsWith("package.json")) {
            showFound(Languages.NPM, text);
        } else if (Languages.SETTINGS.matcher(name).matches()) {
            showFound(Languages.SETTING, text);
        } else if (isScript(source)) {
            text.command(0, source.text().length());
        }
        return text;
    }

    /** Shows what is found: names, which are the first group, and paths; the second group is a command. */
    private static void showFound(Pattern pattern, PublicText text) {
        Matcher found = pattern.matcher(text.source().text());
        while (found.find()) {
            if (found.groupCount() == 2 && found.group(2) != null) {
                text.command(found.start(2), found.end(2));
            }
            int group = found.group(1) == null ? 0 : 1;
            if (group == 1 || found.group().startsWith("/")) {
                text.showName(text.source().location(found.start(group), found.end(group)));
            }
        }
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
