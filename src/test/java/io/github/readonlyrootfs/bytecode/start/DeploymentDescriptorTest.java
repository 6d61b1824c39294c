// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentDescriptorTest {

    private static WebApplication read(String attributes, String text) {
        return DeploymentDescriptor.read(
                SourceFile.of("web.xml", "<?xml version='1.0'?>\n<web-app" + attributes + ">" + text + "</web-app>\n"));
    }

    @Test
    void aDescriptorNamesTheListenersFiltersAndServletsThatAreLoadedAtStart() {
        WebApplication web = read("", """
                <listener>
                  <listener-class>
                    com.example.Listener
                  </listener-class>
                </listener>
                <filter><filter-name>f</filter-name><filter-class>com.example.Filter</filter-class></filter>
                <filter-mapping><filter-name>f</filter-name></filter-mapping>
                <servlet><servlet-class>com.example.Eager</servlet-class><load-on-startup>0</load-on-startup></servlet>
                <servlet><servlet-class>com.example.Late</servlet-class><load-on-startup>-1</load-on-startup></servlet>
                <servlet><servlet-class>com.example.Lazy</servlet-class></servlet>
                <servlet><jsp-file>/a.jsp</jsp-file><load-on-startup>1</load-on-startup></servlet>
                """);

        assertThat(web.deployed()).isTrue();
        assertThat(web.annotated()).isTrue();
        assertThat(web.named())
                .containsExactlyInAnyOrder("com/example/Listener", "com/example/Filter", "com/example/Eager");
    }

    @Test
    void descriptorsOfLibrariesNameClassesThatAreCreatedAtStart(@TempDir Path library) throws IOException {
        Path services = Files.createDirectories(library.resolve("META-INF/services"));
        Files.writeString(
                library.resolve("META-INF/web-fragment.xml"),
                "<web-fragment><name>a</name><listener><listener-class>com.example.Fragment</listener-class></listener>"
                        + "</web-fragment>");
        Files.writeString(
                services.resolve("jakarta.servlet.ServletContainerInitializer"),
                "# ours\ncom.example.Initializer # the first\n\n");
        Files.writeString(services.resolve("javax.servlet.ServletContainerInitializer"), "com.example.Older\n");
        ClassPathEntry entry = ClassPathEntry.of(library);

        assertThat(DeploymentDescriptor.with(entry, true, DeploymentDescriptor.NONE)
                        .named())
                .containsExactlyInAnyOrder("com/example/Fragment", "com/example/Initializer", "com/example/Older");
        // The application's own classes have no fragment, and a complete descriptor excludes all fragments.
        assertThat(DeploymentDescriptor.with(entry, false, DeploymentDescriptor.NONE)
                        .named())
                .containsExactlyInAnyOrder("com/example/Initializer", "com/example/Older");
        assertThat(DeploymentDescriptor.with(entry, true, read(" metadata-complete=\"true\"", ""))
                        .named())
                .containsExactlyInAnyOrder("com/example/Initializer", "com/example/Older");
    }

    @Test
    void annotationsCountUnlessTheDescriptorIsComplete() {
        assertThat(read(" metadata-complete=\"true\"", "").annotated()).isFalse();
        assertThat(read(" metadata-complete=\"false\"", "").annotated()).isTrue();
    }

    @Test
    void withoutAReadableDescriptorOnlyAnnotationsCount() {
        assertThat(read("", "<listener>"))
                .isEqualTo(DeploymentDescriptor.NONE)
                .isEqualTo(new WebApplication(true, Set.of(), true, Map.of()));
    }
}
