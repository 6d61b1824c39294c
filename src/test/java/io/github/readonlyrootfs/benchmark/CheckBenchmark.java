// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.benchmark;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.ReportTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The whole check, from reading the two files to the text of the reports. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CheckBenchmark {

    /** The number of instructions; typical Dockerfiles have about ten. */
    @Param({"12", "100", "1000"})
    public int instructions;

    /** The number of containers. */
    @Param({"1", "50"})
    public int containers;

    /** The task definition's file. */
    @Param({"taskdef.json", "main.tf"})
    public String file;

    private Path directory;
    private CheckRequest request;

    @Setup
    public void write() throws IOException {
        directory = Files.createTempDirectory("benchmark");
        Path dockerfile = Files.writeString(directory.resolve("Dockerfile"), dockerfile());
        Path taskDefinition = Files.writeString(directory.resolve(file), taskDefinition());
        request = new RequestBuilder(taskDefinition)
                .dockerfile(dockerfile)
                .container("c0")
                .writablePaths("/tmp", "/var/cache/app")
                .build();
    }

    @TearDown
    public void remove() throws IOException {
        Files.delete(directory.resolve("Dockerfile"));
        Files.delete(directory.resolve(file));
        Files.delete(directory);
    }

    private String dockerfile() {
        String middle = IntStream.range(0, instructions - 5)
                .mapToObj(i -> switch (i % 4) {
                    case 0 -> "ENV NAME_" + i + "=value";
                    case 1 -> "RUN mkdir -p /opt/app/" + i + " && chown -R node:node /opt/app";
                    case 2 -> "COPY --chown=node package.json /opt/app/" + i + "/";
                    default -> "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*";
                })
                .collect(Collectors.joining("\n"));
        return "FROM node:22\n" + middle
                + "\nVOLUME /tmp\nVOLUME /var/cache/app\nUSER node\nENTRYPOINT [\"yarn\", \"start\"]\n";
    }

    private String taskDefinition() {
        String definitions = IntStream.range(0, containers)
                .mapToObj(i -> """
                        {
                          "name": "c%d", "image": "%s", "readonlyRootFilesystem": true, "essential": true,
                          "environment": [{"name": "LEVEL", "value": "info"}],
                          "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}],
                          "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "app"}}
                        }""".formatted(i, i == 0 ? "<IMAGE>" : "nginx:1.27"))
                .collect(Collectors.joining(",\n"));
        return file.endsWith(".tf") ? """
                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  network_mode             = "awsvpc"
                  cpu                      = 256
                  memory                   = 512
                  container_definitions    = jsonencode([%s])
                  volume {
                    name = "data"
                  }
                }
                """.formatted(definitions) : """
                {"family": "app", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256",
                 "memory": "512", "volumes": [{"name": "data"}], "containerDefinitions": [%s]}
                """.formatted(definitions);
    }

    @Benchmark
    public void check(Blackhole blackhole) throws ConfigurationException {
        CheckResult result = ReadOnlyRootAnalysis.check(request);
        blackhole.consume(new ConsoleReport(result.tasks(), result.findings()).lines());
        blackhole.consume(ReportTexts.text(ReportFormat.JSON, result.tasks(), result.findings(), ReportTexts.SETTINGS));
    }
}
