// SPDX-License-Identifier: Apache-2.0

/** Has Log4j 2 configure itself. */
final class Log4j2 extends IsolatedDriver {

    @Override
    void use(ClassLoader library) throws ReflectiveOperationException {
        System.setProperty("log4j.shutdownHookEnabled", "false");
        Class<?> manager = Class.forName("org.apache.logging.log4j.LogManager", true, library);
        manager.getMethod("getLogger", String.class).invoke(null, "x");
        manager.getMethod("shutdown").invoke(null);
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Log4j2(), arguments);
    }
}
