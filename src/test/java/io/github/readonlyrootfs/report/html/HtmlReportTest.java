// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.ReportTexts;
import io.github.readonlyrootfs.report.TaskFixture;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

class HtmlReportTest {

    private static final Analysis TASK = TaskFixture.task(Platform.EC2, Platform.FARGATE);

    /** Parsed as XML, which is stricter than HTML: every element must be closed and every text escaped. */
    private static Document page(Analysis task, Finding... findings) throws Exception {
        String text = ReportTexts.text(ReportFormat.HTML, task, List.of(findings), ReportTexts.SETTINGS);
        assertThat(text).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setErrorHandler(new Strict());
        return parser.parse(new InputSource(new StringReader(text)));
    }

    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) throws SAXParseException {
            throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXParseException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXParseException {
            throw e;
        }
    }

    private static List<Element> all(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Element withId(Document page, String id) {
        return all(page, "*").stream()
                .filter(element -> element.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The row of the tree with this path, as text. */
    private static String row(Document page, String path) {
        return all(page, "tr").stream()
                .filter(row ->
                        row.getElementsByTagName("th").item(0).getTextContent().equals(path))
                .map(HtmlReportTest::text)
                .findFirst()
                .orElseThrow();
    }

    private static String text(Element element) {
        return element.getTextContent().replaceAll("\\s+", " ").strip();
    }

    @Test
    void aFindingShowsItsLineItsEvidenceAndItsFix() throws Exception {
        Element finding = withId(page(TASK, TaskFixture.shareFinding()), "finding-1");

        assertThat(text(finding))
                .contains(
                        "error user node (uid 1000) cannot write /usr/local/share: the volume's directory is root:root",
                        "path-not-permitted at Dockerfile:5:8 in app, path /usr/local/share",
                        "5 VOLUME /usr/local/share/",
                        "needed by",
                        "pom.xml:41 <writablePaths>",
                        "Fixmvn readonly-rootfs:fix --- a/Dockerfile +++ b/Dockerfile",
                        " +RUN chown node /usr/local/share VOLUME /usr/local/share/");
        assertThat(text((Element) finding.getElementsByTagName("mark").item(0))).isEqualTo("/usr/local/share/");
    }

    @Test
    void findingsAreGroupedByContainerAndContainersWithoutOnesAreFolded() throws Exception {
        Document page = page(TaskFixture.webAndWorker(), TaskFixture.inWorker());

        assertThat(all(page, "h3"))
                .extracting(HtmlReportTest::text)
                .anyMatch(text -> text.equals("Container app of Worker"));
        assertThat(all(page, "summary"))
                .extracting(HtmlReportTest::text)
                .anyMatch(text -> text.endsWith("nothing found"));
    }

    @Test
    void anUnprovenContainerIsNotFolded() throws Exception {
        Path project = Path.of("src/test/resources/fixtures/a-directory-given-away-with-what-is-in-it");
        Analysis unproven = ReadOnlyRootAnalysis.check(new RequestBuilder(project.resolve("taskdef.json"))
                        .dockerfile(project.resolve("Dockerfile"))
                        .build())
                .tasks();

        Document page = page(unproven);

        assertThat(all(page, "summary"))
                .extracting(HtmlReportTest::text)
                .noneMatch(text -> text.endsWith("nothing found"));
        assertThat(text(withId(page, "container-1")))
                .contains("Gaps: what is not known", "nothing is known about what ");
    }

    @Test
    void aFixThatBreaksTheContainerAloneSaysSoAboveItsDiff() throws Exception {
        Path project = Path.of("src/test/resources/fixtures/a-team-that-prepares-the-switch");
        CheckResult result = ReadOnlyRootAnalysis.check(new RequestBuilder(project.resolve("taskdef.json"))
                .dockerfile(project.resolve("Dockerfile"))
                .writablePaths("/tmp")
                .build());
        List<Finding> flag = result.findings().stream()
                .filter(finding -> finding.rule().equals("root-not-read-only"))
                .toList();
        Document page = page(result.tasks(), flag.toArray(Finding[]::new));

        assertThat(text(withId(page, "finding-1")))
                .contains("Fixmvn readonly-rootfs:fix container app fails with it until it can write /tmp --- a/");
    }

    @Test
    void theTitleNamesTheProjectAndNamesBreakAfterTheirDots() throws Exception {
        Document page = page(new Analysis(List.of(TaskFixture.renamed(TASK, "aws_ecs_task_definition.shop", false))));

        assertThat(text(all(page, "title").get(0))).isEqualTo("shop: taskdef.json with a read-only root file system");
        assertThat(all(page, "wbr"))
                .extracting(mark -> mark.getPreviousSibling().getTextContent())
                .contains("app of aws_ecs_task_definition.");
    }

    @Test
    void platformsOnWhichAllContainersFareTheSameShareAColumn() throws Exception {
        assertThat(all(page(TASK), "th")).extracting(HtmlReportTest::text).contains("On EC2 and FARGATE");
    }

    @Test
    void theTreeShowsMountEvidenceResultAndTheFinding() throws Exception {
        Document page = page(TaskFixture.task(Platform.FARGATE), TaskFixture.shareFinding());

        assertThat(row(page, "/usr/local/share"))
                .contains(
                        "image-volume from Dockerfile:5",
                        "read-write, root:root 0755",
                        "fatal",
                        "declared: pom.xml:41 <writablePaths>",
                        "needed, not writable",
                        "path-not-permitted");
        assertThat(row(page, "/tmp")).contains("image-volume from Dockerfile:4", "optional", "needed, writable");
        assertThat(all(page, "a"))
                .filteredOn(link -> link.getTextContent().equals("path-not-permitted"))
                .extracting(link -> link.getAttribute("href"))
                .contains("#finding-1");
    }

    @Test
    void aContainerThatIsTheSameOnSeveralPlatformsIsShownOnce() throws Exception {
        assertThat(all(page(TASK), "p"))
                .extracting(HtmlReportTest::text)
                .contains("on EC2 and FARGATE")
                .doesNotContain("on EC2");
        // The finding is on one of them.
        assertThat(all(page(TASK, TaskFixture.shareFinding()), "p"))
                .extracting(HtmlReportTest::text)
                .contains("on EC2", "on FARGATE");
    }

    @Test
    void everyLinkLeadsIntoThePageOrToTheDocumentation() throws Exception {
        Document page = page(TaskFixture.webAndWorker(), TaskFixture.inWorker(), TaskFixture.SUPPRESSED);

        Set<String> ids = new HashSet<>();
        for (Element element : all(page, "*")) {
            String id = element.getAttribute("id");
            assertThat(id.isEmpty() || ids.add(id)).as(id).isTrue();
        }
        for (Element link : all(page, "a")) {
            String target = link.getAttribute("href");
            assertThat(target.startsWith(ReportSettings.PLUGIN_URL) || ids.contains(target.substring(1)))
                    .as(target)
                    .isTrue();
        }
    }

    @Test
    void noInputMakesThePageLoadOrRunAnything() throws Exception {
        String evil =
                "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"x' \u202e\u0007";
        Finding hostile = TaskFixture.finding("x", Severity.ERROR, Location.of(evil), "`" + evil + "` " + evil, evil)
                .in(evil)
                .at(ContainerPath.of(evil))
                .with(List.of(new Finding.Related(evil, evil, Optional.of(Location.of(evil)))))
                .ignoredBecause(evil);
        Document page = page(
                new Analysis(List.of(TaskFixture.renamed(TASK, evil, false))), hostile, TaskFixture.shareFinding());

        assertThat(all(page, "*"))
                .extracting(Element::getTagName)
                .doesNotContain("script", "img", "link", "iframe", "object", "base", "form", "svg");
        for (Element element : all(page, "*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .doesNotStartWith("on")
                        .isNotEqualTo("src");
            }
        }
        assertThat(text(all(page, "style").get(0))).doesNotContain("url(", "@import");
        assertThat(all(page, "meta"))
                .extracting(meta -> meta.getAttribute("content"))
                .contains("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(page.getDocumentElement().getTextContent())
                .contains("<script>alert(1)</script>")
                .doesNotContain("\u202e", "\u0007");
    }

    @Test
    void suppressedFindingsAreFoldedAway() throws Exception {
        Finding info = TaskFixture.finding("x", Severity.INFO, TaskFixture.SHARE, "odd", "");

        assertThat(all(page(TASK, info, TaskFixture.shareFinding().ignoredBecause("it is read only")), "details"))
                .extracting(HtmlReportTest::text)
                .anySatisfy(text -> assertThat(text).startsWith("1 info info odd"))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("1 suppressed finding error user node")
                        .contains("ignored: it is read only"));
    }

    @Test
    void thePageSaysWhetherTheBuildFails() throws Exception {
        assertThat(text(withId(page(TASK), "findings"))).isEqualTo("Findings Nothing found.");
        assertThat(text(all(page(TASK), "header").get(0))).contains("Build passes nothing found");
        assertThat(text(all(page(TASK, TaskFixture.shareFinding()), "header").get(0)))
                .contains("Build fails 1 error");
    }

    @Test
    void containersThatDoNotStartAndUnreadableFilesAreMarked() throws Exception {
        assertThat(text(withId(page(TaskFixture.strangeTask()), "container-1")))
                .contains("does not start", "container does not start", "unknown");
        assertThat(text(withId(page(TaskFixture.unreadableTask()), "overview")))
                .contains("No container is known: the findings say why.");
    }

    @Test
    void findingsAboveTheLimitAreCounted() throws Exception {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            many.add(TaskFixture.finding("x", Severity.WARNING, TaskFixture.SHARE, "wrong " + i, "do this"));
        }
        many.add(TaskFixture.shareFinding());

        Document page = page(TASK, many.toArray(Finding[]::new));
        assertThat(all(page, "article")).hasSize(500);
        assertThat(text(withId(page, "finding-1"))).contains("/usr/local/share");
        assertThat(text(withId(page, "findings"))).endsWith("and 201 more in the JSON report");
    }

    @Test
    void noHeadingSkipsALevel() throws Exception {
        int level = 0;
        for (Element element : all(page(TASK, TaskFixture.shareFinding()), "*")) {
            if (element.getTagName().matches("h[1-6]")) {
                int next = element.getTagName().charAt(1) - '0';
                assertThat(next).isLessThanOrEqualTo(level + 1);
                level = next;
            }
        }
        assertThat(level).isPositive();
    }
}
