package org.hearthwatch.api.audit;

/** Nothing can be written to the audit log now, so nothing may be changed; the message says why and what helps. */
public final class AuditUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public AuditUnavailableException(String message) {
        super(message);
    }

    public AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
