package org.hearthwatch.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitBarrierTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(1);",
                "Runtime.getRuntime().exit(1);",
                "Runtime.getRuntime().halt(1);",
                "java.util.function.IntConsumer end = System::exit; end.accept(1);",
                "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(1);",
                "try { System.exit(1); } finally { for (int i = 0; i < 3; i++) Thread.onSpinWait(); }",
            })
    void a_call_that_would_end_the_process_throws(String call) {
        Callable<?> plugin = load(call);

        assertThatThrownBy(plugin::call).isInstanceOf(SecurityException.class).hasMessage(ExitBarrier.MESSAGE);
    }

    @Test
    void works_in_an_interfaces_default_method_too() throws Exception {
        byte[] woven = ExitBarrier.raise(
                        TestJar.classFile("Ends", "interface Ends { default void end() { System.exit(1); } }"))
                .orElseThrow();

        assertThat(new Defining().define("Ends", woven).isInterface()).isTrue();
    }

    @Test
    void a_class_that_does_not_exit_stays_as_it_is() {
        assertThat(ExitBarrier.raise(TestJar.classFile("Calm", "class Calm { int exit(int code) { return code; } }")))
                .isEmpty();
    }

    @Test
    void a_method_of_the_plugins_own_called_exit_stays_callable() throws Exception {
        Callable<?> plugin = load("exit(4); if (System.nanoTime() < 0) System.exit(1);");

        assertThat(plugin.call()).isEqualTo("done");
    }

    private static Callable<?> load(String statement) {
        byte[] compiled = TestJar.classFile(
                "Plugin",
                "public class Plugin implements java.util.concurrent.Callable<String> {"
                        + " static void exit(int code) {}"
                        + " public String call() { " + statement + " return \"done\"; } }");
        byte[] woven = ExitBarrier.raise(compiled).orElseThrow();
        try {
            return (Callable<?>) new Defining()
                    .define("Plugin", woven)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static final class Defining extends ClassLoader {
        Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
