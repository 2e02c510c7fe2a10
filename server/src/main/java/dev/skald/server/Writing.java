package dev.skald.server;

import dev.skald.distributor.Distributor;
import dev.skald.ingester.Ingester;
import dev.skald.querier.tail.Tails;
import dev.skald.storage.deletes.DeleteRequests;

/** What a process has that takes pushes. */
record Writing(Distributor distributor, Ingester ingester, DeleteRequests deletes, Tails tails) {}
