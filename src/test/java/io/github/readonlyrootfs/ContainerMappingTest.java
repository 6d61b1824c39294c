package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.readonlyrootfs.image.ImageFacts;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class ContainerMappingTest {

    private static final Optional<String> NONE = Optional.empty();

    /** A task of containers, given as pairs of name and image. */
    private static TaskDefinition task(String... namesAndImages) {
        StringJoiner containers = new StringJoiner(",");
        for (int i = 0; i < namesAndImages.length; i += 2) {
            containers.add("{\"name\":\"" + namesAndImages[i] + "\",\"image\":\"" + namesAndImages[i + 1] + "\"}");
        }
        String json = "{\"containerDefinitions\":[" + containers + "]}";
        return TaskDefinitionReader.read(SourceFile.of("taskdef.json", json))
                .taskDefinition()
                .orElseThrow();
    }

    private static Set<String> find(TaskDefinition task, Optional<String> configured, Optional<String> artifactId)
            throws ConfigurationException {
        return new ContainerMapping(task, ImageFacts.builtIn()).find(configured, artifactId, Set.of());
    }

    @Test
    void theOnlyContainerIsIt() throws Exception {
        assertThat(find(task("app", "nginx:1"), NONE, NONE)).containsExactly("app");
    }

    @Test
    void theConfiguredOneGoesBeforeAllOthers() throws Exception {
        assertThat(find(task("app", "<IMAGE1_NAME>", "web", "nginx:1"), Optional.of("web"), NONE))
                .containsExactly("web");
    }

    @Test
    void aConfiguredNameThatDoesNotExistIsAnError() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> find(task("app", "a:1", "web", "b:1"), Optional.of("wbe"), NONE))
                .withMessage("<container> names 'wbe', but taskdef.json has app, web");
    }

    @Test
    void theImageThatIsAPlaceholderIsTheOneBeingBuilt() throws Exception {
        assertThat(find(task("app", "<IMAGE1_NAME>", "web", "team/thing:1"), NONE, NONE))
                .containsExactly("app");
        assertThat(find(task("app", "<IMAGE1_NAME>", "worker", "<IMAGE1_NAME>", "web", "team/thing:1"), NONE, NONE))
                .containsExactlyInAnyOrder("app", "worker");
    }

    @Test
    void theImageNamedLikeTheProjectIsIt() throws Exception {
        TaskDefinition task =
                task("a", "registry.example:5000/team/shop@sha256:1", "b", "registry.example/team/cart:2");
        assertThat(find(task, NONE, Optional.of("shop"))).containsExactly("a");
        assertThat(find(task, NONE, Optional.of("cart"))).containsExactly("b");
        assertThat(find(task("a", "<ONE>", "b", "<TWO>", "c", "team/shop:1"), NONE, Optional.of("shop")))
                .containsExactly("c");
    }

    @Test
    void whatIsPublishedIsSetAside() throws Exception {
        assertThat(find(task("app", "team/shop:1", "web", "public.ecr.aws/nginx/nginx:1.27"), NONE, NONE))
                .containsExactly("app");
    }

    @Test
    void whereSeveralArePossibleItAsksWithTheLineToAdd() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> find(task("app", "<ONE>", "worker", "<TWO>", "web", "nginx:1"), NONE, NONE))
                .withMessage("taskdef.json has several containers that may be the project's own; say which one it is:\n"
                        + "  <container>app</container>\n  <container>worker</container>");
    }
}
