// SPDX-License-Identifier: Apache-2.0

import io.helidon.config.Config;
import java.util.List;
import java.util.Map;

/** Makes the configuration that a Helidon SE application makes at its start. */
final class Helidon extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws ReflectiveOperationException {
        replaceEnvironment(environment);
        Config config = Config.create();
        return values(
                keys,
                key -> config.get(key).asString().orElse(null),
                key -> config.get(key).asBoolean().orElse(null));
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Helidon(), arguments);
    }
}
