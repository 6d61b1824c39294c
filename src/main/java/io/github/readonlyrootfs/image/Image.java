// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image: its configuration and its file system after the last instruction of the target stage, or according to the
 * facts of a published image.
 *
 * @param base the reference of the image that the chain of FROM lines starts from, such as {@code node:15.14.0-alpine};
 *     {@code scratch} for none
 * @param from where the base image is named; a value with this location is the base image's own
 * @param packages what the Dockerfile certainly installs on top of the base image, such as {@code apt:nginx}, {@code
 *     apk:nginx} or {@code rpm:nginx}
 * @param made the paths of directories that the Dockerfile makes, or makes sure of
 * @param unsure the paths of files that may be directories: a line of the Dockerfile may have made one there
 */
public record Image(
        String base,
        Location from,
        Config config,
        Accounts accounts,
        ImageFileSystem files,
        Set<String> packages,
        Set<String> made,
        Set<String> unsure) {

    /** An image without packages that are known to be installed. */
    public Image(String base, Location from, Config config, Accounts accounts, ImageFileSystem files) {
        this(base, from, config, accounts, files, Set.of(), Set.of(), Set.of());
    }

    /**
     * The settings for the containers of an image.
     *
     * @param complete whether the configuration of the base is known. If not, there may be more volumes, variables and
     *     labels, and what is absent here may be set by the base
     * @param user {@code node} or {@code 1000:1000}; absent means root
     * @param workdir absent means {@code /}
     * @param entrypoint empty list: none
     * @param cmd empty list: none
     * @param environment by name
     */
    public record Config(
            boolean complete,
            Value<String> user,
            Value<ContainerPath> workdir,
            Value<List<CommandWord>> entrypoint,
            Value<List<CommandWord>> cmd,
            Map<String, Value<String>> environment,
            Map<String, Value<String>> labels,
            Volumes volumes) {}

    /**
     * The paths that an image declares as VOLUMEs.
     *
     * @param complete whether there are certainly no others; also false if the path of one is unknown
     */
    public record Volumes(List<ImageVolume> declared, boolean complete) {}

    /** The same with other files. */
    public Image with(ImageFileSystem changed) {
        return new Image(base, from, config, accounts, changed, packages, made, unsure);
    }

    /** The same with a file unknown that may be a directory, if one of the paths needs that directory. */
    public Image unsureAt(Set<ContainerPath> paths) {
        ImageFileSystem changed = files;
        for (String path : unsure) {
            ContainerPath file = ContainerPath.of(path);
            if (paths.stream().anyMatch(needed -> needed.isAtOrBelow(file))) {
                changed = changed.without(file);
            }
        }
        return with(changed);
    }

    /** The base image, if its configuration is unknown. */
    public Optional<String> unknownBase() {
        return config.complete() ? Optional.empty() : Optional.of(base);
    }

    /**
     * A path that the image declares as VOLUME.
     *
     * @param written as in the configuration, before cleaning
     * @param path where it is mounted: a relative one below {@code /}
     * @param location of the path in the Dockerfile; of the image of the FROM line if the base image declares it
     * @param inherited whether a base image outside the Dockerfile declares it
     */
    public record ImageVolume(String written, ContainerPath path, Location location, boolean inherited) {

        public boolean isRelative() {
            return !written.startsWith("/");
        }
    }
}
