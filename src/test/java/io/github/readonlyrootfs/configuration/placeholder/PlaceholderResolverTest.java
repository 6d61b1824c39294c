// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholderResolverTest {

    private static final Location HERE = Location.of("application.yml");

    private final Map<String, Value<String>> settings = new HashMap<>();
    private Optional<String> incomplete = Optional.empty();

    private PlaceholderResolver placeholders() {
        return new PlaceholderResolver(new SettingPlaceholders(
                key -> Optional.ofNullable(settings.get(key)).map(value -> new Setting(key, value)),
                incomplete,
                PlaceholderStyle.PLAIN));
    }

    private Text resolve(String text) {
        return placeholders().resolve(new Value.Known<>(text, HERE));
    }

    private String show(String text) {
        Text resolved = resolve(text);
        return resolved.raw().replace(Text.HOLE, '*')
                + resolved.unknown().map(reason -> " ? " + reason).orElse("");
    }

    private void set(String key, String value) {
        settings.put(key, new Value.Known<>(value, HERE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /tmp                    | /tmp
            ${dir}                  | /data
            ${dir}/x/${name}.log    | /data/x/app.log
            ${none:/var/log}        | /var/log
            ${none:jdbc:h2:./a}     | jdbc:h2:./a
            ${none:${dir}}/x        | /data/x
            ${none:${nil:}}/x       | /x
            ${na${me-end}}          | app
            ${nested}               | /data/app
            ${none:{a}}             | {a}
            ${none                  | ${none
            $dir {dir}              | $dir {dir}
            /a/${none}/b            | '/a/*/b ? nothing sets none'
            /a/${secret}/b          | '/a/*/b ? it comes from a secret'
            ${${none}:x}            | '* ? nothing sets none'
            ${random.uuid}          | '* ? it is different each time'
            #{systemProperties.x}   | '* ? it is an expression that only the running application evaluates'
            @project.name@/x        | '* ? it has a placeholder that Maven did not replace'
            me@home                 | me@home
            """)
    void placeholdersAreReplaced(String text, String expected) {
        set("dir", "/data");
        set("name", "app");
        set("me-end", "me");
        set("nested", "${dir}/${name}");
        settings.put("secret", new Value.Unknown<>("it comes from a secret", HERE));
        assertThat(show(text)).isEqualTo(expected);
    }

    @Test
    void aDefaultIsUnknownIfAnotherSourceMaySetTheKey() {
        incomplete = Optional.of("a file may set it");
        set("known", "/k");
        assertThat(show("${known}/${LOG_DIR:logs}"))
                .isEqualTo("/k/* ? nothing here sets LOG_DIR, but a file may set it");
    }

    @Test
    void valuesThatContainThemselvesAreUnknown() {
        set("a", "${b}");
        set("b", "x${c:y}");
        set("c", "${a}");
        assertThat(show("${a}")).isEqualTo("x* ? the value of a contains itself");
    }

    @Test
    @Timeout(20)
    void textsThatDoubleEndInBoundedTime() {
        set("a0", "lol");
        for (int i = 1; i < 200; i++) {
            set("a" + i, ("${a" + (i - 1) + "}").repeat(10));
            set("b" + i, "${b" + (i - 1) + "}");
        }
        assertThat(show("${a199}")).contains("longer than any path");
        assertThat(show("${b199}")).contains("levels deep");
        assertThat(show("${a20}")).contains("longer than any path");
        assertThat(show("${".repeat(100_000) + "}".repeat(100_000))).contains("levels deep");
        assertThat(show("${a:".repeat(100_000))).contains("longer than any path");
    }

    /** Random references end, and the same reference has the same result again. */
    @Test
    @Timeout(60)
    void resolutionTerminates() {
        Random random = new Random(99);
        String[] pieces = {"${k0}", "${k1}", "${k2}", "${k3:", "${k4:x}", "}", "${", "a", "/", ":", "{", "${none:${k1}}"
        };
        for (int i = 0; i < 20_000; i++) {
            settings.clear();
            for (int key = 0; key < 5; key++) {
                if (random.nextInt(4) > 0) {
                    set("k" + key, text(random, pieces));
                }
            }
            Value<String> text = new Value.Known<>(text(random, pieces), HERE);
            PlaceholderResolver placeholders = placeholders();
            Text resolved = placeholders.resolve(text);
            assertThat(resolved.raw().length()).isLessThan(10_000);
            if (resolved.isKnown()) {
                assertThat(placeholders.resolve(text)).isEqualTo(resolved);
            }
        }
    }

    private static String text(Random random, String[] pieces) {
        StringBuilder text = new StringBuilder();
        for (int j = random.nextInt(8); j > 0; j--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
