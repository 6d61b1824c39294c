// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.WebApplication;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.InvalidXmlException;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** {@code WEB-INF/web.xml}, as the Servlet specification has it. One that cannot be read, the server refuses. */
final class DeploymentDescriptor {

    private DeploymentDescriptor() {}

    /** What a servlet container does at start with a web application that has none. */
    static final WebApplication NONE = new WebApplication(true, Set.of(), true);

    /** What it does with one that has this file. */
    static WebApplication read(SourceFile file) {
        try {
            XmlElement root = XmlReader.read(file);
            Set<String> named = new LinkedHashSet<>();
            for (XmlElement element : root.children()) {
                if (element.is("listener")) {
                    add(element, "listener-class", named);
                } else if (element.is("filter")) {
                    add(element, "filter-class", named);
                } else if (element.is("servlet") && isLoadedAtStart(element)) {
                    add(element, "servlet-class", named);
                }
            }
            boolean complete = root.attribute("metadata-complete")
                    .map(Value.Known::value)
                    .filter("true"::equals)
                    .isPresent();
            return new WebApplication(true, named, !complete);
        } catch (InvalidXmlException e) {
            return NONE;
        }
    }

    private static void add(XmlElement element, String key, Set<String> named) {
        text(element, key).map(name -> name.replace('.', '/')).ifPresent(named::add);
    }

    /** Any number but a negative one; what is none, the server takes for zero or refuses. */
    private static boolean isLoadedAtStart(XmlElement servlet) {
        return text(servlet, "load-on-startup")
                .filter(number -> !number.startsWith("-"))
                .isPresent();
    }

    private static Optional<String> text(XmlElement element, String key) {
        return element.childText(key).map(Value.Known::value);
    }
}
