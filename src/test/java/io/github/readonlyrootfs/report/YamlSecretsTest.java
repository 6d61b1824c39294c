package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The marker {@code hunter2} stands for a secret, wherever it is. */
class YamlSecretsTest {

    private static final String MARKER = "hunter2";

    /** A file, each line of it as an excerpt shows it. */
    static String masked(SecretScanner scanner, String text) {
        SourceFile source = SourceFile.of("taskdef.yaml", text);
        List<Span> all = scanner.secrets(source);
        List<String> lines = new ArrayList<>();
        int next = 0;
        for (int number = 1; number <= source.lineCount(); number++) {
            String line = source.line(number);
            int start = source.lineStart(number);
            List<Span> spans = new ArrayList<>();
            for (; next < all.size() && all.get(next).start() < start + line.length(); next++) {
                Span span = all.get(next);
                spans.add(new Span(span.start() - start, Math.min(span.end() - start, line.length())));
            }
            lines.add(MaskedLine.excerpt(number, line, new Span(0, 0), spans, word -> false)
                    .text());
        }
        return String.join("\n", lines).stripTrailing();
    }

    private static String masked(String text) {
        return masked(new YamlSecrets(), text);
    }

    @Test
    void whatIsNoSecretIsShown() {
        String text = """
                # The shop.
                Resources:
                  Task:
                    Type: AWS::ECS::TaskDefinition
                    Properties: &properties
                      Family: "shop"
                      RequiresCompatibilities: [FARGATE, 'EC2'] # both
                      ContainerDefinitions:
                        - Name: app
                          Image: !Sub ${AWS::AccountId}.dkr.ecr.eu-central-1.amazonaws.com/shop:1
                          ReadonlyRootFilesystem: !If [Always, true, false]
                          Command: ["sh", -c, 'exec java -jar app.jar']
                          LinuxParameters:
                            Tmpfs:
                              - {ContainerPath: /tmp, Size: 64, MountOptions: [noexec, uid=1000]}
                          MountPoints:
                          - SourceVolume: data
                            ContainerPath: /data
                          Description: >
                            Two lines of
                            text: folded.""";
        assertThat(masked(text)).isEqualTo(text.replace("uid=1000", "uid=***"));
    }

    @Test
    void namesAreShownAndValuesAreNot() {
        assertThat(masked("""
                environment:
                  - name: A
                    value: hunter2 hunter2 # hunter2
                  - {name: B, value: hunter2 hunter2}
                  - value: 'hunter2'
                    name: "C"
                dockerLabels:
                  a.b: hunter2
                  "name": hunter2
                logConfiguration:
                  logDriver: splunk
                  options: {splunk-token: hunter2}
                image: a:1""")).isEqualTo("""
                environment:
                  - name: A
                    value: *** *** # ***
                  - {name: B, value: *** ***}
                  - value: '***'
                    name: "C"
                dockerLabels:
                  a.b: ***
                  "name": ***
                logConfiguration:
                  logDriver: splunk
                  options: {splunk-token: ***}
                image: a:1""");
    }

    /** Ways to write a value on one line; some of them are none. */
    static List<String> styles() {
        return List.of(
                "hunter2",
                "'hunter2'",
                "\"hunter2\"",
                "a hunter2 b",
                "'it''s hunter2'",
                "\"a \\\" hunter2\"",
                "\"{\\\"a\\\": \\\"hunter2\\\"}\"",
                "'{\"a\": \"hunter2\"}'",
                "!Sub hunter2",
                "!Sub \"${A}hunter2\"",
                "&anchor hunter2",
                "&hunter2",
                "*hunter2",
                "!hunter2",
                "!hunter2 a",
                "!\"hunter2\"",
                "*a hunter2",
                "[!hunter2 '', &hunter2 a, *hunter2 ]",
                "!Join ['', [hunter2, !Ref B]]",
                "!Join [\"\", [\"a\", hunter2]]",
                "{ Ref: hunter2 }",
                "[hunter2]",
                "jdbc:postgresql://db?password=hunter2",
                "hunter2: x",
                "- hunter2",
                "hunter2}",
                "'hunter2",
                "\"hunter2",
                "{hunter2",
                "[hunter2",
                "{{ hunter2 }}",
                "<hunter2>");
    }

