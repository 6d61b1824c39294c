// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.StringReader;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.expression.DefaultExpressionEvaluator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

final class StrictConfiguratorTest {

    @Test
    void entriesAndBooleansAreTaken() throws Exception {
        configure("<ignores><ignore><rule>wrong-type</rule><reason>x</reason></ignore></ignores>"
                + "<containers><container><name>app</name><writablePaths><path>/tmp</path></writablePaths></container>"
                + "</containers><skip>true</skip><executeCommand> false </executeCommand>");
    }

    @Test
    void aMisspeltChildIsAnsweredWithTheNearestName() {
        assertThatThrownBy(() -> configure("<containers><container><dokerfile/></container></containers>"))
                .isInstanceOf(ComponentConfigurationException.class)
                .hasMessage(
                        "<container> has no <dokerfile>; did you mean dockerfile? There are name, dockerfile, context,"
                                + " target, buildArgs, writablePaths, imageFacts");
    }

    @Test
    void whatIsNeitherTrueNorFalseIsAnError() {
        assertThatThrownBy(() -> configure("<skip>ture</skip>"))
                .isInstanceOf(ComponentConfigurationException.class)
                .hasMessage("\"ture\" is neither true nor false");
    }

    private static void configure(String elements) throws Exception {
        ClassWorld world = new ClassWorld("test", StrictConfiguratorTest.class.getClassLoader());
        new StrictConfigurator()
                .configureComponent(
                        new CheckMojo(),
                        new XmlPlexusConfiguration(Xpp3DomBuilder.build(
                                new StringReader("<configuration>" + elements + "</configuration>"))),
                        new DefaultExpressionEvaluator() {
                            @Override
                            public File alignToBaseDirectory(File file) {
                                return file;
                            }
                        },
                        world.getClassRealm("test"));
    }
}
