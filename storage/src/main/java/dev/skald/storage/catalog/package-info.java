/** Which segments exist and which heads they replace: one log of atomic edits. */
package dev.skald.storage.catalog;
