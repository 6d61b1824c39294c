// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.facts.StatedImage;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.List;
import java.util.Map;

/** Adds the configuration's facts about images to the built-in ones. */
public final class StatedFacts {

    private StatedFacts() {}

    /**
     * The built-in facts with those of every {@code imageFacts} file. They apply to the references in the file. If the file
     * describes one image and the container has no Dockerfile, they also apply to the container's image, whose reference may be a
     * placeholder.
     *
     * @throws ConfigurationException if a file is not the output of {@code docker image inspect}
     */
    public static ImageFacts of(CheckRequest request, List<TaskDefinition> tasks) throws ConfigurationException {
        ImageFacts facts = ImageFacts.builtIn();
        for (ContainerSettings container : request.containers()) {
            for (Map.Entry<String, StatedImage> image : container.statedImages().entrySet()) {
                facts = facts.with(image.getKey(), image.getValue());
            }
            if (container.imageFacts().isEmpty()) {
                continue;
            }
            Map<String, StatedImage> stated = read(container.imageFacts().get());
            for (Map.Entry<String, StatedImage> image : stated.entrySet()) {
                facts = facts.with(image.getKey(), image.getValue());
            }
            boolean describesOne = stated.values().stream().distinct().count() == 1;
            if (container.dockerfile().isEmpty() && describesOne) {
                for (String reference : references(tasks, container.name())) {
                    facts = facts.with(reference, stated.values().iterator().next());
                }
            }
        }
        return facts;
    }

    /** The image references of the containers with a name. */
    private static List<String> references(List<TaskDefinition> tasks, String container) {
        return tasks.stream()
                .flatMap(task -> task.container(container).stream())
                .flatMap(definition -> definition.image().filled().known().stream())
                .distinct()
                .toList();
    }

    private static Map<String, StatedImage> read(NamedFile file) throws ConfigurationException {
        try {
            return StatedImage.fromInspect(
                    SourceFile.read(file.file(), file.name()).text());
        } catch (UnreadableSourceException e) {
            throw new ConfigurationException(
                    "<imageFacts> " + file.name() + ": " + e.problem().message());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("<imageFacts> " + file.name() + ": " + e.getMessage());
        }
    }
}
