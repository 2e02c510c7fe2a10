/** What the tests of the assembled server share: a running server, a client, recorded answers. */
package dev.skald.testing;
