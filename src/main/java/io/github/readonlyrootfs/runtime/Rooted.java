package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.ImageFileSystem;
import io.github.readonlyrootfs.image.Ownership;
import io.github.readonlyrootfs.image.Provenance;
import io.github.readonlyrootfs.runtime.Mount.Content;
import io.github.readonlyrootfs.source.ContainerPath;

/** The directory, or the file, at the root of a mount, and what lies in it. */
record Rooted(Ownership ownership, Content content, Provenance provenance, ImageFileSystem files) {

    static Rooted empty(Ownership ownership, Provenance provenance) {
        return new Rooted(
                ownership,
                Content.EMPTY,
                provenance,
                path -> path.isRoot()
                        ? new FileNode.Directory(ownership, provenance)
                        : new FileNode.Missing(provenance));
    }

    static Rooted unknown(Ownership ownership, String reason) {
        return unknown(ownership, reason, reason);
    }

    /**
     * A directory with content that cannot be told.
     *
     * @param reason why it has this owner and mode
     * @param contentReason why its content cannot be told
     */
    static Rooted unknown(Ownership ownership, String reason, String contentReason) {
        Provenance provenance = Provenance.of(reason);
        Provenance contents = Provenance.of(contentReason);
        return new Rooted(
                ownership,
                Content.UNKNOWN,
                provenance,
                path -> path.isRoot() ? new FileNode.Directory(ownership, provenance) : new FileNode.Unknown(contents));
    }

    /** It cannot even be told whether it is a directory. */
    static Rooted fileOrDirectory(String reason) {
        Provenance provenance = Provenance.of(reason);
        return new Rooted(Ownership.UNKNOWN, Content.UNKNOWN, provenance, path -> new FileNode.Unknown(provenance));
    }

    /** A file that is mounted by itself. */
    static Rooted file(String reason) {
        Provenance provenance = Provenance.of(reason);
        FileNode file = new FileNode.RegularFile(Ownership.UNKNOWN, provenance);
        return new Rooted(Ownership.UNKNOWN, Content.UNKNOWN, provenance, path -> file);
    }

    /** What an image has at a directory comes along. */
    static Rooted copied(FileNode.Directory directory, Image image, ContainerPath real) {
        return new Rooted(
                directory.ownership(),
                Content.IMAGE,
                directory.provenance(),
                path -> path.isRoot()
                        ? directory
                        : image.files().at(real.resolve(path.toString().substring(1))));
    }
}
