// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {

    /** In the texts, ⏎ stands for a line feed and ⇥ for a tab. */
    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                           | 1:1   | the file is empty
            ~  ⏎ ~                       | 1:1   | the file contains only white space
            ~{~                          | 1:2   | the file ends within the object that begins on line 1
            ~[~                          | 1:2   | the file ends within the array that begins on line 1
            ~{"a"~                       | 1:5   | the file ends within the object that begins on line 1
            ~{"a":~                      | 1:6   | the file ends within the object that begins on line 1
            ~{"a":1~                     | 1:6   | expected a value, found an invalid JSON number
            ~{"a":1,~                    | 1:8   | the file ends within the object that begins on line 1
            ~{"a":[1,~                   | 1:9   | the file ends within the array that begins on line 1
            ~{"a":"b~                    | 1:6   | the file ends within the string that begins here
            ~{"a~                        | 1:2   | the file ends within the string that begins here
            ~{"a":1,}~                   | 1:7   | trailing comma before the closing `}`
            ~{"a":[1,2,]}~               | 1:10  | trailing comma before the closing `]`
            ~{"a":[1,2,],⏎"b":1}~        | 1:10  | trailing comma before the closing `]`
            ~{"a":1 "b":2}~              | 1:8   | expected `,` or `}`, found a string
            ~{"a":1⏎ "b":2}~             | 2:2   | expected `,` or `}`, found a string
            ~{"a":"x" "b":2}~            | 1:10  | expected `,` or `}`, found a string
            ~{"a" 1}~                    | 1:6   | expected `:`, found a number
            ~{"a" "b"}~                  | 1:6   | expected `:`, found a string
            ~{"a",1}~                    | 1:5   | expected `:`, found `,`
            ~{a:1}~                      | 1:2   | expected a key in double quotes or `}`, found a word without quotes
            ~{'a':1}~                    | 1:2   | expected a key in double quotes or `}`, found a single quote
            ~{"a":'b'}~                  | 1:6   | expected a value, found a single quote
            ~{"a":True}~                 | 1:6   | expected a value, found `True`
            ~{"a":yes}~                  | 1:6   | expected a value, found a word without quotes
            ~{"a":hunter2}~              | 1:6   | expected a value, found a word without quotes
            ~{"a":[no]}~                 | 1:7   | expected a value or `]`, found a word without quotes
            ~{"a":nul}~                  | 1:6   | expected a value, found a word without quotes
            ~{"a":truex}~                | 1:6   | expected a value, found a word without quotes
            ~{"a":01}~                   | 1:6   | expected a value, found an invalid JSON number
            ~{"a":1.}~                   | 1:6   | expected a value, found an invalid JSON number
            ~{"a":.5}~                   | 1:6   | expected a value, found an invalid JSON number
            ~{"a":+1}~                   | 1:6   | expected a value, found an invalid JSON number
            ~{"a":-}~                    | 1:6   | expected a value, found an invalid JSON number
            ~{"a":-x}~                   | 1:6   | expected a value, found an invalid JSON number
            ~{"a":1e}~                   | 1:6   | expected a value, found an invalid JSON number
            ~{"a":0x10}~                 | 1:6   | expected a value, found an invalid JSON number
            ~{"a":12ab}~                 | 1:6   | expected a value, found an invalid JSON number
            ~{"a":1]~                    | 1:6   | expected a value, found an invalid JSON number
            ~{"a":[1}~                   | 1:7   | expected a value or `]`, found an invalid JSON number
            ~{"a":[1 2]}~                | 1:9   | expected `,` or `]`, found a number
            ~[1}~                        | 1:2   | expected a value or `]`, found an invalid JSON number
            ~{"a":1}}~                   | 1:8   | there is text after the end of the task definition
            ~{"a":1} x~                  | 1:9   | there is text after the end of the task definition
            ~{"a":1}⏎{"b":2}~            | 2:1   | there is text after the end of the task definition
            ~{"a":1,,"b":2}~             | 1:8   | expected a key in double quotes, found `,`
            ~{"a":[1,,2]}~               | 1:9   | expected a value, found `,`
            ~{,"a":1}~                   | 1:2   | expected a key in double quotes or `}`, found `,`
            ~{"a"::1}~                   | 1:6   | expected a value, found `:`
            ~{"a":;}~                    | 1:6   | expected a value, found `;`
            ~{"a":"x⏎"}~                 | 1:6   | this string is not closed on its line
            ~{"a⏎":1}~                   | 1:2   | this string is not closed on its line
            ~{"a":"x⇥y"}~                | 1:8   | a tab inside a string
            ~{"a":"C:\\dir"}~            | 1:9   | JSON has no such escape
            ~{"a":"\\u12"}~              | 1:7   | JSON has no such escape
            ~{"a\\x":1}~                 | 1:4   | JSON has no such escape
            ~// c⏎{"a":1}~               | 1:1   | a comment where the task definition was expected
            ~{// c⏎"a":1}~               | 1:2   | expected a key in double quotes or `}`, found a comment
            ~{"a":1 /* c */}~            | 1:8   | expected `,` or `}`, found a comment
            ~{"a":1, # c⏎ "b":2}~        | 1:9   | expected a key in double quotes, found a comment
            ~<!DOCTYPE html><html>~      | 1:1   | this is HTML or XML, not JSON
            ~"text"~                     | 1:1   | a string where the task definition was expected
            ~42~                         | 1:1   | a number where the task definition was expected
            ~true~                       | 1:1   | a single word where the task definition was expected
            ~hello~                      | 1:1   | this is not JSON
            ~{"a":1}⏎⏎,~                 | 3:1   | there is text after the end of the task definition
            ~# c~                        | 1:1   | a comment where the task definition was expected
            """)
    void invalidJsonIsReportedAtTheFirstError(String text, String at, String message) {
        Problem problem = fault(text.replace('⏎', '\n').replace('⇥', '\t'));

        assertThat(problem.location().line() + ":" + problem.location().column())
                .isEqualTo(at);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.help()).isNotBlank();
    }

    @Test
    void aSecondByteOrderMarkIsNamed() {
        assertThat(fault("\uFEFF{}").message()).isEqualTo("the text begins with a byte order mark");
    }

    @Test
    void nulCharactersAreNamed() {
        assertThat(fault("\0{\0}\0").message()).isEqualTo("this is not text: it contains NUL characters");
    }

    @Test
    void aWordThatMayBeASecretIsNotRepeated() {
        Problem problem = fault("{\"environment\":[{\"name\":\"PASSWORD\",\"value\":hunter2}]}");

        assertThat(problem.message() + problem.help()).doesNotContain("hunter2");
    }

    @Test
    void theRangeOfAnErrorEndsWithTheWrongText() {
        assertThat(fault("{\"a\":True}").location().endColumn()).isEqualTo(10);
    }

    @Test
    void theLineOfTheUnclosedBracketIsNamed() {
        assertThat(fault("{\n\"a\": [\n1\n}").help())
                .isEqualTo("the innermost array that is still open begins on line 2");
    }

    static Problem fault(String text) {
        var fault = new Problem[1];
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> JsonTree.parse(SourceFile.of("taskdef.json", text), Filling.none()))
                .satisfies(e -> fault[0] = e.problem());
        return fault[0];
    }
}
