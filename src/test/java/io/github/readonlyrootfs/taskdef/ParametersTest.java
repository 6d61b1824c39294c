// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Parameters.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static Parameters parameters(String text) {
        return TaskFile.read(text.replace('\'', '"')).task().parameters();
    }

    private static List<String> known(Parameter parameter) {
        return parameter.known().stream().map(Located::value).toList();
    }

    @Test
    void eachUseOfAKeyIsFoundWithItsOwnerAndItsLocation() {
        Parameters parameters = parameters("{'ipcMode':'host','containerDefinitions':["
                + "{'name':'app','linuxParameters':{'swappiness':10,'capabilities':{'add':['A','B']}}},"
                + "{'name':'${NAME}','linuxParameters':{'swappiness':20}}],"
                + "'volumes':[{'name':'data','host':{'sourcePath':'/x'}}]}");

        assertThat(parameters.at("ipcMode")).singleElement().satisfies(ipcMode -> {
            assertThat(known(ipcMode)).containsExactly("host");
            assertThat(ipcMode.name()).isEmpty();
            assertThat(ipcMode.key().column()).isEqualTo(2);
            assertThat(ipcMode.value().column()).isEqualTo(12);
        });
        assertThat(parameters.at("containerDefinitions.linuxParameters.swappiness"))
                .extracting(ParametersTest::known, parameter -> parameter.name().orElse(""))
                .containsExactly(tuple(List.of("10"), "app"), tuple(List.of("20"), "${NAME}"));
        assertThat(parameters.at("containerDefinitions.linuxParameters.capabilities.add"))
                .flatExtracting(ParametersTest::known)
                .containsExactly("A", "B");
        assertThat(parameters.at("volumes.host.sourcePath"))
                .extracting(parameter -> parameter.name().orElse(""))
                .containsExactly("data");
        assertThat(parameters.at("pidMode")).isEmpty();
    }

    @Test
    void emptyValuesAreAbsentAndPlaceholdersUnknown() {
        Parameters parameters = parameters(
                "{'ipcMode':'','pidMode':null,'networkMode':'${MODE}',"
                        + "'containerDefinitions':[{'name':'app','links':[],'linuxParameters':{'capabilities':{'add':['${C}','D']}}}]}");

        assertThat(parameters.at("ipcMode")).isEmpty();
        assertThat(parameters.at("pidMode")).isEmpty();
        assertThat(parameters.at("containerDefinitions.links")).isEmpty();
        assertThat(parameters.at("networkMode"))
                .singleElement()
                .satisfies(mode -> assertThat(known(mode)).isEmpty());
        assertThat(parameters.at("containerDefinitions.linuxParameters.capabilities.add"))
                .flatExtracting(ParametersTest::known)
                .containsExactly("D");
    }

    @Test
    void aPartThatATemplateMayOmitIsUncertain() {
        Parameters parameters = parameters("{'Parameters':{'P':{'Type':'String'}},'Conditions':{'C':{'Fn::Equals':"
                + "[{'Ref':'P'},'x']}},'Resources':{'T':{'Type':'AWS::ECS::TaskDefinition','Properties':{"
                + "'PidMode':{'Fn::If':['C','host',{'Ref':'AWS::NoValue'}]},'IpcMode':'host',"
                + "'ContainerDefinitions':[{'Name':'app','Links':{'Fn::If':['C',['a'],{'Ref':'AWS::NoValue'}]}}]}}}}");

        assertThat(parameters.at("ipcMode")).extracting(Parameter::certain).containsExactly(true);
        assertThat(parameters.at("pidMode")).noneMatch(Parameter::certain);
        assertThat(parameters.at("containerDefinitions.links")).noneMatch(Parameter::certain);
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(parameters("{'containerDefinitions':[{'name':'app','environment':[{'name':'A','value':'secret'}]}]}")
                        .toString())
                .doesNotContain("secret");
    }
}
