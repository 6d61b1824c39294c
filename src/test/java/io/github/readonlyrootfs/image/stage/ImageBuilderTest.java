// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Builds;
import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import org.junit.jupiter.api.Test;

class ImageBuilderTest {

    @Test
    void theWellKnownNodeImageHasRootOwnedShareAndAStickyTmp() {
        String dockerfile = """
                FROM node:15.14.0-alpine
                VOLUME /usr/local/share/
                VOLUME /tmp/
                USER node
                ENTRYPOINT [ "yarn", "start" ]
                """;
        ImageBuild build = Builds.of(dockerfile);

        assertThat(build.diagnostics().problems()).isEmpty();
        assertThat(build.image().config().user().known()).contains("node");
        assertThat(build.image().config().entrypoint().known().orElseThrow())
                .map(CommandWord::text)
                .containsExactly("yarn", "start");
        assertThat(build.image().config().volumes().declared())
                .extracting(Image.ImageVolume::path)
                .containsExactly(ContainerPath.of("/usr/local/share"), ContainerPath.of("/tmp"));
        assertThat(build.image().accounts().user("node").map(user -> user.uid().number()))
                .contains(1000);
        assertThat(Builds.at(build, "/usr/local/share")).isEqualTo("d root:root 0755");
        assertThat(Builds.at(build, "/tmp")).isEqualTo("d root:root 1777");
    }

    @Test
    void chownGivesTheVolumeToTheUser() {
        assertThat(Builds.at(
                        "FROM node:15.14.0-alpine\nRUN chown node /usr/local/share\nVOLUME /usr/local/share\n",
                        "/usr/local/share"))
                .isEqualTo("d node:root 0755");
    }

    @Test
    void aNewDirectoryIsKnown() {
        assertThat(Builds.at("FROM debian:13\nRUN mkdir -p /data/x && chown 1000:1000 /data/x\n", "/data/x"))
                .isEqualTo("d 1000:1000 0755");
    }

    @Test
    void aDirectoryThatAnUnknownBaseMayHaveIsUnknown() {
        ImageBuild build = Builds.of("FROM registry.example/base\nRUN mkdir -p /data && chown 1000:1000 /data\n");
        assertThat(Builds.at(build, "/data")).isEqualTo("d 1000:1000 ?");
        assertThat(Builds.at(build, "/other")).isEqualTo("unknown");
        assertThat(Builds.at(build, "/tmp")).isEqualTo("d root:root 1777");
        assertThat(build.image().config().user()).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void workdirBelongsToTheCurrentUserWithBuildkit() {
        assertThat(Builds.at("FROM node:22-bookworm\nUSER node\nWORKDIR /a/b\n", "/a"))
                .isEqualTo("d node:node 0755");
    }

    @Test
    void scratchIsEmpty() {
        assertThat(Builds.at("FROM scratch\nCOPY <<f /x/\nhello\nf\n", "/tmp")).isEqualTo("missing");
        assertThat(Builds.at("FROM scratch\nCOPY <<f /x/\nhello\nf\n", "/x/f")).isEqualTo("f root:root 0644");
    }

    @Test
    void anUndecidedConditionMakesTheResultUnknown() {
        assertThat(Builds.at("FROM debian:13\nARG X\nRUN if [ \"$X\" = 1 ]; then chown 5 /srv; fi\n", "/srv"))
                .isEqualTo("d ?:root 0755");
    }
}
