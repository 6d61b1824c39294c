// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.writable;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritableCodeTest {

    private final WritableCode rule = new WritableCode();

    /** A volume with the image's content. */
    private static Mount volume(String path, Mount.Origin origin, Ownership ownership) {
        return mount(path, path, Mount.Kind.IMAGE_VOLUME, origin, ownership, Mount.Content.IMAGE, inDockerfile(5));
    }

    private static final Mount APP = volume("/app", Mount.Origin.PROJECT, Ownership.of(1000, 1000, 0755));

    private List<Finding> findings(Mount mount, Consumer<CheckedTaskFixture.Container> with) {
        return task().container("app", app -> {
                    app.runsAs(user("node", 1000))
                            .mount(mount)
                            .access(mount.path().toString(), writable(mount));
                    with.accept(app);
                })
                .findings(rule);
    }

    @Test
    void aJarThatCanBeReplacedIsAnError() {
        assertThat(findings(APP, app -> app.entrypoint(6, "java", "-jar", "/app/app.jar")))
                .containsExactly(finding(
                                rule,
                                inDockerfile(5),
                                "user node (uid 1000) can replace /app/app.jar, which the container runs: "
                                        + "the mount at /app is writable",
                                "mount only the directory below /app that is written, "
                                        + "or keep /app/app.jar outside /app")
                        .in("app")
                        .at(ContainerPath.of("/app/app.jar"))
                        .on(List.of(Platform.FARGATE)));
    }

    @Test
    void theHelpSuggestsToMountTheDeeperNeeds() {
        assertThat(findings(
                        APP,
                        app -> app.workdir("/app", 2).entrypoint(6, "./run.sh").need(declared("/app/logs"))))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("mount /app/logs instead of /app");
    }

    @Test
    void theClassPathAndTheCommandOfAShellAreCode() {
        assertThat(findings(
                        APP,
                        app -> app.entrypoint(6, "/bin/sh", "-c", "exec java -cp /app/classes:/app/lib/* shop.Main")))
                .extracting(finding -> finding.path().orElseThrow().toString())
                .containsExactly("/app/classes");
    }

    @Test
    void aDirectoryInPathIsCode() {
        assertThat(findings(APP, app -> app.imageEnvironment("PATH", "/usr/bin:/app", 3)))
                .extracting(Finding::message)
                .containsExactly("user node (uid 1000) can put programs into /app, which is on the PATH: "
                        + "the mount at /app is writable");
    }

    @Test
    void etcIsReportedLikeCode() {
        assertThat(findings(volume("/etc", Mount.Origin.PROJECT, Ownership.of(1000, 1000, 0755)), app -> {}))
                .extracting(Finding::message)
                .containsExactly("user node (uid 1000) can modify system configuration in /etc: "
                        + "the mount at /etc is writable");
    }

    @Test
    void forASystemDirectoryTheHelpSuggestsToMountItsWrittenParts() {
        Mount etc = volume("/etc", Mount.Origin.PROJECT, Ownership.of(1000, 1000, 0755));
        assertThat(findings(etc, app -> {}))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("mount only what is written below /etc, and not /etc itself");
        assertThat(findings(etc, app -> app.need(declared("/etc/shop"))))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("mount /etc/shop instead of /etc");
    }

    @Test
    void otherFilesOfTheImageAreAnInfo() {
        assertThat(findings(APP, app -> app.copied("/app/seed.sql", 3)))
                .extracting(Finding::severity, Finding::message)
                .containsExactly(tuple(
                        Severity.INFO,
                        "user node (uid 1000) can change /app/seed.sql, which is part of the image: "
                                + "the mount at /app is writable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/main.py",
                "/app/lib/shop.rb",
                "/app/index.php",
                "/app/server.mjs",
                "/app/bin/start.sh",
                "/app/WEB-INF/classes/Shop.class",
                "/app/shop.war"
            })
    void scriptsAndClassesAreCodeWhetherTheCommandNamesThemOrNot(String file) {
        List<String> names = Arrays.asList(file.substring(1).split("/"));
        Collections.reverse(names);
        TreeNode tree = TreeNode.file(Ownership.ROOT_0755, Provenance.of("test"));
        for (String name : names) {
            tree = directory(name, tree);
        }
        TreeNode files = tree;
        assertThat(findings(APP, app -> app.copied(file, 3).files(files)))
                .extracting(Finding::severity, Finding::message)
                .containsExactly(tuple(
                        Severity.ERROR,
                        "user node (uid 1000) can replace " + file + ", which is code: the mount at /app is writable"));
    }

    @Test
    void scriptsForBrowsersAreNotCode() {
        assertThat(findings(APP, app -> app.copied("/app/public/js/menu.js", 3)))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void aSourceTreeIsCodeByTheFilesInIt() {
        assertThat(findings(
                        APP,
                        app -> app.copied("/app", 3)
                                .files(directory(
                                        "app",
                                        directory(
                                                "shop",
                                                directory(
                                                        "views.py",
                                                        TreeNode.file(Ownership.ROOT_0755, Provenance.of("test"))))))))
                .extracting(finding -> finding.path().orElseThrow().toString())
                .containsExactly("/app/shop/views.py");
    }

    @Test
    void aVolumeOfTheBaseImageIsNotReported() {
        assertThat(findings(
                        volume("/app", Mount.Origin.BASE_IMAGE, Ownership.of(1000, 1000, 0755)),
                        app -> app.entrypoint(6, "java", "-jar", "/app/app.jar")))
                .isEmpty();
    }

    @Test
    void filesOfOthersInAStickyDirectoryCannotBeReplaced() {
        assertThat(findings(
                        volume("/tmp", Mount.Origin.PROJECT, Ownership.of(0, 0, 01777)),
                        app -> app.entrypoint(6, "java", "-jar", "/tmp/app.jar")))
                .isEmpty();
    }

    @Test
    void anArgumentThatIsNotAProgramIsNotCode() {
        assertThat(findings(APP, app -> app.entrypoint(6, "/usr/sbin/server", "/app/data")))
                .isEmpty();
    }

    @Test
    void theOperandOfMkdirIsNotAModulePath() {
        assertThat(findings(
                        APP,
                        app -> app.entrypoint(6, "/bin/sh", "-c", "mkdir -p /app/data && exec java -jar /opt/a.jar")))
                .isEmpty();
        assertThat(findings(APP, app -> app.entrypoint(6, "mkdir", "-p", "/app/data")))
                .isEmpty();
        assertThat(findings(APP, app -> app.entrypoint(6, "java", "-p", "/app/modules", "-m", "shop/shop.Main")))
                .isNotEmpty();
    }

    private static TreeNode directory(String name, TreeNode entry) {
        return TreeNode.directory(Ownership.ROOT_0755, Provenance.of("test")).withChild(name, entry);
    }

    @Test
    void theScriptOfAnInterpreterIsCode() {
        assertThat(findings(
                        APP,
                        app -> app.workdir("/app", 2)
                                .entrypoint(6, "node", "server.js")
                                .files(directory(
                                        "app",
                                        directory(
                                                "server.js",
                                                TreeNode.file(Ownership.ROOT_0755, Provenance.of("test")))))))
                .extracting(finding -> finding.path().orElseThrow().toString())
                .containsExactly("/app/server.js");
    }
}
