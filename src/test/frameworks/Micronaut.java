// SPDX-License-Identifier: Apache-2.0

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the configuration that a Micronaut application has at its start. */
final class Micronaut extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws ReflectiveOperationException {
        replaceEnvironment(environment);
        Map<String, String> values = new LinkedHashMap<>();
        try (ApplicationContext context = ApplicationContext.builder(Thread.currentThread().getContextClassLoader())
                .args(arguments.toArray(new String[0]))
                .deduceEnvironment(false)
                .build()) {
            Environment started = context.getEnvironment().start();
            for (String key : keys) {
                started.getProperty(key, String.class).ifPresent(value -> values.put(key, value));
            }
        }
        return values;
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Micronaut(), arguments);
    }
}
