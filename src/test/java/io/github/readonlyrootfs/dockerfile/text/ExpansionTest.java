// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorded words of {@code GrammarTableTest} do not cover: unknown variables, places, placeholders. */
class ExpansionTest {

    /** {@code v} is set, {@code e} is empty, names beginning with {@code u} are unknown, all others unset. */
    private static final Variables VARIABLES = name -> {
        if (name.equals("v") || name.equals("e")) {
            return new Variables.State.Set(name.equals("v") ? "value" : "");
        }
        return name.startsWith("u")
                ? new Variables.State.Unknown("the base image may define it")
                : new Variables.State.Unset();
    };

    private static JoinedText text(String text) {
        TextBuilder builder = new TextBuilder(SourceFile.of("Dockerfile", text));
        builder.append(0, text.length());
        return builder.build(0);
    }

    private static Expansion expand(String text) {
        return Expansion.of(text(text), '\\', VARIABLES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$u",
                "${u}",
                "/a/$u/b",
                "\"$u\"",
                "${u:-x}",
                "${u-x}",
                "${u:+x}",
                "${u+x}",
                "${u:?x}",
                "${v:+$u}",
                "${n:-$u}",
                "${e:-$u}",
                "${n:-${n:-$u}}"
            })
    void aResultThatDependsOnAnUnknownVariableIsUnknown(String word) {
        assertThat(expand(word)).isInstanceOfSatisfying(Expansion.Unknown.class, unknown -> {
            assertThat(unknown.variables()).containsExactly("u");
            assertThat(unknown.reason()).isEqualTo("the value of u cannot be determined: the base image may define it");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"${u#x}", "${u%x}", "${u/x/y}", "${v#$u}", "${v/$u/x}", "${v/x/$u}"})
    void aPatternThatChangesAVariableIsUnknown(String word) {
        assertThat(expand(word))
                .isInstanceOfSatisfying(
                        Expansion.Unknown.class,
                        unknown -> assertThat(unknown.reason()).endsWith("is not evaluated"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "${u:+}|~~",
                "${u+}|~~",
                "${v:-$u}|value",
                "${v-$u}|value",
                "${e-$u}|~~",
                "${n:+$u}|~~",
                "${e:+$u}|~~",
                "'$u'|$u",
                "\\$u|$u",
                "${v:-${n:-$u}}|value"
            })
    void anUnusedUnknownVariableHasNoEffect(String word, String expected) {
        assertThat(expand(word))
                .isInstanceOfSatisfying(
                        Expansion.Known.class, known -> assertThat(known.text()).isEqualTo(expected));
    }

    @Test
    void allUnknownVariablesAreNamedInTheirOrder() {
        assertThat(expand("$u2/$u1/$v/$u2"))
                .isInstanceOfSatisfying(
                        Expansion.Unknown.class,
                        unknown -> assertThat(unknown.variables()).containsExactly("u2", "u1"));
    }

    @Test
    void variablesThatExpandToNothingAreNamed() {
        assertThat(expand("/$n/${m}/$v/$e/${n:-x}/${o:+x}/${v:-$p}"))
                .isInstanceOfSatisfying(
                        Expansion.Known.class,
                        known -> assertThat(known.unset()).containsExactly("n", "m"));
    }

    @Test
    void specialParametersAreNeverUnknown() {
        Variables unknown = name -> new Variables.State.Unknown("never told");

        assertThat(Expansion.of(text("a$1$$$?b"), '\\', unknown))
                .isInstanceOfSatisfying(
                        Expansion.Known.class, known -> assertThat(known.text()).isEqualTo("ab"));
    }

    @Test
    void aRejectionPointsAtTheSubstitution() {
        assertThat(expand("/data/${v^^}")).isInstanceOfSatisfying(Expansion.Rejected.class, rejected -> {
            assertThat(rejected.problem().location()).hasToString("Dockerfile:1:7");
            assertThat(rejected.problem().message()).isEqualTo("unknown modifier `^` in a substitution");
        });
    }

    @Test
    void anErrorInAnUnusedDefaultIsRejectedAsInBuildkit() {
        assertThat(expand("${v:-${x^^}}")).isInstanceOf(Expansion.Rejected.class);
    }

    @Test
    void aRequiredVariableThatIsUnsetIsRejectedWithoutPrintingTheMessage() {
        assertThat(expand("${n:?secret}"))
                .isInstanceOfSatisfying(
                        Expansion.Rejected.class,
                        rejected -> assertThat(rejected.problem().message())
                                .isEqualTo("the variable n is not set, which `?` forbids"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ .User }}", "/a/@app.dir@", "${project.artifactId}", "<%= user %>", "{% if x %}a"})
    void aTemplatePlaceholderCannotBeEvaluated(String word) {
        assertThat(expand(word)).isInstanceOfSatisfying(Expansion.Unknown.class, unknown -> {
            assertThat(unknown.variables()).isEmpty();
            assertThat(unknown.reason()).startsWith("the template placeholder ").endsWith(" is not filled in");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@host", "a@b c@d", "{ a }", "<a>", "a%b", "{{", "{{ a"})
    void textThatOnlyLooksLikeAPlaceholderIsKept(String word) {
        assertThat(expand(word)).isInstanceOf(Expansion.Known.class);
    }

    @Test
    void aHeredocBodyKeepsItsQuotes() {
        assertThat(Expansion.ofHeredocBody(text("\"$v\" '$v' \\$v"), VARIABLES))
                .isInstanceOfSatisfying(
                        Expansion.Known.class, known -> assertThat(known.text()).isEqualTo("\"value\" 'value' $v"));
    }

    @Test
    void aTextWithoutSpecialCharactersIsUnchanged() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                word.append("abcXYZ019/._-:,= \t[]()*?#~%+üñ".charAt(random.nextInt(30)));
            }
            assertThat(expand(word.toString())).isEqualTo(new Expansion.Known(word.toString(), Set.of()));
            assertThat(expand("'" + word + "'")).isEqualTo(expand(word.toString()));
            assertThat(expand("\"" + word + "\"")).isEqualTo(expand(word.toString()));
            assertThat(expand("${n:-" + word + "}")).isEqualTo(expand(word.toString()));
        }
    }
}
