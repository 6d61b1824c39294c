// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.ReportTexts;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The HTML report in Chromium, as Debian packages it; skipped without it. */
@Tag("slow")
@Timeout(300)
class BrowserTest {

    private static final String CHROMIUM = chromium().orElse("");

    /** Code in the text of a file, which no page may run. */
    /** Without an equals sign, behind which a name is not shown. */
    private static final String RUN = "Reflect.set(document,'title','pwned')";

    @TempDir
    Path directory;

    private static Optional<String> chromium() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(path -> Path.of(path, "chromium"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    @BeforeAll
    static void thereIsABrowser() {
        assumeTrue(!CHROMIUM.isEmpty(), "there is no chromium: the HTML report is not tried in a browser");
    }

    private Path report(Fixture fixture) throws Exception {
        CheckResult result = fixture.check();
        ReportFiles.write(
                directory, EnumSet.of(ReportFormat.HTML), result.tasks(), result.findings(), ReportTexts.SETTINGS);
        return directory.resolve(ReportFormat.HTML.fileName());
    }

    private Fixture project(String dockerfile, String task, String writablePaths) throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        Files.writeString(directory.resolve("taskdef.json"), task);
        Properties options = new Properties();
        options.setProperty("container", "app");
        options.setProperty("writablePaths", writablePaths);
        return new Fixture(directory, options);
    }

    private String browse(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                CHROMIUM,
                "--headless=new",
                // Root can only run Chromium without its sandbox.
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Path output = directory.resolve("output");
        Process browser = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!browser.waitFor(120, TimeUnit.SECONDS)) {
            browser.destroyForcibly();
            throw new AssertionError("the browser hangs: " + command);
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private BufferedImage screenshot(Path page, int width, int height) throws IOException, InterruptedException {
        Path image = directory.resolve(width + ".png");
        browse(page, "--screenshot=" + image, "--window-size=" + width + "," + height);
        return ImageIO.read(image.toFile());
    }

    /** A page is mostly background, with text on every part. */
    private static void assertIsNotBlank(BufferedImage image) {
        for (int part = 0; part < 4; part++) {
            int top = image.getHeight() * part / 4;
            int height = image.getHeight() / 4;
            long colours = Arrays.stream(image.getRGB(0, top, image.getWidth(), height, null, 0, image.getWidth()))
                    .distinct()
                    .count();
            assertThat(colours).as("colours of part %s", part).isGreaterThan(20);
        }
    }

    @Test
    void theWellKnownExampleIsReadableOnAScreenAndOnAPhone() throws Exception {
        Path page = report(Fixture.in(Path.of("src/test/resources/fixtures/a-volume-that-the-user-cannot-write")));

        assertThat(browse(page, "--dump-dom"))
                .contains("user node (uid 1000) cannot write /usr/local/share", "needed, not writable");
        assertIsNotBlank(screenshot(page, 1280, 1400));
        assertIsNotBlank(screenshot(page, 390, 2400));
    }

    @Test
    void aTaskOfTwelveContainersIsReadable() throws Exception {
        StringBuilder containers = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            containers.append("""
                    %s{"name": "%s", "image": "<IMAGE>", "readonlyRootFilesystem": %s,
                      "mountPoints": [{"sourceVolume": "shared", "containerPath": "/shared/%d"}]}
                    """.formatted(i == 0 ? "" : ",", i == 0 ? "app" : "worker-" + i, i % 3 != 0, i));
        }
        Path page = report(project(
                "FROM debian:13\nVOLUME /tmp\nVOLUME /data\nUSER 1000\n",
                "{\"requiresCompatibilities\": [\"FARGATE\", \"EC2\"], \"networkMode\": \"awsvpc\", \"cpu\": \"256\","
                        + " \"memory\": \"512\", \"volumes\": [{\"name\": \"shared\"}], \"containerDefinitions\": ["
                        + containers + "]}",
                "/tmp /data /var/lib/app"));

        String shown = browse(page, "--dump-dom");
        for (int i = 1; i < 12; i++) {
            assertThat(shown).contains("<h3 id=\"container-" + (i + 1) + "-title\">worker-" + i + "</h3>");
        }
        assertIsNotBlank(screenshot(page, 1280, 4000));
    }

    @Test
    void noNameInTheFilesIsRunAsScriptOrLoadsAResource() throws Exception {
        String evil = "</style></title><script>" + RUN + "</script><img src=x onerror=" + RUN + ">";
        Path page = report(project(
                "FROM debian:13\nVOLUME [\"/" + evil + "\"]\nUSER 1000\n",
                """
                {"family": "@", "volumes": [{"name": "\\"><svg onload=@>"}], "containerDefinitions": [
                  {"name": "app", "image": "@", "readonlyRootFilesystem": true,
                   "mountPoints": [{"sourceVolume": "\\"><svg onload=@>", "containerPath": "/' onload='@"}]},
                  {"name": "@\\u202e\\u0007", "image": "debian:13", "user": "@", "@": true,
                   "mountPoints": [{"sourceVolume": "@", "containerPath": "/@/\\u05d0"}]},
                  {"name": "javascript:@", "image": "debian:13"}]}
                """.replace("@", evil),
                "/@ /'\"><script>@</script>".replace("@", RUN)));

        String shown = browse(page, "--dump-dom");
        assertThat(shown)
                .contains("<title>shop: taskdef.json with a read-only root file system</title>", "&lt;script&gt;" + RUN)
                .doesNotContain("<script", "<img", "<svg", "\u202e");
        assertIsNotBlank(screenshot(page, 1280, 2000));
    }

    @Test
    void theTestDetectsAScriptThatRuns() throws Exception {
        Path page = Files.writeString(
                directory.resolve("bad.html"), "<!DOCTYPE html><title>good</title><script>" + RUN + "</script>");

        assertThat(browse(page, "--dump-dom")).contains("<title>pwned</title>");
    }

    @Test
    void thePageCanBePrinted() throws Exception {
        Path page = report(Fixture.in(Path.of("src/test/resources/fixtures/a-volume-that-the-user-cannot-write")));
        Path pdf = directory.resolve("page.pdf");
        browse(page, "--print-to-pdf=" + pdf);

        assertThat(Files.size(pdf)).isGreaterThan(10_000);
    }
}
