// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderTest {

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <IMAGE1_NAME>                      | <IMAGE1_NAME>
            <image-name>:1                     | <image-name>
            ${VAR}                             | ${VAR}
            /srv/${VAR:-x}/data                | ${VAR:-x}
            ${project.version}                 | ${project.version}
            {{ x }}                            | {{ x }}
            {{ must_env `A` }}                 | {{ must_env `A` }}
            a{{ env "X" "y" }}b                | {{ env "X" "y" }}
            {% if x %}                         | {% if x %}
            ${{ env.X }}                       | ${{ env.X }}
            %VAR%                              | %VAR%
            @VAR@                              | @VAR@
            @@VAR@@                            | @@VAR@@
            $VAR                               | $VAR
            $(VAR)                             | $(VAR)
            x#{VAR}#                           | #{VAR}#
            #{Octopus.Var}                     | #{Octopus.Var}
            __VAR__:1                          | __VAR__
            <%= ENV["X"] %>                    | <%= ENV["X"] %>
            {{{ x }}}                          | {{{ x }}}
            {{ a } b }}c}}                     | {{ a } b }}
            ${A:-${B}}-c                       | ${A:-${B}}
            """)
    void aPlaceholderOfADeploymentIsFound(String text, String placeholder) {
        assertThat(Placeholder.in(text)).contains(placeholder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/tmp",
                "app:1.0",
                "a@sha256:0123",
                "100%",
                "50% of 20%",
                "a < b > c",
                "<html> <h1>It works</h1> <br></html>",
                "<>",
                "$",
                "$1",
                "costs $5",
                "{}",
                "{ {x} }",
                "me@example.org",
                "${",
                "<not closed",
                "{{ not closed",
                "%20%",
                "__init__",
                "Serilog__MINIMUM__Level",
                "A__B__C",
                "#{",
                "$$"
            })
    void ordinaryTextHasNoPlaceholder(String text) {
        assertThat(Placeholder.in(text)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <IMAGE1_NAME>                                        | true
            <IMAGE>:latest                                       | true
            ${IMAGE}                                             | true
            ${IMAGE_REPOSITORY}:${TAG}                           | true
            ${IMAGE:-registry/app:1}                             | true
            registry.example:5000/${NAME}:1                      | true
            registry.example/shop-${ENV}@sha256:00               | true
            {{ must_env `IMAGE` }}                               | true
            {{ tfstate `aws_ecr_repository.a/b.url` }}:{{ tag }} | true
            ${REGISTRY}/app:${TAG}                               | false
            {{ .Registry }}/app                                  | false
            nginx:1.27                                           | false
            public.ecr.aws/datadog/agent:${DD_VERSION}           | false
            busybox                                              | false
            """)
    void anImageIsAPlaceholderIfItsNameIsOne(String reference, boolean placeholder) {
        assertThat(Placeholder.namesImage(reference)).isEqualTo(placeholder);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            ${env:X}                                        ;
            ${!X}                                           ;
            ${my-prop}                                      ; my-prop
            ${X:=d}                                         ; X
            ${X^^}                                          ; X
            ${AWS::Region}                                  ; AWS::Region
            {{resolve:ssm:/a/b}}                            ;
            {{ X | default('y') }}                          ; X
            {{ $.Values.x }}                                ; Values.x
            {{ printf "%s-x" .Name }}                       ; Name
            {{ printf "%s-x" (env "X") }}                   ;
            {{ quote (env "X") }}                           ; X
            {{ x or "y" }}                                  ;
            {{ lookup('env', 'X') }}                        ; X
            {{ tfstate `aws_ecr_repository.app.url` }}      ; aws_ecr_repository.app.url
            {{ tfstate `output.x['y']` }}                   ;
            {{ env \\"X\\" }}                               ; X
            {{ template "x" . }}                            ;
            {{- end -}}                                     ;
            {% set x = 1 %}                                 ;
            ${{ secrets.X || 'y' }}                         ; secrets.X
            #{ X | ToUpper }                                ; X
            $_X                                             ; _X
            __A.B__                                         ; A.B
            """)
    void aPlaceholderForOneValueHasAName(String placeholder, String name) {
        assertThat(Placeholder.name(placeholder)).isEqualTo(Optional.ofNullable(name));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            ${X}                              ; ${X}
            ${my-prop}                        ; ${my-prop}
            ${X:-secret}                      ; ${X:-***}
            ${X=${Y:-secret}}                 ; ${X=***}
            ${X/a/secret}                     ; ${X/***}
            #{X}#                             ; #{X}#
            {{X-}}                            ; {{X-}}
            {{ .X | default "secret" }}       ; {{ .X | default "***" }}
            {{ X | default('sec-ret') }}      ; {{ X | default('***') }}
            {{ X or 'secret' }}               ; {{ X or '***' }}
            {{ env \\"X\\" \\"secret\\" }}    ; {{ env \\"X\\" \\"***\\" }}
            {{ must_env `X` }}                ; {{ must_env `X` }}
            {% if X == "secret                ; {% if X == "***
            """)
    void aDefaultIsNotShown(String placeholder, String shown) {
        assertThat(Placeholder.shown(placeholder)).isEqualTo(shown);
    }

    @Test
    void findingPlaceholdersTakesLinearTimeForEveryText() {
        for (String unit :
                new String[] {"{{", "${", "<a", "%a", "@a", "$(a", "{%", "<%", "#{", "__A", "{{{", "${{", "{{}"}) {
            assertThat(Placeholder.in(unit.repeat(200_000)).map(String::length).orElse(0))
                    .isLessThan(1000);
        }
    }
}
