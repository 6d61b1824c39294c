package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '~',
            textBlock = """
            ~~                       | x
            ~  ⏎ ~                   | x
            {                        | x
            [                        | x
            {"a"                     | x
            {"a":                    | x
            {"a":1                   | x
            {"a":1,                  | x
            {"a":[1,                 | x
            {"a":"b                  | x
            {"a                      | x
            {"a":1,}                 | x
            {"a":[1,2,]}             | x
            {"a":[1,2,],⏎"b":1}      | x
            {"a":1 "b":2}            | x
            {"a":1⏎ "b":2}           | x
            {"a":"x" "b":2}          | x
            {"a" 1}                  | x
            {"a" "b"}                | x
            {"a",1}                  | x
            {a:1}                    | x
            {'a':1}                  | x
            {"a":'b'}                | x
            {"a":True}               | x
            {"a":yes}                | x
            {"a":hunter2}            | x
            {"a":[no]}               | x
            {"a":nul}                | x
            {"a":truex}              | x
            {"a":01}                 | x
            {"a":1.}                 | x
            {"a":.5}                 | x
            {"a":+1}                 | x
            {"a":-}                  | x
            {"a":-x}                 | x
            {"a":1e}                 | x
            {"a":0x10}               | x
            {"a":12ab}               | x
            {"a":1]                  | x
            {"a":[1}                 | x
            {"a":[1 2]}              | x
            [1}                      | x
            {"a":1}}                 | x
            {"a":1} x                | x
            {"a":1}⏎{"b":2}          | x
            {"a":1,,"b":2}           | x
            {"a":[1,,2]}             | x
            {,"a":1}                 | x
            {"a"::1}                 | x
            {"a":;}                  | x
            {"a":"x⏎"}               | x
            {"a⏎":1}                 | x
            {"a":"x⇥y"}              | x
            {"a":"C:\\dir"}          | x
            {"a":"\\u12"}            | x
            {"a\\x":1}               | x
            // c⏎{"a":1}             | x
            {// c⏎"a":1}             | x
            {"a":1 /* c */}          | x
            {"a":1, # c⏎ "b":2}      | x
            # c                      | x
            family: app              | x
            ---⏎family: app          | x
            - name: app              | x
            <!DOCTYPE html><html>    | x
            "text"                   | x
            42                       | x
            true                     | x
            hello                    | x
            ﻿{}                      | x
            {"a":1}⏎⏎,               | x
            """)
    void dump(String text, String expected) {
        String json = text.replace('⏎', '\n').replace('⇥', '\t').replace("\\\\", "\\");
        try {
            Node n = JsonTree.parse(SourceFile.of("t", json));
            System.out.println(text + " | GOOD " + n);
        } catch (InvalidSourceException e) {
            var l = e.problem().location();
            System.out.println(text + " | " + l.line() + ":" + l.column() + "-" + l.endLine() + ":" + l.endColumn()
                    + " " + e.problem().message() + " | " + e.problem().help());
        }
    }
}
