// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code <container>} among {@code <containers>}. Maven sets the fields. */
public final class Container {
    @Nullable
    String name;

    @Nullable
    String dockerfile;

    @Nullable
    File context;

    @Nullable
    String target;

    Map<String, String> buildArgs = Map.of();
    List<String> writablePaths = List.of();

    @Nullable
    ImageFactsEntry imageFacts;
}
