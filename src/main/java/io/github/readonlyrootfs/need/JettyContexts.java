// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Jvm;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files from which Jetty deploys web applications, {@code webapps/*.xml} below its base directory. They may set system
 * properties.
 *
 * @see <a href="https://jetty.org/docs/jetty/12/operations-guide/xml/index.html">Jetty XML</a>
 */
final class JettyContexts {

    private static final String LAUNCHER = "start.jar";

    private JettyContexts() {}

    /** The system properties that they set. */
    static Map<String, Value<String>> properties(ContainerContext container) {
        Map<String, Value<String>> properties = new HashMap<>();
        if (container.java().jvms().stream().anyMatch(JettyContexts::isJetty)) {
            ImageFiles files = new ImageFiles(container);
            for (String file : files.names("webapps")) {
                if (file.endsWith(".xml")) {
                    files.read("webapps/" + file).ifPresent(text -> read(text, properties));
                }
            }
        }
        return properties;
    }

    private static boolean isJetty(Jvm jvm) {
        return jvm.jar().filter(jar -> jar.baseName().equals(LAUNCHER)).isPresent();
    }

    private static void read(SourceFile file, Map<String, Value<String>> properties) {
        try {
            XmlElement root = XmlReader.read(file);
            for (XmlElement call : root.children("Call").toList()) {
                List<XmlElement> arguments = call.children("Arg").toList();
                if (call.has("class", "java.lang.System") && call.has("name", "setProperty") && arguments.size() == 2) {
                    XmlElement value = arguments.get(1);
                    properties.put(
                            arguments.get(0).text(),
                            value.children().isEmpty()
                                    ? new Value.Known<>(value.text(), value.location())
                                    : new Value.Unknown<>("Jetty computes it", value.location()));
                }
            }
        } catch (UnreadableSourceException e) {
            // Jetty rejects the file.
            return;
        }
    }
}
