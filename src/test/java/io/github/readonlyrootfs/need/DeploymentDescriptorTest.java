// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.WebApplication;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeploymentDescriptorTest {

    private static WebApplication read(String attributes, String text) {
        return DeploymentDescriptor.read(
                SourceFile.of("web.xml", "<?xml version='1.0'?>\n<web-app" + attributes + ">" + text + "</web-app>\n"));
    }

    @Test
    void itNamesListenersFiltersAndServletsThatAreLoadedAtStart() {
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
    void annotationsCountUnlessItIsComplete() {
        assertThat(read(" metadata-complete=\"true\"", "").annotated()).isFalse();
        assertThat(read(" metadata-complete=\"false\"", "").annotated()).isTrue();
    }

    @Test
    void withoutOneThatCanBeReadOnlyAnnotationsSayWhatIsMade() {
        assertThat(read("", "<listener>"))
                .isEqualTo(DeploymentDescriptor.NONE)
                .isEqualTo(new WebApplication(true, Set.of(), true));
    }
}
