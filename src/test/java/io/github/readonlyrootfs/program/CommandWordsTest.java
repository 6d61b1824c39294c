// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandWordsTest {

    private static String shown(String command) {
        PublicText text = new PublicText(SourceFile.of("run.sh", command));
        Span all = new Span(0, command.length());
        CommandWords.show(text, all, true);
        return text.quote(all.start(), all.end());
    }

    @Test
    void theFirstWordOfATextIsShownAsAnyOther() {
        assertThat(shown("sleep 9")).isEqualTo("sleep 9");
        assertThat(CommandWords.arePublic(List.of("sleep", "9"))).isTrue();
        assertThat(CommandWords.arePublic(List.of("hunter2", "9"))).isFalse();
    }

    @Test
    void whereCdGoesIsAFile() {
        assertThat(shown("cd src && cd hunter2")).isEqualTo("cd src && cd ***");
    }

    @Test
    void theOwnersThatInstallSetsAreNames() {
        assertThat(shown("install -d -o shop -g shop /var/cache/customers"))
                .isEqualTo("install -d -o shop -g shop /var/cache/customers");
    }

    @Test
    void aFunctionThatTheTextDefinesIsAProgram() {
        assertThat(shown("wait_for() {\n  sleep 1\n}\nfunction warm {\n  true\n}\nwait_for hunter2; warm; other"))
                .isEqualTo("wait_for() {\n  sleep 1\n}\nfunction warm {\n  true\n}\nwait_for ***; warm; ***");
    }
}
