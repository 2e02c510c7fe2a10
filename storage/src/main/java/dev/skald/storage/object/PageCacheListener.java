package dev.skald.storage.object;

/** Hears of what a {@link RemoteRanges} serves. Called from any thread; must not block. */
public interface PageCacheListener {
  PageCacheListener NONE =
      new PageCacheListener() {
        @Override
        public void hit(long bytes) {}

        @Override
        public void miss(long bytes) {}
      };

  /** A chunk of so many bytes was in the cache. */
  void hit(long bytes);

  /** A chunk of so many bytes had to be read from the store, or another thread was reading it. */
  void miss(long bytes);
}
