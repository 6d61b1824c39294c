// SPDX-License-Identifier: Apache-2.0

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.util.List;
import java.util.Map;

/** Reads the configuration that a Micronaut application has at its start. */
final class Micronaut extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws ReflectiveOperationException {
        replaceEnvironment(environment);
        try (ApplicationContext context = ApplicationContext.builder(Thread.currentThread().getContextClassLoader())
                .args(arguments.toArray(new String[0]))
                .deduceEnvironment(false)
                .build()) {
            Environment started = context.getEnvironment().start();
            return values(
                    keys,
                    key -> started.getProperty(key, String.class).orElse(null),
                    key -> started.getProperty(key, Boolean.class).orElse(null));
        }
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Micronaut(), arguments);
    }
}
