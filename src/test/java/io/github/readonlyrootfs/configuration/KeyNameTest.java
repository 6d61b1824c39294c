// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.PropertySource.Variables;
import io.github.readonlyrootfs.configuration.file.KeyName;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyNameTest {

    private static boolean sets(String variable, String key) {
        return new Variables(Map.of(variable, new Value.Known<>("x", Location.of("taskdef.json"))))
                .find(key)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            server.servlet.session.store-dir, server.servlet.session.storeDir
            server.servlet.session.store-dir, server.servlet.session.store_dir
            server.servlet.session.store-dir, SERVER.SERVLET.SESSION.STOREDIR
            quarkus.log.handler.file."a".path, quarkus.log.handler.file.a.path
            """)
    void spellingsOfOneKeyAreTheSame(String one, String other) {
        assertThat(KeyName.canonical(one)).isEqualTo(KeyName.canonical(other));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            LOGGING_FILE_NAME,                 logging.file.name,                   true
            SERVER_SERVLET_SESSION_STOREDIR,   server.servlet.session.store-dir,    true
            SERVER_SERVLET_SESSION_STORE_DIR,  server.servlet.session.store-dir,    true
            SERVER_SERVLET_SESSION_STORE_DIR,  server.servlet.session.storeDir,     true
            server_servlet_session_storedir,   server.servlet.session.store-dir,    true
            QUARKUS_LOG_HANDLER_FILE__A__PATH, quarkus.log.handler.file.\"a\".path, true
            SPRING_PROFILES_ACTIVE_0,          spring.profiles.active[0],           true
            LOG_PATH,                          LOG_PATH,                            true
            LOGGINGFILENAME,                   logging.file.name,                   false
            LOGGING_FILE,                      logging.file.name,                   false
            """)
    void environmentVariablesSpellKeysInCapitals(String variable, String key, boolean expected) {
        assertThat(sets(variable, key)).isEqualTo(expected);
    }

    @Test
    void aKebabCaseKeyIsFoundByBothFormsOfItsVariable() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder key = new StringBuilder("a");
            for (int j = random.nextInt(20); j > 0; j--) {
                char last = key.charAt(key.length() - 1);
                key.append(
                        last == '.' || last == '-'
                                ? "xyz9".charAt(random.nextInt(4))
                                : "ab.-".charAt(random.nextInt(4)));
            }
            key.append('z');
            String old =
                    key.toString().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            String current =
                    key.toString().toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
            assertThat(sets(old, key.toString())).as(key.toString()).isTrue();
            assertThat(sets(current, key.toString())).as(key.toString()).isTrue();
            if (key.indexOf("-") < 0) {
                assertThat(KeyName.ofVariable(current)).isEqualTo(key.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            *.url,                             spring.datasource.url,              true
            *.url,                             app.db.first.url,                   true
            *.url,                             url,                                false
            *.jdbc-url,                        app.db.jdbcUrl,                     true
            quarkus.log.handler.file.*.path,   quarkus.log.handler.file."a".path,  true
            quarkus.log.handler.file.*.path,   quarkus.log.handler.file.path,      false
            a.b,                               a.b.c,                              false
            """)
    void anAsteriskStandsForPartsOfAKey(String pattern, String key, boolean expected) {
        assertThat(KeyName.pattern(pattern).matcher(KeyName.canonical(key)).matches())
                .isEqualTo(expected);
    }
}
