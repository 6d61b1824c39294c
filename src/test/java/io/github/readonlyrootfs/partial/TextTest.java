// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In these tests a question mark is an unknown part, a plus sign one that varies. */
class TextTest {

    private static final Location HERE = Location.of("start.sh");

    private static Text text(String written) {
        return Text.of(written)
                .replaceAll(Pattern.compile("[?+]"), hole -> hole.group().equals("?") ? Text.UNKNOWN : Text.VARYING);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '',      '',       TRUE
            shop,    shop,     TRUE
            shop,    shops,    FALSE
            ?,       '',       UNKNOWN
            sh?,     shop,     UNKNOWN
            sh?,     s,        FALSE
            ?op,     shop,     UNKNOWN
            ?op,     shoe,     FALSE
            s?p,     sp,       UNKNOWN
            s?p,     s,        FALSE
            a?,      b?,       FALSE
            ?a,      ?b,       FALSE
            a?,      ?b,       UNKNOWN
            ?,       ?,        UNKNOWN
            """)
    void knownPartsOfTwoTextsAreCompared(String one, String other, Truth same) {
        assertThat(text(one).same(text(other))).isEqualTo(same);
        assertThat(text(other).same(text(one))).isEqualTo(same);
    }

    @Test
    void aTextIsEmptyUnlessItHasCharactersOrAFilledHole() {
        assertThat(Text.EMPTY.isEmpty()).isEqualTo(Truth.TRUE);
        assertThat(text("??").isEmpty()).isEqualTo(Truth.UNKNOWN);
        assertThat(text("?a").isEmpty()).isEqualTo(Truth.FALSE);
        assertThat(Text.UNKNOWN.filled().isEmpty()).isEqualTo(Truth.FALSE);
        assertThat(Text.UNKNOWN.filled().perhapsEmpty().isEmpty()).isEqualTo(Truth.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /var/log/app.log,     /var/log
            /app.log,             /
            app.log,              ''
            logs/app.log,         logs
            logs/?.log,           logs
            app-?.log,            ''
            logs/?/app.log,       unknown
            ?.log,                unknown
            ?/app.log,            unknown
            /?.log,               /
            logs/+/app.log,       logs
            logs/app.+.log,       logs
            logs/+/?.log,         logs
            +.log,                ''
            ?+.log,               unknown
            """)
    void theDirectoryOfAFileIsKnownIfOnlyItsNameIsUnknown(String path, String directory) {
        assertThat(text(path).directory().orElse("unknown")).isEqualTo(directory);
    }

    @Test
    void aRelativePathStartsInADirectory() {
        Value<ContainerPath> app = new Value.Known<>(ContainerPath.of("/app"), HERE);

        assertThat(Text.of("logs").resolve(app, HERE))
                .isEqualTo(new Value.Known<>(ContainerPath.of("/app/logs"), HERE));
        assertThat(Text.of("/logs").resolve(Value.absent(), HERE))
                .isEqualTo(new Value.Known<>(ContainerPath.of("/logs"), HERE));
        assertThat(Text.of("logs").resolve(Value.absent(), HERE))
                .isEqualTo(new Value.Unknown<>("the working directory is not known", HERE));
        assertThat(Text.of("/logs/").plus(Text.unknown("no file sets it")).resolve(app, HERE))
                .isEqualTo(new Value.Unknown<>("no file sets it", HERE));
    }

    @Test
    void theReasonOfTheFirstHoleIsThatOfTheText() {
        Text text = Text.of("/a/").plus(Text.unknown("one")).plus(Text.of("/")).plus(Text.unknown("two"));

        assertThat(text.unknown()).contains("one");
        assertThat(text.at(HERE)).isEqualTo(new Value.Unknown<>("one", HERE));
        assertThat(text.slice(4, text.raw().length()).unknown()).contains("two");
        assertThat(text.with(text.raw().substring(3)).unknown()).contains("one");
        assertThat(Text.of("/a").unknown()).isEmpty();
        assertThat(Text.of("/a").at(HERE)).isEqualTo(new Value.Known<>("/a", HERE));
    }

    @Test
    void theValueOfANameIsUnknownIfNothingSetsIt() {
        assertThat(Text.of(Value.absent(), "LOG_DIR").unknown()).contains("nothing sets LOG_DIR");
        assertThat(Text.of(new Value.Unknown<>("a secret", HERE), "LOG_DIR").unknown())
                .contains("a secret");
        assertThat(Text.of(new Value.Known<>("/logs", HERE), "LOG_DIR").known()).contains("/logs");
    }

