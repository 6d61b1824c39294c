// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.need.start.Jvm;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.InvalidXmlException;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.List;
import java.util.Optional;

/**
 * The files that Jetty reads to deploy web applications, {@code webapps/*.xml} below its base directory. One may set system
 * properties before it deploys its application.
 *
 * @see <a href="https://jetty.org/docs/jetty/12/operations-guide/xml/index.html">Jetty XML</a>
 */
final class JettyContexts {

    private static final String LAUNCHER = "start.jar";

    private JettyContexts() {}

    /** A system property that they set; absent where none does. */
    static Value<String> property(String name, ContainerContext container) {
        Value<String> found = Value.absent();
        if (container.java().jvms().stream().noneMatch(JettyContexts::isJetty)) {
            return found;
        }
        ImageFiles files = new ImageFiles(container);
        for (String file : files.names("webapps")) {
            Optional<SourceFile> text = file.endsWith(".xml") ? files.read("webapps/" + file) : Optional.empty();
            if (text.isPresent()) {
                found = read(text.get(), name).or(found);
            }
        }
        return found;
    }

    private static boolean isJetty(Jvm jvm) {
        List<Argument> arguments = jvm.command().arguments();
        for (int i = 1; i < arguments.size(); i++) {
            String word = arguments.get(i).text();
            if (arguments.get(i - 1).is("-jar") && (word.equals(LAUNCHER) || word.endsWith("/" + LAUNCHER))) {
                return true;
            }
        }
        return false;
    }

    private static Value<String> read(SourceFile file, String name) {
        Value<String> found = Value.absent();
        try {
            XmlElement root = XmlReader.read(file);
            for (XmlElement call : root.children("Call").toList()) {
                List<XmlElement> arguments = call.children("Arg").toList();
                if (has(call, "class", "java.lang.System")
                        && has(call, "name", "setProperty")
                        && arguments.size() == 2
                        && arguments.get(0).text().equals(name)) {
                    XmlElement value = arguments.get(1);
                    found = value.children().isEmpty()
                            ? new Value.Known<>(value.text(), value.location())
                            : new Value.Unknown<>("Jetty computes it", value.location());
                }
            }
        } catch (InvalidXmlException e) {
            // Jetty deploys nothing of it.
            return found;
        }
        return found;
    }

    private static boolean has(XmlElement element, String attribute, String value) {
        return element.attribute(attribute)
                .filter(known -> known.value().equals(value))
                .isPresent();
    }
}
