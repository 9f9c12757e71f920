/**
 * Plugins found, judged and loaded: from the folders of a plugin directory, each into a module
 * layer of its own, or from the module path or class path of the program.
 */
package io.warpengine.kernel.plugins;
