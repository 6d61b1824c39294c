// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.readonlyrootfs.mojo.Markdown.Snippet;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README, CONTRIBUTING and {@code docs} agree with the plugin. {@code mvn test -Dtest=DocumentationTest
 * -Dfixtures.update} writes the tables of parameters and rules and the excerpts again.
 */
final class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
    private static final Path PARAMETERS = Path.of("docs/parameters.md");
    private static final Path RULES = Path.of("docs/rules.md");
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final String PAGES = "../src/main/resources/io/github/readonlyrootfs/rule/pages/";
    private static final boolean UPDATE = System.getProperty("fixtures.update") != null;

    private static final Pattern EXCERPT =
            Pattern.compile("(?s)<!-- excerpt (\\S+) -->\\n```\\n(.*?)```\\n<!-- /excerpt");

    private static final Pattern UNUSED =
            Pattern.compile("(?<=[.] )`?\\w+`?(?: and `?\\w+`?)? do(?:es)? not use it[.]");

    /** The short names of the project's directories in CONTRIBUTING. */
    private static final Map<String, String> SHORT = Map.of(
            "MAIN/", "src/main/java/io/github/readonlyrootfs/",
            "DATA/", "src/main/resources/io/github/readonlyrootfs/",
            "TEST/", "src/test/java/io/github/readonlyrootfs/");

    /** Elements of a snippet that are not parameters. */
    private static final Set<String> AROUND_PARAMETERS =
            Set.of("plugin", "execution", "configuration", "cache", "imageFacts");

    /** A row of the table without its last column. */
    private record Row(String name, String property, String goals, String defaultValue, String description) {

        String line() {
            return "| `" + name + "` |" + code(property) + "| " + goals + " |" + code(defaultValue) + "|";
        }

        private static String code(String text) {
            return text.isEmpty() ? " " : " `" + text + "` ";
        }
    }

    static List<Markdown> documents() throws IOException {
        return Markdown.all();
    }

    static Stream<Snippet> xml() throws IOException {
        return documents().stream().flatMap(document -> document.snippets("xml").stream());
    }

    static Stream<Snippet> yaml() throws IOException {
        return documents().stream().flatMap(document -> document.snippets("yaml").stream());
    }

    @Test
    void theParameterTableAgreesWithTheGoals() throws Exception {
        Markdown page = Markdown.read(PARAMETERS);
        Map<String, String> explained = page.section("parameters")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .collect(Collectors.toMap(
                        line -> cells(line).get(0), line -> cells(line).get(4)));
        String table = "| Parameter | Property | Goals | Default | Meaning |\n|---|---|---|---|---|\n"
                + parameters().stream()
                        .map(row -> row.line() + " " + explained.getOrDefault(row.name(), row.description()) + " |\n")
                        .collect(Collectors.joining());
        update(page.withSection("parameters", table));

        assertThat(Markdown.read(PARAMETERS).section("parameters")).isEqualTo(table);
        assertThat(table.lines()).noneMatch(line -> line.endsWith("|  |"));
    }

    @Test
    void theRuleTableAgreesWithThePages() throws IOException {
        String table = "| Rule | Default | Finds |\n|---|---|---|\n"
                + RuleDescription.allBut(Set.of()).stream()
                        .map(rule -> "| [`" + rule.id() + "`](" + PAGES + rule.id() + ".md) | "
                                + rule.defaultSeverity().name().toLowerCase(Locale.ROOT) + " | " + rule.summary()
                                + " |\n")
                        .collect(Collectors.joining());
        update(Markdown.read(RULES).withSection("rules", table));

        assertThat(Markdown.read(RULES).section("rules")).isEqualTo(table);
    }

    @Test
    void thePagesNameEveryFinderAndEveryReport() {
        List<String> inference = Markdown.read(Path.of("docs/inference.md")).codes();
        List<String> reports = Markdown.read(Path.of("docs/reports.md")).codes();
        List<String> parameters = Markdown.read(PARAMETERS).codes();

        assertThat(inference).containsAll(NeedFinders.names());
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(reports).contains(format.label(), format.fileName());
            assertThat(parameters).contains(format.label());
        }
    }

    /** The excerpts in README are those that FixturesTest compares with the console. */
    @ParameterizedTest
    @MethodSource("documents")
    void anExcerptIsTheOutputOfItsFixture(Markdown document) throws IOException {
        if (UPDATE) {
            update(new Markdown(
                    document.file(),
                    EXCERPT.matcher(document.text())
                            .replaceAll(excerpt -> Matcher.quoteReplacement(
                                    excerpt.group().replace(excerpt.group(2), printed(excerpt.group(1)))))));
        }
        assertThat(EXCERPT.matcher(Markdown.read(document.file()).text()).results())
                .allSatisfy(excerpt -> assertThat(excerpt.group(2)).isEqualTo(printed(excerpt.group(1))));
    }

    @Test
    void theReadmeShowsAFinding() {
        assertThat(Markdown.read(README).text()).containsPattern(EXCERPT);
    }

    @Test
    void theReadmeFitsIntoAFewScreens() {
        assertThat(Markdown.read(README).text().lines().count()).isLessThan(250);
    }

    /** Who has no Java project, or several, must not leave before the quickstart. */
    @Test
    void theReadmeHasAWordForEachKindOfProject() {
        String[] parts = Markdown.read(README).text().split("(?m)^## ");
        assertThat(parts[0]).contains("**Terraform**", "**monorepos**", "**Other languages**", "docs/observe.md");
        assertThat(parts[1]).contains("also run without a pom", "<pluginGroup>");
    }

    @ParameterizedTest
    @EnumSource
    void everyReportFormatIsListedWhereThePackageAndThePageAre(ReportFormat format) {
        assertThat(Markdown.read(README).text().lines().filter(line -> line.startsWith("| [Reports](docs/reports.md)")))
                .singleElement(STRING)
                .containsIgnoringCase(format.label());
        assertThat(Markdown.read(Path.of("docs/architecture.md"))
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("| `report` | ")))
                .singleElement(STRING)
                .containsIgnoringCase(format.label());
    }

    @Test
    void theReadmeLinksToEveryPage() throws IOException {
        List<String> links = Markdown.read(README).links();
        assertThat(documents().stream()
                        .map(Markdown::file)
                        .filter(file -> file.startsWith("docs"))
                        .map(file -> file.toString().replace('\\', '/')))
                .isSubsetOf(links);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkHasATarget(Markdown document) {
        for (String link : document.links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document.file()
                    : document.file().resolveSibling(parts[0]).normalize();
            assertThat(target).as(link).exists();
            if (parts.length > 1) {
                assertThat(Markdown.read(target).anchors()).as(link).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("xml")
    void everySnippetForAPomHasParametersAndRulesThatExist(Snippet snippet) throws Exception {
        Set<String> known = new TreeSet<>(AROUND_PARAMETERS);
        parameters().forEach(row -> known.add(row.name()));
        XmlElement all = XmlReader.read(SourceFile.of("snippet.xml", "<all>" + snippet.code() + "</all>"));

        assertThat(all.children()).extracting(XmlElement::name).isSubsetOf(known);
        assertThat(all.children()).allSatisfy(element -> holdParametersAndRules(element, known));
    }

    private static void holdParametersAndRules(XmlElement element, Set<String> parameters) {
        Set<String> rules = RuleDescription.allBut(Set.of()).stream()
                .map(RuleDescription::id)
                .collect(Collectors.toSet());
        List<String> children =
                element.children().stream().map(XmlElement::name).toList();
        switch (element.name()) {
            case "configuration" -> assertThat(parameters).containsAll(children);
            case "severities" -> assertThat(rules).containsAll(children);
            case "rule" -> assertThat(rules).contains(element.text());
            default -> {
                // Maven's own elements and the elements below a parameter.
            }
        }
        element.children().forEach(child -> holdParametersAndRules(child, parameters));
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void everySnippetForAPipelineIsValidYaml(Snippet snippet) throws Exception {
        assertThat(YamlReader.readAll(SourceFile.of("snippet.yaml", snippet.code())))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyPropertyExistsAndTheVersionIsThatOfTheBuild(Markdown document) throws Exception {
        Set<String> known = new TreeSet<>();
        parameters().forEach(row -> known.add(row.property()));
        PluginDescriptor plugin = descriptor();

        assertThat(found("-D(readonly-rootfs\\.\\w+)", document)).isSubsetOf(known);
        assertThat(found("readonly-rootfs-maven-plugin(?:</artifactId>\\s*<version>|:)(\\d[\\w.-]*)", document))
                .allMatch(plugin.getVersion()::equals);
        assertThat(found("mvn [^\\n]*?(?<![.\\w])readonly-rootfs:(\\w+)", document))
                .isSubsetOf(
                        plugin.getMojos().stream().map(MojoDescriptor::getGoal).toList());
    }

    private static List<String> found(String pattern, Markdown document) {
        return Pattern.compile(pattern)
                .matcher(document.text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Names in capitals only, such as NAME, are placeholders for the reader. */
    @Test
    void everyFileThatTheContributingGuideNamesExists() throws IOException {
        Map<String, Path> tests = classes(Path.of("src/test/java"));
        Map<String, Path> sources = classes(Path.of("src/main/java"));
        for (Markdown document : List.of(Markdown.read(CONTRIBUTING), Markdown.read(Path.of("docs/architecture.md")))) {
            for (String code : document.codes()) {
                String name = code;
                for (Map.Entry<String, String> directory : SHORT.entrySet()) {
                    name = name.replace(directory.getKey(), directory.getValue());
                }
                if (name.matches("(src|docs|\\.ci|\\.github)/\\S*") && !name.matches(".*([A-Z]{2,}|[*{<…]).*")) {
                    assertThat(Path.of(name)).as(code).exists();
                } else if (name.matches("[A-Z]\\w+(Test|Fixture|Texts|Recorder)")) {
                    assertThat(tests).as(code).containsKey(name);
                } else if (name.matches("[A-Z][a-z]\\w+\\.java")) {
                    assertThat(sources).as(code).containsKey(name.replace(".java", ""));
                }
            }
        }
    }

    /** The tests in commands of CONTRIBUTING; {@code NAME} and patterns are placeholders for the reader. */
    @Test
    void everyTestThatTheContributingGuideNamesExists() throws IOException {
        Set<String> tests = classes(Path.of("src/test/java")).keySet();
        List<String> named = found("-Dtest='?([\\w,*]+)", Markdown.read(CONTRIBUTING)).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .filter(name -> !name.startsWith("NAME") && !name.contains("*"))
                .toList();
        assertThat(named).isNotEmpty().isSubsetOf(tests);
    }

    private static Map<String, Path> classes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Map<String, Path> classes = new HashMap<>();
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), file));
            return classes;
        }
    }

    /** The build in {@code src/it/build-cache} tests it. */
    @Test
    void theRecipeForTheBuildCacheIsTheTestedOne() throws IOException {
        String tested = Files.readString(Path.of("src/it/build-cache/.mvn/maven-build-cache-config.xml"));
        List<Snippet> recipes =
                xml().filter(snippet -> snippet.code().startsWith("<cache")).toList();
        assertThat(recipes)
                .isNotEmpty()
                .allSatisfy(recipe -> assertThat(tested).containsIgnoringWhitespaces(execution(recipe.code())));
    }

    private static String execution(String cache) {
        return cache.substring(cache.indexOf("<executionControl>"), cache.indexOf("</cache>"));
    }

    /** A tag can be moved to other code; a commit cannot. */
    @Test
    void ourPipelinesAreValidAndPinActionsToCommits() throws Exception {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            for (Path file : files.toList()) {
                SourceFile workflow = SourceFile.of(file.toString(), Files.readString(file));
                assertThat(YamlReader.readAll(workflow)).hasSize(1);
                assertThat(workflow.text().lines().filter(line -> line.contains("uses:")))
                        .isNotEmpty()
                        .allMatch(line -> line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v\\d+(\\.\\d+)*"));
            }
        }
    }

    private static void update(Markdown document) throws IOException {
        if (UPDATE) {
            Files.writeString(document.file(), document.text());
        }
    }

    /** The findings that a fixture prints. */
    private static String printed(String fixture) {
        return Markdown.read(FIXTURES.resolve(fixture).resolve("expected.txt"))
                .text()
                .lines()
                .takeWhile(line -> line.matches("\\[(ERROR|WARNING)] (?!Failed to execute goal).*"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("(?<!\\\\)\\|"))
                .skip(1)
                .map(String::strip)
                .map(cell -> cell.matches("`\\w+`") ? cell.replace("`", "") : cell)
                .toList();
    }

    private static List<Row> parameters() throws Exception {
        Map<String, Row> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Map<String, String> twins = new TreeMap<>();
        for (MojoDescriptor goal : descriptor().getMojos()) {
            if (!goal.getGoal().equals("help")) {
                for (Parameter parameter : goal.getParameters()) {
                    collect(goal, parameter, rows, twins);
                }
            }
        }
        return rows.values().stream()
                .map(row -> twins.containsKey(row.name())
                        ? new Row(row.name(), twins.get(row.name()), row.goals(), row.defaultValue(), row.description())
                        : row)
                .toList();
    }

    private static void collect(
            MojoDescriptor goal, Parameter parameter, Map<String, Row> rows, Map<String, String> twins) {
        String name = parameter.getName();
        String expression = parameter.getExpression();
        String property = expression == null || expression.isEmpty()
                ? ""
                : expression.substring("${".length(), expression.length() - "}".length());
        if (name.endsWith("Property")) {
            twins.put(name.substring(0, name.length() - "Property".length()), property);
        } else if (parameter.isEditable()) {
            String defaultValue = parameter.getDefaultValue() == null ? "" : parameter.getDefaultValue();
            String description = parameter
                    .getDescription()
                    .replaceAll("</?code>", "`")
                    .replaceAll("<[^>]+>", "")
                    .replaceAll("\\s+", " ");
            if (isUsed(goal, description)) {
                rows.merge(
                        name,
                        new Row(name, property, goal.getGoal(), defaultValue, description),
                        (one, other) ->
                                new Row(name, property, one.goals() + ", " + other.goals(), defaultValue, description));
            }
        }
    }

    /** A goal has the parameters of the classes that it extends. If it does not use one, its description says so. */
    private static boolean isUsed(MojoDescriptor goal, String description) {
        Matcher unused = UNUSED.matcher(description);
        return !unused.find() || !List.of(unused.group().split("\\W+")).contains(goal.getGoal());
    }

    private static PluginDescriptor descriptor() throws Exception {
        try (Reader reader = new InputStreamReader(
                DocumentationTest.class.getResourceAsStream("/META-INF/maven/plugin.xml"), StandardCharsets.UTF_8)) {
            return new PluginDescriptorBuilder().build(reader);
        }
    }
}
