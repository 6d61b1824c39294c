// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;

/** The settings that decide which beans Spring creates, and when. They are read only if they matter. */
public interface SpringEnvironment {

    /** Whether singletons are lazy, or may be. */
    boolean isLazy();

    /** Whether it may be of a Spring Boot before 3.0. */
    boolean mayBeOld();

    /** Whether one of some expressions for profiles holds, such as {@code !test}. */
    Truth hasProfile(List<String> expressions);

    /** The value of a key; unknown if an unknown source may set it. */
    Value<String> property(String key);

    /** A text with the values that its variables certainly have. */
    Text settled(Text text);
}
