// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.readonlyrootfs.image.facts.StatedImage;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageFactsEntryTest {

    private final ImageFactsEntry facts = new ImageFactsEntry();

    private void isRefused(String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> facts.stated("app"))
                .withMessage("<imageFacts> of app: " + message);
    }

    @Test
    void factsApplyToTheNamedImage() throws Exception {
        facts.image = "registry.example/base:1";
        facts.user = "app";
        facts.users = List.of("app:1500:1500");
        facts.directories = List.of("/srv/team app:1500 0755");
        Map<String, StatedImage> stated = facts.stated("app");
        assertThat(stated).containsOnlyKeys("registry.example/base:1");
        assertThat(stated.values()).singleElement().satisfies(image -> {
            assertThat(image.config().process().user()).contains("app");
            assertThat(image.directories()).containsEntry("/srv/team", "app:1500 0755");
        });
    }

    @Test
    void aFileReplacesFacts() throws Exception {
        facts.set(new File("inspect.json"));
        assertThat(facts.stated("app")).isEmpty();
    }

    @Test
    void malformedEntriesAreRejected() {
        isRefused("say which <image> they are about, or set <inspect> to a file that docker image inspect wrote");
        facts.image = "a:1";
        facts.directories = List.of("srv 0:0 0755");
        isRefused("srv 0:0 0755 is not of the form /path owner:group mode, such as /srv/data 1000:1000 0755");
        facts.directories = List.of("/srv 0755");
        isRefused("0755 is not of the form owner:group mode, such as 1000:1000 0755");
        facts.directories = List.of();
        facts.users = List.of("app");
        isRefused("app is not of the form name:uid:gid or name:uid:gid:home");
    }
}
