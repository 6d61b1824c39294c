// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContainerMappingTest {

    private static final Optional<String> NONE = Optional.empty();

    /** A task with containers, given as pairs of name and image. */
    private static TaskDefinition task(String... namesAndImages) {
        StringJoiner containers = new StringJoiner(",");
        for (int i = 0; i < namesAndImages.length; i += 2) {
            containers.add("{\"name\":\"" + namesAndImages[i] + "\",\"image\":\"" + namesAndImages[i + 1] + "\"}");
        }
        String json = "{\"containerDefinitions\":[" + containers + "]}";
        return TaskFile.read(json).task();
    }

    private static Set<String> find(TaskDefinition task, Optional<String> configured, Optional<String> artifactId)
            throws ConfigurationException {
        return names(new ContainerMapping(List.of(task), ImageFacts.builtIn(), artifactId).find(configured, Set.of()));
    }

    private static Set<String> names(Set<ContainerDefinition> containers) {
        return containers.stream().map(ContainerDefinition::name).collect(Collectors.toSet());
    }

    @Test
    void theOnlyContainerRunsTheImage() throws Exception {
        assertThat(find(task("app", "nginx:1"), NONE, NONE)).containsExactly("app");
    }

    private static Set<String> replaced(TaskDefinition task, Optional<String> artifactId, ImageFacts facts)
            throws ConfigurationException {
        ContainerMapping mapping = new ContainerMapping(List.of(task), facts, artifactId);
        return mapping.ofOtherImages(mapping.find(NONE, Set.of())).stream()
                .map(ContainerDefinition::name)
                .collect(Collectors.toSet());
    }

    @Test
    void thatTheOnlyContainerRunsTheImageIsAnAssumptionWhereItNamesAPublishedOne() throws Exception {
        ImageFacts facts = ImageFacts.builtIn();
        for (String published : List.of("nginx:latest", "redis", "public.ecr.aws/docker/library/tomcat:9")) {
            assertThat(replaced(task("app", published), Optional.of("shop"), facts))
                    .describedAs(published)
                    .containsExactly("app");
        }
        for (String own :
                List.of("<IMAGE1_NAME>", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1", "acme/app", "")) {
            assertThat(replaced(task("app", own), Optional.of("shop"), facts))
                    .describedAs(own)
                    .isEmpty();
        }
        assertThat(replaced(task("app", "acme/nginx"), Optional.of("nginx"), facts))
                .describedAs("the project's name")
                .isEmpty();
    }

    private static List<DockerfileBuild> builds(String... dockerfiles) {
        return Stream.of(dockerfiles)
                .map(name -> new DockerfileBuild(
                        new NamedFile(Path.of(name), name), Optional.empty(), Optional.empty(), Map.of()))
                .toList();
    }

    private static Map<String, String> likely(TaskDefinition task, String... dockerfiles)
            throws ConfigurationException {
        Map<String, String> found = new TreeMap<>();
        new ContainerMapping(List.of(task), ImageFacts.builtIn(), NONE)
                .likely(builds(dockerfiles), Set.of())
                .forEach((container, build) -> found.put(container, build.file().name()));
        return found;
    }

    @Test
    void ofSeveralDockerfilesTheOneThatIsNamedLikeAContainerBuildsIt() throws Exception {
        assertThat(likely(
                        task("shop-api", "<A>", "Worker", "<B>", "redis", "redis:7"),
                        "services/api/Dockerfile",
                        "docker/Dockerfile.worker",
                        "docker/redis/Dockerfile"))
                .isEqualTo(Map.of("shop-api", "services/api/Dockerfile", "Worker", "docker/Dockerfile.worker"));
        assertThat(likely(task("api", "<A>", "web", "<B>"), "api/Dockerfile", "api/x/Dockerfile", "web/Dockerfile"))
                .describedAs("two for one")
                .isEqualTo(Map.of("web", "web/Dockerfile"));
        assertThat(likely(task("api", "<A>", "api-gateway", "<B>"), "api/Dockerfile", "api-gateway/Dockerfile"))
                .describedAs("a word of two")
                .isEqualTo(Map.of("api", "api/Dockerfile", "api-gateway", "api-gateway/Dockerfile"));
        assertThat(likely(task("rworker", "<A>", "api", "<B>"), "r-worker/Dockerfile", "api/Dockerfile"))
                .containsOnly(Map.entry("rworker", "r-worker/Dockerfile"), Map.entry("api", "api/Dockerfile"));
        assertThat(likely(task("SpringbootContainer", "<A>"), "postgres/Dockerfile", "springboot_api/Dockerfile.prod"))
                .describedAs("a word in mixed case")
                .isEqualTo(Map.of("SpringbootContainer", "springboot_api/Dockerfile.prod"));
        assertThat(likely(task("jobs", "<A>", "web", "<A>", "other", "<B>"), "web/Dockerfile", "api/Dockerfile"))
                .describedAs("the same image")
                .isEqualTo(Map.of("web", "web/Dockerfile", "jobs", "web/Dockerfile"));
        assertThat(likely(
                        task("backup", "acme/jobs:${TAG}", "old-backup", "acme/backup:1"),
                        "jobs/Dockerfile",
                        "dr/backup/Dockerfile"))
                .describedAs("the image's repository")
                .isEqualTo(Map.of("backup", "jobs/Dockerfile", "old-backup", "dr/backup/Dockerfile"));
    }

    @Test
    void theDockerfileWithAllWordsOfAnImagesRepositoryInItsPathBuildsIt() throws Exception {
        String[] dockerfiles = {"src/CleanShop.Api/Dockerfile", "src/CleanShop.App/Dockerfile", "src/Worker/Dockerfile"
        };
        assertThat(likely(task("back", "${URI}/cleanshop-api:1", "front", "${URI}/cleanshop-app:1"), dockerfiles))
                .isEqualTo(Map.of("back", dockerfiles[0], "front", dockerfiles[1]));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> likely(task("back", "${URI}/cleanshop:1"), dockerfiles));
    }

    private static Map<String, String> others(TaskDefinition task, Optional<String> artifactId, String... dockerfiles) {
        List<DockerfileBuild> builds = builds(dockerfiles);
        Map<String, String> found = new TreeMap<>();
        new ContainerMapping(List.of(task), ImageFacts.builtIn(), artifactId)
                .others(builds, Set.of())
                .forEach((container, build) -> found.put(container, build.file().name()));
        return found;
    }

    @Test
    void aDockerfileBesideTheMainOneBuildsTheContainerThatIsNamedLikeItsDirectory() {
        String ecr = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/";
        assertThat(others(task("app", ecr + "shop", "nginx", ecr + "shop-nginx"), NONE, "nginx/Dockerfile"))
                .isEqualTo(Map.of("nginx", "nginx/Dockerfile"));
        assertThat(others(task("app", "<A>", "nginx", "<B>"), NONE, "docker/nginx/Dockerfile", "db/Dockerfile"))
                .isEqualTo(Map.of("nginx", "docker/nginx/Dockerfile"));
        assertThat(others(task("proxy", ecr + "nginx"), NONE, "nginx/Dockerfile"))
                .describedAs("the image's repository")
                .isEqualTo(Map.of("proxy", "nginx/Dockerfile"));
        assertThat(others(task("web", ecr + "shop"), NONE, "web/Dockerfile"))
                .describedAs("the name of the only container")
                .isEmpty();
        assertThat(others(task("app", ecr + "shop", "nginx", ecr + "shop"), NONE, "nginx/Dockerfile"))
                .describedAs("two with one image")
                .isEmpty();
        assertThat(others(task("app", ecr + "shop", "nginx", "nginx:1.27"), NONE, "nginx/Dockerfile"))
                .describedAs("a published image")
                .isEmpty();
        assertThat(others(task("web", ecr + "shop", "log", ecr + "log"), Optional.of("shop"), "shop/Dockerfile"))
                .describedAs("the project's own name")
                .isEmpty();
    }

    @Test
    void dockerfilesThatAreNamedLikeNoContainerAreAnErrorThatListsThem() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> likely(task("app", "<A>"), "back/Dockerfile", "front/Dockerfile"))
                .withMessage("which Dockerfile is meant, of 2? Set <dockerfile>back/Dockerfile</dockerfile>"
                        + " or <dockerfile>front/Dockerfile</dockerfile> in the plugin's <configuration>"
                        + " or -Dreadonly-rootfs.dockerfile=...");
    }

    @Test
    void theConfiguredContainerOverridesAllOthers() throws Exception {
        assertThat(find(task("app", "<IMAGE1_NAME>", "web", "nginx:1"), Optional.of("web"), NONE))
                .containsExactly("web");
    }

    @Test
    void aConfiguredNameThatDoesNotExistIsAnError() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> find(task("app", "a:1", "web", "b:1"), Optional.of("wbe"), NONE))
                .withMessage("container: there is no container wbe in taskdef.json; did you mean web?");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> find(task("django-app", "a:1", "web", "b:1"), Optional.of("djang"), NONE))
                .withMessage("container: there is no container djang in taskdef.json; did you mean django-app?");
    }

    @Test
    void aContainerWhoseImageIsAPlaceholderRunsTheImage() throws Exception {
        assertThat(find(task("app", "<IMAGE1_NAME>", "web", "team/thing:1"), NONE, NONE))
                .containsExactly("app");
        assertThat(find(task("app", "<IMAGE1_NAME>", "worker", "<IMAGE1_NAME>", "web", "team/thing:1"), NONE, NONE))
                .containsExactlyInAnyOrder("app", "worker");
    }

    @Test
    void aContainerWhoseImageIsNamedLikeTheProjectRunsTheImage() throws Exception {
        TaskDefinition task =
                task("a", "registry.example:5000/team/shop@sha256:1", "b", "registry.example/team/cart:2");
        assertThat(find(task, NONE, Optional.of("shop"))).containsExactly("a");
        assertThat(find(task, NONE, Optional.of("cart"))).containsExactly("b");
        assertThat(find(task("a", "<ONE>", "b", "<TWO>", "c", "team/shop:1"), NONE, Optional.of("shop")))
                .containsExactly("c");
    }

    @Test
    void containersOfPublishedImagesAreExcluded() throws Exception {
        assertThat(find(task("app", "team/shop:1", "web", "public.ecr.aws/nginx/nginx:1.27"), NONE, NONE))
                .containsExactly("app");
    }

    @Test
    void severalPossibleContainersAreAnErrorThatNamesTheLineToAdd() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> find(task("app", "<ONE>", "worker", "<TWO>", "web", "nginx:1"), NONE, NONE))
                .withMessage(
                        "taskdef.json has several containers that may run the project's image; set one (on the command line with -Dreadonly-rootfs.container=NAME):\n"
                                + "  <container>app</container>, <container>worker</container>");
    }

    @Test
    void aPlaceholderThatIsAPublishedImageSaysLessThanTheNameOfADirectory() throws Exception {
        assertThat(likely(task("web", "nginx:latest", "cache", "redis:7"), "web/Dockerfile", "api/Dockerfile"))
                .isEqualTo(Map.of("web", "web/Dockerfile"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> likely(task("web", "nginx:latest"), "web-old/Dockerfile", "api/Dockerfile"));
    }

    @Test
    void theQuestionWhichContainerIsMeantHasThreeLinesHoweverManyThereAre() {
        String[][] many = new String[13][];
        for (int i = 0; i < many.length; i++) {
            many[i] = containers("main" + i, "team/image" + i);
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> found(tasks(many), NONE))
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(3))
                .withMessageContaining(" and 7 more\nor select");
    }

    /** A template's task definitions, A, B and so on, each with containers, given as pairs of name and image. */
    private static List<TaskDefinition> tasks(String[]... tasks) {
        StringJoiner resources = new StringJoiner(",");
        for (int i = 0; i < tasks.length; i++) {
            StringJoiner containers = new StringJoiner(",");
            for (int j = 0; j < tasks[i].length; j += 2) {
                containers.add("{\"Name\":\"" + tasks[i][j] + "\",\"Image\":\"" + tasks[i][j + 1] + "\"}");
            }
            resources.add("\"" + (char) ('A' + i)
                    + "\":{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{\"ContainerDefinitions\":["
                    + containers
                    + "]}}");
        }
        return TaskFile.read(SourceFile.of("template.json", "{\"Resources\":{" + resources + "}}")).tasks().stream()
                .map(task -> task.definition().orElseThrow())
                .toList();
    }

    private static String[] containers(String... namesAndImages) {
        return namesAndImages;
    }

    private static List<String> found(List<TaskDefinition> tasks, Optional<String> configured)
            throws ConfigurationException {
        Set<ContainerDefinition> found =
                new ContainerMapping(tasks, ImageFacts.builtIn(), NONE).find(configured, Set.of());
        return tasks.stream()
                .flatMap(task -> task.containerDefinitions().stream()
                        .filter(found::contains)
                        .map(container -> task.document().resource().orElseThrow() + "/" + container.name()))
                .toList();
    }

    @Test
    void theOnlyContainersOfTwoTasksWithTheSameImageBothRunIt() throws Exception {
        assertThat(found(tasks(containers("web", "nginx:1"), containers("worker", "nginx:1")), NONE))
                .containsExactly("A/web", "B/worker");
    }

    @Test
    void twoTasksWithSidecarsMayRunTheSameImage() throws Exception {
        assertThat(found(
                        tasks(
                                containers("web", "${IMAGE}", "log", "team/log:1"),
                                containers("worker", "${IMAGE}", "log", "team/log:1")),
                        NONE))
                .containsExactly("A/web", "B/worker");
    }

    @Test
    void aConfiguredContainerSelectsContainersOfOtherTasksWithTheSameImage() throws Exception {
        List<TaskDefinition> tasks = tasks(
                containers("web", "team/app:1", "log", "team/log:1"),
                containers("worker", "team/app:1", "metrics", "team/metrics:1"));

        assertThat(found(tasks, Optional.of("worker"))).containsExactly("A/web", "B/worker");
        assertThat(found(tasks, Optional.of("metrics"))).containsExactly("B/metrics");
    }

    @Test
    void theSameNameInTwoTasksIsTwoContainers() throws Exception {
        assertThat(found(tasks(containers("main", "<IMAGE1_NAME>"), containers("main", "team/other:1")), NONE))
                .containsExactly("A/main");
    }

    @Test
    void possibleContainersInSeveralTasksAreAnErrorThatOffersTheTasksToo() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> found(tasks(containers("main", "team/a:1"), containers("main", "team/b:1")), NONE))
                .withMessage("""
                        template.json has several containers that may run the project's image; set one (on the command line with -Dreadonly-rootfs.container=NAME):
                          <container>main</container>
                        or select the task definition (-Dreadonly-rootfs.taskDefinitionResource=NAME): \
                        <taskDefinitionResource>A</taskDefinitionResource>, <taskDefinitionResource>B</taskDefinitionResource>\
                        """);
    }
}
