// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The notations in which one task definition can be written. */
public enum TaskShape {
    MINIFIED_JSON("taskdef.json"),
    COMPACT_JSON("taskdef.json"),
    EXPANDED_JSON("taskdef.json"),
    DESCRIBED_WITH_NULLS("taskdef.json"),
    YAML("taskdef.yaml"),
    YAML_IN_LINES_ONLY("taskdef.yaml"),
    YAML_WITH_OBJECTS_IN_BRACES("taskdef.yaml"),
    YAML_WITH_EVERYTHING_IN_QUOTES("taskdef.yaml"),
    YAML_IN_BRACES("taskdef.yaml"),
    CONTAINERS_IN_A_JSON_STRING("taskdef.json"),
    CONTAINERS_IN_A_YAML_BLOCK("taskdef.yaml"),
    CLOUDFORMATION_JSON("template.json"),
    CLOUDFORMATION_YAML("template.yaml"),
    CLOUDFORMATION_YAML_WITH_FUNCTIONS("template.yaml"),
    SAM("template.yaml"),
    CDK("template.json");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Keys chosen by the user, which CloudFormation does not change. */
    private static final Set<String> MAPS = Set.of("options", "driverOpts", "labels", "dockerLabels");

    /** Keys for which CloudFormation's spelling differs in more than the first letter. */
    private static final Map<String, String> ODD_NAMES = Map.of(
            "efsVolumeConfiguration", "EFSVolumeConfiguration",
            "iam", "IAM",
            "fsxWindowsFileServerVolumeConfiguration", "FSxWindowsFileServerVolumeConfiguration",
            "s3filesVolumeConfiguration", "S3FilesVolumeConfiguration");

    private static final Set<String> SUBSTITUTED = Set.of("Image", "User", "ContainerPath", "SourceVolume");

    public final String file;

    TaskShape(String file) {
        this.file = file;
    }

    boolean isCloudFormation() {
        return file.startsWith("template");
    }

    /** Whether a tool generates the file, so that an edit of it would be lost. */
    boolean isGenerated() {
        return this == CDK;
    }

    /**
     * A task definition in JSON as a tree; empty for text that is not JSON, contains placeholders, or has duplicate
     * keys.
     */
    @SuppressWarnings("unchecked")
    public static Optional<Map<String, Object>> parse(String json) {
        try {
            Object tree = MAPPER.readValue(json, Object.class);
            return tree instanceof Map<?, ?> map && map.containsKey("containerDefinitions")
                    ? Optional.of((Map<String, Object>) map)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    public String write(Map<String, Object> task) {
        return switch (this) {
            case MINIFIED_JSON -> json(task);
            case COMPACT_JSON -> compact(task, "", TaskShape::isFlat) + "\n";
            case EXPANDED_JSON -> compact(task, "", it -> !(it instanceof Map || it instanceof List)) + "\n";
            case DESCRIBED_WITH_NULLS -> compact(described(task), "", TaskShape::isFlat) + "\n";
            case YAML -> yaml(task, new Style("  ", false, false), 0);
            case YAML_IN_LINES_ONLY -> yaml(task, new Style("", false, false), 0);
            case YAML_WITH_OBJECTS_IN_BRACES -> yaml(task, new Style("  ", true, false), 0);
            case YAML_WITH_EVERYTHING_IN_QUOTES -> yaml(task, new Style("    ", false, true), 0);
            case YAML_IN_BRACES -> "# in braces\n" + "family: any\n" + braces(task);
            case CONTAINERS_IN_A_JSON_STRING ->
                compact(with(task, containers -> compact(containers, "", TaskShape::isFlat)), "", TaskShape::isFlat)
                        + "\n";
            case CONTAINERS_IN_A_YAML_BLOCK ->
                yaml(
                        with(
                                task,
                                containers -> new Written("|\n"
                                        + compact(containers, "", TaskShape::isFlat)
                                                .indent(2)
                                                .stripTrailing())),
                        new Style("  ", false, false),
                        0);
            case CLOUDFORMATION_JSON -> compact(template(task, Map.of()), "", TaskShape::isFlat) + "\n";
            case CLOUDFORMATION_YAML ->
                "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n"
                        + yaml(renamed(task), new Style("  ", false, false), 6);
            case CLOUDFORMATION_YAML_WITH_FUNCTIONS ->
                """
                    Parameters:
                      Stage: {Type: String, Default: prod}
                    Conditions:
                      Always: !Equals [!Ref Stage, prod]
                    Resources:
                      Task:
                        Type: AWS::ECS::TaskDefinition
                        Properties:
                    """ + yaml(functions(renamed(task)), new Style("  ", false, false), 6);
            case SAM -> """
                    AWSTemplateFormatVersion: "2010-09-09"
                    Transform: AWS::Serverless-2016-10-31
                    Resources:
                      Function:
                        Type: AWS::Serverless::Function
                        Properties: {Handler: app.handler, Runtime: java21, CodeUri: .}
                      Task:
                        Type: AWS::ECS::TaskDefinition
                        Properties:
                    """ + yaml(renamed(task), new Style("", false, false), 6);
            case CDK ->
                compact(
                                template(task, Map.of("Metadata", Map.of("aws:cdk:path", "Shop/Task/Resource"))),
                                "",
                                it -> !(it instanceof Map || it instanceof List))
                        + "\n";
        };
    }

    private static Map<String, Object> with(Map<String, Object> task, UnaryOperator<Object> containers) {
        Map<String, Object> with = new LinkedHashMap<>(task);
        with.put("containerDefinitions", containers.apply(task.get("containerDefinitions")));
        return with;
    }

    private static String braces(Map<String, Object> task) {
        Map<String, Object> rest = new LinkedHashMap<>(task);
        rest.remove("family");
        return rest.entrySet().stream()
                .map(member -> member.getKey() + ": " + flow(member.getValue(), false) + "\n")
                .collect(Collectors.joining());
    }

    // JSON

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An object whose values are neither objects nor lists of them, or a list of scalars. */
    private static boolean isFlat(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.size() < 5 && map.values().stream().allMatch(it -> isScalar(it) || isFlatList(it));
        }
        return isScalar(value) || isFlatList(value);
    }

    private static boolean isFlatList(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(TaskShape::isScalar);
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map || value instanceof List || value instanceof Kept);
    }

