/** Writing and reading the numbers and byte strings that every format is made of. */
package dev.skald.storage.bytes;
