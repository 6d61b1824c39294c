// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an image according to facts.
 *
 * @param complete whether what is absent here is absent from the image; if not, the image may set it
 * @param volumesComplete whether the image has no other VOLUMEs than these
 * @param environment a null value is unknown
 * @param labels a null value is unknown
 * @param triggers whether it has ONBUILD instructions
 */
public record BaseConfig(
        boolean complete,
        boolean volumesComplete,
        BaseProcess process,
        Map<String, @Nullable String> environment,
        Map<String, @Nullable String> labels,
        List<String> volumes,
        boolean triggers) {

    public BaseConfig {
        volumes = List.copyOf(new LinkedHashSet<>(volumes));
    }

    /** Nothing is set. */
    static final BaseConfig EMPTY = new BaseConfig(true, true, BaseProcess.UNSET, Map.of(), Map.of(), List.of(), false);

    /** Nothing is known to be set. */
    static final BaseConfig UNKNOWN =
            new BaseConfig(false, false, BaseProcess.UNSET, Map.of(), Map.of(), List.of(), false);

    /**
     * The process, and its user.
     *
     * @param user empty text for root
     * @param shell the shell for shell forms; empty for the default
     */
    public record BaseProcess(
            Optional<String> user,
            Optional<String> workdir,
            Optional<List<String>> entrypoint,
            Optional<List<String>> cmd,
            Optional<List<String>> shell) {

        static final BaseProcess UNSET = new BaseProcess(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        private BaseProcess or(BaseProcess other) {
            return new BaseProcess(
                    user.isPresent() ? user : other.user,
                    workdir.isPresent() ? workdir : other.workdir,
                    entrypoint.isPresent() ? entrypoint : other.entrypoint,
                    cmd.isPresent() ? cmd : other.cmd,
                    shell.isPresent() ? shell : other.shell);
        }
    }

    /** These facts, completed by others if they are not complete. */
    BaseConfig over(BaseConfig other) {
        if (complete) {
            return this;
        }
        return new BaseConfig(
                other.complete,
                other.volumesComplete,
                process.or(other.process),
                over(environment, other.environment),
                over(labels, other.labels),
                Stream.concat(other.volumes.stream(), volumes.stream()).toList(),
                triggers || other.triggers);
    }

    private static Map<String, @Nullable String> over(
            Map<String, @Nullable String> these, Map<String, @Nullable String> others) {
        Map<String, @Nullable String> all = new LinkedHashMap<>(others);
        all.putAll(these);
        return all;
    }

    /**
     * The configuration of the image that a FROM line names.
     *
     * @param reference the image's
     * @param from where it is named
     */
    Image.Config of(String reference, Location from) {
        List<Image.ImageVolume> imageVolumes = new ArrayList<>();
        for (String volume : volumes) {
            imageVolumes.add(new Image.ImageVolume(volume, ContainerPath.of(volume), from, true));
        }
        return new Image.Config(
                complete,
                value(process.user, reference, from),
                value(process.workdir, reference, from).map(ContainerPath::of),
                value(command(process.entrypoint, from), reference, from),
                value(command(process.cmd, from), reference, from),
                values(environment, reference, from),
                values(labels, reference, from),
                new Image.Volumes(imageVolumes, volumesComplete));
    }

    /** A value that facts may not have. */
    private <T> Value<T> value(Optional<T> fact, String reference, Location from) {
        if (fact.isPresent()) {
            return new Value.Known<>(fact.get(), from);
        }
        return complete
                ? Value.absent()
                : new Value.Unknown<>("the configuration of base image " + reference + " is not known", from);
    }

    private static Optional<List<CommandWord>> command(Optional<List<String>> words, Location from) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<CommandWord> command = new ArrayList<>();
        for (String word : words.get()) {
            command.add(CommandWord.of(word, from));
        }
        return Optional.of(command);
    }

    private static Map<String, Value<String>> values(
            Map<String, @Nullable String> facts, String reference, Location from) {
        Map<String, Value<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable String> fact : facts.entrySet()) {
            String value = fact.getValue();
            values.put(
                    fact.getKey(),
                    value == null
                            ? new Value.Unknown<>("its value in base image " + reference + " is not known", from)
                            : new Value.Known<>(value, from));
        }
        return values;
    }
}
