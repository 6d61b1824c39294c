// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image as {@code docker image inspect} prints it; missing values are null. */
@JsonIgnoreProperties(ignoreUnknown = true)
record InspectedImage(
        @JsonProperty("RepoTags") @Nullable List<String> repoTags,
        @JsonProperty("RepoDigests") @Nullable List<String> repoDigests,
        @JsonProperty("Config") @Nullable Config config) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Config(
            @JsonProperty("User") @Nullable String user,
            @JsonProperty("WorkingDir") @Nullable String workingDir,
            @JsonProperty("Volumes") @Nullable Map<String, Object> volumes,
            @JsonProperty("Env") @Nullable List<String> env,
            @JsonProperty("Entrypoint") @Nullable List<String> entrypoint,
            @JsonProperty("Cmd") @Nullable List<String> cmd,
            @JsonProperty("Labels") @Nullable Map<String, String> labels,
            @JsonProperty("Shell") @Nullable List<String> shell,
            @JsonProperty("OnBuild") @Nullable List<String> onBuild) {}

    /**
     * Reads the images in a file.
     *
     * @throws IllegalArgumentException when it is not the output of {@code docker image inspect}
     */
    static List<InspectedImage> read(String json) {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .build();
        try {
            List<InspectedImage> images =
                    mapper.readerForListOf(InspectedImage.class).readValue(json);
            if (images.stream().anyMatch(image -> image == null || image.config == null)) {
                throw new IllegalArgumentException(
                        "there is no Config: the output of docker image inspect was expected");
            }
            return images;
        } catch (JsonParseException e) {
            // The parser's own message quotes the file.
            throw new IllegalArgumentException(
                    "this is not JSON from line " + e.getLocation().getLineNr() + " on", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the output of docker image inspect was expected", e);
        }
    }

    Optional<StatedImage> stated() {
        return Optional.ofNullable(config).map(StatedImage::of);
    }
}
