// SPDX-License-Identifier: Apache-2.0

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has tinylog configure itself, with classes of its own each time. */
final class Tinylog extends LoggingDriver {

    @Override
    void configure(Map<String, String> environment, List<String> arguments) throws Exception {
        List<URL> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            places.add(new File(place).toURI().toURL());
        }
        try (URLClassLoader own =
                new URLClassLoader(places.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(own);
            Object provider = Class.forName("org.tinylog.provider.ProviderRegistry", true, own)
                    .getMethod("getLoggingProvider")
                    .invoke(null);
            provider.getClass().getMethod("shutdown").invoke(provider);
        }
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Tinylog(), arguments[0]);
    }
}
