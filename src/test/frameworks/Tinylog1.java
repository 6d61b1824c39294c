// SPDX-License-Identifier: Apache-2.0

import java.lang.reflect.Field;
import java.util.List;

/** Has tinylog 1 configure itself. */
final class Tinylog1 extends IsolatedDriver {

    @Override
    void use(ClassLoader library) throws ReflectiveOperationException {
        Class<?> logger = Class.forName("org.pmw.tinylog.Logger", true, library);
        Field field = logger.getDeclaredField("configuration");
        field.setAccessible(true);
        Object configuration = field.get(null);
        List<?> writers = (List<?>) configuration.getClass().getMethod("getWriters").invoke(configuration);
        for (Object writer : writers) {
            writer.getClass().getMethod("close").invoke(writer);
        }
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Tinylog1(), arguments);
    }
}
