// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.expression.DefaultExpressionEvaluator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StrictConfiguratorTest {

    @Test
    void entriesAndBooleansAreAccepted() throws Exception {
        configure("<ignores><ignore><rule>wrong-type</rule><reason>x</reason></ignore></ignores>"
                + "<containers><container><name>app</name><writablePaths><path>/tmp</path></writablePaths></container>"
                + "</containers><skip>true</skip><executeCommand> false </executeCommand>");
    }

    @Test
    void aMisspeltChildIsReportedWithTheClosestMatch() {
        assertThatThrownBy(() -> configure("<containers><container><dokerfile/></container></containers>"))
                .isInstanceOf(ComponentConfigurationException.class)
                .hasMessage("<container> has no <dokerfile>; did you mean dockerfile?");
    }

    @Test
    void aValueThatIsNeitherTrueNorFalseIsAnError() {
        assertThatThrownBy(() -> configure("<skip>ture</skip>"))
                .isInstanceOf(ComponentConfigurationException.class)
                .hasMessage("\"ture\" is neither true nor false");
    }

    /** The list parameters of all goals and of their elements, with the elements around each. */
    static Stream<Arguments> lists() {
        return Stream.of(
                        Stream.of(new CheckMojo(), new FixMojo())
                                .flatMap(goal -> lists(goal.getClass()).map(list -> arguments(goal, "%s", list))),
                        lists(Container.class)
                                .map(list -> arguments(
                                        new CheckMojo(), "<containers><container>%s</container></containers>", list)),
                        lists(ImageFactsEntry.class)
                                .map(list -> arguments(
                                        new CheckMojo(),
                                        "<containers><container/><container><imageFacts>%s</imageFacts></container>"
                                                + "</containers>",
                                        list)))
                .flatMap(Function.identity());
    }

    private static Stream<String> lists(Class<?> type) {
        return Stream.<Class<?>>iterate(
                        type,
                        declaring -> declaring != AbstractMojo.class && declaring != Object.class,
                        Class::getSuperclass)
                .flatMap(declaring -> Stream.of(declaring.getDeclaredFields()))
                .filter(field -> field.getGenericType().getTypeName().equals("java.util.List<java.lang.String>"))
                .map(Field::getName);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void anEmptyElementOfAListIsAnError(Object goal, String around, String list) {
        for (String entries : List.of("<one>a</one><one/>", "<one>a</one><one> </one>", "a,,b")) {
            assertThatThrownBy(() -> configure(goal, around.formatted("<" + list + ">" + entries + "</" + list + ">")))
                    .as(entries)
                    .isInstanceOf(ComponentConfigurationException.class)
                    .hasMessage("<" + list + ">: entry 2 is empty; give it a value or remove it");
        }
    }

    @Test
    void everyGoalHasListParameters() {
        assertThat(lists())
                .extracting(list -> list.get()[2])
                .contains(
                        "writablePaths",
                        "platforms",
                        "reports",
                        "fixContainers",
                        "users",
                        "groups",
                        "directories",
                        "volumes");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListWithoutElementsIsEmpty(Object goal, String around, String list) {
        assertThatCode(() -> configure(goal, around.formatted("<" + list + "/>")))
                .doesNotThrowAnyException();
    }

    private static void configure(String elements) throws Exception {
        configure(new CheckMojo(), elements);
    }

    private static void configure(Object goal, String elements) throws Exception {
        ClassWorld world = new ClassWorld("test", StrictConfiguratorTest.class.getClassLoader());
        new StrictConfigurator()
                .configureComponent(
                        goal,
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
