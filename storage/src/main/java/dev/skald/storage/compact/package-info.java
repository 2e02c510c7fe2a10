/**
 * Makes few large segments of many small ones in the background: what to merge, how, and at whose
 * cost.
 */
package dev.skald.storage.compact;
