// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Distribution;
import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import java.util.Map;

/**
 * A published image according to facts.
 *
 * @param reference as written
 */
public record BaseImage(
        String reference, BaseConfig config, Accounts accounts, TreeNode root, Distribution distribution) {

    /** The reference of the empty image. */
    public static final String SCRATCH = "scratch";

    /** The image that {@code FROM scratch} starts with: it is empty. */
    public static BaseImage scratch() {
        return new BaseImage(
                SCRATCH,
                BaseConfig.EMPTY,
                new Accounts(Map.of(), Map.of(), true),
                TreeNode.directory(Ownership.ROOT_0755, Provenance.of("FROM scratch")),
                Distribution.UNKNOWN);
    }

    /** An image without facts: it is assumed to have the standard directories of Linux. */
    public static BaseImage unknown(String name) {
        String reference = PublicText.name(name);
        Layout layout = Layout.load("linux");
        return new BaseImage(
                reference,
                BaseConfig.UNKNOWN,
                layout.accounts(),
                layout.root(
                        Provenance.of("the standard directories of a Linux image"),
                        Provenance.of("the files of base image " + reference + " are not known")),
                Distribution.UNKNOWN);
    }

    /** The same with unknown changes of files and accounts: only the standard directories are assumed. */
    public BaseImage changedBy(Provenance by) {
        return new BaseImage(
                reference, config, accounts.incomplete(), Layout.load("linux").root(by, by), distribution);
    }

    /** The configuration of an image that starts with this one, before anything is changed. */
    public Image.Config config(Location from) {
        return config.of(reference, from);
    }

    Image image(Location from) {
        return new Image(reference, from, config(from), accounts, new ImageFileSystem(root));
    }
}
