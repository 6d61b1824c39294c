// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an image is built from, in other languages than Java's.
 *
 * @param libraries that its manifests name, by {@code ecosystem:name}
 * @param sources that COPY brings into a stage of its build; read when they are first asked for
 */
public record CodeBase(Libraries libraries, Supplier<List<SourceFile>> sources) {

    public static final CodeBase NONE = new CodeBase(new Libraries(List.of()), List::of);
}
