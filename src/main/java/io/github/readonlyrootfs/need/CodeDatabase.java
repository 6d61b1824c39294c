// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.path.WriteCall.Effect;
import io.github.readonlyrootfs.partial.Text;
import java.util.List;

/**
 * A database whose URL the application's own classes contain.
 *
 * @param start whether it is certainly opened when the application starts
 */
public record CodeDatabase(Text url, boolean start) {

    /** The databases of a container's application. */
    public static List<CodeDatabase> of(ContainerContext container) {
        return container.application().code().sites().stream()
                .filter(site -> site.effect() == Effect.DATABASE)
                .map(site -> new CodeDatabase(CodePath.of(site.path(), container), site.start()))
                .toList();
    }
}
