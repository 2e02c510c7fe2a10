/** The endpoints that show and change rules, and show alerts (http-api.md §9). */
package dev.skald.server.rules;
