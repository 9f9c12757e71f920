/**
 * What must hold between the modules. The tests read the compiled classes of all modules from the
 * folders beside this one; nothing here is released and nothing depends on it.
 */
package io.warpengine.architecture;