    private interface Flat {
        boolean test(Object value);
    }

    private static String compact(Object value, String indent, Flat flat) {
        String inner = indent + "  ";
        if (flat.test(value) || value == null) {
            return spaced(value);
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(member ->
                                    inner + json(member.getKey()) + ": " + compact(member.getValue(), inner, flat))
                            .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }
        List<?> list = (List<?>) value;
        return list.isEmpty()
                ? "[]"
                : list.stream()
                        .map(element -> inner + compact(element, inner, flat))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
    }

    private static String spaced(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(member -> json(member.getKey()) + ": " + spaced(member.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        return value instanceof List<?> list
                ? list.stream().map(TaskShape::spaced).collect(Collectors.joining(", ", "[", "]"))
                : json(value);
    }

    /** As some tools print the output of describe-task-definition: missing values are null or empty. */
    private static Map<String, Object> described(Map<String, Object> task) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("taskDefinitionArn", "arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:7");
        described.putAll(task);
        described.putIfAbsent("volumes", List.of());
        described.putIfAbsent("networkMode", null);
        described.putIfAbsent("placementConstraints", List.of());
        described.put("revision", 7);
        described.put("status", "ACTIVE");
        described.put(
                "containerDefinitions",
                ((List<?>) task.get("containerDefinitions"))
                        .stream().map(TaskShape::describedContainer).toList());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("taskDefinition", described);
        root.put("tags", List.of());
        return root;
    }

    private static Object describedContainer(Object container) {
        Map<String, Object> described = new LinkedHashMap<>();
        ((Map<?, ?>) container).forEach((key, value) -> described.put((String) key, value));
        for (String list : List.of("mountPoints", "volumesFrom", "dependsOn", "environment")) {
            described.putIfAbsent(list, List.of());
        }
        for (String key : List.of("linuxParameters", "user", "privileged", "readonlyRootFilesystem")) {
            // A misspelt key keeps its place; the correct spelling beside it would be another case.
            if (described.keySet().stream().noneMatch(key::equalsIgnoreCase)) {
                described.put(key, null);
            }
        }
        return described;
    }

    // CloudFormation

    private static Map<String, Object> template(Map<String, Object> task, Map<String, Object> more) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("Type", "AWS::ECS::TaskDefinition");
        resource.put("Properties", renamed(task));
        resource.putAll(more);
        return Map.of("Resources", Map.of("Task", resource));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> renamed(Map<String, Object> task) {
        return (Map<String, Object>) renamed((Object) task, true);
    }

    private static Object renamed(Object value, boolean keys) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> renamed = new LinkedHashMap<>();
            map.forEach((key, it) ->
                    renamed.put(keys ? pascal((String) key) : (String) key, renamed(it, !MAPS.contains((String) key))));
            if (renamed.get("EFSVolumeConfiguration") instanceof Map<?, ?> efs && efs.containsKey("FileSystemId")) {
                Map<String, Object> odd = new LinkedHashMap<>();
                efs.forEach((key, it) -> odd.put(key.equals("FileSystemId") ? "FilesystemId" : (String) key, it));
                renamed.put("EFSVolumeConfiguration", odd);
            }
            return renamed;
        }
        return value instanceof List<?> list
                ? list.stream().map(element -> renamed(element, keys)).toList()
                : value;
    }

    private static String pascal(String key) {
        return ODD_NAMES.getOrDefault(key, key.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + key.substring(1));
    }

    /** A text that is written without conversion. */
    private record Written(String text) {}

    /** A value under a condition that is true. */
    private record Kept(Object value) {}

    private static Map<String, Object> functions(Map<String, Object> task) {
        Map<String, Object> with = new LinkedHashMap<>();
        task.forEach((key, value) -> with.put(key, function(key, value)));
        return with;
    }

    private static Object function(String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> with = new LinkedHashMap<>();
            map.forEach((name, it) -> with.put((String) name, function((String) name, it)));
            return with;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> function(key, element))
                    .map(element -> key.equals("ContainerDefinitions") ? new Kept(element) : element)
                    .toList();
        }
        if (value instanceof Boolean bool) {
            return new Written("!If [Always, " + bool + ", " + !bool + "]");
        }
        return value instanceof String text && SUBSTITUTED.contains(key) && !text.contains("$")
                ? new Written("!Sub " + json(text))
                : value;
    }

    // YAML

    /**
     * @param listIndent before the dashes of a list; if empty, lists of scalars have dashes too
     * @param braces whether {@link #isFlat flat} values are written in brackets
     * @param quotes whether all keys and strings are quoted, alternately with double and single quotes
     */
    private record Style(String listIndent, boolean braces, boolean quotes) {}

    private static String yaml(Map<String, Object> task, Style style, int indent) {
        List<String> lines = new ArrayList<>();
        block(task, style, lines);
        return lines.stream().map(line -> " ".repeat(indent) + line + "\n").collect(Collectors.joining());
    }

    private static void block(Map<?, ?> map, Style style, List<String> lines) {
        map.forEach((key, value) -> {
            String name = style.quotes() ? json(key) : (String) key;
            boolean inline = isScalar(value)
                    || isEmpty(value)
                    || (isFlatList(value) && !style.listIndent().isEmpty())
                    || (style.braces() && isFlat(value));
            if (inline) {
                lines.add(name + ": " + flow(value, style.quotes()));
            } else if (value instanceof Map<?, ?> inner) {
                lines.add(name + ":");
                indented(inner, style, lines, "  ");
            } else {
                lines.add(name + ":");
                for (Object element : (List<?>) value) {
                    element(element, style, lines);
                }
            }
        });
    }

    private static void indented(Map<?, ?> map, Style style, List<String> lines, String indent) {
        List<String> inner = new ArrayList<>();
        block(map, style, inner);
        inner.forEach(line -> lines.add(indent + line));
    }

    private static void element(Object element, Style style, List<String> lines) {
        if (element instanceof Kept kept) {
            lines.add(style.listIndent() + "- !If");
            lines.add(style.listIndent() + "  - Always");
            List<String> inner = new ArrayList<>();
            element(kept.value(), new Style("", style.braces(), style.quotes()), inner);
            inner.forEach(line -> lines.add(style.listIndent() + "  " + line));
            lines.add(style.listIndent() + "  - !Ref AWS::NoValue");
            return;
        }
        if (!(element instanceof Map<?, ?> map) || map.isEmpty() || (style.braces() && isFlat(element))) {
            lines.add(style.listIndent() + "- " + flow(element, style.quotes()));
            return;
        }
        List<String> inner = new ArrayList<>();
        block(map, style, inner);
        for (int i = 0; i < inner.size(); i++) {
            lines.add(style.listIndent() + (i == 0 ? "- " : "  ") + inner.get(i));
        }
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Map<?, ?> map && map.isEmpty()) || (value instanceof List<?> list && list.isEmpty());
    }

    private static String flow(Object value, boolean quotes) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(member -> (quotes ? json(member.getKey()) : (String) member.getKey()) + ": "
                            + flow(member.getValue(), quotes))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> flow(element, quotes)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Written written) {
            return written.text();
        }
        if (!(value instanceof String text)) {
            return json(value);
        }
        if (quotes && text.length() % 2 == 0 && !text.contains("'") && !text.contains("\n")) {
            return "'" + text + "'";
        }
        return !quotes && text.matches("[A-Za-z/][\\w./-]*") && !text.matches("(?i)true|false|null|yes|no|on|off|y|n")
                ? text
                : json(text);
    }
}
