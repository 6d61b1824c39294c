// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDatabaseTest {

    private static String shown(String url) {
        return FileDatabase.parse(url)
                .map(database -> database.engine() + " " + database.path())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:h2:file:/data/shop                                  | H2 /data/shop
            jdbc:h2:file:~/shop;AUTO_SERVER=TRUE                     | H2 ~/shop
            jdbc:h2:./data/shop;DB_CLOSE_ON_EXIT=FALSE               | H2 ./data/shop
            jdbc:h2:/data/shop                                       | H2 /data/shop
            jdbc:h2:nio:./shop                                       | H2 ./shop
            jdbc:h2:c:/data/shop                                     | H2 c:/data/shop
            jdbc:h2:split:30:/data/shop                              | H2 /data/shop
            jdbc:h2:file:/data/shop;ACCESS_MODE_DATA=r               | none
            jdbc:h2:mem:shop                                         | none
            jdbc:h2:mem:                                             | none
            jdbc:h2:tcp://db/shop                                    | none
            jdbc:h2:zip:/data/shop.zip!/shop                         | none
            # H2 does not open it
            jdbc:h2:shop                                             | none
            r2dbc:h2:file:///data/shop?options=x                     | H2 /data/shop
            r2dbc:h2:file://./shop                                   | H2 ./shop
            r2dbc:pool:h2:file:///data/shop                          | H2 /data/shop
            r2dbc:h2:mem:///shop                                     | none
            r2dbc:postgresql://db/shop                               | none
            jdbc:hsqldb:file:/data/shop;shutdown=true                | HSQLDB /data/shop
            jdbc:hsqldb:data/shop                                    | HSQLDB data/shop
            jdbc:hsqldb:mem:shop                                     | none
            jdbc:hsqldb:.                                            | none
            jdbc:hsqldb:res:shop                                     | none
            jdbc:hsqldb:hsql://db/shop                               | none
            jdbc:hsqldb:file:/data/shop;readonly=true                | none
            jdbc:derby:shop;create=true                              | DERBY shop
            jdbc:derby:directory:/data/shop                          | DERBY /data/shop
            jdbc:derby:memory:shop;create=true                       | none
            jdbc:derby://db:1527/shop                                | none
            jdbc:sqlite:/data/shop.db                                | SQLITE /data/shop.db
            jdbc:sqlite:shop.db?cache=shared                         | SQLITE shop.db
            jdbc:sqlite:file:/data/shop.db?mode=rw                   | SQLITE /data/shop.db
            jdbc:sqlite:file:/data/shop.db?mode=ro                   | none
            jdbc:sqlite:file:/data/shop.db?immutable=1               | none
            jdbc:sqlite:file:/data/shop.db?immutable=0               | SQLITE /data/shop.db
            jdbc:sqlite:/data/shop.db?open_mode=1                    | none
            jdbc:sqlite:file:shop?mode=memory                        | none
            jdbc:sqlite::memory:                                     | none
            jdbc:sqlite:                                             | none
            jdbc:duckdb:/data/shop.duckdb                            | DUCKDB /data/shop.duckdb
            jdbc:duckdb:                                             | none
            jdbc:duckdb::memory:shop                                 | none
            jdbc:duckdb:md:shop                                      | none
            jdbc:p6spy:h2:file:/data/shop                            | H2 /data/shop
            jdbc:otel:sqlite:shop.db                                 | SQLITE shop.db
            jdbc:postgresql://db/shop                                | none
            jdbc:mysql:loadbalance://db/shop                         | none
            jdbc:tc:postgresql:16:///shop                            | none
            https://h2.example/file:/data                            | none
            /data/shop                                               | none
            jdbc:                                                    | none
            """)
    void filesOfADatabaseUrlAreFound(String url, String expected) {
        assertThat(shown(url)).isEqualTo(expected);
    }

    @Test
    @Timeout(30)
    void anyTextIsRead() {
        String[] pieces = {
            "jdbc:",
            "r2dbc:",
            "h2:",
            "sqlite:",
            "hsqldb:",
            "derby:",
            "duckdb:",
            "file:",
            "p6spy:",
            "//",
            "/",
            "~/",
            "./",
            ";",
            "?",
            "=",
            "mem:",
            "split:",
            "nio:",
            "a",
            ":",
            " ",
            "ACCESS_MODE_DATA=r",
            "\n"
        };
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder url = new StringBuilder(random.nextBoolean() ? "jdbc:h2:" : "");
            for (int j = random.nextInt(12); j > 0; j--) {
                url.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(shown(url.toString())).isNotEmpty();
        }
        assertThat(shown("jdbc:h2:" + "nio:".repeat(1_000) + "/x")).startsWith("H2");
    }
}
