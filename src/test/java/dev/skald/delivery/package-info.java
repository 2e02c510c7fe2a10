/** Whether alerts and recorded metrics arrive, at doubles and at the real programs. */
package dev.skald.delivery;
