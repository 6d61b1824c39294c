// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.image.stage.ImageBuild;
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

        /** A script of npm. */
        static final Pattern MEMBER = Pattern.compile("\"([\\w.:-]++)\"\\s*+:\\s*+\"((?:[^\"\\\\]|\\\\.)*+)\"");

        /** Comments and CDATA sections, in which nothing is public; the names of elements. */
        static final Pattern XML = Pattern.compile(
                "<!--.*?(?:-->|\\z)|<!\\[CDATA\\[.*?(?:]]>|\\z)|</?([A-Za-z][\\w.:-]*+)", Pattern.DOTALL);

        /** A key with its value, as configuration files have it; a path. */
        static final Pattern SETTING = Pattern.compile(
                "(?m)^[ \\t-]*+([A-Za-z][\\w.-]*+)(?=[ \\t]*+[:=]|[ \\t]++[^\\n]*[;{][ \\t]*$)|(?<![^\\s:=])/[\\w./-]++(?![^\\s;])");

        /** Literals and comments, in which nothing is public. */
        static final Pattern JAVA_LITERAL = Pattern.compile(
                "\"\"\"(?:[^\"\\\\]|\\\\.|\"(?!\"\"))*+(?:\"\"\")?|\"(?:[^\"\\\\\\n]|\\\\.)*+\"?"
                        + "|'(?:[^'\\\\\\n]|\\\\.)*+'?|//[^\\n]*+|/\\*.*?(?:\\*/|\\z)|(?<![\\w$])\\d[\\w.]*+",
                Pattern.DOTALL);
    }

    /** Files that may have a part of a task definition; the templates of Terraform have any ending. */
    private static final Pattern TASK_DEFINITION =
            Pattern.compile(".*\\.(?:tf|tofu|tpl|tftpl|tmpl|(?<!package\\.)json)");

    private static final Pattern SETTINGS = Pattern.compile(".*\\.(?:conf|cnf|cfg|ini|properties|ya?ml|toml)");

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
        return source.publicText(this::withCommands);
    }

    private PublicText withCommands(SourceFile source) {
        PublicText text = read(source);
        boolean script = Languages.SCRIPT.matcher(source.text()).lookingAt();
        text.commands().forEach(command -> CommandWords.show(text, command, script));
        return text;
    }

    private PublicText read(SourceFile source) {
        if (source.name().equals(taskDefinition)
                || TASK_DEFINITION.matcher(source.name()).matches()) {
            return TaskDefinitionReader.publicText(source);
        }
        return dockerfiles.contains(source.name()) ? DockerfileWords.of(source) : other(source);
    }

    private static PublicText other(SourceFile source) {
        PublicText text = new PublicText(source);
        if (SETTINGS.matcher(source.name()).matches()) {
            Languages.SETTING.matcher(source.text()).results().forEach(found -> {
                int group = found.group(1) == null ? 0 : 1;
                text.showName(source.location(found.start(group), found.end(group)));
            });
        } else if (source.name().endsWith(".xml")) {
            names(Languages.XML, text);
        } else if (source.name().endsWith(".java")) {
            showAllBut(Languages.JAVA_LITERAL, text);
        } else if (source.name().endsWith("package.json")) {
            Matcher member = Languages.MEMBER.matcher(source.text());
            while (member.find()) {
                text.showName(source.location(member.start(1), member.end(1)));
                text.command(source.location(member.start(2), member.end(2)));
            }
        } else if (Languages.SCRIPT.matcher(source.text()).lookingAt()) {
            text.command(source.location(0, source.text().length()));
        }
        return text;
    }

    private static void names(Pattern pattern, PublicText text) {
        Matcher matcher = pattern.matcher(text.source().text());
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                text.show(matcher.start(), matcher.end());
            }
        }
    }

    private static void showAllBut(Pattern hidden, PublicText text) {
        Matcher matcher = hidden.matcher(text.source().text());
        int shown = 0;
        while (matcher.find()) {
            text.show(shown, matcher.start());
            shown = matcher.end();
        }
        text.show(shown, text.source().text().length());
    }
}
