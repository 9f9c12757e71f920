/**
 * The kernel's own storage and placement: records on the heap, indexed by hash and by key order,
 * and slots placed by hash. Reached by the engine through the ports only.
 */
package io.warpengine.kernel.store;
