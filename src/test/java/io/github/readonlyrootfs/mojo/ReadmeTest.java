package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.report.RuleDescription;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    private static final String PAGES = "src/main/resources/io/github/readonlyrootfs/rule/pages/";

    /** A row of the table, less its last column. */
    private record Row(String name, String property, String goals, String defaultValue) {}

    @Test
    void theParameterTableIsWhatTheGoalsHave() throws Exception {
        assertThat(table()).containsExactlyInAnyOrderElementsOf(parameters());
    }

    @Test
    void everyParameterIsExplained() throws Exception {
        assertThat(lines()).allSatisfy(line -> assertThat(cells(line).get(4)).isNotEmpty());
    }

    @Test
    void theRuleTableIsWhatThePagesSay() throws Exception {
        String expected = RuleDescription.all().stream()
                .map(rule -> "| [`" + rule.id() + "`](" + PAGES + rule.id() + ".md) | "
                        + rule.defaultSeverity().name().toLowerCase(Locale.ROOT) + " | " + rule.summary() + " |")
                .collect(Collectors.joining("\n"));

        assertThat(section("rules").lines().filter(line -> line.startsWith("| [")))
                .containsExactlyElementsOf(expected.lines().toList());
    }

    @Test
    void everyLinkIntoTheRepositoryLeadsSomewhere() throws IOException {
        Matcher link = Pattern.compile("]\\((?!https?:)([^)#]+)").matcher(Files.readString(Path.of("README.md")));
        assertThat(link.results().map(match -> Path.of(match.group(1))))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(path).exists());
    }

    private static List<Row> table() throws IOException {
        return lines().stream().map(ReadmeTest::row).toList();
    }

    private static Row row(String line) {
        List<String> cells = cells(line);
        return new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|"))
                .skip(1)
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }

    private static List<String> lines() throws IOException {
        return section("parameters")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    private static String section(String name) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        return readme.substring(readme.indexOf("<!-- " + name + " -->"), readme.indexOf("<!-- /" + name + " -->"));
    }

    private static List<Row> parameters() throws Exception {
        Map<String, Row> rows = new TreeMap<>();
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
                        ? new Row(row.name(), twins.get(row.name()), row.goals(), row.defaultValue())
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
            rows.merge(
                    name,
                    new Row(name, property, goal.getGoal(), defaultValue),
                    (one, other) -> new Row(name, property, one.goals() + ", " + other.goals(), defaultValue));
        }
    }

    private static PluginDescriptor descriptor() throws Exception {
        try (Reader reader = new InputStreamReader(
                ReadmeTest.class.getResourceAsStream("/META-INF/maven/plugin.xml"), StandardCharsets.UTF_8)) {
            return new PluginDescriptorBuilder().build(reader);
        }
    }
}
