// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contexts of builds. Each is read once: a check judges many edits, and none of them changes a file of a context. */
public final class BuildContexts {

    private final Map<List<Object>, BuildContext> read = new HashMap<>();

    /** The parameters are those of {@link BuildContext#read}. */
    BuildContext of(Path directory, String dockerfile, String name) {
        return read.computeIfAbsent(
                List.of(directory, dockerfile, name), key -> BuildContext.read(directory, dockerfile, name));
    }
}
