// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;

/** What decides which of Spring's beans an application has, and when they are made. Asked only where that matters. */
public interface SpringEnvironment {

    /** Whether singletons are made only when somebody asks for them, or may be. */
    boolean isLazy();

    /** Whether one of some expressions for profiles holds, such as {@code !test}. */
    Truth hasProfile(List<String> expressions);

    /** The value of a key; unknown where something may set it that is not at hand. */
    Value<String> property(String key);
}
