// SPDX-License-Identifier: Apache-2.0

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** Makes the configuration that a Helidon MP application makes at its start. */
final class HelidonMp extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws ReflectiveOperationException {
        replaceEnvironment(environment);
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        Config config = resolver.getConfig();
        try {
            return values(
                    keys,
                    key -> config.getOptionalValue(key, String.class).orElse(null),
                    key -> config.getOptionalValue(key, Boolean.class).orElse(null));
        } finally {
            resolver.releaseConfig(config);
        }
    }

    public static void main(String[] arguments) throws Exception {
        serve(new HelidonMp(), arguments);
    }
}