    /** Ways to write it on several lines; {@code %} stands for what indents the next ones. */
    static List<String> longStyles() {
        return List.of(
                "|\n%hunter2\n%  hunter2\n\n%hunter2",
                "|-\n%hunter2: x\n%- hunter2",
                ">+2 # folded\n%hunter2\n%# hunter2",
                "!Sub |\n%{\"a\": \"hunter2\"}",
                "a\n%hunter2\n%b hunter2",
                "\n%hunter2",
                "\"a\n%hunter2\n%hunter2\"",
                "'a\n\n%hunter2: ''\n%hunter2'",
                "!Join\n%- ''\n%- - hunter2\n%  - hunter2",
                "\n%Fn::Sub:\n%  - hunter2\n%  - A: hunter2\n%    B: {C: hunter2}",
                "\n%Fn::Sub: |\n%  hunter2\n%Other: hunter2",
                "[a,\n%hunter2,\n%'hunter2']",
                "{a: b, # hunter2\n%c: hunter2}",
                "!Sub # a comment\n%hunter2",
                "&a !Sub\n%hunter2",
                "\n%? hunter2\n%: hunter2");
    }

    private static final String FILE = """
            x-first: &first
              image: a:1
            Parameters:
              Secret: {Type: String, NoEcho: true, Default: @}
              Other:
                Type: String
                Default: @
            Mappings:
              Stage:
                prod: {Password: @}
            containerDefinitions:
              - <<: *first
                name: app
                environment:
                  - name: A
                    value: @
                  - value: @
                    name: B
                environmentFiles:
                -   value: @
                secrets:
                  -
                    name: C
                    valueFrom: @
                dockerLabels:
                    team.a: @
                    name:   @
                "logConfiguration" :
                    logDriver: splunk
                    options:
                      ? a
                      :     @
                    secretOptions:
                      - {name: D, valueFrom: @}
                readonlyRootFilesystem: true
              - name: sidecar
                environment: [{name: A, value: @}, {value: @, name: B}]
                dockerLabels: {a: @, name: @}
            volumes:
              - name: v
                dockerVolumeConfiguration:
                  driverOpts:
                    o:      @
                  labels: {a: @}
            """;

    private static String with(String value) {
        return FILE.replace("@", value);
    }

    @ParameterizedTest
    @MethodSource("styles")
    void aSecretIsMaskedInEveryStyle(String style) {
        for (int i = FILE.indexOf('@'); i >= 0; i = FILE.indexOf('@', i + 1)) {
            String text = FILE.substring(0, i).replace('@', 'x')
                    + style
                    + FILE.substring(i + 1).replace('@', 'x');
            assertThat(masked(text)).as(text).doesNotContain(MARKER).contains("readonlyRootFilesystem");
        }
        assertThat(masked(with(style))).doesNotContain(MARKER);
        assertThat(masked(with(style).replace("\n", "\r\n"))).doesNotContain(MARKER);
    }

    @ParameterizedTest
    @MethodSource("longStyles")
    void aSecretIsMaskedOnEachOfItsLines(String style) {
        for (int i = FILE.indexOf('@'); i >= 0; i = FILE.indexOf('@', i + 1)) {
            String line = FILE.substring(FILE.lastIndexOf('\n', i) + 1, i);
            if (!line.contains("{")) {
                String indent = " ".repeat(line.indexOf(':') + 14);
                String text = FILE.substring(0, i).replace('@', 'x')
                        + style.replace("%", indent)
                        + FILE.substring(i + 1).replace('@', 'x');
                assertThat(masked(text)).as(text).doesNotContain(MARKER).contains("readonlyRootFilesystem: true");
            }
        }
    }

