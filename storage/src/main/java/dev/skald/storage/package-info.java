/** Every byte on disk or in the object store. */
package dev.skald.storage;
