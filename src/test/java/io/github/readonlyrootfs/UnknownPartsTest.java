// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.runtime.WriteAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replaces each part of a valid template, one at a time, by other values and by functions whose result only a
 * deployment knows. If some value in a place is a problem, an unknown value there must not pass silently.
 */
class UnknownPartsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DOCKERFILE =
            "FROM debian:12\nRUN mkdir /data && chown 1500 /data\nVOLUME /data\nUSER 1500\n";

    private static final String TEMPLATE = """
            {
              "Parameters": { "Unset": { "Type": "String" } },
              "Conditions": { "Open": { "Fn::Equals": [ { "Ref": "Unset" }, "x" ] } },
              "Resources": {
                "Task": {
                  "Type": "AWS::ECS::TaskDefinition",
                  "Properties": {
                    "Family": "shop",
                    "NetworkMode": "awsvpc",
                    "RequiresCompatibilities": [ "FARGATE" ],
                    "Cpu": "256",
                    "Memory": "512",
                    "RuntimePlatform": { "OperatingSystemFamily": "LINUX" },
                    "ContainerDefinitions": [
                      {
                        "Name": "app",
                        "Image": "${IMAGE}",
                        "ReadonlyRootFilesystem": true,
                        "Privileged": false,
                        "User": "1500",
                        "DependsOn": [ { "ContainerName": "log", "Condition": "START" } ],
                        "MountPoints": [
                          { "SourceVolume": "data", "ContainerPath": "/data", "ReadOnly": false }
                        ],
                        "LinuxParameters": {
                          "Capabilities": { "Drop": [ "ALL" ] },
                          "Tmpfs": [ { "ContainerPath": "/tmp", "Size": 64, "MountOptions": [ "mode=1777" ] } ]
                        }
                      },
                      {
                        "Name": "log",
                        "Image": "busybox",
                        "ReadonlyRootFilesystem": true,
                        "VolumesFrom": [ { "SourceContainer": "app", "ReadOnly": true } ]
                      }
                    ],
                    "Volumes": [ { "Name": "data", "Host": {} } ]
                  }
                }
              }
            }
            """;

    /** Values for a part; some of them are problems. */
    private static final List<String> KNOWN = List.of(
            "false", "true", "null", "\"x\"", "\"/x\"", "\"0\"", "[]", "{}", "[\"ro\"]", "{\"Ref\":\"AWS::NoValue\"}");

    /** Functions around the part; {@code %s} is the part. */
    private static final List<String> UNKNOWN = List.of(
            "{\"Ref\":\"Unset\"}",
            "{\"Ref\":\"Bucket\"}",
            "{\"Fn::GetAtt\":[\"Bucket\",\"Arn\"]}",
            "{\"Fn::ImportValue\":\"x\"}",
            "{\"Fn::Sub\":\"${Unset}\"}",
            "{\"Fn::Join\":[\"\",[\"a\",{\"Ref\":\"Unset\"}]]}",
            "{\"Fn::Select\":[0,{\"Ref\":\"Unset\"}]}",
            "{\"Fn::Split\":[\",\",{\"Ref\":\"Unset\"}]}",
            "{\"Fn::FindInMap\":[\"M\",\"a\",\"b\"]}",
            "{\"Fn::If\":[\"Open\",%s,{\"Ref\":\"AWS::NoValue\"}]}",
            "{\"Fn::If\":[\"Open\",{\"Ref\":\"AWS::NoValue\"},%s]}",
            "{\"Fn::If\":[\"Open\",%s,\"y\"]}",
            "{\"Fn::If\":[\"Open\",[],%s]}",
            "{\"Fn::If\":[\"Open\",%s,{}]}",
            "{\"Fn::If\":[\"Unknown\",%s,7]}",
            "{\"Fn::If\":[]}",
            "{\"Fn::Transform\":{\"Name\":\"AWS::Include\"}}",
            "{\"Fn::New\":%s}");

    @TempDir
    Path directory;

    @BeforeEach
    void writeDockerfile() throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
    }

    /** The findings, and whether the check passed silently. */
    private record Outcome(List<Finding> findings, boolean allWritable) {

        boolean isSilent() {
            return findings.isEmpty() && allWritable;
        }

        boolean isFault() {
            return findings.stream()
                    .anyMatch(finding -> Set.of(
                                    "root-not-read-only",
                                    "path-not-writable",
                                    "path-not-permitted",
                                    "read-only-root-defeated")
                            .contains(finding.rule()));
        }
    }

    private Outcome check(String template) throws IOException {
        Files.writeString(directory.resolve("template.json"), template);
        try {
            CheckResult result = new RequestBuilder(directory.resolve("template.json"))
                    .dockerfile(directory.resolve("Dockerfile"))
                    .writablePaths("/tmp", "/data")
                    .check();
            boolean allWritable = result.tasks().containers().stream().allMatch(UnknownPartsTest::canWriteAll);
            return new Outcome(result.findings(), allWritable);
        } catch (ConfigurationException e) {
            // An error that asks the user is not a silent pass.
            return new Outcome(List.of(), false);
        }
    }

    private static boolean canWriteAll(ContainerAnalysis container) {
        return container.runtimes().keySet().stream()
                .allMatch(platform -> container.verdicts(platform).stream()
                        .allMatch(verdict -> verdict.access().verdict() == WriteAccess.WRITABLE));
    }

    /** The paths to all parts of the task definition. */
    private static List<List<String>> parts() throws IOException {
        List<List<String>> parts = new ArrayList<>();
        collect(JSON.readTree(TEMPLATE).path("Resources"), List.of("Resources"), parts);
        return parts;
    }

    private static void collect(JsonNode node, List<String> path, List<List<String>> parts) {
        parts.add(path);
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(key -> collect(object.get(key), below(path, key), parts));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), below(path, String.valueOf(i)), parts);
            }
        }
    }

    private static List<String> below(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private static String with(List<String> path, UnaryOperator<String> edit) throws IOException {
        JsonNode root = JSON.readTree(TEMPLATE);
        JsonNode parent = root;
        for (String key : path.subList(0, path.size() - 1)) {
            parent = child(parent, key);
        }
        String key = path.get(path.size() - 1);
        JsonNode value = JSON.readTree(edit.apply(child(parent, key).toString()));
        if (parent instanceof ObjectNode object) {
            object.set(key, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(key), value);
        }
        return root.toString();
    }

    private static boolean isContainer(List<String> path) {
        return path.size() > 1 && path.get(path.size() - 2).equals("ContainerDefinitions");
    }

    private static JsonNode child(JsonNode parent, String key) {
        return parent.isArray() ? parent.get(Integer.parseInt(key)) : parent.get(key);
    }

    @Test
    void theTemplateHasNoFindings() throws IOException {
        assertThat(check(TEMPLATE)).satisfies(outcome -> {
            assertThat(outcome.findings()).isEmpty();
            assertThat(outcome.allWritable()).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> anUnknownPartNeverPassesInSilenceWhereSomeValueIsAFault() throws IOException {
        return parts().stream()
                .map(path -> dynamicTest(String.join(".", path), () -> {
                    List<String> faults = new ArrayList<>();
                    for (String known : KNOWN) {
                        if (check(with(path, any -> known)).isFault()) {
                            faults.add(known);
                        }
                    }
                    for (String unknown : UNKNOWN) {
                        if (unknown.contains("AWS::NoValue") && isContainer(path)) {
                            // A conditional container is judged as if it existed: others may depend on it.
                            continue;
                        }
                        Outcome outcome = check(with(path, part -> unknown.replace("%s", part)));
                        assertThat(outcome.isSilent() && !faults.isEmpty())
                                .as("%s passes, though %s would be a fault", unknown, faults)
                                .isFalse();
                    }
                }));
    }
}
