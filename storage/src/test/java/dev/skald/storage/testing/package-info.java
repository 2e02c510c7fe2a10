/** Stores that go wrong, for the tests of this module and of those that use it. */
package dev.skald.storage.testing;
