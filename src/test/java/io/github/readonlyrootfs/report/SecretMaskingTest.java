// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.excerpt.Excerpts;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskingTest {

    /** The line that contains a text, as an excerpt shows it if that text is marked. */
    private static List<String> excerpt(String file, String source, String marked) {
        return excerpt(file, source, marked, finding -> finding);
    }

    /** @param about sets the subject of the finding */
    private static List<String> excerpt(String file, String source, String marked, UnaryOperator<Finding> about) {
        String whole = file.equals("Dockerfile") && !source.startsWith("#") ? "FROM a\n" + source : source;
        SourceFile text = SourceFile.of(file, whole);
        int start = whole.indexOf(marked);
        Location location = text.location(start, start + marked.length());
        Analysis tasks = TaskFixture.taskWith(file, whole);
        Finding finding = about.apply(TaskFixture.finding("x", Severity.ERROR, location, "m", ""));
        return new Excerpts(tasks, new PublicTexts(tasks))
                .of(finding).orElseThrow().lines().stream()
                        .map(line -> line.substring(line.indexOf("| ") + 2))
                        .toList();
    }

    private static UnaryOperator<Finding> at(String path) {
        return finding -> finding.at(ContainerPath.of(path));
    }

    private static String dockerfile(String source, String marked) {
        return excerpt("Dockerfile", source, marked).get(0);
    }

    private static String json(String source, String marked) {
        return excerpt("taskdef.json", source, marked).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ENV A=hunter2 B=\"hunter2 hunter2\" C=|ENV A=*** B=\"***\" C=",
                "ENV A hunter2 B=hunter2|ENV A ***",
                "ENV A=hunter2 hunter2|ENV *** ***",
                "ENV \"A=hunter2\"|ENV \"A=***\"",
                "env A=hunter\\ 2 B='hunter2'|env A=*** B='***'",
                "ARG A=hunter2|ARG A=***",
                "ARG A|ARG A",
                "ONBUILD ENV A=hunter2|ONBUILD ENV A=***",
                "LABEL a.b=hunter2|LABEL a.b=***",
                "RUN --mount=type=cache,target=/x A=hunter2 make -j hunter2|RUN --mount=type=cache,target=/x A=*** make -j ***",
                "RUN make hunter2 && exec java -Xmx1g -jar hunter2|RUN make *** && exec java -Xmx1g -jar ***",
                "RUN curl https://me:hunter2@example.com/|RUN curl ***",
                "RUN mysql -phunter2 -p hunter2|RUN mysql -*** -p ***",
                "RUN work=$(mktemp -d) && hunter2=\"${A:-$(id -u)}hunter2\" make|RUN work=$(mktemp -d) && hunter2=\"${*** -***\" make",
                "RUN for f in $(ls hunter2); do a $(curl -u hunter2 $(b)) > <(tee -a hunter2); done|RUN for *** in $(ls ***); do a $(curl -u *** $(***)) > <(tee -a ***); done",
                "RUN '$(hunter2 -d)' $(echo 'hunter2)') \"\\$(hunter2 -d)\"|RUN '$(*** -d)' $(echo '***)') \"\\$(*** -d)\"",
                "ENTRYPOINT java -Da.password=hunter2 -jar app.jar|ENTRYPOINT java -Da.password=*** -jar app.jar",
                "ENTRYPOINT [\"java\", \"-Dpw=hunter2\", \"-jar\", \"a.jar\"]|ENTRYPOINT [\"java\", \"-Dpw=***\", \"-jar\", \"a.jar\"]",
                "CMD [\"hunter2\",\"-v\"]|CMD [\"***\",\"-v\"]",
                "HEALTHCHECK CMD curl -u hunter2 x|HEALTHCHECK CMD curl -u *** x",
                "# A=hunter2|# ***",
                "VOLUME /data|VOLUME /data",
                "VOLUME [\"/data\", \"/b\"]|VOLUME [\"/data\", \"/b\"]",
                "COPY --chown=node . /app|COPY --chown=node . /app",
                "ADD https://me:hunter2@example.com/a /app|ADD https://*** /app",
                "FROM --platform=linux/arm64 node:22 AS build|FROM --platform=linux/arm64 node:22 AS build",
                "USER node|USER node",
                "EXPOSE 8080/tcp|EXPOSE 8080/tcp"
            })
    void valuesInADockerfileAreMasked(String line, String shown) {
        assertThat(dockerfile(line + "\nRUN x\n", line)).isEqualTo(shown);
    }

    @Test
    void codeIsShownWithoutItsLiteralsAndComments() {
        assertThat(excerpt(
                        "src/main/java/Shop.java",
                        "new Client(\"hunter2\", 1234567, 'h').write(Path.of(\"/data\")); // hunter2 \"x\n",
                        "write"))
                .startsWith("new Client(\"***\", ***, '***').write(Path.of(\"***\")); ***");
        assertThat(excerpt(
                        "src/main/java/Shop.java",
                        "/* hunter2 */ a(\"\"\"\n  hunter2\n  \"\"\", \"hunter2\\\" hunter2\");\n",
                        "a("))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void ofPythonOnlyCodeIsShown() {
        assertThat(excerpt("app/log.py", "log = open(path, 'hunter2', 1234567, r'\\d\"hunter2') # hunter2 'x\n", "log"))
                .startsWith("log = open(path, '***', ***, r'\\***') ***");
        assertThat(excerpt("app/log.py", "log(f\"{get(\"hunter2\")} hunter2\", \"\"\"x\n\"hunter2\"\"\")\n", "log("))
                .noneMatch(line -> line.contains("hunter2"));
        assertThat(excerpt("app/log.py", "a = \"\"\"\nhunter2 \"hunter2\" log\n\"\"\"\n", "log"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "log(\"hunter2\", 'hunter2', 918273645); // hunter2|log(\"***\", '***', ***); ***",
                "log(`hunter2 ${a(`hunter2`)} hunter2`, b) /* hunter2 */|log(***, b) ***",
                "log(x.replace(/\"/g, 'hunter2'), \"hunter2\")|log(x.replace(***g, '***'), \"***\")",
                "log(a / b, \"hunter2\", c / d)|log(a / b, \"***\", c / d)"
            })
    void ofJavaScriptOnlyCodeIsShown(String line, String shown) {
        for (String end : List.of("js", "mjs", "cjs", "ts", "go")) {
            assertThat(excerpt("src/log." + end, line + "\n", "log").get(0)).isEqualTo(shown);
        }
        assertThat(excerpt("src/log.js", "a = `x\nhunter2\n` + log(b)\n", "hunter2"))
                .noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void literalsOfPythonEndWhereItEndsThem() {
        for (String literal : List.of(
                "f\"x \\\n hunter2\"",
                "\"\"\"x\\\\\"\"\"; \"hunter2\"",
                "'x\\\n hunter2'",
                "rf'{a['hunter2']}'",
                "f'a' + \"\"\"\nhunter2\n\"\"\"")) {
            assertThat(excerpt("app/log.py", "log(" + literal + ")\n", "log("))
                    .as(literal)
                    .noneMatch(line -> line.contains("hunter2"));
            assertThat(excerpt("app/log.py", "log(" + literal + ")\n", "hunter2"))
                    .as(literal)
                    .noneMatch(line -> line.contains("hunter2"));
        }
    }

    @Test
    void aScriptThatOthersReadNeedsNoInterpreter() {
        assertThat(excerpt("runtime/functions", "start() {\n  ln -sf /data /app/hunter2x; quokka hunter2\n}\n", "ln"))
                .startsWith("  ln -sf /data /app/hunter2x; *** ***");
        assertThat(excerpt("runtime/key", "hunter2\nmake hunter2\n", "make")).startsWith("make ***");
    }

    @Test
    void aCommandInASettingIsReadAsOne() {
        assertThat(excerpt("supervisord.conf", "[program:a]\ncommand=nginx -g 'daemon off;' -p hunter2\n", "nginx"))
                .startsWith("command=nginx -g 'daemon off;' -p ***");
    }

    @Test
    void programNamesBetweenBackquotesAreShown() {
        assertThat(dockerfile("RUN cd `pwd -P`/hunter2 `a \\`b\\` hunter2`\n", "RUN"))
                .isEqualTo("RUN cd `pwd -P`/hunter2 `a \\`***\\` ***`");
    }

    @Test
    void aValueIsMaskedOnEachOfItsLines() {
        String source = "ENV A=1 \\\n  # B=hunter2\n  B=\"hunter2 \\\nC=hunter2 hunter2\" D=hunter2\\\nhunter2 E=1\n";
        assertThat(dockerfile(source, "# B")).isEqualTo("  # ***");
        assertThat(dockerfile(source, "  B")).isEqualTo("  B=\"*** \\");
        assertThat(dockerfile(source, "C")).isEqualTo("***\" D=***\\");
        assertThat(dockerfile(source, "hunter2 E")).isEqualTo("*** E=***");
    }

    @Test
    void theEscapeDirectiveIsRespected() {
        assertThat(dockerfile("# escape=`\nFROM a\nENV A=1 `\nB=hunter2\n", "B="))
                .isEqualTo("B=***");
        assertThat(dockerfile("# escape=`\nFROM a\nENV A=C:\\\nVOLUME /data\n", "/data"))
                .isEqualTo("VOLUME /data");
    }

    @Test
    void theMarkIsUnderItsWordAfterAMaskedValue() {
        assertThat(excerpt("Dockerfile", "ADD a=a-long-secret /tmp\n", "/tmp"))
                .containsExactly("ADD a=*** /tmp", "          ^~~~");
        assertThat(excerpt("Dockerfile", "ENV A=a-long-secret\n", "long")).containsExactly("ENV A=***", "      ^~~");
    }

    @Test
    void thePathOrUserThatTheFindingIsAboutIsShown() {
        String source = "LABEL io.github.readonly-rootfs.writable-paths=\"/tmp /var/run/app/ hunter2\"\n";
        assertThat(excerpt("Dockerfile", source, "/tmp /var/run/app/ hunter2", at("/var/run/app")))
                .containsExactly(
                        "LABEL io.github.readonly-rootfs.writable-paths=\"*** /var/run/app/ ***\"",
                        "                                                ^~~~~~~~~~~~~~~~~~~~~");
        assertThat(excerpt("Dockerfile", "ENV U=node\n", "node", finding -> finding.about("node")))
                .containsExactly("ENV U=node", "      ^~~~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b", "me@example.com", "https://x"})
    void evenPublicValuesAreMaskedIfTheyLookLikeMoreThanAPathOrName(String value) {
        assertThat(excerpt("Dockerfile", "ENV U=" + value + "\n", value, finding -> finding.about(value)))
                .containsExactly("ENV U=***", "      ^~~");
    }

    @Test
    void partOfAPathIsMaskedLikeOtherText() {
        assertThat(excerpt("Dockerfile", "ENV U=tmp\n", "tmp", at("/tmp"))).containsExactly("ENV U=***", "      ^~~");
    }

    @Test
    void aWordIsMaskedEvenIfTheMessageContainsIt() {
        assertThat(excerpt(
                        "Dockerfile", "ENV U=writable\n", "writable", finding -> finding.saying("it is not writable")))
                .containsExactly("ENV U=***", "      ^~~");
    }

    @Test
    void containersInAStringOfJsonAreMaskedToo() {
        String containers = "[{\\\"name\\\": \\\"app\\\", \\\"environment\\\": [{\\\"name\\\": \\\"A\\\","
                + " \\\"value\\\": \\\"\\u0068\\\\\\\"unter2\\\"}], \\\"user\\\": \\\"node\\\"}]";
        for (String key : new String[] {"containerDefinitions", "container_definitions"}) {
            assertThat(json("{\"" + key + "\": \"" + containers + "\"}", "value"))
                    .contains("[{\\\"name\\\": \\\"A\\\", \\\"value\\\": \\\"\\***\\\"");
            assertThat(json("{\"" + key + "\": \"" + containers + "\"}", "user"))
                    .endsWith("\\\"value\\\": \\\"\\***\\\"}], \\\"user\\\": \\\"node\\\"}]\"}");
        }
        assertThat(json("{\"containerDefinitions\": \"[{\\\"value\\\": \\z hunter2\"}", "value"))
                .doesNotContain("hunter2");
    }

    @Test
    void valuesThatNoTableCallsPublicAreMasked() {
        String source = """
                {"containerDefinitions": [{
                  "name": "app", "user": "node", "cpu": 64,
                  "environment": [{"name": "A", "value": "hunter2"}, {"name": "B", "value": {{hunter2}} }, {"value": 4711}],
                  "secrets": [{"name": "S", "valueFrom": "arn:hunter2"}], "image": "a:1",
                  "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": "hunter2", "name": "x"},
                    "secretOptions": [{"name": "T", "valueFrom": "hunter2"}]},
                  "dockerLabels": {"name": "hunter2"},
                  "Environment": [{"Name": "A", "Value": "hunter2"}],
                  "command": ["sh", "-c", "A=hunter2 run"],
                  "healthCheck": {"command": ["CMD-SHELL", "hunter2"], "interval": 5},
                  "mountPoints": [{"sourceVolume": "v", "containerPath": "/tmp", "readOnly": true}],
                  "linuxParameters": {"tmpfs": [{"containerPath": "/tmp", "size": 64, "mountOptions": ["mode=1777"]}]},
                  "hunter2x": {"name": "hunter2"}
                }]}
                """;
        assertThat(json(source, "\"app\"")).isEqualTo("  \"name\": \"app\", \"user\": \"node\", \"cpu\": 64,");
        assertThat(json(source, "\"environment\""))
                .isEqualTo("  \"environment\": [{\"name\": \"A\", \"value\": \"***\"}, {\"name\": \"B\", \"value\":"
                        + " *** }, {\"value\": ***}],");
        assertThat(json(source, "\"secrets\""))
                .isEqualTo("  \"secrets\": [{\"name\": \"S\", \"valueFrom\": \"***\"}], \"image\": \"a:1\",");
        assertThat(json(source, "\"logC"))
                .isEqualTo(
                        "  \"logConfiguration\": {\"logDriver\": \"splunk\", \"options\": {\"splunk-token\": \"***\","
                                + " \"name\": \"***\"},");
        assertThat(json(source, "\"dockerL")).isEqualTo("  \"dockerLabels\": {\"name\": \"***\"},");
        assertThat(json(source, "\"Env")).isEqualTo("  \"Environment\": [{\"Name\": \"A\", \"Value\": \"***\"}],");
        assertThat(json(source, "\"command")).isEqualTo("  \"command\": [\"sh\", \"-c\", \"A=*** run\"],");
        assertThat(json(source, "\"health"))
                .isEqualTo("  \"healthCheck\": {\"command\": [\"CMD-SHELL\", \"***\"], \"interval\": 5},");
        assertThat(json(source, "\"mountP"))
                .isEqualTo(
                        "  \"mountPoints\": [{\"sourceVolume\": \"v\", \"containerPath\": \"/tmp\", \"readOnly\": true}],");
        assertThat(json(source, "\"mode")).endsWith("\"size\": 64, \"mountOptions\": [\"mode=1777\"]}]},");
        assertThat(json(source, "\"hunter2x")).isEqualTo("  \"hunter2x\": {\"name\": \"***\"}");
    }

    @Test
    void onlyKnownWordsOfAnUnreadableFileAreShown() {
        assertThat(json("{\"image\": \"x\", \"essential\": true, \"hunter2\": 1, }", "}"))
                .isEqualTo("{\"image\": \"***\", \"essential\": true, \"***\": ***, }");
        assertThat(json("hunter2 hunter2\n", "hunter2")).isEqualTo("*** ***");
        assertThat(excerpt("a.key", "-----BEGIN KEY-----\n", "KEY").get(0)).isEqualTo("-----*** ***-----");
    }

    /** The subject of a finding is shown, even within a masked value. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/data|RUN chown hunter2 /data|RUN chown *** /data",
                "/data|ENTRYPOINT [\"run\", \"hunter2:/data\"]|ENTRYPOINT [\"run\", \"***:/data\"]",
                "/data|ENV A=\"-Xmx1g -Xlog:gc:file=/data -Da=hunter2\"|ENV A=\"***/data ***\"",
                "/data|LABEL a=\"/data/ /data/hunter2\"|LABEL a=\"/data/ ***\"",
                "/data|ENV A=hunter2/data B=/data@hunter2|ENV A=*** B=***"
            })
    void thePathThatAFindingIsAboutIsShownInEveryFormat(String path, String line, String shown) {
        assertThat(excerpt("Dockerfile", line + "\n", line, at(path)).get(0)).isEqualTo(shown);
    }

    @Test
    void textBetweenXmlTagsIsMasked() {
        assertThat(excerpt("pom.xml", "<ignore><path>/x</path><TOKEN>hunter2</TOKEN>\n", "/x", at("/x")))
                .containsExactly("<ignore><path>/x</path><TOKEN>***</TOKEN>", "              ^~");
    }

    @Test
    void keysOfAConfigurationFileAreShownIfTheTablesHaveThem() {
        assertThat(excerpt("application.yml", "logging.file.name: /x\n", "/x").get(0))
                .isEqualTo("logging.file.name: /x");
        assertThat(excerpt("x.yaml", "hunter2x: {hunter2: hunter2}\n", "{").get(0))
                .isEqualTo("***: {***: ***}");
        assertThat(excerpt("app.rb", "hunter2 = 3\n", "3").get(0)).isEqualTo("*** = 3");
    }

    @Test
    void commentsOfXmlAreMasked() {
        assertThat(excerpt(
                        "pom.xml", "<v>/x</v><!-- hunter2 <a> --><f>-Dp=hunter2</f><![CDATA[<b>]]>\n", "/x", at("/x")))
                .first()
                .isEqualTo("<v>/x</v><!-- *** <***> --><f>-Dp=***</f><![***[<b>]]>");
    }

    @Test
    void hostileFilesAreScannedInTimeProportionalToTheirSize() {
        for (String piece : List.of(
                "\"",
                "{",
                "[\"environment\":",
                "\\",
                "A",
                "A=",
                "-D",
                "-",
                "://",
                "ENV A=\"\\\n",
                "<",
                "<!--",
                " ",
                "'",
                "a,",
                "a='",
                "-Da=\"'",
                "${a:-",
                "-p 'a\" ",
                "`a",
                "$(")) {
            String source = "\n" + piece.repeat(100_000 / piece.length());
            assertThat(excerpt("Dockerfile", source, piece)).hasSize(2);
            assertThat(excerpt("taskdef.json", source, piece)).hasSize(2);
            assertThat(excerpt("pom.xml", source, piece)).hasSize(2);
            assertThat(excerpt("Dockerfile", "CMD " + source.strip(), "CMD")).hasSize(2);
        }
    }
}
