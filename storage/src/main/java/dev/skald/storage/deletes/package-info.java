/**
 * What tenants want to be deleted: the requests, and how their lines are hidden until they are
 * gone.
 */
package dev.skald.storage.deletes;
