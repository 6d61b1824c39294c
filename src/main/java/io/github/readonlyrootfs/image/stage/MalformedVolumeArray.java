// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.image.Image.ImageVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The intended paths of {@code VOLUME ['/a', '/b']} or {@code VOLUME ["/a"] # cache}: the builder splits arguments that
 * are not valid JSON at their blanks, and removes the quotes.
 */
public final class MalformedVolumeArray {

    private static final Pattern PUNCTUATION = Pattern.compile("^[\\[,'\"]++|(?<![,'\"])[,'\"]++$");

    private MalformedVolumeArray() {}

    /** The paths of the array that a volume seems to begin; empty if it does not begin one. */
    public static Optional<List<String>> from(ImageVolume first, List<ImageVolume> volumes) {
        if (!first.written().startsWith("[")) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        for (ImageVolume volume : volumes.subList(volumes.indexOf(first), volumes.size())) {
            if (!paths.isEmpty() && volume.written().startsWith("[")) {
                break;
            }
            int end = volume.written().indexOf(']');
            String array = end < 0 ? volume.written() : volume.written().substring(0, end);
            for (String part : array.split(",", -1)) {
                String path = PUNCTUATION.matcher(part).replaceAll("");
                if (!path.isEmpty()) {
                    paths.add(path);
                }
            }
            if (end >= 0) {
                break;
            }
        }
        return paths.isEmpty() ? Optional.empty() : Optional.of(paths);
    }
}