    @Test
    void aMarkInAFileIsAHole() {
        Text hostile = Text.of("a\uFFFFb\uFFFE");

        assertThat(hostile.holes()).hasSize(2);
        assertThat(hostile.prefix()).isEqualTo("a");
        assertThat(hostile.suffix()).isEmpty();
    }

    @Test
    void aTextThatIsTooLongEndsWithAHole() {
        Text text = Text.of("ab".repeat(Text.MAX_LENGTH)).plus(Text.unknown("never seen"));

        assertThat(text.raw()).hasSize(Text.MAX_LENGTH + 1);
        assertThat(text.holes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /a/b,       /a
            /a/b/,      /a
            /a//b//,    /a
            /a,         /
            a/b,        a
            a,          ?
            /,          ?
            ?/b,        ?
            ?x/b/c,     ?x/b
            /a/?,       ?
            /a/?/b,     /a/?
            /a/b?,      ?
            """)
    void theParentOfAPathIsKnownIfItsLastNameIs(String path, String parent) {
        assertThat(text(path).parent()).isEqualTo(text(parent));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /a,  b,    /a/b,   /a/b
            /a/, b,    /a/b,   /a/b
            /a,  /b,   /b,     /a/b
            /a,  '',   /a,     /a
            '',  b,    b,      b
            ?,   b,    ?/b,    ?/b
            /a,  ?,    /a/?,   /a/?
            """)
    void aChildIsResolvedOrPutBelow(String path, String child, String resolved, String below) {
        assertThat(text(path).resolve(text(child))).isEqualTo(text(resolved));
        assertThat(text(path).below(text(child))).isEqualTo(text(below));
    }

    @Test
    void holesAreFilledInOrder() {
        Hole home = new Hole.Variable(Hole.Variable.Kind.SYSTEM_PROPERTY, "user.home", Optional.empty());
        Text path = Text.of(home).plus(Text.of("/a/")).plus(Text.unknown("the code computes it"));

        Text filled = path.fill(hole -> hole.equals(home) ? Text.of("/root") : Text.of(hole));

        assertThat(filled.prefix()).isEqualTo("/root/a/");
        assertThat(filled.unknown()).contains("the code computes it");
        assertThat(path.first()).contains(home);
        assertThat(path.unknown()).contains("the code computes it");
        assertThat(Text.of(home).unknown()).contains("nothing sets user.home");
    }

    @Test
    @Timeout(10)
    void textsWithManyHolesTakeLinearTime() {
        Text many = new Text((Text.HOLE + " ").repeat(Text.MAX_LENGTH / 2));

        assertThat(many.holes()).hasSize(Text.MAX_LENGTH / 2);
        assertThat(many.directory()).isEmpty();
        assertThat(many.fill(hole -> Text.EMPTY).known()).contains(" ".repeat(Text.MAX_LENGTH / 2));
        assertThat(many.same(many)).isEqualTo(Truth.UNKNOWN);
    }

    /** Whatever is joined, cut and replaced: there is one hole for each mark. */
    @Test
    void eachMarkHasItsHole() {
        Random random = new Random(5);
        List<Text> pieces = List.of(
                Text.of("a/b"),
                Text.UNKNOWN,
                Text.unknown("why"),
                Text.VARYING,
                Text.UNKNOWN.filled(),
                Text.EMPTY,
                Text.of(7));
        for (int i = 0; i < 2_000; i++) {
            Text text = Text.EMPTY;
            for (int n = random.nextInt(8); n > 0; n--) {
                text = text.plus(pieces.get(random.nextInt(pieces.size())));
            }
            int from = random.nextInt(text.raw().length() + 1);
            int to = from + random.nextInt(text.raw().length() + 1 - from);
            Text rest = text.slice(from, text.raw().length());
            assertThat(text.slice(0, from).plus(rest)).isEqualTo(text);
            for (Text each : List.of(
                    text,
                    rest,
                    text.slice(from, to),
                    text.withPrefix("x"),
                    text.perhapsEmpty(),
                    text.with(text.raw().substring(from)),
                    text.replaceAll(Pattern.compile("/"), slash -> Text.UNKNOWN))) {
                assertThat(each.raw().chars().filter(c -> Text.isHole((char) c)).count())
                        .isEqualTo(each.holes().size());
                assertThat(each.isKnown()).isEqualTo(each.holes().isEmpty());
            }
        }
    }
}
