// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TerraformFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint.Directory;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the resources around a task definition say of it: the access points of its volumes, the services that run it. */
class TerraformNeighboursTest {

    private static final String FILE_SYSTEM = "resource \"aws_efs_file_system\" \"main\" {}\n";

    @TempDir
    Path root;

    private static String task(String accessPoint) {
        return resource("""
                  container_definitions = jsonencode([{ name = "app", image = "i" }])
                  volume {
                    name = "data"
                    efs_volume_configuration {
                      file_system_id = aws_efs_file_system.main.id
                      authorization_config {
                        access_point_id = %s
                        iam             = "ENABLED"
                      }
                    }
                  }
                """.formatted(accessPoint));
    }

    private static String point(String name, String arguments) {
        return """
                resource "aws_efs_access_point" "%s" {
                  file_system_id = aws_efs_file_system.main.id
                  %s
                }
                """.formatted(name, arguments);
    }

    private static String user(int uid, int gid) {
        return "  posix_user {\n    uid = " + uid + "\n    gid = " + gid + "\n  }\n";
    }

    private static String directory(String path, int owner, String permissions) {
        return """
                  root_directory {
                    path = "%s"
                    creation_info {
                      owner_uid   = %d
                      owner_gid   = %d
                      permissions = "%s"
                    }
                  }
                """.formatted(path, owner, owner, permissions);
    }

    private Optional<AccessPoint> accessPoint(String text) throws IOException {
        TaskDefinition task = new TerraformFixture(root).with("main.tf", text).task();
        return ((Storage.Efs) task.volumes().get(0).storage()).accessPoint();
    }

    @Test
    void anAccessPointOfTheConfigurationSaysAsWhomItActsAndWhoOwnsItsDirectory() throws IOException {
        assertThat(accessPoint(FILE_SYSTEM
                        + task("aws_efs_access_point.data.id")
                        + point("data", user(1000, 1001) + directory("/data", 1000, "0750"))))
                .contains(new AccessPoint(
                        Optional.of(new User(1000, 1001, List.of())), new Directory(1000, 1000, Optional.of(0750))));
    }

    @Test
    void anAccessPointWithoutAUserActsForTheContainersAndTheRootOfTheFileSystemIsRoots() throws IOException {
        assertThat(accessPoint(FILE_SYSTEM + task("aws_efs_access_point.data.id") + point("data", "")))
                .contains(new AccessPoint(Optional.empty(), new Directory(0, 0, Optional.empty())));
    }

    @Test
    void anAccessPointIsKnownThroughIndexesModulesAndVariables() throws IOException {
        new TerraformFixture(root)
                .with(
                        "efs/main.tf",
                        FILE_SYSTEM
                                + point(
                                        "this",
                                        "for_each = toset([\"a\", \"b\"])\n" + user(7, 7)
                                                + directory("/${each.key}", 7, "700"))
                                + "output \"id\" {\n  value = aws_efs_access_point.this[\"b\"].id\n}\n")
                .with("task/main.tf", task("var.point") + "variable \"point\" {}\n");

        assertThat(accessPoint("""
                module "efs" {
                  source = "./efs"
                }
                module "task" {
                  source = "./task"
                  point  = module.efs.id
                }
                """))
                .contains(new AccessPoint(
                        Optional.of(new User(7, 7, List.of())), new Directory(7, 7, Optional.of(0700))));
    }

    static Stream<String> whatElseDecides() {
        String policy = """
                resource "aws_efs_file_system_policy" "x" {
                  file_system_id = aws_efs_file_system.main.id
                }
                """;
        String other = point("other", "root_directory {\n path = %s\n}") + "variable \"unknown\" {}\n";
        return Stream.of(
                policy,
                other.formatted("\"/data/sub\""),
                other.formatted("var.unknown"),
                remote("aws_efs_file_system.main.id"),
                remote("try([aws_efs_file_system.main.id], [])"),
                remote("{ id = local.file_system }") + "locals {\n  file_system = aws_efs_file_system.main.id\n}\n",
                remote("[\"efs\", aws_efs_access_point.data.file_system_id]"));
    }

