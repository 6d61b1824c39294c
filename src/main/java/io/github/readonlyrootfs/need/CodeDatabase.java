// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.WriteSite;
import io.github.readonlyrootfs.bytecode.path.WriteCall.Effect;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.source.Location;
import java.util.List;

/**
 * A database whose URL the application's own classes contain.
 *
 * @param start whether it is certainly opened when the application starts
 */
public record CodeDatabase(ResolvedText url, boolean start) {

    /** The databases of a container's application. */
    public static List<CodeDatabase> of(ContainerContext container) {
        Location nowhere = container.definition().metadata().nameLocation();
        return container.code().sites().stream()
                .filter(site -> site.effect() == Effect.DATABASE)
                .map(site -> of(site, container, nowhere))
                .toList();
    }

    /** The database whose URL a call passes. */
    public static CodeDatabase of(WriteSite site, ContainerContext container, Location location) {
        CodePath url = CodePath.of(site.path(), container, location);
        String gap = url.unknown().isPresent() ? String.valueOf(ResolvedText.GAP) : "";
        return new CodeDatabase(new ResolvedText(url.text() + gap, url.unknown()), site.start());
    }
}
