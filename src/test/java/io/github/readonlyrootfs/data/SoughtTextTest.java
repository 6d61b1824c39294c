// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoughtTextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "\\bopen\\(x ~ open(x",
                "^MEDIA_ROOT\\s*+= ~ MEDIA_ROOT",
                "[\"']NAME[\"'] ~ NAME",
                "\\bstorages\\.backends\\b|\\bS3(?:Boto3|Static)\\w* ~ storages.backends,Boto3,Static",
                "colou?r ~ colo",
                "ab+c ~ a",
                "[|(]a|b ~ a,b",
                "(?:a|b)c|d ~ a,b,d",
                "[\"']?NAME ~ NAME",
                "\\w+x ~ x",
                "a*b ~ b",
                "\\bfs(?:\\.x)?\\.(?:mkdir|mkdirp)(?:Sync)?\\( ~ mkdir,mkdirp",
                "\\b(?:New::of|temp(?::x)?|(?:a|bc)dir)\\( ~ New,temp,dir",
                "(?:long1|(?!long2)x) ~ long1,x",
                "(?:long)?(?<=word)(?:word){0,2}x ~ x",
                "\\w{2,}(?!x1)\\p{L} ~ §§",
                "a| ~ §§"
            })
    void aWordThatEachMatchHasIsKnown(String expression, String words) {
        assertThat(String.join(",", of(expression).words())).isEqualTo(words);
    }

    @Test
    void aTextWithoutAnyOfItsWordsIsNotSearched() {
        SoughtText sought = of("mkdir\\(|open\\(");
        assertThat(List.of("open(1)", "mkdir(1)")).allMatch(sought::isIn);
        assertThat(sought.mayBeIn("opens mkdirs")).isFalse();
        assertThat(SoughtText.of(Pattern.compile("open", Pattern.CASE_INSENSITIVE))
                        .isIn("OPEN"))
                .isTrue();
    }

    private static SoughtText of(String expression) {
        return SoughtText.of(Pattern.compile(expression));
    }
}
