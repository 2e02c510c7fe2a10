/** Tests of what stands in docker/ and docs/ beside the code: manifests, dashboards, commands. */
package dev.skald.deploy;
