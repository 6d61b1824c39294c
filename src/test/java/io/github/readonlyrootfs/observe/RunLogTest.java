// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunLogTest {

    private static List<String> refused(String line) {
        return new RunLog(line, List.of()).refusedPaths();
    }

    @Test
    void thePathThatIsRefusedIsBeforeTheWordsOrElseBehindThem() {
        assertThat(refused("nginx: [emerg] mkdir() \"/var/lib/nginx/body\" failed (30: Read-only file system)"))
                .containsExactly("/var/lib/nginx/body");
        assertThat(refused("EROFS: read-only file system, open '/srv/up/x.txt'"))
                .containsExactly("/srv/up/x.txt");
        assertThat(
                        refused(
                                "open(/var/lib/php/sessions/sess_1, O_RDWR) failed: Permission denied in /srv/web/init.php on line 7"))
                .containsExactly("/var/lib/php/sessions/sess_1");
        assertThat(refused("No usable temporary directory found in ['/tmp', '/var/tmp', '/srv/app']"))
                .containsExactly("/tmp", "/var/tmp", "/srv/app");
        assertThat(refused("sh: cannot create /run/a.pid: Permission denied.")).containsExactly("/run/a.pid");
        assertThat(refused("GET https://example.org/a/b: Permission denied, see docs/x/y"))
                .isEmpty();
        assertThat(refused("all is well at /tmp/x")).isEmpty();
    }

    @Test
    void aComplaintIsALineThatARunWithThePathDoesNotHave() {
        RunLog log = new RunLog("12:01 start\n12:02 no cache: /cache/a\n12:03 uses /cache/a\n", List.of());

        RunLog usual = new RunLog("11:59 start\n11:59 uses /cache/a\n", List.of());
        assertThat(log.complaint("/cache", usual))
                .hasValueSatisfying(line -> assertThat(line).endsWith("no cache: /cache/a"));
        assertThat(log.complaint("/cach", RunLog.NONE)).isEqualTo(Optional.empty());
        assertThat(log.complaint("/cache/a/b", RunLog.NONE)).isEqualTo(Optional.empty());
    }

    @Test
    void secretsAndAnythingButWordsAreMasked() {
        RunLog log = new RunLog("login hunter2 as x1y2z3 with fast at /srv/app.py\n\n", List.of("fast"));

        assertThat(log.lastLine()).isEqualTo("login *** as *** with *** at /srv/app.py");
        assertThat(log.lastLines(3)).containsExactly("login *** as *** with *** at /srv/app.py");
    }

    /** With its time, the record of each run would differ. */
    @Test
    void theTimeBeforeALineIsLeftOutAndExceptionsAreNamed() {
        assertThat(Stream.of(
                                "2026/12/01 02:24:13 [emerg] 1#1: mkdir() failed",
                                "[01-Dec-2026 02:23:13] ERROR: no socket",
                                "2026-12-01T02:22:51.123Z  WARN no disk",
                                "[2026-12-01 02:22:51 +0000] [7] [INFO] Booting worker",
                                "02:22:51,120 - at 02:22:52",
                                "in \"main\" java.io.UncheckedIOException: java.nio.file.FileSystemException: /tmp/a.b",
                                "sh: -c: com.example.Hunter")
                        .map(line -> new RunLog(line, List.of()).lastLine()))
                .containsExactly(
                        "[emerg] ***: mkdir() failed",
                        "ERROR: no socket",
                        "WARN no disk",
                        "[7] [INFO] Booting worker",
                        "at 02:22:52",
                        "in \"main\" java.io.UncheckedIOException: java.nio.file.FileSystemException: /tmp/a.b",
                        "sh: -c: ***");
    }
}
