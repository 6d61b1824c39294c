// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.image.facts.BaseConfig;
import io.github.readonlyrootfs.image.facts.StatedImage;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code <imageFacts>} of a container: a file that {@code docker image inspect} wrote, or the facts themselves. Maven
 * sets the fields.
 */
public final class ImageFactsEntry {

    /** The file, where the element holds nothing but its name. */
    @Nullable
    File inspect;

    @Nullable
    String image;

    @Nullable
    String user;

    @Nullable
    String workdir;

    List<String> volumes = List.of();
    Map<String, String> environment = Map.of();
    List<String> users = List.of();
    List<String> groups = List.of();
    List<String> directories = List.of();

    /** Called by Maven for {@code <imageFacts>inspect.json</imageFacts>}. */
    public void set(File file) {
        inspect = file;
    }

    /**
     * The facts in the pom, by image; empty if a file is named instead.
     *
     * @throws ConfigurationException when one of them is not of its form, or there is no image
     */
    Map<String, StatedImage> stated(String container) throws ConfigurationException {
        if (inspect != null) {
            return Map.of();
        }
        if (image == null || image.isBlank()) {
            throw new ConfigurationException("<imageFacts> of " + container
                    + ": say which <image> they are about, or set <inspect> to a file that docker image inspect wrote");
        }
        Map<String, String> owned = new LinkedHashMap<>();
        for (String directory : directories) {
            String[] parts = directory.strip().split("\\s+", 2);
            if (parts.length < 2 || !parts[0].startsWith("/")) {
                throw new ConfigurationException("<imageFacts> of " + container + ": " + directory
                        + " is not of the form /path owner:group mode, such as /srv/data 1000:1000 0755");
            }
            owned.put(parts[0], parts[1]);
        }
        try {
            return Map.of(
                    image.strip(),
                    new StatedImage(
                            new BaseConfig(
                                    true,
                                    true,
                                    new BaseConfig.BaseProcess(
                                            Optional.ofNullable(user),
                                            Optional.ofNullable(workdir),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty()),
                                    Pairs.of("environment", environment, null),
                                    Map.of(),
                                    volumes,
                                    false),
                            users,
                            groups,
                            owned));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("<imageFacts> of " + container + ": " + e.getMessage());
        }
    }
}
