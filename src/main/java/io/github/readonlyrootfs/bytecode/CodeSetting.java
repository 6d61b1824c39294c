// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.start.SettingCall.Kind;
import io.github.readonlyrootfs.partial.Text;

/**
 * A setting that the application's own code makes before its framework reads its settings.
 *
 * @param call such as {@code java.lang.System.setProperty}
 * @param key of the setting; empty for a profile or an argument
 * @param value unknown where the code computes it
 */
public record CodeSetting(WriteSite.CodePlace place, String call, Kind kind, Text key, Text value, When when) {

    /** Whether the start makes it. */
    public enum When {
        ALWAYS,
        /** Only where nothing has set the key before. */
        UNLESS_SET,
        PERHAPS,
        /** What the application runs when it has started may; its framework has read its settings then. */
        LATER
    }

    CodeSetting later() {
        return new CodeSetting(place, call, kind, key, value, When.LATER);
    }
}
