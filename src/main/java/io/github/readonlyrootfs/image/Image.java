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
 * An image: its configuration and its file system, as the last instruction of the target stage leaves them, or as the
 * facts of a published image tell.
 *
 * @param base the reference of the image that the chain of FROM lines ends at, such as {@code node:15.14.0-alpine};
 *     {@code scratch} for none
 * @param complete whether the configuration of the base is known. If not, there may be more volumes, variables and
 *     labels, and what is absent here may be set there
 * @param volumesComplete whether there are certainly no other VOLUMEs; false too where the path of one cannot be told
 * @param user as in the configuration, {@code node} or {@code 1000:1000}; absent means root
 * @param workdir absent means {@code /}
 * @param environment by name
 * @param entrypoint empty list: none
 * @param cmd empty list: none
 * @param packages what the Dockerfile certainly installs on top of the base image, such as {@code apt:nginx}, {@code
 *     apk:nginx} or {@code rpm:nginx}
 */
public record Image(
        String base,
        boolean complete,
        boolean volumesComplete,
        Value<String> user,
        List<ImageVolume> volumes,
        Value<ContainerPath> workdir,
        Map<String, Value<String>> environment,
        Value<List<CommandWord>> entrypoint,
        Value<List<CommandWord>> cmd,
        Map<String, Value<String>> labels,
        Accounts accounts,
        ImageFileSystem files,
        Set<String> packages) {

    /** An image of which nothing is known to be installed. */
    public Image(
            String base,
            boolean complete,
            boolean volumesComplete,
            Value<String> user,
            List<ImageVolume> volumes,
            Value<ContainerPath> workdir,
            Map<String, Value<String>> environment,
            Value<List<CommandWord>> entrypoint,
            Value<List<CommandWord>> cmd,
            Map<String, Value<String>> labels,
            Accounts accounts,
            ImageFileSystem files) {
        this(
                base,
                complete,
                volumesComplete,
                user,
                volumes,
                workdir,
                environment,
                entrypoint,
                cmd,
                labels,
                accounts,
                files,
                Set.of());
    }

    /** An image whose volumes are as well known as the rest of its configuration. */
    public Image(
            String base,
            boolean complete,
            Value<String> user,
            List<ImageVolume> volumes,
            Value<ContainerPath> workdir,
            Map<String, Value<String>> environment,
            Value<List<CommandWord>> entrypoint,
            Value<List<CommandWord>> cmd,
            Map<String, Value<String>> labels,
            Accounts accounts,
            ImageFileSystem files) {
        this(base, complete, complete, user, volumes, workdir, environment, entrypoint, cmd, labels, accounts, files);
    }

    /** The base image where its configuration is not known. */
    public Optional<String> unknownBase() {
        return complete ? Optional.empty() : Optional.of(base);
    }

    /**
     * A path that the image declares as VOLUME.
     *
     * @param written as in the configuration, before cleaning
     * @param path where it is mounted: a relative one below {@code /}
     * @param location of the path in the Dockerfile; of the FROM line's image where the base image declares it
     * @param inherited whether a base image outside the Dockerfile declares it
     */
    public record ImageVolume(String written, ContainerPath path, Location location, boolean inherited) {

        public boolean isRelative() {
            return !written.startsWith("/");
        }
    }
}
