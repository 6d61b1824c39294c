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
        CommandWords.show(text, all);
        return text.quote(all.start(), all.end());
    }

    @Test
    void theFirstWordOfATextIsShownAsAnyOther() {
        assertThat(shown("sleep 9")).isEqualTo("sleep 9");
        assertThat(CommandWords.arePublic(List.of("sleep", "9"))).isTrue();
        assertThat(CommandWords.arePublic(List.of("hunter2", "9"))).isFalse();
    }

    @Test
    void aWordIsShownIfTheTablesKnowItWhereverItStands() {
        assertThat(shown("cd src && cd hunter2 && npm run build:app"))
                .isEqualTo("cd src && cd *** && npm run build:app");
        assertThat(shown("echo \"start the server hunter2\" # start")).isEqualTo("echo \"start *** server ***\" # ***");
    }

    @Test
    void whatAnOptionMayTakeAsALoginEndsWithTheWord() {
        assertThat(shown("mysql -p 'x start' start")).isEqualTo("mysql -p '*** ***' start");
        assertThat(shown("[\"mysql\", \"-p\", \"x start\", \"start\"]"))
                .isEqualTo("[\"mysql\", \"-p\", \"*** ***\", \"start\"]");
        assertThat(shown("sh -c \"mysql -pstart start\" start")).isEqualTo("sh -c \"mysql -*** start\" start");
        assertThat(shown("mysql -pabc -uroot start")).isEqualTo("mysql -*** -*** start");
        assertThat(shown("mkdir -p build; mysql -p build")).isEqualTo("mkdir -p build; mysql -p ***");
        assertThat(shown("rails server -b 0.0.0.0 -p 3000")).isEqualTo("rails server -b 0.0.0.0 -p 3000");
    }

    @Test
    void ofAnAssignedValueOnlyAPathIsShownAndCommandsWhoseOutputItIs() {
        assertThat(shown("A=start B=\"$HOME/data\" C=$(ls /data) D=\"$(ls start)\" E='start /data' start"))
                .isEqualTo("A=*** B=\"$HOME/data\" C=$(ls /data) D=\"$(*** ***)\" E='*** ***' start");
    }
}
