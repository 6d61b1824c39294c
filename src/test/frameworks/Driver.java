// SPDX-License-Identifier: Apache-2.0

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * Runs in a JVM of its own beside a framework, and asks it what keys are set to: questions come on standard input, answers
 * go to standard output. The files of a question are in the working directory, and in those given for the class path.
 */
abstract class Driver {

    /** The values of keys, without those that are not set; an exception where the application does not start. */
    abstract Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws Exception;

    /**
     * The values of keys; of one that ends with a question mark, what it means as a boolean.
     *
     * @param text asks for a text, null if it is not set
     * @param bool asks for a boolean
     */
    static Map<String, String> values(
            List<String> keys, Function<String, String> text, Function<String, Boolean> bool) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : keys) {
            Object value = key.endsWith("?") ? bool.apply(key.substring(0, key.length() - 1)) : text.apply(key);
            if (value != null) {
                values.put(key, value.toString());
            }
        }
        return values;
    }

    static void serve(Driver driver, String[] classPath) throws IOException {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = new File(classPath[i]).toURI().toURL();
        }
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(System.out);
        System.setOut(System.err);
        Properties before = (Properties) System.getProperties().clone();
        ClassLoader loader = Driver.class.getClassLoader();
        // What the libraries read when they are first used, they have read: the files of a question may come.
        out.write(0);
        out.flush();
        while (true) {
            Map<String, String> environment;
            try {
                environment = map(in);
            } catch (EOFException e) {
                return;
            }
            System.setProperties((Properties) before.clone());
            map(in).forEach(System::setProperty);
            List<String> arguments = list(in);
            List<String> keys = list(in);
            try (URLClassLoader withClasses = new URLClassLoader(urls, loader)) {
                Thread.currentThread().setContextClassLoader(withClasses);
                Map<String, String> values = driver.answer(environment, arguments, keys);
                out.writeUTF("");
                out.writeInt(values.size());
                for (Map.Entry<String, String> value : values.entrySet()) {
                    out.writeUTF(value.getKey());
                    out.writeUTF(value.getValue());
                }
            } catch (Exception | LinkageError | StackOverflowError e) {
                out.writeUTF("does not start: " + e);
            } finally {
                Thread.currentThread().setContextClassLoader(loader);
            }
            out.flush();
        }
    }

    /** The JVM's own view of its environment, which libraries ask for by themselves. */
    @SuppressWarnings("unchecked")
    static void replaceEnvironment(Map<String, String> environment) throws ReflectiveOperationException {
        Map<String, String> view = System.getenv();
        Field field = view.getClass().getDeclaredField("m");
        field.setAccessible(true);
        Map<String, String> behind = (Map<String, String>) field.get(view);
        behind.clear();
        behind.putAll(environment);
    }

    private static Map<String, String> map(DataInputStream in) throws IOException {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            map.put(in.readUTF(), in.readUTF());
        }
        return map;
    }

    private static List<String> list(DataInputStream in) throws IOException {
        List<String> list = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            list.add(in.readUTF());
        }
        return list;
    }
}
