// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.need.observed.ObservedContainer;
import io.github.readonlyrootfs.source.Sha256;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A hash of the files that an application is made of, which the build of its image reads. Directories that tools fill, tests and
 * notes for people are left out, unless they are named themselves.
 */
final class ApplicationHash {

    private static final int MAX_FILES = 20_000;

    private static final long MAX_BYTES = 256L << 20;

    private static final Pattern OTHER = Pattern.compile(
            "\\.git|\\.github|\\.gitignore|\\.dockerignore|\\.gradle|\\.idea|\\.vscode|\\.terraform|\\.venv|__pycache__"
                    + "|node_modules|target|tests?|vendor|venv|.*\\.(?:md|tf|tfvars)|"
                    + Pattern.quote(NeedsRecord.FILE_NAME));

    private final Map<String, String> files = new TreeMap<>();
    private final Set<String> others;
    private final FileHashes hashes;
    private long bytes;
    private boolean complete = true;

    /** @param others the names of files that are compared by themselves */
    ApplicationHash(Set<String> others, FileHashes hashes) {
        this.others = others;
        this.hashes = hashes;
    }

    /** The hash, or that there is none because the files are too many, or not known. */
    String text(int digits) {
        return complete ? Sha256.of(files.toString(), digits) : ObservedContainer.UNKNOWN;
    }

    boolean isEmpty() {
        return complete && files.isEmpty();
    }

    /** Adds what a build reads of its context. */
    void add(String name, TreeNode node) {
        if (node.content() instanceof FileContent.Copied copied) {
            if (!others.contains(copied.name())) {
                add(name, copied.file());
            }
            return;
        }
        if (!node.isDirectory()) {
            files.put(name, node.isSymlink() ? node.target() : "");
        }
        complete &= !node.isUnknown() && !node.anyUnlisted().isUnknown() && files.size() < MAX_FILES;
        node.children().forEach((child, entry) -> {
            if (!OTHER.matcher(child).matches()) {
                add(name + "/" + child, entry);
            }
        });
    }

    /** Adds the files below a directory. */
    void addDirectory(String name, Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    add(name + "/" + directory.relativize(file).toString().replace('\\', '/'), file);
                    return complete ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }
            });
        } catch (IOException e) {
            complete = false;
        }
    }

    private void add(String name, Path file) {
        try {
            bytes += Files.size(file);
            complete &= bytes <= MAX_BYTES && files.size() < MAX_FILES;
            if (complete) {
                files.put(name, hashes.of(file));
            }
        } catch (IOException e) {
            complete = false;
        }
    }
}
