// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A path with the image's symbolic links followed. */
public final class RealPath {

    /** As many links as Linux follows before it gives up. */
    private static final int MAX_LINKS = 40;

    private RealPath() {}

    /** What an image has at a path, wherever links on it lead. */
    public static FileNode at(ImageFileSystem files, ContainerPath path) {
        return files.at(of(files, path));
    }

    public static ContainerPath of(ImageFileSystem files, ContainerPath path) {
        return files.real(path);
    }

    static ContainerPath follow(ImageFileSystem files, ContainerPath path) {
        Deque<String> rest = new ArrayDeque<>(path.segments());
        ContainerPath real = ContainerPath.ROOT;
        int links = 0;
        while (!rest.isEmpty()) {
            ContainerPath next = real.resolve(rest.pop());
            if (files.at(next) instanceof FileNode.Symlink link && links++ < MAX_LINKS) {
                List<String> target = real.resolve(link.target()).segments();
                for (int i = target.size() - 1; i >= 0; i--) {
                    rest.push(target.get(i));
                }
                real = ContainerPath.ROOT;
            } else {
                real = next;
            }
        }
        return real;
    }
}
