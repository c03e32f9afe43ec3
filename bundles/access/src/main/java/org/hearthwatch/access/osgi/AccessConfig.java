package org.hearthwatch.access.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.access.cfg}. */
@ObjectClassDefinition(name = "Access", description = "Passwords, sessions and the defence against guessing")
public @interface AccessConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.access";

    @AttributeDefinition(
            name = "Password memory",
            description = "Memory of one Argon2id computation, 19MB to 128MB; it is heap while someone signs in")
    String passwordMemory() default "19MB";

    @AttributeDefinition(
            name = "Password iterations",
            description = "Passes over that memory, 2 to 16; a stored password follows at its next sign-in")
    int passwordIterations() default 4;

    @AttributeDefinition(name = "Idle sessions end after", description = "1m to 1d")
    String sessionIdle() default "1h";

    @AttributeDefinition(name = "Sessions end at the latest after", description = "1m to 30d")
    String sessionLifetime() default "12h";

    @AttributeDefinition(
            name = "A proof counts for",
            description =
                    "How long after signing in, or after showing password or code again, people may change users, secrets,"
                            + " plugins and the firewall, 1m to 12h")
    String proofLifetime() default "10m";

    @AttributeDefinition(
            name = "Administrators need a second factor",
            description =
                    "Whether the roles admin and security are a viewer's at the console until their owner has set up a"
                            + " second factor")
    boolean secondFactorForAdministrators() default false;

    @AttributeDefinition(
            name = "Sessions per user",
            description = "1 to 100; the least recently used one makes room for one more")
    int sessionsPerUser() default 10;

    @AttributeDefinition(name = "Sessions of all users together", description = "1 to 1000")
    int sessionLimit() default 200;

    @AttributeDefinition(
            name = "Free attempts",
            description =
                    "Failed sign-ins of one name from one network before each further one has to wait 1, 2, 4 ... seconds, 1 to"
                            + " 20")
    int freeAttempts() default 3;

    @AttributeDefinition(name = "Longest wait", description = "How long that wait grows, 1s to 1h")
    String longestWait() default "15m";
}
