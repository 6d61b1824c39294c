// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.Contexts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The user that a start ends as: {@code -} is the container's own, {@code ?} one that is not known. */
class ApplicationUserTest {

    @TempDir
    Path context;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            exec "$@"                            => app
            exec sleep 60                        => -
            gosu app date; exec sleep 60         => -
            exec su-exec app:app /opt/server     => app:app
            exec /opt/start gosu app server      => ?
            exec /opt/start --as app server      => -
            exec gosu "$(cat /run/user)" sleep 1 => ?
            """)
    void theLastCommandSaysIt(String script, String user) throws Exception {
        Files.writeString(context.resolve("start.sh"), "#!/bin/sh\n" + script + "\n");
        Writer application = Contexts.built(context, """
                        FROM debian:13
                        RUN useradd app
                        COPY --chmod=755 start.sh /start.sh
                        ENTRYPOINT ["/start.sh"]
                        CMD ["gosu", "app", "sleep", "60"]
                        """, "").applicationWriter();
        assertThat(application.user().isAbsent() ? "-" : application.key()).isEqualTo(user);
    }
}
