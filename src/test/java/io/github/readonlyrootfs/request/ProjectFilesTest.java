// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.image.stage.ImageDescription;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.PomImages;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ProjectFiles.Search;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProjectFilesTest {

    @TempDir
    private Path root;

    @Test
    void aProjectWithNeitherFileHasNothingToCheck() throws Exception {
        assertThat(ProjectFiles.find(search(root))).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("io.github.readonlyrootfs.request.ProjectFiles#DOCKERFILES")
    void dockerfilesAreFoundInTheUsualPlaces(String place) throws Exception {
        touch("taskdef.json");
        touch(place);

        assertThat(found(search(root)).dockerfile().orElseThrow().name()).isEqualTo(place);
    }

    @ParameterizedTest
    @FieldSource("io.github.readonlyrootfs.request.ProjectFiles#TASK_DEFINITIONS")
    void taskDefinitionsAreFoundInTheUsualPlaces(String place) throws Exception {
        touch("Dockerfile");
        touch(place);

        assertThat(found(search(root)).taskDefinition().name()).isEqualTo(place);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutADockerfileTheOneInLowerCaseIsTaken() throws Exception {
        touch("taskdef.json");
        touch("dockerfile");
        assertThat(found(search(root)).dockerfile().orElseThrow().name()).isEqualTo("dockerfile");

        touch("Dockerfile");
        assertThat(found(search(root)).dockerfile().orElseThrow().name()).isEqualTo("Dockerfile");
    }

    @Test
    void aProjectBelowBothFilesFindsThem() throws Exception {
        Path project = Files.createDirectories(root.resolve("services/shop"));
        Files.createDirectory(root.resolve(".git"));
        Files.createFile(root.resolve("Dockerfile"));

        assertThatThrownBy(() -> ProjectFiles.find(search(project, project, Optional.empty(), Optional.empty())))
                .hasMessageStartingWith("found ../../Dockerfile but no task definition in this repository");

        Files.createFile(root.resolve("taskdef.json"));

        assertThat(ProjectFiles.find(search(project, project, Optional.empty(), Optional.empty())))
                .hasValueSatisfying(found -> {
                    assertThat(found.taskDefinition().name()).isEqualTo("../../taskdef.json");
                    assertThat(found.dockerfile().orElseThrow().name()).isEqualTo("../../Dockerfile");
                    assertThat(found.context()).isEqualTo(root);
                });
    }

    @Test
    void twoCandidatesAreAnErrorThatNamesBoth() throws IOException {
        touch("Dockerfile");
        touch("docker/Dockerfile");

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("which Dockerfile is meant, of 2? Set <dockerfile>Dockerfile</dockerfile>"
                        + " or <dockerfile>docker/Dockerfile</dockerfile> in the plugin's <configuration>"
                        + " or -Dreadonly-rootfs.dockerfile=...");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileAndALinkToItAreOneCandidate() throws Exception {
        touch("Dockerfile");
        touch("ecs/taskdef.json");
        Files.createSymbolicLink(root.resolve("taskdef.json"), Path.of("ecs/taskdef.json"));

        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("taskdef.json");
    }

    @Test
    void aDirectoryIsNotACandidate() throws Exception {
        Files.createDirectories(root.resolve("Dockerfile"));

        assertThat(ProjectFiles.find(search(root))).isEmpty();
    }

    @Test
    void aManifestOfCopilotIsNamedForWhatItIs() throws IOException {
        touch("Dockerfile");
        touch("copilot/api/manifest.yml");

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .hasMessageContaining("; copilot/api/manifest.yml is a Copilot manifest: set taskDefinition to the"
                        + " template that `copilot svc package ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster: shop\nservice_definition: service.json\ntask_definition: task.jsonnet\n",
                "{\n  cluster: 'shop',\n  task_definition: 'task.jsonnet',\n  service_definition: 'service.jsonnet',\n}\n",
            })
    void ecspressosConfigurationIsNamedForWhatItIsWhereNoTaskDefinitionIsJson(String configuration) throws Exception {
        String file = "ecspresso/config." + (configuration.startsWith("{") ? "jsonnet" : "yml");
        touch("Dockerfile");
        write(file, configuration);
        write("ecspresso/task.jsonnet", "{\n  containerDefinitions: [{ name: 'shop' }],\n}\n");

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .hasMessageEndingWith("; " + file + " is ecspresso's configuration: set taskDefinition to the JSON file"
                        + " that its `task_definition` names, or to what"
                        + " `ecspresso --config " + file + " render taskdef > taskdef.json` writes");

        Files.delete(root.resolve(file));
        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .hasMessageEndingWith("; ecspresso/task.jsonnet is Jsonnet: set taskDefinition to what"
                        + " `jsonnet ecspresso/task.jsonnet > taskdef.json` writes");
    }

    @Test
    void theTaskDefinitionThatEcspressoRegistersIsFound() throws Exception {
        touch("Dockerfile");
        write("ecspresso.yml", "service_definition: shop/service.json\ntask_definition: shop/task.json\n");
        write("shop/service.json", "{\"taskDefinition\": \"shop\"}\n");
        write("shop/task.json", "{\"containerDefinitions\": [{\"image\": \"{{ must_env `IMAGE` }}\"}]}\n");

        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("shop/task.json");
    }

    @Test
    void withoutGitFourLevelsOfDirectoriesAreSearched() throws Exception {
        touch("Dockerfile");
        write("a/b/c/d/prod.json", "{\"containerDefinitions\": []}\n");

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .hasMessageStartingWith(
                        "found Dockerfile but no task definition in this project (of which only the upper"
                                + " 4 levels of directories were looked at). ");

        write("a/b/c/prod.json", "{\"containerDefinitions\": []}\n");
        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("a/b/c/prod.json");
    }

    @Test
    void aLoneDockerfileIsAnErrorThatNamesTheEdits() throws IOException {
        touch("Dockerfile");

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("found Dockerfile but no task definition in this project"
                        + ". Set its path: <taskDefinition>path/to/taskdef.json</taskDefinition> in the"
                        + " plugin's <configuration> or -Dreadonly-rootfs.taskDefinition=...;"
                        + " it may be a CloudFormation, SAM or CDK template, or Terraform's configuration;"
                        + " or <skip>true</skip> if this module does not run in a task");
    }

    @Test
    void aTemplateOfContainersCountsWhereNoTerraformFillsItIn() throws Exception {
        touch("Dockerfile");
        write("infra/app.json.tpl", "[{\"name\": \"app\", \"image\": \"${image}\"}]\n");
        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("infra/app.json.tpl");

        write("infra/modules/app/main.tf", TERRAFORM);
        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("infra/modules/app/main.tf");
    }

    @ParameterizedTest
    @CsvSource({
        "terraform-aws-modules/ecs/aws//modules/service, , true",
        "cloudposse/ecs-alb-service-task/aws, , true",
        "terraform-aws-modules/ecs/aws, services = { shop = {} }, true",
        "terraform-aws-modules/ecs/aws, cluster_name = var.name, false",
        "terraform-aws-modules/vpc/aws, services = { shop = {} }, false"
    })
    void aCallOfAPublicModuleThatMakesATaskDefinitionIsFound(String source, String argument, boolean isFound)
            throws Exception {
        touch("Dockerfile");
        write("infra/main.tf", "module \"ecs\" {\n  source = \"" + source + "\"\n  " + argument + "\n}\n");

        if (isFound) {
            assertThat(found(search(root)).taskDefinition().name()).isEqualTo("infra/main.tf");
        } else {
            assertThatThrownBy(() -> ProjectFiles.find(search(root))).hasMessageStartingWith("found Dockerfile but no");
        }
    }

    @Test
    void terraformsConfigurationInJsonIsFound() throws Exception {
        touch("Dockerfile");
        write("stacks/app/cdk.tf.json", "{\"resource\": {\"aws_ecs_task_definition\": {\"app\": {}}}}\n");

        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("stacks/app/cdk.tf.json");
    }

    @Test
    void aSearchThatEndsEarlySaysSo() throws Exception {
        touch("Dockerfile");
        for (int i = 0; i < 70; i++) {
            write("data/" + i + ".json", " ".repeat(1 << 20));
        }

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .hasMessageStartingWith(
                        "found Dockerfile but no task definition in this project (of which only the first 6");
    }

    @Test
    void whatIsForTestsAloneIsNothingToCheck() throws Exception {
        touch("src/test/images/Dockerfile");
        assertThat(ProjectFiles.find(search(root))).isEmpty();
    }

    private static final String TERRAFORM = "resource \"aws_ecs_task_definition\" \"shop\" {\n}\n";

    @Test
    void theOnlyTerraformFileWithATaskDefinitionIsFound() throws Exception {
        touch("Dockerfile");
        touch("terraform/a.tf");
        touch("terraform/ecs.tf");
        Files.writeString(root.resolve("terraform/ecs.tf"), TERRAFORM);

        assertThat(ProjectFiles.find(search(root))
                        .orElseThrow()
                        .taskDefinition()
                        .name())
                .isEqualTo("terraform/ecs.tf");
    }

    @Test
    void amongSeveralTerraformFilesWithATaskDefinitionNoneIsGuessed() throws IOException {
        touch("Dockerfile");
        touch("terraform/ecs.tf");
        touch("infra/ecs.tf");
        Files.writeString(root.resolve("terraform/ecs.tf"), TERRAFORM);
        Files.writeString(root.resolve("infra/ecs.tf"), TERRAFORM);

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .hasMessage("which task definition is meant, of 2? Set <taskDefinition>infra/ecs.tf</taskDefinition>"
                        + " or <taskDefinition>terraform/ecs.tf</taskDefinition> in the plugin's <configuration>"
                        + " or -Dreadonly-rootfs.taskDefinition=...");
    }

    @Test
    void aTerraformConfigurationWithSeveralFilesIsItsDirectory() throws Exception {
        touch("Dockerfile");
        write("infra/shop.tf", TERRAFORM);
        write("infra/stock.tf", TERRAFORM);

        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("infra");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x/y/z/prod.json     | {\"containerDefinitions\": []}",
                "ops/api.yml         | containerDefinitions: []",
                "cdk.out/A.template.json | {\"Resources\": {\"T\": {\"Type\": \"AWS::ECS::TaskDefinition\"}}}",
                "cloud/stack.yaml    | 'Resources: {T: {Type: \"AWS::ECS::TaskDefinition\"}}'",
            })
    void aTaskDefinitionIsKnownByItsContent(String name, String text) throws Exception {
        touch("Dockerfile");
        write(name, text);

        ProjectFiles files = found(search(root));

        assertThat(files.taskDefinition().name()).isEqualTo(name);
        assertThat(files.notes())
                .containsExactly("taking " + name
                        + " as the task definition; to use another, set -Dreadonly-rootfs.taskDefinition=...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node_modules/a", "target", "b/vendor", ".git/x", "service"})
    void whatOthersWroteAndOtherProjectsAreNotSearched(String directory) throws Exception {
        touch("shop/Dockerfile");
        write(directory + "/prod.json", "{\"containerDefinitions\": []}");
        touch("service/pom.xml");
        touch(".git/HEAD");
        Path shop = root.resolve("shop");

        assertThatThrownBy(() -> ProjectFiles.find(search(shop, shop, Optional.empty(), Optional.empty())))
                .hasMessageStartingWith("found Dockerfile but no task definition in this repository. ");
    }

    @Test
    void theDockerfileOfAProjectNextDoorIsFoundWithItsContext() throws Exception {
        touch("backend/Dockerfile");
        touch("backend/package.json");
        touch("test/images/Dockerfile");
        write("infra/ecs.tf", TERRAFORM);

        ProjectFiles files = found(search(root));

        assertThat(files.dockerfile().orElseThrow().name()).isEqualTo("backend/Dockerfile");
        assertThat(files.context()).isEqualTo(root.resolve("backend"));
        assertThat(files.taskDefinition().name()).isEqualTo("infra/ecs.tf");
        assertThat(files.notes())
                .contains("taking backend/Dockerfile as the Dockerfile, of 2 here; to use another, set"
                        + " -Dreadonly-rootfs.dockerfile=...");
    }

    @Test
    void dockerfilesThatAreAsLikelyAreCandidates() throws Exception {
        touch("taskdef.json");
        touch("services/web/Dockerfile");
        touch("services/worker/Dockerfile");
        touch("docker/Dockerfile.dev");

        ProjectFiles files = found(search(root));

        assertThat(files.dockerfile()).isEmpty();
        assertThat(files.candidates())
                .extracting(NamedFile::name)
                .containsExactly("services/web/Dockerfile", "services/worker/Dockerfile");
    }

    @Test
    void aLongerNameIsAsLikelyAsThePlainOneOfAnotherDirectory() throws Exception {
        touch("taskdef.json");
        touch("postgres/Dockerfile");
        touch("postgres/Dockerfile.alpine");
        touch("api/Dockerfile.dev");
        touch("api/Dockerfile.prod");

        ProjectFiles files = found(search(root));

        assertThat(files.dockerfile()).isEmpty();
        assertThat(files.candidates())
                .extracting(NamedFile::name)
                .containsExactly("api/Dockerfile.prod", "postgres/Dockerfile");
    }

    @Test
    void ofFilesThatAreAsLikelyTheOneBesideTheOtherHalfIsTaken() throws Exception {
        write("api/task-definition.json", "{\"containerDefinitions\": []}");
        write("client/task-definition.json", "{\"containerDefinitions\": []}");
        touch("api/Dockerfile");
        touch("client/Dockerfile");

        assertThat(found(search(root, root, Optional.empty(), Optional.of("api/task-definition.json")))
                        .dockerfile()
                        .orElseThrow()
                        .name())
                .isEqualTo("api/Dockerfile");
        assertThat(found(search(root, root, Optional.of("client/Dockerfile"), Optional.empty()))
                        .taskDefinition()
                        .name())
                .isEqualTo("client/task-definition.json");
    }

    @Test
    void aFileForDevelopmentIsTakenOnlyWhereThereIsNoOther() throws Exception {
        touch("taskdef.json");
        touch("images/Dockerfile.dev");
        assertThat(found(search(root)).dockerfile().orElseThrow().name()).isEqualTo("images/Dockerfile.dev");

        touch("images/Dockerfile_web");
        assertThat(found(search(root)).dockerfile().orElseThrow().name()).isEqualTo("images/Dockerfile_web");

        touch("images/Dockerfile");
        assertThat(found(search(root)).dockerfile().orElseThrow().name()).isEqualTo("images/Dockerfile");
    }

    @Test
    void theContextIsTheDirectoryThatHasWhatIsCopied() throws Exception {
        touch("taskdef.json");
        write("build/image/Dockerfile", "FROM debian:13\nCOPY run.sh conf/*.xml /app/\nCOPY --from=x /a /b\n");
        Search search = search(root, root, Optional.of("build/image/Dockerfile"), Optional.empty());
        assertThat(found(search).context()).isEqualTo(root);

        touch("build/image/run.sh");
        assertThat(found(search).context()).isEqualTo(root.resolve("build/image"));

        touch("run.sh");
        touch("conf/a.xml");
        assertThat(found(search).context()).isEqualTo(root);
    }

    @Test
    void aBinaryTerraformFileDoesNotHideTheTaskDefinitionOfAnother() throws Exception {
        touch("Dockerfile");
        touch("terraform/ecs.tf");
        Files.write(root.resolve("terraform/ecs.tf"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0});
        Files.writeString(root.resolve("terraform/task.tf"), TERRAFORM);

        assertThat(ProjectFiles.find(search(root))
                        .orElseThrow()
                        .taskDefinition()
                        .name())
                .isEqualTo("terraform/task.tf");
    }

    @Test
    void aLoneTaskDefinitionIsAnErrorThatNamesTheEdits() throws IOException {
        touch("taskdef.json");

        assertThatThrownBy(() -> ProjectFiles.find(search(root)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("found taskdef.json but no Dockerfile in this project. ")
                .hasMessageEndingWith("; or <dockerfile>none</dockerfile> to judge only the task definition");
    }

    @Test
    void theUserCanSelectNoDockerfile() throws Exception {
        touch("Dockerfile");
        touch("taskdef.json");

        ProjectFiles files = found(search(root, root, Optional.of("none"), Optional.empty()));

        assertThat(files.dockerfile()).isEmpty();
    }

    @Test
    void withDockerfileNoneAMissingTaskDefinitionIsAnErrorInASingleProject() throws Exception {
        assertThatThrownBy(() -> ProjectFiles.find(search(root, root, Optional.of("none"), Optional.empty())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("found no task definition in this project. ");

        Path module = root.resolve("module");
        assertThat(ProjectFiles.find(search(module, root, Optional.of("none"), Optional.empty())))
                .isEmpty();
    }

    @Test
    void imagesOfTheConfigurationReplaceTheDockerfile() throws Exception {
        touch("taskdef.json");

        ProjectFiles files = found(new Search(
                new ProjectFiles.Directories(root, root, root, List.of()),
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(),
                false));

        assertThat(files.dockerfile()).isEmpty();
    }

    @Test
    void aModuleFindsItsMissingFileAtTheRoot() throws Exception {
        touch("Dockerfile");
        touch("deploy/taskdef.json");
        Path module = root.resolve("deploy");

        ProjectFiles files = found(search(module));

        assertThat(files.taskDefinition().name()).isEqualTo("taskdef.json");
        assertThat(files.dockerfile().orElseThrow().name()).isEqualTo("../Dockerfile");
        assertThat(files.context()).isEqualTo(root);
    }

    @Test
    void aModuleWithNeitherFileHasNothingToCheckEvenIfTheRootHasBoth() throws Exception {
        touch("Dockerfile");
        touch("taskdef.json");

        assertThat(ProjectFiles.find(search(root.resolve("library")))).isEmpty();
    }

    @Test
    void theRootsDockerfileBelongsToTheModuleWithTheTaskDefinition() throws Exception {
        touch("Dockerfile");
        touch("deploy/taskdef.json");
        List<Path> modules = List.of(root.resolve("library"), root.resolve("deploy"));

        assertThat(ProjectFiles.find(in(new ProjectFiles.Directories(root, root, root, modules))))
                .isEmpty();
    }

    @Test
    void aWorkflowThatChangesATaskDefinitionIsNone() throws Exception {
        touch("Dockerfile");
        write(
                ".github/workflows/deploy.yml",
                "jobs:\n  deploy:\n    steps:\n      - run: |\n          jq '.containerDefinitions[0].image = $i | {\n            family,\n            containerDefinitions: .containerDefinitions\n          }'\n");

        assertThatThrownBy(() -> found(search(root))).hasMessageStartingWith("found Dockerfile but no task definition");
    }

    @Test
    void filesAreDisplayedFromWhereTheBuildWasStarted() throws Exception {
        touch("Dockerfile");
        touch("app/taskdef.json");
        Path app = root.resolve("app");

        ProjectFiles found = found(in(new ProjectFiles.Directories(app, root, root, List.of())));

        assertThat(found.taskDefinition().name()).isEqualTo("app/taskdef.json");
        assertThat(found.dockerfile()).map(NamedFile::name).contains("Dockerfile");
    }

    @Test
    void aChoiceIsOfferedAsTheProjectsPomNamesIt() throws Exception {
        touch("app/Dockerfile");
        touch("app/taskdef.json");
        touch("app/deploy/taskdef.json");
        Path app = root.resolve("app");

        assertThatThrownBy(() -> found(in(new ProjectFiles.Directories(app, root, root, List.of()))))
                .hasMessageContaining(
                        "<taskDefinition>taskdef.json</taskDefinition> or <taskDefinition>deploy/taskdef.json");
    }

    @Test
    void aNamedFileMustExist() {
        assertThatThrownBy(() -> ProjectFiles.find(search(root, root, Optional.of("Dockerfle"), Optional.empty())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "there is no Dockerfle; set readonly-rootfs.dockerfile to a file that exists; a relative path"
                                + " starts at the project's directory");
    }

    @Test
    void aMissingNamedFileIsReportedWithTheClosestExistingOne() throws Exception {
        touch("docker/Dockerfile.web");
        touch("ecs/taskdef.json");

        assertThatThrownBy(() -> search(root).existing("Docker/Dockerfle.web", "it"))
                .hasMessageContaining("; did you mean docker/Dockerfile.web? Set it to a file that exists");
        assertThatThrownBy(() -> search(root).existing("taskdef.json", "it"))
                .hasMessageContaining("; did you mean ecs/taskdef.json? Set it to a file that exists");
        assertThatThrownBy(() -> search(root).existing("something/else.json", "it"))
                .hasMessageContaining("else.json; set it to a file that exists");
    }

    @Test
    void theProjectsOwnDirectoryHasAName() throws Exception {
        assertThat(search(root).existing(".", "it").name()).isEqualTo(".");
    }

    @Test
    void aNamedFileEndsTheSearch() throws Exception {
        touch("Dockerfile");
        touch("docker/Dockerfile");
        touch("ops/prod.json");

        ProjectFiles files =
                found(search(root, root, Optional.of("docker/Dockerfile"), Optional.of("ops/../ops/prod.json")));

        assertThat(files.taskDefinition().name()).isEqualTo("ops/prod.json");
        assertThat(files.dockerfile().orElseThrow().name()).isEqualTo("docker/Dockerfile");
    }

    @Test
    void dockerfilesOfOtherImagesBesideTheProjectsOwnAreCandidates() throws Exception {
        for (String file : List.of(
                "Dockerfile",
                "taskdef.json",
                "nginx/Dockerfile",
                "docker/proxy/Dockerfile",
                "node_modules/Dockerfile",
                "tests/Dockerfile",
                "other/Dockerfile",
                "other/pom.xml")) {
            touch(file);
        }

        ProjectFiles files = found(search(root));

        assertThat(files.dockerfile().orElseThrow().name()).isEqualTo("Dockerfile");
        assertThat(files.candidates().stream().map(NamedFile::name))
                .containsExactly("docker/proxy/Dockerfile", "nginx/Dockerfile");
        assertThat(found(search(root, root, Optional.of("Dockerfile"), Optional.empty()))
                        .candidates())
                .describedAs("where the user names the Dockerfile")
                .isEmpty();
    }

    @Test
    void aTemplateThatLacksTheContainersIsNoTaskDefinition() throws Exception {
        touch("Dockerfile");
        write("infra/templates/task.json", "{\"family\": \"${family}\", \"containerDefinitions\": ${containers}}");
        write("infra/main.tf", "resource \"aws_ecs_task_definition\" \"app\" {\n}\n");

        assertThat(found(search(root)).taskDefinition().name()).isEqualTo("infra/main.tf");
    }

    @Test
    void theQuestionWhichFileIsMeantNamesTheThreeNearest() {
        assertThat(ProjectFiles.question(List.of("a/b/c/Dockerfile", "a/b/Dockerfile", "b/Dockerfile", "c/Dockerfile")))
                .isEqualTo("which Dockerfile is meant, of 4? Set <dockerfile>b/Dockerfile</dockerfile>"
                        + " or <dockerfile>c/Dockerfile</dockerfile> or <dockerfile>a/b/Dockerfile</dockerfile>"
                        + " (and 1 more) in the plugin's <configuration> or -Dreadonly-rootfs.dockerfile=...");
    }

    @Test
    void aNamedDockerfileAboveTheProjectIsBuiltInItsOwnDirectory() throws Exception {
        touch("Dockerfile");
        touch("service/taskdef.json");
        touch("service/docker/Dockerfile");
        Path service = root.resolve("service");

        for (String name : List.of("../Dockerfile", "docker/Dockerfile")) {
            Search search = search(service, service, Optional.of(name), Optional.empty());
            assertThat(found(search).context()).isEqualTo(name.startsWith("..") ? root : service);
        }
    }

    @Test
    void theContextOfADockerfileBesideTheProjectIsTheGitRepositoryThatHasWhatIsCopied() throws Exception {
        write(
                "deploy/api/Dockerfile",
                "FROM debian:13\nCOPY deploy/api/run.sh /\nCOPY backend/api/target/*.jar /app.jar\n");
        touch("deploy/api/run.sh");
        touch("backend/api/taskdef.json");
        Path project = root.resolve("backend/api");
        Search search = search(project, project, Optional.of("../../deploy/api/Dockerfile"), Optional.empty());
        assertThat(found(search).context()).isEqualTo(root.resolve("deploy/api"));

        touch(".git/HEAD");
        assertThat(found(search).context()).isEqualTo(root);

        touch("deploy/api/deploy/api/run.sh");
        assertThat(found(search).context()).isEqualTo(root.resolve("deploy/api"));
    }

    @Test
    void aProjectThatIsNoSourceOfItsRepositoryIsNotBuiltInTheRepository() throws Exception {
        touch(".git/HEAD");
        touch("run.sh");
        touch("target/it/shop/taskdef.json");
        write("target/it/shop/Dockerfile", "FROM debian:13\nCOPY run.sh /\n");

        Path project = root.resolve("target/it/shop");
        Search search = search(project, project, Optional.empty(), Optional.empty());
        assertThat(found(search).context()).isEqualTo(project);
    }

    @Test
    void withoutGitTheContextMayBeTheDirectoryThatHasTheProjectAndTheDockerfile() throws Exception {
        write("deploy/Dockerfile", "FROM debian:13\nCOPY deploy/run.sh api/target/api.jar /\n");
        touch("deploy/run.sh");
        touch("api/taskdef.json");
        Path project = root.resolve("api");
        Search search = search(project, project, Optional.of("../deploy/Dockerfile"), Optional.empty());
        assertThat(found(search).context()).isEqualTo(root);

        write("api/Dockerfile", "FROM debian:13\nCOPY deploy/run.sh /\n");
        search = search(project, project, Optional.empty(), Optional.empty());
        assertThat(found(search).context()).isEqualTo(project);
    }

    @Test
    void aFileInTheSameGitRepositoryIsNamedFromTheProject() throws Exception {
        touch("service/Dockerfile");
        touch("deploy/prod.json");
        touch(".git/HEAD");
        Path service = root.resolve("service");

        ProjectFiles files = found(search(service, service, Optional.empty(), Optional.of("../deploy/prod.json")));

        assertThat(files.taskDefinition().name()).isEqualTo("../deploy/prod.json");
    }

    @Test
    void aFileOutsideTheBuildIsNamedByItsAbsolutePath(@TempDir Path elsewhere) throws Exception {
        touch("Dockerfile");
        Path taskDefinition = Files.createFile(elsewhere.resolve("prod.json"));

        ProjectFiles files = found(search(root, root, Optional.empty(), Optional.of(taskDefinition.toString())));

        assertThat(files.taskDefinition().name())
                .isEqualTo(taskDefinition.toString().replace('\\', '/'));
    }

    @Test
    void anInvalidPathIsReported() {
        assertThatThrownBy(() -> ProjectFiles.find(search(root, root, Optional.of("a\0b"), Optional.empty())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not a path here");
    }

    @Test
    void anImageThatThePomDescribesReplacesTheDockerfile() throws Exception {
        touch("taskdef.json");
        touch("Dockerfile");

        ProjectFiles files = found(search(described("jib-maven-plugin", 20, false)));

        assertThat(files.dockerfile()).isEmpty();
        assertThat(files.source()).map(ImageSource::plugin).contains("jib-maven-plugin");
        assertThat(files.notes())
                .contains(
                        "taking the image of jib-maven-plugin (pom.xml:20:1) for the one that runs; there is also"
                                + " Dockerfile. Set readonly-rootfs.dockerfile to a Dockerfile to have that one checked instead");
    }

    @Test
    void theDockerfileOfAPluginIsBuiltInItsContext() throws Exception {
        touch("taskdef.json");
        touch("docker/Dockerfile");

        ProjectFiles files = found(search(built("docker/Dockerfile")));

        assertThat(files.dockerfile().orElseThrow().name()).isEqualTo("docker/Dockerfile");
        assertThat(files.context()).isEqualTo(root.resolve("docker"));
        assertThat(files.notes()).isEmpty();
    }

    @Test
    void theDockerfileOfAPluginMustExist() throws IOException {
        touch("taskdef.json");

        assertThatThrownBy(() -> ProjectFiles.find(search(built("target/Dockerfile"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "pom.xml:30:1: exec-maven-plugin builds the image from target/Dockerfile, which does not exist: if the build makes it, run a later phase, else set readonly-rootfs.dockerfile to");
    }

    @Test
    void theDockerfileParameterOverridesThePluginsOfThePom() throws Exception {
        touch("taskdef.json");
        touch("Dockerfile");
        List<PomImages.PomImage> images = List.of(described("jib-maven-plugin", 20, false));

        for (String wanted : List.of("Dockerfile", "none")) {
            ProjectFiles files = found(new Search(
                    new ProjectFiles.Directories(root, root, root, List.of()),
                    Optional.of(wanted),
                    Optional.empty(),
                    false,
                    images,
                    false));

            assertThat(files.source()).isEmpty();
            assertThat(files.dockerfile().isPresent()).isEqualTo(wanted.equals("Dockerfile"));
        }
    }

    @Test
    void theFirstOfSeveralImagesIsUsedAndTheOthersAreNamed() throws Exception {
        touch("taskdef.json");

        ProjectFiles files = found(
                search(described("jib-maven-plugin", 20, false), described("spring-boot:build-image", 40, false)));

        assertThat(files.notes())
                .singleElement()
                .asString()
                .contains("; there is also spring-boot:build-image (pom.xml:40:1). ");
    }

    @Test
    void aSharedImageIsUsedOnlyWithATaskDefinitionAndWithoutADockerfile() throws Exception {
        PomImages.PomImage shared = described("jib-maven-plugin", 20, true);
        assertThat(ProjectFiles.find(search(shared))).isEmpty();

        touch("taskdef.json");
        assertThat(found(search(shared)).source()).isPresent();

        touch("Dockerfile");
        assertThat(found(search(shared)).source()).isEmpty();
    }

    @Test
    void anImageWithoutATaskDefinitionIsAnError() {
        assertThatThrownBy(() -> ProjectFiles.find(search(described("jib-maven-plugin", 20, false))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("found jib-maven-plugin in pom.xml but no task definition in this project. ");
    }

    @Test
    void theRootsTaskDefinitionBelongsToModulesThatBuildImages() throws Exception {
        touch("taskdef.json");
        List<Path> modules = List.of(root.resolve("app"));

        assertThat(ProjectFiles.find(new Search(
                        new ProjectFiles.Directories(root, root, root, modules),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of(),
                        true)))
                .isEmpty();
    }

    private Search search(PomImages.PomImage... images) {
        return new Search(
                new ProjectFiles.Directories(root, root, root, List.of()),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(images),
                false);
    }

    private static PomImages.PomImage described(String plugin, int line, boolean shared) {
        Location location = new Location("pom.xml", line, 1, line, 9);
        ImageDescription description = new ImageDescription(
                new Value.Known<>("busybox", location),
                location,
                new ImageDescription.Start(Value.absent(), Value.absent(), Map.of(), Value.absent(), Value.absent()),
                new ImageDescription.Volumes(List.of(), false),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new PomImages.PomImage(
                new ImageSource.Described(
                        plugin, location, description, Optional.empty(), Optional.empty(), Optional.empty()),
                shared);
    }

    private PomImages.PomImage built(String dockerfile) {
        Path file = root.resolve(dockerfile);
        return new PomImages.PomImage(
                new ImageSource.FromDockerfile(
                        "exec-maven-plugin",
                        new Location("pom.xml", 30, 1, 30, 9),
                        file,
                        file.resolveSibling("").normalize(),
                        Optional.empty(),
                        Map.of(),
                        UnaryOperator.identity()),
                false);
    }

    private Search search(Path directory) {
        return search(directory, root, Optional.empty(), Optional.empty());
    }

    /** A search in a project whose pom builds no image. */
    private static Search search(
            Path directory, Path root, Optional<String> dockerfile, Optional<String> taskDefinition) {
        return new Search(
                new ProjectFiles.Directories(directory, directory, root, List.of()),
                dockerfile,
                taskDefinition,
                false,
                List.of(),
                false);
    }

    private static Search in(ProjectFiles.Directories directories) {
        return new Search(directories, Optional.empty(), Optional.empty(), false, List.of(), false);
    }

    private static ProjectFiles found(Search search) throws ConfigurationException {
        return ProjectFiles.find(search).orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        TestFiles.write(root.resolve(name), text);
    }

    private void touch(String name) throws IOException {
        TestFiles.write(root.resolve(name), "");
    }
}
