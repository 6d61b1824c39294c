// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import static io.github.readonlyrootfs.runtime.Users.unknownUser;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.PomFixture;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Poms before and after an edit. */
class PomEditorTest {

    @TempDir
    Path directory;

    private ImageSource.Described jib(String configuration) {
        return new PomFixture(directory).jib(configuration).described();
    }

    private SourceFile pom() {
        try {
            return SourceFile.of("pom.xml", Files.readString(directory.resolve("pom.xml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PomEditor editor(ImageSource.Described source) {
        SourceFile pom = pom();
        return new PomEditor(source, Map.of(pom.name(), pom));
    }

    private static List<ContainerPath> paths(String... paths) {
        return Stream.of(paths).map(ContainerPath::of).toList();
    }

    /** What becomes of a part of the pom, when nothing else changes. */
    private String after(Remedy remedy, String part) {
        SourceFile pom = pom();
        Patch patch = new Patch();
        assertThat(remedy.isApplicable()).isTrue();
        assertThat(patch.add(remedy.edits())).isTrue();
        int start = pom.text().indexOf(part);
        assertThat(start).isNotNegative();
        String after = patch.apply(pom);
        int end = after.length() - (pom.text().length() - start - part.length());
        assertThat(after.substring(0, start)).isEqualTo(pom.text().substring(0, start));
        assertThat(after.substring(end)).isEqualTo(pom.text().substring(start + part.length()));
        return after.substring(start, end);
    }

    private String declaring(String configuration, String... paths) {
        return after(editor(jib(configuration)).declare(paths(paths)).orElseThrow(), configuration);
    }

    @Test
    void anElementOnItsOwnLineIsAddedOnANewLine() {
        assertThat(declaring("\n  <container>\n    <user>1</user>\n  </container>\n", "/a"))
                .isEqualTo("""

                             <container>
                               <volumes><volume>/a</volume></volumes>
                               <user>1</user>
                             </container>
                           """);
    }

    @Test
    void anElementIsIndentedAsTheOneBelowIt() {
        assertThat(declaring("\n    <container>\n        <user>1</user>\n    </container>\n", "/a"))
                .isEqualTo("""

                               <container>
                                   <volumes><volume>/a</volume></volumes>
                                   <user>1</user>
                               </container>
                           """);
    }

    @Test
    void indentationWithTabsIsKept() {
        assertThat(declaring("\n\t<container>\n\t\t<user>1</user>\n\t</container>\n", "/a"))
                .isEqualTo("""

                           \t<container>
                           \t\t<volumes><volume>/a</volume></volumes>
                           \t\t<user>1</user>
                           \t</container>
                           """);
    }

    @Test
    void severalPathsAreAddedToOneList() {
        assertThat(declaring("\n<container>\n</container>\n", "/a", "/b&c")).isEqualTo("""

                           <container>
                             <volumes><volume>/a</volume><volume>/b&amp;c</volume></volumes>
                           </container>
                           """);
        assertThat(declaring("\n<container>\n<volumes>\n</volumes>\n</container>\n", "/a", "/b"))
                .isEqualTo("""

                           <container>
                           <volumes>
                             <volume>/a</volume><volume>/b</volume>
                           </volumes>
                           </container>
                           """);
    }

    @Test
    void elementsOnOneLineAreExtendedWithinIt() {
        assertThat(declaring("<container><user>1</user></container>", "/a"))
                .isEqualTo("<container><volumes><volume>/a</volume></volumes><user>1</user></container>");
    }

    @Test
    void aMissingElementIsAddedToTheConfiguration() {
        assertThat(declaring("\n<from><image>a</image></from>\n", "/a"))
                .contains("<container><volumes><volume>/a</volume></volumes></container>");
    }

    @Test
    void aSelfClosingElementIsNotEdited() {
        ImageSource.Described source = jib("\n<container/>\n");
        Remedy remedy = editor(source).declare(paths("/a")).orElseThrow();

        assertThat(remedy.edits()).isEmpty();
        assertThat(remedy.advice())
                .contains("add `<volumes><volume>/a</volume></volumes>` to the <container> in line "
                        + source.volume().orElseThrow().place().line() + " of pom.xml");
    }

    @Test
    void anElementWithoutALocationIsNotEdited() {
        ImageSource.Described source = jib("<container><user>1</user></container>");
        Remedy remedy = new PomEditor(source, Map.of()).declare(paths("/a")).orElseThrow();

        assertThat(remedy.edits()).isEmpty();
        assertThat(remedy.advice().orElseThrow())
                .startsWith("add `<volumes><volume>/a</volume></volumes>` to the <container>");
    }

    @Test
    void aDirectoryThatThePomCopiesIntoTheImageIsGivenToAUser() {
        String configuration = """

                <pluginExtensions><pluginExtension>
                <implementation>com.google.cloud.tools.jib.maven.extension.ownership.JibOwnershipExtension</implementation>
                <configuration>
                  <rules>
                    <rule><glob>/srv/other</glob><ownership>1</ownership></rule>
                  </rules>
                </configuration>
                </pluginExtension></pluginExtensions>
                """;
        new PomFixture(directory).file("src/main/jib/data/.keep", "");
        PomEditor editor = editor(jib(configuration));

        assertThat(editor.own(ContainerPath.of("/elsewhere"), user("node", 1000)))
                .isEmpty();
        assertThat(editor.own(ContainerPath.of("/data"), unknownUser("nobody knows")))
                .isEmpty();
        assertThat(editor.own(ContainerPath.of("/data"), user("node", 1000)))
                .hasValueSatisfying(
                        remedy -> assertThat(after(remedy, configuration))
                                .contains(
                                        "  <rules>\n    <rule><glob>/data</glob><ownership>1000:1000</ownership></rule>\n    <rule>"));
    }

    @Test
    void aMissingUserIsRequestedFromThePerson() {
        assertThat(editor(jib("\n<container>\n</container>\n")).user().orElseThrow())
                .startsWith("add a <user> with a number to the <container> in line ");
        assertThat(editor(jib("\n<container>\n<user>1</user>\n</container>\n")).user())
                .isEmpty();
    }
}