    /** A module that is not among the files. */
    private static String remote(String argument) {
        return "module \"remote\" {\n  source = \"example/x/aws\"\n  x      = " + argument + "\n}\n";
    }

    @ParameterizedTest
    @MethodSource("whatElseDecides")
    void whatElseDecidesMakesAnAccessPointUnknown(String more) throws IOException {
        assertThat(accessPoint(FILE_SYSTEM
                        + task("aws_efs_access_point.data.id")
                        + point("data", user(1, 1) + directory("/data", 1, "755"))
                        + more))
                .isEmpty();
    }

    @Test
    void twoAccessPointsMayShareADirectoryThatTheyMakeAlike() throws IOException {
        assertThat(accessPoint(FILE_SYSTEM
                        + task("aws_efs_access_point.data.id")
                        + point("data", user(1, 1) + directory("/data", 1, "755"))
                        + point("same", directory("/data", 1, "755"))
                        + point("beside", directory("/database", 2, "755"))
                        + remote("[aws_efs_access_point.data.arn]")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "aws_efs_file_system.main.id, var.unknown",
        "var.unknown, 1",
        "data.aws_efs_file_system.main.id, 1",
    })
    void anAccessPointOfWhichAPartIsUnknownIsUnknown(String fileSystem, String uid) throws IOException {
        assertThat(accessPoint(FILE_SYSTEM
                        + task("aws_efs_access_point.data.id")
                        + point("data", user(1, 1).replace("uid = 1", "uid = " + uid) + directory("/data", 1, "755"))
                                .replace("aws_efs_file_system.main.id", fileSystem)
                        + "variable \"unknown\" {}\n"))
                .isEmpty();
    }

    @Test
    void aDirectoryWithoutCreationInfoHasAnOwnerThatNobodyKnows() throws IOException {
        assertThat(accessPoint(FILE_SYSTEM
                        + task("aws_efs_access_point.data.id")
                        + point("data", user(1, 1) + "root_directory {\n path = \"/data\"\n}\n")))
                .isEmpty();
    }

    private TaskDefinition.Launch launch(String services) throws IOException {
        return new TerraformFixture(root)
                .with("main.tf", task("\"fsap-1\"") + services)
                .task()
                .launch();
    }

    private static String service(String name, String arguments) {
        return "resource \"aws_ecs_service\" \"" + name + "\" {\n  task_definition = aws_ecs_task_definition.app.arn\n"
                + arguments + "\n}\n";
    }

    @Test
    void theServicesThatRunATaskSayOnWhichPlatforms() throws IOException {
        assertThat(launch(service("a", "  launch_type = \"EC2\"")).launchTypes())
                .containsExactly("EC2");
        assertThat(launch(service("a", "  launch_type = \"EC2\"") + service("b", """
                          capacity_provider_strategy {
                            capacity_provider = "FARGATE_SPOT"
                          }
                          capacity_provider_strategy {
                            capacity_provider = "FARGATE"
                          }
                        """))
                        .launchTypes())
                .containsExactlyInAnyOrder("EC2", "FARGATE");
    }

    @Test
    void ofAServiceWhosePlatformIsNotKnownNothingIsSupposed() throws IOException {
        assertThat(launch(service("a", "  launch_type = \"EC2\"") + service("b", ""))
                        .launchTypes())
                .isEmpty();
        assertThat(launch(service("a", "  launch_type = var.x") + "variable \"x\" {}\n")
                        .launchTypes())
                .isEmpty();
        assertThat(launch(service("a", """
                          capacity_provider_strategy {
                            capacity_provider = aws_ecs_capacity_provider.x.name
                          }
                        """)).launchTypes()).isEmpty();
    }
}
