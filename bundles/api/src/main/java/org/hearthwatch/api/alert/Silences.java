package org.hearthwatch.api.alert;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What nobody is to be told of. Whoever lets people change it records that in the audit log first. Thread-safe. */
@ProviderType
public interface Silences {

    /** All of them: active ones first, by their end; then pending ones, by their start; then expired ones, the last first. */
    List<Silence> list();

    Optional<Silence> find(String id);

    /**
     * Makes one, or changes the one of its id. A change of the matchers, or of what is past, ends the old one and makes a
     * new one, so that what was silent when can be told later.
     *
     * @return its id
     * @throws AlertingRefusal if it is not allowed, or there is none of its id
     */
    String set(Silence silence) throws AlertingRefusal;

    /**
     * Ends one now.
     *
     * @throws AlertingRefusal if there is none of this id
     */
    void expire(String id) throws AlertingRefusal;
}
