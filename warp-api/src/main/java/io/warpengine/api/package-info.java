/**
 * The database as a program sees it: opening, reading, writing, scanning, receipts and errors.
 *
 * <p>Nothing here takes or returns {@code null}; every failure is a {@link
 * io.warpengine.api.WarpException} with a stable {@link io.warpengine.api.ErrorCode}.
 */
package io.warpengine.api;
