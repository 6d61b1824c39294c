// SPDX-License-Identifier: Apache-2.0

/** Has tinylog configure itself. */
final class Tinylog extends IsolatedDriver {

    @Override
    void use(ClassLoader library) throws ReflectiveOperationException {
        Object provider = Class.forName("org.tinylog.provider.ProviderRegistry", true, library)
                .getMethod("getLoggingProvider")
                .invoke(null);
        provider.getClass().getMethod("shutdown").invoke(provider);
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Tinylog(), arguments);
    }
}
