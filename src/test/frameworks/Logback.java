// SPDX-License-Identifier: Apache-2.0

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import java.util.List;
import java.util.Map;

/** Configures Logback as it does itself when it is first used. */
final class Logback extends LoggingDriver {

    @Override
    void configure(Map<String, String> environment, List<String> arguments) throws Exception {
        LoggerContext context = new LoggerContext();
        try {
            new ContextInitializer(context).autoConfig();
        } finally {
            context.stop();
        }
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Logback(), arguments);
    }
}
