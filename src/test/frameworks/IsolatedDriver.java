// SPDX-License-Identifier: Apache-2.0

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has a logging library that keeps its configuration in static fields configure itself, with classes of its own each time. */
abstract class IsolatedDriver extends LoggingDriver {

    /** Uses the library, and closes what it has opened. */
    abstract void use(ClassLoader library) throws ReflectiveOperationException;

    @Override
    final void configure(Map<String, String> environment, List<String> arguments) throws Exception {
        List<URL> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            places.add(new File(place).toURI().toURL());
        }
        try (URLClassLoader own =
                new URLClassLoader(places.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(own);
            use(own);
        }
    }
}
