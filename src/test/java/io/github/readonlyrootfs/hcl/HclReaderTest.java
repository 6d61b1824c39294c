// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.hcl.Expression.Part;
import io.github.readonlyrootfs.hcl.Expression.Template;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HclReaderTest {

    private static Body read(String text) throws UnreadableSourceException {
        return HclReader.read(SourceFile.of("main.tf", text));
    }

    private static Expression value(String text) throws UnreadableSourceException {
        return read(text).value("a").orElseThrow();
    }

    static Stream<String> recordedTexts() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/hcl/texts.txt")).stream()
                .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("recordedTexts")
    void whatTheLibraryOfHashiCorpTakesIsTakenAndNothingElse(String line) throws IOException {
        String text = new ObjectMapper().readValue(line.substring(3), String.class);
        boolean taken = true;
        try {
            read(text);
        } catch (UnreadableSourceException e) {
            taken = false;
        }

        assertThat(taken).as(text).isEqualTo(line.startsWith("ok"));
    }

    /** Terraform has them since version 1.8; the library that the other texts were tried with is older. */
    @Test
    void functionsOfProvidersAreCalls() throws UnreadableSourceException {
        assertThat(value("a = upper(provider::x::slug (b, 1)[0])\n"))
                .isInstanceOfSatisfying(
                        Expression.Call.class,
                        call -> assertThat(call.arguments().get(0))
                                .isInstanceOfSatisfying(
                                        Expression.Index.class,
                                        index -> assertThat(index.of())
                                                .isInstanceOfSatisfying(
                                                        Expression.Call.class,
                                                        inner -> assertThat(inner.function())
                                                                .isEqualTo("provider::x::slug"))));
        assertThatThrownBy(() -> read("a = provider::x\n")).hasMessageContaining("`(` was expected");
        assertThatThrownBy(() -> read("a = provider::(1)\n")).hasMessageContaining("the name of a function");
    }

    @Test
    void everyPartOfAFileHasItsPlace() throws UnreadableSourceException {
        SourceFile source =
                SourceFile.of("main.tf", "resource \"t\" \"n\" {\n  a = merge(b.c, { d = [1, \"x${e}y\"] })\n}\n");
        Body.Block block = HclReader.read(source).blocks().get(0);
        Body.Argument argument = block.body().arguments().get(0);
        Expression.Call call = (Expression.Call) argument.value();
        Expression.ObjectValue object =
                (Expression.ObjectValue) call.arguments().get(1);
        Expression.Item item = object.items().get(0);
        Expression.Tuple list = (Expression.Tuple) item.value();
        Template text = (Template) list.elements().get(1);

        assertThat(Stream.of(
                                block.typeLocation(),
                                block.labels().get(1).location(),
                                argument.nameLocation(),
                                call.location(),
                                call.arguments().get(0).location(),
                                object.location(),
                                item.key().location(),
                                list.elements().get(0).location(),
                                text.location(),
                                ((Part.Interpolation) text.parts().get(1)).location())
                        .map(source::text))
                .containsExactly(
                        "resource",
                        "\"n\"",
                        "a",
                        "merge(b.c, { d = [1, \"x${e}y\"] })",
                        "b.c",
                        "{ d = [1, \"x${e}y\"] }",
                        "d",
                        "1",
                        "\"x${e}y\"",
                        "${e}");
    }

    @Test
    void theLinesOfAHeredocKnowWhereTheyAreDespiteTheirIndentation() throws UnreadableSourceException {
        Template text = (Template) value("a = <<-EOT\n    one\n      two\n  EOT\n");

        assertThat(text.literal()).hasValue("one\n  two\n");
        Part.Literal second = (Part.Literal) text.parts().get(1);
        assertThat(second.source().location(second.start(), second.end())).hasToString("main.tf:3:5");
    }

    @Test
    void aMarkerTrimsTheBlanksBesideIt() throws UnreadableSourceException {
        Template text = (Template) value("a = \"x  ${~ b ~}  y\"\n");

        assertThat(((Part.Literal) text.parts().get(0)).text()).isEqualTo("x");
        assertThat(((Part.Literal) text.parts().get(2)).text()).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a = 1 b = 2         | 1:7 the end of the line was expected here
                    a = [1 2]           | 1:8 `,` was expected here
                    a = {b: 1 c: 2}     | 1:11 `,` was expected here
                    a = "x              | 1:5 this text has no end
                    a = "${b:-c}"       | 1:9 `}` was expected here
                    a = "\\x"           | 1:6 this escape is unknown
                    a = <<EOT           | 1:5 this is not a value
                    a = 'x'             | 1:5 a value was expected here
                    a = "%{ if b }"     | 1:6 this directive has no end
                    b {                 | 1:4 the file ends in a block
                    /* x                | 1:1 this comment has no end
                    """)
    void mistakesAreReportedWhereTheyAre(String text, String expected) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(UnreadableSourceException.class, e -> {
            Location at = e.problem().location();
            assertThat(at.line() + ":" + at.column() + " " + e.problem().message())
                    .isEqualTo(expected);
        });
    }

    @Test
    void anArgumentThatIsWrittenTwiceIsReportedWithTheLineOfTheFirst() {
        assertThatThrownBy(() -> read("a = 1\na = 2\n"))
                .hasMessageContaining("another argument, on line 1, has the same name");
    }

    @Test
    void deepNestingOfAnyKindIsRefused() {
        for (String open : List.of("[", "(", "{a=", "f(", "-", "!", "\"${", "a[", "[for a in ", "%{ if a }")) {
            String text = "a = " + (open.startsWith("%") ? "\"" : "") + open.repeat(100_000);
            assertThatThrownBy(() -> read(text)).as(open).isInstanceOf(UnreadableSourceException.class);
        }
        String blocks = "b {\n".repeat(100_000);
        assertThatThrownBy(() -> read(blocks)).hasMessageContaining("nested more than 200 levels deep");
        String splats = "a = b" + "[*]".repeat(100_000);
        assertThatThrownBy(() -> read(splats)).hasMessageContaining("nested more than 200 levels deep");
        String conditions = "a = " + "b ? c : ".repeat(100_000) + "d";
        assertThatThrownBy(() -> read(conditions)).hasMessageContaining("nested more than 200 levels deep");
    }

    @Test
    void tooManyValuesAreRefused() {
        String text = "a = [" + "1,".repeat(500_001) + "]";

        assertThatThrownBy(() -> read(text)).hasMessageContaining("more than 500000 values");
    }
}
