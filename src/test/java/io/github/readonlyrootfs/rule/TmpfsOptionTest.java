package io.github.readonlyrootfs.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TmpfsOptionTest {

    @ParameterizedTest
    @ValueSource(strings = {"uid=1000", "gid=0", "mode=0755", "size=10m", "nr_inodes=10", "exec", "ro", "defaults"})
    void dockerTakesFlagsAsTheyAreAndTheOthersWithAValue(String option) {
        assertThat(TmpfsOption.rejection(option)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${OPTIONS}", "<MODE>", "{{ mode }}", ""})
    void aPlaceholderMayBeAnything(String option) {
        assertThat(TmpfsOption.rejection(option)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    uid,        'give it the number of the container''s user | "uid=1000"'
                    gid,        'give it the number of the container''s user | "gid=1000"'
                    mode,       give it the mode | "mode=1777"
                    nr_inodes,  'write it as `nr_inodes=value`, or remove it'
                    exec=1,     write it without a value | "exec"
                    tmpcopyup,  remove it
                    nope=1,     remove it
                    """, quoteCharacter = '\'', ignoreLeadingAndTrailingWhitespace = true)
    void theRestIsRejected(String option, String help) {
        assertThat(TmpfsOption.rejection(option)).contains(help.replace(" | ", "\n"));
    }

    @Test
    void theValueIsNoPartOfTheName() {
        assertThat(TmpfsOption.name("nope=secret")).isEqualTo("nope");
    }
}
