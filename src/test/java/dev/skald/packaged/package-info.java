/** Tests of what people unpack, run and read: the archive, the image's tree, docker/ and docs/. */
package dev.skald.packaged;
