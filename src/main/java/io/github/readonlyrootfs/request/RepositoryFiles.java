// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The Dockerfiles and task definitions of a repository, wherever they are, in order. Files that Git does not track count too:
 * the AWS CDK writes its templates to {@code cdk.out}, and who has just made a task definition has not added it yet.
 * They are looked for when they are first asked for.
 */
final class RepositoryFiles {

    private static final int MAX_FILES = 50_000;
    private static final int MAX_DEPTH = 10;
    private static final long MAX_SIZE = 1L << 20;
    private static final long MAX_READ = 1L << 26;

    /** Directories of what others wrote, or a build. */
    private static final Set<String> SKIPPED =
            Set.of(".git", ".gradle", ".terraform", ".venv", "__pycache__", "node_modules", "target", "vendor", "venv");

    private static final Pattern DOCKERFILE = Pattern.compile(
            "(?:Dockerfile|dockerfile|Containerfile)(?:[._-](?!(?:dockerignore|md|sh|j2|erb|tpl|tmpl|template)$)"
                    + "[\\w.-]+)?|[\\w.-]+\\.(?:[dD]ockerfile|Containerfile)");

    /** The endings of documents, and whether a file with it may be a template of Terraform's. */
    private static final Map<String, Boolean> DOCUMENTS = Map.of(
            "json",
            false,
            "yaml",
            false,
            "yml",
            false,
            "template",
            false,
            "j2",
            false,
            "tpl",
            true,
            "tmpl",
            true,
            "tftpl",
            true);

    private static final Pattern TERRAFORM = Pattern.compile("(?:tf|tofu)(?:\\.json)?");

    /** What other tools call their files; some are large. */
    private static final Set<String> OF_OTHER_TOOLS = Set.of(
            "composer.json",
            "package.json",
            "package-lock.json",
            "pnpm-lock.yaml",
            "tsconfig.json",
            "docker-compose.yml");

    /** The key of a task definition in JSON or YAML, and no word of a script that changes one, or of a template that lacks them. */
    private static final Pattern CONTAINERS = Pattern.compile(
            "(?m)\"containerDefinitions\"\\s*+:(?!\\s*+\\$\\{)|^[ \\t-]*+'?containerDefinitions'?\\s*+:(?!\\s*+\\.)");

    private static final Pattern RESOURCE =
            Pattern.compile("(?m)^\\s*+resource\\s++\"aws_ecs_task_definition\"|\"aws_ecs_task_definition\"\\s*+:");

    private final Path top;
    private Optional<Walk> walk = Optional.empty();

    /** The files below a directory. */
    RepositoryFiles(Path top) {
        this.top = top;
    }

    /** Whether the search goes down a path: not into what others wrote, or a build. */
    static boolean isSearched(Path path) {
        for (Path name : path) {
            if (SKIPPED.contains(name.toString())) {
                return false;
            }
        }
        return true;
    }

    /** What is to be said where it did not look at all files. */
    String limit() {
        return walk().files < MAX_FILES && walk().read < MAX_READ
                ? ""
                : " (of which only the first " + walk().files + " files were looked at)";
    }

    Path top() {
        return top;
    }

    List<Path> dockerfiles() {
        return sorted(walk().dockerfiles);
    }

    /**
     * The files with a task definition; the directory where several files of a Terraform configuration have one. Terraform's
     * templates of container definitions count where no {@code .tf} file may fill them in.
     */
    List<Path> taskDefinitions() {
        walk().read();
        List<Path> found = new ArrayList<>(walk().documents);
        for (List<Path> files : walk().terraform.values()) {
            found.add(files.size() == 1 ? files.get(0) : parent(files.get(0)));
        }
        return sorted(found.isEmpty() ? walk().templates : found);
    }

    private static List<Path> sorted(List<Path> files) {
        return files.stream().sorted().toList();
    }

    private Walk walk() {
        if (walk.isEmpty()) {
            Walk taken = new Walk();
            try {
                Files.walkFileTree(top, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, taken);
            } catch (IOException e) {
                // What cannot be listed cannot be found; the user can still name it.
            }
            walk = Optional.of(taken);
        }
        return walk.get();
    }

    private static Path parent(Path file) {
        return file.resolveSibling("").normalize();
    }

    /** The names of all files; what may be a task definition is read only where one is asked for. */
    private static final class Walk extends SimpleFileVisitor<Path> {

        private final List<Path> dockerfiles = new ArrayList<>();
        private final List<Path> unread = new ArrayList<>();
        private final List<Path> documents = new ArrayList<>();
        private final List<Path> templates = new ArrayList<>();
        private final Map<Path, List<Path>> terraform = new TreeMap<>();
        private int files;
        private long read;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            Path name = directory.getFileName();
            return name == null || isSearched(name) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                add(file, attributes.size());
            }
            return ++files < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private void add(Path file, long size) {
            String name = file.getFileName().toString();
            if (name.contains("ockerfile") || name.contains("ontainerfile")) {
                if (DOCKERFILE.matcher(name).matches()) {
                    dockerfiles.add(file);
                }
            } else if (size <= MAX_SIZE
                    && !OF_OTHER_TOOLS.contains(name)
                    && (DOCUMENTS.containsKey(ending(name)) || isTerraform(name))) {
                unread.add(file);
            }
        }

        private static String ending(String name) {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        private static boolean isTerraform(String name) {
            return name.contains(".t")
                    && TERRAFORM
                            .matcher(name.substring(name.lastIndexOf(".t") + 1))
                            .matches();
        }

        private void read() {
            for (Path file : unread) {
                if (read >= MAX_READ) {
                    files--;
                    continue;
                }
                String name = file.getFileName().toString();
                String text = text(file);
                if (!isTerraform(name)) {
                    addDocument(file, name, text);
                } else if (text.contains("aws_ecs_task_definition")
                        && RESOURCE.matcher(text).find()) {
                    terraform
                            .computeIfAbsent(parent(file), directory -> new ArrayList<>())
                            .add(file);
                }
            }
            unread.clear();
        }

        private void addDocument(Path file, String name, String text) {
            boolean hasKey = text.contains("containerDefinitions")
                    && CONTAINERS.matcher(text).find();
            if (hasKey || text.contains("AWS::ECS::TaskDefinition")) {
                documents.add(file);
            } else if (DOCUMENTS.getOrDefault(ending(name), false) && text.contains("\"image\"")) {
                templates.add(file);
            }
        }

        /** Every byte as a character: what is looked for is ASCII. */
        private String text(Path file) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                read += bytes.length;
                return new String(bytes, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                // It is nothing that this plugin can read.
                return "";
            }
        }
    }
}
