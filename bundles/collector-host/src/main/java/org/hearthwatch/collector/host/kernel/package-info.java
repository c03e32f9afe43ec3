/** How the kernel is asked: its text files, read into one buffer and parsed from bytes, and a few system calls. */
@NullMarked
package org.hearthwatch.collector.host.kernel;

import org.jspecify.annotations.NullMarked;
