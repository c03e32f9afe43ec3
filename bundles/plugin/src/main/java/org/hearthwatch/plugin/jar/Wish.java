package org.hearthwatch.plugin.jar;

import java.util.Set;

/**
 * Something code can do that goes beyond measuring, as far as the names of what it calls show. Shown before a plugin is
 * approved; it prevents nothing, and code that hides its calls behind reflection is not seen.
 */
public enum Wish {
    EXIT("to end the appliance's process (System.exit); the call is blocked"),
    NATIVE_CODE("to load native code, which nothing in Java can check"),
    UNSAFE("to write to memory directly (Unsafe)"),
    PROGRAMS("to run other programs"),
    FRAMEWORK("to use the OSGi framework, through which it can stop and install bundles"),
    ACTIVATOR("to run code of its own as soon as it starts (Bundle-Activator)"),
    REFLECTION("to open private parts of other classes (reflection)"),
    CLASS_LOADING("to load further classes at run time"),
    ANY_PACKAGE("to use any package that happens to be there (DynamicImport-Package)"),
    CONFIGURATION("to read and change the appliance's configuration"),
    ACCESS("to use people, tokens or secrets (org.hearthwatch.api.access, .secret)"),
    WEB("to answer over HTTP (org.hearthwatch.api.web)"),
    SHELL("to add commands to the shell (Karaf-Commands)"),
    NETWORK("to open network connections"),
    THREADS("to start threads of its own");

    private static final Set<String> RUNTIME_EXIT = Set.of("exit", "halt");
    private static final Set<String> REFLECTING = Set.of("setAccessible", "trySetAccessible", "privateLookupIn");
    private static final Set<String> SOCKETS =
            Set.of("java/net/Socket", "java/net/ServerSocket", "java/net/DatagramSocket", "java/net/MulticastSocket");
    private static final Set<String> LOADING = Set.of("load", "loadLibrary");

    private final String sentence;

    Wish(String sentence) {
        this.sentence = sentence;
    }

    /** The end of a sentence that begins with "asks". */
    public String sentence() {
        return sentence;
    }

    /** Whether a call ends the process. */
    static boolean isExit(String owner, String name, String descriptor) {
        return descriptor.equals("(I)V")
                && ((owner.equals("java/lang/System") && name.equals("exit"))
                        || (owner.equals("java/lang/Runtime") && RUNTIME_EXIT.contains(name)));
    }

    /** Adds what a call of a method shows. */
    static void ofCall(String owner, String name, String descriptor, Set<Wish> into) {
        if (isExit(owner, name, descriptor)) {
            into.add(EXIT);
        } else if (REFLECTING.contains(name)) {
            into.add(REFLECTION);
        } else if (name.startsWith("defineClass") || name.equals("defineHiddenClass")) {
            into.add(CLASS_LOADING);
        }
        switch (owner) {
            case "java/lang/ProcessBuilder" -> into.add(PROGRAMS);
            case "java/lang/Runtime", "java/lang/System" -> {
                if (LOADING.contains(name)) {
                    into.add(NATIVE_CODE);
                } else if (name.equals("exec")) {
                    into.add(PROGRAMS);
                }
            }
            case "java/lang/Thread", "java/util/Timer" -> {
                // Thread.sleep and Thread.currentThread are nobody's concern.
                if (name.equals("<init>") || name.equals("start")) {
                    into.add(THREADS);
                }
            }
            case "java/util/concurrent/Executors", "java/util/concurrent/ForkJoinPool" -> into.add(THREADS);
            case "java/net/URL" -> {
                if (name.startsWith("open")) {
                    into.add(NETWORK);
                }
            }
            default -> ofType(owner, into);
        }
    }

    /** Adds what the mere use of a type shows. */
    static void ofType(String type, Set<Wish> into) {
        if (type.equals("sun/misc/Unsafe") || type.startsWith("jdk/internal/")) {
            into.add(UNSAFE);
        } else if (type.equals("java/net/URLClassLoader")) {
            into.add(CLASS_LOADING);
        } else if (SOCKETS.contains(type)
                || type.startsWith("java/net/http/")
                || type.startsWith("javax/net/")
                || (type.startsWith("java/nio/channels/") && type.endsWith("SocketChannel"))) {
            into.add(NETWORK);
        }
    }

    /** Adds what an imported package shows. */
    static void ofImport(String importedPackage, Set<Wish> into) {
        switch (importedPackage) {
            case "org.osgi.framework", "org.osgi.framework.wiring", "org.osgi.framework.startlevel" ->
                into.add(FRAMEWORK);
            case "org.osgi.service.cm" -> into.add(CONFIGURATION);
            case "org.hearthwatch.api.access", "org.hearthwatch.api.secret" -> into.add(ACCESS);
            case "org.hearthwatch.api.web" -> into.add(WEB);
            default -> {
                // Nothing an administrator needs to know of.
            }
        }
    }
}
