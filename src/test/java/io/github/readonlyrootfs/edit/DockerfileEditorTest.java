// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.image.Builds;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dockerfiles before and after an edit. */
class DockerfileEditorTest {

    private static final ContainerUser NODE = user("node", 1000);

    private static ContainerPath path(String path) {
        return ContainerPath.of(path);
    }

    private static String applied(ImageBuild build, List<TextEdit> edits) {
        Patch patch = new Patch();
        assertThat(patch.add(edits)).isTrue();
        return patch.apply(build.dockerfile());
    }

    private static String after(String dockerfile, Function<DockerfileEditor, Remedy> edit) {
        ImageBuild build = Builds.of(dockerfile);
        return applied(build, edit.apply(new DockerfileEditor(build)).edits());
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    private static String adding(String dockerfile, List<Change>... changes) {
        ImageBuild build = Builds.of(dockerfile);
        List<Change> all = Stream.of(changes).flatMap(List::stream).toList();
        Map<Change, List<TextEdit>> edits = new DockerfileEditor(build).edits(all);
        assertThat(edits.keySet()).containsExactlyInAnyOrderElementsOf(all);
        return applied(build, edits.values().stream().flatMap(List::stream).toList());
    }

    private static List<Change> own(ContainerUser user, String path, Optional<Location> before) {
        return List.of(new Change.Own("app", user, path(path), false, false, before));
    }

    private static List<Change> owned(String path) {
        return own(NODE, path, Optional.empty());
    }

    private static List<Change> ownedWithContent(String path) {
        return List.of(new Change.Own("app", NODE, path(path), false, true, Optional.empty()));
    }

    private static List<Change> declared(String path) {
        return List.of(new Change.Declare("app", path(path)));
    }

    private static List<Change> volume(String path) {
        return List.of(owned(path).get(0), declared(path).get(0));
    }

    private static Optional<Location> line(int line) {
        return Optional.of(new Location("Dockerfile", line, 8, line, 12));
    }

    @Test
    void aVolumeIsInsertedAboveTheInstructionsThatUsuallyEndADockerfile() {
        assertThat(after("""
                FROM node:22
                COPY . /app
                EXPOSE 80
                CMD ["a"]
                """, editor -> editor.declare(path("/data")))).isEqualTo("""
                FROM node:22
                COPY . /app
                VOLUME /data
                EXPOSE 80
                CMD ["a"]
                """);
    }

    @Test
    void theCommentsAboveAnInstructionStayWithIt() {
        assertThat(after("""
                FROM node:22
                # What the server runs.
                COPY <<E /app

                # no comment
                E
                # The server.
                # readonly-rootfs:ignore log-to-file it is small
                CMD ["a"]
                """, editor -> editor.declare(path("/data")))).isEqualTo("""
                FROM node:22
                # What the server runs.
                COPY <<E /app

                # no comment
                E
                VOLUME /data
                # The server.
                # readonly-rootfs:ignore log-to-file it is small
                CMD ["a"]
                """);
    }

    @Test
    void aPathThatNeedsQuotingIsWrittenInAnArray() {
        assertThat(after("FROM node:22\n", editor -> editor.declare(path("/my data"))))
                .isEqualTo("FROM node:22\nVOLUME [\"/my data\"]\n");
    }

    @Test
    void aDirectoryIsMadeBelowWhatMayMakeItOrWhatItIsIn() {
        assertThat(adding("""
                FROM node:22
                USER node
                WORKDIR /home/node/app
                RUN git clone https://git.example.com/site.git /srv/site
                CMD ["a"]
                """, volume("/srv/site/cache"))).isEqualTo("""
                FROM node:22
                USER node
                WORKDIR /home/node/app
                RUN git clone https://git.example.com/site.git /srv/site
                USER root
                RUN mkdir -p /srv/site/cache && chown node /srv/site/cache && chmod 755 /srv/site/cache
                USER node
                VOLUME /srv/site/cache
                CMD ["a"]
                """);
    }

    @Test
    void theUserMakesADirectoryInOneOfItsOwn() {
        assertThat(adding("""
                FROM debian:13
                RUN useradd -u 1000 -m node
                USER node
                WORKDIR /home/node/app
                RUN ./install
                CMD ["a"]
                """, volume("/home/node/app/cache"))).isEqualTo("""
                FROM debian:13
                RUN useradd -u 1000 -m node
                USER node
                WORKDIR /home/node/app
                RUN ./install
                RUN mkdir -p /home/node/app/cache
                VOLUME /home/node/app/cache
                CMD ["a"]
                """);
    }

    @Test
    void severalAdditionsShareOneRunAndOneVolume() {
        assertThat(adding("FROM node:22\nCMD [\"a\"]\n", volume("/a"), volume("/b"), owned("/c")))
                .isEqualTo("""
                FROM node:22
                RUN install -d -o node /a /b /c
                VOLUME /a /b
                CMD ["a"]
                """);
    }

    @Test
    void nestedDirectoriesChangeTheirOwnerWithOneCommand() {
        assertThat(adding(
                        "FROM registry.example.com/base\nUSER root\nCMD [\"a\"]\n",
                        ownedWithContent("/a/b"),
                        ownedWithContent("/a"),
                        owned("/a"),
                        owned("/c")))
                .isEqualTo("""
                FROM registry.example.com/base
                USER root
                RUN mkdir -p /a/b /a /c && chown 1000 /c && chown -R 1000 /a && chmod -R u+rwX /a && chmod 755 /c
                CMD ["a"]
                """);
    }

    @Test
    void pathsThatNeedNoOwnerAreInTheSameVolume() {
        assertThat(adding("FROM node:22\nCMD [\"a\"]\n", declared("/x"), declared("/y"), volume("/a")))
                .isEqualTo("""
                        FROM node:22
                        RUN mkdir -p /a && chown node /a
                        VOLUME /x /y /a
                        CMD ["a"]
                        """);
    }

    @Test
    void anExistingDirectoryIsNotCreatedAgain() {
        assertThat(adding("FROM node:22\nRUN mkdir /a\nCMD [\"a\"]\n", owned("/a")))
                .isEqualTo("""
                FROM node:22
                RUN mkdir /a
                RUN chown node /a
                CMD ["a"]
                """);
    }

    @Test
    void linesAreInsertedWhereTheUserIsStillRoot() {
        assertThat(adding("FROM node:22\nCOPY . /app\nUSER node\nCMD [\"a\"]\n", volume("/a")))
                .isEqualTo("""
                FROM node:22
                COPY . /app
                RUN mkdir -p /a && chown node /a
                VOLUME /a
                USER node
                CMD ["a"]
                """);
    }

    @Test
    void withoutAPlaceWhereTheUserIsRootTheLinesSwitchToRootAndBack() {
        assertThat(adding("""
                FROM node:22
                USER node
                RUN useradd app
                USER app
                CMD ["a"]
                """, own(user("app", 1001), "/a", Optional.empty()))).isEqualTo("""
                        FROM node:22
                        USER node
                        RUN useradd app
                        USER app
                        USER root
                        RUN mkdir -p /a && chown app /a
                        USER app
                        CMD ["a"]
                        """);
    }

    @Test
    void theDirectoryOfAVolumeIsPreparedAboveTheEarliestOne() {
        assertThat(adding(
                        "FROM node:22\nVOLUME /a\nVOLUME /b\nUSER node\n",
                        own(NODE, "/b", line(3)),
                        own(NODE, "/a", line(2))))
                .isEqualTo("""
                        FROM node:22
                        RUN install -d -o node /b /a
                        VOLUME /a
                        VOLUME /b
                        USER node
                        """);
    }

    @Test
    void anAdditionHasALineAtEachOfItsLocations() {
        ImageBuild build = Builds.of("FROM alpine\nRUN adduser -D -u 1500 app\nVOLUME /a\n");
        Change before = own(user("1000", 1000), "/a", line(3)).get(0);
        Change declared = declared("/b").get(0);
        Map<Change, List<TextEdit>> edits =
                new DockerfileEditor(build).edits(List.of(before, owned("/b").get(0), declared));

        assertThat(edits.get(before)).hasSize(1);
        assertThat(edits.get(declared)).hasSize(1).doesNotContainAnyElementsOf(edits.get(before));
        assertThat(applied(build, edits.values().stream().flatMap(List::stream).toList()))
                .isEqualTo("""
                        FROM alpine
                        RUN adduser -D -u 1500 app
                        RUN mkdir -p /a && chown 1000 /a
                        VOLUME /a
                        RUN mkdir -p /b && chown 1000 /b
                        VOLUME /b
                        """);
    }

    @Test
    void aDirectoryThatOthersWriteTooIsWritableForEverybody() {
        assertThat(adding(
                        "FROM node:22\nCMD [\"a\"]\n",
                        List.of(new Change.Own("app", NODE, path("/a"), true, false, Optional.empty())),
                        declared("/a")))
                .isEqualTo("""
                FROM node:22
                RUN mkdir -p /a && chmod 1777 /a
                VOLUME /a
                CMD ["a"]
                """);
    }

    @Test
    void aDirectoryThatTheUserCannotEnterGetsExecutePermission() {
        assertThat(adding(
                        "FROM node:22\nRUN mkdir -p /a/b && chmod 700 /a\nCMD [\"a\"]\n",
                        List.of(new Change.Enter("app", NODE, path("/a"), Optional.empty()))))
                .isEqualTo("""
                        FROM node:22
                        RUN mkdir -p /a/b && chmod 700 /a
                        RUN chmod a+x /a
                        CMD ["a"]
                        """);
    }

    @Test
    void aPathWithABlankIsQuotedForTheShell() {
        assertThat(adding("FROM node:22\n", owned("/it's"))).isEqualTo("""
                FROM node:22
                RUN mkdir -p '/it'\\''s' && chown node '/it'\\''s'
                """);
    }

    @Test
    void newLinesHaveTheLineEndsOfTheFile() {
        assertThat(adding("FROM node:22\r\nCMD [\"a\"]\r\n", volume("/a")))
                .isEqualTo("FROM node:22\r\nRUN mkdir -p /a && chown node /a\r\nVOLUME /a\r\nCMD [\"a\"]\r\n");
    }

    @Test
    void aLastLineWithoutANewlineStaysWithoutOne() {
        assertThat(adding("FROM node:22\nCOPY . /app", volume("/a")))
                .isEqualTo("FROM node:22\nCOPY . /app\nRUN mkdir -p /a && chown node /a\nVOLUME /a");
    }

    @Test
    void linesAreInsertedInTheStageThatIsBuilt() {
        assertThat(adding("FROM maven AS build\nRUN mvn\nFROM node:22\nCOPY --from=build /a /b\n", volume("/a")))
                .isEqualTo("""
                        FROM maven AS build
                        RUN mvn
                        FROM node:22
                        COPY --from=build /a /b
                        RUN mkdir -p /a && chown node /a
                        VOLUME /a
                        """);
    }

    private static String removing(String dockerfile, String path) {
        ImageBuild build = Builds.of(dockerfile);
        Location place = build.image().config().volumes().declared().stream()
                .filter(volume -> volume.path().equals(path(path)) && !volume.inherited())
                .map(ImageVolume::location)
                .findFirst()
                .orElseThrow();
        return applied(build, new DockerfileEditor(build).removeVolume(place).edits());
    }

    @Test
    void aPathIsRemovedFromTheWordsOfAVolume() {
        String dockerfile = "FROM alpine\nVOLUME /a /b  /c\nCMD [\"a\"]\n";

        assertThat(removing(dockerfile, "/a")).isEqualTo("FROM alpine\nVOLUME /b  /c\nCMD [\"a\"]\n");
        assertThat(removing(dockerfile, "/b")).isEqualTo("FROM alpine\nVOLUME /a  /c\nCMD [\"a\"]\n");
        assertThat(removing(dockerfile, "/c")).isEqualTo("FROM alpine\nVOLUME /a /b\nCMD [\"a\"]\n");
    }

    @Test
    void aPathIsRemovedFromAnArray() {
        String dockerfile = "FROM alpine\nVOLUME [\"/a\", \"/b\" , \"/c\"]\nCMD [\"a\"]\n";

        assertThat(removing(dockerfile, "/a")).isEqualTo("FROM alpine\nVOLUME [\"/b\" , \"/c\"]\nCMD [\"a\"]\n");
        assertThat(removing(dockerfile, "/b")).isEqualTo("FROM alpine\nVOLUME [\"/a\", \"/c\"]\nCMD [\"a\"]\n");
        assertThat(removing(dockerfile, "/c")).isEqualTo("FROM alpine\nVOLUME [\"/a\", \"/b\"]\nCMD [\"a\"]\n");
    }

    @Test
    void aVolumeIsRemovedWithItsOnlyPath() {
        assertThat(removing("FROM alpine\nVOLUME /a\nUSER 1\n", "/a")).isEqualTo("FROM alpine\nUSER 1\n");
        assertThat(removing("FROM alpine\nvolume [ \"/a\" ]\nUSER 1\n", "/a")).isEqualTo("FROM alpine\nUSER 1\n");
        assertThat(removing("FROM alpine\r\nVOLUME \\\r\n  /a\r\nUSER 1\r\n", "/a"))
                .isEqualTo("FROM alpine\r\nUSER 1\r\n");
        assertThat(removing("FROM alpine\nVOLUME /a", "/a")).isEqualTo("FROM alpine\n");
    }

    @Test
    void removingAPathLeavesNoContinuationBehind() {
        String dockerfile = "FROM alpine\nVOLUME /a \\\n  # the second\n  /b\nUSER 1\n";

        assertThat(removing(dockerfile, "/b")).isEqualTo("FROM alpine\nVOLUME /a\nUSER 1\n");
        assertThat(removing(dockerfile, "/a")).isEqualTo("FROM alpine\nVOLUME \\\n  # the second\n  /b\nUSER 1\n");
        assertThat(removing("FROM alpine\nVOLUME [\"/a\", \\\n  \"/b\"]\nUSER 1\n", "/b"))
                .isEqualTo("FROM alpine\nVOLUME [\"/a\"]\nUSER 1\n");
    }

    @Test
    void aWordIsReplacedBetweenItsQuotes() {
        ImageBuild build = Builds.of("FROM alpine\nVOLUME [\"/a\", \"/b\"]\nVOLUME /c\n");
        List<Location> places = build.image().config().volumes().declared().stream()
                .map(ImageVolume::location)
                .toList();
        DockerfileEditor editor = new DockerfileEditor(build);

        assertThat(applied(build, editor.replaceWord(places.get(1), "/x").edits()))
                .isEqualTo("FROM alpine\nVOLUME [\"/a\", \"/x\"]\nVOLUME /c\n");
        assertThat(applied(build, editor.replaceWord(places.get(2), "/x").edits()))
                .isEqualTo("FROM alpine\nVOLUME [\"/a\", \"/b\"]\nVOLUME /x\n");
    }

    @Test
    void aQuotedWordKeepsItsQuotes() {
        ImageBuild build = Builds.of("FROM alpine\nVOLUME '/a'\n");
        Location quoted = new Location("Dockerfile", 2, 8, 2, 12);

        assertThat(applied(
                        build,
                        new DockerfileEditor(build).replaceWord(quoted, "/x").edits()))
                .isEqualTo("FROM alpine\nVOLUME '/x'\n");
    }

    @Test
    void anInstructionIsReplacedWithAllItsLines() {
        String array = DockerfileEditor.volumeArray(List.of("/a", "/b"));

        assertThat(after(
                        "FROM alpine\nVOLUME ['/a', \\\n  '/b']\nUSER 1\n",
                        editor -> editor.replace(new Location("Dockerfile", 3, 3, 3, 8), array)))
                .isEqualTo("FROM alpine\nVOLUME [\"/a\", \"/b\"]\nUSER 1\n");
        assertThat(after(
                        "FROM alpine\nVOLUME ['/a', '/b']",
                        editor -> editor.replace(new Location("Dockerfile", 2, 8, 2, 12), array)))
                .isEqualTo("FROM alpine\nVOLUME [\"/a\", \"/b\"]");
    }

    @Test
    void aVolumeMovesWithAllItsLinesBelowAnotherInstruction() {
        assertThat(after(
                        "FROM alpine\nVOLUME /a \\\n  /b\nENV A=b\nRUN touch \\\n  /a/b\nUSER 1\n",
                        editor -> editor.moveBelow(
                                new Location("Dockerfile", 2, 8, 2, 10), new Location("Dockerfile", 5, 1, 6, 7))))
                .isEqualTo("FROM alpine\nENV A=b\nRUN touch \\\n  /a/b\nVOLUME /a \\\n  /b\nUSER 1\n");
    }

    @Test
    void aFileWithoutInstructionsCannotBeEdited() {
        ImageBuild any = Builds.of("FROM alpine\n");
        ImageBuild build = new ImageBuild(
                any.dockerfile(),
                any.target(),
                any.image(),
                new ImageBuild.Chain(List.of(0), List.of(), List.of(), Map.of()),
                new ImageBuild.Diagnostics(List.of(), List.of(), List.of(), List.of()),
                1);

        assertThatThrownBy(() -> new DockerfileEditor(build)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDirectoryBelowAnotherNewVolumeComesWithIt() {
        assertThat(adding("""
                FROM node:22
                RUN mkdir -p /srv/files && chown node /srv/files
                USER node
                CMD ["a"]
                """, volume("/srv/files/in"), volume("/srv/files"), volume("/opt/logs")))
                .contains("""
                RUN install -d -o node /srv/files/in /opt/logs && chown node /srv/files
                VOLUME /srv/files /opt/logs
                """);
    }

    @Test
    void aDirectoryBelowAnotherNewVolumeThatTheImageLacksIsAVolumeOfItsOwn() {
        assertThat(adding("FROM node:22\nCMD [\"a\"]\n", declared("/run/shop"), declared("/run")))
                .contains("VOLUME /run/shop /run\n");
    }

    @Test
    void aDirectoryThatACopyGivesToTheUserIsNotOpenedAgain() {
        assertThat(adding("""
                FROM node:22 AS builder
                RUN yarn build
                FROM node:22
                USER node
                COPY --from=builder --chown=node /app/.next /app/.next
                CMD ["a"]
                """, owned("/app/.next/cache"))).contains("""
                USER root
                RUN mkdir -p /app/.next/cache && chown node /app/.next/cache && chmod 755 /app/.next/cache
                USER node
                """);
    }

    @Test
    void aDirectoryIsMadeBelowARunThatMayMakeIt() {
        assertThat(adding("""
                FROM node:22
                USER node
                RUN installer --to /data/cache/x
                CMD ["a"]
                """, volume("/data/cache"))).isEqualTo("""
                FROM node:22
                USER node
                RUN installer --to /data/cache/x
                USER root
                RUN mkdir -p /data/cache && chown node /data/cache
                USER node
                VOLUME /data/cache
                CMD ["a"]
                """);
        assertThat(adding("""
                FROM node:22
                WORKDIR /data
                USER node
                RUN installer
                CMD ["a"]
                """, volume("/data/cache"))).isEqualTo("""
                FROM node:22
                WORKDIR /data
                USER node
                RUN installer
                USER root
                RUN mkdir -p /data/cache && chown node /data/cache
                USER node
                VOLUME /data/cache
                CMD ["a"]
                """);
    }

    @Test
    void aRunThatNamesAnotherDirectoryDoesNotMakeThePath() {
        assertThat(adding("""
                FROM node:22
                USER node
                RUN installer --to /elsewhere/cache
                CMD ["a"]
                """, volume("/data/cache"))).isEqualTo("""
                FROM node:22
                RUN mkdir -p /data/cache && chown node /data/cache
                VOLUME /data/cache
                USER node
                RUN installer --to /elsewhere/cache
                CMD ["a"]
                """);
    }

    @Test
    void anOwnerIsSetBelowTheLineThatMakesItsAccount() {
        assertThat(adding("""
                FROM debian:12
                USER www-data
                RUN sudo useradd -u 1000 node
                RUN sudo useradd nodejs
                USER node
                CMD ["a"]
                """, volume("/data"))).isEqualTo("""
                FROM debian:12
                USER www-data
                RUN sudo useradd -u 1000 node
                RUN sudo useradd nodejs
                USER node
                USER root
                RUN mkdir -p /data && chown node /data
                USER node
                VOLUME /data
                CMD ["a"]
                """);
    }
}
