// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Distribution;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Node;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published image as facts tell it.
 *
 * @param reference as written
 * @param complete whether what is absent from the configuration is absent from the image
 * @param volumesComplete whether the image has no other VOLUMEs than these
 * @param environment null values are set, but not known
 * @param labels null values are set, but not known
 * @param triggers whether it has ONBUILD instructions
 */
public record BaseImage(
        String reference,
        boolean complete,
        boolean volumesComplete,
        Optional<String> user,
        Optional<String> workdir,
        List<String> volumes,
        Map<String, @Nullable String> environment,
        Optional<List<String>> entrypoint,
        Optional<List<String>> cmd,
        Map<String, @Nullable String> labels,
        Optional<List<String>> shell,
        boolean triggers,
        Accounts accounts,
        Node root,
        Distribution distribution) {

    /** What {@code FROM scratch} starts with: nothing at all. */
    public static BaseImage scratch() {
        Provenance by = Provenance.of("FROM scratch");
        return new BaseImage(
                "scratch",
                true,
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                new Accounts(Map.of(), Map.of(), true),
                Node.directory(Ownership.ROOT_0755, by),
                Distribution.UNKNOWN);
    }

    /** What is taken for granted of an image of which nothing is known. */
    public static BaseImage unknown(String name) {
        String reference = PublicText.name(name);
        Layout layout = Layout.load("linux");
        return new BaseImage(
                reference,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                layout.accounts(),
                layout.root(
                        Provenance.of("the standard directories of a Linux image"),
                        Provenance.of("the files of base image " + reference + " are not known")),
                Distribution.UNKNOWN);
    }

    /** The same with files and accounts of which only the usual ones are taken for granted, since something changes them. */
    public BaseImage changedBy(Provenance by) {
        Layout layout = Layout.load("linux");
        return new BaseImage(
                reference,
                complete,
                volumesComplete,
                user,
                workdir,
                volumes,
                environment,
                entrypoint,
                cmd,
                labels,
                shell,
                triggers,
                accounts.incomplete(),
                layout.root(by, by),
                distribution);
    }

    /** A configuration value that facts may leave open. */
    public <T> Value<T> value(Optional<T> fact, Location location) {
        if (fact.isPresent()) {
            return new Value.Known<>(fact.get(), location);
        }
        return complete ? Value.absent() : new Value.Unknown<>(reason(), location);
    }

    public Value<List<CommandWord>> command(Optional<List<String>> fact, Location location) {
        if (fact.isEmpty()) {
            return value(Optional.empty(), location);
        }
        List<CommandWord> words = new ArrayList<>();
        for (String word : fact.get()) {
            words.add(CommandWord.of(word, location));
        }
        return new Value.Known<>(List.copyOf(words), location);
    }

    /** Where its processes start. */
    public Value<ContainerPath> directory(Location location) {
        return value(workdir, location).map(ContainerPath::of);
    }

    private String reason() {
        return "the configuration of base image " + reference + " is not known";
    }

    public Map<String, Value<String>> values(Map<String, @Nullable String> facts, Location location) {
        Map<String, Value<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable String> fact : facts.entrySet()) {
            String value = fact.getValue();
            values.put(
                    fact.getKey(),
                    value == null
                            ? new Value.Unknown<>("its value in base image " + reference + " is not known", location)
                            : new Value.Known<>(value, location));
        }
        return values;
    }

    public List<Image.ImageVolume> volumes(Location location) {
        List<Image.ImageVolume> declared = new ArrayList<>();
        for (String volume : volumes) {
            declared.add(new Image.ImageVolume(volume, ContainerPath.of(volume), location, true));
        }
        return declared;
    }

    Image image(Location location) {
        return new Image(
                reference,
                complete,
                volumesComplete,
                value(user, location),
                volumes(location),
                directory(location),
                values(environment, location),
                command(entrypoint, location),
                command(cmd, location),
                values(labels, location),
                accounts,
                new FileTree.TreeView(root));
    }
}