    @Test
    void whatAnAliasPutsAmongSecretsIsSecretWhereItIsWritten() {
        assertThat(masked("""
                x-common: &common
                  team: hunter2
                x-more: &more {<<: *common, cost: hunter2}
                x-values: [&value hunter2, &other hunter2]
                x-list: &list
                  - name: A
                    value: hunter2
                containerDefinitions:
                  - name: app
                    dockerLabels: *more
                    environment: *list
                    image: &image a:1
                    secrets: [{name: B, valueFrom: *value}]
                  - name: log
                    image: *image
                    environment:
                      - name: C
                        value: *other""")).doesNotContain(MARKER).contains("image: &image a:1\n", "image: *image\n");
    }

    @Test
    void containersThatAreJsonInAStringHaveSecretsToo() {
        String text = """
                a:
                  containerDefinitions: |
                    [{"name": "app", "image": "a:1",
                      "environment": [{"name": "A", "value": "hunter2"}]}]
                b:
                  containerDefinitions: '[{"name": "app", "dockerLabels": {"a": "hunter2"}}]'
                c:
                  containerDefinitions: "[{\\"name\\": \\"app\\", \\"dockerLabels\\": {\\"a\\": \\"hunter2\\"}}]\"""";
        assertThat(masked(text)).isEqualTo(text.replace(MARKER, "***"));
    }

    /** Somebody is in the midst of typing: of what is no YAML any more, secrets are still secret. */
    @Test
    void aCharacterTooFewOrTooManyGivesNothingAway() {
        Random random = new Random(7);
        List<String> values = List.of("hunter2", "\"hunter2\"", "'hunter2'", "\"a hunter2 b\"");
        int edits = 0;
        for (int i = 0; i < 2500; i++) {
            String text = with(values.get(i % values.size()));
            int at = random.nextInt(text.length());
            boolean inMarker = text.substring(Math.max(0, at - 7), Math.min(text.length(), at + 8))
                    .contains(MARKER);
            // Other keys, or keys in another object, say something else.
            boolean inKey = Character.isLetter(text.charAt(at)) || ".:-\n".indexOf(text.charAt(at)) >= 0;
            boolean inIndentation =
                    text.substring(text.lastIndexOf('\n', at - 1) + 1, at).isBlank();
            if (!inMarker && !inKey && !inIndentation) {
                String more = "{}[]\"':,#|&*!?-".substring(i % 15, i % 15 + 1);
                String edited = text.substring(0, at) + (i % 3 == 0 ? more : "") + text.substring(at + 1);
                assertThat(masked(edited)).as("%d: %s", at, edited).doesNotContain(MARKER);
                edits++;
            }
        }
        assertThat(edits).isGreaterThan(200);
    }

    @Test
    void hostileFilesAreScannedInTimeProportionalToTheirSize() {
        List<String> files = new ArrayList<>();
        for (String piece : List.of(
                "\"",
                "'",
                "{",
                "[",
                "a: \"",
                "a: '",
                "a: |\n",
                "a:\n ",
                "- ",
                "? ",
                ": ",
                "- - ",
                "&a ",
                "*a ",
                "&a *b ",
                "\n",
                "a: [\n",
                "x: &a\n",
                "value: *a\n",
                "#",
                "\\",
                "a: \"[\\\"",
                "!a ",
                "a:",
                "a-",
                "A",
                "%",
                "---\n",
                "{a: \"",
                "env: {",
                "[\"x\",")) {
            files.add("a: b\n" + piece.repeat(300_000 / piece.length()));
            files.add("a: [" + piece.repeat(300_000 / piece.length()));
        }
        StringBuilder stairs = new StringBuilder();
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            stairs.append(" ".repeat(i)).append("a: \"x\n");
            chain.append("k" + i + ": &k" + i + " {value: *k" + (i + 1) + "}\n");
        }
        files.add(stairs.toString());
        files.add(chain.toString());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(90),
                () -> files.forEach(file -> new YamlSecrets().secrets(SourceFile.of("taskdef.yaml", file))));
    }
}
