// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.benchmark;

import io.github.readonlyrootfs.image.stage.ImageBuilder.Builder;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ApplicationImage;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.CheckRequest.TaskDefinitionInput;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One container, a small Dockerfile, and a project without classes or dependencies, checked with all finders. */
record SmallTask(Path directory) {

    static SmallTask write() throws IOException {
        SmallTask task = new SmallTask(Files.createTempDirectory("benchmark"));
        Files.writeString(task.dockerfile(), """
                FROM eclipse-temurin:21-jre
                RUN groupadd -r app && useradd -r -g app app && mkdir -p /var/cache/app && chown app:app /var/cache/app
                WORKDIR /app
                COPY target/app.jar /app/app.jar
                ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75"
                VOLUME /tmp
                VOLUME /var/cache/app
                EXPOSE 8080
                USER app
                ENTRYPOINT ["java", "-jar", "/app/app.jar"]
                """);
        Files.writeString(task.taskDefinition(), """
                {
                  "family": "app",
                  "requiresCompatibilities": ["FARGATE"],
                  "networkMode": "awsvpc",
                  "cpu": "256",
                  "memory": "512",
                  "containerDefinitions": [
                    {
                      "name": "app",
                      "image": "<IMAGE1_NAME>",
                      "essential": true,
                      "readonlyRootFilesystem": true,
                      "portMappings": [{"containerPort": 8080, "protocol": "tcp"}],
                      "environment": [{"name": "LEVEL", "value": "info"}],
                      "logConfiguration": {
                        "logDriver": "awslogs",
                        "options": {"awslogs-group": "app", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "app"}
                      }
                    }
                  ],
                  "volumes": []
                }
                """);
        return task;
    }

    Path taskDefinition() {
        return directory.resolve("taskdef.json");
    }

    private Path dockerfile() {
        return directory.resolve("Dockerfile");
    }

    CheckRequest request() {
        ProjectFacts project = new ProjectFacts(
                new Coordinates("com.example", "app", "1"),
                "jar",
                new ProjectDirectories(
                        directory, directory, Optional.of(directory), directory.resolve("target/classes"), List.of()),
                Map.of(),
                () -> new Dependencies(List.of(), List.of()),
                List.of());
        return new CheckRequest(
                new TaskDefinitionInput(
                        new NamedFile(taskDefinition(), "taskdef.json"), Optional.empty(), TemplateValues.NONE),
                new ApplicationImage(
                        Optional.of(new DockerfileBuild(
                                new NamedFile(dockerfile(), "Dockerfile"),
                                Optional.of(directory),
                                Optional.empty(),
                                Map.of())),
                        List.of(),
                        Optional.empty(),
                        Builder.BUILDKIT,
                        Optional.empty(),
                        List.of(),
                        Optional.of("app"),
                        Optional.of(project)),
                List.of(),
                List.of(),
                false,
                Policy.DEFAULT,
                Set.copyOf(NeedFinders.names()),
                MountWith.AUTO);
    }

    void remove() throws IOException {
        Files.delete(dockerfile());
        Files.delete(taskDefinition());
        Files.delete(directory);
    }
}
