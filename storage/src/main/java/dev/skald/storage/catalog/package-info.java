/**
 * Which segments exist, which heads they replace, what may be deleted: numbered edits in the object
 * store, which one process at a time makes and any may read.
 */
package dev.skald.storage.catalog;
