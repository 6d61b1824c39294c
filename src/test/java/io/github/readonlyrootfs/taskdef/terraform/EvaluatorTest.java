// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares values with those of HashiCorp's own library, which {@code src/test/conformance/hcl} records. */
class EvaluatorTest {

    private static final Location PLACE = Location.of("main.tf");

    private static String value(String expression) {
        Evaluator evaluator = new Evaluator();
        try {
            Node value = evaluator.evaluate(
                    HclReader.expression(SourceFile.of("main.tf", expression)),
                    new Scope(
                            Optional.empty(),
                            Map.of("mystery", new UnresolvedNode(PLACE, "${mystery}", "it is a mystery"))));
            JsonText json = new JsonText(PLACE);
            json.add(value, evaluator);
            return json.isKnown() ? json.text() : "unknown";
        } catch (EvaluationException | UnreadableSourceException e) {
            return "error";
        }
    }

    private static List<String> recorded() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/hcl/values.txt"));
    }

    private static int random() throws IOException {
        return recorded().indexOf("# Made at random: ours may be unknown.");
    }

    static Stream<String> whatTaskDefinitionsUse() throws IOException {
        return recorded().subList(1, random()).stream();
    }

    static Stream<String> whatIsMadeAtRandom() throws IOException {
        return recorded().stream().skip(random() + 1L);
    }

    @ParameterizedTest
    @MethodSource("whatTaskDefinitionsUse")
    void whatTaskDefinitionsUseHasTheValueThatTerraformGivesIt(String line) {
        String[] parts = line.split("\t");

        assertThat(value(parts[0])).as(parts[0]).isEqualTo(parts[1]);
    }

    @ParameterizedTest
    @MethodSource("whatIsMadeAtRandom")
    void noExpressionHasAnotherValueThanTerraformGivesIt(String line) {
        String[] parts = line.split("\t");
        String known = value(parts[0]);

        if (!List.of("unknown", "error").contains(parts[1])) {
            assertThat(known).as(parts[0]).isIn(parts[1], "unknown");
        }
    }

    /** Where HashiCorp's library is not the judge: functions of Terraform's own, and what it does not tell. */
    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '\u0001', textBlock = """
                    coalesce("", "a")                                  → "a"
                    coalesce(null, 1)                                  → unknown
                    coalesce(mystery, "a")                             → unknown
                    length({ a = 1 })                                  → 1
                    false && mystery                                   → false
                    true || mystery                                    → true
                    mystery ? 1 : 1                                    → 1
                    mystery ? "a" : "b"                                → unknown
                    (mystery ? { a = 1, b = "x" } : { a = 1 }).a       → unknown
                    cidrsubnet("10.0.0.0/8", 1, 2)                     → unknown
                    concat(["a"], mystery)[0]                          → "a"
                    concat(["a"], mystery)[1]                          → unknown
                    length(concat(["a"], mystery))                     → unknown
                    [for v in concat(["a"], mystery) : upper(v)][0]    → "A"
                    merge(mystery, { a = 1 }).a                        → 1
                    merge({ a = 1 }, mystery).a                        → unknown
                    lookup(merge({ a = 1 }, mystery), "b", 2)          → unknown
                    keys(mystery ? { a = 1 } : { b = 1 })              → unknown
                    { (mystery) = 1, b = 2 }.b                         → 2
                    { b = 2, (mystery) = 1 }.b                         → unknown
                    try(mystery, 1)                                    → unknown
                    sensitive("a")                                     → "a"
                    length("abc")                                      → 3
                    length("é")                                        → unknown
                    values(merge(mystery, { a = 1 }))                  → unknown
                    [for v in merge(mystery, { a = 1 }) : v][0]        → unknown
                    (true ? { a = "x", b = "${mystery}" } : {}).a      → "x"
                    (true ? { a = 1, b = "${mystery}" } : {}).a        → unknown
                    length(values(merge(mystery, { a = 1 })))          → unknown
                    lookup(mystery, "a", 1)                            → unknown
                    lookup({ a = 1 }, mystery, 1)                      → unknown
                    lookup({ a = 1 }, "b", "1")                        → unknown
                    lookup({}, "b", 1)                                 → unknown
                    lookup({}, "b", "x")                               → "x"
                    merge({ a = 1 }, mystery, { b = 2 }).b             → 2
                    merge({ a = 1 }, mystery, { b = 2 }).a             → unknown
                    merge(mystery...)                                  → unknown
                    merge(concat([{ a = 1 }], mystery)...)             → unknown
                    concat([1], ["a"])                                 → unknown
                    concat([1], [])                                    → unknown
                    concat(["a"], [])                                  → ["a"]
                    contains([mystery, "a"], "a")                      → true
                    contains([mystery, "a"], "b")                      → unknown
                    contains([1], "1")                                 → unknown
                    contains([1], null)                                → unknown
                    range(1, 5, 2)                                     → error
                    range(5000)                                        → error
                    toset([mystery])                                   → unknown
                    flatten([["a"], mystery])[0]                       → "a"
                    join("-", ["a", mystery])                          → unknown
                    format("%5s", "a")                                 → unknown
                    replace("a", "", "b")                              → unknown
                    split("", "ab")                                    → unknown
                    mystery && false                                   → false
                    !mystery                                           → unknown
                    -mystery                                           → unknown
                    1 + 1                                              → unknown
                    reverse(["a"])                                     → unknown
                    can(mystery)                                       → unknown
                    zipmap(["a"], concat([1], mystery))                → unknown
                    zipmap(mystery, ["a"])                             → unknown
                    element(concat(["a"], mystery), 0)                 → unknown
                    compact([mystery, "a"])[1]                         → unknown
                    replace("a", "/a/", "b")                           → unknown
                    mystery == mystery                                 → unknown
                    "a${mystery}"                                      → unknown
                    "%{ if mystery }a%{ endif }"                       → unknown
                    "%{ for v in mystery }a%{ endfor }"                → unknown
                    [for v in mystery : v]                             → unknown
                    [for v in ["a", "b"] : v if mystery]               → unknown
                    { for v in ["a"] : mystery => v }                  → unknown
                    mystery.a                                          → unknown
                    mystery[0]                                         → unknown
                    mystery[*].a                                       → unknown
                    ["a"][mystery]                                     → unknown
                    noname                                             → error
                    nosuch("a")                                        → unknown
                    """)
    void whatIsNotToldIsUnknownAndNothingElse(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }
}
