// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.taskdef.OtherFormat;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
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
    /** Of what Git does not track: of 303 public repositories 302 have a task definition in these levels of directories. */
    private static final int MAX_DEPTH = 4;

    private static final int MAX_SIZE = 1 << 20;
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
            "jsonnet",
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

    /** Where AWS Copilot has the manifest of each service and job. */
    private static final Pattern COPILOT = Pattern.compile("(?:^|/)copilot/[^/]+/manifest\\.ya?ml$");

    /** The keys of ecspresso's configuration, in YAML, JSON or Jsonnet. */
    private static final Pattern ECSPRESSO = Pattern.compile("(?m)^[ \\t]*+['\"]?(task|service)_definition['\"]?:");

    /** The key of a task definition in JSON or YAML, and no word of a script that changes one, or of a template that lacks them. */
    private static final Pattern CONTAINERS = Pattern.compile(
            "(?m)\"containerDefinitions\"\\s*+:(?!\\s*+\\$\\{)|^[ \\t-]*+'?containerDefinitions'?\\s*+:(?!\\s*+\\.)");

    private static final Pattern RESOURCE =
            Pattern.compile("(?m)^\\s*+resource\\s++\"aws_ecs_task_definition\"|\"aws_ecs_task_definition\"\\s*+:");

    /** A call of a public module that makes a task definition; the first one may make a cluster alone. */
    private static final Pattern MODULE =
            Pattern.compile("\"terraform-aws-modules/ecs/aws\"(?s:.{0,4000}?)\\bservices\\s*+=\\s*+\\{"
                    + "|\"(?:terraform-aws-modules/ecs/aws//modules/service|cloudposse/ecs-alb-service-task/aws)\"");

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
        return walk().files >= MAX_FILES || walk().read >= MAX_READ
                ? " (of which only the first " + walk().files + " files were looked at)"
                : walk().isDeeper
                        ? " (of which only the upper " + MAX_DEPTH + " levels of directories were looked at)"
                        : "";
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

    /** What another tool makes a task definition of, by its format. */
    Map<OtherFormat, List<Path>> sources() {
        walk().read();
        return walk().sources;
    }

    private static List<Path> sorted(List<Path> files) {
        return files.stream().sorted().toList();
    }

    private Walk walk() {
        if (walk.isEmpty()) {
            walk = Optional.of(new Walk(top));
        }
        return walk.get();
    }

    private static Path parent(Path file) {
        return file.resolveSibling("").normalize();
    }

    /**
     * The names of all files; what may be a task definition is read only where one is asked for. Git's index has the names of those
     * that it tracks, so that only directories near the top are listed for the others.
     */
    private static final class Walk {

        private final List<Path> dockerfiles = new ArrayList<>();
        private final List<Path> unread = new ArrayList<>();
        private final List<Path> documents = new ArrayList<>();
        private final List<Path> templates = new ArrayList<>();
        private final Map<OtherFormat, List<Path>> sources = new EnumMap<>(OtherFormat.class);
        private final Map<Path, List<Path>> terraform = new TreeMap<>();
        private final Path top;
        /** The tracked files and directories that a list may have, these with a slash at the end. */
        private final Set<String> tracked = new HashSet<>();

        private final byte[] buffer = new byte[MAX_SIZE + 1];
        private final boolean isIndexed;
        private boolean isDeeper;
        private int files;
        private long read;

        Walk(Path top) {
            this.top = top;
            Optional<List<String>> index = GitIndex.files(top);
            isIndexed = index.isPresent();
            addTracked(index.orElse(List.of()));
            list("", MAX_DEPTH);
        }

        private void addTracked(List<String> paths) {
            String directory = "";
            int depth = 0;
            for (String path : paths) {
                int slash = path.lastIndexOf('/');
                // They are sorted, so that the files of a directory mostly follow each other.
                if (slash + 1 != directory.length() || !path.startsWith(directory)) {
                    directory = path.substring(0, slash + 1);
                    depth = addDirectories(directory);
                }
                if (depth >= 0 && files < MAX_FILES) {
                    files++;
                    try {
                        add(path);
                    } catch (InvalidPathException e) {
                        // No program can open a file with such a name here: the index is damaged, or the locale is
                        // another.
                    }
                    if (depth < MAX_DEPTH) {
                        tracked.add(path);
                    }
                }
            }
        }

        /** The depth of a directory, which is tracked with those above it; negative if it is not searched. */
        private int addDirectories(String directory) {
            int depth = 0;
            int start = 0;
            for (int end = directory.indexOf('/'); end > 0; end = directory.indexOf('/', start)) {
                if (SKIPPED.contains(directory.substring(start, end))) {
                    return -1;
                }
                start = end + 1;
                depth++;
                if (depth <= MAX_DEPTH) {
                    tracked.add(directory.substring(0, start));
                }
            }
            return depth;
        }

        private void list(String directory, int depth) {
            String[] names = top.resolve(directory).toFile().list();
            for (String name : names == null ? new String[0] : names) {
                String path = directory + name;
                if (files >= MAX_FILES || tracked.contains(path)) {
                    continue;
                }
                EntryKind kind = tracked.contains(path + "/") ? EntryKind.DIRECTORY : kind(path);
                if (kind == EntryKind.FILE) {
                    files++;
                    add(path);
                } else if (kind == EntryKind.DIRECTORY && !SKIPPED.contains(name)) {
                    if (depth > 1) {
                        list(path + "/", depth - 1);
                    } else {
                        isDeeper = !isIndexed;
                    }
                }
            }
        }

        private EntryKind kind(String path) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(top.resolve(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                return attributes.isDirectory()
                        ? EntryKind.DIRECTORY
                        : attributes.isRegularFile() ? EntryKind.FILE : EntryKind.UNKNOWN;
            } catch (IOException | InvalidPathException e) {
                return EntryKind.MISSING;
            }
        }

        private void add(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (name.contains("ockerfile") || name.contains("ontainerfile")) {
                if (DOCKERFILE.matcher(name).matches() && kind(path) == EntryKind.FILE) {
                    dockerfiles.add(top.resolve(path));
                }
            } else if (COPILOT.matcher(path).find()) {
                addSource(OtherFormat.COPILOT, top.resolve(path));
            } else if (!OF_OTHER_TOOLS.contains(name) && (DOCUMENTS.containsKey(ending(name)) || isTerraform(name))) {
                unread.add(top.resolve(path));
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
                } else if ((text.contains("aws_ecs_task_definition")
                                && RESOURCE.matcher(text).find())
                        || (text.contains("/ecs") && MODULE.matcher(text).find())) {
                    terraform
                            .computeIfAbsent(parent(file), directory -> new ArrayList<>())
                            .add(file);
                }
            }
            unread.clear();
        }

        private void addSource(OtherFormat format, Path file) {
            sources.computeIfAbsent(format, key -> new ArrayList<>()).add(file);
        }

        private void addDocument(Path file, String name, String text) {
            boolean hasKey = text.contains("containerDefinitions")
                    && CONTAINERS.matcher(text).find();
            if (hasKey && name.endsWith(".jsonnet")) {
                addSource(OtherFormat.JSONNET, file);
            } else if (hasKey || text.contains("AWS::ECS::TaskDefinition")) {
                documents.add(file);
            } else if (DOCUMENTS.getOrDefault(ending(name), false) && text.contains("\"image\"")) {
                templates.add(file);
            } else if (text.contains("task_definition")
                    && ECSPRESSO
                                    .matcher(text)
                                    .results()
                                    .map(key -> key.group(1))
                                    .distinct()
                                    .count()
                            == 2) {
                addSource(OtherFormat.ECSPRESSO, file);
            }
        }

        /** Every byte as a character: what is looked for is ASCII. */
        private String text(Path file) {
            try (InputStream in = new FileInputStream(file.toFile())) {
                int length = in.readNBytes(buffer, 0, buffer.length);
                read += length;
                return length > MAX_SIZE ? "" : new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                // It is nothing that this plugin can read.
                return "";
            }
        }
    }
}
