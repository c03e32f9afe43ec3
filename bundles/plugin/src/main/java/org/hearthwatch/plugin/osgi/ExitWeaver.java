package org.hearthwatch.plugin.osgi;

import org.hearthwatch.plugin.jar.ExitBarrier;
import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Takes the exit calls out of plugins' classes as the framework loads them; the appliance's own are left alone. */
final class ExitWeaver implements WeavingHook {

    @Override
    public void weave(WovenClass woven) {
        if (FrameworkHost.isPlugin(woven.getBundleWiring().getBundle())) {
            try {
                ExitBarrier.raise(woven.getBytes()).ifPresent(woven::setBytes);
            } catch (RuntimeException e) {
                // Any other exception would make the framework ignore this hook from now on.
                throw new WeavingException("The class file " + woven.getClassName() + " cannot be read", e);
            }
        }
    }
}
